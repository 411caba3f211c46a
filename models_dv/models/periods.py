"""Periods (kỳ) and terms of committees (nhiệm kỳ)."""

from django.db import models

from models_dv.enums import PeriodKind
from models_dv.vietnamese.numbers import roman


class Period(models.Model):
    """A reporting period: kind, year, number, and its usual data window (domain.md §2)."""

    kind = models.CharField("loại kỳ", max_length=16, choices=PeriodKind.choices)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField(
        "thứ tự trong năm", default=1, help_text="6 tháng đầu năm là 1; quý I là 1."
    )
    window_from = models.DateField("số liệu từ ngày")
    window_to = models.DateField("số liệu đến ngày")

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["-window_to", "-window_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "number"],
                name="period_once",
                violation_error_message="Kỳ này đã có.",
            ),
            models.CheckConstraint(
                condition=models.Q(window_from__lt=models.F("window_to")),
                name="period_window_in_order",
                violation_error_message="Ngày đầu kỳ phải trước ngày cuối kỳ.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """Words of the period: “6 tháng đầu năm 2026”, “năm 2026”, “quý 1 năm 2026”."""
        if self.kind == PeriodKind.HALF_YEAR:
            half = "đầu" if self.number == 1 else "cuối"
            return f"6 tháng {half} năm {self.year}"
        if self.kind == PeriodKind.QUARTER:
            return f"quý {roman(self.number)} năm {self.year}"
        if self.kind == PeriodKind.NINE_MONTHS:
            return f"9 tháng đầu năm {self.year}"
        if self.kind == PeriodKind.THEMATIC:
            return f"chuyên đề {self.number} năm {self.year}"
        return f"năm {self.year}"

    @property
    def report_kind(self) -> str:
        """“Báo cáo sơ kết” for a part of the year, “Báo cáo tổng kết” for the year."""
        if self.kind == PeriodKind.ANNUAL:
            return "Báo cáo tổng kết"
        return "Báo cáo chuyên đề" if self.kind == PeriodKind.THEMATIC else "Báo cáo sơ kết"

    def same_period_key(self) -> tuple[str, int, int]:
        """Key of the same period last year (cùng kỳ): never found by the id of a round."""
        return self.kind, self.year - 1, self.number


class CommitteeTerm(models.Model):
    """A term (nhiệm kỳ) of a unit's committee; document numbers run within it (domain.md §3)."""

    unit = models.ForeignKey("models_dv.Unit", models.CASCADE, related_name="terms", verbose_name="đơn vị")
    name = models.CharField("nhiệm kỳ", max_length=40, help_text="Ví dụ: 2025 - 2030.")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ["unit", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "starts_on"], name="committee_term_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="committee_term_in_order",
                violation_error_message="Ngày kết thúc nhiệm kỳ phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.name}"
