"""One automatic save as the editor's script sends it, read field by field: what is wrong is named, the rest is kept.

{"key": "…", "user": 12, "texts": {"S2.1": {"text": "…", "done": false, "base": 3}},
 "figures": {"K4": {"value": "gần 250", "state": "", "note": "", "base": 0}}}
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reports.domain.autosave import TextEntry
from reports.domain.filling import FigureEntry
from reports.domain.known_outlines import KnownOutline
from reports.enums import FIGURES_PART
from reports.forms.figures import VALUE, CellError, Typed, read_row
from reports.forms.sections import SectionForm
from reports.models import Report

UNREADABLE = "Không đọc được nội dung gửi lên. Tải lại trang rồi lưu lại"
UNKNOWN_PART = "Phần này không có trong báo cáo. Tải lại trang"
UNKNOWN_FIGURE = "Chỉ tiêu này không có trong bảng của đơn vị. Tải lại trang"
#: Beginning of the field's name, for a text that cannot be saved.
TEXT = "noi_dung"
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_LARGEST_REVISION = 10**9


class UnreadableSave(ValueError):
    """The body is not what the editor sends."""


@dataclass(frozen=True)
class Sent:
    """A save as it was sent; ``user`` is whom the page was made for."""

    key: str
    user: int
    texts: dict[str, dict]
    figures: dict[str, dict]

    @property
    def part(self) -> str:
        """The part that the save is about, "" for none."""
        return next(iter(self.texts), FIGURES_PART if self.figures else "")


def read_body(body: bytes) -> Sent:
    """Read what was sent. Raises UnreadableSave where its form is not the one above."""
    data = _read_object(body)
    sent = Sent(data.get("key"), data.get("user"), data.get("texts", {}), data.get("figures", {}))
    is_readable = (
        isinstance(sent.key, str)
        and _KEY.fullmatch(sent.key)
        and _is_number(sent.user)
        and _are_rows(sent.texts, {"text": str, "done": bool})
        and _are_rows(sent.figures, {"value": str, "state": str, "note": str})
    )
    if not is_readable:
        raise UnreadableSave(UNREADABLE)
    return sent


def read_pasted_block(body: bytes) -> tuple[str, str]:
    """The block that was pasted and the code of the cell. Raises UnreadableSave."""
    data = _read_object(body)
    text, at = data.get("text"), data.get("at")
    if not isinstance(text, str) or not isinstance(at, str):
        raise UnreadableSave(UNREADABLE)
    return text, at


def _read_object(body: bytes) -> dict:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableSave(UNREADABLE) from None
    if not isinstance(data, dict):
        raise UnreadableSave(UNREADABLE)
    return data


def _is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST_REVISION


def _are_rows(rows, shape: Mapping[str, type]) -> bool:
    return isinstance(rows, dict) and all(
        isinstance(row, dict)
        and _is_number(row.get("base"))
        and all(isinstance(row.get(name), kind) for name, kind in shape.items())
        for row in rows.values()
    )


class AutosaveForm:
    """After ``AutosaveForm(sent, report, outline)``: ``texts`` and ``figures`` (by indicator id) can be saved,
    ``errors`` (by code of the part or indicator) says of the others why not."""

    def __init__(self, sent: Sent, report: Report, outline: KnownOutline):
        self.texts: list[TextEntry] = []
        self.figures: dict[int, FigureEntry] = {}
        self.errors: dict[str, CellError] = {}
        for code, row in sent.texts.items():
            self._read_text(code, row, outline.sections.get(code), report.round.period.kind)
        asked = _asked(outline, report)
        for code, row in sent.figures.items():
            self._read_figure(code, row, asked.get(code))

    def _read_text(self, code, row, section, period_kind) -> None:
        if section is None or not section.is_leaf or not section.stands_in(period_kind):
            self.errors[code] = CellError(TEXT, UNKNOWN_PART)
            return
        form = SectionForm({TEXT: row["text"], "xong": "on" if row["done"] else ""})
        if not form.is_valid():
            self.errors[code] = CellError(TEXT, form.errors[TEXT][0])
            return
        text, done = form.cleaned_data[TEXT], form.cleaned_data["xong"]
        self.texts.append(TextEntry(section, text, done, row["base"]))

    def _read_figure(self, code, row, indicator) -> None:
        if indicator is None:
            self.errors[code] = CellError(VALUE, UNKNOWN_FIGURE)
            return
        try:
            entry = read_row(indicator, Typed(row["value"], row["state"], row["note"]))
        except CellError as error:
            self.errors[code] = error
        else:
            self.figures[indicator.pk] = replace(entry, base_revision=row["base"])


def _asked(outline: KnownOutline, report: Report) -> dict[str, object]:
    """What a unit of this level types, or can write a note to."""
    return {i.code: i for i in _rows(outline.indicators, report.level)}


def _rows(indicators: Iterable, level: str):
    return [i for i in indicators if i.for_level(level) or not i.is_typed]
