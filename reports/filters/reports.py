"""The list of reports, narrowed by the address: ?q=phu+lam&ky=…&tinh_trang=…&cap=…&qua_han=1."""

import django_filters
from django import forms
from django.db.models import Q

from models_dv import clock
from models_dv.domain.unit_names import units_meant
from models_dv.enums import UnitLevel
from models_dv.models import Period
from models_dv.vietnamese.fold import fold
from reports.enums import State
from reports.models import Report

LONGEST_KEYWORD = 100


class ReportFilter(django_filters.FilterSet):
    """Keyword without accents on the unit, period, state, level, overdue. ``now`` decides what is overdue."""

    q = django_filters.CharFilter(
        label="Đơn vị",
        method="by_keyword",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST_KEYWORD}),
    )
    ky = django_filters.ModelChoiceFilter(
        label="Kỳ", field_name="round__period", queryset=Period.objects.none(), empty_label="Mọi kỳ"
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", field_name="latest__state", choices=State.choices, empty_label="Mọi tình trạng"
    )
    cap = django_filters.ChoiceFilter(
        label="Cấp", field_name="level", choices=UnitLevel.choices, empty_label="Mọi cấp"
    )
    qua_han = django_filters.BooleanFilter(
        label="Quá hạn", method="by_overdue", widget=forms.CheckboxInput(attrs={"value": "1"})
    )

    class Meta:
        model = Report
        fields = []

    def __init__(self, *args, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now or clock.now()
        rounds = self.queryset.order_by().values("round__period")
        self.filters["ky"].queryset = Period.objects.filter(pk__in=rounds)

    def by_keyword(self, queryset, _name, value):
        """Every word stands in the unit's name, with or without accents: the report's, or another of its names."""
        found, typed = Q(), value[:LONGEST_KEYWORD]
        for word in fold(typed).split():
            found &= Q(unit_version__name_folded__contains=word)
        return queryset.filter(found | Q(unit__in=units_meant(typed)) if found else found)

    def by_overdue(self, queryset, _name, value):
        """Only what is past its due date and still with the unit."""
        return queryset.overdue(self.now) if value else queryset
