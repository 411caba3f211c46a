"""Which lines of a document are headings, and how deep they stand: by style, by number, by look."""

import re
from dataclasses import dataclass

from models_dv.vietnamese.fold import fold
from reports.importers.word.reader import Line

#: Longer lines are text, whatever they look like.
LONGEST, LONGEST_PLAIN = 220, 140
PART, CAPITAL, ROMAN, LETTER = 1, 2, 3, 9
_ORDINALS = "nhat hai ba tu nam sau bay tam chin muoi"
ORDINALS = {word: place for place, word in enumerate(_ORDINALS.split(), start=1)}
_PART = re.compile(r"(?:phần|phan|PHẦN)\s+(?:thứ\s+(\w+)|([IVX]{1,5}|\d{1,2}))\b[\s.:)–—-]*", re.IGNORECASE)
_ROMAN = re.compile(r"([IVX]{1,5})\s*[-–—.:/)]+\s*(?=\S)")
_ROMAN_BELOW = re.compile(r"[IVX]{1,5}\.(\d{1,2}(?:\.\d{1,2})*)\s*[-–—.:/)]?\s+(?=\S)")
_CAPITAL = re.compile(r"([A-HĐ])\s*[-–—./)]+\s*(?=\S)")
_DECIMAL = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){1,3})\s*[-–—.:/)]?\s+(?=\S)|(\d{1,2})\s*[-–—.:/)]\s*(?=[^\W\d_“\"])"
)
_LETTER = re.compile(r"([a-zđ])\s*[-.)/]\s+(?=\S)")
_VALUES = {"I": 1, "V": 5, "X": 10}
_TEXT_END = re.compile(r"[.;,…]$")


@dataclass(frozen=True)
class Number:
    """The number of a heading: “II.” is rank 3 place 2, “1.2.” rank 5 place 2."""

    rank: int
    place: int


@dataclass(frozen=True)
class Heading:
    """A line that may be a heading. ``rank``: the smaller the higher, 0 where its look does not tell.

    ``is_sure``: it is one even where nothing in the outline is called so. ``rest`` is text in the same paragraph.
    """

    title: str
    number: Number | None
    rank: int
    is_sure: bool
    rest: str = ""


def read_number(text: str) -> tuple[Number | None, str]:
    """The number before a heading and what follows it; (None, the text) where there is none."""
    if match := _PART.match(text):
        place = ORDINALS.get(fold(match[1] or ""), 0) or _value(match[2] or "")
        if place:
            return Number(PART, place), text[match.end() :].strip()
    if match := _ROMAN_BELOW.match(text):
        places = [int(place) for place in match[1].split(".")]
        return Number(ROMAN + len(places), places[-1]), text[match.end() :].strip()
    if match := _ROMAN.match(text):
        return Number(ROMAN, _roman(match[1])), text[match.end() :].strip()
    if match := _CAPITAL.match(text):
        return Number(CAPITAL, ord(match[1]) - ord("A") + 1), text[match.end() :].strip()
    if match := _DECIMAL.match(text):
        places = [int(place) for place in (match[1] or match[2]).split(".")]
        return Number(ROMAN + len(places), places[-1]), text[match.end() :].strip()
    if match := _LETTER.match(text):
        return Number(LETTER, ord(match[1]) - ord("a") + 1), text[match.end() :].strip()
    return None, text


def is_bare_part(text: str) -> bool:
    """Whether a line is “PHẦN THỨ NHẤT” or “Phần I” and no more: its title stands on the line below."""
    return (match := _PART.match(text)) is not None and match.end() == len(text)


def heading_of(line: Line) -> Heading | None:
    """The heading that the line is or may be; None for text."""
    if line.label == "-" or len(line.shown) < 2:
        return None
    if line.lead and not line.level:
        return _run_in(line)
    number, title = read_number(line.shown)
    if not title or len(title) > LONGEST or not any(char.isalpha() for char in title):
        return None
    rank = number.rank if number else ROMAN - 1 + line.level if line.level else 0
    title = title.rstrip(" :")
    if line.level:
        return Heading(title, number, rank, is_sure=True)
    stands_out = line.bold or title.isupper()
    ends_as_text = _TEXT_END.search(title) is not None
    if number and number.rank in (PART, ROMAN):
        return Heading(title, number, rank, is_sure=True) if stands_out or not ends_as_text else None
    if stands_out and len(title) <= LONGEST_PLAIN + 40:
        is_numbered = number is not None and number.rank != LETTER
        return Heading(title, number, rank, is_sure=is_numbered) if number or not ends_as_text else None
    if number and number.rank not in (LETTER, CAPITAL) and len(title) <= LONGEST_PLAIN and not ends_as_text:
        return Heading(title, number, rank, is_sure=False)
    return None


def _run_in(line: Line) -> Heading | None:
    """A bold beginning of a paragraph, the text after it."""
    rest = line.text[len(line.lead) :] if line.text.startswith(line.lead) else ""
    lead = Line(line.lead, line.label)
    number, title = read_number(lead.shown)
    title = title.rstrip(" :.-–")
    if not rest or len(title) > LONGEST_PLAIN or not any(char.isalpha() for char in title):
        return None
    return Heading(title, number, number.rank if number else 0, is_sure=False, rest=rest.lstrip(" :.-–"))


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _roman(text.upper())


def _roman(text: str) -> int:
    values = [_VALUES.get(letter, 0) for letter in text]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
