"""The words for kinds of territories, what each means here, and how a name of a place is compared."""

import re
import unicodedata
from dataclasses import dataclass

from models_dv.enums import UnitLevel, UnitType
from models_dv.vietnamese.fold import fold, normalize


@dataclass(frozen=True)
class Kind:
    """A kind of territory: its word, type and level, and what its Party committee is called."""

    word: str
    type: UnitType
    level: UnitLevel
    committee: str


_ALL = (
    Kind("xã", UnitType.COMMUNE, UnitLevel.COMMUNE, "Đảng uỷ xã"),
    Kind("phường", UnitType.WARD, UnitLevel.COMMUNE, "Đảng uỷ phường"),
    Kind("thị trấn", UnitType.TOWNSHIP, UnitLevel.COMMUNE, "Đảng uỷ thị trấn"),
    Kind("đặc khu", UnitType.SPECIAL_ZONE, UnitLevel.COMMUNE, "Đảng uỷ đặc khu"),
    Kind("huyện", UnitType.DISTRICT, UnitLevel.DISTRICT, "Huyện uỷ"),
    Kind("quận", UnitType.TOWN, UnitLevel.DISTRICT, "Quận uỷ"),
    Kind("thị xã", UnitType.TOWN, UnitLevel.DISTRICT, "Thị uỷ"),
    Kind("tỉnh", UnitType.PROVINCE, UnitLevel.PROVINCE, "Tỉnh uỷ"),
    # Also a town below a province; then only its level differs.
    Kind("thành phố", UnitType.CITY, UnitLevel.PROVINCE, "Thành uỷ"),
)
KINDS = {kind.word: kind for kind in _ALL}
#: Longer words first, so that “thị xã” is not read as “xã”.
WORDS = sorted(KINDS, key=len, reverse=True)
_LEADING = re.compile(rf"({'|'.join(WORDS)})\s+(\S.*)", re.IGNORECASE)
_ZEROS = re.compile(r"\b0+(?=\d)")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def kind_and_place(name: str) -> tuple[str, str]:
    """“Xã Phú Lâm” → ("xã", "Phú Lâm"); a name without the word of a kind → ("", name)."""
    found = _LEADING.fullmatch(" ".join(name.split()))
    return (found[1].lower(), found[2]) if found else ("", name)


def folded(place: str) -> str:
    """To find a place by: no accents, no leading zeros, dashes without spaces."""
    return re.sub(r"\s*-\s*", "-", _ZEROS.sub("", fold(place)))


def spoken(place: str) -> str:
    """To compare two spellings of a place: Hoà is Hòa, but Tân Lập is not Tân Lấp."""
    text = re.sub(r"\s*[-–]\s*", "-", _ZEROS.sub("", normalize(place).casefold().replace("’", "'")))
    return " ".join(_syllable(word) for word in text.split())


def _syllable(word: str) -> str:
    """Letters in their order, the tone after them: where it is written does not matter."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(sorted(char for char in letters if char in _TONES))
    return unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES)) + tones
