"""The text of a Word document as lines and tables, in the order in which they are read.

What Word shows is what counts: automatic numbers are worked out, accepted is what was inserted, gone what was
deleted; hidden text, comments, headers and pictures are left out and counted where a person should know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from models_dv.vietnamese.fold import normalize, standardised
from reports.importers.word.package import Package, TooLong, attribute, is_on, name_of, value_of
from reports.importers.word.styles import heading_level, numbering_of, read_styles

MAX_LINES = 20_000
MAX_LETTERS = 3_000_000
#: Tables inside tables further down than this are read as lines.
MAX_NESTED = 3
#: Cells that only make room for one that spans several are not added beyond.
MAX_COLUMNS = 64
#: Signs of the fonts Symbol and Wingdings, which are no letters in any other font.
PRIVATE_SIGN = re.compile("[\ue000-\uf8ff]")
#: What these signs are in the fonts Symbol and Wingdings, where they stand within words.
_SYMBOL = {0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×"}
_SYMBOL |= {0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xDB: "⇔", 0xDE: "⇒", 0x2D: "-", 0x44: "Δ", 0x53: "Σ"}
_WINGDINGS = {0xDF: "←", 0xE0: "→", 0xE8: "→", 0xF0: "→", 0xFC: "✓", 0xFE: "✓"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
#: Containers of runs whose text counts.
OPEN = {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir"}
OPEN |= {"ruby", "rubyBase"}
BLOCKS = {"sdt", "sdtContent", "customXml", "ins", "moveTo"}
#: What refers to a note, and the part in which the notes of the kind stand.
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass(frozen=True)
class Line:
    """One line: ``label`` is its automatic number (“II-”, “-”), ``lead`` its bold beginning where the rest is not.

    ``level``: 1 … of a heading style, 0 for none.
    """

    text: str
    label: str = ""
    bold: bool = False
    lead: str = ""
    centred: bool = False
    level: int = 0
    is_contents: bool = False

    @property
    def shown(self) -> str:
        """The line with its automatic number; a bare number gets a dot."""
        if not self.label:
            return self.text
        dot = "." if self.label[-1].isalnum() else ""
        return f"{self.label}{dot} {self.text}".strip()


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells; what spans several stands in the first of them. ``cells`` may hold line breaks."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[str]:
        """All lines of all cells."""
        return [line for row in self.rows for cell in row for line in cell.split("\n") if line]


Block = Line | Grid


@dataclass
class Contents:
    """A document as it was read; the counts are of what was left out."""

    blocks: list[Block] = field(default_factory=list)
    pictures: int = 0
    #: (kind, id) of each footnote where the text refers to it, and the words of these.
    notes: list[tuple[str, str]] = field(default_factory=list)
    note_lines: list[str] = field(default_factory=list)
    changes: int = 0
    #: Characters that were read in their standard form: Ð as Đ, loose marks, unseen ones.
    standardised: int = 0

    @property
    def letters(self) -> int:
        """Letters of all lines and cells."""
        return sum(
            len(block.text) if isinstance(block, Line) else sum(map(len, block.lines))
            for block in self.blocks
        )


def read_document(file: BinaryIO) -> Contents:
    """Read an open .docx that was checked. Raises a ``FileRefused``."""
    package = Package(file)
    reader = _Reader(*read_styles(package))
    for element in package.body():
        for block in reader.blocks(element):
            reader.add(block)
    reader.read_notes(package)
    return reader.contents


@dataclass
class _Run:
    """A stretch of text in one look."""

    text: str
    bold: bool


class _Reader:
    """Walks through the body of one document."""

    def __init__(self, styles, numbering):
        self.styles, self.numbering = styles, numbering
        self.contents = Contents()
        self.letters = 0

    def add(self, block: Block) -> None:
        """Keep a block, unless there are more than a report can have."""
        self.letters += len(block.text) if isinstance(block, Line) else sum(map(len, block.lines))
        if len(self.contents.blocks) >= MAX_LINES or self.letters > MAX_LETTERS:
            raise TooLong
        self.contents.blocks.append(block)

    def read_notes(self, package: Package) -> None:
        """Read the words of the footnotes to which the text refers, in its order."""
        asked, self.contents.notes = self.contents.notes, []
        found = {}
        for kind in dict.fromkeys(kind for kind, _id in asked):
            root = package.part(kind)
            found |= {(kind, attribute(note, "id")): note for note in (() if root is None else root)}
        for note in (found[one] for one in dict.fromkeys(asked) if one in found):
            words = _text_of([block for inner in note for block in self.blocks(inner)])
            self.letters += len(words)
            if self.letters > MAX_LETTERS:
                raise TooLong
            self.contents.note_lines += filter(None, [" ".join(words.split())])
        self.contents.notes = asked

    def blocks(self, element, depth: int = 0) -> Iterator[Block]:
        """The lines and tables in a child of the body, or of a cell."""
        name = name_of(element)
        if name == "p":
            yield from self._paragraph(element, depth)
        elif name == "tbl":
            yield from self._table(element, depth)
        elif name in BLOCKS:
            for inner in element:
                yield from self.blocks(inner, depth)

    # --- paragraphs ---------------------------------------------------------------------------------

    def _paragraph(self, element, depth: int) -> Iterator[Block]:
        style = self.styles.of(value_of(element, "pPr", "pStyle"))
        runs, boxes = [], []
        self._gather(element, style.bold, style.hidden, runs, boxes)
        label = ""
        if any(run.text.strip() for run in runs):
            label = self.numbering.label(numbering_of(element, style.numbering))
        aligned = value_of(element, "pPr", "jc")
        look = {
            "centred": style.centred if aligned is None else aligned == "center",
            "level": heading_level(element) or style.level,
            "is_contents": style.is_contents,
        }
        for number, line in enumerate(_lines_of(runs)):
            text, bold, lead = _look_of(line)
            if text:
                yield Line(text, label if number == 0 else "", bold, lead, **look)
        if depth <= MAX_NESTED:
            for box in boxes:
                for inner in box:
                    yield from self.blocks(inner, depth + 1)

    def _gather(self, element, bold: bool, hidden: bool, runs: list[_Run], boxes: list) -> None:
        """Collect the text below an element: its runs, and the text boxes that hang on it."""
        for inner in element:
            name = name_of(inner)
            if name in ("del", "moveFrom"):
                self.contents.changes += 1
            elif name == "r":
                self._run(inner, bold, hidden, runs, boxes)
            elif name == "~t":
                runs.append(_Run(inner.text or "", bold))
            elif name in OPEN or name.startswith("~"):
                self.contents.changes += name in ("ins", "moveTo")
                self._gather(inner, bold, hidden, runs, boxes)

    def _run(self, run, bold: bool, hidden: bool, runs: list[_Run], boxes: list) -> None:
        named = value_of(run, "rPr", "rStyle")
        style = self.styles.character(named)
        own_bold, own_hidden = is_on(run, "rPr", "b"), is_on(run, "rPr", "vanish")
        bold = own_bold if own_bold is not None else bold or style.bold
        hidden = own_hidden if own_hidden is not None else hidden or style.hidden
        for inner in run:
            name = name_of(inner)
            if name == "t" and not hidden:
                self.contents.standardised += standardised(inner.text or "")
                runs.append(_Run(_as_shown(run, inner.text or ""), bold))
            elif name in ("tab", "ptab"):
                runs.append(_Run("\t", bold))
            elif name in ("br", "cr"):
                runs.append(_Run("\n", bold))
            elif name == "noBreakHyphen":
                runs.append(_Run("-", bold))
            elif name == "sym":
                runs.append(_Run(_sign(attribute(inner, "font"), attribute(inner, "char")), bold))
            elif name in NOTES:
                self.contents.notes.append((NOTES[name], attribute(inner, "id")))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawing(inner, boxes)
            elif name == "ruby":
                self._gather(inner, bold, hidden, runs, boxes)

    def _drawing(self, element, boxes: list) -> None:
        """Text boxes of a drawing, and its pictures; of two versions of one drawing the newer counts."""
        has_newer = False
        for inner in element:
            name = name_of(inner)
            has_newer = has_newer or name == "Choice"
            if name == "txbxContent":
                boxes.append(inner)
            elif name in ("~blip", "~imagedata"):
                self.contents.pictures += 1
            elif name != "Fallback" or not has_newer:
                self._drawing(inner, boxes)

    # --- tables -------------------------------------------------------------------------------------

    def _table(self, element, depth: int) -> Iterator[Block]:
        """A table; one of a single column is a frame around lines."""
        rows = [self._row(row, depth) for row in _inside(element, "tr")]
        rows = [row for row in rows if row]
        if all(len(row) == 1 for row in rows) or depth > MAX_NESTED:
            for row in rows:
                for cell in row:
                    yield from cell
            return
        texts = tuple(tuple(_text_of(cell) for cell in row) for row in rows)
        if any(cell for row in texts for cell in row):
            yield Grid(texts)

    def _row(self, row, depth: int) -> list[list[Block]]:
        cells: list[list[Block]] = []
        for cell in _inside(row, "tc"):
            blocks = [block for inner in cell for block in self.blocks(inner, depth + 1)]
            merged = value_of(cell, "tcPr", "vMerge")
            continues = merged is not None and merged != "restart"
            cells.append([] if continues else blocks)
            span = value_of(cell, "tcPr", "gridSpan") or "1"
            if span.isdecimal() and len(span) < 4 and len(cells) < MAX_COLUMNS:
                cells += [[]] * min(int(span) - 1, MAX_COLUMNS - len(cells))
        return cells


def _as_shown(run, text: str) -> str:
    """The text of a run; a raised number stays apart from the one before it: “30²” is not “302”."""
    is_raised = value_of(run, "rPr", "vertAlign") == "superscript"
    return text.translate(_RAISED) if is_raised and text.strip().isdecimal() else text


def _sign(font: str, code: str) -> str:
    """A sign of a sign font as the letter that looks so; what is not known is taken for a bullet."""
    signs = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}.get(font.casefold(), {})
    number = int(code, 16) & 0xFF if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
    return signs.get(number, "•")


def _inside(element, wanted: str) -> Iterator:
    """Children of the name, also where content controls and marked changes stand around them."""
    for inner in element:
        name = name_of(inner)
        if name == wanted:
            yield inner
        elif name in BLOCKS:
            yield from _inside(inner, wanted)


def _text_of(cell: list[Block]) -> str:
    """A cell in words, a line for each of its lines; a table within is read row by row."""
    lines = []
    for block in cell:
        if isinstance(block, Line):
            lines.append(block.shown)
        else:
            lines += [" ".join(filter(None, row)).replace("\n", " ") for row in block.rows]
    return "\n".join(lines)


def _lines_of(runs: list[_Run]) -> Iterator[list[_Run]]:
    """The runs of each line of a paragraph with line breaks."""
    line: list[_Run] = []
    for run in runs:
        *before, last = re.split("[\n\r\u2028]", run.text)
        for text in before:
            yield [*line, _Run(text, run.bold)]
            line = []
        line.append(_Run(last, run.bold))
    yield line


def _look_of(line: list[_Run]) -> tuple[str, bool, str]:
    """(text, whether all of it is bold, its bold beginning where not all is)."""
    text = clean("".join(run.text for run in line))
    lead = []
    for run in line:
        if not run.bold and run.text.strip(" \t\u00a0:.;,-–"):
            break
        lead.append(run.text)
    bold_text = clean("".join(lead))
    if bold_text == text:
        return text, any(run.bold and run.text.strip() for run in line), ""
    has_bold = any(run.bold and run.text.strip() for run in line[: len(lead)])
    return text, False, bold_text if has_bold else ""


def clean(text: str) -> str:
    """One line in the form in which text is stored; signs of sign fonts become a bullet."""
    text = PRIVATE_SIGN.sub("•", text)
    return _SPACES.sub(" ", normalize(text).replace("\n", " ")).strip()
