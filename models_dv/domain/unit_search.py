"""Finding a unit among thousands by today's or a former name or by a code; the exact name comes first."""

from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Replace

from models_dv.domain.search import Query, all_words, read_query
from models_dv.domain.unit_words import KINDS, UnitWords, read_unit_words
from models_dv.enums import UnitLevel
from models_dv.models import Unit, UnitVersion

EXACT, FORMER, STANDING, ENDED = range(4)
#: Who writes the name of a province without a kind means the province, whatever else is called so.
TOP = (UnitLevel.CENTRAL, UnitLevel.PROVINCE)


def find_units(units: QuerySet[Unit], typed: str, on: date) -> QuerySet[Unit]:
    """The ``units`` that hold every word typed, accents or not; best first (``rank``), provinces before others.

    Kind and first word of the place stand in the unit's names, of any day, or in its codes; the others may
    also stand in a name of a unit above it, because names occur in several places: “tan lap an binh”.
    """
    spoken = read_unit_words(typed)
    if not spoken.query:
        return units
    own = {*spoken.kind.split(), *spoken.place.split()[:1]}
    for word in spoken.query.words:
        units = units.filter(_holds(word, with_above=word not in own))
    return units.annotate(rank=_rank(typed, spoken, on), place=_place(on), name_sort=_name_sort(on)).order_by(
        "rank", "place", "name_sort", "code"
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


def _rank(typed: str, spoken: UnitWords, on: date) -> Case:
    """EXACT: a code, or the name of the day; FORMER: another of its names; else whether it still exists."""
    plain = Replace(Replace("name_folded", Value(" - "), Value(" ")), Value("-"), Value(" "))
    of_unit = UnitVersion.objects.filter(unit=OuterRef("pk")).alias(plain=plain)
    exact, code = _is_exactly(spoken), read_query(typed).phrase
    return Case(
        When(Q(code=code) | Q(territory_code=code), then=Value(EXACT)),
        When(Exists(of_unit.as_of(on).filter(exact)), then=Value(EXACT)),
        When(Exists(of_unit.filter(exact)), then=Value(FORMER)),
        When(ended_on__lte=on, then=Value(ENDED)),
        default=Value(STANDING),
        output_field=IntegerField(),
    )


def _is_exactly(spoken: UnitWords) -> Q:
    """Versions called just that. The folded names stand one after the other: “dang uy xa a xa a …”."""
    phrase = spoken.phrase
    exact = (
        Q(plain=phrase)
        | Q(plain__startswith=f"{phrase} {phrase}")
        | Q(plain__contains=f" {phrase} {phrase} ")
    )
    exact |= _placed(phrase, KINDS)
    if spoken.kind:
        return exact | _placed(spoken.place, (spoken.kind,))
    for kind in KINDS:
        exact |= Q(plain__startswith=f"{phrase} {kind} ")
    return exact


def _placed(place: str, kinds: tuple[str, ...]) -> Q:
    """Versions whose name ends with the place and whose short name is one of the kinds with it."""
    found = Q()
    for kind in kinds:
        called = Q(plain__contains=f" {place} {kind} {place} ")
        # “… xa an thi xa an thi …” is Ân Thi, a commune, and no town called An.
        found |= called & Q(plain__startswith="thi uy ") if kind == "thi xa" else called
    return found


def _place(on: date) -> Case:
    """0 for provinces, and what stands above them, of the day; 1 for all others."""
    today = UnitVersion.objects.filter(unit=OuterRef("pk")).as_of(on)
    is_top = When(Exists(today.filter(level__in=TOP)), then=Value(0))
    return Case(is_top, default=Value(1), output_field=IntegerField())


def _name_sort(on: date) -> Subquery:
    latest = UnitVersion.objects.filter(unit=OuterRef("pk"), valid_from__lte=on)
    return Subquery(latest.order_by("-valid_from").values("name_sort")[:1])
