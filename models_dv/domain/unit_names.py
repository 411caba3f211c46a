"""Names of units as values of other queries: a list names its units without asking again for each row."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from models_dv.domain.search import read_query, word_beginnings
from models_dv.models import Unit, UnitPath, UnitVersion
from models_dv.scopes import path_range, paths_of


def unit_name(field: str, on: date | OuterRef, *, short: bool = False) -> Subquery:
    """What the unit whose id stands in ``field`` was called on a day: the name begun last by then."""
    begun = UnitVersion.objects.filter(unit=OuterRef(field), valid_from__lte=on)
    return Subquery(begun.order_by("-valid_from").values("short_name" if short else "name")[:1])


def units_named(typed: str, on: date) -> QuerySet:
    """Ids of the units in whose name of the day every word typed begins one, accents or not."""
    versions = UnitVersion.objects.as_of(on)
    return versions.filter(word_beginnings("name_folded", read_query(typed))).values("unit")


def units_from(unit_ids, on: date) -> QuerySet[Unit]:
    """The units named and all that stand below them on the day."""
    below = Q(pk__in=[])
    for path in paths_of(unit_ids, on):
        below |= path_range(path)
    return Unit.objects.filter(pk__in=UnitPath.objects.current(on).filter(below).values("unit"))
