"""Finds words that a conversion from old fonts damaged, and says what they probably were.

It never changes a text: a person reads the suggestion and decides (domain.md §8).

A text that was already Unicode and was converted once more as if it were VNI shows ô as ơ, ò as ị, ó as ĩ,
oà as ồ, oá as ố, oã as ỗ. Three tables find that, each as careful as the words allow:
syllables that cannot be Vietnamese (“cơng”, “phịng”), whole words that do not exist (“cĩ”, “hịa”),
and real words that are damage only beside certain others (“tồn” in “an tồn”, never in “tồn tại”).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .text_damage import COMPOUNDS, IMPOSSIBLE_RIMES, REAL_NAMES, WORDS, WORDS_BESIDE

CONVERSION = "Nghi sai bảng mã"
DECOMPOSED = "Chữ tổ hợp rời dấu"
ETH = "Chữ Ð không phải chữ Đ tiếng Việt"

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u0300-\u036f])*")
_ETHS = {"\u00d0": "Đ", "\u00f0": "đ"}
_RIMES = [(re.compile(pattern), mended) for pattern, mended in IMPOSSIBLE_RIMES]


class Suggestion(NamedTuple):
    """`text[start:end]` is `found` and should probably read `suggested`; `reason` is in Vietnamese."""

    start: int
    end: int
    found: str
    suggested: str
    reason: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    key: str
    """In small letters, for the tables."""
    follows: bool
    """Only white space stands between the word before and this one."""


def examine(text: str) -> list[Suggestion]:
    """Return what looks damaged in `text`, in the order of the text; at most one suggestion a word."""
    words = list(_words(text))
    suggestions = (_examine_word(words, index) for index in range(len(words)))
    return [suggestion for suggestion in suggestions if suggestion]


def encoding_warning(suggestions: Iterable[Suggestion]) -> str:
    """Return the warning line for `suggestions`, naming the first; "" when there is none."""
    found = list(suggestions)
    if not found:
        return ""
    first = found[0]
    return f"{len(found)} từ nghi sai bảng mã (“{first.found}” → “{first.suggested}”). Xem và sửa"


def _words(text: str) -> Iterator[_Word]:
    end = None
    for match in _WORD.finditer(text):
        follows = end is not None and text[end : match.start()].isspace()
        yield _Word(match.start(), match.end(), match[0], match[0].lower(), follows)
        end = match.end()


def _examine_word(words: list[_Word], index: int) -> Suggestion | None:
    word = words[index]
    if any(eth in word.text for eth in _ETHS):
        mended = "".join(_ETHS.get(char, char) for char in word.text)
        return Suggestion(word.start, word.end, word.text, unicodedata.normalize("NFC", mended), ETH)
    if not unicodedata.is_normalized("NFC", word.text):
        composed = unicodedata.normalize("NFC", word.text)
        return Suggestion(word.start, word.end, word.text, composed, DECOMPOSED)
    mended = _mended(words, index)
    if not mended or _is_real_name(words, index):
        return None
    return Suggestion(word.start, word.end, word.text, _in_case_of(word.text, mended), CONVERSION)


def _mended(words: list[_Word], index: int) -> str | None:
    """Return what the word probably was, in small letters, or None when it may stand."""
    key = words[index].key
    if key in WORDS:
        return WORDS[key]
    for rime, mended in _RIMES:
        if rime.search(key):
            return rime.sub(mended, key)
    beside = WORDS_BESIDE.get(key)
    before, after = _word_before(words, index), _word_after(words, index)
    if beside is None or (before, key) in COMPOUNDS or (key, after) in COMPOUNDS:
        return None
    if index > 1 and (_word_before(words, index - 1), before) in COMPOUNDS:
        before = None
    return beside.mended if before in beside.before or after in beside.after else None


def _word_before(words: list[_Word], index: int) -> str | None:
    return words[index - 1].key if index > 0 and words[index].follows else None


def _word_after(words: list[_Word], index: int) -> str | None:
    return words[index + 1].key if index + 1 < len(words) and words[index + 1].follows else None


def _is_real_name(words: list[_Word], index: int) -> bool:
    """True inside a proper name that only looks damaged, such as a commune of the Central Highlands."""
    for name in REAL_NAMES:
        for first in range(max(0, index - len(name) + 1), index + 1):
            if tuple(word.key for word in words[first : first + len(name)]) == name:
                return True
    return False


def _in_case_of(found: str, mended: str) -> str:
    if found.isupper() and len(found) > 1:
        return mended.upper()
    return mended[0].upper() + mended[1:] if found[0].isupper() else mended
