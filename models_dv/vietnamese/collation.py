"""Stored sort keys for Vietnamese text, in the order of ICU's `vi` (domain.md §6, §8).

Neither SQLite nor a PostgreSQL database of unknown collation sorts Vietnamese, so the order is
computed here once and kept in a column. A key holds digits only: every collation in use puts the
digits 0–9 in that order and has no contractions among them, so the column may have any.

The order has three levels, as in ICU: first the letters (a ă â b c d đ e ê …), then over the whole
text the tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case (small before capital). It equals ICU's
(version 72; later ones put curly quotes beside the straight ones) for the Vietnamese letters, digits and
the signs listed here; anything else sorts after z by code point.
"""

import unicodedata
from functools import lru_cache

from .fold import normalize

SORT_KEY_MAX_LENGTH = 500
"""Longest key: enough to tell apart texts that differ within their first 150 characters or so."""

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_BLANKS = "\t\n "
_SIGNS = "_-‐‒–—―,;:!¡?¿.·'‘’‚‹›\"“”„«»()[]{}§¶@*/\\&#%‰†‡•′`´^¯¨¸°©®←→↑↓+±÷×<=>¬|~⁄−≈≤≥■□▪○●✓¢$£¥₫€"

_PLAIN = "1"
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SMALL, _CAPITAL = "1", "2"
_END_OF_LETTERS, _END_OF_TONES = "00", "0"

Weights = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def sort_key(text: str) -> str:
    """Return the key of `text`: comparing keys character by character orders as ICU `vi`.

    Digits only, at most `SORT_KEY_MAX_LENGTH` of them; "000" for an empty text.
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for char in normalize(text[:SORT_KEY_MAX_LENGTH]):
        char_letters, char_tones, char_cases = _weights(char)
        letters += char_letters
        tones += char_tones
        cases += char_cases
    levels = [*letters, _END_OF_LETTERS, *_trimmed(tones, _PLAIN), _END_OF_TONES, *_trimmed(cases, _SMALL)]
    return "".join(levels)[:SORT_KEY_MAX_LENGTH]


def given_name_key(full_name: str) -> str:
    """Return the key that lists people by given name (the last word), then family, then middle names.

    Case makes no difference, so that a list with names in capitals stays in one order.
    """
    words = normalize(full_name).lower().split()
    given, family, middle = words[-1:], words[:-1][:1], words[1:-1]
    parts = (sort_key(" ".join(part)) for part in (given, family, middle))
    return "0".join(parts)[:SORT_KEY_MAX_LENGTH]


@lru_cache(maxsize=4096)
def _weights(char: str) -> Weights:
    """Return the letter, tone and case weights of one character; a ligature has several of each."""
    if char in _TABLE:
        return _TABLE[char]
    decomposition = unicodedata.normalize("NFKD", char)
    if decomposition == char:
        return _weights_by_code_point(char)
    parts = [_weights(part) for part in decomposition]
    letters = tuple(weight for part in parts for weight in part[0])
    tones = tuple(weight for part in parts for weight in part[1])
    cases = tuple(weight for part in parts for weight in part[2])
    if unicodedata.decomposition(char).startswith("<"):
        return letters, tones, (_by_code_point(char),) * len(cases)
    return letters, tones, cases


def _weights_by_code_point(char: str) -> Weights:
    if unicodedata.combining(char):
        return (), (_TONES.get(char) or _by_code_point(char),), ()
    return (_by_code_point(char),), (_PLAIN,), (_SMALL,)


def _by_code_point(char: str) -> str:
    return f"9{ord(char):07d}"


def _trimmed(weights: list[str], lowest: str) -> list[str]:
    """Drop the lowest weight from the end: it says nothing there, and most texts end in many."""
    end = len(weights)
    while end and weights[end - 1] == lowest:
        end -= 1
    return weights[:end]


def _table() -> dict[str, Weights]:
    """Return the weights of the known characters.

    No letter weight begins another one: the first digit tells its length (blanks 01–03, signs 100–199,
    digits 20–29, letters 30–62, others 9 and seven digits), and none begins with "00".
    """
    table: dict[str, Weights] = {}
    for number, char in enumerate(_BLANKS, start=1):
        table[char] = (f"{number:02d}",), (_PLAIN,), (_SMALL,)
    for number, char in enumerate(_SIGNS, start=100):
        table[char] = (f"{number}",), (_PLAIN,), (_SMALL,)
    for number in range(10):
        table[str(number)] = (f"2{number}",), (_PLAIN,), (_SMALL,)
    for number, letter in enumerate(_LETTERS, start=30):
        for mark, tone in {"": _PLAIN, **_TONES}.items():
            small = unicodedata.normalize("NFC", letter + mark)
            for char, case in ((small, _SMALL), (small.upper(), _CAPITAL)):
                if len(char) == 1:
                    table[char] = (f"{number}",), (tone,), (case,)
    return table


_TABLE = _table()
