"""What the check page says of the words of a report: numbers unlike the table, marks that must not be there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q

from models_dv.vietnamese.personal_data import WARNING as PERSONAL_DATA
from models_dv.vietnamese.personal_data import find_personal_data
from models_dv.vietnamese.state_secrets import WARNING as SECRET
from models_dv.vietnamese.state_secrets import find_secret_marks
from models_dv.vietnamese.text_doctor import encoding_warning, examine
from reports.domain.consolidation import Total, totals
from reports.domain.mismatches import find_mismatches
from reports.enums import FIGURES_PART, FigureSource
from reports.models import Figure, Indicator, SectionText
from reports.views.staff.editor_frame import part_url
from reports.views.staff.figure_rows import cell_url


@dataclass(frozen=True)
class InWords:
    """One thing in ``text[start:end]`` of a part; ``code`` and ``name``: the indicator whose figure says otherwise.

    In the part of the figures: in the note, or the words, of the figure of that indicator.
    """

    part: str
    start: int
    end: int
    text: str
    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class TextFinding:
    """One thing in the words of a part, with the way there; ``also``: (words, address) of the other place."""

    place: str
    url: str
    text: str
    also: tuple[str, str] | None = None


def find_in_words(
    report, texts: Mapping[str, str], indicators: Iterable[Indicator], numbers: Mapping[str, Total]
) -> list[InWords]:
    """What is to be looked at in texts of a report (by part code), part after part in their order; no query."""
    found = {code: _of_words(code, text) for code, text in texts.items()}
    year, here = report.round.period.year, report.unit_version.place_name
    for one in find_mismatches(texts, indicators, numbers, year=year, here=here):
        found[one.part].append(InWords(one.part, one.start, one.end, one.message, one.code, one.name))
    return [one for ones in found.values() for one in ones]


def find_in_figures(indicators: Iterable[Indicator], figures: Iterable[Figure]) -> list[InWords]:
    """The same in the notes of figures, and in cells in words, in the order of the indicators; no query."""
    by_id, found = {indicator.pk: indicator for indicator in indicators}, {}
    for figure in sorted(figures, key=lambda figure: figure.source != FigureSource.OWN):
        indicator = by_id[figure.indicator_id]
        for text, name in ((figure.text, ""), (figure.note, "Ghi chú: ")):
            for one in _of_words(FIGURES_PART, text):
                said = replace(one, text=f"{name}{one.text}", code=indicator.code, name=indicator.name)
                found.setdefault(indicator.pk, []).append(said)
    return [one for pk in by_id for one in found.get(pk, ())]


def text_findings(edition, parts: dict[str, str], indicators: list[Indicator]) -> list[TextFinding]:
    """In the order of the parts (headings by code); none of it stands in the way of handing in."""
    rows = SectionText.objects.filter(edition=edition).exclude(text="")
    stored = dict(rows.values_list("section__code", "text"))
    texts = {code: stored[code] for code in parts if code in stored}
    found = []
    if texts:
        numbers = totals(edition, indicators=indicators, has_below=edition.report.has_below)
        found = find_in_words(edition.report, texts, indicators, numbers)
    worded = Figure.objects.filter(~Q(note="") | ~Q(text=""), edition=edition)
    return [_finding(edition, parts, one) for one in (*found, *find_in_figures(indicators, worded))]


def _of_words(part: str, text: str) -> list[InWords]:
    found = [
        InWords(part, mark.start, mark.end, SECRET.format(found=mark.found))
        for mark in find_secret_marks(text)
    ]
    found += [
        InWords(part, data.start, data.end, f"“{data.found}”: {_lower(PERSONAL_DATA)}")
        for data in find_personal_data(text)
    ]
    damaged = examine(text)
    if damaged:
        first = damaged[0]
        found.append(InWords(part, first.start, first.end, encoding_warning(damaged)))
    return found


def _finding(edition, parts: dict[str, str], one: InWords) -> TextFinding:
    if one.part == FIGURES_PART:
        return TextFinding(f"Số liệu {one.code}. {one.name}", cell_url(edition, one.code), one.text)
    also = (f"Số liệu {one.code}. {one.name}", cell_url(edition, one.code)) if one.code else None
    return TextFinding(
        parts[one.part], f"{part_url(edition, one.part)}#cho-{one.start}-{one.end}", one.text, also
    )


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
