"""The page on which a Word file is looked at before it is saved: its headings, the parts, and words to mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models_dv.vietnamese.numbers import format_number
from models_dv.views.badges import Badge
from reports.domain.checks import FIGURES_PART
from reports.domain.narrative import parse_narrative
from reports.domain.report_imports import TextChange
from reports.forms.imports import Way, WordChoices
from reports.forms.sections import LONGEST_TEXT, joined
from reports.importers.damage import Damage, damage_of, mended
from reports.importers.report_word import composed
from reports.importers.word.mapping import GROUP, MATCHED, UNMATCHED, UNSURE
from reports.models import OutlineSection, ReportEdition, SectionText
from reports.views.staff.base import why_locked
from reports.views.staff.editor_frame import heading
from reports.views.staff.parts import Part, parts_of

BADGES = {
    MATCHED: Badge("Khớp", "ok", "check"),
    UNSURE: Badge("Chưa rõ", "warn", "warning"),
    UNMATCHED: Badge("Không khớp phần nào", "warn", "warning"),
    GROUP: Badge("Mục lớn, chưa rõ phần", "warn", "warning"),
}
CHOSEN = Badge("Đã chọn", "info", "check")
NO_HEADING = "(Đoạn đứng trước đề mục đầu tiên)"
SAMPLE = 110


@dataclass(frozen=True)
class PieceRow:
    """A heading of the document and the part into which its text goes."""

    place: int
    heading: str
    sample: str
    words: int
    code: str
    likely: list[Part]
    badge: Badge
    is_clear: bool


@dataclass
class PartRow:
    """A part for which the document has text, beside what it holds now."""

    part: Part
    text: str
    stored: SectionText | None
    way: Way
    locked: str
    error: str = ""

    @property
    def heading(self) -> str:
        """“II.3. Dân vận của lực lượng vũ trang”."""
        return heading(self.part)

    @property
    def blocks(self):
        """The document's text as it is read."""
        return parse_narrative(self.text)

    @property
    def stored_blocks(self):
        """What the part holds now, as it is read."""
        return parse_narrative(self.stored.text) if self.holds_text else ()

    @property
    def holds_text(self) -> bool:
        """Whether something is written in the part."""
        return self.stored is not None and bool(self.stored.text.strip())

    @property
    def is_taken(self) -> bool:
        """Whether the document's text goes into it."""
        return self.way != Way.SKIP and not self.locked

    @property
    def revision(self) -> str:
        """For the form's hidden field."""
        return str(self.stored.revision if self.stored else 0)

    @property
    def ways(self) -> list[tuple[str, str, bool]]:
        """(value, word, whether it is chosen) of what may be done; adding to nothing is not offered."""
        offered = Way if self.holds_text else (Way.REPLACE, Way.SKIP)
        labels = {Way.REPLACE: "Thay" if self.holds_text else "Nhập"}
        return [(way.value, labels.get(way, way.label), way == self.way) for way in offered]

    @property
    def word_count(self) -> int:
        """Words of the document's text."""
        return len(self.text.split())


@dataclass
class WordSheet:
    """Everything of the page but its tables of figures."""

    parts: list[Part]
    pieces: list[PieceRow]
    rows: list[PartRow]
    damages: list[Damage]
    sections: dict[int, OutlineSection] = field(default_factory=dict)

    @property
    def taken(self) -> list[PartRow]:
        """Parts into which the text goes."""
        return [row for row in self.rows if row.is_taken]

    @property
    def left(self) -> list[PartRow]:
        """Parts for which the document has text that is not taken."""
        return [row for row in self.rows if not row.is_taken]

    @property
    def asked(self) -> list[PieceRow]:
        """Pieces about which the person is asked."""
        return [row for row in self.pieces if not row.is_clear]

    @property
    def clear(self) -> list[PieceRow]:
        """Pieces that fit a part."""
        return [row for row in self.pieces if row.is_clear]

    @property
    def errors(self) -> list[str]:
        """What keeps parts from being saved."""
        return [row.error for row in self.rows if row.error]

    def changes(self, choices: WordChoices) -> list[TextChange]:
        """What is to be saved of the texts."""
        found = []
        for row in self.taken:
            text = mended(row.text, choices.mend)
            is_added = row.way == Way.APPEND and row.stored is not None
            if is_added:
                text = joined(row.stored.text, text)
            base = choices.bases.get(row.part.code, 0)
            found.append(TextChange(self.sections[row.part.section_id], text, base, is_added))
        return found


def narrative_parts(edition: ReportEdition) -> list[Part]:
    """The parts that hold text."""
    return [part for part in parts_of(edition.report) if part.code != FIGURES_PART]


def word_sheet(
    user, edition: ReportEdition, content: Mapping, choices: WordChoices, parts: Sequence[Part]
) -> WordSheet:
    """The page for what was read and chosen, beside what the edition holds now."""
    stored = {
        text.section_id: text
        for text in SectionText.objects.filter(edition=edition).select_related("updated_by")
    }
    texts = composed(content)
    rows = [
        _part_row(user, edition, part, texts[part.code], stored.get(part.section_id), choices)
        for part in parts
        if part.code in texts
    ]
    sections = OutlineSection.objects.in_bulk([row.part.section_id for row in rows])
    pieces = [_piece_row(place, piece, parts) for place, piece in enumerate(content["pieces"])]
    return WordSheet(
        list(parts), [row for row in pieces if row is not None], rows, damage_of(texts.values()), sections
    )


def _piece_row(place: int, piece: Mapping, parts: Sequence[Part]) -> PieceRow | None:
    """None for a heading that is not matched and has nothing of its own: only the ones below it hold text."""
    if piece["status"] != MATCHED and not piece["text"].strip():
        return None
    is_chosen = piece["code"] != piece["auto"]
    is_clear = piece["status"] == MATCHED
    text = " ".join(piece["text"].split())
    return PieceRow(
        place,
        piece["heading"] or NO_HEADING,
        text[:SAMPLE] + ("…" if len(text) > SAMPLE else ""),
        len(text.split()),
        piece["code"],
        [part for part in parts if part.code in piece["likely"]],
        CHOSEN if is_chosen else BADGES[piece["status"]],
        is_clear,
    )


def _part_row(user, edition, part: Part, text: str, stored, choices: WordChoices) -> PartRow:
    locked = why_locked(user, edition, part.code)
    holds_text = stored is not None and bool(stored.text.strip())
    way = choices.ways.get(part.code, Way.SKIP if holds_text else Way.REPLACE)
    row = PartRow(part, text, stored, Way.SKIP if locked else way, locked)
    length = len(text) + (len(stored.text) if row.way == Way.APPEND and stored else 0)
    if row.way != Way.SKIP and length > LONGEST_TEXT:
        row.error = (
            f"Phần {row.heading} sẽ dài {format_number(length)} chữ cái, nhiều nhất {format_number(LONGEST_TEXT)}. "
            "Xếp bớt đề mục sang phần khác hoặc chọn “Bỏ qua”"
        )
    return row
