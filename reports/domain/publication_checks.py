"""The checklist before a publication is sent to be confirmed: what is missing, what to look at once more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import NumberError, format_number, parse_number
from models_dv.vietnamese.personal_data import WARNING, find_personal_data
from models_dv.vietnamese.text_doctor import encoding_warning, examine
from reports.domain.publication_changes import section_key
from reports.domain.publication_content import KEY_FIGURES
from reports.enums import PublicationState
from reports.models import PublicationVersion

ERROR, WARN, OK = "error", "warn", "ok"
#: Places of a version, as anchors of the page where it is written.
TITLE, LEAD, NOTE, SECTIONS, FIGURES = "title", "lead", "correction_note", "sections", "figures"

_NUMBER = r"(?<![\d.,])(\d[\d.]*(?:,\d+)?) "
_SHORTEST_NAME = 2  # words; “Hộ” alone says too little


@dataclass(frozen=True)
class Line:
    """One line: ``kind`` error (must be mended), warn (look again) or ok; ``place`` names where."""

    kind: str
    text: str
    place: str = ""


@dataclass(frozen=True)
class Passage:
    """Public words with the name of where they stand."""

    name: str
    text: str
    place: str


def checklist(version: PublicationVersion) -> list[Line]:
    """Every line, what must be mended first."""
    sections, figures = list(version.sections.all()), list(version.figures.all())
    passages = list(_passages(version, sections, figures))
    lines = [*_missing(version, sections, figures), *_source(version)]
    lines += _personal_data(passages) or [Line(OK, "Không thấy số điện thoại, số định danh cá nhân")]
    lines += _damage(passages) or [Line(OK, "Không thấy từ nghi sai bảng mã")]
    lines += _numbers(passages, figures) or [Line(OK, "Các số tìm thấy trong lời đều khớp số liệu đã chọn")]
    lines += _key_figures(figures)
    return sorted(lines, key=lambda line: (ERROR, WARN, OK).index(line.kind))


def _passages(version, sections, figures) -> Iterator[Passage]:
    yield Passage("tiêu đề", version.title, TITLE)
    yield Passage("lời dẫn", version.lead, LEAD)
    yield Passage("nội dung đính chính", version.correction_note, NOTE)
    for section in sections:
        yield Passage(
            f"phần “{section.title}”", f"{section.title}\n{section.text}", section_place(section_key(section))
        )
    for figure in figures:
        if figure.note:
            yield Passage(f"chú thích “{figure.name}”", figure.note, FIGURES)


def section_place(code: str) -> str:
    """Anchor of a part."""
    return f"section-{code}"


def _missing(version, sections, figures) -> list[Line]:
    lines = []
    if not version.title:
        lines.append(Line(ERROR, "Chưa nhập tiêu đề", TITLE))
    if not version.lead:
        lines.append(Line(ERROR, "Chưa nhập lời dẫn", LEAD))
    if not sections and not figures:
        lines.append(Line(ERROR, "Chưa chọn phần hoặc chỉ tiêu nào để công bố", SECTIONS))
    if is_correction(version) and not version.correction_note:
        lines.append(Line(ERROR, "Chưa ghi nội dung đính chính", NOTE))
    return lines


def is_correction(version: PublicationVersion) -> bool:
    """Whether the version is to replace one that the public reads now."""
    current = version.publication.current
    return current is not None and current.pk != version.pk and current.state == PublicationState.PUBLISHED


def is_outdated(version: PublicationVersion) -> bool:
    """Whether the report has an edition in force other than the one that the version is written from."""
    report = version.publication.report
    return report is not None and version.edition_id is not None and report.in_force_id != version.edition_id


def _source(version) -> list[Line]:
    if not is_outdated(version):
        return []
    text = "Báo cáo đã có bản khác có hiệu lực. Huỷ dự thảo này rồi soạn lại để lấy số liệu mới"
    return [Line(ERROR, text)]


def _personal_data(passages) -> list[Line]:
    return [
        Line(WARN, f"“{item.found}” ở {passage.name}: {WARNING[0].lower()}{WARNING[1:]}", passage.place)
        for passage in passages
        for item in find_personal_data(passage.text)
    ]


def _damage(passages) -> list[Line]:
    found = [(passage, encoding_warning(examine(passage.text))) for passage in passages]
    return [Line(WARN, f"Ở {p.name}: {warning}", p.place) for p, warning in found if warning]


def _numbers(passages, figures) -> list[Line]:
    """Where the words give another number before the name of a chosen figure, and nowhere its own."""
    names = {figure.code: fold(figure.name) for figure in figures}
    folded = [(passage, fold(passage.text)) for passage in passages]
    lines = []
    for figure in figures:
        name = names[figure.code]
        if len(name.split()) < _SHORTEST_NAME or figure.value is None:
            continue
        longer = [n[len(name) :] for n in names.values() if n.startswith(name + " ")]
        found = [(p, value) for p, text in folded for value in _values_before(name, longer, text)]
        if found and all(value != figure.value for _passage, value in found):
            passage, value = found[0]
            words = f"“{figure.name}”: phần lời ghi {format_number(value)}, phụ lục ghi {format_number(figure.value)}"
            lines.append(Line(WARN, words, passage.place))
    return lines


def _values_before(name: str, longer: list[str], text: str) -> Iterator:
    """Numbers right before a name, unless the name goes on to one of the longer ones."""
    for match in re.finditer(_NUMBER + re.escape(name) + r"(?!\w)", text):
        if any(text.startswith(rest, match.end()) for rest in longer):
            continue
        try:
            yield parse_number(match[1], integer=False).value
        except NumberError:
            continue


def _key_figures(figures) -> list[Line]:
    if not figures:
        return []
    count = sum(figure.is_key for figure in figures)
    if not count:
        return [Line(WARN, f"Chưa chọn con số chính (nhiều nhất {KEY_FIGURES}) để mở đầu trang", FIGURES)]
    return [Line(OK, f"{count} con số chính mở đầu trang")]
