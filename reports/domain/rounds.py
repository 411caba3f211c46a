"""Rounds: opening one creates what is expected (architecture, decision 4)."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.enums import UnitLevel
from models_dv.errors import NotAllowed
from models_dv.models import Unit, UnitPath, UnitVersion
from models_dv.scopes import SEGMENT, path_range, paths_of
from reports import permissions
from reports.domain import notices, outlines
from reports.enums import RoundState, State
from reports.errors import MissingInput, StepNotPossible
from reports.models import Report, ReportEdition, ReportingRound

#: Name of an extension in the audit rows; its ``after`` holds the new due date (ISO) as “hạn”.
EXTENSION = "Gia hạn"


@transaction.atomic
def open_round(round_: ReportingRound, *, actor) -> int:
    """Open a planned round: one Report with its first edition per unit alive that day; returns how many.

    The units are the root unit and everything below it that exists on the last day of the data window.
    Raises MissingInput when a level that has units lacks a due date, StepNotPossible when already open.
    """
    now = clock.now()
    on = round_.window_to
    opened = ReportingRound.objects.filter(pk=round_.pk, state=RoundState.PLANNED).update(
        state=RoundState.OPEN, opened_at=now, opened_by=actor
    )
    if not opened:
        raise StepNotPossible("Đợt báo cáo này đã mở. Tải lại trang để xem các báo cáo đã tạo.")
    places = _places(round_.root_unit, on)
    due = dict(round_.due_dates.values_list("level", "due_at"))
    missing = sorted({version.get_level_display() for _path, version in places if version.level not in due})
    if missing:
        raise MissingInput(
            f"Chưa có hạn gửi cho: {', '.join(missing)}. Thêm hạn gửi rồi mở đợt.", "due_dates"
        )
    count = _create_reports(round_, places, due)
    outlines.lock(round_.outline_version)
    round_.refresh_from_db()
    record(
        actor=actor,
        action="Mở đợt báo cáo",
        obj=round_,
        before={"tình trạng": RoundState.PLANNED.label},
        after={"tình trạng": RoundState.OPEN.label, "số báo cáo": count},
    )
    notices.round_opened(round_, due.values(), actor=actor)
    return count


def expected_by_level(round_: ReportingRound) -> dict[str, int]:
    """{level: how many reports} that opening the round would create.

    Raises MissingInput when the root unit does not exist on the last day of the data window.
    """
    return dict(Counter(version.level for _path, version in _places(round_.root_unit, round_.window_to)))


@transaction.atomic
def close_round(round_: ReportingRound, *, actor) -> None:
    """Close an open round (khoá sổ): its reports can only be read. Raises StepNotPossible when it is not open."""
    _change_state(round_, RoundState.OPEN, RoundState.CLOSED, "Khoá sổ đợt báo cáo", actor)


@transaction.atomic
def reopen_round(round_: ReportingRound, *, actor) -> None:
    """Open a closed round again. Raises StepNotPossible when it is not closed."""
    _change_state(round_, RoundState.CLOSED, RoundState.OPEN, "Mở lại đợt báo cáo", actor)


def _change_state(round_: ReportingRound, source: RoundState, target: RoundState, action: str, actor) -> None:
    changed = ReportingRound.objects.filter(pk=round_.pk, state=source).update(state=target)
    round_.refresh_from_db()
    if not changed:
        raise StepNotPossible(
            f"Đợt báo cáo đang ở tình trạng “{round_.get_state_display()}” nên không làm được việc này. "
            "Tải lại trang để xem tình trạng mới."
        )
    record(
        actor=actor,
        action=action,
        obj=round_,
        before={"tình trạng": source.label},
        after={"tình trạng": target.label},
    )


def _places(root: Unit, on) -> list[tuple[str, UnitVersion]]:
    """(path, version) of the root unit and of all below it that report, on the day, parents before children.

    Bodies of a commune (its front, its police …) do not: they contribute to the commune's report (domain.md §2).
    """
    root_paths = paths_of([root.pk], on)
    if not root_paths:
        raise MissingInput(
            "Đơn vị mở đợt không tồn tại vào ngày cuối kỳ số liệu. Chọn đơn vị khác.", "root_unit"
        )
    paths = dict(
        UnitPath.objects.current(on).filter(path_range(root_paths[0])).values_list("unit_id", "path")
    )
    versions = UnitVersion.objects.as_of(on).filter(
        Q(unit__ended_on__isnull=True) | Q(unit__ended_on__gt=on), unit_id__in=list(paths)
    )
    places = {paths[version.unit_id]: version for version in versions}
    above = {path: places.get(path[:-SEGMENT]) for path in places}
    return [
        (path, places[path])
        for path in sorted(places)
        if above[path] is None or above[path].level != UnitLevel.COMMUNE
    ]


def _create_reports(round_, places, due) -> int:
    reports = [
        Report(
            round=round_,
            unit_id=version.unit_id,
            unit_version=version,
            path=path,
            level=version.level,
            due_at=due[version.level],
        )
        for path, version in places
    ]
    Report.objects.bulk_create(reports, batch_size=2000)
    by_path = {report.path: report for report in reports}
    for report in reports:
        report.parent = _nearest_above(report.path, by_path)
    editions = [ReportEdition(report=report, number=1, state=State.NOT_STARTED) for report in reports]
    ReportEdition.objects.bulk_create(editions, batch_size=2000)
    for report, edition in zip(reports, editions, strict=True):
        report.latest = edition
    Report.objects.bulk_update(reports, ["parent", "latest"], batch_size=400)
    return len(reports)


def _nearest_above(path: str, by_path: dict[str, Report]) -> Report | None:
    for end in range(len(path) - SEGMENT, 0, -SEGMENT):
        if path[:end] in by_path:
            return by_path[path[:end]]
    return None


@transaction.atomic
def extend(report: Report, *, due_at: datetime, reason: str, actor) -> None:
    """Give one unit a later due date, with a reason (domain.md §2). Only the body above may."""
    if not permissions.may_extend(actor, report):
        raise NotAllowed("Chỉ người tiếp nhận của đơn vị cấp trên gia hạn được cho đơn vị này.")
    if report.round.state != RoundState.OPEN or not report.is_owed:
        raise StepNotPossible("Báo cáo đã gửi hoặc đợt đã khoá sổ nên không gia hạn.")
    if not reason.strip():
        raise MissingInput("Ghi lý do gia hạn.", "reason")
    if due_at <= report.due_at:
        raise MissingInput("Hạn mới phải sau hạn cũ. Chọn ngày khác.", "due_at")
    before = report.due_at.isoformat()
    report.due_at = due_at
    report.save(update_fields=["due_at"])
    record(
        actor=actor,
        action=EXTENSION,
        obj=report,
        before={"hạn": before},
        after={"hạn": due_at.isoformat()},
        note=reason,
    )
    notices.extended(report, reason=reason, actor=actor)
