"""Reading a report from Word and its figures from Excel: bringing the file, and taking back what was saved of it."""

from functools import wraps

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from models_dv.errors import ExpectedError, NotAllowed
from models_dv.views.files import answers_uploads
from models_dv.views.staff.answers import posted, say
from reports import permissions
from reports.domain import report_imports
from reports.domain.figure_sheets import file_name
from reports.enums import FigureSource, ImportKind, ImportState
from reports.exporters.figures_template import figures_template
from reports.forms.imports import ExcelFileForm, WordFileForm
from reports.importers.figure_grid import IndicatorNames
from reports.importers.report_excel import read_excel
from reports.importers.report_word import read_word
from reports.importers.word.mapping import targets_of
from reports.models import Figure, Indicator, OutlineSection, ReportEdition, ReportImport
from reports.views.staff.access import refusals_as_page
from reports.views.staff.base import edition_to_open, report_bar, why_locked
from reports.views.staff.editor_frame import heading
from reports.views.staff.parts import parts_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEW_EDITION = "Báo cáo đã có bản mới sau khi tệp được tải lên. Tải tệp lên lại."
GONE = "Bản xem trước không còn. Tải tệp lên lại."
#: A file that is read on the other page: what it is read there as, and the page.
WAY_OF_OTHER = {
    (ImportKind.WORD, "xlsx"): ("Nhập số liệu từ Excel", "staff:import_excel_figures"),
    (ImportKind.EXCEL, "docx"): ("Nhập từ tệp Word", "staff:import_word"),
}


class PreviewGone(Http404):
    """A file that was thrown away, waited too long, or is somebody else's."""

    def __init__(self, edition: ReportEdition, source: str, message: str):
        super().__init__(message)
        self.edition, self.source, self.message = edition, source, message


def gone_as_page(view):
    """Answer PreviewGone with a page that says so and leads back to where the file is brought."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PreviewGone as gone:
            context = frame(gone.edition) | {"source": gone.source, "message": gone.message}
            return render(request, "staff/report_imports/gone.html", context, status=404)

    return answer


def edition_to_fill(user, pk: int) -> ReportEdition:
    """The edition into which the unit's author reads a file; Http404 and NotAllowed as for the editor."""
    edition = edition_to_open(user, pk)
    permissions.require_author(user, edition.report)
    return edition


def own_import(request, pk: int, row: int, source: str = "") -> tuple[ReportEdition, ReportImport]:
    """The edition and a file that the person brought for it; PreviewGone for anybody else's."""
    edition = edition_to_fill(request.user, pk)
    own = ReportImport.objects.of(request.user, pk)
    imported = (own.filter(source=source) if source else own).filter(pk=row).first()
    if imported is None:
        raise PreviewGone(edition, source, GONE)
    if imported.edition_id == edition.pk:
        imported.edition = edition
    else:
        imported.edition.report = edition.report
    return edition, imported


def indicators_of(edition: ReportEdition) -> list[Indicator]:
    """The indicators of the report's outline in order, with their groups."""
    version_id = edition.report.round.outline_version_id
    return list(Indicator.objects.filter(version_id=version_id).select_related("group").order_by("order"))


def names_of(edition: ReportEdition) -> IndicatorNames:
    """The indicators of the report as they are looked for in tables."""
    report = edition.report
    return IndicatorNames(indicators_of(edition), report.level, report.round.period.year)


def own_figures(edition: ReportEdition) -> dict[int, Figure]:
    """The unit's own figures by indicator id."""
    return {
        figure.indicator_id: figure
        for figure in Figure.objects.filter(edition=edition, source=FigureSource.OWN)
    }


# --- bringing a file --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@answers_uploads
@refusals_as_page
def import_word(request, pk):
    """Nhập từ tệp Word: choose the file."""
    return _bring(request, edition_to_fill(request.user, pk), ImportKind.WORD, WordFileForm)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_uploads
@refusals_as_page
def import_excel_figures(request, pk):
    """Nhập từ Excel: the template, and the file."""
    return _bring(request, edition_to_fill(request.user, pk), ImportKind.EXCEL, ExcelFileForm)


