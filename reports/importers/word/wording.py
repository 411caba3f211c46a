"""Lines and tables of a document → the plain structured text of a part (``domain/narrative.py``)."""

import re
from collections.abc import Sequence

from reports.domain.narrative import MAX_COLUMNS
from reports.importers.word.reader import Block, Grid, Line

#: Signs with which people begin an item by hand; “+” of a second level stays as it was typed.
_TYPED_BULLET = re.compile(r"[•●▪■◦○*➢➤✓→]\s*(?=\S)")


def plain_text(blocks: Sequence[Block]) -> str:
    """Every line a paragraph, “- ” for bullets, numbers as Word showed them, “| a | b |” for rows of tables."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            lines += ["", *table_lines(block), ""]
        else:
            lines.append(line_text(block))
    return "\n".join(lines).strip("\n")


def line_text(line: Line) -> str:
    """One line; a sign that stands for a bullet becomes “- ”, one within the words stays what it is."""
    sign = None if line.label else _TYPED_BULLET.match(line.shown)
    return f"- {line.shown[sign.end() :]}" if sign else line.shown


def table_lines(grid: Grid) -> list[str]:
    """The rows of a table; one with more columns than a page holds becomes paragraphs."""
    width = max(len(row) for row in grid.rows)
    filled = [place for place in range(width) if any(place < len(row) and row[place] for row in grid.rows)]
    lines = []
    for row in grid.rows:
        cells = [row[place].replace("\n", " ") if place < len(row) else "" for place in filled]
        if not any(cells):
            continue
        if len(cells) > MAX_COLUMNS:
            lines.append("; ".join(cell for cell in cells if cell))
        else:
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return lines
