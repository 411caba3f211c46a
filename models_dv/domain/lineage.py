"""What units came from, over a stretch of time: where whole units add up, and where not (domain.md §1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from models_dv.enums import SuccessionKind
from models_dv.models import UnitSuccession, UnitVersion
from models_dv.vietnamese.dates import format_date

#: Kinds by which a whole unit goes on in another one.
WHOLE_KINDS = (SuccessionKind.MERGE, SuccessionKind.RENAME, SuccessionKind.RETYPE)
#: How many changes in a row are followed back.
CHANGES_FOLLOWED = 4
TOO_MANY_CHANGES = "Đơn vị đã thay đổi quá nhiều lần"


@dataclass(frozen=True)
class Edge:
    """One change: names are those of its day, ``…_since`` is the day of the unit's first name."""

    predecessor_id: int
    successor_id: int
    kind: str
    on: date
    predecessor_name: str
    successor_name: str
    predecessor_since: date
    successor_since: date


@dataclass(frozen=True)
class Origin:
    """The units of the earlier day that together are the unit of today: ids and names of their last day.

    ``broken`` says in words why figures do not add up; then ``unit_ids`` has those found until there.
    """

    unit_ids: tuple[int, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    broken: str = ""


@dataclass(frozen=True)
class Lineage:
    """Every change after ``after`` up to ``until`` that bears on one unit and what it came from."""

    unit_id: int
    after: date
    until: date
    edges: tuple[Edge, ...]

    @property
    def last_change(self) -> date | None:
        """The day of the newest change, None without one."""
        return max((edge.on for edge in self.edges), default=None)

    def origin(self, after: date | None = None) -> Origin:
        """What the unit was on the day ``after`` (by default the beginning of the stretch).

        A unit that has not changed since is its own origin. One that took others in is itself and them.
        """
        after = after or self.after
        walk = _Walk([edge for edge in self.edges if edge.on > after], after)
        walk.unit(self.unit_id, frozenset())
        return Origin(tuple(walk.found), walk.names, walk.broken)


class _Walk:
    """Going back from one unit, edge by edge, to the day ``after``."""

    def __init__(self, edges: list[Edge], after: date):
        self.edges = edges
        self.after = after
        self.found: dict[int, None] = {}
        self.names: dict[int, str] = {}
        self.broken = ""

    def unit(self, unit_id: int, came_through: frozenset[int]) -> None:
        into = [edge for edge in self.edges if edge.successor_id == unit_id]
        out = [edge for edge in self.edges if edge.predecessor_id == unit_id]
        if not came_through and out:
            edge = out[0]
            self._break(
                f"Một phần của {edge.predecessor_name} chuyển sang {edge.successor_name}"
                f" ngày {format_date(edge.on)}"
            )
        for edge in into:
            self._whole(edge)
        if not into or into[0].successor_since <= self.after:
            self.found.setdefault(unit_id)
            self.names.setdefault(unit_id, _name_of(unit_id, into, out))
        came_through |= {unit_id}
        for predecessor_id in dict.fromkeys(edge.predecessor_id for edge in into):
            if predecessor_id in came_through or len(came_through) > CHANGES_FOLLOWED:
                self._break(TOO_MANY_CHANGES)
            else:
                self.unit(predecessor_id, came_through)

    def _whole(self, edge: Edge) -> None:
        """Whether all of the predecessor went this way."""
        out = [other for other in self.edges if other.predecessor_id == edge.predecessor_id]
        day = format_date(edge.on)
        if len({other.successor_id for other in out}) > 1:
            self._break(f"{edge.predecessor_name} được chia cho nhiều đơn vị ngày {day}")
        elif any(other.kind in WHOLE_KINDS for other in out):
            return
        elif edge.kind == SuccessionKind.SPLIT:
            self._break(f"{edge.successor_name} tách ra từ {edge.predecessor_name} ngày {day}")
        else:
            self._break(f"Một phần của {edge.predecessor_name} nhập vào {edge.successor_name} ngày {day}")

    def _break(self, reason: str) -> None:
        self.broken = self.broken or reason


def _name_of(unit_id: int, into: list[Edge], out: list[Edge]) -> str:
    if out:
        return out[0].predecessor_name
    return into[0].successor_name if into else ""


def changes_between(after: date, until: date) -> QuerySet:
    """Changes after one day, up to and including another."""
    return UnitSuccession.objects.filter(on__gt=after, on__lte=until)


def has_changes(unit_ref, after: date, until: date) -> Exists:
    """Condition for a queryset: something changed for the unit (an id, or an OuterRef to one) in the stretch."""
    either = Q(successor_id=unit_ref) | Q(predecessor_id=unit_ref)
    return Exists(changes_between(after, until).filter(either))


def read_lineage(unit_id: int, *, after: date, until: date) -> Lineage:
    """The changes behind the unit as it was on ``until``, back to the day ``after``; one query."""
    between = changes_between(after, until)
    around = Q(predecessor_id=unit_id)
    for units in _generations(unit_id, between):
        around |= Q(successor_id__in=units) | Q(
            predecessor_id__in=between.filter(successor_id__in=units).values("predecessor_id")
        )
    rows = (
        between.filter(around)
        .annotate(
            predecessor_name=_name("predecessor"),
            successor_name=_name("successor"),
            predecessor_since=_since("predecessor"),
            successor_since=_since("successor"),
        )
        .order_by("on", "pk")
        .values_list(*Edge.__dataclass_fields__)
    )
    return Lineage(unit_id, after, until, tuple(Edge(*row) for row in rows))


def _generations(unit_id: int, between: QuerySet) -> Iterator:
    """The unit, then its predecessors, then theirs … as subqueries."""
    units = [unit_id]
    for _change in range(CHANGES_FOLLOWED):
        yield units
        units = between.filter(successor_id__in=units).values("predecessor_id")


def _name(end: str) -> Coalesce:
    """Short name of one end on the day of the change."""
    versions = UnitVersion.objects.filter(unit=OuterRef(end), valid_from__lte=OuterRef("on"))
    return Coalesce(Subquery(versions.order_by("-valid_from").values("short_name")[:1]), Value(""))


def _since(end: str) -> Coalesce:
    """First day of one end; a unit without a name of any day is taken for one that began with the change."""
    versions = UnitVersion.objects.filter(unit=OuterRef(end))
    return Coalesce(Subquery(versions.order_by("valid_from").values("valid_from")[:1]), "on")
