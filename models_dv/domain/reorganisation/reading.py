"""Reading the text of a resolution: who goes where, as far as the words say it; nothing is guessed.

Clauses as the resolutions of the National Assembly's Standing Committee word them (since 2019): “Sắp xếp toàn bộ …
của xã A, xã B và một phần … của phường C thành xã mới có tên gọi là xã D”, “Thành lập phường X trên cơ sở nhập
toàn bộ … của …”, “Nhập … vào …”, “Đổi tên … thành …”, “Chia xã A thành xã B và xã C”.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models_dv.domain.reorganisation.clauses import Sentence, sentences
from models_dv.domain.reorganisation.kinds import WORDS
from models_dv.domain.reorganisation.listing import Extent, Listing, Named, read_listing, read_one


class Verb(StrEnum):
    """What a clause does with its sources."""

    FORM = "form"  # together they are a new unit
    INTO = "into"  # they go into a unit that stands, which may get a new name
    RENAME = "rename"  # one unit gets another name or kind
    SPLIT = "split"  # one unit becomes several


@dataclass(frozen=True)
class Clause:
    """One act that a sentence tells of. ``results``: what comes of it; for INTO the unit, then its new name."""

    label: str
    text: str
    verb: Verb
    sources: tuple[Named, ...]
    results: tuple[Named, ...]
    strange: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A whole text: its acts, the sentences that speak of units but were not understood, its day and number."""

    clauses: tuple[Clause, ...]
    unread: tuple[Sentence, ...]
    in_force_on: date | None = None
    number: str = ""


_KIND = f"(?:{'|'.join(WORDS)})"
_ACTS = "nhập|sáp nhập|hợp nhất|sắp xếp|điều chỉnh|chuyển|giải thể|chia|tách|thành lập|đổi tên|kết thúc"
_OPENING = re.compile(r"(?:nay|và|quyết định|thực hiện|tiến hành|đồng ý|việc|phương án)\s+", re.IGNORECASE)
_FORMED = re.compile(
    rf"thành\s+lập\s+(?P<new>{_KIND}\s.+?)\s+(?:trên\s+cơ\s+sở|từ)\s+(?P<old>.+)", re.IGNORECASE
)
_IS_FORMED = re.compile(
    rf"(?P<new>{_KIND}\s.+?)\s+được\s+thành\s+lập\s+(?:trên\s+cơ\s+sở|từ)\s+(?P<old>.+)", re.IGNORECASE
)
_RENAMED = re.compile(rf"đổi\s+tên\s+(?P<old>{_KIND}\s.+?)\s+thành\s+(?P<new>\S.*)", re.IGNORECASE)
_RETYPED = re.compile(
    rf"(?:chuyển(?:\s+đổi)?|nâng(?:\s+cấp)?|đổi\s+loại)\s+(?P<old>{_KIND}\s.+?)\s+(?:thành|lên)\s+(?P<new>{_KIND}\s.+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(?:chia\s+tách|chia|tách)\s+(?P<old>.+?)\s+thành\s+(?P<new>.+)", re.IGNORECASE)
_CALLED = r"(?:có\s+tên(?:\s+gọi)?|lấy\s+tên(?:\s+gọi)?|với\s+tên(?:\s+gọi)?|mang\s+tên|tên(?:\s+gọi)?|gọi)"
_NEW = re.compile(
    rf"(?P<old>.+?)\s+(?:để\s+)?thành(?:\s+lập)?\s+(?:(?:một|01|1)\s+)?{_KIND}(?:\s+mới)?,?\s+{_CALLED}\s+(?:là\s+)?"
    rf"(?P<new>{_KIND}\s.+)",
    re.IGNORECASE,
)
_BECOMES = re.compile(rf"(?P<old>.+)\s(?:để\s+)?thành(?:\s+lập)?\s+(?P<new>{_KIND}\s+\S.*)", re.IGNORECASE)
_INTO = re.compile(
    rf"(?P<old>.+?)\s(?:để\s+nhập\s+|nhập\s+)?(?:vào|về)\s+(?P<into>{_KIND}\s.+)", re.IGNORECASE
)
_THEN_CALLED = re.compile(
    rf"(?:đổi\s+tên\s+(?:{_KIND}\s.+?\s+)?thành|lấy\s+tên(?:\s+gọi)?\s+là)\s+(?P<new>{_KIND}\s.+)",
    re.IGNORECASE,
)
_THEN_FORMS = re.compile(
    rf"để\s+thành\s+lập\s+(?:{_KIND}\s+mới\s+.*?\s+là\s+)?(?P<new>{_KIND}\s.+)", re.IGNORECASE
)
_VERB_FIRST = re.compile(rf"(?:{_ACTS})\b", re.IGNORECASE)
_CUT = re.compile(r"(?:điều chỉnh|cắt|tách|chuyển)\b", re.IGNORECASE)
#: Sentences that only describe.
_ASIDE = re.compile(
    r"sau khi|căn cứ|xét đề nghị|theo đề nghị|nghị quyết này|trên cơ sở đề án|giữ nguyên|các cơ quan|kể từ ngày|"
    r"chính phủ|hội đồng|ủy ban|uỷ ban|quốc hội|quyết nghị|điều \d",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"đơn\s+vị\s+hành\s+chính|không\s+thực\s+hiện\s+sắp\s+xếp", re.IGNORECASE)
