"""Fields that lists are narrowed by: words, and a day typed as people write it."""

import django_filters
from django import forms

from models_dv.domain.search import LONGEST_QUERY
from models_dv.forms.fields import DateField


def words_input(**attrs) -> forms.TextInput:
    """An input for words to look for."""
    return forms.TextInput(
        attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST_QUERY, **attrs}
    )


class DayFilter(django_filters.CharFilter):
    """A day typed as 05/02/2026."""

    field_class = DateField


class UnitField(forms.CharField):
    """A unit, by its code or by words of its names."""

    #: Lists show the name where a code was given.
    means_unit = True


class OfUnitFilter(django_filters.CharFilter):
    """A unit typed by its name, or named in a link by its code; ``units_meant`` reads it."""

    field_class = UnitField
