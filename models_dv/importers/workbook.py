"""Opening an uploaded .xlsx: how far its cells reach, where the headers stand, row after row of raw cells.

The file has been through ``domain.file_guards`` when it was taken in. One thing more must be known before the
parser sees it: it keeps a whole sheet as a rectangle, so a single far cell would fill the memory.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from models_dv.domain.file_refusals import DamagedFile, UnsafeFile
from models_dv.domain.sheets import Column, SheetKind
from models_dv.errors import ExpectedError
from models_dv.importers.cells import is_empty, words_of
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import format_number

MAX_ROWS = 50_000
#: Cells of the rectangle that holds all; about 32 bytes each in memory.
MAX_CELLS = 2_500_000
MAX_SHEETS = 20
#: Headers stand in one of the first rows, below a title or two.
HEADER_ROWS = 15
#: The sheet of the template that explains.
GUIDE_SHEET = "Hướng dẫn"
#: Mark of the template's sample row, in the column before the first.
SAMPLE_MARK = "ví dụ"
PIECE = 1024 * 1024
REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
LONGEST_REFERENCE = 40
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_BESIDE_HEADER = re.compile(r"\(.*?\)|[*:]")


class TooWide(ExpectedError):
    """A sheet that reaches further than is read."""

    def __init__(self, rows: int, columns: int):
        super().__init__(
            f"Trang tính trải đến dòng {format_number(rows)}, cột thứ {format_number(columns)}; một lần nhập "
            f"nhiều nhất {format_number(MAX_ROWS)} dòng. Chép riêng vùng có dữ liệu sang tệp mẫu, hoặc chia "
            "thành nhiều tệp, rồi tải lên"
        )


class WrongColumns(ExpectedError):
    """The headers are not those of the template."""


class SeveralSheets(ExpectedError):
    """Data of the kind on more than one sheet: none of it is passed over in silence."""

    def __init__(self, names: Sequence[str]):
        super().__init__(
            f"Tệp có dữ liệu ở {len(names)} trang tính: {', '.join(names)}. Mỗi lần nhập đọc một trang: chép các "
            "dòng về cùng một trang, hoặc tách thành nhiều tệp, rồi tải lên"
        )


@dataclass(frozen=True)
class OpenSheet:
    """The sheet with the data: where each column of the kind stands, and what is in the rows below the headers."""

    sheet: CalamineSheet
    header_row: int
    #: Place in a raw row of every column of the kind; None where the file does not have it.
    places: tuple[int | None, ...]
    #: Headers of the whole row, as they stand in the file.
    headers: tuple[str, ...]
    #: Headers of the file that are not read.
    unused: tuple[str, ...]
    #: Place of the column in which the template marks its sample row; None where it is not there.
    mark_place: int | None
    #: Words of the template's sample row, in the order of the kind's columns.
    sample: tuple[str, ...] = ()
    #: Names of the other sheets that hold something, but for the template's own.
    left: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Rows below the headers, empty ones included."""
        return max(0, (self.sheet.end[0] if self.sheet.end else 0) - self.header_row)

    def rows(self) -> Iterator[tuple[int, list]]:
        """(number in Excel, raw cells of the whole row) of every row that holds something of the kind.

        The template's own sample row is left out: the first row, marked, with nothing in it changed.
        """
        places = [place for place in self.places if place is not None]
        first = self.header_row + 2
        for number, raw in enumerate(self.sheet.iter_rows(), start=1):
            if number < first or (number == first and self.is_marked(raw) and self._is_untouched(raw)):
                continue
            if not all(is_empty(raw[place]) for place in places):
                yield number, raw

    def cells(self, raw: Sequence) -> list:
        """The cells of a raw row in the order of the kind's columns."""
        return ["" if place is None else raw[place] for place in self.places]

    def is_marked(self, raw: Sequence) -> bool:
        """Whether the row bears the mark of a sample."""
        if self.mark_place is None or not isinstance(raw[self.mark_place], str):
            return False
        return fold(raw[self.mark_place]) == fold(SAMPLE_MARK)

    def _is_untouched(self, raw: Sequence) -> bool:
        """Whether the columns that the file has say what the template said."""
        return all(
            place is None or words_of(raw[place]) == words
            for place, words in zip(self.places, self.sample, strict=True)
        )


