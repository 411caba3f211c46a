"""Figures as rows, and the totals frozen at issue (architecture, decision 5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.enums import FigureSource, Qualifier, ValueState


class Figure(models.Model):
    """One cell: a value with qualifier, “không phát sinh”, or “chưa có số liệu” with a reason."""

    edition = models.ForeignKey("reports.ReportEdition", models.CASCADE, related_name="figures")
    indicator = models.ForeignKey("reports.Indicator", models.PROTECT, related_name="figures")
    source = models.CharField(max_length=10, choices=FigureSource.choices, default=FigureSource.OWN)
    value_state = models.CharField(max_length=8, choices=ValueState.choices)
    #: In the indicator's unit; 0 for “không phát sinh”; null for text, empty and no data.
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    qualifier = models.CharField(max_length=4, choices=Qualifier.choices, blank=True, default="")
    text = models.TextField(blank=True)
    note = models.CharField("ghi chú, lý do", max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        constraints = [
            models.UniqueConstraint(fields=["edition", "indicator", "source"], name="figure_once"),
            models.CheckConstraint(
                condition=Q(value_state__in=["empty", "no_data"], value__isnull=True)
                | Q(value_state="none", value=0)
                | Q(value_state="number"),
                name="figure_value_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(value_state="no_data") | ~Q(note=""), name="figure_no_data_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(source="adjustment") | ~Q(note="") | Q(value_state="empty"),
                name="figure_adjustment_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id}: {self.value}"


class FrozenTotal(models.Model):
    """Own, below, adjustment and total of one indicator as they stood when the edition was issued."""

    edition = models.ForeignKey("reports.ReportEdition", models.CASCADE, related_name="totals")
    indicator = models.ForeignKey("reports.Indicator", models.PROTECT, related_name="+")
    own = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    own_qualifier = models.CharField(max_length=4, choices=Qualifier.choices, blank=True, default="")
    below = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    adjustment = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    total = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    qualifier = models.CharField(max_length=4, choices=Qualifier.choices, blank=True, default="")
    #: Units below whose figure is in the sum, and those that said “chưa có số liệu” or left it empty.
    counted = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)

    class Meta:
        verbose_name = "tổng đã chốt"
        verbose_name_plural = "tổng đã chốt"
        constraints = [models.UniqueConstraint(fields=["edition", "indicator"], name="frozen_total_once")]

    def __str__(self):
        return f"{self.indicator_id}: {self.total}"
