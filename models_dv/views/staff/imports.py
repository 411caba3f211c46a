"""Excel files: bringing one, looking at its rows, saving the valid ones, taking them back."""

from dataclasses import dataclass
from typing import BinaryIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from models_dv.domain.sheets import Problem, SheetKind, sheet_kind
from models_dv.enums import BatchState, FileKind, JobState, Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.exporters.import_files import error_file, template
from models_dv.forms.imports import ImportForm
from models_dv.importers import batches, row_files, undoing
from models_dv.importers.row_files import DUPLICATE, ERROR, VALID
from models_dv.models import ImportBatch
from models_dv.scopes import unit_ids_with
from models_dv.vietnamese.fold import slugify_vi
from models_dv.vietnamese.numbers import format_number
from models_dv.views.files import answers_uploads
from models_dv.views.lists import page_of
from models_dv.views.staff.jobs import Standing, notice_of, standing
from models_dv.views.staff.refusals import refusals_as_page

ROWS_A_PAGE = 50
RECENT = 10
FILTER_PARAMETER = "loc"
ALL, WRONG, TWICE = "tat-ca", "loi", "trung"
FILTERS = {ALL: VALID + ERROR + DUPLICATE, WRONG: ERROR, TWICE: DUPLICATE}
NOT_KEEPING = "Chỉ người soạn thảo và người duyệt của đơn vị được nhập dữ liệu từ Excel."
#: Says in an address, and in the form, that what nobody changed may be taken back.
REST = "con-lai"
NOT_READ = "Chưa đọc được tệp"
STATE_BADGES = {
    BatchState.UPLOADED: ("info", "clock"),
    BatchState.CHECKED: ("info", "check"),
    BatchState.COMMITTED: ("ok", "check"),
    BatchState.UNDONE: ("", "undo"),
}


def kind_named(name: str) -> SheetKind:
    """The kind in an address; Http404 where there is none."""
    kind = sheet_kind(name)
    if kind is None:
        raise Http404
    return kind


def require_keeper(user) -> None:
    """Raise NotAllowed for who enters nothing in any unit."""
    if not unit_ids_with(user, Role.AUTHOR, Role.APPROVER):
        raise NotAllowed(NOT_KEEPING)


def visible_batch(user, pk: int) -> ImportBatch:
    """The batch with its unit and job; Http404 for whom it does not exist."""
    rows = ImportBatch.objects.visible_to(user).select_related("unit", "job", "committed_by", "undone_by")
    return get_object_or_404(rows, pk=pk)


# --- bringing a file ---------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page("")
@answers_uploads
def start(request, kind):
    """The template, and a form for the file that was filled in; below, what was brought before."""
    sheet = kind_named(kind)
    require_keeper(request.user)
    is_sent = request.method == "POST"
    form = ImportForm(*[request.POST, request.FILES] if is_sent else [], user=request.user)
    if is_sent and form.is_valid():
        cleaned = form.cleaned_data
        try:
            batch = batches.take_in(
                cleaned["file"], kind=sheet, unit=cleaned["unit"], actor=request.user, key=cleaned["key"]
            )
        except NotAllowed:
            raise
        except ExpectedError as error:
            form.add_error("file", error.message)
        else:
            return redirect(batch)
    recent = ImportBatch.objects.visible_to(request.user).filter(kind=sheet.name)
    context = {
        "nav": sheet.nav,
        "kind": sheet,
        "list_url": reverse(sheet.list_url),
        "form": form,
        "batches": [
            (batch, state_badge(batch)) for batch in recent.select_related("uploaded_by", "job")[:RECENT]
        ],
    }
    return render(request, "staff/imports/start.html", context, status=422 if form.errors else 200)


def state_badge(batch: ImportBatch) -> dict:
    """The state of a batch as components/badge.html takes it; of one that could not be checked, why."""
    now = standing(batch.job) if batch.job and batch.state == BatchState.UPLOADED else None
    if now and now.state == JobState.FAILED:
        return {"text": NOT_READ, "kind": "error", "icon": "error"}
    if now and now.is_ended:
        return {"text": now.text, "kind": now.kind, "icon": now.icon}
    kind, icon = STATE_BADGES[BatchState(batch.state)]
    return {"text": batch.get_state_display(), "kind": kind, "icon": icon}


@require_safe
@refusals_as_page("")
def template_file(request, kind):
    """The file to fill in."""
    sheet = kind_named(kind)
    require_keeper(request.user)
    return download(template(sheet), f"mau-{sheet.name}.xlsx")


# --- looking at it -----------------------------------------------------------------------------------


class RowsOfBatch:
    """The checked rows of a batch as a paginator takes them: counted without reading, read a page at a time."""

    def __init__(self, batch: ImportBatch, marks: str):
        self.batch, self.marks = batch, marks

    def __len__(self):
        counts = {VALID: self.batch.valid, ERROR: self.batch.wrong, DUPLICATE: self.batch.duplicates}
        return sum(counts[mark] for mark in self.marks)

    def __getitem__(self, part: slice):
        count = part.stop - part.start
        return row_files.page(self.batch.rows_file, self.marks, part.start, count)


@dataclass(frozen=True)
class Line:
    """A line of the table: a row and one thing that is wrong with it, or nothing."""

    number: int
    title: str
    problem: Problem | None
    is_first: bool


