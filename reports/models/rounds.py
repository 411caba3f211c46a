"""Reporting rounds (đợt báo cáo) and their due dates (architecture, decision 4)."""

from django.conf import settings
from django.db import models

from models_dv.enums import UnitLevel
from reports.enums import RoundState


class ReportingRound(models.Model):
    """A call for reports from a root unit down, over one data window."""

    root_unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="rounds", verbose_name="đơn vị mở đợt"
    )
    period = models.ForeignKey(
        "models_dv.Period", models.PROTECT, related_name="rounds", verbose_name="kỳ báo cáo"
    )
    outline_version = models.ForeignKey(
        "reports.OutlineVersion", models.PROTECT, related_name="rounds", verbose_name="đề cương"
    )
    window_from = models.DateField("số liệu từ ngày")
    window_to = models.DateField("số liệu đến ngày")
    state = models.CharField(
        "tình trạng", max_length=8, choices=RoundState.choices, default=RoundState.PLANNED, editable=False
    )
    opened_at = models.DateTimeField("mở lúc", null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "đợt báo cáo"
        verbose_name_plural = "đợt báo cáo"
        ordering = ["-window_to", "root_unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["root_unit", "period"],
                name="round_once_a_period",
                violation_error_message="Đơn vị đã có đợt báo cáo cho kỳ này.",
            ),
            models.CheckConstraint(
                condition=models.Q(window_from__lt=models.F("window_to")),
                name="round_window_in_order",
                violation_error_message="Ngày đầu kỳ số liệu phải trước ngày cuối.",
            ),
        ]

    def __str__(self):
        return f"Báo cáo {self.period}"


class RoundDueDate(models.Model):
    """When units of a level hand in."""

    round = models.ForeignKey(
        ReportingRound, models.CASCADE, related_name="due_dates", verbose_name="đợt báo cáo"
    )
    level = models.CharField("cấp", max_length=16, choices=UnitLevel.choices)
    due_at = models.DateTimeField("hạn gửi")

    class Meta:
        verbose_name = "hạn gửi theo cấp"
        verbose_name_plural = "hạn gửi theo cấp"
        ordering = ["round", "due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "level"],
                name="round_due_date_once_a_level",
                violation_error_message="Cấp này đã có hạn gửi.",
            )
        ]

    def __str__(self):
        return f"{self.get_level_display()}"
