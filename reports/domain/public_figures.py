"""Published figures in the words a reader sees: value, change against the same period, what is not known."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import format_number, format_qualified, percent_change
from reports.domain.series import NOT_COMPARABLE

PERCENT = "%"
NOT_COUNTED = "chưa thống kê"
NO_DATA = "Chưa có số liệu"
_ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True)
class ShownFigure:
    """One published figure, ready to print.

    ``value`` carries its qualifier (“gần 250”); ``tile_value`` and ``tile_unit`` are value and unit as a tile
    shows them. ``change`` is “Tăng 105 (6,4%)” and ``compared`` “so với cùng kỳ 2025”; without a figure of
    the same period ``unknown`` says so instead. ``direction`` is up, down or empty. ``same_note`` tells which
    units the figure of the same period is put together from, or why there is none to compare with.
    """

    code: str
    name: str
    unit: str
    value: str
    same_period: str
    is_key: bool
    note: str
    tile_value: str
    tile_unit: str
    change: str = ""
    compared: str = ""
    direction: str = ""
    unknown: str = ""
    same_note: str = ""

    @property
    def same_words(self) -> str:
        """“1.638”, “không so sánh được”, or “chưa thống kê”."""
        return self.same_period or (NOT_COMPARABLE if self.same_note else NOT_COUNTED)

    @property
    def comparison(self) -> str:
        """The whole sentence: “Tăng 105 (6,4%) so với cùng kỳ 2025”."""
        return f"{self.change} {self.compared}".strip() or self.unknown


def show(figure, year: int) -> ShownFigure:
    """Words of a PublishedFigure of a period in ``year``."""
    is_percent = figure.unit_name.strip() == PERCENT
    value = value_words(figure.value, figure.qualifier, is_percent=is_percent)
    known = figure.same_period_value
    return ShownFigure(
        code=figure.code,
        name=figure.name,
        unit=figure.unit_name,
        value=value,
        same_period=value_words(known, "", is_percent=is_percent) if known is not None else "",
        is_key=figure.is_key,
        note=figure.note,
        same_note=figure.same_period_note,
        tile_value=f"{value}%" if is_percent and figure.value is not None else value,
        tile_unit=_tile_unit(figure, is_percent=is_percent),
        **_comparison(figure, year, is_percent=is_percent),
    )


def value_words(value: Decimal | None, qualifier: str, *, is_percent: bool) -> str:
    """“1.743”, “gần 250”, “91,3” (a percentage has at most one decimal), “Chưa có số liệu”."""
    if value is None:
        return NO_DATA
    return format_qualified(_rounded(value, is_percent), qualifier)


def _rounded(value: Decimal, is_percent: bool) -> Decimal:
    return value.quantize(_ONE_DECIMAL, rounding=ROUND_HALF_UP) if is_percent else value


def _tile_unit(figure, *, is_percent: bool) -> str:
    """The unit beside the value, left out where the label begins with it (“mô hình”)."""
    if is_percent or figure.value is None or fold(figure.name).startswith(fold(figure.unit_name)):
        return ""
    return figure.unit_name


def _comparison(figure, year: int, *, is_percent: bool) -> dict[str, str]:
    before = year - 1
    if figure.value is None:
        return {}
    if figure.same_period_value is None:
        words = NOT_COMPARABLE if figure.same_period_note else NOT_COUNTED
        return {"unknown": f"Cùng kỳ {before}: {words}"}
    difference = _rounded(figure.value, is_percent) - _rounded(figure.same_period_value, is_percent)
    if not difference:
        return {"change": "Bằng" if not figure.qualifier else "Xấp xỉ", "compared": f"cùng kỳ {before}"}
    word = "Tăng" if difference > 0 else "Giảm"
    about = "khoảng " if figure.qualifier else ""
    return {
        "change": f"{word} {about}{format_number(abs(difference))}{_share(figure, is_percent=is_percent)}",
        "compared": f"so với cùng kỳ {before}",
        "direction": "up" if difference > 0 else "down",
    }


def _share(figure, *, is_percent: bool) -> str:
    """“ (6,4%)”, “ điểm %” for percentages, nothing where a share says nothing."""
    if is_percent:
        return " điểm %"
    change = percent_change(figure.value, figure.same_period_value)
    if change is None:
        return ""
    rounded = abs(change).quantize(_ONE_DECIMAL, rounding=ROUND_HALF_UP)
    return f" ({format_number(rounded)}%)" if rounded else " (dưới 0,1%)"
