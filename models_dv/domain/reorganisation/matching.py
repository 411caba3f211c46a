"""Which unit a named territory is: looked up on the eve of the change, within the scope, never guessed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from models_dv.domain.reorganisation.kinds import folded, kind_and_place, spoken
from models_dv.domain.reorganisation.listing import Named
from models_dv.enums import UnitType
from models_dv.models import Unit, UnitPath, UnitSuccession, UnitVersion
from models_dv.scopes import path_range
from models_dv.vietnamese.dates import format_date

MOST_CHOICES = 30


@dataclass(frozen=True)
class Match:
    """The unit; or why it is not known, and the units that may be meant, the likeliest first."""

    unit: int | None
    problem: str = ""
    choices: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Name:
    """A name that a unit has or had."""

    unit: int
    kind: str
    place: str
    words: str
    is_standing: bool  # the name of the eve, of a unit that exists then


class Gazetteer:
    """The names of everything that ever stood below ``scope`` (None: of everything), as of ``eve``."""

    def __init__(self, scope: Unit | None, eve: date):
        self.eve = eve
        self.ended = dict(Unit.objects.filter(ended_on__lte=eve).values_list("pk", "ended_on"))
        self.parents: dict[int, set[int]] = defaultdict(set)
        self.called: dict[int, set[str]] = defaultdict(set)
        self.names: dict[str, list[_Name]] = defaultdict(list)
        rows = self._load(_ever_below(scope))
        for unit_id, versions in rows.items():
            self._keep(unit_id, versions)
        above = {parent for parents in self.parents.values() for parent in parents} - rows.keys()
        while above:
            more = self._load(above)
            above = {parent for unit_id in more for parent in self.parents[unit_id]} - self.called.keys()

    def _load(self, unit_ids: set[int] | None) -> dict[int, list[tuple]]:
        """{unit: [(valid from, short name, type)]}; keeps the parents and names on the way."""
        versions = UnitVersion.objects.order_by("valid_from")
        if unit_ids is not None:
            versions = versions.filter(unit__in=unit_ids)
        rows: dict[int, list[tuple]] = defaultdict(list)
        for unit_id, start, name, kind, parent_id in versions.values_list(
            "unit_id", "valid_from", "short_name", "type", "parent_id"
        ):
            rows[unit_id].append((start, name, kind))
            self.called[unit_id].add(folded(name))
            if parent_id:
                self.parents[unit_id].add(parent_id)
        return rows

    def _keep(self, unit_id: int, versions: list[tuple]) -> None:
        begun = [row for row in versions if row[0] <= self.eve]
        for row in versions:
            if row[2] == UnitType.BODY:
                continue
            kind, place = kind_and_place(row[1])
            is_standing = bool(begun) and row is begun[-1] and unit_id not in self.ended
            self.names[folded(place)].append(_Name(unit_id, kind, place, row[1], is_standing))

    # --- looking up --------------------------------------------------------------------------------

    def find(self, named: Named) -> Match:
        """The one unit that is called so and exists on the eve; else the problem and the choices."""
        alike = self.names.get(folded(named.name), [])
        same = _units(
            name for name in alike if name.is_standing and name.kind == named.kind and _same(name, named)
        )
        if named.where:
            inside = [unit for unit in same if self._lies_in(unit, named.where)]
            if same and not inside:
                problem = f"Không thấy “{named.kind} {named.name}” nào thuộc {named.where}."
                return Match(None, problem, tuple(same[:MOST_CHOICES]))
            same = inside
        if len(same) == 1:
            return Match(same[0])
        if same:
            same.sort(key=lambda unit: not (named.hint and self._lies_in(unit, named.hint)))
            problem = f"Có {len(same)} đơn vị tên “{named.kind} {named.name}”. Chọn một."
            return Match(None, problem, tuple(same[:MOST_CHOICES]))
        return self._not_standing(named, alike)

    def standing(self, kind: str, place: str) -> list[int]:
        """Units that exist on the eve under this kind and name."""
        alike = self.names.get(folded(place), [])
        return _units(name for name in alike if name.is_standing and name.kind == kind)

    def _not_standing(self, named: Named, alike: list[_Name]) -> Match:
        said = f"{named.kind} {named.name}"
        ended = _units(name for name in alike if name.unit in self.ended and name.kind == named.kind)
        former = _units(name for name in alike if not name.is_standing and name.unit not in self.ended)
        near = _units(name for name in alike if name.is_standing)
        choices = tuple(dict.fromkeys([*near, *former]))[:MOST_CHOICES]
        if near:
            words = ", ".join(sorted({name.words for name in alike if name.is_standing}))
            return Match(None, f"Không có “{said}”, chỉ có tên gần giống: {words}. Chọn nếu đúng.", choices)
        if ended:
            days = ", ".join(sorted({format_date(self.ended[unit]) for unit in ended}))
            problem = f"“{said}” đã kết thúc ngày {days}, trước ngày sắp xếp."
            return Match(None, problem, tuple(dict.fromkeys([*_successors(ended, self.eve), *choices])))
        if former:
            return Match(None, f"“{said}” là tên cũ của đơn vị dưới đây. Chọn nếu đúng.", choices)
        return Match(None, f"Không tìm thấy “{said}” trong phạm vi. Chọn đơn vị khác hoặc bỏ khỏi phương án.")

    def _lies_in(self, unit_id: int, where: str) -> bool:
        """Whether the unit stands, or once stood, below what is called so."""
        wanted, last, seen = folded(where), {unit_id}, set()
        while last:
            last = {parent for unit in last for parent in self.parents.get(unit, ())} - seen
            if any(wanted in self.called[unit] for unit in last):
                return True
            seen |= last
        return False


def _same(name: _Name, named: Named) -> bool:
    return spoken(name.place) == spoken(named.name)


def _units(names) -> list[int]:
    return list(dict.fromkeys(name.unit for name in names))


def _ever_below(scope: Unit | None) -> set[int] | None:
    """Ids of everything that stood below the unit on any day; None for everything."""
    if scope is None:
        return None
    found: set[int] = set()
    for path in set(UnitPath.objects.filter(unit=scope).values_list("path", flat=True)):
        found |= set(UnitPath.objects.filter(path_range(path)).values_list("unit_id", flat=True))
    return found - {scope.pk}


def _successors(unit_ids: list[int], on: date) -> list[int]:
    """What the units went into and exists on the day."""
    edges = UnitSuccession.objects.filter(predecessor__in=unit_ids)
    alive = Unit.objects.alive(on).filter(predecessor_edges__in=edges)
    return list(alive.order_by("pk").values_list("pk", flat=True).distinct())
