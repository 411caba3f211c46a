"""Looking a report over before it is approved or accepted: what changed since it was last sent, or the whole."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from models_dv import clock
from models_dv.errors import NotAllowed
from reports import permissions
from reports.domain import comments as said
from reports.domain import figure_codes, milestones
from reports.domain import review as domain
from reports.domain.consolidation import BelowSums
from reports.domain.known_outlines import known_outline
from reports.domain.last_change import last_step
from reports.domain.writers import others_wrote
from reports.enums import FIGURES_PART, Action, State
from reports.models import EditionEvent, Figure, Report, ReportEdition, SectionText
from reports.views.staff.access import is_own, latest_edition, refusals_as_page, require_text
from reports.views.staff.acts import acts_for
from reports.views.staff.comment_rows import new_form, rows_of
from reports.views.staff.editor_frame import heading
from reports.views.staff.left_to_do import Left, left_in
from reports.views.staff.parts import parts_of
from reports.views.staff.returns import asked_row, last_return, reason_row
from reports.views.staff.review_findings import look_at
from reports.views.staff.review_rows import (
    ReviewPart,
    changed_pieces,
    changed_rows,
    whole_groups,
    whole_pieces,
)
from reports.views.staff.words import clock_words, due_badge, state_badge

#: Tabs: ?xem=toan-bo shows everything.
SHOW, WHOLE = "xem", "toan-bo"
#: Fields of the form around the page: parts to mark as seen, or not; parts to be returned; the button “Trả lại”.
SEEN, UNSEEN, RETURNED, GIVE_BACK = "da_xem", "chua_xem", "tra_lai", "viec"
#: While it waits for a judgement parts are ticked.
JUDGED_STATES = (State.IN_REVIEW, State.APPROVED, State.ISSUED)
JUDGING = (Action.RETURN, Action.SEND_BACK)


@dataclass
class Loaded:
    """What the page is made of. ``earlier``: what it is compared with, None where nothing was sent before."""

    edition: ReportEdition
    inside: bool
    events: list[EditionEvent]
    earlier: domain.Earlier | None
    content: milestones.Content
    texts: list[SectionText]
    figures: list[Figure]

    @property
    def returned(self) -> EditionEvent | None:
        """The return that the edition answers."""
        return last_return(self.edition, self.events, inside=self.inside)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page
def review(request, pk):
    """The page; POST ticks parts, or goes on to the return with the parts that were chosen."""
    edition = _edition(request.user, pk)
    if request.method == "POST":
        return _tick(request, edition)
    loaded = _load(request.user, edition)
    whole = loaded.earlier is None or request.GET.get(SHOW) == WHOLE
    parts, left = _parts(request.user, loaded, whole=whole, chosen=request.GET.getlist(RETURNED))
    report, is_judged = edition.report, edition.state in JUDGED_STATES
    looks_over = is_judged and domain.looks_over(request.user, report)
    acts = acts_for(request.user, edition, alone=not report.others_wrote, left=left)
    context = {
        "nav": "reports",
        "report": report,
        "edition": edition,
        "state": state_badge(edition.state, report),
        "due": due_badge(report, clock.now()),
        "parts": parts,
        "whole": whole,
        "compared_with": _compared_with(loaded),
        "last_step": _last_step(loaded),
        "returned": reason_row(edition, loaded.returned) if loaded.returned else None,
        "changed": [part for part in parts if part.changed],
        "left": left.words,
        "to_look_at": [part for part in parts if part.places_to_look_at],
        "unchanged": [part.part.code for part in parts if part.changed is False and not part.seen],
        "looks_over": looks_over,
        "seen": sum(part.seen for part in parts),
        "open_count": sum(part.open_count for part in parts),
        "acts": acts,
        "gives_back": next((act.label for act in acts.buttons if act.action in JUDGING), ""),
        "plain_acts": [act for act in acts.buttons if act.action not in JUDGING],
        "has_below": report.has_below,
    }
    return render(request, "staff/review/review.html", context)


def _edition(user, pk: int) -> ReportEdition:
    """The latest edition for who may read its text; ``report.others_wrote``: somebody else wrote in it too."""
    reports = Report.objects.visible_to(user).for_list().with_below().with_coverage()
    reports = reports.select_related("round__outline_version").annotate(others_wrote=others_wrote(user))
    edition = latest_edition(get_object_or_404(reports, pk=pk))
    if not permissions.may_read_text(user, edition):
        voice = said.voice_of(user, edition)
        if voice is None or voice.parts is not None:
            _refuse(user, edition)
    return edition


def _refuse(user, edition: ReportEdition) -> None:
    """A link that came too late says who took the report back, and when."""
    try:
        require_text(user, edition)
    except NotAllowed as refused:
        told = last_step(edition.replaces) if edition.replaces_id else ""
        raise NotAllowed(f"{told} {refused.message}".strip()) from refused


def _load(user, edition: ReportEdition) -> Loaded:
    """Four queries, and none of the steps for those above while nothing was sent before."""
    inside = is_own(user, edition.report)
    events = domain.events_of(edition) if inside or edition.replaces_id else []
    texts = list(SectionText.objects.filter(edition=edition))
    figures = list(Figure.objects.filter(edition=edition))
    outline = known_outline(edition.report.round.outline_version)
    codes = {section.pk: code for code, section in outline.sections.items()}
    content = milestones.content(
        {codes[text.section_id]: text.text for text in texts},
        figures,
        {pk: indicator.code for pk, indicator in outline.by_id.items()},
    )
    earlier = domain.earlier_content(edition, events, inside=inside)
    return Loaded(edition, inside, events, earlier, content, texts, figures)


def _parts(user, loaded: Loaded, *, whole: bool, chosen: list[str]) -> tuple[list[ReviewPart], Left]:
    """The parts in their order, and how much is left to do in them."""
    edition, content, earlier = loaded.edition, loaded.content, loaded.earlier
    outline = known_outline(edition.report.round.outline_version)
    below = BelowSums(edition.report, list(outline.indicators))
    raw, content = content, milestones.as_read(content, edition, outline.indicators, below_sums=below)
    old = earlier.content if earlier else milestones.Content()
    old = milestones.as_read(old, edition, outline.indicators, below_sums=below)
    texts, figures = domain.changed_texts(old, content), domain.changed_figures(old, content)
    changed_at = {outline_code(outline, text): text.updated_at for text in loaded.texts}
    if loaded.figures:
        changed_at[FIGURES_PART] = max(figure.updated_at for figure in loaded.figures)
    seen, voice = domain.seen_by(user, edition), said.voice_of(user, edition)
    threads = said.threads_of(voice, edition.report_id)
    words = figure_codes.words_for(edition, [*old.texts.values(), *content.texts.values()])
    rows, returned, here = [], loaded.returned, parts_of(edition.report)
    typed = {part.code: raw.texts[part.code] for part in here if part.code in raw.texts}
    looked = look_at(edition, outline, loaded.figures, typed, below)
    for part in here:
        code = part.code
        row = ReviewPart(part, heading(part), changed_at=changed_at.get(code))
        row.seen = code in seen and (row.changed_at is None or row.changed_at <= seen[code])
        row.returns_it = code in chosen
        row.asked = asked_row(edition, returned, code) if returned else None
        row.words = looked.words.get(code, [])
        row.comments = rows_of([t for t in threads if t.first.part_code == code], voice, edition)
        row.comment_form = new_form(code, raw.texts.get(code, ""), voice)
        if earlier:
            row.changed = bool(figures) if code == FIGURES_PART else code in texts
        if whole:
            row.pieces = whole_pieces(figure_codes.resolve(content.texts.get(code, ""), words))
        elif row.changed and code != FIGURES_PART:
            before, now = (figure_codes.resolve(side.texts.get(code, ""), words) for side in (old, content))
            row.pieces = changed_pieces(before, now)
        if code == FIGURES_PART:
            if whole:
                row.groups = whole_groups(edition.report, outline, loaded.figures, looked)
                row.partial_words = looked.partial_words
            else:
                row.changed_figures = changed_rows(figures, outline, looked.warnings)
        rows.append(row)
    waiting = sum(row.open_count for row in rows)
    return rows, left_in(edition, outline, loaded.figures, typed, looked, waiting=waiting)


def outline_code(outline, text: SectionText) -> str:
    """Code of the part of a text."""
    return next(code for code, section in outline.sections.items() if section.pk == text.section_id)


def _compared_with(loaded: Loaded) -> str:
    """“lần trình duyệt lúc 14:32 ngày 05/07/2026”."""
    earlier = loaded.earlier
    if earlier is None:
        return ""
    before = f"bản {loaded.edition.number - 1} đã gửi" if earlier.is_other_edition else "lần trình duyệt"
    if earlier.event is None:
        return before
    at, day = clock_words(earlier.event.at)
    return f"{before} lúc {at} ngày {day}"


def _last_step(loaded: Loaded) -> str:
    """“Soạn xa-1: Trình duyệt lúc 14:32 ngày 05/07/2026”, for the unit's own people."""
    steps = [event for event in loaded.events if event.edition_id == loaded.edition.pk]
    if not loaded.inside or not steps or steps[-1].action == Action.BEGIN:
        return ""
    at, day = clock_words(steps[-1].at)
    return f"{steps[-1].actor}: {steps[-1].get_action_display()} lúc {at} ngày {day}"


# --- ticks --------------------------------------------------------------------------------------------


def _tick(request, edition: ReportEdition):
    """Keep the ticks and come back to the next part; the parts to be returned stay chosen."""
    codes = {part.code for part in parts_of(edition.report)}
    chosen = [code for code in request.POST.getlist(RETURNED) if code in codes]
    if GIVE_BACK in request.POST:
        url = reverse("staff:return", args=[edition.report_id])
        return HttpResponseRedirect(f"{url}?{urlencode({RETURNED: chosen}, doseq=True)}")
    seen = [code for code in request.POST.getlist(SEEN) if code in codes]
    unseen = [code for code in request.POST.getlist(UNSEEN) if code in codes]
    domain.mark_seen(edition, seen, seen=True, actor=request.user)
    domain.mark_seen(edition, unseen, seen=False, actor=request.user)
    query = {RETURNED: chosen} | ({SHOW: WHOLE} if request.POST.get(SHOW) == WHOLE else {})
    url = reverse("staff:review", args=[edition.report_id])
    anchor = f"#phan-{(seen or unseen)[-1]}" if len(seen) + len(unseen) == 1 else ""
    return HttpResponseRedirect(f"{url}?{urlencode(query, doseq=True)}{anchor}")
