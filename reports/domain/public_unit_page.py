"""The page of one unit: what it was called on a day, its history, what it came from and went into (domain.md §1)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.db.models import QuerySet

from models_dv.domain.lineage import CHANGES_FOLLOWED, WHOLE_KINDS, Lineage, read_lineage
from models_dv.enums import SuccessionKind, UnitLevel
from models_dv.models import Unit, UnitSuccession, UnitVersion
from models_dv.vietnamese.dates import format_date
from reports.domain.public_units import NamedUnit, last_day

FOUNDED, RENAMED, RETYPED, MOVED, OTHER = (
    "Thành lập",
    "Đổi tên",
    "Đổi loại",
    "Đổi cấp trên",
    "Đổi cơ quan phụ trách báo cáo",
)
_INTO = {
    SuccessionKind.MERGE: "Sáp nhập vào",
    SuccessionKind.SPLIT: "Chia, tách thành",
    SuccessionKind.PARTIAL: "Nhập một phần vào",
    SuccessionKind.RENAME: "Đổi tên thành",
    SuccessionKind.RETYPE: "Đổi loại thành",
}
_FROM = {
    SuccessionKind.MERGE: "Thành lập trên cơ sở sáp nhập",
    SuccessionKind.SPLIT: "Tách ra từ",
    SuccessionKind.PARTIAL: "Nhận một phần của",
    SuccessionKind.RENAME: "Đổi tên từ",
    SuccessionKind.RETYPE: "Đổi loại từ",
}
#: A unit that stood before it took another one in.
_TOOK_IN = "Nhận sáp nhập"
_ALWAYS = date.min, date.max


@dataclass(frozen=True)
class UnitEvent:
    """One entry of the history. ``when`` in words; ``label`` what happened; ``others`` are units to link to."""

    day: date
    when: str
    title: str
    label: str = ""
    lines: tuple[str, ...] = ()
    others: tuple[NamedUnit, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class UnitPage:
    """One unit as of ``day``: ``version`` is that of the day, or of its last one where it had ended by then.

    ``note`` says that the day asked for is before or after its being. ``origins`` and ``heirs`` are the units on
    either side, in names of the day of the change; ``events`` newest first.
    """

    unit: Unit
    day: date
    version: UnitVersion
    parent: NamedUnit | None
    events: tuple[UnitEvent, ...]
    origins: tuple[NamedUnit, ...]
    heirs: tuple[NamedUnit, ...]
    has_ended: bool
    note: str
    lineage: Lineage
    names: "_Names"

    def above(self, publication) -> str:
        """Name of the body above one of the unit's publications on the day of its period.

        "" for a province, and for what a unit published that went on in this one: there its own name says it.
        """
        version = self.names.by_pk.get(publication.unit_version_id)
        if version is None or version.unit_id != self.unit.pk or version.parent_id is None:
            return ""
        parent = _in_force(self.names.of(version.parent_id), publication.period.window_to)
        return "" if parent.level == UnitLevel.CENTRAL else parent.name

    @property
    def now(self) -> str:
        """“Nay là” for a unit that went on whole in one other, else “Nay thuộc”."""
        onward = [edge for edge in self.lineage.edges if edge.predecessor_id == self.unit.pk]
        return "Nay là" if len(onward) == 1 and onward[0].kind in WHOLE_KINDS else "Nay thuộc"

    @property
    def is_before(self) -> bool:
        """Whether the day is before the unit's first one: then ``origins`` were there in its place."""
        return self.day < min(version.valid_from for version in self.names.of(self.unit.pk))

    @property
    def last_day(self) -> date | None:
        """The last day of a unit that has ended."""
        return self.unit.ended_on - timedelta(days=1) if self.has_ended else None


