"""The list of units of a day, narrowed by the address: ?q=phu+lam&cap=commune&thuoc=an-binh&ngay=30/06/2025."""

from datetime import date

import django_filters
from django import forms

from models_dv.domain.search import read_query, word_beginnings
from models_dv.enums import UnitLevel
from models_dv.filters.inputs import DayFilter, words_input
from models_dv.models import Unit, UnitVersion


class UnitFilter(django_filters.FilterSet):
    """Names of any day, level, the unit right above. ``ngay`` chooses the day of the rows, which the view reads."""

    q = django_filters.CharFilter(
        label="Tên đơn vị",
        method="by_name",
        widget=words_input(),
    )
    cap = django_filters.ChoiceFilter(
        label="Cấp", field_name="level", choices=UnitLevel.choices, empty_label="Mọi cấp"
    )
    thuoc = django_filters.CharFilter(label="Thuộc", method="by_parent", widget=forms.HiddenInput)
    ngay = DayFilter(label="Theo ngày", method="of_day")

    class Meta:
        model = UnitVersion
        fields = []

    @property
    def day(self) -> date | None:
        """The day asked for; None without one, or where it is none."""
        return self.form.cleaned_data.get("ngay") if self.form.is_bound and self.form.is_valid() else None

    def by_name(self, queryset, _name, value):
        """Units one of whose names, of any day, holds every word."""
        named = UnitVersion.objects.filter(word_beginnings("name_folded", read_query(value)))
        return queryset.filter(unit__in=named.values("unit"))

    def by_parent(self, queryset, _name, value):
        """Units right below the one with this code."""
        return queryset.filter(parent__in=Unit.objects.filter(code=read_query(value).text))

    def of_day(self, queryset, _name, _value):
        """The rows are of that day already."""
        return queryset
