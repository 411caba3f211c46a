"""The filters of the published list, as a GET form; what cannot be read is left out and named."""

from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django import forms
from django.http import QueryDict

from models_dv.domain.search import LONGEST_QUERY, Query, read_query
from models_dv.domain.unit_names import units_meant
from models_dv.enums import PeriodKind
from models_dv.models import Unit
from models_dv.vietnamese.fold import normalize, slugify_vi
from reports.domain import public_reading
from reports.models import Publication

KINDS = {
    "so-ket": ("Sơ kết", (PeriodKind.HALF_YEAR, PeriodKind.NINE_MONTHS, PeriodKind.QUARTER)),
    "tong-ket": ("Tổng kết", (PeriodKind.ANNUAL,)),
    "chuyen-de": ("Chuyên đề", (PeriodKind.THEMATIC,)),
}


class WordsField(forms.CharField):
    """Words to look for: cleaned and cut, never an error."""

    def to_python(self, value):
        """Clean text, no longer than a query may be."""
        return normalize(super().to_python(value))[:LONGEST_QUERY].strip()


class WordsFilter(django_filters.CharFilter):
    """A filter of words."""

    field_class = WordsField


class UnitWordsField(WordsField):
    """A unit's code, or words of its names."""

    #: Lists show the name where a code was given.
    means_unit = True


class UnitWordsFilter(WordsFilter):
    """A filter of units."""

    field_class = UnitWordsField


@dataclass(frozen=True)
class Chip:
    """A filter in force: its words and the address without it."""

    name: str
    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Way:
    """A way out of an empty list: drop ``chip`` and ``count`` reports are left."""

    chip: Chip
    count: int


class PublicationFilter(django_filters.FilterSet):
    """``q`` words, ``don_vi`` a unit's code or names of any day, ``ky`` a period, ``loai`` sơ kết or tổng kết.

    A period or kind that is none is left out of ``data``; ``ignored`` has the parameters that were.
    """

    q = WordsFilter(
        label="Từ khoá",
        method="with_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST_QUERY}),
    )
    don_vi = WordsFilter(
        label="Đơn vị",
        method="of_unit",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "placeholder": "Tên nay hoặc tên cũ", "maxlength": LONGEST_QUERY}
        ),
    )
    ky = django_filters.ChoiceFilter(label="Kỳ", method="of_period", empty_label="Mọi kỳ")
    loai = django_filters.ChoiceFilter(
        label="Loại",
        method="of_kind",
        empty_label="Mọi loại",
        choices=[(key, words) for key, (words, _kinds) in KINDS.items()],
    )

    class Meta:
        model = Publication
        fields = []

    def __init__(self, data, queryset):
        self.periods = {slugify_vi(period.label): period for period in public_reading.periods()}
        readable, self.ignored = _readable(data, {"ky": self.periods, "loai": KINDS})
        super().__init__(readable, queryset)
        self.filters["ky"].extra["choices"] = [(key, p.label) for key, p in self.periods.items()]
        self._unit_name: str | None = None

    @property
    def query(self) -> Query:
        """The words that are marked in the list."""
        return read_query(self._values().get("q"))

    def chips(self, path: str) -> list[Chip]:
        """The filters in force, in the order of the form."""
        values = self._values()
        return [
            Chip(name, self.form.fields[name].label, self._shown(name, value), self._without(name, path))
            for name, value in values.items()
        ]

    def ways_out(self, chips: list[Chip]) -> list[Way]:
        """For an empty list: what dropping one filter would show, most first; nothing where one filter stands."""
        if len(chips) < 2:
            return []
        ways = []
        for chip in chips:
            rest = self.queryset
            for name, value in self._values().items():
                if name != chip.name:
                    rest = self.filters[name].filter(rest, value)
            ways.append(Way(chip, rest.order_by().count()))
        return sorted((way for way in ways if way.count), key=lambda way: -way.count)

    def with_words(self, publications, _name, value):
        """Reports that hold every word."""
        return public_reading.matching(publications, read_query(value))

    def of_unit(self, publications, _name, value):
        """Reports of the unit with this code, or of units one of whose names holds the words."""
        return publications.filter(unit__in=units_meant(value))

    def of_period(self, publications, _name, value):
        """Reports of the period."""
        return publications.filter(period=self.periods[value])

    def of_kind(self, publications, _name, value):
        """Reports of these kinds of period."""
        return publications.filter(period__kind__in=KINDS[value][1])

    def unit_name(self, value: str) -> str:
        """Name of the unit with this code, "" where the value is no code; one query for each filter."""
        if self._unit_name is None:
            unit = Unit.objects.filter(code=value).first()
            self._unit_name = str(unit) if unit else ""
        return self._unit_name

    def _values(self) -> dict[str, str]:
        """Readable values in force, in the order of the form."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def _shown(self, name: str, value: str) -> str:
        if name == "ky":
            return self.periods[value].label
        if name == "loai":
            return KINDS[value][0]
        return (self.unit_name(value) if name == "don_vi" else "") or value

    def _without(self, name: str, path: str) -> str:
        rest = {key: value for key, value in self._values().items() if key != name}
        return f"{path}?{urlencode(rest)}" if rest else path


def _readable(data: QueryDict, choices: dict[str, dict]) -> tuple[QueryDict, list[str]]:
    """The data without values that are no choice, and the names of what was left out."""
    readable = data.copy()
    ignored = [name for name, known in choices.items() if data.get(name) and data[name] not in known]
    for name in ignored:
        del readable[name]
    return readable, ignored
