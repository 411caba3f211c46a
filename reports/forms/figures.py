"""The table of figures as a person fills it in: what stands in each row, read into entries, nothing lost.

A row of the form has fields named by the indicator's code: ``ct_K4`` what is typed (“250”, “gần 250”, “không
phát sinh”), ``gc_K4`` the note or reason, and where it is offered ``tt_K4`` the state chosen. One hidden field
for the whole table, ``goc``, says what the form was opened with, so that only cells which the person changed
are saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from zlib import crc32

from models_dv.vietnamese.fold import fold, normalize
from models_dv.vietnamese.numbers import (
    NumberError,
    ParsedNumber,
    format_number,
    format_qualified,
    parse_number,
)
from reports.domain.filling import FigureEntry
from reports.enums import ADDED_OPS, IndicatorKind, IndicatorOp, ValueState

VALUE, STATE, NOTE, KEEP = "ct_", "tt_", "gc_", "giu_"
BASE = "goc"
LONGEST_NOTE = 500
#: Values of the state field; a number, or nothing, needs none.
STATES = {"": "", "none": ValueState.NONE, "no_data": ValueState.NO_DATA}
STATE_OF_WORDS = {fold(state.label): state.value for state in (ValueState.NONE, ValueState.NO_DATA)}

NO_REASON = "Ghi lý do chưa có số liệu"
LONG_NOTE = f"Ghi chú dài quá {LONGEST_NOTE} chữ cái. Rút gọn rồi lưu"
NO_ADJUSTMENT_REASON = "Ghi lý do điều chỉnh"
NO_ADJUSTMENT_VALUE = "Ghi số điều chỉnh, ví dụ 12 hoặc -12"
NO_ADJUSTMENT_CODE = "Chọn chỉ tiêu cần điều chỉnh"


class CellError(ValueError):
    """What a row says cannot be taken; ``field`` is the beginning of the field's name."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Typed:
    """One row exactly as it stands in the form."""

    value: str = ""
    state: str = ""
    note: str = ""

    @classmethod
    def of(cls, figure) -> "Typed":
        """What the form shows of a stored figure (None: an empty row)."""
        if figure is None:
            return cls()
        if figure.value_state in STATE_OF_WORDS.values():
            return cls(state=figure.value_state, note=figure.note)
        if figure.text:
            return cls(value=figure.text, note=figure.note)
        value = "" if figure.value is None else format_qualified(figure.value, figure.qualifier)
        return cls(value=value, note=figure.note)

    def with_state(self) -> "Typed":
        """“Không phát sinh” typed into the field is the state of that name, as if it had been chosen."""
        in_words = STATE_OF_WORDS.get(fold(self.value))
        if in_words and self.state in ("", in_words):
            return replace(self, value="", state=in_words)
        return self

    @property
    def mark(self) -> str:
        """A short mark of the row, to see later whether it was changed."""
        parts = [normalize(part).strip() for part in (self.value, self.state, self.note)]
        return f"{crc32(chr(31).join(parts).encode()):x}"


@dataclass(frozen=True)
class Base:
    """What a cell was when the form was opened."""

    revision: int = 0
    mark: str = Typed().mark

    @classmethod
    def of(cls, figure) -> "Base":
        """What a stored figure is now."""
        return cls(figure.revision, Typed.of(figure).mark)


def write_base(cells: Mapping[str, Base]) -> str:
    """The hidden field: code, revision and mark of every stored cell; rows never saved need no word."""
    return " ".join(f"{code}.{base.revision}.{base.mark}" for code, base in cells.items() if base != Base())


def read_base(text: str) -> dict[str, Base]:
    """The hidden field read back; what is broken is left out, so that its cell counts as never seen."""
    found = {}
    for word in text.split():
        code, _, rest = word.partition(".")
        revision, _, mark = rest.partition(".")
        if revision.isascii() and revision.isdecimal() and len(revision) < 10:
            found[code] = Base(int(revision), mark)
    return found


class FiguresForm:
    """The rows of a table of figures that was sent.

    After ``FiguresForm(indicators, data)``: ``typed`` holds every row as it was typed, ``entries`` (by
    indicator id) those that were changed and can be saved, ``errors`` (by code) those that cannot. Rows that
    were not sent, or not changed, or whose box “giữ số đã lưu” is ticked, stay as they are stored.
    """

    def __init__(self, indicators: Iterable, data: Mapping[str, str]):
        self.base = read_base(data.get(BASE, ""))
        self.typed: dict[str, Typed] = {}
        self.entries: dict[int, FigureEntry] = {}
        self.errors: dict[str, CellError] = {}
        for indicator in indicators:
            self._read(indicator, data)

    def _read(self, indicator, data) -> None:
        code = indicator.code
        names = [VALUE + code, STATE + code, NOTE + code]
        if KEEP + code in data or not any(name in data for name in names):
            return
        typed = Typed(*(data.get(name, "") for name in names)).with_state()
        base = self.base.get(code, Base())
        if typed.mark == base.mark:
            return
        self.typed[code] = typed
        try:
            self.entries[indicator.pk] = replace(read_row(indicator, typed), base_revision=base.revision)
        except CellError as error:
            self.errors[code] = error