class _Names:
    """Versions of one unit and of those around it (above it, and those it came from or went into), from one query."""

    def __init__(self, units: QuerySet[Unit]):
        ids = units.order_by().values("pk")
        changes = UnitSuccession.objects.order_by()
        wanted = ids.union(
            UnitVersion.objects.filter(unit__in=ids).exclude(parent=None).order_by().values("parent"),
            changes.filter(predecessor__in=ids).values("successor"),
            changes.filter(successor__in=ids).values("predecessor"),
        )
        found = UnitVersion.objects.filter(unit__in=wanted).select_related("unit")
        self.by_unit: dict[int, list[UnitVersion]] = {}
        for version in found.order_by("valid_from"):
            self.by_unit.setdefault(version.unit_id, []).append(version)

    def unit(self, code: str) -> Unit | None:
        """The unit with this code."""
        found = (versions[0].unit for versions in self.by_unit.values() if versions[0].unit.code == code)
        return next(found, None)

    def of(self, unit_id: int) -> list[UnitVersion]:
        """All of one unit, in order."""
        return self.by_unit.get(unit_id, [])

    def on(self, unit_id: int, day: date) -> NamedUnit:
        """Name of a unit on a day, and its code."""
        version = _in_force(self.of(unit_id), day)
        return NamedUnit(version.name, version.unit.code)

    @cached_property
    def by_pk(self) -> dict[int, UnitVersion]:
        """Every version by its id."""
        return {version.pk: version for versions in self.by_unit.values() for version in versions}


def read(
    code: str,
    on: date,
    today: date,
    units: QuerySet[Unit] | None = None,
    changes: int = CHANGES_FOLLOWED,
) -> UnitPage | None:
    """The page of the unit with this code as of the day ``on``; None where there is none, or none among ``units``.

    One query, and those of ``read_lineage`` for the ``changes`` in a row.
    """
    names = _Names((Unit.objects.all() if units is None else units).filter(code=code))
    unit = names.unit(code)
    if unit is None:
        return None
    lineage = read_lineage(unit.pk, after=_ALWAYS[0], until=_ALWAYS[1], changes=changes)
    edges = [e for e in lineage.edges if unit.pk in (e.predecessor_id, e.successor_id)]
    versions = names.of(unit.pk)
    has_ended = unit.ended_on is not None and unit.ended_on <= today
    day = last_day(unit, on)
    version = _in_force(versions, day)
    events = [*_named(unit, names, edges), *_successions(unit, names, edges)]
    if has_ended and not any(e.predecessor_id == unit.pk and e.on == unit.ended_on for e in edges):
        when = format_date(unit.ended_on)
        events.append(UnitEvent(unit.ended_on, when, "Kết thúc hoạt động", basis=unit.end_basis))
    events = _basis_once(sorted(events, key=lambda event: event.day, reverse=True))
    return UnitPage(
        unit=unit,
        day=day,
        version=version,
        parent=names.on(version.parent_id, day) if version.parent_id else None,
        events=tuple(events),
        origins=_namesakes_told_apart(
            _others(names, [(e.predecessor_id, e.on) for e in edges if e.successor_id == unit.pk]),
            version.name,
            {names.of(e.predecessor_id)[0].unit.code: f"đến {_eve(e.on)}" for e in edges},
        ),
        heirs=_namesakes_told_apart(
            _others(names, [(e.successor_id, e.on) for e in edges if e.predecessor_id == unit.pk]),
            version.name,
            {names.of(e.successor_id)[0].unit.code: f"từ {format_date(e.on)}" for e in edges},
        ),
        has_ended=has_ended,
        note=_note(unit, versions[0], on),
        lineage=lineage,
        names=names,
    )


def _in_force(versions: list[UnitVersion], on: date) -> UnitVersion:
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else versions[0]


def _note(unit: Unit, first: UnitVersion, on: date) -> str:
    if on < first.valid_from:
        return (
            f"Ngày {format_date(on)} chưa có dữ liệu của đơn vị; đang xem tên gọi đầu tiên, "
            f"từ {format_date(first.valid_from)}."
        )
    if unit.ended_on is not None and unit.ended_on <= on:
        last = format_date(unit.ended_on - timedelta(days=1))
        return f"Đơn vị hoạt động đến {last}; đang xem tên gọi của ngày đó."
    return ""


def _others(names: _Names, found: list[tuple[int, date]]) -> tuple[NamedUnit, ...]:
    return tuple(dict.fromkeys(names.on(unit_id, day) for unit_id, day in found))


