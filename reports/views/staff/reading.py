"""Reading a whole edition, and its file."""

from dataclasses import dataclass

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from models_dv import clock
from models_dv.vietnamese.fold import slugify_vi
from models_dv.vietnamese.numbers import roman
from reports import permissions
from reports.documents.builders import report_content
from reports.documents.pdf import render_report_pdf
from reports.domain import figure_codes
from reports.domain.narrative import parse_narrative
from reports.enums import Action, ShareScope, State
from reports.models import EditionEvent, OutlineSection, Report, SectionText
from reports.views.staff.access import (
    edition_numbered,
    is_own,
    refusals_as_page,
    require_text,
    visible_report,
)
from reports.views.staff.acts import acts_for
from reports.views.staff.figure_lines import figure_table
from reports.views.staff.parts import FIGURES_TITLE
from reports.views.staff.words import due_badge, due_words, state_badge

FILE_LOST = {
    "nav": "reports",
    "title": "Không mở được tệp văn bản",
    "reason": "Tệp đã phát hành không còn trong kho lưu trữ. "
    "Báo người quản trị khôi phục kho tệp từ bản sao lưu.",
}


@dataclass(frozen=True)
class ReadSection:
    """A heading with its text in blocks; ``comment`` is what the last return asks to mend there."""

    code: str
    heading: str
    level: int
    blocks: tuple
    is_leaf: bool
    comment: str = ""


@require_safe
@refusals_as_page
def edition(request, pk, number):
    """The whole edition: parts, figures, notes; the acts stand in the bar below.

    A draft that the unit shares with the body above for advice is read there too, marked as such (``share``).
    """
    report = visible_report(request.user, pk)
    shown = edition_numbered(report, number)
    share = None
    if not permissions.may_read_text(request.user, shown):
        share = permissions.share_for(request.user, shown)
        if share is None:
            require_text(request.user, shown)
    only_figures = share is not None and share.scope == ShareScope.FIGURES
    is_latest = report.latest_id == shown.pk
    returned = last_return(request.user, shown)
    context = {
        "nav": "reports",
        "report": report,
        "edition": shown,
        "is_latest": is_latest,
        "state": state_badge(shown.state, report),
        "due": due_badge(report, clock.now()) if is_latest else None,
        "due_words": due_words(report.due_at),
        "sections": [] if only_figures else read_sections(shown, returned.parts if returned else {}),
        "share": share,
        "only_figures": only_figures,
        "figures": figure_table(shown, has_below=Report.objects.below(report).exists()),
        "figures_title": FIGURES_TITLE,
        "returned": returned,
        "acts": acts_for(request.user, shown),
    }
    return render(request, "staff/edition.html", context)


def last_return(user, shown) -> EditionEvent | None:
    """Why this edition was (or the one it replaces had been) returned, until it is accepted.

    What the unit's own approver wrote stays in the unit; those above see their own returns.
    """
    if shown.state in (State.ACCEPTED, State.CORRECTED):
        return None
    actions = [Action.SEND_BACK.value]
    if is_own(user, shown.report):
        actions.append(Action.RETURN.value)
    editions = [pk for pk in (shown.pk, shown.replaces_id) if pk]
    events = EditionEvent.objects.filter(edition_id__in=editions, action__in=actions)
    return events.select_related("actor").order_by("-at", "-pk").first()


def read_sections(shown, comments: dict[str, str]) -> list[ReadSection]:
    """Every heading and part of the outline, numbered as on paper (I, then 1), empty parts too."""
    report = shown.report
    texts = dict(SectionText.objects.filter(edition=shown).values_list("section_id", "text"))
    texts = figure_codes.resolved(shown, texts)
    rows, tops, place = [], 0, 0
    for section in OutlineSection.objects.filter(version_id=report.round.outline_version_id).order_by(
        "order"
    ):
        if not section.stands_in(report.round.period.kind):
            continue
        if section.parent_id is None:
            tops, place = tops + 1, 0
            heading = f"{roman(tops)}. {section.title}"
        else:
            place += 1
            heading = f"{place}. {section.title}"
        rows.append(
            ReadSection(
                code=section.code,
                heading=heading,
                level=1 if section.parent_id is None else 2,
                blocks=parse_narrative(texts.get(section.pk, "")),
                is_leaf=section.is_leaf,
                comment=comments.get(section.code, ""),
            )
        )
    return rows


@require_safe
@refusals_as_page
def edition_pdf(request, pk, number):
    """The paper: the frozen file of a sent edition, or a draft laid out now and marked “Dự thảo”."""
    report = visible_report(request.user, pk)
    shown = edition_numbered(report, number)
    require_text(request.user, shown)
    name = pdf_name(shown)
    if shown.pdf_sha256:
        response = _frozen(request, shown, name)
    else:
        response = HttpResponse(render_report_pdf(report_content(shown)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _frozen(request, shown, name: str):
    """The file as it was issued, tagged with its sha256; in words when the storage has lost it."""
    etag = f'"{shown.pdf_sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            file = shown.pdf.open("rb")
        except FileNotFoundError:
            return render(
                request, "staff/refused.html", FILE_LOST | {"report_pk": shown.report_id}, status=404
            )
        response = FileResponse(file, filename=name, content_type="application/pdf")
    response["ETag"] = etag
    return response


def pdf_name(shown) -> str:
    """“138-bc-btgdvtu-tinh-an-binh-6-thang-dau-nam-2026.pdf”; a draft begins with “du-thao”."""
    report = shown.report
    head = shown.full_number or f"dự thảo lần {shown.number}"
    words = f"{head} {report.unit_version.short_name} {report.round.period.label}"
    return f"{slugify_vi(words, max_length=120)}.pdf"