_MENTION = re.compile(rf"\b(?i:{_KIND})\s+[A-ZĐÀ-Ỹ0-9]")
_DAY = re.compile(
    r"hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+kể)?\s+từ\s+ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:nghị\s+quyết|quyết\s+định)?\s*số:?\s*(\d+(?:/\d{4})?/[A-ZĐ]+-?[A-ZĐ0-9]+)", re.IGNORECASE
)


def read_resolution(text: str) -> Reading:
    """What the text says of units."""
    clauses, unread = [], []
    for sentence in sentences(text):
        clause = read_sentence(sentence)
        if clause:
            clauses.append(clause)
        elif _speaks_of_units(sentence.text):
            unread.append(sentence)
    number = _NUMBER.search(text)
    return Reading(tuple(clauses), tuple(unread), _in_force_on(text), number[1] if number else "")


def read_sentence(sentence: Sentence) -> Clause | None:
    """The act of one sentence; None when it tells of none, or not in words that are known."""
    text = sentence.text
    while opening := _OPENING.match(text):
        text = text[opening.end() :]
    if _ASIDE.match(text):
        return None
    for read in (_formed, _renamed, _split, _into, _new):
        found = read(text)
        if found:
            verb, listing, results = found
            sources = tuple(_cut(text, listing.named))
            return Clause(sentence.label, sentence.text, verb, sources, results, tuple(listing.strange))
    return None


Found = tuple[Verb, Listing, tuple[Named, ...]] | None


def _formed(text: str) -> Found:
    found = _FORMED.match(text) or _IS_FORMED.match(text)
    new = found and read_one(found["new"])[0]
    return _found(Verb.FORM, found["old"], new) if new else None


def _renamed(text: str) -> Found:
    found = _RENAMED.match(text) or _RETYPED.match(text)
    old = found and read_one(found["old"])[0]
    if not old:
        return None
    new = read_one(found["new"])[0] or read_one(f"{old.kind} {found['new']}")[0]
    return _found(Verb.RENAME, found["old"], new) if new else None


def _split(text: str) -> Found:
    found = _SPLIT.match(text)
    results = read_listing(found["new"]).named if found else []
    if len(results) < 2:
        return None
    listing = read_listing(found["old"])
    if len(listing.named) != 1:
        return None
    return Verb.SPLIT, listing, tuple(results)


def _into(text: str) -> Found:
    found = _INTO.match(text) if _VERB_FIRST.match(text) else None
    into, rest = read_one(found["into"]) if found else (None, "")
    if not into:
        return None
    formed, called = _THEN_FORMS.search(rest), _THEN_CALLED.search(rest)
    if formed:
        listing = read_listing(found["old"])
        listing.named.append(into)
        new = read_one(formed["new"])[0]
        return (Verb.FORM, listing, (new,)) if new else None
    new = read_one(called["new"])[0] if called else None
    return _found(Verb.INTO, found["old"], into, *([new] if new else []))


def _new(text: str) -> Found:
    if not _VERB_FIRST.match(text):
        return None
    found = _NEW.match(text) or _BECOMES.match(text)
    new = found and read_one(found["new"])[0]
    return _found(Verb.FORM, found["old"], new) if new else None


def _found(verb: Verb, old: str, *results: Named) -> Found:
    listing = read_listing(old)
    return (verb, listing, results) if listing.named else None


def _cut(text: str, named: list[Named]) -> list[Named]:
    """“Điều chỉnh 0,46 km2 … của phường A vào phường B”: an area in figures is a part."""
    if not _CUT.match(text):
        return named
    return [replace(one, extent=one.extent or Extent.PART) for one in named]


def _speaks_of_units(text: str) -> bool:
    if _ASIDE.match(text) or _ABOUT.search(text):
        return False
    return bool(_MENTION.search(text)) and bool(re.search(rf"\b(?:{_ACTS})\b", text, re.IGNORECASE))


def _in_force_on(text: str) -> date | None:
    found = _DAY.search(" ".join(text.split()))
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
