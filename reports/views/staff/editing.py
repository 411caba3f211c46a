"""The editor of one part: its text, what the unit wrote in earlier periods, and saving without losing a word.

Part S6 opens with the results of the unit's tasks while nothing stands in it yet; nothing is saved by that.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from models_dv.errors import ExpectedError, NotAllowed
from models_dv.vietnamese.fold import normalize, standardised_words
from models_dv.vietnamese.proofreading import advise, mend
from reports import permissions
from reports.domain import figure_codes, filling
from reports.domain.checks import FIGURES_PART
from reports.domain.known_outlines import known_outline
from reports.domain.narrative import parse_narrative
from reports.domain.task_results import TASKS_PART, TaskResult, results_for, text_of
from reports.domain.word_diff import compare
from reports.errors import SaveConflict
from reports.forms.sections import LONGEST_TEXT, SectionForm, joined
from reports.models import OutlineSection, Report, ReportEdition, SectionText
from reports.views.staff import figures
from reports.views.staff.access import is_own, refusals_as_page
from reports.views.staff.base import (
    edition_to_write,
    keeps_what_was_typed,
    save_state,
)
from reports.views.staff.editor_frame import Frame, code_beside, open_frame, part_url

SAME_PERIOD, PREVIOUS = "cung_ky", "ky_truoc"
UNSAVED = "Có thay đổi chưa lưu"
#: Copying stands in the same form as saving; so does the way onward.
COPY_BUTTON, ONWARD_BUTTON = "sao_chep", "tiep"
#: Taking suggestions of the text doctor, and which.
FIX_BUTTON, CHOSEN = "sua_chu", "thay"
#: What the copy button says for the results of the tasks.
FROM_TASKS = "nhiem_vu"


@dataclass(frozen=True)
class Earlier:
    """The same part in a report in force of another period."""

    key: str
    label: str
    #: As it was typed: a code of a figure means the figure of this period when it is copied.
    text: str
    edition: ReportEdition

    @property
    def blocks(self):
        """The text as it was read in its period."""
        return read_blocks(self.edition, self.text)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
@refusals_as_page
def part(request, pk, code):
    """One part of a report: its text, or the table of figures."""
    edition = edition_to_write(request.user, pk, code)
    if request.method == "POST":
        permissions.require_writer(request.user, edition.report, code)
    if code == FIGURES_PART:
        return figures.answer(request, edition)
    return _save(request, edition, code) if request.method == "POST" else _open(request, edition, code)


def _open(request, edition, code):
    frame, section = open_frame(request.user, edition, code), _section(edition, code)
    stored = _stored(edition, section)
    shown = (stored.text, stored.done, stored.revision) if stored else ("", False, 0)
    form, results = SectionForm.showing(*shown), _task_results(request.user, edition, code)
    is_prefilled = bool(results) and not frame.locked and not shown[0].strip()
    if is_prefilled:
        form.initial["noi_dung"] = text_of(results)
    return _show(request, frame, section, stored, form, results=results, is_prefilled=is_prefilled)


def _save(request, edition, code):
    section, form = _section(edition, code), SectionForm(request.POST)
    if COPY_BUTTON in request.POST:
        return _copy(request, edition, code, section)
    if FIX_BUTTON in request.POST:
        return _fix(request, edition, code)
    if not form.is_valid():
        return _again(request, edition, code, section, form)
    if not form.is_untouched:
        try:
            filling.save_section(
                edition,
                section,
                text=form.cleaned_data["noi_dung"],
                done=form.cleaned_data["xong"],
                base_revision=form.cleaned_data["base_revision"],
                actor=request.user,
            )
        except SaveConflict as conflict:
            return _show_conflict(request, edition, code, conflict, form)
        except NotAllowed:
            raise
        except ExpectedError as error:
            form.add_error(None, error.message)
            return _again(request, edition, code, section, form, status=409)
        if words := standardised_words(typed_text(request.POST)):
            messages.info(request, f"Khi lưu, {words} (chữ Ð, dấu rời, ký tự ẩn); mặt chữ không đổi.")
    if ONWARD_BUTTON in request.POST and not form.is_untouched:
        messages.success(request, f"Đã lưu phần “{section.title}”")
    return HttpResponseRedirect(_onward(request, edition, code))


def _onward(request, edition, code) -> str:
    """The same page, or the next part when the other button was pressed."""
    return part_url(edition, code_beside(edition, code, 1) or code if ONWARD_BUTTON in request.POST else code)


def _copy(request, edition, code, section):
    """The page again with the earlier text after what is typed; nothing is saved yet, nothing is lost."""
    data = request.POST.copy()
    earlier = _earlier_texts(edition, code)
    results = _task_results(request.user, edition, code)
    texts = {found.key: found.text for found in earlier} | {FROM_TASKS: text_of(results)}
    text = texts.get(data[COPY_BUTTON])
    if text:
        data["noi_dung"] = joined(normalize(data.get("noi_dung", "")), text)
    form = SectionForm(data)
    form.fields["noi_dung"].widget.attrs["autofocus"] = True
    frame, stored = open_frame(request.user, edition, code), _stored(edition, section)
    return _show(request, frame, section, stored, form, unsaved=True, earlier=earlier, results=results)


def _fix(request, edition, code):
    """The page again with the suggestions that were chosen taken into what is typed; nothing is saved yet."""
    data, section = request.POST.copy(), _section(edition, code)
    text = typed_text(data)
    data["noi_dung"] = mend(text, advise(text[:LONGEST_TEXT]), set(data.getlist(CHOSEN)))
    return _again(request, edition, code, section, SectionForm(data), status=200)


def typed_text(data) -> str:
    """The text as it was typed, with the line ends of the page, so that places in it can be named."""
    return data.get("noi_dung", "").replace("\r\n", "\n")


def _again(request, edition, code, section, form, status=422):
    """The page with everything typed and what is wrong."""
    frame, stored = open_frame(request.user, edition, code), _stored(edition, section)
    return _show(request, frame, section, stored, form, unsaved=True, status=status)


def _show(
    request,
    frame: Frame,
    section,
    stored,
    form,
    *,
    unsaved=False,
    earlier=None,
    results=None,
    is_prefilled=False,
    status=200,
):
    """The page of the part: the form, or the text as it is read where it is locked."""
    if results is None:
        results = _task_results(request.user, frame.edition, section.code)
    saved = save_state(stored.updated_at if stored else None)
    if unsaved:
        saved = {"save_state": "dirty", "save_text": UNSAVED}
    context = frame.context(**saved if unsaved or not frame.locked else {}) | {
        "section": section,
        "form": form,
        "stored": stored,
        "comment_form": frame.comment_form(stored.text if stored else ""),
        "unsaved": unsaved,
        "typed": form["noi_dung"].value() if form.is_bound else "",
        "blocks": read_blocks(frame.edition, stored.text) if stored and frame.locked else (),
        "earlier": _earlier_texts(frame.edition, section.code) if earlier is None else earlier,
        "task_results": results,
        "is_prefilled": is_prefilled,
        "word_count": len((form["noi_dung"].value() or "").split()),
    }
    return render(request, "staff/editor/part.html", context, status=status)


def _show_conflict(request, edition, code, conflict: SaveConflict, form):
    """Both versions side by side: keep one of them, or put a third one together."""
    frame, theirs = open_frame(request.user, edition, code), conflict.theirs
    done = form.cleaned_data["xong"]
    context = frame.context(save_state="conflict", save_text="Chưa lưu: có hai bản") | {
        "message": conflict.message,
        "mine": conflict.mine,
        "theirs": theirs,
        "differences": [line for line in compare(theirs.text, conflict.mine) if line.is_changed],
        "form": SectionForm.showing(conflict.mine, done, theirs.revision),
        "base_revision": str(theirs.revision),
        "done": done,
    }
    return render(request, "staff/editor/conflict.html", context, status=409)


def read_blocks(edition, text: str):
    """A text of an edition in blocks, with the values of the codes in it."""
    return parse_narrative(figure_codes.resolved(edition, {"": text})[""])


def _section(edition, code) -> OutlineSection:
    """The part in the outline of the report; Http404 for one that does not stand in this kind of report."""
    report = edition.report
    section = known_outline(report.round.outline_version).sections.get(normalize(code))
    if section is None or not section.is_leaf or not section.stands_in(report.round.period.kind):
        raise Http404
    return section


def _task_results(user, edition, code) -> list[TaskResult]:
    """What the unit's tasks came to, for its own people, in the part that tells of them."""
    if code != TASKS_PART or not is_own(user, edition.report):
        return []
    return results_for(edition.report)


