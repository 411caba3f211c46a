"""Nhân dân, Đảng, Nhà nước: finds where they stand in small letters and the house style writes capitals.

It never changes a text: a person reads the suggestion and decides (domain.md §8, §10). Only what is certain is
suggested: “Công an nhân dân”, “nhân dân tệ”, “đảng viên”, “cơ quan nhà nước” are right as they are.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .letters import CAPITALS

REASON = "Viết hoa: {words}"

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Lower(NamedTuple):
    """`text[start:end]` is `found`; the house style writes `suggested`."""

    start: int
    end: int
    found: str
    suggested: str


#: “nhân dân” stays small after these: names of bodies and titles, and words of which “nhân” is a part.
_NOT_PEOPLE_AFTER = _words(
    "đội an ninh đồng ban án sát tra ưu tú giáo sĩ sư tranh ngoại tụng thẩm vũ trang dụng vệ phòng công nạn bệnh cá "
    "tù thương thân danh hôn tư phu quân tham phạm cố bằng toà tòa"
)
#: … and before these: another word begins with “dân”, or the pair is a name.
_NOT_PEOPLE_BEFORE = _words(
    "tộc tệ sự số cư quân vận chủ lập sinh trí gian ca tuý quyền bản biểu phòng doanh nghèo ưu tử"
)
#: “đảng” is the Party after these words …
_PARTY_AFTER = _words("của vào theo với dựng yêu toàn ý")
#: … and nothing else before these.
_NOT_PARTY_BEFORE = _words(
    "viên uỷ ủy bộ phái phí đoàn tịch tính kỳ cộng dân đó đoàn phong trị khác này đối cầm"
)
#: “nhà nước” is the State after these words, unless one of the others follows.
_STATE_AFTER = _words("của")
_NOT_STATE_BEFORE = _words("pháp ngoài láng khác bạn đó")
#: “đảng lãnh đạo, nhà nước quản lý” at the beginning of a clause or after this.
_BEGINS_AFTER = _words("do") | {""}
#: “đảng bộ” is not that of one place after these.
_SEVERAL = _words("các những mỗi mọi từng nhiều số hai ba bốn năm")
_PARTY_BODY = re.compile(
    rf" bộ (?:(?:tỉnh|thành phố|phường|xã|đặc khu) [{CAPITALS}]|tỉnh(?! [^\W\d_]|,)|tỉnh (?:ta|đã|lần)\b)"
)
_WHOLE_NAME = "Đảng Cộng sản Việt Nam"
_WHOLE_NAME_SMALL = re.compile(r"[Đđ]ảng [Cc]ộng [Ss]ản [Vv]iệt [Nn]am\b")


def find_small(text: str) -> list[Lower]:
    """Return where a capital is missing, in the order of the text."""
    words = list(_WORD.finditer(text))
    return [found for at in range(len(words)) for found in _at(text, words, at)]


def _at(text: str, words: list[re.Match], at: int) -> Iterator[Lower]:
    word = words[at]
    whole = _WHOLE_NAME_SMALL.match(text, word.start())
    if whole and whole[0] != _WHOLE_NAME:
        yield Lower(whole.start(), whole.end(), whole[0], _WHOLE_NAME)
    elif word[0] == "đảng" and _is_party_body(text, words, at):
        yield Lower(word.start(), words[at + 1].end(), "đảng bộ", "Đảng bộ")
    elif word[0] == "đảng" and _is_party(text, words, at):
        yield Lower(word.start(), word.end(), word[0], "Đảng")
    if at + 1 == len(words) or text[word.end() : words[at + 1].start()] != " ":
        return
    pair = f"{word[0]} {words[at + 1][0]}"
    if pair == "nhân dân" and _is_people(text, words, at):
        yield Lower(word.start(), words[at + 1].end(), pair, "Nhân dân")
    elif pair == "nhà nước" and _is_state(text, words, at):
        yield Lower(word.start(), words[at + 1].end(), pair, "Nhà nước")


def _is_people(text, words, at) -> bool:
    return _before(text, words, at) not in _NOT_PEOPLE_AFTER and (
        _after(text, words, at + 1) not in _NOT_PEOPLE_BEFORE
    )


def _is_party(text, words, at) -> bool:
    if _after(text, words, at) in _NOT_PARTY_BEFORE:
        return False
    if _goes_on_with(text, words[at].end(), r"(?:,| và) nhà nước\b") or _after(text, words, at) == "ta":
        return True
    before = _before(text, words, at)
    if before in _BEGINS_AFTER and _goes_on_with(text, words[at].end(), r" lãnh đạo\b"):
        return True
    return before in _PARTY_AFTER or (before == "ương" and _before(text, words, at - 1) == "trung")


def _is_party_body(text, words, at) -> bool:
    """Whether it is the Party's organisation in one place that is named."""
    return _PARTY_BODY.match(text, words[at].end()) is not None and _before(text, words, at) not in _SEVERAL


def _is_state(text, words, at) -> bool:
    after = _after(text, words, at + 1)
    if after in _NOT_STATE_BEFORE:
        return False
    if after == "ta" or _goes_on_with(text, words[at + 1].end(), r" và nhân dân\b"):
        return True
    if re.search(r"đảng(?:,| và) $", text[: words[at].start()][-12:], re.IGNORECASE):
        return True
    before = _before(text, words, at)
    if before in _BEGINS_AFTER and _goes_on_with(text, words[at + 1].end(), r" quản lý\b"):
        return True
    return before in _STATE_AFTER


def _goes_on_with(text: str, place: int, pattern: str) -> bool:
    return re.compile(pattern, re.IGNORECASE).match(text, place) is not None


def _before(text: str, words: list[re.Match], at: int) -> str:
    """The word right before in small letters, "" where something else stands between."""
    if at == 0 or text[words[at - 1].end() : words[at].start()] != " ":
        return ""
    return words[at - 1][0].lower()


def _after(text: str, words: list[re.Match], at: int) -> str:
    if at + 1 >= len(words) or text[words[at].end() : words[at + 1].start()] != " ":
        return ""
    return words[at + 1][0].lower()
