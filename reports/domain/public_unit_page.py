"""The public page of one unit: its names through time and what it came from and went into (domain.md §1)."""

from dataclasses import dataclass
from datetime import date

from models_dv.enums import SuccessionKind
from models_dv.models import Unit, UnitSuccession, UnitVersion
from models_dv.vietnamese.dates import format_date

_INTO = {
    SuccessionKind.MERGE: "Sáp nhập vào",
    SuccessionKind.SPLIT: "Chia, tách thành",
    SuccessionKind.PARTIAL: "Nhập một phần vào",
    SuccessionKind.RENAME: "Đổi tên thành",
    SuccessionKind.RETYPE: "Đổi loại thành",
}
_FROM = {
    SuccessionKind.MERGE: "Hình thành có sáp nhập",
    SuccessionKind.SPLIT: "Tách ra từ",
    SuccessionKind.PARTIAL: "Nhận một phần của",
    SuccessionKind.RENAME: "Đổi tên từ",
    SuccessionKind.RETYPE: "Đổi loại từ",
}


@dataclass(frozen=True)
class NamedUnit:
    """A unit spoken of: the name of the day and the code of its page."""

    name: str
    code: str


@dataclass(frozen=True)
class UnitEvent:
    """One entry of the timeline. ``when`` in words; ``others`` are units to link to."""

    day: date
    when: str
    title: str
    lines: tuple[str, ...] = ()
    others: tuple[NamedUnit, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class UnitPage:
    """``version`` is today's, or the last one of an ended unit; ``events`` newest first."""

    unit: Unit
    version: UnitVersion
    parent: NamedUnit | None
    events: tuple[UnitEvent, ...]
    has_ended: bool


def read(code: str, on: date) -> UnitPage | None:
    """The page of the unit with this code, None where there is none."""
    unit = Unit.objects.filter(code=code).prefetch_related("versions__parent__versions").first()
    version = unit.version_on(on) if unit else None
    if version is None:
        return None
    edges = list(
        UnitSuccession.objects.filter(predecessor=unit).prefetch_related("successor__versions")
    ) + list(UnitSuccession.objects.filter(successor=unit).prefetch_related("predecessor__versions"))
    ending = _ended(unit, on)
    events = [*_named(unit, edges), *_successions(unit, edges), *ending]
    events.sort(key=lambda event: event.day, reverse=True)
    parent = version.parent
    return UnitPage(unit, version, _on(parent, on) if parent else None, tuple(events), bool(ending))


def _on(unit: Unit, day: date) -> NamedUnit:
    return NamedUnit(unit.version_on(day).name, unit.code)


def _named(unit: Unit, edges) -> list[UnitEvent]:
    """An entry for each version, saying what it changed."""
    versions = sorted(unit.versions.all(), key=lambda version: version.valid_from)
    known_days = {edge.on for edge in edges}
    events, before = [], None
    for number, version in enumerate(versions):
        following = versions[number + 1] if number + 1 < len(versions) else None
        dated = before is not None or version.legal_basis or version.valid_from in known_days
        events.append(
            UnitEvent(
                day=version.valid_from,
                when=_when(version, following, dated=bool(dated)),
                title=version.name,
                lines=_changes(version, before),
                basis=version.legal_basis,
            )
        )
        before = version
    return events


def _when(version, following, *, dated: bool) -> str:
    """A first name without basis or origin has no known beginning: no date is made up for it."""
    if dated:
        return f"Từ {format_date(version.valid_from)}"
    return f"Trước {format_date(following.valid_from)}" if following else "Tên gọi hiện nay"


def _changes(version, before) -> tuple[str, ...]:
    lines = []
    if before is None or version.issuer_name != before.issuer_name:
        lines.append(f"Cơ quan phụ trách báo cáo: {version.issuer_full_name}")
    if version.parent_id and (before is None or version.parent_id != before.parent_id):
        lines.append(f"Thuộc {version.parent.version_on(version.valid_from).name}")
    if before is not None and version.type != before.type:
        lines.append(f"Loại: {version.get_type_display()}")
    return tuple(lines)


def _successions(unit: Unit, edges) -> list[UnitEvent]:
    """Edges of one day, kind and direction make one entry."""
    together: dict[tuple, list[UnitSuccession]] = {}
    for edge in edges:
        together.setdefault((edge.on, edge.kind, edge.predecessor_id == unit.pk), []).append(edge)
    events = []
    for (day, kind, is_onward), group in together.items():
        others = [edge.successor if is_onward else edge.predecessor for edge in group]
        events.append(
            UnitEvent(
                day=day,
                when=format_date(day),
                title=(_INTO if is_onward else _FROM)[SuccessionKind(kind)],
                others=tuple(_on(other, day) for other in others),
                basis="; ".join(dict.fromkeys(edge.legal_basis for edge in group if edge.legal_basis)),
            )
        )
    return events


def _ended(unit: Unit, on: date) -> list[UnitEvent]:
    if unit.ended_on is None or unit.ended_on > on:
        return []
    return [UnitEvent(unit.ended_on, format_date(unit.ended_on), "Kết thúc hoạt động", basis=unit.end_basis)]
