"""How people write the name of a unit: its kind before it or not, shortened or not, with dashes or without."""

import re
from dataclasses import dataclass

from models_dv.domain.search import Query, read_query
from models_dv.vietnamese.fold import fold

#: What stands before the name of a place in a short name, folded.
KINDS = ("xa", "phuong", "thi tran", "dac khu", "huyen", "quan", "thi xa", "thanh pho", "tinh")
#: The committee of a kind: “Thành uỷ …” is that of a “thành phố”.
COMMITTEES = {
    "tinh uy": "tinh",
    "thanh uy": "thanh pho",
    "huyen uy": "huyen",
    "quan uy": "quan",
    "thi uy": "thi xa",
}
_SHORT = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "hcm": "ho chi minh",
    "tphcm": "thanh pho ho chi minh",
}
#: One letter means a kind only with its point: “Q. 1”, “P. Tân An”.
_LETTERS = {"x": "xa", "p": "phuong", "h": "huyen", "q": "quan"}
_LETTER = re.compile(r"\b([xphq])\.")
_WORDS = re.compile(r"[^\s.,;:!?…()\[\]{}<>/-]+")


@dataclass(frozen=True)
class UnitWords:
    """What was typed: ``query`` holds each word once, ``phrase`` all in their order, folded and written out.

    “TP. Thái Bình”: ``kind`` “thanh pho”, ``place`` “thai binh”; without a kind ``place`` is the phrase.
    """

    query: Query
    phrase: str
    kind: str
    place: str


def read_unit_words(typed: str) -> UnitWords:
    """Read the name of a unit as people write it."""
    text = _LETTER.sub(lambda found: f"{_LETTERS[found[1]]} ", fold(read_query(typed).text))
    phrase = " ".join(_SHORT.get(word, word) for word in _WORDS.findall(text)) or text
    kind, place = _kind_and_place(phrase)
    return UnitWords(read_query(phrase), phrase, kind, place)


def _kind_and_place(phrase: str) -> tuple[str, str]:
    place, kind = phrase.removeprefix("dang uy "), ""
    for committee, of_kind in COMMITTEES.items():
        if place.startswith(f"{committee} "):
            kind, place = of_kind, place.removeprefix(f"{committee} ")
    for named in (kind,) if kind else KINDS:
        if place.startswith(f"{named} "):
            return named, place.removeprefix(f"{named} ")
    return (kind, place) if kind else ("", phrase)
