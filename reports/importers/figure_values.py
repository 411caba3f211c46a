"""What a cell of a table says of an indicator: a number, “gần 250”, “không phát sinh”, “chưa có số liệu (lý do)”."""

import re
from decimal import Decimal

from models_dv.domain.sheets import CellError
from models_dv.importers.cells import Amount, Whole, shown, words_of
from models_dv.vietnamese.fold import fold, normalize
from reports.domain.filling import FigureEntry
from reports.enums import IndicatorKind, IndicatorOp, ValueState
from reports.forms import figures as form

#: A cell as it is kept between reading and saving: text, a number, or {"percent": 0.965}, {"problem": "…"}.
StoredCell = str | int | float | None | dict

NO_DATA_WORDS = re.compile(
    r"chưa có số liệu\s*(?:vì|do|:|-|–|,)?\s*\(?\s*(.*?)\s*\)?", re.IGNORECASE | re.DOTALL
)
NONE_WORDS = re.compile(r"không phát sinh(?:\s+(?:trong kỳ|trong năm|gì)|\s*\.)?", re.IGNORECASE)
#: What people put where nothing is; it may mean either of two things.
UNCLEAR = {
    "-",
    "--",
    "–",
    "—",
    "x",
    "/",
    ".",
    "khong",
    "khong co",
    "k",
    "chua co",
    "chua",
    "kps",
    "ko",
    "0 co",
}
_NUMBER = re.compile(
    r"(?:(?:gan|hon|tren|khoang|uoc(?: tinh| khoang)?) )?[-−–+]? ?\d[\d., ]*(?:%|(?:nghin|ngan|trieu|ty|ti))?"
)
MOST = 10**12 - 1
ASK_WHICH = "Ghi 0, “Không phát sinh”, hoặc “Chưa có số liệu” kèm lý do"
PERCENT_CELL = "Ô đang ghi tỷ lệ %, chỉ tiêu này ghi số"
NO_REASON_MEND = "Ghi lý do vào cột ghi chú, hoặc ghi “Chưa có số liệu (lý do)”"


def read_cell(indicator, cell: StoredCell, note: str = "") -> FigureEntry | None:
    """The entry that a cell means; None where nothing stands in it. Raises CellError with what to mend."""
    note = " ".join(normalize(note).split())
    if cell is None or cell == "":
        return None
    if isinstance(cell, dict):
        return _of_marked(indicator, cell, note)
    if isinstance(cell, str):
        return _of_words(indicator, normalize(cell).strip(), note)
    if indicator.op == IndicatorOp.TEXT:
        return FigureEntry(ValueState.NUMBER, text=words_of(cell), note=note)
    return _number(indicator, cell, note)


def says_value(cell: StoredCell) -> bool:
    """Whether a cell is meant as a value, readable or not: “gần 250”, “1.5”, “-”, “không phát sinh”."""
    if not isinstance(cell, str):
        return True
    words = fold(cell)
    known = words in UNCLEAR or NONE_WORDS.fullmatch(cell) or NO_DATA_WORDS.fullmatch(cell)
    return bool(known or _NUMBER.fullmatch(words))


def cell_words(cell: StoredCell) -> str:
    """A cell for a list, not longer than a line."""
    if isinstance(cell, dict):
        return f"{words_of(round(cell['percent'] * 100, 6))}%" if "percent" in cell else cell.get("shown", "")
    return "" if cell is None else shown(cell)


def _of_marked(indicator, cell: dict, note: str) -> FigureEntry:
    if "problem" in cell:
        raise CellError(cell["problem"])
    if indicator.op == IndicatorOp.TEXT:
        return FigureEntry(ValueState.NUMBER, text=cell_words(cell), note=note)
    if indicator.kind != IndicatorKind.PERCENT and indicator.unit_name != "%":
        raise CellError(PERCENT_CELL, "Ghi số tuyệt đối")
    return _number(indicator, round(cell["percent"] * 100, 6), note)


def _of_words(indicator, text: str, note: str) -> FigureEntry | None:
    if not text:
        return None
    if indicator.op != IndicatorOp.TEXT:
        if fold(text) in UNCLEAR:
            raise CellError(f"“{text}” chưa rõ", ASK_WHICH)
        if indicator.unit_name == "%":
            text = text.removesuffix("%").strip()
    if NONE_WORDS.fullmatch(text):
        text = ValueState.NONE.label
    if found := NO_DATA_WORDS.fullmatch(text):
        text, note = ValueState.NO_DATA.label, note or found[1]
    try:
        return form.read_row(indicator, form.Typed(value=text, note=note))
    except form.CellError as error:
        raise CellError(error.message, NO_REASON_MEND if error.field == form.NOTE else "") from None


def _number(indicator, cell: int | float, note: str) -> FigureEntry:
    reader = Whole(most=MOST) if indicator.kind == IndicatorKind.INTEGER else Amount()
    value = Decimal(str(reader.read(cell)))
    if len(note) > form.LONGEST_NOTE:
        raise CellError(form.LONG_NOTE)
    return FigureEntry(ValueState.NUMBER, value, note=note)