def open_sheet(file, kind: SheetKind) -> OpenSheet:
    """The one sheet of the open file with data under the kind's headers, else that whose headers fit best.

    Raises TooWide, WrongColumns, SeveralSheets, DamagedFile, UnsafeFile.
    """
    check_extent(file)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names[:MAX_SHEETS]}
        found = {name: opened for name, sheet in sheets.items() if (opened := _headers(sheet, kind))}
        full = [
            name for name, opened in found.items() if not _missing(opened, kind.columns) and _holds(opened)
        ]
        name = full[0] if full else max(found, key=lambda name: _fitting(found[name]), default=None)
    except CalamineError as error:
        raise DamagedFile from error
    if len(full) > 1:
        raise SeveralSheets(full)
    if name is None:
        raise WrongColumns(
            f"Không tìm thấy dòng tiêu đề của mẫu “{kind.title}”. Tải mẫu, chép dữ liệu vào đúng cột rồi tải lên"
        )
    best = found[name]
    missing = _missing(best, kind.columns)
    if missing:
        names = ", ".join(f"“{column.header}”" for column in missing)
        raise WrongColumns(f"Tệp thiếu cột {names}. Thêm cột này vào dòng tiêu đề như trong mẫu rồi tải lên")
    others = [
        other for other, sheet in sheets.items() if other not in (name, GUIDE_SHEET) and _is_filled(sheet)
    ]
    return replace(best, left=(*others, *book.sheet_names[MAX_SHEETS:]))


def _holds(sheet: OpenSheet) -> bool:
    """Whether a row stands below the headers."""
    return any(True for _row in sheet.rows())


def _is_filled(sheet: CalamineSheet) -> bool:
    return any(not is_empty(cell) for row in sheet.iter_rows() for cell in row)


def check_extent(file) -> None:
    """Refuse a file of which one sheet reaches too far, by the cells that it names; nothing is parsed."""
    file.seek(0)
    cells = 0
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if SHEET_PART.fullmatch(entry.filename):
                    with archive.open(entry) as stream:
                        rows, width = _extent(stream)
                    cells += rows * width
                    if rows > MAX_ROWS + HEADER_ROWS or cells > MAX_CELLS:
                        raise TooWide(rows, width)
    except zipfile.BadZipFile as error:
        raise DamagedFile from error


def _extent(stream) -> tuple[int, int]:
    """The last row and the last column that a sheet names."""
    rows, columns, before = 0, set(), b""
    while piece := stream.read(PIECE):
        if b"\0" in piece:
            raise UnsafeFile
        for letters, digits in REFERENCE.findall(before + piece):
            columns.add(letters)
            rows = max(rows, int(digits[:9]))
        before = piece[-LONGEST_REFERENCE:]
    return rows, max((_column_number(letters) for letters in columns), default=1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - 64
    return max(number, 1)


def _headers(sheet: CalamineSheet, kind: SheetKind) -> OpenSheet | None:
    """The row among the first that holds most of the kind's headers; None when none holds two."""
    wanted = {_key(name): index for index, column in enumerate(kind.columns) for name in _names(column)}
    best, most = None, 1
    for number, raw in enumerate(sheet.iter_rows()):
        if number >= HEADER_ROWS:
            break
        keys = [_key(words_of(cell)) for cell in raw]
        hits = [key for key in keys if key in wanted]
        if len(hits) > most:
            best, most = (number, raw, keys), len(hits)
    if best is None:
        return None
    number, raw, keys = best
    places: list[int | None] = [None] * len(kind.columns)
    for place, key in enumerate(keys):
        if key not in wanted:
            continue
        if places[wanted[key]] is not None:
            header = kind.columns[wanted[key]].header
            raise WrongColumns(f"Cột “{header}” có hai lần. Xoá hoặc đổi tên một cột rồi tải lên")
        places[wanted[key]] = place
    headers = tuple(words_of(cell) for cell in raw)
    unused = tuple(headers[place] for place, key in enumerate(keys) if key not in (*wanted, *OURS, ""))
    mark = keys.index("stt") if "stt" in keys else None
    sample = tuple(words_of(column.example) for column in kind.columns)
    return OpenSheet(sheet, number, tuple(places), headers, unused, mark, sample)


#: Columns of our own files that are not data.
OURS = ("stt", "dong", "loi")


def is_data_header(header: str) -> bool:
    """Whether a column under this header may hold data; not one that our own files add."""
    return bool(_key(header)) and _key(header) not in OURS


def _names(column: Column) -> tuple[str, ...]:
    return (column.header, *column.aliases)


def _key(text: str) -> str:
    """A header as it is compared: without accents, case, stars, and what stands in brackets."""
    return " ".join(fold(_BESIDE_HEADER.sub(" ", text)).replace("-", " ").split())


def _fitting(sheet: OpenSheet) -> int:
    return sum(place is not None for place in sheet.places)


def _missing(sheet: OpenSheet, columns: Sequence[Column]) -> list[Column]:
    return [
        column
        for column, place in zip(columns, sheet.places, strict=True)
        if place is None and column.required
    ]
