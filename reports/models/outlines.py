"""Outlines (đề cương): parts, indicators and rules, in versions; a report stays on the version it opened with."""

from django.db import models
from django.db.models import Q

from models_dv.enums import PeriodKind
from reports.enums import (
    TYPED_OPS,
    IndicatorKind,
    IndicatorOp,
    RuleLevel,
    RuleScope,
    SectionPeriods,
    Visibility,
)


class Outline(models.Model):
    """A named family of outline versions."""

    code = models.SlugField("mã đề cương", max_length=40, unique=True)
    name = models.CharField("tên đề cương", max_length=200)

    class Meta:
        verbose_name = "đề cương"
        verbose_name_plural = "đề cương"
        ordering = ["name"]

    def __str__(self):
        return self.name


class OutlineVersion(models.Model):
    """One version; frozen (``locked_at``) once a round has been opened with it."""

    outline = models.ForeignKey(Outline, models.PROTECT, related_name="versions", verbose_name="đề cương")
    number = models.PositiveSmallIntegerField("phiên bản")
    note = models.CharField("nội dung thay đổi", max_length=250, blank=True)
    locked_at = models.DateTimeField("khoá lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "phiên bản đề cương"
        verbose_name_plural = "phiên bản đề cương"
        ordering = ["outline", "-number"]
        constraints = [models.UniqueConstraint(fields=["outline", "number"], name="outline_version_once")]

    def __str__(self):
        return f"{self.outline} – phiên bản {self.number}"


class OutlineSection(models.Model):
    """A heading or, when it has no children, a part of the editor."""

    version = models.ForeignKey(
        OutlineVersion, models.CASCADE, related_name="sections", verbose_name="phiên bản đề cương"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="thuộc phần"
    )
    code = models.CharField("mã phần", max_length=16)
    title = models.CharField("tiêu đề", max_length=200)
    hint = models.CharField("gợi ý", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự")
    is_leaf = models.BooleanField("là phần soạn thảo", default=True)
    visibility = models.CharField(
        "phạm vi", max_length=16, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    periods = models.CharField(
        "có trong", max_length=8, choices=SectionPeriods.choices, default=SectionPeriods.BOTH
    )

    class Meta:
        verbose_name = "phần của đề cương"
        verbose_name_plural = "phần của đề cương"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="outline_section_code_once",
                violation_error_message="Mã phần đã có trong phiên bản đề cương này.",
            )
        ]

    def __str__(self):
        return self.title

    def stands_in(self, period_kind: str) -> bool:
        """Whether the part stands in a report of this kind of period."""
        return self.periods == SectionPeriods.BOTH or period_kind == PeriodKind.ANNUAL


class IndicatorGroup(models.Model):
    """A group of indicators: A, B, … with its name."""

    version = models.ForeignKey(
        OutlineVersion, models.CASCADE, related_name="groups", verbose_name="phiên bản đề cương"
    )
    code = models.CharField("mã nhóm", max_length=4)
    name = models.CharField("tên nhóm", max_length=120)
    order = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "nhóm chỉ tiêu"
        verbose_name_plural = "nhóm chỉ tiêu"
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="indicator_group_code_once")]

    def __str__(self):
        return f"{self.code}. {self.name}"


class Indicator(models.Model):
    """One row of the table of figures."""

    version = models.ForeignKey(
        OutlineVersion, models.CASCADE, related_name="indicators", verbose_name="phiên bản đề cương"
    )
    group = models.ForeignKey(
        IndicatorGroup, models.CASCADE, related_name="indicators", verbose_name="nhóm chỉ tiêu"
    )
    code = models.CharField("mã chỉ tiêu", max_length=12)
    name = models.CharField("tên chỉ tiêu", max_length=200)
    unit_name = models.CharField("đơn vị tính", max_length=40, blank=True)
    kind = models.CharField(
        "kiểu", max_length=8, choices=IndicatorKind.choices, default=IndicatorKind.INTEGER
    )
    op = models.CharField("cách tổng hợp", max_length=8, choices=IndicatorOp.choices)
    numerator_code = models.CharField("mã tử số", max_length=12, blank=True)
    denominator_code = models.CharField("mã mẫu số", max_length=12, blank=True)
    expression = models.CharField(
        "công thức",
        max_length=200,
        blank=True,
        help_text="Cho chỉ tiêu tính từ chỉ tiêu khác, ví dụ B1 + B2 - B3.",
    )
    levels = models.CharField(
        "cấp phải nhập",
        max_length=80,
        blank=True,
        help_text="Để trống: mọi cấp. Nhiều cấp cách nhau bằng dấu phẩy: province,commune.",
    )
    visibility = models.CharField(
        "phạm vi", max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC_CANDIDATE
    )
    attested = models.BooleanField("đã thấy trong báo cáo thật", default=False)
    definition = models.TextField("định nghĩa", blank=True)
    order = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="indicator_code_once",
                violation_error_message="Mã chỉ tiêu đã có trong phiên bản đề cương này.",
            ),
            models.CheckConstraint(
                condition=~Q(op=IndicatorOp.RATIO) | (~Q(numerator_code="") & ~Q(denominator_code="")),
                name="indicator_ratio_has_both_parts",
                violation_error_message="Chỉ tiêu tỷ lệ phải có mã tử số và mã mẫu số.",
            ),
            models.CheckConstraint(
                condition=~Q(op=IndicatorOp.CALC) | ~Q(expression=""),
                name="indicator_calc_has_expression",
                violation_error_message="Chỉ tiêu tính từ chỉ tiêu khác phải có công thức.",
            ),
        ]

    def __str__(self):
        return f"{self.code}. {self.name}"

    @property
    def is_typed(self) -> bool:
        """Whether a person types the cell (else it is computed)."""
        return self.op in TYPED_OPS

    def for_level(self, level: str) -> bool:
        """Whether units of this level fill the indicator."""
        return not self.levels or level in [part.strip() for part in self.levels.split(",")]


class OutlineRule(models.Model):
    """A rule over the figures; checked by ``domain/checks.py`` with the small evaluator."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="rules", verbose_name="chỉ tiêu")
    level = models.CharField("mức", max_length=4, choices=RuleLevel.choices)
    expression = models.CharField("điều kiện", max_length=200)
    say = models.CharField("lời nhắc", max_length=250, blank=True)
    scope = models.CharField("kiểm tra trên", max_length=5, choices=RuleScope.choices, default=RuleScope.OWN)

    class Meta:
        verbose_name = "quy tắc kiểm tra"
        verbose_name_plural = "quy tắc kiểm tra"
        ordering = ["indicator", "pk"]

    def __str__(self):
        return self.expression
