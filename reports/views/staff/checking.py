"""The check page: what stands in the way of handing in, what asks a sentence, what is missing; then Trình duyệt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from models_dv.errors import ExpectedError, NotAllowed
from reports import permissions
from reports.domain import checks, filling, kheo_proposals
from reports.domain.review import unchanged_parts
from reports.domain.transitions import perform
from reports.enums import FIGURES_PART, Action, FigureSource, State
from reports.forms.figures import BASE, NOTE, Base, CellError, note_entry, read_base, write_base
from reports.forms.steps import STALE_FORM, StepForm
from reports.models import Figure, Indicator
from reports.views.staff.access import new_key, refusals_as_page, require_duty
from reports.views.staff.base import (
    edition_to_open,
    keeps_what_was_typed,
    report_bar,
    say_done,
    why_locked,
)
from reports.views.staff.comment_rows import waiting_comments
from reports.views.staff.editor_frame import heading, part_url
from reports.views.staff.figure_rows import beside, cell_url
from reports.views.staff.left_to_do import Left, has_number, is_explained
from reports.views.staff.parts import FIGURES_TITLE, fillings, parts_of
from reports.views.staff.returns import returns_of
from reports.views.staff.text_checks import text_findings
from reports.views.staff.words import clock_words


@dataclass(frozen=True)
class Gap:
    """Where something is still missing: ``words`` say what is asked there, ``count`` is of figures."""

    text: str
    href: str
    words: str = ""
    count: int = 0


@dataclass
class Place:
    """What the checks say of one place, with its exact address.

    ``explain``: a sentence may be written beside it; ``is_explained``: one is kept.
    """

    name: str
    url: str
    code: str = ""
    texts: list[str] = field(default_factory=list)
    explain: bool = False
    note: str = ""
    error: str = ""
    is_explained: bool = False


@dataclass
class Notes:
    """What became of the explanations that were sent; ``saved``: the edition is one revision further."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    refused: str = ""
    saved: bool = False


NO_NOTES = Notes({}, {})
#: A note is sent for figures that were not returned.
LOCKED_FIGURES = (
    f"“{FIGURES_TITLE}” không nằm trong các phần được trả lại nên đang khoá, ghi chú chưa lưu được. "
    "Cần sửa phần này thì đề nghị người duyệt trả lại cả phần này."
)


#: The explanations could not be saved, so the step was not taken.
NOT_SENT = "Chưa trình duyệt vì ghi chú chưa lưu được. Sửa ghi chú rồi bấm lại."


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
@refusals_as_page
def check(request, pk):
    """The findings of the report; POST saves the explanations as the figures' notes."""
    edition = edition_to_open(request.user, pk)
    if request.method != "POST":
        return show(request, edition)
    permissions.require_author(request.user, edition.report)
    notes = _save_notes(request, edition)
    if notes.errors or notes.refused:
        return show(request, edition, notes=notes, status=409 if notes.refused else 422)
    messages.success(request, "Đã lưu ghi chú.")
    return HttpResponseRedirect(request.path)


@require_http_methods(["POST"])
@keeps_what_was_typed
@refusals_as_page
def submit(request, pk):
    """Trình duyệt with the explanations typed on the page; what stands in the way comes back on it."""
    edition = edition_to_open(request.user, pk)
    require_duty(request.user, Action.SUBMIT, edition.report)
    form = StepForm(request.POST)
    if not form.is_valid():
        return show(request, edition, notes=_typed_notes(request), refused=STALE_FORM, status=422)
    is_open = edition.is_writable
    notes = _save_notes(request, edition) if is_open else NO_NOTES
    if notes.errors or notes.refused:
        return show(request, edition, notes=notes, refused=NOT_SENT, status=422 if notes.errors else 409)
    edition.revision = form.cleaned_data["revision"] + notes.saved
    try:
        event = perform(edition, Action.SUBMIT, actor=request.user, key=form.cleaned_data["key"])
    except NotAllowed:
        raise
    except ExpectedError as error:
        edition.refresh_from_db(fields=["state", "revision"])
        notes = NO_NOTES if is_open else _typed_notes(request, error.message)
        return show(request, edition, notes=notes, refused="" if notes.refused else error.message, status=409)
    clock, day = clock_words(event.at)
    say_done(request, event, f"Đã trình duyệt lúc {clock} ngày {day}. Mã {event.receipt}")
    return redirect(edition.report)


