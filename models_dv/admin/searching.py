"""Looking rows up by words, with or without accents, where no folded column is kept."""

from collections.abc import Iterable

from models_dv.vietnamese.fold import fold


def with_words(queryset, search_term: str, texts: Iterable[tuple[int, str]]):
    """Rows whose text holds every word; ``texts`` gives (pk, text), folded here: for some thousands at most."""
    words = fold(search_term).split()
    if not words:
        return queryset
    folded = ((pk, fold(text)) for pk, text in texts)
    return queryset.filter(pk__in=[pk for pk, text in folded if all(word in text for word in words)])


def texts_of(queryset, *fields: str) -> Iterable[tuple[int, str]]:
    """(pk, the fields side by side) of every row."""
    return ((pk, " ".join(texts)) for pk, *texts in queryset.order_by().values_list("pk", *fields))
