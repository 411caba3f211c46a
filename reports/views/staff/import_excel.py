"""An Excel file of figures that waits: old → new, what is wrong by row and column, and saving what is ticked."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from models_dv.errors import ExpectedError, NotAllowed
from reports.domain import report_imports
from reports.enums import ImportKind
from reports.forms.imports import BUTTON, SAVE
from reports.models import ReportImport
from reports.views.staff.access import refusals_as_page
from reports.views.staff.base import keeps_what_was_typed
from reports.views.staff.import_figures import FigureSheet, figure_sheet, figures_words
from reports.views.staff.imports import frame, gone_as_page, is_waiting, own_import, show_result

LOOK_AGAIN = "Đã đọc lại theo lựa chọn mới, chưa nhập gì. Xem lại bên dưới rồi bấm “Nhập vào báo cáo”."


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
@refusals_as_page
@gone_as_page
def import_excel_preview(request, pk, row):
    """Looked at before it is saved; afterwards what was saved."""
    edition, imported = own_import(request, pk, row, ImportKind.EXCEL)
    if not is_waiting(request, edition, imported):
        return show_result(request, edition, imported)
    sheet, is_reread = _read(request, edition, imported)
    if request.POST.get(BUTTON) != SAVE:
        return _show(request, edition, imported, sheet)
    if is_reread:
        return _show(request, edition, imported, sheet, notice=LOOK_AGAIN)
    if sheet.errors:
        return _show(request, edition, imported, sheet, errors=sheet.errors, status=422)
    return _save(request, edition, imported, sheet)


def _read(request, edition, imported: ReportImport) -> tuple[FigureSheet, bool]:
    """The table with what was chosen; whether another column or indicator was, which is kept."""
    data = request.POST if request.method == "POST" else QueryDict()
    sheet, content = figure_sheet(request.user, edition, imported.content, data)
    is_reread = content != imported.content
    if is_reread:
        imported.content = content
        imported.save(update_fields=["content"])
    return sheet, is_reread


def _save(request, edition, imported: ReportImport, sheet: FigureSheet):
    entries = sheet.entries
    try:
        report_imports.save(imported, texts=[], figures=entries, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        fresh, _is_reread = _read(request, edition, imported)
        return _show(request, edition, imported, fresh, errors=[error.message], status=409)
    messages.success(request, f"Đã nhập {figures_words(entries)} từ tệp “{imported.original_name}”.")
    return redirect(imported)


def _show(request, edition, imported: ReportImport, sheet: FigureSheet, *, notice="", errors=(), status=200):
    context = frame(edition) | {
        "imported": imported,
        "figures": sheet,
        "notes": imported.content["notes"],
        "notice": notice,
        "errors": [{"text": text} for text in errors],
    }
    return render(request, "staff/report_imports/excel_preview.html", context, status=status)
