"""Tables of figures in any layout: where codes, names and values stand, and which indicator a row tells of.

The same for our own template, a unit's own workbook and a table in Word. By code where there are codes, else by
the whole name; what is only like an indicator, or like two, is asked about. Nothing is read twice: two rows of one
indicator are both asked about.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from models_dv.importers.cells import is_empty, words_of
from models_dv.vietnamese.fold import fold
from reports.importers.figure_values import StoredCell, cell_words, says_value
from reports.importers.matching import IN_ROWS, Names, clear_one
from reports.importers.word.headings import read_number
from reports.models import Indicator

CLEAR, ASKED, UNKNOWN, COMPUTED, FOREIGN = "clear", "asked", "unknown", "computed", "foreign"
LEAST, MARGIN = 0.66, 0.12
#: A row may mean an indicator that is so like it; then a few less like ones are named as well.
LEAST_LIKELY, LIKELY_SHOWN, LEAST_SHOWN = 0.38, 5, 0.25
#: A row says the code of one indicator and the name of another when it is so much more like the other.
CONTRADICTS = 0.25
MOST_COLUMNS, HEADER_ROWS = 16, 4
LONGEST_NAME = 300
#: Rows that decide which column is which.
ROWS_LOOKED_AT = 300
#: Rows of a table that tell of indicators, before it counts as a table of figures.
LEAST_ROWS = 2

NAME_HEADERS = {"chi tieu", "noi dung", "noi dung chi tieu", "ten chi tieu"}
_HEADER = re.compile(
    r"(?:so )?t ?t|stt|ma(?: so| chi tieu)?|chi tieu|noi dung.*|ten.*|don vi(?: tinh)?|dvt|so lieu.*|ket qua.*"
    r"|thuc hien.*|so luong|tong so|ghi chu.*|cung ky.*|ke hoach.*|so sanh.*|quy [ivx]+|cua don vi|tang,? giam"
    r"|(?:nam|ky) (?:truoc|nay)|(?:nam )?(?:19|20)\d\d"
)
NOTES = re.compile(r"ghi chu\b.*|.*\bly do\b.*|giai trinh\b.*")
OUR_VALUES, OUR_MARKS = "so lieu", "doi chieu"
_NO_VALUES = re.compile(
    r"(?:so )?t ?t|stt|don vi(?: tinh)?|dvt|.*\bcung ky\b.*|.*\bky truoc\b.*|.*\bnam truoc\b.*|.*\bke hoach\b.*"
    r"|.*\bso sanh\b.*|.*\btang\b.*|.*\bgiam\b.*|.*\bty le\b.*|.*%.*|.*\bchi tieu giao\b.*"
)
_VALUES = re.compile(
    r".*\b(?:so lieu|ket qua|thuc hien|ky nay|nam nay|so luong|tong so|tong cong|cua don vi|trong ky)\b.*"
)
#: In a name these say nothing; “Số …” is passed over already.
_COUNTS = {"tong", "luong"}
#: Units of which another one makes another number.
_SCALES = {"dong", "nghin dong", "ngan dong", "trieu dong", "ty dong", "ti dong", "m2", "ha", "km2", "sao"}
_COUNTER = re.compile(r"(?:so )?t ?t|stt")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")

Cells = Sequence[StoredCell]


@dataclass(frozen=True)
class Column:
    """A column that may hold the values."""

    place: int
    header: str


@dataclass(frozen=True)
class FigureRow:
    """A row: its number in the sheet, its name, the indicator it tells of and the cell with the value.

    ``likely``: codes that may be meant, one where it is clear. ``mark``: what our template wrote of the figure
    when it was made, None in other tables.
    """

    number: int
    name: str
    status: str
    likely: tuple[str, ...]
    cell: StoredCell
    note: str = ""
    mark: str | None = None

    @property
    def code(self) -> str:
        """The indicator, "" where it is not clear."""
        return self.likely[0] if self.status in (CLEAR, COMPUTED, FOREIGN) else ""


@dataclass(frozen=True)
class FigureTable:
    """A table of figures: its rows, the column that was read (None: not clear which) and the others it could be."""

    rows: tuple[FigureRow, ...]
    columns: tuple[Column, ...]
    column: Column | None

    @property
    def found(self) -> int:
        """Rows that tell of an indicator, or may."""
        return sum(row.status != UNKNOWN for row in self.rows)


class IndicatorNames:
    """The indicators of an outline as they are looked for: by a unit of the ``level``, for a period of the ``year``."""

    def __init__(self, indicators: Sequence[Indicator], level: str, year: int = 0):
        self.by_code = {indicator.code: indicator for indicator in indicators}
        self.level, self.year = level, year
        self.names = Names({code: indicator.name for code, indicator in self.by_code.items()}, same=IN_ROWS)
        self._found: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}

    def status(self, code: str) -> str:
        """Whether a unit of the level enters the indicator."""
        indicator = self.by_code[code]
        if not indicator.is_typed:
            return COMPUTED
        return CLEAR if indicator.for_level(self.level) else FOREIGN

    def by_name(self, name: str, unit: str) -> tuple[str, tuple[str, ...]]:
        """(code that is clearly meant or "", codes that may be); the unit of the row decides between names."""
        if (name, unit) not in self._found:
            _number, title = read_number(name)
            found = self.names.matches(title or name)[:6]
            if unit:
                found = [replace(match, score=match.score + self._fit(match.key, unit)) for match in found]
                found.sort(key=lambda match: -match.score)
            may_be = found and found[0].score >= LEAST_LIKELY
            shown = (match.key for match in found if match.score >= LEAST_SHOWN and may_be)
            likely = tuple(shown)[:LIKELY_SHOWN]
            self._found[name, unit] = clear_one(found, least=LEAST, margin=MARGIN), likely
        return self._found[name, unit]

    def is_whole_name(self, code: str, name: str, unit: str) -> bool:
        """Whether the name of a row is all of the indicator's and no more, and its unit none of another size."""
        _number, title = read_number(name)
        own, said = self.by_code[code], self.names.words(title or name)
        is_other_size = fold(unit) in _SCALES and fold(unit) != fold(own.unit_name)
        return said - _COUNTS == self.names.words(own.name) - _COUNTS and not is_other_size

    def contradicts(self, code: str, name: str) -> bool:
        """Whether the name beside a code is that of something else."""
        if is_empty(name):
            return False
        _number, title = read_number(name)
        found = self.names.matches(title or name)
        own = next((match.score for match in found if match.key == code), 0.0)
        return bool(found) and found[0].score - own > CONTRADICTS

    def _fit(self, code: str, unit: str) -> float:
        own = fold(self.by_code[code].unit_name)
        return 0.08 if fold(unit) == own else -0.12


