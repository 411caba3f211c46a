"""Finds digits in a text that may be somebody's telephone or identity number (domain.md §9).

It never changes a text and is never sure: a person looks before the text becomes public.
"""

import re
from typing import NamedTuple

PHONE = "số điện thoại"
IDENTITY = "số định danh cá nhân"
WARNING = "Có thể là số điện thoại hoặc số định danh cá nhân. Kiểm tra trước khi công bố"

_GAP = r"[ .\-\u00a0\u202f]?"
_START, _END = r"(?<![\d])(?<!\d[.,])", r"(?!\d)"
_ABROAD = rf"\(?(?:\+|00)84\)?{_GAP}(?:\(0\){_GAP})?"
# After the 0: a mobile number has 9 digits, a line number of an area 10, one from before 2018 10 as well.
_MOBILE = rf"[35789](?:{_GAP}\d){{8}}"
_AREA = rf"2\d{{1,2}}\)?(?:{_GAP}\d){{7,8}}"
_OLD_MOBILE = rf"1[2689](?:{_GAP}\d){{8}}"

_PHONE = re.compile(rf"{_START}(?:{_ABROAD}|\(?0)(?:{_MOBILE}|{_AREA}|{_OLD_MOBILE}){_END}")
# Twelve digits that begin with a province's code, together, in threes, in fours or 3-3-6; nine of the older card.
_IDENTITY = re.compile(
    rf"{_START}0\d{{2}}(?:({_GAP})\d{{3}}\1\d{{3}}\1\d{{3}}|\d({_GAP})\d{{4}}\2\d{{4}}|({_GAP})\d{{3}}\3\d{{6}}){_END}"
)
# 84912345678: abroad without the plus, together.
_ABROAD_PLAIN = re.compile(rf"{_START}84[35789]\d{{8}}{_END}")
_OLD_IDENTITY = re.compile(rf"{_START}\d{{9}}{_END}")
_DATE = re.compile(r"\d\d([ .\-])\d\d\1(?:19|20)\d\d")
_MONEY_AFTER = re.compile(r"\s*(?:đồng|đ\b|VNĐ|VND)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[ .\-\u00a0\u202f]")


class PersonalData(NamedTuple):
    """`text[start:end]` is `found`; `kind` says in Vietnamese what it may be."""

    start: int
    end: int
    found: str
    kind: str


def find_personal_data(text: str) -> list[PersonalData]:
    """Return what may be a telephone or an identity number in `text`, in the order of the text.

    Figures as they are written here (1.743; 84.912.345.678 đồng), dates and years are none.
    """
    found = [_found(match, IDENTITY) for match in _IDENTITY.finditer(text)]
    found += [_found(match, PHONE) for match in _PHONE.finditer(text) if _is_phone(match[0])]
    for kind, digits in ((IDENTITY, _OLD_IDENTITY), (PHONE, _ABROAD_PLAIN)):
        found += [_found(match, kind) for match in digits.finditer(text) if not _is_sum(match, text)]
    found.sort()
    return [item for before, item in zip([None, *found], found, strict=False) if not _overlap(before, item)]


def _found(match: re.Match, kind: str) -> PersonalData:
    return PersonalData(match.start(), match.end(), match[0], kind)


def _is_phone(found: str) -> bool:
    """Whether the groups are those of one number: after the first gap one sort of gap, and no date in front."""
    return len(set(_SEPARATORS.findall(found)[1:])) <= 1 and not _DATE.match(found)


def _is_sum(match: re.Match, text: str) -> bool:
    return match[0].endswith("000") or bool(_MONEY_AFTER.match(text, match.end()))


def _overlap(before: PersonalData | None, item: PersonalData) -> bool:
    return before is not None and item.start < before.end
