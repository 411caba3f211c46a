"""Figures of the imaginary communes: laid out from a table, the same at every load, true to the rules."""

import zlib
from decimal import Decimal

from models_dv.enums import PeriodKind
from reports.domain.filling import FigureEntry
from reports.enums import ValueState

#: (part, whole): a part never exceeds its whole.
PART_OF = (
    ("A5n", "A5d"), ("C5", "C4"), ("C6", "C5"), ("C11", "C10"), ("C12", "C8"), ("D2", "D1"), ("D6", "D5"),
    ("E7", "E6"), ("F6", "F5"), ("K2", "K1"), ("L3", "L4"),
)  # fmt: skip
YEARLY = Decimal("1.9")
GROWTH = Decimal("0.06")
DECIMALS = ("G1", "G7", "G11")
#: Cells that carry a word in front, so that readers meet them.
QUALIFIED = {"G5": "hon", "A9": "gan", "F1": "uoc"}


def commune_values(data: dict, row: dict, kind: str, year: int, opening: Decimal) -> dict[str, Decimal]:
    """Values by code for one commune and period; ``opening`` is the number of cases left over before."""
    size, growth = Decimal(str(row["size"])), 1 + GROWTH * (year - 2025)
    flow = YEARLY if kind == PeriodKind.ANNUAL else Decimal(1)
    values = {}
    for code, base in data["flows"].items():
        values[code] = _scaled(code, base, size * growth * flow * _noise(row["key"], code, year))
    for code, base in data["stocks"].items():
        values[code] = _scaled(code, base, size * growth * _noise(row["key"], code, year))
    for part, whole in PART_OF:
        values[part] = min(values[part], values[whole])
    values["B1"] = opening
    values["B3"] = min(values["B3"], opening + values["B2"])
    _split_fields(values)
    return values


def _split_fields(values) -> None:
    """The four fields of “Dân vận khéo” add up to what stands; the outstanding are among them."""
    standing = values["K3a"] + values["K3b"]
    values["K5a"] = standing // 3
    values["K5b"] = standing // 3
    values["K5c"] = standing // 6
    values["K5d"] = standing - values["K5a"] - values["K5b"] - values["K5c"]
    values["K4"] = min(values["K4"], standing)


def _noise(key: str, code: str, year: int) -> Decimal:
    """A factor between 0.92 and 1.08 that is always the same for the same cell."""
    return Decimal(92 + zlib.crc32(f"{key} {code} {year}".encode()) % 17) / 100


def _scaled(code: str, base, factor: Decimal) -> Decimal:
    value = Decimal(str(base)) * factor
    return value.quantize(Decimal("0.1") if code in DECIMALS else Decimal(1))


def entries(
    indicators: dict, values: dict[str, Decimal], key: str, *, leave_out=()
) -> dict[int, FigureEntry]:
    """The cells to save by indicator id, in the four states."""
    made = {}
    for code, value in values.items():
        if code in leave_out:
            continue
        if key == "yenkhe" and code in ("D1", "D2"):
            entry = FigureEntry(ValueState.NO_DATA, note="Phần mềm một cửa chưa kết xuất được số liệu kỳ này")
        elif value == 0:
            entry = FigureEntry(ValueState.NONE)
        else:
            entry = FigureEntry(ValueState.NUMBER, value=value, qualifier=qualifier_of(code, key))
        made[indicators[code]] = entry
    if "B6" not in leave_out:
        text = "Nhân dân quan tâm giá đất bồi thường, nước sạch, chỉ số dịch vụ công."
        made[indicators["B6"]] = FigureEntry(ValueState.NUMBER, text=text)
    return made


def qualifier_of(code: str, key: str) -> str:
    """The qualifier of a commune's cell, or ""."""
    return QUALIFIED.get(code, "") if key in ("binhminh", "trungtam") else ""
