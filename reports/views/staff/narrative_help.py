"""Beside the text of a part: how it will look, what may be wrong with its letters, figures to insert by code.

Nothing is saved here; of more than a part can hold the beginning is looked at. Each answers with a page, or with
the piece of it that the page's script asked for.
"""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.proofreading import advise, key_of
from models_dv.vietnamese.text_doctor import Suggestion
from reports import permissions
from reports.documents.content import DocumentSection
from reports.documents.lines import heading_line
from reports.domain import figure_codes
from reports.domain.checks import FIGURES_PART
from reports.domain.narrative import parse_narrative
from reports.enums import IndicatorOp
from reports.forms.sections import LONGEST_TEXT
from reports.models import Indicator
from reports.views.staff.access import refusals_as_page
from reports.views.staff.base import TOKEN_FIELD, edition_to_write, report_bar
from reports.views.staff.editing import CHOSEN, FIX_BUTTON, typed_text
from reports.views.staff.editor_frame import heading, open_parts, part_url

#: Set by the script that wants the piece alone.
PIECE_HEADER = "X-Piece"
AROUND = 28


@dataclass(frozen=True)
class Advice:
    """One suggestion with the words around it."""

    key: str
    before: str
    found: str
    after: str
    suggested: str
    #: Both as they are shown: of spaces one sees how many.
    shown: tuple[str, str]
    reason: str
    start: int
    end: int


@dataclass(frozen=True)
class Insertable:
    """One figure that may stand in the text: what is typed, its name and value; ``own``: of the unit alone."""

    code: str
    name: str
    unit_name: str
    value: str
    own: str = ""


@require_POST
@refusals_as_page
def preview(request, pk, code):
    """Xem thử: the text as it will stand in the paper, with the values of the codes."""
    edition, part = _part(request, pk, code)
    text = normalize(typed_text(request.POST))[:LONGEST_TEXT]
    words = figure_codes.words_for(edition, [text])
    missing = [found.found for found in figure_codes.codes_in(text) if found.key not in words]
    context = {
        "blocks": parse_narrative(figure_codes.resolve(text, words)),
        "heading_line": heading_line(DocumentSection(part.number.rpartition(".")[2], part.title, 1, "")),
        "missing": list(dict.fromkeys(missing)),
        "broken": list(dict.fromkeys(figure_codes.broken_codes(text))),
    }
    return _answer(request, edition, part, "preview", context)


@require_POST
@refusals_as_page
def doctor(request, pk, code):
    """Soát chữ: what may be wrong with the letters; each is taken by one click, none by itself."""
    edition, part = _part(request, pk, code)
    text = typed_text(request.POST)
    context = {
        "advice": [_advice(text, suggestion) for suggestion in advise(text[:LONGEST_TEXT])],
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in (TOKEN_FIELD, CHOSEN, FIX_BUTTON, "noi_dung")
            for value in values
        ],
        "typed": text,
        "chosen_name": CHOSEN,
        "button_name": FIX_BUTTON,
    }
    return _answer(request, edition, part, "doctor", context)


@require_safe
@refusals_as_page
def numbers(request, pk, code):
    """Chèn số liệu: the figures of the table with the codes that stand for them in the text."""
    edition, part = _part(request, pk, code, writes=False)
    words = figure_codes.all_words(edition)
    rows = Indicator.objects.filter(version_id=edition.report.round.outline_version_id)
    rows = rows.exclude(op=IndicatorOp.TEXT).select_related("group").order_by("order")
    groups: dict[str, list[Insertable]] = {}
    for indicator in rows:
        value = words.get((indicator.code, False))
        if value is None:
            continue
        own = words.get((indicator.code, True), "") if edition.report.has_below else ""
        found = Insertable(indicator.code, indicator.name, indicator.unit_name, value, own)
        groups.setdefault(str(indicator.group), []).append(found)
    return _answer(request, edition, part, "numbers", {"groups": list(groups.items())})


def _part(request, pk: int, code: str, *, writes: bool = True):
    """The edition and its part of words; Http404 for the table of figures."""
    edition = edition_to_write(request.user, pk, code)
    if writes:
        permissions.require_writer(request.user, edition.report, code)
    part = next((part for part in open_parts(edition) if part.code == code != FIGURES_PART), None)
    if part is None:
        raise Http404
    return edition, part


def _answer(request, edition, part, name: str, context: dict):
    context |= {"part_url": part_url(edition, part.code)}
    if request.headers.get(PIECE_HEADER):
        response = render(request, f"staff/narrative_help/_{name}.html", context)
    else:
        context |= {
            "nav": "reports",
            "report": edition.report,
            "heading": heading(part),
            "bar": report_bar(edition),
        }
        response = render(request, f"staff/narrative_help/{name}.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _advice(text: str, suggestion: Suggestion) -> Advice:
    start, end = suggestion.start, suggestion.end
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    return Advice(
        key=key_of(suggestion),
        before=f"…{before}" if start > AROUND and len(before) == AROUND else before,
        found=suggestion.found,
        shown=tuple(_visible(words, suggestion) for words in (suggestion.found, suggestion.suggested)),
        after=f"{after}…" if len(after) == AROUND else after,
        suggested=suggestion.suggested,
        reason=suggestion.reason,
        start=start,
        end=end,
    )


def _visible(words: str, suggestion: Suggestion) -> str:
    about_spaces = suggestion.found.strip() == suggestion.suggested.strip()
    return words.replace(" ", "·") if about_spaces else words
