"""Users and the roles they hold in units (architecture, decision 8)."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from models_dv.enums import ROLES_THAT_MAY_COVER_BELOW, MailHabit, Role


class User(AbstractUser):
    """A person who signs in. One name field: Vietnamese names are not split into first and last."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=150)
    post = models.CharField("chức vụ", max_length=150, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    mail_habit = models.CharField("gửi thư", max_length=5, choices=MailHabit.choices, default=MailHabit.DAILY)

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        """The name as written; Django's admin asks for it."""
        return self.full_name

    def get_short_name(self):
        """Vietnamese names are not shortened."""
        return self.full_name


class UnitRole(models.Model):
    """One role of one user in one unit."""

    user = models.ForeignKey(User, models.CASCADE, related_name="unit_roles", verbose_name="tài khoản")
    unit = models.ForeignKey(
        "models_dv.Unit", models.CASCADE, related_name="user_roles", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=16, choices=Role.choices)
    covers_below = models.BooleanField(
        "đọc cả cấp dưới",
        default=False,
        help_text="Chỉ dùng cho vai trò Xem và Tiếp nhận báo cáo cấp dưới.",
    )

    class Meta:
        verbose_name = "vai trò trong đơn vị"
        verbose_name_plural = "vai trò trong đơn vị"
        ordering = ["user", "unit", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                name="unit_role_once",
                violation_error_message="Tài khoản đã có vai trò này trong đơn vị.",
            ),
            models.CheckConstraint(
                condition=models.Q(covers_below=False)
                | models.Q(role__in=[str(role) for role in ROLES_THAT_MAY_COVER_BELOW]),
                name="unit_role_only_readers_cover_below",
                violation_error_message="Chỉ vai trò Xem và Tiếp nhận mới đọc được cấp dưới.",
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_role_display()}"