def _namesakes_told_apart(
    units: tuple[NamedUnit, ...], name: str, when: dict[str, str]
) -> tuple[NamedUnit, ...]:
    """With the day in brackets where a unit is called as the one whose page this is."""
    return tuple(
        NamedUnit(f"{unit.name} ({when[unit.code]})", unit.code) if unit.name == name else unit
        for unit in units
    )


def _eve(day: date) -> str:
    return format_date(day - timedelta(days=1))


# --- the history ----------------------------------------------------------------------------------------


def _basis_once(events: list[UnitEvent]) -> list[UnitEvent]:
    """What happened on one day by one document names it once, under the last of them."""
    following = [*events[1:], None]
    return [
        replace(event, basis="") if after and (after.day, after.basis) == (event.day, event.basis) else event
        for event, after in zip(events, following, strict=True)
    ]


def _named(unit: Unit, names: _Names, edges) -> list[UnitEvent]:
    """An entry for each version, saying what it changed."""
    versions = names.of(unit.pk)
    came_on = {edge.on for edge in edges if edge.successor_id == unit.pk}
    events, before = [], None
    for number, version in enumerate(versions):
        following = versions[number + 1] if number + 1 < len(versions) else None
        is_dated = before is not None or bool(version.legal_basis) or version.valid_from in came_on
        events.append(
            UnitEvent(
                day=version.valid_from,
                when=_when(version, following, is_dated=is_dated),
                title=version.name,
                label=_label(version, before, founded=version.valid_from in came_on),
                lines=_changes(version, before, names),
                basis=version.legal_basis,
            )
        )
        before = version
    return events


def _when(version, following, *, is_dated: bool) -> str:
    """A first name without basis or origin has no known beginning: no date is made up for it."""
    if is_dated:
        return f"Từ {format_date(version.valid_from)}"
    return f"Trước {format_date(following.valid_from)}" if following else "Tên gọi hiện nay"


def _label(version, before, *, founded: bool) -> str:
    """What the version changed; a first one was founded only where the unit is known to come out of others."""
    if before is None:
        return FOUNDED if founded else ""
    if version.name != before.name:
        return RENAMED if version.type == before.type else f"{RENAMED}, {RETYPED.lower()}"
    if version.type != before.type:
        return RETYPED
    if version.parent_id != before.parent_id:
        return MOVED
    return OTHER if version.issuer_name != before.issuer_name else ""


def _changes(version, before, names: _Names) -> tuple[str, ...]:
    lines = []
    if before is not None and version.type != before.type:
        lines.append(f"Loại: {version.get_type_display()}")
    if version.parent_id and (before is None or version.parent_id != before.parent_id):
        lines.append(f"Thuộc {names.on(version.parent_id, version.valid_from).name}")
    if before is None or version.issuer_name != before.issuer_name:
        lines.append(f"Cơ quan phụ trách báo cáo: {version.issuer_full_name}")
    return tuple(lines)


def _title(versions: list[UnitVersion], kind: str, day: date, *, is_onward: bool) -> str:
    if not is_onward and kind == SuccessionKind.MERGE and versions[0].valid_from < day:
        return _TOOK_IN
    return (_INTO if is_onward else _FROM)[SuccessionKind(kind)]


def _successions(unit: Unit, names: _Names, edges) -> list[UnitEvent]:
    """Edges of one day, kind and direction make one entry."""
    together: dict[tuple, list] = {}
    for edge in edges:
        together.setdefault((edge.on, edge.kind, edge.predecessor_id == unit.pk), []).append(edge)
    events = []
    for (day, kind, is_onward), group in together.items():
        others = [(edge.successor_id if is_onward else edge.predecessor_id, day) for edge in group]
        events.append(
            UnitEvent(
                day=day,
                when=format_date(day),
                title=_title(names.of(unit.pk), kind, day, is_onward=is_onward),
                others=_others(names, others),
                basis="; ".join(dict.fromkeys(edge.legal_basis for edge in group if edge.legal_basis)),
            )
        )
    return events