def show(request, edition, *, notes: Notes = NO_NOTES, refused: str = "", status: int = 200):
    """The check page of an edition; of one that was handed in, only what it is and where it stands."""
    report, locked = edition.report, why_locked(request.user, edition)
    context = {
        "nav": "reports",
        "report": report,
        "edition": edition,
        "trail": [{"title": report.title, "url": report.get_absolute_url()}],
        "locked": locked,
        "bar": report_bar(edition, print_url=reverse("staff:edition_pdf", args=[report.pk, edition.number])),
        "refused": " ".join(filter(None, (notes.refused, refused))),
    }
    context["open_comments"] = waiting_comments(request.user, edition)
    if edition.is_writable:
        figures_open = edition.is_unlocked(FIGURES_PART)
        context |= _findings(request.user, edition, notes, writable=not locked and figures_open)
        warnings = context["warnings"]
        context["can_explain"] = any(place.explain for place in warnings)
        context["figures_locked"] = not locked and not figures_open
        context["explained"] = sum(place.is_explained for place in warnings)
        context["unexplained"] = len(warnings) - context["explained"]
        moves = permissions.available_moves(request.user, edition)
        context["can_submit"] = (
            not locked and not context["errors"] and Action.SUBMIT in [move.action for move in moves]
        )
    context["typed"] = _without_a_field(notes, context.get("warnings", ()))
    context["missing_counts"] = _left(context).missing
    context["missing_words"] = ", ".join(f"{count} {words}" for count, words in context["missing_counts"])
    context["question"] = _question(context)
    context["key"] = new_key()
    return render(request, "staff/editor/check.html", context, status=status)


def _question(context) -> str:
    """What “Trình duyệt” asks, with what is left to do."""
    left = _left(context)
    return " ".join(
        [
            f"Trình lãnh đạo duyệt báo cáo {context['report'].round.period.label}?",
            *([left.words] if left.words else []),
            "Trong khi chờ duyệt, chỉ sửa được khi được trả lại",
        ]
    )


def _left(context) -> Left:
    """What is left to do, as the page lists it."""
    return Left(
        to_explain=context.get("unexplained", 0),
        parts=len(context.get("reminders", ())),
        in_words=len(context.get("text_findings", ())),
        returned=len(context.get("returned", ())),
        comments=len(context["open_comments"]),
        empty_parts=sum(not gap.count for gap in context.get("missing", ())),
        empty_figures=sum(gap.count for gap in context.get("missing", ())),
    )


def _without_a_field(notes: Notes, warnings) -> list[tuple[str, str]]:
    """Explanations that were not saved and have no field on the page any more, to be read and copied."""
    if not (notes.refused or notes.errors):
        return []
    fields = {place.code for place in warnings if place.explain}
    return [(code, note) for code, note in notes.typed.items() if note.strip() and code not in fields]


