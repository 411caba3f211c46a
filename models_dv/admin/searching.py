"""Looking rows up by words, with or without accents."""

from collections.abc import Iterable

from django.db.models import Q

from models_dv import clock
from models_dv.domain.search import read_query
from models_dv.domain.unit_names import units_named
from models_dv.vietnamese.fold import fold


def by_words_or_unit(queryset, search_term: str):
    """Rows with every word in their text, through the index, or in the name of their unit."""
    words = read_query(search_term).words
    if not words:
        return queryset
    in_unit = Q(unit__in=units_named(search_term, clock.today()))
    return queryset.filter(Q(search_text__words=words) | in_unit)


def with_words(queryset, search_term: str, texts: Iterable[tuple[int, str]]):
    """Rows whose text holds every word, where no folded column is kept.

    ``texts`` gives (pk, text), folded here: for some thousands at most.
    """
    words = fold(search_term).split()
    if not words:
        return queryset
    folded = ((pk, fold(text)) for pk, text in texts)
    return queryset.filter(pk__in=[pk for pk, text in folded if all(word in text for word in words)])


def texts_of(queryset, *fields: str) -> Iterable[tuple[int, str]]:
    """(pk, the fields side by side) of every row."""
    return ((pk, " ".join(texts)) for pk, *texts in queryset.order_by().values_list("pk", *fields))
