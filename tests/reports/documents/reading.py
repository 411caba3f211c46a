"""Reading a PDF back: its lines with places in millimetres from the top left, its fonts, its properties."""

import io
from typing import NamedTuple

import pikepdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTCurve, LTTextContainer, LTTextLine

_MM = 72 / 25.4


class Line(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    fonts: frozenset[str]

    @property
    def is_bold(self) -> bool:
        return all("Bold" in font for font in self.fonts)

    @property
    def is_italic(self) -> bool:
        return all("Italic" in font for font in self.fonts)


class Rule(NamedTuple):
    """The lower edge of something drawn: an underline, a border."""

    left: float
    top: float
    right: float


class Page(NamedTuple):
    width: float
    height: float
    lines: list[Line]
    rules: list[Rule]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    def line(self, start: str) -> Line:
        """The only line that starts so."""
        (found,) = [line for line in self.lines if line.text.startswith(start)]
        return found


def read_pages(pdf: bytes) -> list[Page]:
    """The pages with their lines from top to bottom, left to right."""
    return [
        Page(
            width=round(page.width / _MM),
            height=round(page.height / _MM),
            lines=sorted(_lines(page), key=_place),
            rules=list(_rules(page)),
        )
        for page in extract_pages(io.BytesIO(pdf), laparams=LAParams(boxes_flow=None, char_margin=4))
    ]


def text_of(pdf: bytes) -> str:
    """All text, line after line."""
    return " ".join(page.text for page in read_pages(pdf))


def embedded_fonts(pdf: bytes) -> dict[str, bool]:
    """Name of each font used, without the tag of its subset → whether its file is inside."""
    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for font in page.resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                name = str(font.BaseFont).split("+")[1]
                found[name] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return found


def properties(pdf: bytes) -> dict[str, str]:
    """The document information, by name."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {name: str(value) for name, value in document.docinfo.items()}


def _place(line: Line) -> tuple[float, float]:
    return round(line.top), line.left


def _rules(page):
    for shape in page:
        if isinstance(shape, LTCurve) and shape.width / _MM > 5:
            yield Rule(shape.x0 / _MM, (page.height - shape.y0) / _MM, shape.x1 / _MM)


def _lines(page):
    for box in page:
        if isinstance(box, LTTextContainer):
            for line in box:
                if isinstance(line, LTTextLine) and line.get_text().strip():
                    yield _read_line(line, page.height)


def _read_line(line: LTTextLine, page_height: float) -> Line:
    chars = [char for char in line if isinstance(char, LTChar) and char.get_text().strip()]
    return Line(
        text=line.get_text().strip(),
        left=min(char.x0 for char in chars) / _MM,
        top=(page_height - max(char.y1 for char in chars)) / _MM,
        right=max(char.x1 for char in chars) / _MM,
        bottom=(page_height - min(char.y0 for char in chars)) / _MM,
        size=round(max(char.size for char in chars), 1),
        fonts=frozenset(char.fontname.split("+")[-1] for char in chars),
    )
