"""Taking a list away as it is filtered: at once while it is short, as long work when it is not."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from tempfile import TemporaryFile

from django.core.files import File
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from models_dv import clock
from models_dv.domain import jobs
from models_dv.domain.jobs import Progress, Result
from models_dv.domain.sheets import ExportColumn
from models_dv.domain.unit_lists import units_of_day
from models_dv.enums import FileKind
from models_dv.exporters import conferences, dan_van_kheo, difficulties, officials, tasks, units
from models_dv.exporters.sheets import export_csv, export_xlsx
from models_dv.filters.conferences import ConferenceFilter, DifficultyFilter
from models_dv.filters.dan_van_kheo import KheoFilter
from models_dv.filters.officials import BY_RANK, OfficialFilter
from models_dv.filters.tasks import TaskFilter
from models_dv.filters.units import UnitFilter
from models_dv.models import Conference, DanVanKheo, Difficulty, Job, Official, Task, UnitVersion, User
from models_dv.vietnamese.numbers import format_number
from models_dv.views.staff.imports import download

#: More rows than this are written in the background.
ROWS_AT_ONCE = 1_000
XLSX, CSV = "xlsx", "csv"
CONTENT_TYPES = {XLSX: FileKind.XLSX.content_type, CSV: "text/csv; charset=utf-8"}


@dataclass(frozen=True)
class Found:
    """What of a list is taken away: how many rows there may be at most, and the rows one after the other."""

    queryset: QuerySet
    rows: Callable[[], Iterable]


@dataclass(frozen=True)
class ListExport:
    """A list that may be taken away: ``found`` gives what the user sees of it, as the address filters it."""

    title: str
    columns: Sequence[ExportColumn]
    found: Callable[[User, QueryDict], Found]


def _models(user: User, query: QueryDict) -> Found:
    rows = KheoFilter(query, queryset=DanVanKheo.objects.visible_to(user)).qs
    return Found(rows, lambda: dan_van_kheo.rows(rows, clock.today()))


def _tasks(user: User, query: QueryDict) -> Found:
    rows = TaskFilter(query, queryset=Task.objects.visible_to(user), nested=True).qs
    return Found(rows, lambda: tasks.rows(rows, clock.today()))


def _conferences(user: User, query: QueryDict) -> Found:
    rows = ConferenceFilter(query, queryset=Conference.objects.visible_to(user)).qs.newest_first()
    return Found(rows, lambda: conferences.rows(rows))


def _officials(user: User, query: QueryDict) -> Found:
    filterset = OfficialFilter(query, queryset=Official.objects.visible_to(user).present()).read_units()
    rows = filterset.qs
    by_rank = filterset.order == BY_RANK
    return Found(
        rows,
        lambda: officials.rows(rows, filterset.day, with_former=filterset.with_former, by_rank=by_rank),
    )


def _units(user: User, query: QueryDict) -> Found:
    day = UnitFilter(query, queryset=UnitVersion.objects.none()).day or clock.today()
    rows = UnitFilter(query, queryset=units_of_day(user, day)).qs
    return Found(rows, lambda: units.rows(rows))


def _difficulties(user: User, query: QueryDict) -> Found:
    rows = DifficultyFilter(query, queryset=Difficulty.objects.visible_to(user)).qs
    return Found(rows, lambda: difficulties.rows(rows, clock.today()))


EXPORTS = {
    "dan-van-kheo": ListExport("Dân vận khéo", dan_van_kheo.COLUMNS, _models),
    "nhiem-vu": ListExport("Nhiệm vụ", tasks.COLUMNS, _tasks),
    "hoi-nghi": ListExport("Hội nghị", conferences.COLUMNS, _conferences),
    "can-bo": ListExport("Cán bộ", officials.COLUMNS, _officials),
    "don-vi": ListExport("Đơn vị", units.COLUMNS, _units),
    "vuong-mac": ListExport("Khó khăn, vướng mắc", difficulties.COLUMNS, _difficulties),
}


@require_POST
def export(request, name):
    """The list of the address with its filters, as .xlsx or (format=csv) as CSV."""
    chosen = EXPORTS.get(name)
    if chosen is None:
        raise Http404
    kind = CSV if request.POST.get("format") == CSV else XLSX
    found = chosen.found(request.user, request.GET)
    if found.queryset.order_by()[: ROWS_AT_ONCE + 1].count() <= ROWS_AT_ONCE:
        return download(written(chosen, found.rows(), kind), file_name(name, kind), CONTENT_TYPES[kind])
    job = jobs.enqueue(
        "export_list",
        actor=request.user,
        title=f"Xuất {chosen.title}",
        parameters={"name": name, "query": request.GET.urlencode(), "kind": kind},
        key=uuid.uuid4().hex,
    )
    return redirect(job)


@jobs.job("export_list")
def export_in_background(job: Job, report: Progress) -> Result:
    """The same, with progress; the file waits for who asked."""
    wanted = job.parameters
    chosen = EXPORTS[wanted["name"]]
    found = chosen.found(job.owner, QueryDict(wanted["query"]))
    total = found.queryset.order_by().count()
    report.stage("Đang ghi dòng {n}/{m}", total=total, counted="dòng")
    file = written(chosen, _telling(found.rows(), report.advance), wanted["kind"])
    return Result(
        f"Đã ghi {format_number(total)} dòng",
        file=File(file),
        file_name=file_name(wanted["name"], wanted["kind"]),
    )


def written(chosen: ListExport, rows: Iterable, kind: str):
    """The open file of the rows."""
    if kind == XLSX:
        return export_xlsx(chosen.title, chosen.columns, rows)
    file = TemporaryFile()  # noqa: SIM115
    for line in export_csv(chosen.columns, rows):
        file.write(line.encode())
    file.seek(0)
    return file


def _telling(rows: Iterable, advance: Callable[[int], None]) -> Iterable:
    for number, row in zip(count(1), rows, strict=False):
        advance(number)
        yield row


def file_name(name: str, kind: str) -> str:
    """“dan-van-kheo-2026-11-22.xlsx”."""
    return f"{name}-{clock.today():%Y-%m-%d}.{kind}"
