"""The matrix units × groups of parts: one letter a cell, or one sentence for a row in one state."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from models_dv.vietnamese.dates import format_date
from reports import permissions
from reports.enums import State
from reports.views.staff.parts import FIGURES_GROUP, Filling, PartState
from reports.views.staff.words import days_left, is_overdue, lower_first

#: kind of cell → (letter, words)
CELLS = {
    "accepted": ("✓", "Đã tiếp nhận"),
    "issued": ("N", "Đã gửi, chờ tiếp nhận"),
    "returned": ("T", "Được trả lại"),
    "draft": ("S", "Đang soạn"),
    "overdue": ("Q", "Quá hạn, chưa gửi"),
    "empty": ("–", "Chưa soạn"),
}


@dataclass(frozen=True)
class Cell:
    """One cell: kind (class is-…), letter, words for the label, address."""

    kind: str
    letter: str
    label: str
    url: str


@dataclass
class Row:
    """One unit: a sentence, or cells in the order of the columns."""

    name: str
    url: str
    sentence: str = ""
    illustrative: bool = False
    kind: str = ""
    letter: str = ""
    cells: list[Cell] = field(default_factory=list)


def row_of(user, report, filling: Filling, now: datetime) -> Row:
    """The row of one report."""
    row = Row(report.unit_version.short_name, reverse("staff:report", args=[report.pk]))
    row.illustrative = report.unit.illustrative
    kind, words = _whole(report, filling, now)
    if kind:
        row.kind, row.letter, row.sentence = kind, CELLS[kind][0], words
        return row
    place = _place_to_read(user, report)
    for group, (kind, code) in _kinds(report, filling).items():
        letter, state = CELLS[kind]
        name = group if group == FIGURES_GROUP else f"phần {group}"
        url = f"{place}#phan-{code}" if place else row.url
        row.cells.append(Cell(kind, letter, f"{row.name}, {name}: {state}", url))
    return row


def _place_to_read(user, report) -> str:
    """The reading page, where the text is open to the person."""
    for edition in (report.latest, report.in_force):
        if edition is not None:
            edition.report = report
            if permissions.may_read_text(user, edition):
                return reverse("staff:edition", args=[report.pk, edition.number])
    return ""


def _whole(report, filling: Filling, now: datetime) -> tuple[str, str]:
    """(kind, sentence) where the whole report is in one state, else ("", "")."""
    latest, in_force = report.latest, report.in_force
    if latest.state == State.ACCEPTED:
        return "accepted", f"Đã tiếp nhận cả báo cáo ngày {format_date(latest.state_at)}"
    if latest.state == State.ISSUED:
        day = format_date(latest.issued_on)
        if report.parent_id is None:
            return "accepted", f"Đã phát hành ngày {day}"
        return "issued", f"Đã gửi ngày {day}, chờ tiếp nhận"
    if in_force is not None and in_force.state in (State.ACCEPTED, State.ISSUED) and not _names_parts(latest):
        is_accepted = in_force.state == State.ACCEPTED
        words = "Đã tiếp nhận" if is_accepted else "Đã gửi"
        kind = "accepted" if is_accepted or report.parent_id is None else "issued"
        return kind, f"{words}, đang soạn bản {latest.number} thay thế"
    if is_overdue(report, now):
        days = -days_left(report.due_at, now)
        return "overdue", f"Quá hạn {days} ngày, {_how_far(latest, filling)}"
    if latest.state == State.RETURNED and not _names_parts(latest):
        return "returned", f"Được trả lại ngày {format_date(latest.state_at)}"
    if latest.state in (State.IN_REVIEW, State.APPROVED):
        return "draft", latest.get_state_display()
    if not filling.is_begun:
        return "empty", "Chưa soạn"
    return "", ""


def _names_parts(edition) -> bool:
    return edition.state == State.RETURNED and edition.unlocked_parts is not None


def _how_far(latest, filling: Filling) -> str:
    if latest.state == State.RETURNED:
        return "được trả lại, chưa gửi lại"
    if latest.state in (State.IN_REVIEW, State.APPROVED):
        return lower_first(latest.get_state_display())
    return f"đang soạn {filling.done}/{filling.total} phần" if filling.is_begun else "chưa gửi phần nào"


def _kinds(report, filling: Filling) -> dict[str, tuple[str, str]]:
    """Column → (kind of cell, code of its part), for a report that is drafted or was returned in parts."""
    kinds: dict[str, tuple[str, str]] = {}
    for state in filling.states:
        kind = _kind(report, state)
        before = kinds.get(state.part.group, ("empty", ""))[0]
        if before == "empty" or (kind == "returned" and before != "returned"):
            kinds[state.part.group] = (kind, state.part.code)
    return kinds


def _kind(report, state: PartState) -> str:
    latest, in_force = report.latest, report.in_force
    if _names_parts(latest):
        if state.part.code in latest.unlocked_parts:
            return "returned"
        if in_force is not None:
            return "accepted" if in_force.state == State.ACCEPTED else "issued"
    return "draft" if state.written else "empty"
