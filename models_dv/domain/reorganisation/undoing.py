"""Taking a reorganisation back, as long as nothing was built on it."""

from collections import Counter, defaultdict

from django.db import models, transaction

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.reorganisation.effects import last_edges
from models_dv.domain.reorganisation.row_log import Entry, put_back, read_log, stored
from models_dv.domain.units import rebuild_paths
from models_dv.enums import ReorganisationState
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.models import Reorganisation, Unit, UnitPath, UnitSuccession, UnitVersion

MOST_NAMED = 20


class StandsInTheWay(ExpectedError):
    """Something was built on the reorganisation; ``reasons`` names it."""

    def __init__(self, reasons: list[str]):
        super().__init__("Không hoàn tác được vì đã có dữ liệu dựa trên phương án này: " + " ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def undo(reorganisation: Reorganisation, *, revision: int, actor) -> Reorganisation:
    """Take every row back to what it was.

    A repeated call answers as the first. Raises StandsInTheWay where something was built on it,
    ExpectedError where it was not carried out, NotAllowed for who is no administrator.
    """
    if not (actor.is_active and actor.is_staff):
        raise NotAllowed("Chỉ quản trị viên hoàn tác được việc sắp xếp.")
    taken = Reorganisation.objects.filter(
        pk=reorganisation.pk, revision=revision, state=ReorganisationState.APPLIED
    ).update(state=ReorganisationState.UNDONE, undone_at=clock.now(), undone_by=actor, revision=revision + 1)
    reorganisation.refresh_from_db()
    if not taken:
        if reorganisation.state == ReorganisationState.UNDONE and reorganisation.revision == revision + 1:
            return reorganisation
        raise ExpectedError("Phương án đã ở tình trạng khác. Tải lại trang để xem.")
    entries = read_log(reorganisation.undo)
    units = _units(entries)
    list(Unit.objects.select_for_update().filter(pk__in=units).order_by("pk").values_list("pk"))
    if reasons := obstacles(reorganisation):
        raise StandsInTheWay(reasons)
    put_back(entries)
    rebuild_paths(units)
    _record(reorganisation, entries, actor)
    return reorganisation


def _record(reorganisation: Reorganisation, entries: list[Entry], actor) -> None:
    record(
        actor=actor,
        action="Hoàn tác sắp xếp đơn vị",
        obj=reorganisation,
        before={"tình trạng": ReorganisationState.APPLIED.label},
        after={"tình trạng": ReorganisationState.UNDONE.label},
    )
    for unit in Unit.objects.filter(pk__in=[e.pk for e in entries if e.model is Unit and not e.was_created]):
        note = f"Sắp xếp đơn vị: {reorganisation.title}"
        record(actor=actor, action="Hoàn tác kết thúc đơn vị", obj=unit, note=note)


def obstacles(reorganisation: Reorganisation) -> list[str]:
    """What was built on it, in sentences; empty while it can be undone."""
    entries = read_log(reorganisation.undo)
    return [*_later(reorganisation, entries), *_changed(entries), *_referring(entries)]


def _units(entries: list[Entry]) -> set[int]:
    """Every unit whose row or version was written."""
    found = {entry.pk for entry in entries if entry.model is Unit}
    return found | {entry.after["unit_id"] for entry in entries if entry.model is UnitVersion}


def _ids(entries: list[Entry], model, *, created: bool) -> set[int]:
    return {entry.pk for entry in entries if entry.model is model and entry.was_created == created}


def _later(reorganisation: Reorganisation, entries: list[Entry]) -> list[str]:
    """Versions and edges that came later."""
    units, on = _units(entries), reorganisation.effective_on
    versions = UnitVersion.objects.filter(unit__in=units, valid_from__gte=on)
    versions = versions.exclude(pk__in=_ids(entries, UnitVersion, created=True))
    edges = last_edges(units, on).exclude(pk__in=_ids(entries, UnitSuccession, created=True))
    found = [f"“{row.name}” có phiên bản mới từ ngày sắp xếp." for row in versions[:MOST_NAMED]]
    return found + [f"Có kế thừa mới: {edge}." for edge in edges[:MOST_NAMED]]


def _changed(entries: list[Entry]) -> list[str]:
    """Rows that are no longer as they were written."""
    by_model: dict[type[models.Model], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_model[entry.model].append(entry)
    found = []
    for model, of_model in by_model.items():
        rows = model._base_manager.in_bulk([entry.pk for entry in of_model])
        for entry in of_model:
            row, kind = rows.get(entry.pk), str(model._meta.verbose_name)
            if row is None:
                found.append(f"Đã xoá một {kind} của phương án.")
            elif stored(row, entry.after.keys()) != entry.after:
                found.append(f"Đã sửa {kind} “{row}” sau khi áp dụng.")
    return found[:MOST_NAMED]


def _referring(entries: list[Entry]) -> list[str]:
    """Rows that point at what was made, besides those that the plan itself wrote, in counts."""
    counts: Counter[str] = Counter()
    for model in (Unit, UnitVersion):
        made = _ids(entries, model, created=True)
        for relation in model._meta.get_fields(include_hidden=True):
            if not (relation.auto_created and relation.is_relation and not relation.concrete):
                continue
            other = relation.related_model
            if relation.many_to_many or other is UnitPath or not made:
                continue
            own = _ids(entries, other, created=True) | _ids(entries, other, created=False)
            rows = other._base_manager.filter(**{f"{relation.field.name}__in": made}).exclude(pk__in=own)
            owner = other._meta.auto_created or other  # units that join in a task: the task
            counts[str(owner._meta.verbose_name_plural)] += rows.count()
    return [f"{count} {name} gắn với đơn vị mới." for name, count in sorted(counts.items()) if count]
