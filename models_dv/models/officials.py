"""Officials (cán bộ), their dated appointments (chức vụ) and delegations of signing (domain.md §6)."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from models_dv.enums import Organ, PostRank
from models_dv.scopes import unit_ids_with, units_readable
from models_dv.vietnamese.collation import SORT_KEY_MAX_LENGTH, given_name_key
from models_dv.vietnamese.fold import fold


class OfficialQuerySet(models.QuerySet):
    """Reads of officials."""

    def present(self):
        """Records that stand; those merged into another only lead to it."""
        return self.filter(merged_into__isnull=True)

    def visible_to(self, user):
        """All, for whoever holds a role in some unit; none for anybody else."""
        return self.all() if unit_ids_with(user) else self.none()


class Official(models.Model):
    """A person in office: name, posts and a work contact, nothing else about him (domain.md §9)."""

    name = models.CharField("họ và tên", max_length=120)
    work_phone = models.CharField(
        "điện thoại cơ quan",
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[0-9 +().-]*$", "Chỉ ghi số điện thoại của cơ quan.")],
    )
    work_email = models.EmailField("thư điện tử công vụ", blank=True)
    user = models.OneToOneField(
        "models_dv.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="official",
        verbose_name="tài khoản",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name="đã gộp vào",
    )
    illustrative = models.BooleanField("dữ liệu minh hoạ", default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    name_folded = models.CharField(max_length=240, editable=False, db_index=True)
    name_sort = models.CharField(max_length=SORT_KEY_MAX_LENGTH, editable=False, db_index=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"
        ordering = ["name_sort", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="official_not_merged_into_itself")
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Fill the stored search and sort keys from the name."""
        self.set_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Address of the staff page."""
        return reverse("staff:official", args=[self.pk])

    def set_keys(self):
        """Compute the search and sort keys (bulk writers call this themselves)."""
        self.name_folded = fold(self.name)
        self.name_sort = given_name_key(self.name)


class AppointmentQuerySet(models.QuerySet):
    """Reads of appointments."""

    def in_force(self, on: date):
        """Held on the day, as far as is known: begun by then and not ended; or attested on that very day.

        Where the beginning is unknown, an earlier day on which a source names the holder says nothing of a later
        one, unless it is known when he left. An appointment ends the day before ``to_on``.
        """
        known = Q(attested_on=on) | Q(attested_on__lte=on, to_on__isnull=False)
        begun = Q(from_on__lte=on) | (Q(from_on__isnull=True) & known)
        return self.filter(begun).filter(Q(to_on__isnull=True) | Q(to_on__gt=on))

    def not_ended(self, on: date):
        """Those in force, and those that were attested before the day and of which no end is known."""
        begun = Q(from_on__lte=on) | Q(from_on__isnull=True, attested_on__lte=on)
        return self.filter(begun).filter(Q(to_on__isnull=True) | Q(to_on__gt=on))

    def by_rank(self):
        """Rank, then the assigned order, then the given name."""
        return self.order_by("rank", "order", "official__name_sort", "pk")


class Appointment(models.Model):
    """A post of a person in an organ of a unit, from – to. Several at once are usual."""

    official = models.ForeignKey(Official, models.CASCADE, related_name="appointments", verbose_name="cán bộ")
    unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="appointments", verbose_name="đơn vị"
    )
    organ = models.CharField("cơ quan", max_length=16, choices=Organ.choices)
    post = models.CharField("chức vụ", max_length=160, help_text="Ví dụ: Phó Bí thư Thường trực Tỉnh uỷ.")
    rank = models.PositiveSmallIntegerField("bậc trong danh sách", choices=PostRank.choices)
    order = models.PositiveSmallIntegerField(
        "thứ tự cùng bậc", default=100, help_text="Số nhỏ đứng trước trong cùng một bậc."
    )
    from_on = models.DateField("từ ngày", null=True, blank=True)
    to_on = models.DateField(
        "thôi giữ từ ngày", null=True, blank=True, help_text="Từ ngày này không còn giữ chức vụ."
    )
    attested_on = models.DateField(
        "ghi nhận ngày",
        null=True,
        blank=True,
        help_text="Ngày mà một nguồn cho biết đang giữ chức vụ, khi không rõ ngày bắt đầu.",
    )
    decision = models.CharField("quyết định", max_length=200, blank=True, help_text="Số, ngày, cơ quan ký.")
    end_reason = models.CharField("lý do thôi giữ", max_length=200, blank=True)
    post_folded = models.CharField(max_length=320, editable=False, default="")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ["rank", "order", "pk"]
        indexes = [models.Index(fields=["unit", "rank", "order"], name="appointment_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=False) | Q(attested_on__isnull=False),
                name="appointment_has_a_day",
                violation_error_message="Ghi ngày bắt đầu giữ chức vụ, hoặc ngày có nguồn ghi nhận.",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gt=F("from_on")),
                name="appointment_in_order",
                violation_error_message="Ngày thôi giữ chức vụ phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(attested_on__isnull=True) | Q(to_on__gt=F("attested_on")),
                name="appointment_attested_before_end",
                violation_error_message="Ngày thôi giữ chức vụ phải sau ngày ghi nhận.",
            ),
        ]

    def __str__(self):
        return self.post

    def save(self, *args, **kwargs):
        """Fill the search key from the post."""
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self):
        """Compute the search key (bulk writers call this themselves)."""
        self.post_folded = fold(self.post)[:320]

    def is_in_force(self, on: date) -> bool:
        """Whether the post is held on the day; as the queryset's ``in_force``."""
        if self.to_on is not None and self.to_on <= on:
            return False
        if self.from_on is not None:
            return self.from_on <= on
        return self.attested_on == on or (self.attested_on < on and self.to_on is not None)

    def is_unsure_on(self, on: date) -> bool:
        """Whether a source names the holder before the day, and nothing says whether he still held the post."""
        return self.from_on is None and self.to_on is None and self.attested_on < on


class SigningDelegationQuerySet(models.QuerySet):
    """Reads of delegations."""

    def visible_to(self, user):
        """Those of the user's units and, for a covering reader, of the units below."""
        return self.filter(units_readable(user))

    def in_force(self, on: date):
        """Valid on the day: both ends belong to it, a revoked one ends the day before."""
        rows = self.filter(from_on__lte=on, to_on__gte=on)
        return rows.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=on))


class SigningDelegation(models.Model):
    """Who signs for the head while he is away: dated, with its paper (domain.md §3)."""

    unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="signing_delegations", verbose_name="đơn vị"
    )
    delegate = models.ForeignKey(
        Official, models.PROTECT, related_name="signing_delegations", verbose_name="người được uỷ quyền ký"
    )
    post = models.CharField("ký với chức vụ", max_length=160)
    from_on = models.DateField("từ ngày")
    to_on = models.DateField("đến hết ngày")
    scope = models.CharField("phạm vi", max_length=250, blank=True, help_text="Ví dụ: báo cáo, công văn.")
    decision = models.CharField("văn bản uỷ quyền", max_length=200)
    revoked_on = models.DateField("thôi uỷ quyền từ ngày", null=True, blank=True)

    objects = SigningDelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "uỷ quyền ký"
        verbose_name_plural = "uỷ quyền ký"
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")),
                name="signing_delegation_in_order",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            )
        ]

    def __str__(self):
        return f"{self.delegate}: {self.decision}"
