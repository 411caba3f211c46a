"""Reading the notes of today's communes: which units they name as predecessors, by which resolution.

A note is one sentence of free text, written by many hands: “Đổi tên từ … thành …, hợp nhất phường A, 1 phần xã B.
Bỏ cấp huyện. Số: 1656/NQ-UBTVQH15; Ngày: 16/06/2025”. Some are cut off after 250 letters.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

RESOLUTION = re.compile(r"Số: ?(?P<number>[^;]+); ?Ngày: ?(?P<day>\d\d/\d\d/\d{4})")
UNCHANGED = re.compile(r"Giữ nguyên(?! mã)")
JOINED = re.compile(r"(?i)h[ợơọ]p\s*nh[ấâ]t?|hợp thành xã Tân Hòa|trên cơ sở nhập")
AREA_OF = re.compile(r"(?i)quy mô dân(?: số)? của")
BECOMES = re.compile(r"\s+thành(?: (?:một |01 )?(?:[Xx]ã|xa|[Pp]hường|[Đđ]ặc khu|thị trấn)| *$)")
MEASURES = re.compile(r"(?i)(?:toàn bộ )?diện tích tự nhiên(?: là)?\s*,? ?(?:và )?(?:quy mô dân số)?(?: là)?")
PART = re.compile(r"(?i)một phần|01 phần|1 phần|phần còn lại")
WHERE = re.compile(
    r"(?i)\b(?:thuộc|của) (?:quận|huyện|thị xã|thành phố|tỉnh) [^,;]*?(?=,|;| và |$)"
    r"|hiện nay|(?:theo quy|sau khi)[^,;]*"
)
#: A type in small letters anywhere, or with a capital at the beginning; “Tân Xã” and “Tứ Xã” are names.
UNIT = re.compile(r"^(?:.*?\b(?:thị trấn|trị trấn|phường|xã)|(?:Thị [Tt]rấn|Phường|Xã)\b)\s*(?P<name>.*)$")
LONGEST = 245


@dataclass(frozen=True)
class Named:
    """A predecessor named in a note; the extent is “whole”, “part”, or “unclear” after a part in a list."""

    name: str
    extent: str


def key(name: str) -> str:
    """A name without signs, spaces and the choice between i and y, to compare two spellings."""
    letters = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d").lower())
    return re.sub(r"[^a-z0-9]", "", letters).replace("y", "i")


def resolution(note: str) -> tuple[str, date]:
    """Number and day of the resolution at the end of a note."""
    found = RESOLUTION.search(note)
    return found["number"].strip(), datetime.strptime(found["day"], "%d/%m/%Y").date()


def is_unchanged(note: str) -> bool:
    """The note says that the unit was left as it was."""
    return bool(UNCHANGED.search(note))


def is_cut_off(note: str) -> bool:
    """The sentence about the predecessors ends where the field of the source was full."""
    return len(_sentence(note)) >= LONGEST


def predecessors(note: str) -> list[Named]:
    """What the note names; empty when it names nothing."""
    text = _listing(re.sub(r"\([^)]*\)?", " ", _without_rest(_sentence(note))))
    if text is None:
        return []
    text = MEASURES.sub(" ", re.sub(r"(?i)\d[\d,.]* (?:km2|ha|người)\b", " ", BECOMES.split(text)[0]))
    named, after_part = [], False
    for chunk in re.split(r"[,;.]|\bvà\b|\bvới\b", WHERE.sub(" ", text)):
        is_part = bool(PART.search(chunk))
        after_part = after_part or is_part
        name = _name(PART.sub(" ", chunk))
        if name:
            named.append(Named(name, "part" if is_part else "unclear" if after_part else "whole"))
    return named


def _sentence(note: str) -> str:
    return re.split(r"Bỏ cấp huyện|Số:", note)[0].strip(" .")


def _without_rest(sentence: str) -> str:
    """Without the “1” that is left of “1 phần” where the source cut the note off."""
    return sentence.removesuffix(", 1")


def _listing(text: str) -> str | None:
    """The part of the sentence that lists units."""
    found = JOINED.search(text) or AREA_OF.search(text)
    if found:
        return text[found.end() :]
    found = re.search(r"(?i)\btừ\s+(.*?)\s+thành\b", text) or re.search(
        r"(?i)^(phần còn lại của .*?) thành", text
    )
    return found[1] if found else None


def _name(chunk: str) -> str:
    chunk = re.sub(r"^(?:của các|của|các)\s+", "", " ".join(chunk.split()))
    while found := UNIT.match(chunk):
        chunk = found["name"].strip()
    is_name = (chunk[:1].isupper() or chunk.isdigit()) and not chunk.startswith("Thành phố ")
    return chunk if is_name else ""
