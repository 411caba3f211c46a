"""What differs between two states of a publication: for the person who confirms, and for two who wrote at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.domain.public_figures import show
from reports.enums import PublicationState
from reports.models import PublicationVersion, PublishedFigure, PublishedSection

TITLE, LEAD, NOTE = "Tiêu đề", "Lời dẫn", "Nội dung đính chính"
KEY = "con số chính"


@dataclass(frozen=True)
class Content:
    """The words of a version: sections as code → (title, text), figures as code → (name, words)."""

    title: str
    lead: str
    note: str = ""
    sections: dict[str, tuple[str, str]] = field(default_factory=dict)
    figures: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One thing that was (``before``) and is (``after``); "" where it was not or is no more."""

    label: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """“Thêm”, “Bỏ” or “Sửa”."""
        if not self.before:
            return "Thêm"
        return "Sửa" if self.after else "Bỏ"


def content_of(version: PublicationVersion) -> Content:
    """What a stored version holds; two queries."""
    return Content(
        title=version.title,
        lead=version.lead,
        note=version.correction_note,
        sections={section_key(s): (s.title, s.text) for s in version.sections.all()},
        figures=figure_words(version.figures.all(), version.publication.period.year),
    )


def section_key(section: PublishedSection) -> str:
    """The part's code in the outline; its place (“p2”) where it comes from a citation, which has no outline."""
    return section.code or f"p{section.order}"


def figure_words(figures: Iterable[PublishedFigure], year: int) -> dict[str, tuple[str, str]]:
    """Figures as code → (name, “1.743 mô hình; con số chính; chú thích”)."""
    words = {}
    for figure in figures:
        shown = show(figure, year)
        parts = [
            f"{shown.value} {shown.unit}".strip(),
            shown.comparison,
            KEY if figure.is_key else "",
            figure.note,
        ]
        words[figure.code] = (figure.name, "; ".join(part for part in parts if part))
    return words


def changes(old: Content, new: Content, *, with_note: bool = False) -> list[Change]:
    """Everything that differs, in the order of the page; the correction's own note only ``with_note``."""
    found = [Change(TITLE, old.title, new.title), Change(LEAD, old.lead, new.lead)]
    if with_note:
        found.append(Change(NOTE, old.note, new.note))
    for code in [*new.sections, *(code for code in old.sections if code not in new.sections)]:
        found += _section_changes(old.sections.get(code), new.sections.get(code))
    for code in [*new.figures, *(code for code in old.figures if code not in new.figures)]:
        before, after = old.figures.get(code), new.figures.get(code)
        name = (after or before)[0]
        found.append(Change(name, before[1] if before else "", after[1] if after else ""))
    return [change for change in found if change.before != change.after]


def _section_changes(before, after) -> list[Change]:
    label = f"Phần “{(after or before)[0]}”"
    old_title, old_text = before or ("", "")
    new_title, new_text = after or ("", "")
    found = [Change(label, old_text, new_text)]
    if before and after:
        found.insert(0, Change(f"{label}: tiêu đề", old_title, new_title))
    return found


def published_before(version: PublicationVersion) -> PublicationVersion | None:
    """The version that the public read before this one, if any."""
    states = [PublicationState.PUBLISHED, PublicationState.SUPERSEDED, PublicationState.WITHDRAWN]
    earlier = version.publication.versions.filter(number__lt=version.number, state__in=states)
    found = earlier.order_by("-number").first()
    if found:
        found.publication = version.publication
    return found