def _findings(actor, edition, notes: Notes, *, writable: bool) -> dict:
    """Errors, warnings, reminders and missing parts, each with its place; ``writable``: notes may be written."""
    report = edition.report
    figures = _own_figures(edition)
    parts = {part.code: heading(part) for part in parts_of(report)}
    rows = Indicator.objects.filter(version_id=report.round.outline_version_id).select_related("group")
    indicators = {indicator.code: indicator for indicator in rows.order_by("order")}
    errors, warnings, reminders, missing = [], {}, [], []
    findings = checks.check_edition(edition, has_below=report.has_below) + checks.check_tasks(edition)
    by_id = {figure.indicator_id: figure for figure in figures.values()}
    findings += kheo_proposals.findings(report, indicators.values(), by_id)
    for finding in findings:
        url, indicator = part_url(edition, finding.part), indicators.get(finding.code)
        if indicator is None:
            if finding.is_hard:
                errors.append({"text": finding.message, "href": url})
            elif finding.is_gap:
                missing.append(Gap(parts[finding.part], url))
            else:
                reminders.append(Place(parts[finding.part], url, texts=[finding.message]))
            continue
        if finding.is_gap:
            words = f"{FIGURES_TITLE}, {finding.count} chỉ tiêu chưa nhập"
            missing.append(Gap(words, cell_url(edition, finding.code), count=finding.count))
            continue
        name, text = f"{indicator.code}. {indicator.name}", beside(indicator, finding.message)
        if finding.is_hard:
            errors.append({"text": f"{name}: {text}", "href": cell_url(edition, finding.code)})
            continue
        place = warnings.setdefault(finding.code, Place(name, cell_url(edition, finding.code), finding.code))
        place.texts.append(text)
        figure = figures.get(finding.code)
        _explanation(place, indicator, figure, notes, writable=writable)
    base = {code: Base.of(figure) for code, figure in figures.items() if code in warnings}
    return {
        "errors": errors,
        "warnings": [warnings[code] for code in indicators if code in warnings],
        "reminders": reminders,
        "text_findings": text_findings(edition, parts, list(indicators.values())),
        "missing": missing,
        "returned": _returned(actor, edition),
        "base": write_base(base),
    }


def _returned(actor, edition) -> list[Gap]:
    """The parts that a return named and nobody has changed since, each with what is to be mended."""
    if edition.state != State.RETURNED:
        return []
    unchanged = unchanged_parts(edition)
    states = fillings([edition.report])[edition.report_id].states
    waiting = [state.part for state in states if state.returned or state.part.code in unchanged]
    if not waiting:
        return []
    asked = next((event.parts for event in returns_of(actor, edition)), {})
    return [Gap(heading(part), part_url(edition, part.code), asked.get(part.code, "")) for part in waiting]


def _explanation(place: Place, indicator, figure: Figure | None, notes: Notes, *, writable: bool) -> None:
    """The note beside a warning: to be written where there is a number to explain, else as it stands."""
    stored = figure.note if figure else ""
    place.explain = writable and has_number(indicator, figure)
    place.is_explained = is_explained(indicator, figure)
    place.note = notes.typed.get(place.code, stored) if place.explain else stored
    place.error = notes.errors.get(place.code, "")


def _typed_notes(request, refused: str = "") -> Notes:
    """The explanations as they were typed, and why they were not saved."""
    typed = {name.removeprefix(NOTE): value for name, value in request.POST.items() if name.startswith(NOTE)}
    return Notes(typed, {}, refused)


def _save_notes(request, edition) -> Notes:
    """Save the explanations that were changed, each as the note of its figure."""
    if not _typed_notes(request).typed:
        return NO_NOTES
    base, figures = read_base(request.POST.get(BASE, "")), _own_figures(edition)
    ids = dict(
        Indicator.objects.filter(version_id=edition.report.round.outline_version_id).values_list("code", "pk")
    )
    typed = {code: note for code, note in _typed_notes(request).typed.items() if code in ids}
    entries, errors = {}, {}
    for code, note in typed.items():
        figure = figures.get(code)
        if note.strip() == (figure.note if figure else ""):
            continue
        try:
            entries[ids[code]] = note_entry(figure, note, base.get(code, Base()).revision)
        except CellError as error:
            errors[code] = error.message
    refused, saved = "", bool(entries) and not errors
    if (
        (entries or errors)
        and not edition.is_unlocked(FIGURES_PART)
        and not why_locked(request.user, edition)
    ):
        return Notes(typed, {}, LOCKED_FIGURES)
    if saved:
        try:
            filling.save_figures(edition, entries, actor=request.user)
        except NotAllowed:
            raise
        except ExpectedError as error:
            refused, saved = error.message, False
    return Notes(typed, errors, refused, saved)


def _own_figures(edition) -> dict[str, Figure]:
    rows = Figure.objects.filter(edition=edition, source=FigureSource.OWN).select_related("indicator")
    return {figure.indicator.code: figure for figure in rows}