def _stored(edition, section) -> SectionText | None:
    texts = SectionText.objects.filter(edition=edition, section=section)
    return texts.select_related("updated_by").first()


def _earlier_texts(edition: ReportEdition, code: str) -> list[Earlier]:
    """The part in the unit's reports in force of the same period last year and of the period just before.

    A contributor reads in them, too, the figures of his groups only.
    """
    report = edition.report
    kind, year, number = report.round.period.same_period_key()
    day_before = report.round.window_from - timedelta(days=1)
    same = Q(round__period__kind=kind, round__period__year=year, round__period__number=number)
    text = SectionText.objects.filter(edition=OuterRef("in_force"), section__code=code).values("text")
    rows = (
        Report.objects.filter(same | Q(round__window_to=day_before), unit_id=report.unit_id)
        .exclude(in_force=None)
        .select_related("round__period", "in_force")
        .annotate(text=Subquery(text[:1]))
        .order_by("-round__window_from")
    )
    found: dict[str, Earlier] = {}
    for row in rows:
        period, told = row.round.period, (row.text or "", row.in_force)
        row.in_force.report, row.in_force.reach = row, edition.reach
        is_same = (period.kind, period.year, period.number) == (kind, year, number)
        is_previous = row.round.window_to == day_before
        if is_same and is_previous:
            return [Earlier(PREVIOUS, f"Cùng kỳ, cũng là kỳ trước: {period.label}", *told)]
        if is_same:
            found.setdefault(SAME_PERIOD, Earlier(SAME_PERIOD, f"Cùng kỳ: {period.label}", *told))
        if is_previous:
            found.setdefault(PREVIOUS, Earlier(PREVIOUS, f"Kỳ trước: {period.label}", *told))
    return [found[key] for key in (SAME_PERIOD, PREVIOUS) if key in found]
