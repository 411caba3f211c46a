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
from models_dv.enums import FileKind
from models_dv.exporters import dan_van_kheo
from models_dv.exporters.sheets import export_csv, export_xlsx
from models_dv.filters.dan_van_kheo import KheoFilter
from models_dv.models import DanVanKheo, Job, User
from models_dv.vietnamese.numbers import format_number
from models_dv.views.staff.imports import download

#: More rows than this are written in the background.
ROWS_AT_ONCE = 1_000
XLSX, CSV = "xlsx", "csv"
CONTENT_TYPES = {XLSX: FileKind.XLSX.content_type, CSV: "text/csv; charset=utf-8"}


@dataclass(frozen=True)
class ListExport:
    """A list that may be taken away: ``found`` gives the rows that the user sees, as the address filters them."""

    title: str
    columns: Sequence[ExportColumn]
    found: Callable[[User, QueryDict], QuerySet]
    #: The rows one after the other, with what the columns need.
    rows: Callable[[QuerySet], Iterable]


def _models(user: User, query: QueryDict) -> QuerySet:
    return KheoFilter(query, queryset=DanVanKheo.objects.visible_to(user)).qs


EXPORTS = {
    "dan-van-kheo": ListExport("Dân vận khéo", dan_van_kheo.COLUMNS, _models, dan_van_kheo.rows),
}


@require_POST
def export(request, name):
    """The list of the address with its filters, as .xlsx or (format=csv) as CSV."""
    chosen = EXPORTS.get(name)
    if chosen is None:
        raise Http404
    kind = CSV if request.POST.get("format") == CSV else XLSX
    rows = chosen.found(request.user, request.GET)
    if rows.order_by()[: ROWS_AT_ONCE + 1].count() <= ROWS_AT_ONCE:
        return download(written(chosen, rows, kind), file_name(name, kind), CONTENT_TYPES[kind])
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
    rows = chosen.found(job.owner, QueryDict(wanted["query"]))
    total = rows.order_by().count()
    report.stage("Đang ghi dòng {n}/{m}", total=total, counted="dòng")
    file = written(chosen, rows, wanted["kind"], report.advance)
    return Result(
        f"Đã ghi {format_number(total)} dòng",
        file=File(file),
        file_name=file_name(wanted["name"], wanted["kind"]),
    )


def written(chosen: ListExport, found: QuerySet, kind: str, advance: Callable[[int], None] | None = None):
    """The open file of the rows."""
    rows = chosen.rows(found)
    if advance is not None:
        rows = _telling(rows, advance)
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
