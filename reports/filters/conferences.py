"""The filters of the public list of conferences, as a GET form; what cannot be read is left out."""

import django_filters
from django import forms

from models_dv.domain.search import LONGEST_QUERY, Query, read_query
from models_dv.domain.unit_names import units_meant
from models_dv.enums import ConferenceKind
from models_dv.models import ConferencePublication
from reports.domain import public_conferences
from reports.filters.publications import UnitWordsFilter, WordsFilter


class PublicConferenceFilter(django_filters.FilterSet):
    """``q`` words, ``don_vi`` a unit's code or names of any day, ``loai`` kind, ``nam`` year."""

    q = WordsFilter(
        label="Từ khoá",
        method="with_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST_QUERY}),
    )
    don_vi = UnitWordsFilter(
        label="Đơn vị",
        method="of_unit",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "placeholder": "Tên nay hoặc tên cũ", "maxlength": LONGEST_QUERY}
        ),
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=ConferenceKind.choices, empty_label="Mọi loại"
    )
    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", empty_label="Mọi năm")

    class Meta:
        model = ConferencePublication
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by("-year").values_list("year", flat=True).distinct()
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in years]

    @property
    def query(self) -> Query:
        """The words that are marked in the list."""
        self.form.is_valid()
        return read_query(self.form.cleaned_data.get("q"))

    def with_words(self, queryset, _name, value):
        """Conferences that hold every word."""
        return public_conferences.matching(queryset, read_query(value))

    def of_unit(self, queryset, _name, value):
        """Conferences of the unit with this code, or of units one of whose names holds the words."""
        return queryset.filter(unit__in=units_meant(value))