def read_table(
    rows: Sequence[tuple[int, Cells]],
    names: IndicatorNames,
    column: int | None = None,
    least: int = LEAST_ROWS,
) -> FigureTable | None:
    """The table of figures in rows of (number, cells); None where it is none. ``column``: the one to read;
    ``least``: rows that must tell of indicators."""
    layout = _Layout(rows, names)
    if layout.codes is None and layout.names is None:
        return None
    read = [layout.row(number, cells) for number, cells in rows[layout.first :]]
    found = [row for row in read if row is not None]
    columns = layout.value_columns()
    chosen = next((known for known in columns if known.place == column), None) or layout.best(columns)
    known = dict(rows)
    rows_read = tuple(
        replace(row, cell=_cell(known[row.number], chosen.place) if chosen else None) for row in _once(found)
    )
    table = FigureTable(rows_read, tuple(columns), chosen)
    return table if table.found >= least or (layout.is_ours and table.found) else None


def _once(rows: list[FigureRow]) -> list[FigureRow]:
    """Rows of which no two claim the same indicator: where two do, both are asked about."""
    claims = Counter(row.code for row in rows if row.status == CLEAR)
    return [
        replace(row, status=ASKED) if row.status == CLEAR and claims[row.code] > 1 else row for row in rows
    ]