def _bring(request, edition, source: str, form_class):
    locked = why_locked(request.user, edition)
    if locked:
        messages.warning(request, locked)
        return redirect("staff:report", edition.report_id)
    form = form_class(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_take_in(form.cleaned_data["file"], edition, source, request.user))
        except ExpectedError as error:
            say(form, error)
    other = WAY_OF_OTHER.get((source, _suffix(request))) if form.is_bound and form.errors else None
    context = frame(edition) | {
        "form": form,
        "other_words": other[0] if other else "",
        "other_url": reverse(other[1], args=[edition.report_id]) if other else "",
        "waiting": ReportImport.objects.of(request.user, edition.report_id).filter(
            edition=edition, source=source, state=ImportState.READ
        ),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"staff/report_imports/{source}.html", context, status=status)


def _suffix(request) -> str:
    """How the name of the file that was brought ends."""
    uploaded = request.FILES.get("file")
    return uploaded.name.lower().rpartition(".")[2] if uploaded else ""


def _take_in(uploaded, edition, source: str, user) -> ReportImport:
    """Read the file and let it wait."""
    uploaded.seek(0)
    if source == ImportKind.WORD:
        report = edition.report
        sections = OutlineSection.objects.filter(version_id=report.round.outline_version_id)
        period = report.round.period
        content = read_word(uploaded, targets_of(sections, period.kind), names_of(edition), period)
    else:
        content = read_excel(uploaded, edition.report, names_of(edition))
    return report_imports.keep_waiting(edition, uploaded, source=source, content=content, actor=user)


def frame(edition: ReportEdition) -> dict:
    """What every page of an import shows around its form."""
    return {
        "nav": "reports",
        "report": edition.report,
        "edition": edition,
        "bar": report_bar(edition),
        "illustrative": edition.report.unit.illustrative,
        "trail": [{"title": edition.report.title, "url": edition.report.get_absolute_url()}],
    }


@require_safe
@refusals_as_page
def template_file(request, pk):
    """Mẫu Excel của báo cáo này."""
    edition = edition_to_fill(request.user, pk)
    file = figures_template(edition.report, indicators_of(edition), own_figures(edition))
    response = FileResponse(file, as_attachment=True, filename=file_name(edition.report), content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


# --- after saving -----------------------------------------------------------------------------------------


def show_result(request, edition: ReportEdition, imported: ReportImport):
    """What was saved of a file, part by part, what was left, and the button that takes it back."""
    names = {part.code: heading(part) for part in parts_of(edition.report)}
    saved = imported.before.get("texts", {}).values()
    context = frame(edition) | {
        "imported": imported,
        "texts": [(names.get(row["code"], row["title"]), row["code"], _became(row)) for row in saved],
        "skipped": [names.get(code, code) for code in imported.before.get("skipped", ())],
        "figures": len(imported.before.get("figures", {})),
        "is_saved": imported.state == ImportState.SAVED,
        "locked": why_locked(request.user, imported.edition),
    }
    return render(request, "staff/report_imports/result.html", context)


def _became(row: dict) -> str:
    """What became of a part, from what stood there before."""
    if not row["text"].strip():
        return "đã nhập"
    return "đã nối" if row.get("is_added") else "đã thay"


@require_POST
@refusals_as_page
def report_import_undo(request, pk, row):
    """Hoàn tác."""
    _edition, imported = own_import(request, pk, row)
    try:
        undone = report_imports.undo(imported, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        if undone.restored:
            messages.success(request, f"Đã hoàn tác, trở lại nội dung cũ: {', '.join(undone.restored)}.")
        if undone.kept:
            messages.warning(request, f"Giữ nguyên vì đã sửa sau khi nhập: {', '.join(undone.kept)}.")
    return redirect(imported)


@require_POST
@refusals_as_page
def report_import_discard(request, pk, row):
    """Bỏ tệp đang chờ."""
    edition, imported = own_import(request, pk, row)
    try:
        report_imports.discard(imported, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
        return redirect(imported)
    messages.success(request, f"Đã bỏ tệp “{imported.original_name}”, không nhập gì.")
    return redirect("staff:report", edition.report_id)


def is_waiting(request, edition: ReportEdition, imported: ReportImport) -> bool:
    """Whether the file can still be saved; PreviewGone for one that waits for an edition of before."""
    if imported.state != ImportState.READ:
        return False
    if imported.edition_id != edition.pk:
        raise PreviewGone(edition, imported.source, NEW_EDITION)
    return True
