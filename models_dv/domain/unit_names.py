"""Names of units as values of other queries: a list names its units without asking again for each row."""

import re
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from models_dv.domain.search import word_beginnings
from models_dv.domain.unit_words import read_unit_words
from models_dv.models import Unit, UnitPath, UnitVersion
from models_dv.scopes import lines_of, path_range, paths_of

#: Units that one name may mean when those below them are asked for too.
MOST_NAMED = 50
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def unit_name(field: str, on: date | OuterRef, *, short: bool = False) -> Subquery:
    """What the unit whose id stands in ``field`` was called on a day: the name begun last by then."""
    begun = UnitVersion.objects.filter(unit=OuterRef(field), valid_from__lte=on)
    return Subquery(begun.order_by("-valid_from").values("short_name" if short else "name")[:1])


def units_named(typed: str, on: date) -> QuerySet:
    """Ids of the units in whose name of the day every word typed begins one, accents or not."""
    versions = UnitVersion.objects.as_of(on)
    return versions.filter(word_beginnings("name_folded", read_unit_words(typed).query)).values("unit")


def units_meant(typed: str) -> QuerySet:
    """Ids of the units that a filter means, and of the whole units that went on in them.

    The unit with exactly this code alone; else those in one of whose names, of any day, every word typed
    begins a word.
    """
    query, code = read_unit_words(typed).query, typed.strip().lower()
    named = Q(pk__in=UnitVersion.objects.filter(word_beginnings("name_folded", query)).values("unit"))
    if _CODE.fullmatch(code):
        named = Q(code=code) | named & ~Exists(Unit.objects.filter(code=code))
    return lines_of(Unit.objects.filter(named).order_by().values("pk"))


def unit_ids_meant(typed: str) -> list[int]:
    """The same ids, asked for at once: for queries in which they would stand deeper than SQLite can read."""
    return list(units_meant(typed).values_list("pk", flat=True))


def name_of_code(typed: str) -> str:
    """Today's or last name of the unit with this code; what was typed where it is no code of a unit."""
    code = typed.strip().lower()
    found = Unit.objects.filter(code=code).first() if _CODE.fullmatch(code) else None
    return str(found) if found else typed


def with_below(units: QuerySet, on: date) -> QuerySet:
    """Ids of the units and of all that stand below them on the day, or stood there when they ended.

    Of a name that means many units, what stands below the first few: those that stand highest.
    """
    lasting = UnitPath.objects.lasting(on)
    found = lasting.filter(unit__in=units).order_by("depth", "path").values_list("path", flat=True)
    paths = list(dict.fromkeys(found[: MOST_NAMED + 1]))
    meant = Q(unit__in=units) if len(paths) > MOST_NAMED else Q(pk__in=[])
    for path in paths[:MOST_NAMED]:
        meant |= path_range(path)
    return lasting.filter(meant).values("unit")


def units_from(unit_ids, on: date) -> QuerySet[Unit]:
    """The units named and all that stand below them on the day."""
    below = Q(pk__in=[])
    for path in paths_of(unit_ids, on):
        below |= path_range(path)
    return Unit.objects.filter(pk__in=UnitPath.objects.current(on).filter(below).values("unit"))