def lines_of(rows) -> list[Line]:
    """One line for each problem; a row without one has one line."""
    lines = []
    for row in rows:
        title = row.values[0] or ""
        for place, problem in enumerate(row.problems or [None]):
            lines.append(Line(row.number, str(title), problem, place == 0))
    return lines


@require_safe
def batch(request, pk):
    """Where the batch stands: being checked, its rows with what is wrong, saved, taken back."""
    found = visible_batch(request.user, pk)
    sheet = batches.kind_of(found)
    now = standing(found.job) if found.job else None
    chosen = chosen_filter(request, found)
    rows = RowsOfBatch(found, FILTERS[chosen])
    shown = page_of(request, rows, size=ROWS_A_PAGE) if found.rows_file else None
    context = {
        "nav": sheet.nav,
        "kind": sheet,
        "list_url": reverse(sheet.list_url),
        "batch": found,
        "badge": state_badge(found),
        "job": found.job,
        "standing": now,
        "follows": found.job is not None and found.job.owner_id == request.user.pk,
        "is_working": is_working(found, now),
        "notice": notice_of(now) if is_working(found, now) else "",
        "shown": shown,
        "lines": lines_of(shown.page) if shown else [],
        "filters": filters_of(found, chosen),
        "question": question(found),
        "valid_words": format_number(found.valid),
        "undo_question": f"Xoá {format_number(found.saved)} {sheet.noun} của lần nhập này? "
        "Mục nào đã được sửa hoặc ghi thêm thì hệ thống không cho hoàn tác.",
        "offers_rest": REST in request.GET and found.state == BatchState.COMMITTED,
        "rest_field": [{"name": REST, "value": "1"}],
        "rest_question": f"Xoá các {sheet.noun} của lần nhập này mà chưa ai sửa, chưa ai ghi thêm gì? "
        "Mục đã sửa được giữ lại.",
        "saved_words": saved_words(found, sheet),
        "may_commit": found.state == BatchState.CHECKED and found.valid and not is_working(found, now),
    }
    return render(request, "staff/imports/batch.html", context)


def saved_words(found: ImportBatch, sheet: SheetKind) -> str:
    """What was saved, as the work said it, or what is left of it."""
    if found.is_partly_undone:
        return f"Đã hoàn tác phần chưa ai sửa; còn {format_number(found.saved)} {sheet.noun} của lần nhập này"
    return found.job.message if found.job else ""


def is_working(found: ImportBatch, now: Standing | None) -> bool:
    """Whether a worker has the batch in hand, or will have."""
    return now is not None and not now.is_ended and found.state in (BatchState.UPLOADED, BatchState.CHECKED)


def question(found: ImportBatch) -> str:
    """What is asked before saving."""
    left_out = " và ".join(
        f"{format_number(count)} dòng {word}"
        for count, word in ((found.wrong, "lỗi"), (found.duplicates, "trùng"))
        if count
    )
    valid = format_number(found.valid)
    return f"Nhập {valid} dòng hợp lệ, bỏ qua {left_out}?" if left_out else f"Nhập {valid} dòng?"


def chosen_filter(request, found: ImportBatch) -> str:
    """The filter of the address; without one, what must be looked at first."""
    chosen = request.GET.get(FILTER_PARAMETER, "")
    if chosen in FILTERS:
        return chosen
    return WRONG if found.wrong else TWICE if found.duplicates else ALL


def filters_of(found: ImportBatch, chosen: str) -> list[dict]:
    """Which rows are shown: {text, url, is_chosen}."""
    choices = (
        (ALL, "Tất cả", found.total),
        (WRONG, "Chỉ dòng lỗi", found.wrong),
        (TWICE, "Chỉ dòng trùng", found.duplicates),
    )
    return [
        {
            "text": f"{text} ({format_number(count)})",
            "url": f"?{FILTER_PARAMETER}={name}",
            "is_chosen": name == chosen,
        }
        for name, text, count in choices
    ]


@require_safe
def errors(request, pk):
    """The rows that are not taken, in the columns of the file, with what to mend."""
    found = visible_batch(request.user, pk)
    if not found.left_out:
        raise Http404
    headers, rows = batches.rows_left_out(found)
    file = error_file(batches.kind_of(found), headers, rows)
    return download(file, f"loi-{slugify_vi(found.original_name.removesuffix('.xlsx'))}.xlsx")


# --- saving and taking back --------------------------------------------------------------------------


@require_POST
@refusals_as_page("")
def commit(request, pk):
    """Save the valid rows, in the background."""
    found = visible_batch(request.user, pk)
    try:
        batches.ask_to_commit(found, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    return redirect(found)


@require_POST
@refusals_as_page("")
def undo(request, pk):
    """Take back what was saved."""
    found = visible_batch(request.user, pk)
    sheet = batches.kind_of(found)
    try:
        count = undoing.undo(found, actor=request.user, keep_changed=bool(request.POST.get(REST)))
    except NotAllowed:
        raise
    except undoing.BuiltUpon as error:
        messages.error(request, error.message)
        return redirect(f"{found.get_absolute_url()}?{REST}=1")
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        left = f" Giữ lại {format_number(found.saved)} đã có người sửa." if found.is_partly_undone else ""
        words = f"Đã hoàn tác, xoá {format_number(count)} {sheet.noun} của lần nhập này.{left}"
        messages.success(request, words)
    return redirect(found)


def download(file: BinaryIO, name: str, content_type: str = FileKind.XLSX.content_type) -> FileResponse:
    """A file made just now, for who asked for it."""
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