def read_row(indicator, typed: Typed) -> FigureEntry:
    """Read one row. Raises CellError with what to do; what is typed in words counts as the state chosen."""
    value, note = normalize(typed.value).strip(), " ".join(normalize(typed.note).split())
    if len(note) > LONGEST_NOTE:
        raise CellError(NOTE, LONG_NOTE)
    if not indicator.is_typed:
        return FigureEntry(ValueState.EMPTY, note=note)
    if typed.state not in STATES:
        raise CellError(STATE, "Chọn lại: số, “Không phát sinh” hoặc “Chưa có số liệu”")
    state = STATES[typed.state]
    in_words = STATE_OF_WORDS.get(fold(value))
    if in_words and state in ("", in_words):
        state, value = in_words, ""
    if state:
        return _without_number(state, value, note)
    if not value:
        return FigureEntry(ValueState.EMPTY, note=note)
    if indicator.op == IndicatorOp.TEXT:
        return FigureEntry(ValueState.NUMBER, text=value, note=note)
    number = _parse(indicator, value)
    return FigureEntry(ValueState.NUMBER, number.value, number.qualifier, note=note)


def _without_number(state: str, value: str, note: str) -> FigureEntry:
    """“Không phát sinh” (a 0 beside it says the same) or “Chưa có số liệu” with its reason."""
    label = ValueState(state).label
    if value and not (state == ValueState.NONE and value == "0"):
        raise CellError(VALUE, f"Vừa ghi “{value}” vừa chọn “{label}”. Xoá số, hoặc chọn lại “Số”")
    if state == ValueState.NO_DATA and not note:
        raise CellError(NOTE, NO_REASON)
    return FigureEntry(state, Decimal(0) if state == ValueState.NONE else None, note=note)


def _parse(indicator, text: str, field: str = VALUE) -> ParsedNumber:
    try:
        return parse_number(text, integer=indicator.kind == IndicatorKind.INTEGER, unit=indicator.unit_name)
    except NumberError as error:
        raise CellError(field, str(error)) from error


# --- notes alone -------------------------------------------------------------------------------------


def note_entry(figure, note: str, base_revision: int) -> FigureEntry:
    """The stored figure (None: an empty cell) with another note. Raises CellError."""
    note = " ".join(normalize(note).split())
    if len(note) > LONGEST_NOTE:
        raise CellError(NOTE, LONG_NOTE)
    if figure is None:
        return FigureEntry(ValueState.EMPTY, note=note, base_revision=base_revision)
    if figure.value_state == ValueState.NO_DATA and not note:
        raise CellError(NOTE, NO_REASON)
    return FigureEntry(
        figure.value_state, figure.value, figure.qualifier, figure.text, note, base_revision=base_revision
    )


# --- adjustments of a total ----------------------------------------------------------------------------


class AdjustmentForm:
    """One adjustment of a total: ``dc_ma`` the indicator's code, ``dc_so`` the number (it may be negative),
    ``dc_ly_do`` why. An empty number takes the adjustment away.

    After it: ``entries`` holds the one entry by indicator id, or ``error`` says what is wrong.
    """

    CODE, NUMBER, REASON, BASE = "dc_ma", "dc_so", "dc_ly_do", "goc_dc"

    def __init__(self, indicators: Iterable, data: Mapping[str, str]):
        self.code = data.get(self.CODE, "").strip()
        self.number = data.get(self.NUMBER, "")
        self.reason = data.get(self.REASON, "")
        self.base = read_base(data.get(self.BASE, ""))
        self.entries: dict[int, FigureEntry] = {}
        self.error: CellError | None = None
        if self.is_filled:
            try:
                self._read({i.code: i for i in indicators if i.op in ADDED_OPS})
            except CellError as error:
                self.error = error

    @property
    def is_filled(self) -> bool:
        """Whether anything was entered."""
        return bool(self.code or self.number.strip() or self.reason.strip())

    def refuse(self, theirs: Mapping[int, object], actor) -> None:
        """Say that the same total was adjusted meanwhile (``theirs``: the figures that stand now; none: nothing)."""
        for figure in theirs.values():
            words = f"{format_number(figure.value)} ({figure.note})" if figure.note else "đã bỏ"
            who = figure.updated_by
            if figure.updated_by_id == actor.pk:
                who = "Đồng chí, ở thẻ hoặc máy khác,"
            self.error = CellError(
                self.NUMBER,
                f"{who} vừa điều chỉnh chỉ tiêu này: {words}. Lưu lần nữa để thay số đó",
            )

    def _read(self, adjustable) -> None:
        indicator = adjustable.get(self.code)
        if indicator is None:
            raise CellError(self.CODE, NO_ADJUSTMENT_CODE)
        base = self.base.get(indicator.code, Base())
        number, reason = normalize(self.number).strip(), " ".join(normalize(self.reason).split())
        if len(reason) > LONGEST_NOTE:
            raise CellError(self.REASON, LONG_NOTE)
        if not number and base == Base():
            raise CellError(self.NUMBER, NO_ADJUSTMENT_VALUE)
        if number and not reason:
            raise CellError(self.REASON, NO_ADJUSTMENT_REASON)
        entry = FigureEntry(ValueState.EMPTY, base_revision=base.revision)
        if number:
            value = signed_value(indicator, number)
            entry = FigureEntry(ValueState.NUMBER, value, note=reason, base_revision=base.revision)
        self.entries[indicator.pk] = entry


def signed_value(indicator, text: str) -> Decimal:
    """A number that may be negative: “-12”, “−1.200”. Raises CellError."""
    is_negative = text[0] in "-−–"
    number = _parse(indicator, text[1:] if is_negative else text, AdjustmentForm.NUMBER)
    if number.qualifier:
        raise CellError(AdjustmentForm.NUMBER, "Số điều chỉnh ghi đúng số, không ghi gần, hơn, trên, ước")
    return -number.value if is_negative else number.value
