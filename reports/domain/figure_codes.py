"""Figures of the table inside the text, by code: what is typed as ``{K4}`` is read as the value, everywhere.

A person types ``{K4}`` (small letters and spaces inside do not matter) where the number stands in the table
already; text and table cannot differ. ``{K4}`` is the figure that is printed: the total, where units below
report too; ``{K4 riêng}`` is the unit's own column (decision 26). Words in braces that look like no code are text.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from models_dv.vietnamese.numbers import format_qualified
from reports.domain.consolidation import Total, totals_as_read
from reports.enums import IndicatorKind, IndicatorOp
from reports.models import Indicator

#: Every form that an outline may give to a code, so that one that is not in the table is not taken for text.
_CODE = re.compile(
    r"\{[ \u00a0]*([A-Z][A-Z0-9_]{0,11})(?:[ \u00a0]+(ri[êÊe]ng))?[ \u00a0]*\}", re.IGNORECASE | re.ASCII
)
_SHIPPED = re.compile(r"[A-Z]\d{1,2}[a-z]?", re.IGNORECASE | re.ASCII)
#: Begins as a code and is none: “{K4”, “{K 4}”, “{K4 khác}”.
_BROKEN = re.compile(r"\{[ \u00a0]*[A-Z][ \u00a0]?\d{1,2}[a-z]?(?![^\W_])(?:[^{}\n]{0,20}\})?", re.IGNORECASE)

UNKNOWN = "Phần lời chèn {found} nhưng bảng số liệu không có chỉ tiêu này. Sửa mã hoặc xoá"
BROKEN = (
    "Phần lời có {found}, chưa đúng cách ghi mã. Ghi như {{K4}} hoặc {{K4 riêng}}, hoặc bỏ dấu ngoặc nhọn"
)
IN_WORDS = "Phần lời chèn {found} nhưng chỉ tiêu này ghi bằng chữ. Ghi lời thay cho mã"
NO_VALUE = "Phần lời chèn {found} nhưng ô {code} chưa có số. Nhập số hoặc sửa phần lời"

Key = TypeVar("Key", bound=Hashable)
#: What stands for a code: (code of the indicator, whether its own column is meant) → “gần 250”.
Words = Mapping[tuple[str, bool], str]


@dataclass(frozen=True)
class FigureCode:
    """A code in a text: ``text[start:end]`` is ``found``; ``is_own``: the unit's own column is meant."""

    start: int
    end: int
    found: str
    code: str
    is_own: bool

    @property
    def key(self) -> tuple[str, bool]:
        """Where its value stands among the words."""
        return self.code, self.is_own


@dataclass(frozen=True)
class CodeProblem:
    """A code that has no value: the part in which it stands, and the sentence about it."""

    part: str
    message: str
    #: The indicator whose cell is empty; "" where there is none.
    code: str = ""


def codes_in(text: str) -> list[FigureCode]:
    """Every code in a text, in order."""
    if "{" not in text:
        return []
    return [
        FigureCode(match.start(), match.end(), match[0], _code(match[1]), match[2] is not None)
        for match in _CODE.finditer(text)
    ]


def broken_codes(text: str) -> list[str]:
    """What begins as a code and is none, in order: “{K4”, “{K 4}”."""
    if "{" not in text:
        return []
    return [match[0] for match in _BROKEN.finditer(text) if not _CODE.match(text, match.start())]


def has_codes(texts: Iterable[str]) -> bool:
    """Whether any of the texts has a code."""
    return any("{" in text and _CODE.search(text) for text in texts)


def resolve(text: str, words: Words) -> str:
    """The text with the values in place of the codes; a code without a value stays as it was typed."""
    if "{" not in text:
        return text
    return _CODE.sub(lambda match: words.get((_code(match[1]), match[2] is not None)) or match[0], text)


def words_of(indicators: Iterable[Indicator], totals: Mapping[str, Total]) -> dict[tuple[str, bool], str]:
    """The values of all indicators as they stand in a sentence; those without a number are left out."""
    words = {}
    for indicator in indicators:
        total = totals.get(indicator.code)
        if total is None or indicator.op == IndicatorOp.TEXT:
            continue
        words[indicator.code, False] = value_words(total.total, total.qualifier, indicator)
        words[indicator.code, True] = value_words(total.own, total.own_qualifier, indicator)
    return {key: value for key, value in words.items() if value}


def words_for(edition, texts: Iterable[str]) -> dict[tuple[str, bool], str]:
    """The values that texts of an edition ask for; without a query where they have no code."""
    if not has_codes(texts):
        return {}
    return all_words(edition)


def all_words(edition) -> dict[tuple[str, bool], str]:
    """The values of every indicator of an edition; to a contributor those of his groups."""
    rows = Indicator.objects.filter(version_id=edition.report.round.outline_version_id)
    indicators = list(rows.select_related("group"))
    if edition.pdf_sha256:
        totals = totals_as_read(edition)
    else:
        totals = totals_as_read(edition, indicators=indicators, has_below=edition.report.has_below)
    if edition.reach is not None:
        indicators = [indicator for indicator in indicators if indicator.group.code in edition.reach.groups]
    return words_of(indicators, totals)


def resolved(edition, texts: dict[Key, str]) -> dict[Key, str]:
    """The texts of an edition as they are read."""
    words = words_for(edition, texts.values())
    return {key: resolve(text, words) for key, text in texts.items()} if words else texts


def problems(
    texts: Mapping[str, str], indicators: Iterable[Indicator], totals: Mapping[str, Total]
) -> list[CodeProblem]:
    """Codes without a value in the texts (by part code), and what only looks like a code: each once a part."""
    if not any("{" in text for text in texts.values()):
        return []
    by_code = {indicator.code: indicator for indicator in indicators}
    words = words_of(by_code.values(), totals)
    found: dict[tuple[str, str], CodeProblem] = {}
    for part, text in texts.items():
        for code in codes_in(text):
            if code.key not in words:
                found.setdefault((part, code.found), _problem(part, code, by_code.get(code.code)))
        for broken in broken_codes(text):
            found.setdefault((part, broken), CodeProblem(part, BROKEN.format(found=broken)))
    return list(found.values())


def _problem(part: str, code: FigureCode, indicator: Indicator | None) -> CodeProblem:
    if indicator is None:
        return CodeProblem(part, UNKNOWN.format(found=code.found))
    if indicator.op == IndicatorOp.TEXT:
        return CodeProblem(part, IN_WORDS.format(found=code.found))
    return CodeProblem(part, NO_VALUE.format(found=code.found, code=code.code), code.code)


def value_words(value, qualifier: str, indicator) -> str:
    """A value as printed: “gần 250”, “96,4”, or "" where there is none."""
    if value is None:
        return ""
    decimals = 1 if indicator.kind == IndicatorKind.PERCENT else None
    return format_qualified(value, qualifier, decimals=decimals)


def _code(typed: str) -> str:
    """As the shipped outline writes it: “k3A” is K3a; codes of another form count as they are typed."""
    return typed[0].upper() + typed[1:].lower() if _SHIPPED.fullmatch(typed) else typed
