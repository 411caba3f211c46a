"""Every unit of the catalogue with its dated versions, and the edges old → new (domain.md §1).

Identity: a territory whose whole area went on alone under another name or type stays one unit and gets a new
version; where areas were put together or divided, the old units end and new ones begin, with an edge each.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from models_dv.enums import SuccessionKind, UnitLevel
from models_dv.importers.catalogue import wording
from models_dv.importers.catalogue.tables import Catalogue, Change, Territory
from models_dv.vietnamese.fold import slugify_vi

START = date(2020, 1, 1)
CHANGE_ON = date(2025, 7, 1)
CODE_LENGTH = 40
SUFFIX = "-truoc-2025"

START_BASIS = (
    "Ngày bắt đầu dữ liệu trong hệ thống, không phải ngày thành lập; tên theo danh mục ngay trước khi sắp xếp"
)
MERGER = (
    "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 về sắp xếp đơn vị hành chính cấp tỉnh; vận hành từ 01/7/2025"
)
DISTRICTS_END = (
    "Kết thúc hoạt động của đơn vị hành chính cấp huyện từ 01/7/2025 (Nghị quyết số 203/2025/QH15)"
)
BAN_CHANGE = "Ban Dân vận và Ban Tuyên giáo hợp nhất năm 2025; ngày ghi ở đây là mốc quy ước 01/7/2025"
LATER = "Nghị quyết số {number} ngày {issued}, hiệu lực {on}; ngày của tổ chức đảng lấy theo ngày này"
LATER_ABOVE = LATER + " (đảng bộ cấp trên đổi tên)"
COMMUNES_CHANGE = "Nghị quyết số {number} ngày {issued}; vận hành từ 01/7/2025"


class Key(NamedTuple):
    """What one unit of the catalogue is known by: ``is_former`` for those that ended with June 2025."""

    level: UnitLevel
    territory_code: str
    is_former: bool


@dataclass(frozen=True)
class PlannedVersion:
    """One version: from when, below which unit, and the fields of UnitVersion."""

    valid_from: date
    parent: Key | None
    fields: dict


@dataclass(frozen=True)
class PlannedUnit:
    """One unit; the versions are in order of their days."""

    key: Key
    code: str
    end_basis: str
    versions: tuple[PlannedVersion, ...]


@dataclass(frozen=True)
class PlannedEdge:
    """One succession on the day of the change."""

    old: Key
    new: Key
    kind: SuccessionKind
    legal_basis: str


@dataclass(frozen=True)
class Plan:
    """All of it: units from the top down."""

    units: list[PlannedUnit]
    edges: list[PlannedEdge]


def make_plan(catalogue: Catalogue) -> Plan:
    """Lay out the units and edges of a catalogue."""
    return _Planner(catalogue).plan()


class _Planner:
    def __init__(self, catalogue: Catalogue):
        self.tables = catalogue
        self.same_province = _kept(catalogue.province_edges, catalogue.provinces_before)
        self.same_commune = _kept(catalogue.edges, catalogue.communes_before)
        self.stayed_from = {new: old for old, new in self.same_commune.items()}
        self.successors = {edge.old: edge.new for edge in catalogue.edges}

    def plan(self) -> Plan:
        tables = self.tables
        units = [
            *(self.province(row) for row in tables.provinces.values()),
            *(
                self.old_province(r)
                for r in tables.provinces_before.values()
                if r.code not in self.same_province
            ),
            *(self.district(row) for row in tables.districts_before.values()),
            *(
                self.old_commune(r)
                for r in tables.communes_before.values()
                if r.code not in self.same_commune
            ),
            *(self.commune(row) for row in tables.communes.values()),
        ]
        return Plan(units, [*self.province_edges(), *self.edges()])

    # --- units -------------------------------------------------------------------------------------

    def province(self, row: Territory) -> PlannedUnit:
        versions = []
        begins = START if row.code in self.same_province.values() else CHANGE_ON
        for day in sorted({begins, CHANGE_ON, *(c.on for c in self.changes(row) if c.on > begins)}):
            ban = wording.BAN_BEFORE if day < CHANGE_ON else wording.BAN_SINCE
            fields = wording.province_fields(self.on(row, day), ban=ban)
            basis = {START: START_BASIS, CHANGE_ON: BAN_CHANGE if begins == START else MERGER}.get(day)
            basis = basis or self.later(next(c for c in self.changes(row) if c.on == day))
            versions.append(PlannedVersion(day, None, {**fields, "legal_basis": basis}))
        return PlannedUnit(self.province_key(row), slugify_vi(row.name), "", tuple(versions))

    def old_province(self, row: Territory) -> PlannedUnit:
        is_name_of_today = row.name in {province.name for province in self.tables.provinces.values()}
        code = slugify_vi(row.name) + (SUFFIX if is_name_of_today else "")
        fields = wording.province_fields(row, ban=wording.BAN_BEFORE)
        return self.former(UnitLevel.PROVINCE, row, code, MERGER, fields, None)

    def district(self, row: Territory) -> PlannedUnit:
        code = _code(wording.DISTRICTS[row.type], row, SUFFIX)
        parent = self.old_province_key(row.above)
        return self.former(UnitLevel.DISTRICT, row, code, DISTRICTS_END, wording.district_fields(row), parent)

    def old_commune(self, row: Territory) -> PlannedUnit:
        district = self.tables.districts_before[row.above]
        fields = wording.commune_fields(row, district)
        code = _code(wording.COMMUNES[row.type], row, SUFFIX)
        basis = self.basis_of_communes(self.successors[row.code])
        return self.former(UnitLevel.COMMUNE, row, code, basis, fields, _district_key(district))

    def former(self, level, row, code, end_basis, fields, parent) -> PlannedUnit:
        version = PlannedVersion(START, parent, {**fields, "legal_basis": START_BASIS})
        return PlannedUnit(Key(level, row.code, True), code, end_basis, (version,))

    def commune(self, row: Territory) -> PlannedUnit:
        province = self.tables.provinces[row.above]
        parent = self.province_key(province)
        own = {change.on: change for change in self.changes(row)}
        above = {change.on: change for change in self.changes(province) if change.on > CHANGE_ON}
        versions = []
        for day in sorted({CHANGE_ON, *own, *above}):
            fields = wording.commune_fields(self.on(row, day), self.on(province, day))
            if day in own:
                basis = self.later(own[day])
            elif day in above:
                basis = self.later(above[day], LATER_ABOVE)
            else:
                basis = self.basis_of_communes(row.code)
            versions.append(PlannedVersion(day, parent, {**fields, "legal_basis": basis}))
        if row.code in self.stayed_from:
            versions.insert(0, self.before(self.tables.communes_before[self.stayed_from[row.code]]))
        code = _code(wording.COMMUNES[row.type], row, "")
        return PlannedUnit(Key(UnitLevel.COMMUNE, row.code, False), code, "", tuple(versions))

    def before(self, row: Territory) -> PlannedVersion:
        """The version of before July 2025 of a commune that stayed."""
        district = self.tables.districts_before[row.above]
        fields = wording.commune_fields(row, district)
        return PlannedVersion(START, _district_key(district), {**fields, "legal_basis": START_BASIS})

    # --- edges -------------------------------------------------------------------------------------

    def province_edges(self) -> list[PlannedEdge]:
        return [
            PlannedEdge(
                Key(UnitLevel.PROVINCE, edge.old, True),
                Key(UnitLevel.PROVINCE, edge.new, False),
                SuccessionKind.MERGE,
                MERGER,
            )
            for edge in self.tables.province_edges
            if edge.old not in self.same_province
        ]

    def edges(self) -> list[PlannedEdge]:
        predecessors = Counter(edge.new for edge in self.tables.edges)
        planned = []
        for edge in self.tables.edges:
            if edge.old in self.same_commune:
                continue
            if edge.old in self.tables.districts_before:
                old, kind = _district_key(self.tables.districts_before[edge.old]), SuccessionKind.RETYPE
            else:
                old = Key(UnitLevel.COMMUNE, edge.old, True)
                kind = _kind(edge.is_whole, predecessors[edge.new])
            new = Key(UnitLevel.COMMUNE, edge.new, False)
            planned.append(PlannedEdge(old, new, kind, self.basis_of_communes(edge.new)))
        return planned

    # --- what it takes -----------------------------------------------------------------------------

    def changes(self, row: Territory) -> list[Change]:
        return self.tables.changes.get(row.code, [])

    def on(self, row: Territory, day: date) -> Territory:
        """The territory as it was called on a day."""
        for change in self.changes(row):
            if day < change.on:
                return replace(row, name=change.name_before, type=change.type_before)
        return row

    def province_key(self, row: Territory) -> Key:
        return Key(UnitLevel.PROVINCE, row.code, False)

    def old_province_key(self, code: str) -> Key:
        same = self.same_province.get(code)
        return Key(UnitLevel.PROVINCE, same or code, same is None)

    def basis_of_communes(self, code: str) -> str:
        number = self.tables.communes[code].resolution
        return COMMUNES_CHANGE.format(number=number, issued=_legal_date(self.tables.resolutions[number][0]))

    def later(self, change: Change, text: str = LATER) -> str:
        issued, on = self.tables.resolutions[change.resolution]
        return text.format(number=change.resolution, issued=_legal_date(issued), on=_legal_date(on))


def _kept(edges, before) -> dict[str, str]:
    """Old code → new code of the territories that went on alone and whole."""
    into, out = defaultdict(list), defaultdict(list)
    for edge in edges:
        into[edge.new].append(edge)
        out[edge.old].append(edge)
    return {
        rows[0].old: new
        for new, rows in into.items()
        if len(rows) == 1 and rows[0].is_whole and rows[0].old in before and len(out[rows[0].old]) == 1
    }


def _kind(is_whole: bool, predecessors: int) -> SuccessionKind:
    if is_whole:
        return SuccessionKind.MERGE
    return SuccessionKind.PARTIAL if predecessors > 1 else SuccessionKind.SPLIT


def _district_key(row: Territory) -> Key:
    return Key(UnitLevel.DISTRICT, row.code, True)


def _code(kind: wording.Kind, row: Territory, suffix: str) -> str:
    """A readable code that no other territory has: phuong-ba-dinh-00004."""
    tail = f"-{row.code}{suffix}"
    return slugify_vi(f"{kind.word} {row.name}", CODE_LENGTH - len(tail)) + tail


def _legal_date(day: date) -> str:
    """“16/6/2025”, “01/7/2025”: only a day or month that could be misread has its zero."""
    return (
        f"{day.day:02d}/{day.month:02d}/{day.year}"
        if day.month < 3
        else f"{day.day:02d}/{day.month}/{day.year}"
    )
