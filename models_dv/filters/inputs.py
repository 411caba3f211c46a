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
