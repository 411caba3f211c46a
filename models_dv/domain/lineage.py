"""What units came from, over a stretch of time: where whole units add up, and where not (domain.md §1)."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from models_dv.enums import SuccessionKind
from models_dv.models import UnitSuccession, UnitVersion
from models_dv.scopes import WHOLE_KINDS
from models_dv.vietnamese.dates import format_date

#: How many changes in a row are followed back; one query for each, and one to know whether there are more.
CHANGES_FOLLOWED = 2
TOO_MANY_CHANGES = "Đơn vị đã thay đổi quá nhiều lần"


@dataclass(frozen=True)
class Edge:
    """One change: names are those of its day, ``…_since`` is the day of the unit's first name."""

    predecessor_id: int
    successor_id: int
    kind: str
    on: date
    legal_basis: str
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
    """Every change after ``after`` up to ``until`` that bears on one unit and what it came from.

    ``changes`` is how many in a row were followed back.
    """

    unit_id: int
    after: date
    until: date
    edges: tuple[Edge, ...]
    changes: int = CHANGES_FOLLOWED

    @property
    def last_change(self) -> date | None:
        """The day of the newest change, None without one."""
        return max((edge.on for edge in self.edges), default=None)

    def origin(self, after: date | None = None, until: date | None = None) -> Origin:
        """What the unit of the day ``until`` was on the day ``after`` (by default over the whole stretch).

        A unit that has not changed since is its own origin. One that took others in is itself and them.
        """
        after, until = after or self.after, until or self.until
        walk = _Walk([edge for edge in self.edges if after < edge.on <= until], after, self.changes)
        walk.unit(self.unit_id, frozenset())
        return Origin(tuple(walk.found), walk.names, walk.broken)


class _Walk:
    """Going back from one unit, edge by edge, to the day ``after``."""

    def __init__(self, edges: list[Edge], after: date, changes: int):
        self.edges = edges
        self.after = after
        self.changes = changes
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
            if predecessor_id in came_through or len(came_through) > self.changes:
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


def read_lineage(unit_id: int, *, after: date, until: date, changes: int = CHANGES_FOLLOWED) -> Lineage:
    """The changes behind the unit as it was on ``until``, back to the day ``after``.

    One query for the unit and what it was made of, one more for each further change in a row, at most
    ``changes``. With ``changes`` 0 there are only those of the unit itself.
    """
    between = changes_between(after, until)
    found = _edges_at({unit_id}, between, with_predecessors=changes > 0)
    seen = {unit_id} | {edge.predecessor_id for edge in found.values() if edge.successor_id == unit_id}
    for _step in range(changes - 1):
        generation = {edge.predecessor_id for edge in found.values()} - seen
        if not generation:
            break
        seen |= generation
        found |= _edges_at(generation, between)
    edges = tuple(found[pk] for pk in sorted(found, key=lambda pk: (found[pk].on, pk)))
    return Lineage(unit_id, after, until, edges, changes)


def _edges_at(unit_ids: set[int], between: QuerySet, *, with_predecessors: bool = False) -> dict[int, Edge]:
    """Changes out of and into the units, and their predecessors, by id."""
    at = Q(successor_id__in=unit_ids) | Q(predecessor_id__in=unit_ids)
    if with_predecessors:
        before = between.filter(successor_id__in=unit_ids).values("predecessor_id")
        at |= Q(successor_id__in=before) | Q(predecessor_id__in=before)
    rows = between.filter(at).annotate(
        predecessor_name=_name("predecessor"),
        successor_name=_name("successor"),
        predecessor_since=_since("predecessor"),
        successor_since=_since("successor"),
    )
    return {pk: Edge(*values) for pk, *values in rows.values_list("pk", *Edge.__dataclass_fields__)}


def _name(end: str) -> Coalesce:
    """Short name of one end on the day of the change."""
    versions = UnitVersion.objects.filter(unit=OuterRef(end), valid_from__lte=OuterRef("on"))
    return Coalesce(Subquery(versions.order_by("-valid_from").values("short_name")[:1]), Value(""))


def _since(end: str) -> Coalesce:
    """First day of one end; a unit without a name of any day is taken for one that began with the change."""
    versions = UnitVersion.objects.filter(unit=OuterRef(end))
    return Coalesce(Subquery(versions.order_by("valid_from").values("valid_from")[:1]), "on")
