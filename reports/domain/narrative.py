"""Plain structured text: what people type in a part of a report, read into blocks.

The text of a part has no styling, only structure (decision 11 of the architecture):

- every line is a paragraph; blank lines are only air;
- ``- việc thứ nhất`` is an item of a bullet list (the signs that Word leaves behind count too: ``•``, ``·``,
  ``▪`` …, and the letters that its sign fonts show as such, ``§``, ``ü``, ``Ø``, ``o``, before a tab);
- ``1. việc thứ nhất`` is an item of a numbered list, which keeps the number it was given;
- ``| Tên | Số |`` is a row of a table; the first of several rows is its heading, a row of dashes is only a
  rule.

Whatever does not fit is a paragraph: no text is ever lost, and nothing is an error. The blocks hold plain
text; ``components/narrative.html`` shows them, escaped, on pages and in the PDF.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

MAX_COLUMNS = 12
"""A row with more cells fits no page: it is read as a paragraph."""

_BULLET = re.compile(r"[-–•·●▪■◦○➢➤✓✔\uf000-\uf0ff]\s+(?=\S)")
#: A bullet of Wingdings or Courier as Word puts it on the clipboard: a letter and a tab.
_WORD_BULLET = re.compile(r"^[ \u00a0]*[§üØvo][ \u00a0]*\t\s*(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_RULE_CELL = re.compile(r":?-+:?")
_CELL_END = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"[-+−]?\d[\d.,\s]*%?")
_SPACES = re.compile(" {2,}")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of text."""

    text: str
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class BulletList:
    """Items of a ``- `` list, in order."""

    items: tuple[str, ...]
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True)
class NumberedList:
    """Items of a ``1. `` list, numbered on from ``start``."""

    items: tuple[str, ...]
    start: int = 1
    kind: ClassVar[str] = "numbers"


@dataclass(frozen=True)
class Cell:
    """One cell of a table; a number stands at the right."""

    text: str

    @property
    def is_number(self) -> bool:
        """Whether it holds a figure alone: “1.743”, “-6,5%”."""
        return _NUMBER.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Table:
    """A table whose rows all have the same number of cells; ``head`` is empty when it has a single row."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: ClassVar[str] = "table"

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than a page gives room to; those share the width alike."""
        return len(self.rows[0]) > 6


Block = Paragraph | BulletList | NumberedList | Table


def parse_narrative(text: str) -> tuple[Block, ...]:
    """Read the text of a part into blocks, in the order typed.

    Takes any string: Windows or old Mac line ends, tabs, control characters left by a conversion. Linear in
    the length of the text.
    """
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    for line in _clean_lines(text):
        cells = _read_row(line)
        if cells is not None:
            rows.append(cells)
            continue
        blocks.extend(_read_table(rows))
        rows = []
        if line:
            _append_line(blocks, line)
    blocks.extend(_read_table(rows))
    return tuple(_freeze(block) for block in blocks)


def _clean_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        line = _WORD_BULLET.sub("- ", line).replace("\t", " ")
        yield _SPACES.sub(" ", _INVISIBLE.sub("", line)).strip()


def _read_row(line: str) -> tuple[Cell, ...] | None:
    """The cells of a table row, none for a row of bars alone, None when the line is not a row."""
    if not line.startswith("|"):
        return None
    if not line.strip("| "):
        return ()
    parts = _CELL_END.split(line[1:])
    if not parts[-1].strip():
        parts.pop()
    if len(parts) > MAX_COLUMNS:
        return None
    return tuple(Cell(part.strip().replace("\\|", "|")) for part in parts)


def _read_table(rows: list[tuple[Cell, ...]]) -> Iterator[Table]:
    kept = [row for row in rows if not all(_RULE_CELL.fullmatch(cell.text) for cell in row)]
    if not kept:
        return
    width = max(len(row) for row in kept)
    squared = tuple(row + (Cell(""),) * (width - len(row)) for row in kept)
    if len(squared) == 1:
        yield Table(head=(), rows=squared)
    else:
        yield Table(head=squared[0], rows=squared[1:])


@dataclass
class _OpenList:
    """A list that may still grow."""

    items: list[str]
    start: int | None


def _append_line(blocks: list, line: str) -> None:
    """Add a line that is not a table row; an item joins the list right before it."""
    if match := _BULLET.match(line):
        start = None
    elif match := _NUMBERED.match(line):
        start = int(match[1])
    else:
        blocks.append(Paragraph(line))
        return
    item = line[match.end() :]
    last = blocks[-1] if blocks else None
    if isinstance(last, _OpenList) and _continues(last, start):
        last.items.append(item)
    else:
        blocks.append(_OpenList([item], start))


def _continues(last: _OpenList, number: int | None) -> bool:
    if last.start is None or number is None:
        return last.start is number
    return number == last.start + len(last.items)


def _freeze(block: "Block | _OpenList") -> Block:
    if not isinstance(block, _OpenList):
        return block
    if block.start is None:
        return BulletList(tuple(block.items))
    return NumberedList(tuple(block.items), block.start)
