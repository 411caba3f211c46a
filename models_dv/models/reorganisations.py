"""Reorganisations (sắp xếp đơn vị): a plan to merge, split or rename units, and what carrying it out wrote."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from models_dv import clock
from models_dv.enums import ReorganisationState


class Reorganisation(models.Model):
    """One plan, in force on one day. ``domain/reorganisation`` alone writes ``plan``, ``state`` and ``undo``."""

    title = models.CharField(
        "tên việc sắp xếp",
        max_length=200,
        help_text="Ví dụ: Sắp xếp đơn vị cấp xã của tỉnh An Bình năm 2026.",
    )
    legal_basis = models.CharField(
        "căn cứ pháp lý", max_length=250, help_text="Số, ngày của nghị quyết; ghi vào từng đơn vị."
    )
    effective_on = models.DateField("có hiệu lực từ", help_text="Đơn vị cũ thôi tồn tại từ ngày này.")
    scope = models.ForeignKey(
        "models_dv.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reorganisations",
        verbose_name="trong đơn vị",
        help_text="Tên trong nghị quyết được tìm dưới đơn vị này. Để trống khi sắp xếp cấp tỉnh.",
    )
    under_scope = models.BooleanField(
        "đơn vị mới trực thuộc thẳng đơn vị này",
        default=False,
        help_text="Tắt: đơn vị mới thuộc nơi mà các đơn vị cũ cùng thuộc.",
    )
    source_text = models.TextField("văn bản nghị quyết", blank=True)
    #: models_dv.domain.reorganisation.plan.Plan as JSON.
    plan = models.JSONField(default=dict, editable=False)
    state = models.CharField(
        "tình trạng",
        max_length=8,
        choices=ReorganisationState.choices,
        default=ReorganisationState.DRAFT,
        editable=False,
    )
    created_at = models.DateTimeField("lập lúc", default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    applied_at = models.DateTimeField("áp dụng lúc", null=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    #: Every row written, with its values before and after (models_dv.domain.reorganisation.row_log).
    undo = models.JSONField(default=list, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "sắp xếp đơn vị"
        verbose_name_plural = "sắp xếp đơn vị"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReorganisationState.DRAFT, applied_at__isnull=True)
                | (~Q(state=ReorganisationState.DRAFT) & Q(applied_at__isnull=False)),
                name="reorganisation_applied_has_a_moment",
            )
        ]

    def __str__(self):
        return self.title
