"""What a sheet's XML tells of its cells beside their values: errors, formulas never computed, percentages.

For small workbooks only: a sheet of figures has some hundred cells. The file has been through the guards.
"""

import re
import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import BinaryIO
from xml.etree import ElementTree

from models_dv.domain.file_refusals import DamagedFile, UnsafeFile

PERCENT = "%"
NOT_COMPUTED = "Ô có công thức chưa được tính. Mở tệp bằng Excel, bấm Lưu rồi tải lên lại"
IN_ERROR = "Công thức của ô báo lỗi {error}. Sửa công thức hoặc nhập số"
MOST_CELLS, MOST_EVENTS = 60_000, 1_000_000
#: Built-in formats 0% and 0.00%.
PERCENT_FORMATS = {9, 10}
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\\.')


class CellMarks:
    """The marks of the sheets of an open workbook."""

    def __init__(self, file: BinaryIO):
        try:
            self.archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            raise DamagedFile from error
        self.names = {name.lower(): name for name in self.archive.namelist()}
        book = self._target("", "/officeDocument") or "xl/workbook.xml"
        self.sheets = self._sheets(book)
        self.percent_styles = self._percent_styles(self._related(book))
        #: Numbers of the rows, of the sheet that was read last, that nobody sees in Excel.
        self.hidden: set[int] = set()

    def of(self, title: str) -> dict[tuple[int, int], str]:
        """(row from 1, column from 0) → PERCENT, or what is wrong with the cell."""
        part, self.hidden = self.sheets.get(title), set()
        if part is None or part.lower() not in self.names:
            return {}
        found: dict[tuple[int, int], str] = {}
        row = place = count = 0
        for event, element in self._events(part):
            name = _local(element)
            if event == "start":
                if name == "row":
                    row, place = _whole(element.get("r"), row + 1), -1
                    if element.get("hidden") in ("1", "true"):
                        self.hidden.add(row)
                elif name == "c":
                    place = _column(element.get("r"), place + 1)
                continue
            if name == "c":
                count += 1
                if (mark := self._mark(element)) is not None:
                    found[row, place] = mark
            elif name == "row":
                element.clear()
            if count > MOST_CELLS:
                break
        return found

    def _mark(self, cell) -> str | None:
        value = next((child.text for child in cell if _local(child) == "v"), None)
        if cell.get("t") == "e":
            return IN_ERROR.format(error=(value or "").strip()[:20])
        if value is None and any(_local(child) == "f" for child in cell):
            return NOT_COMPUTED
        return PERCENT if _whole(cell.get("s"), 0) in self.percent_styles else None

    def _percent_styles(self, related: dict[str, tuple[str, str]]) -> set[int]:
        """Numbers of the cell styles that show a percentage."""
        part = next((target for kind, target in related.values() if kind.endswith("/styles")), "")
        if part.lower() not in self.names:
            return set()
        formats, styles, in_cells = set(PERCENT_FORMATS), [], False
        for event, element in self._events(part):
            name = _local(element)
            if name == "cellXfs":
                in_cells = event == "start"
            elif event == "end" and name == "numFmt":
                if "%" in _QUOTED.sub("", element.get("formatCode", "")):
                    formats.add(_whole(element.get("numFmtId"), 0))
            elif event == "start" and name == "xf" and in_cells:
                styles.append(_whole(element.get("numFmtId"), 0))
        return {place for place, number in enumerate(styles) if number in formats}

    def _sheets(self, book: str) -> dict[str, str]:
        """Title of each sheet → its part."""
        related, found = self._related(book), {}
        for event, element in self._events(book):
            if event == "start" and _local(element) == "sheet":
                identity = next((value for key, value in element.items() if key.endswith("}id")), "")
                if identity in related:
                    found[element.get("name", "")] = related[identity][1]
        return found

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (kind, target)."""
        name = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
        found = {}
        for event, element in self._events(name):
            if event == "start" and element.get("TargetMode") != "External" and element.get("Target"):
                target = element.get("Target")
                target = (
                    target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
                )
                found[element.get("Id", "")] = element.get("Type", ""), target
        return found

    def _target(self, part: str, kind: str) -> str | None:
        return next((target for found, target in self._related(part).values() if found.endswith(kind)), None)

    def _events(self, name: str) -> Iterator[tuple[str, ElementTree.Element]]:
        if name.lower() not in self.names:
            return
        try:
            with self.archive.open(self.names[name.lower()]) as stream:
                for count, found in enumerate(ElementTree.iterparse(stream, events=("start", "end"))):
                    if count > MOST_EVENTS:
                        raise UnsafeFile
                    yield found
        except (ElementTree.ParseError, zipfile.BadZipFile, ValueError, EOFError) as error:
            raise DamagedFile from error


def _local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else default


def _column(reference: str | None, default: int) -> int:
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return default
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1
