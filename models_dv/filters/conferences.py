"""Lists of conferences and of difficulties, narrowed by the address: ?q=dat+dai&don_vi=…&loai=…&nam=2026 …"""

import django_filters
from django import forms

from models_dv.domain.search import read_query
from models_dv.domain.unit_names import units_meant
from models_dv.enums import ConferenceForm, ConferenceKind, ConferenceState, DifficultyState
from models_dv.filters.inputs import OfUnitFilter, words_input
from models_dv.models import Conference, Difficulty, DifficultyTopic

UNKNOWN = "chua-ro"


class ConferenceFilter(django_filters.FilterSet):
    """Words, unit by name, kind, year, form (or unknown), state. ``years`` are those that there are."""

    q = django_filters.CharFilter(label="Từ khoá", method="by_words", widget=words_input())
    don_vi = OfUnitFilter(label="Đơn vị", method="by_unit", widget=words_input())
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=ConferenceKind.choices, empty_label="Mọi loại"
    )
    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", empty_label="Mọi năm")
    hinh_thuc = django_filters.ChoiceFilter(
        label="Hình thức",
        method="by_form",
        choices=[*ConferenceForm.choices, (UNKNOWN, "Chưa rõ")],
        empty_label="Mọi hình thức",
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", field_name="state", choices=ConferenceState.choices, empty_label="Mọi tình trạng"
    )

    class Meta:
        model = Conference
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by("-year").values_list("year", flat=True).distinct()
        self.filters["nam"].extra["choices"] = [(str(year), str(year)) for year in years]

    def by_words(self, queryset, _name, value):
        """Every word stands in title, place, organiser or content, with or without accents."""
        words = read_query(value).words
        return queryset.filter(search_text__words=words) if words else queryset

    def by_unit(self, queryset, _name, value):
        """By code, or by a name of any day."""
        return queryset.filter(unit__in=units_meant(value))

    def by_form(self, queryset, _name, value):
        """By how people met; the empty form is “chưa rõ”."""
        return queryset.filter(form="" if value == UNKNOWN else value)


class DifficultyFilter(django_filters.FilterSet):
    """The register: words, topic, state, unit; ``tat_ca`` lists earlier times of a line too."""

    q = django_filters.CharFilter(label="Từ khoá", method="by_words", widget=words_input())
    don_vi = OfUnitFilter(label="Đơn vị", method="by_unit", widget=words_input())
    chu_de = django_filters.ModelChoiceFilter(
        label="Chủ đề", field_name="topics", queryset=DifficultyTopic.objects.all(), empty_label="Mọi chủ đề"
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", field_name="state", choices=DifficultyState.choices, empty_label="Mọi tình trạng"
    )
    tat_ca = django_filters.BooleanFilter(
        label="Kể cả các lần nêu trước",
        method="with_earlier",
        widget=forms.CheckboxInput(attrs={"value": "1"}),
    )

    class Meta:
        model = Difficulty
        fields = []

    @property
    def qs(self):
        """Of each line the last time only, unless all are asked for."""
        rows = super().qs
        return rows if self.form.cleaned_data.get("tat_ca") else rows.filter(continued_by__isnull=True)

    def by_words(self, queryset, _name, value):
        """Every word stands in the text, who raised it or how it was settled."""
        words = read_query(value).words
        return queryset.filter(search_text__words=words) if words else queryset

    def by_unit(self, queryset, _name, value):
        """By code, or by a name of any day."""
        return queryset.filter(unit__in=units_meant(value))

    def with_earlier(self, queryset, _name, _value):
        """Decided in ``qs``."""
        return queryset
