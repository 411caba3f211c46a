"""A Word file that waits: its headings with their parts, what would be saved, and saving it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from models_dv.errors import ExpectedError, NotAllowed
from reports.domain import report_imports
from reports.enums import ImportKind
from reports.forms.imports import BUTTON, SAVE, WordChoices, read_word_choices
from reports.importers.report_word import with_parts
from reports.models import ReportImport
from reports.views.staff.access import refusals_as_page
from reports.views.staff.base import keeps_what_was_typed
from reports.views.staff.import_figures import FigureSheet, figure_sheet, figures_words
from reports.views.staff.import_rows import WordSheet, narrative_parts, word_sheet
from reports.views.staff.imports import frame, gone_as_page, is_waiting, own_import, show_result

LOOK_AGAIN = "Đã xếp lại theo lựa chọn mới, chưa nhập gì. Xem lại bên dưới rồi bấm “Nhập vào báo cáo”."


@dataclass
class _Page:
    """What was sent, and what the page shows of it."""

    imported: ReportImport
    choices: WordChoices
    words: WordSheet
    figures: FigureSheet
    is_rearranged: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
@refusals_as_page
@gone_as_page
def import_word_preview(request, pk, row):
    """Looked at before it is saved; afterwards what was saved."""
    edition, imported = own_import(request, pk, row, ImportKind.WORD)
    if not is_waiting(request, edition, imported):
        return show_result(request, edition, imported)
    page = _read(request, edition, imported)
    if request.POST.get(BUTTON) != SAVE:
        return _show(request, edition, page)
    if page.is_rearranged:
        return _show(request, edition, page, notice=LOOK_AGAIN)
    if errors := [*page.words.errors, *page.figures.errors]:
        return _show(request, edition, page, errors=errors, status=422)
    return _save(request, edition, page)


def _read(request, edition, imported) -> _Page:
    """What the page says, with what was chosen in it; a new order of the pieces is kept."""
    data = request.POST if request.method == "POST" else QueryDict()
    parts = narrative_parts(edition)
    content = imported.content
    choices = read_word_choices(data, pieces=len(content["pieces"]), codes=[part.code for part in parts])
    content = with_parts(content, choices.pieces)
    figures, content = figure_sheet(request.user, edition, content, data)
    is_rearranged = content != imported.content
    if is_rearranged:
        imported.content = content
        imported.save(update_fields=["content"])
    words = word_sheet(request.user, edition, content, choices, parts)
    return _Page(imported, choices, words, figures, is_rearranged)


def _save(request, edition, page: _Page):
    changes, entries = page.words.changes(page.choices), page.figures.entries
    try:
        skipped = [row.part.code for row in page.words.left]
        report_imports.save(
            page.imported, texts=changes, figures=entries, skipped=skipped, actor=request.user
        )
    except NotAllowed:
        raise
    except ExpectedError as error:
        fresh = _read(request, edition, page.imported)
        return _show(request, edition, fresh, errors=[error.message], status=409)
    saved = [f"{len(changes)} phần"] if changes else []
    saved += [figures_words(entries)] if entries else []
    messages.success(request, f"Đã nhập {' và '.join(saved)} từ tệp “{page.imported.original_name}”.")
    return redirect(page.imported)


def _show(request, edition, page: _Page, *, notice="", errors=(), status=200):
    content = page.imported.content
    context = frame(edition) | {
        "imported": page.imported,
        "words": page.words,
        "figures": page.figures,
        "mend": page.choices.mend,
        "notes": content["notes"],
        "wrong_period": content.get("wrong_period", ""),
        "left_out": content["left_out"],
        "has_headings": content["has_headings"],
        "notice": notice,
        "errors": [{"text": text} for text in errors],
    }
    return render(request, "staff/report_imports/word_preview.html", context, status=status)
