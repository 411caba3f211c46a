"""Finding a unit among thousands by today's or a former name or by a code; the exact name comes first."""

from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from models_dv.domain.search import Query, all_words, read_query
from models_dv.models import Unit, UnitVersion

#: What stands before the name of a place in a short name, folded.
KINDS = ("xa", "phuong", "thi tran", "dac khu", "huyen", "quan", "thi xa", "thanh pho", "tinh")
EXACT, FORMER, STANDING, ENDED = range(4)


def find_units(units: QuerySet[Unit], typed: str, on: date) -> QuerySet[Unit]:
    """The ``units`` that hold every word typed, accents or not; best first (``rank``), then by name.

    The first word stands in one of the unit's names, of any day, or in its codes; the others may also stand
    in a name of a unit above it, because names occur in several places: “tan lap an binh”.
    """
    query = read_query(typed)
    if not query:
        return units
    for number, word in enumerate(query.words):
        units = units.filter(_holds(word, with_above=number > 0))
    return units.annotate(rank=_rank(query, on), name_sort=_name_sort(on)).order_by(
        "rank", "name_sort", "code"
    )


def _holds(word: str, *, with_above: bool) -> Q:
    named = all_words("name_folded", Query(word, (word,)))
    versions = UnitVersion.objects.filter(named)
    code = Q(code__startswith=word) | Q(code__contains=f"-{word}") | Q(territory_code__startswith=word)
    holds = Q(pk__in=versions.values("unit")) | code
    if with_above:
        below = UnitVersion.objects.filter(parent__in=versions.values("unit"))
        holds |= Q(pk__in=below.values("unit"))
    return holds


def _rank(query: Query, on: date) -> Case:
    """EXACT: a code, or the name of the day; FORMER: another of its names; else whether it still exists."""
    of_unit = UnitVersion.objects.filter(unit=OuterRef("pk"))
    exact = _is_exactly(query.phrase)
    return Case(
        When(Q(code=query.phrase) | Q(territory_code=query.phrase), then=Value(EXACT)),
        When(Exists(of_unit.as_of(on).filter(exact)), then=Value(EXACT)),
        When(Exists(of_unit.filter(exact)), then=Value(FORMER)),
        When(ended_on__lte=on, then=Value(ENDED)),
        default=Value(STANDING),
        output_field=IntegerField(),
    )


def _is_exactly(phrase: str) -> Q:
    """Versions called just that. The folded names stand one after the other: “dang uy xa a xa a …”."""
    exact = Q(name_folded__contains=f"{phrase} {phrase}") | Q(name_folded=phrase)
    for kind in KINDS:
        exact |= Q(name_folded__contains=f" {phrase} {kind} {phrase} ")
        exact |= Q(name_folded__startswith=f"{phrase} {kind} ")
    return exact


def _name_sort(on: date) -> Subquery:
    latest = UnitVersion.objects.filter(unit=OuterRef("pk"), valid_from__lte=on)
    return Subquery(latest.order_by("-valid_from").values("name_sort")[:1])
