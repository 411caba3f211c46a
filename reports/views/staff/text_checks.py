"""What the check page says of the words of a report: numbers unlike the table, marks that must not be there."""

from dataclasses import dataclass

from models_dv.vietnamese.personal_data import WARNING as PERSONAL_DATA
from models_dv.vietnamese.personal_data import find_personal_data
from models_dv.vietnamese.state_secrets import WARNING as SECRET
from models_dv.vietnamese.state_secrets import find_secret_marks
from models_dv.vietnamese.text_doctor import encoding_warning, examine
from reports.domain.consolidation import totals
from reports.domain.mismatches import find_mismatches
from reports.models import Indicator, SectionText
from reports.views.staff.editor_frame import part_url
from reports.views.staff.figure_rows import cell_url


@dataclass(frozen=True)
class TextFinding:
    """One thing in the words of a part, with the way there; ``also``: (words, address) of the other place."""

    place: str
    url: str
    text: str
    also: tuple[str, str] | None = None


def text_findings(edition, parts: dict[str, str]) -> list[TextFinding]:
    """In the order of the parts (headings by code); none of it stands in the way of handing in."""
    rows = SectionText.objects.filter(edition=edition).exclude(text="")
    stored = dict(rows.values_list("section__code", "text"))
    texts = {code: stored[code] for code in parts if code in stored}
    if not texts:
        return []
    indicators = list(Indicator.objects.filter(version_id=edition.report.round.outline_version_id))
    numbers = totals(edition, indicators=indicators, has_below=edition.report.has_below)
    year = edition.report.round.period.year
    found: dict[str, list[TextFinding]] = {
        code: _of_words(edition, code, parts, text) for code, text in texts.items()
    }
    for one in find_mismatches(texts, indicators, numbers, year=year):
        also = (f"Số liệu {one.code}. {one.name}", cell_url(edition, one.code))
        found[one.part].append(_finding(edition, one.part, parts, one.start, one.end, one.message, also))
    return [finding for findings in found.values() for finding in findings]


def _of_words(edition, code: str, parts, text: str) -> list[TextFinding]:
    found = [
        _finding(edition, code, parts, mark.start, mark.end, SECRET.format(found=mark.found))
        for mark in find_secret_marks(text)
    ]
    found += [
        _finding(edition, code, parts, data.start, data.end, f"“{data.found}”: {_lower(PERSONAL_DATA)}")
        for data in find_personal_data(text)
    ]
    damaged = examine(text)
    if damaged:
        first = damaged[0]
        found.append(_finding(edition, code, parts, first.start, first.end, encoding_warning(damaged)))
    return found


def _finding(edition, code, parts, start, end, text, also=None) -> TextFinding:
    return TextFinding(parts[code], f"{part_url(edition, code)}#cho-{start}-{end}", text, also)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