@dataclass
class _Layout:
    """Where things stand in a table."""

    rows: Sequence[tuple[int, Cells]]
    indicators: IndicatorNames
    codes: int | None = None
    names: int | None = None
    units: int | None = None
    notes: int | None = None
    marks: int | None = None
    #: Place of the first row below the headers.
    first: int = 0
    headers: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.width = min(max((len(cells) for _number, cells in self.rows), default=0), MOST_COLUMNS)
        hits = {place: self._hits(place) for place in range(self.width)}
        self.codes = self._most({place: by_code for place, (by_code, _by_name) in hits.items()})
        self.names = self._most({place: by_name for place, (_by_code, by_name) in hits.items()}, self.codes)
        if self.codes is None and self.names is None:
            return
        places = (place for place in (self.codes, self.names) if place is not None)
        self.first = self._below_headers(min(rows[0] for place in places for rows in hits[place] if rows))
        self.headers = self._headers()
        self.units, self.notes = self._header_like("don vi|dvt"), self._header_like(NOTES.pattern)
        self.marks = self._header_like(OUR_MARKS)
        if self.names is None:
            self.names = next(
                (p for p, header in enumerate(self.headers) if fold(header) in NAME_HEADERS), None
            )

    @property
    def is_ours(self) -> bool:
        """Whether our template made it."""
        return self.marks is not None and self.codes is not None

    def _hits(self, place: int) -> tuple[list[int], list[int]]:
        """Places of the rows in which the column holds a code, and of those in which it holds a name."""
        codes, names = [], []
        for at, (_number, cells) in enumerate(self.rows[:ROWS_LOOKED_AT]):
            cell = cells[place] if place < len(cells) else None
            if not isinstance(cell, str) or not cell or len(cell) > LONGEST_NAME:
                continue
            if cell.strip() in self.indicators.by_code:
                codes.append(at)
            elif says_value(cell) or not any(char.isalpha() for char in cell):
                continue
            elif self.indicators.by_name(words_of(cell), "")[0]:
                names.append(at)
        return codes, names

    def _most(self, hits: dict[int, list[int]], but: int | None = None) -> int | None:
        best = max(
            (place for place in hits if place != but), key=lambda place: len(hits[place]), default=None
        )
        return best if best is not None and hits[best] else None

    def _below_headers(self, first_hit: int) -> int:
        """The first row below the headers; rows that are not clear may stand before the first that is."""
        for at in range(first_hit - 1, -1, -1):
            cells = self.rows[at][1]
            if sum(isinstance(cell, str) and _HEADER.fullmatch(fold(cell)) is not None for cell in cells) > 1:
                first = at + 1
                while first < first_hit and not self._tells(self.rows[first][1]):
                    first += 1
                return first
        return 0

    def _tells(self, cells: Cells) -> bool:
        """Whether a row names something; a second row of headers does not."""
        return any(
            not is_empty(_words(cells, place)) for place in (self.codes, self.names) if place is not None
        )

    def _headers(self) -> list[str]:
        """The words above each column, of the last few rows before the first of figures."""
        above = [cells for _number, cells in self.rows[max(0, self.first - HEADER_ROWS) : self.first]]
        above = [cells for cells in above if sum(not is_empty(cell) for cell in cells) > 1]
        return [
            " ".join(cell_words(cells[place]) for cells in above if place < len(cells) and cells[place])
            for place in range(self.width)
        ]

    def _header_like(self, pattern: str) -> int | None:
        wanted = re.compile(rf"(?:{pattern}).*")
        taken = {self.codes, self.names}
        return next(
            (p for p, header in enumerate(self.headers) if p not in taken and wanted.match(fold(header))),
            None,
        )

    def row(self, number: int, cells: Cells) -> FigureRow | None:
        """What one row below the headers tells of; None where it tells of nothing."""
        code, name = _words(cells, self.codes), _words(cells, self.names)[:LONGEST_NAME]
        unit, note = _words(cells, self.units), _words(cells, self.notes)
        mark = _words(cells, self.marks) if self.is_ours else None
        if not (code or name) or not any(char.isalpha() for char in code + name):
            return None
        status, likely = self._meant(code, name, unit)
        return FigureRow(number, name or code, status, likely, None, note, mark)

    def _meant(self, code: str, name: str, unit: str) -> tuple[str, tuple[str, ...]]:
        if code in self.indicators.by_code:
            if not self.indicators.contradicts(code, name):
                return self.indicators.status(code), (code,)
            _clear, likely = self.indicators.by_name(name, unit)
            return ASKED, tuple(dict.fromkeys((code, *likely)))[:LIKELY_SHOWN]
        clear, likely = self.indicators.by_name(name, unit) if name else ("", ())
        status = self.indicators.status(clear) if clear else ASKED
        if clear and (status != CLEAR or self.indicators.is_whole_name(clear, name, unit)):
            return status, (clear,)
        likely = tuple(dict.fromkeys((clear, *likely) if clear else likely))[:LIKELY_SHOWN]
        return (ASKED, likely) if likely else (UNKNOWN, ())

    def value_columns(self) -> list[Column]:
        """Columns that may hold the values, in their order."""
        taken = {self.codes, self.names, self.units, self.notes, self.marks}
        below = [cells for _number, cells in self.rows[self.first :]]
        found = []
        for place in range(self.width):
            filled = any(place < len(cells) and not is_empty(cells[place]) for cells in below)
            header = self.headers[place] if place < len(self.headers) else ""
            is_counter = _COUNTER.fullmatch(fold(header)) or (not header and self._counts_rows(place))
            is_counter = is_counter or (not header and place < self._first_named)
            if place not in taken and (filled or self._rank(header) > 1) and not is_counter:
                found.append(Column(place, header or f"cột thứ {place + 1}"))
        return found

    def _counts_rows(self, place: int) -> bool:
        """Whether a column without header only numbers the rows."""
        numbers = [_words(cells, place) for _number, cells in self.rows[self.first :]]
        return [number.rstrip(".") for number in numbers if number][:2] == ["1", "2"]

    def best(self, columns: list[Column]) -> Column | None:
        """The column with the values; None where that is not clear."""
        ranks = {column: self._rank(column.header) for column in columns}
        most = max(ranks.values(), default=0)
        found = [column for column, rank in ranks.items() if rank == most]
        if len(found) > 1:
            found = [column for column in found if self._holds_values(column.place)]
        return found[0] if len(found) == 1 and most > 0 else None

    @property
    def _first_named(self) -> int:
        """The first column that says what a row tells of; what stands before it without a header only numbers."""
        return min(place for place in (self.codes, self.names) if place is not None)

    def _holds_values(self, place: int) -> bool:
        """Whether nothing but values stands in a column (“văn bản”, “lượt” are units)."""
        cells = [_cell(cells, place) for _number, cells in self.rows[self.first :]]
        return all(says_value(cell) for cell in cells if not is_empty(cell))

    def _rank(self, header: str) -> int:
        return header_rank(header, self.indicators.year)


def is_header(words: str) -> bool:
    """Whether a cell is one that stands above a column."""
    return _HEADER.fullmatch(fold(words)) is not None


def header_rank(header: str, year: int) -> int:
    """How much a header speaks for values of the period: 0 says that the column holds something else."""
    words = fold(header)
    if words == OUR_VALUES:
        return 3
    years = _YEARS.findall(words)
    if _NO_VALUES.fullmatch(words) or (years and str(year) not in years):
        return 0
    return 2 if years or _VALUES.fullmatch(words) else 1


def _cell(cells: Cells, place: int) -> StoredCell:
    return cells[place] if place < len(cells) else None


def _words(cells: Cells, place: int | None) -> str:
    return "" if place is None or place >= len(cells) else cell_words(cells[place])
