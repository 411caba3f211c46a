"""Reading the text of a resolution: who goes where, as far as the words say it; nothing is guessed, nothing dropped.

Clauses as the resolutions of the National Assembly's Standing Committee word them (since 2019): “Sắp xếp toàn bộ …
của xã A, xã B và một phần … của phường C thành xã mới có tên gọi là xã D”, “Thành lập phường X trên cơ sở nhập
toàn bộ … của …”, “Nhập … vào …”, “Đổi tên … thành …”, “Chia xã A thành xã B và xã C”; and as Party papers do:
“Thành lập Đảng bộ xã … trên cơ sở hợp nhất …”, “Các xã A, B được sáp nhập thành xã C”. A sentence that speaks of
such an act and is not understood as a whole stands among the unread.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from models_dv.domain.reorganisation import speaking
from models_dv.domain.reorganisation.clauses import Sentence, sentences
from models_dv.domain.reorganisation.kinds import KINDS, WORDS
from models_dv.domain.reorganisation.listing import Extent, Listing, Named, read_listing, read_one


class Verb(StrEnum):
    """What a clause does with its sources."""

    FORM = "form"  # together they are a new unit
    INTO = "into"  # they go into a unit that stands, which may get a new name
    DIVIDE = "divide"  # they are divided among units that stand
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
_OPENING = re.compile(
    r"(?:nay|và|quyết định|quyết nghị|thực hiện|tiến hành|đồng ý|thống nhất|việc|phương án)\s*:?\s+",
    re.IGNORECASE,
)
_FORMED = re.compile(
    rf"thành\s+lập\s+(?P<new>{_KIND}\s.+?)\s+(?:trên\s+cơ\s+sở|từ)\s+(?P<old>.+)", re.IGNORECASE
)
_IS_FORMED = re.compile(
    rf"(?P<new>{_KIND}\s.+?)\s+được\s+thành\s+lập\s+(?:trên\s+cơ\s+sở|từ)\s+(?P<old>.+)", re.IGNORECASE
)
#: “thành” is written small, or it is a syllable of a name (xã Tân Thành).
_RENAMED = re.compile(rf"đổi\s+tên\s+(?P<old>{_KIND}\s.+?)\s+(?-i:thành)\s+(?P<new>\S.*)", re.IGNORECASE)
_RETYPED = re.compile(
    rf"(?:chuyển(?:\s+đổi)?|nâng(?:\s+cấp)?|đổi\s+loại)\s+(?P<old>{_KIND}\s.+?)\s+(?:(?-i:thành)|lên)\s+(?P<new>{_KIND}\s.+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(?:chia\s+tách|chia|tách)\s+(?P<old>.+?)\s+(?-i:thành)\s+(?P<new>.+)", re.IGNORECASE)
_CALLED = r"(?:có\s+tên(?:\s+gọi)?|lấy\s+tên(?:\s+gọi)?|với\s+tên(?:\s+gọi)?|mang\s+tên|tên(?:\s+gọi)?|gọi)"
_NEW = re.compile(
    rf"(?P<old>.+?)\s+(?:để\s+)?(?-i:thành)(?:\s+lập)?\s+(?:(?:một|01|1)\s+)?{_KIND}(?:\s+mới)?,?\s+{_CALLED}\s+(?:là\s+)?"
    rf"(?P<new>{_KIND}\s.+)",
    re.IGNORECASE,
)
_BECOMES = re.compile(
    rf"(?P<old>.+)\s(?:để\s+)?(?-i:thành)(?:\s+lập)?\s+(?P<new>{_KIND}\s+\S.*)", re.IGNORECASE
)
_INTO = re.compile(
    rf"(?P<old>.+?)\s(?:để\s+nhập\s+|nhập\s+)?(?:vào|về)\s+(?P<into>(?:các\s+)?{_KIND}\s.+)", re.IGNORECASE
)
_THEN_CALLED = re.compile(
    rf"(?:đổi\s+tên\s+(?:{_KIND}\s.+?\s+)?(?-i:thành)|lấy\s+tên(?:\s+gọi)?\s+là)\s+(?P<new>{_KIND}\s.+)",
    re.IGNORECASE,
)
_THEN_FORMS = re.compile(
    rf"để\s+thành\s+lập\s+(?:{_KIND}\s+mới\s+.*?\s+là\s+)?(?P<new>{_KIND}\s.+)", re.IGNORECASE
)
_VERB_FIRST = re.compile(rf"(?:{speaking.ACTS})\b", re.IGNORECASE)
#: “Các xã A, B được sáp nhập thành …”: who comes before what happens.
_SUBJECT_FIRST = re.compile(
    rf"(?P<old>(?:các\s+|\d+\s+)?{_KIND}\s.+?)\s+(?:(?:được|sẽ|nay)\s+)*"
    r"(?P<verb>sáp\s+nhập|hợp\s+nhất|nhập|sắp\s+xếp|chia\s+tách|chia|tách|đổi\s+tên|chuyển)\s+"
    r"(?P<tail>(?:để\s+)?(?:(?-i:thành)|vào|về)\s.+)",
    re.IGNORECASE,
)
#: Where an act may begin after an introduction: “Kể từ ngày …, nhập …”, “… quyết định nhập …”.
_BEGINS = re.compile(
    rf"(?:,|:|\b(?:quyết\s+định|quyết\s+nghị|thống\s+nhất|đồng\s+ý|thông\s+qua)\b)\s+"
    rf"(?=(?:(?:nay|và|việc|quyết\s+định|thống\s+nhất|đồng\s+ý|thực\s+hiện)\s+)*"
    rf"(?:(?:các\s+)?{_KIND}\s|(?:{speaking.ACTS})\b))",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"kể\s+từ|từ\s+ngày|bắt\s+đầu|sau\s+khi|căn\s+cứ|xét|theo|trên\s+cơ\s+sở|để|nhằm|thực\s+hiện|tại|trong|"
    r"chính\s+phủ|quốc\s+hội|hội\s+đồng|[uủ][ỷy]\s+ban|ban\s+(?:thường\s+vụ|chấp\s+hành|bí\s+thư)|bộ\s+chính\s+trị|"
    r"hội\s+nghị|đại\s+hội",
    re.IGNORECASE,
)
#: How many beginnings are tried in one sentence.
MOST_BEGINNINGS = 20
#: “vào xã X và xã Y”.
_AND_INTO = re.compile(rf"(?:,|;|và|cùng)\s+(?:vào\s+)?(?P<more>(?:các\s+)?{_KIND}\s.+)", re.IGNORECASE)
#: Before what comes of it stands another act: the sentence tells of two.
_OTHER_ACT = re.compile(rf"\bđổi\s+tên\b|\b(?:vào|(?-i:thành))\s+(?:các\s+)?{_KIND}\b", re.IGNORECASE)
_CUT = re.compile(r"(?:điều chỉnh|cắt|tách|chuyển)\b", re.IGNORECASE)
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
        elif speaking.of_an_act(sentence.text):
            unread.append(sentence)
    number = _NUMBER.search(text)
    return Reading(tuple(clauses), tuple(unread), _in_force_on(text), number[1] if number else "")


def read_sentence(sentence: Sentence) -> Clause | None:
    """The act of one sentence; None when it tells of none, or not wholly in words that are known."""
    whole = speaking.as_territories(sentence.text)
    if whole is None:
        return None
    for text in _beginnings(whole):
        for read in (_formed, _renamed, _split, _into, _new):
            found = read(text)
            if found and not _left_out(text, found):
                verb, listing, results = found
                sources = tuple(_cut(text, listing.named))
                return Clause(sentence.label, sentence.text, verb, sources, results, tuple(listing.strange))
    return None


def _beginnings(text: str) -> list[str]:
    """The sentence, and after an introduction what follows it; who stands before what happens put after it."""
    starts = [0]
    if _INTRODUCES.match(text):
        starts += [found.end() for found in islice(_BEGINS.finditer(text), MOST_BEGINNINGS)]
    texts = []
    for start in starts:
        rest = text[start:]
        while opening := _OPENING.match(rest):
            rest = rest[opening.end() :]
        turned = None if _VERB_FIRST.match(rest) else _SUBJECT_FIRST.fullmatch(rest)
        texts.append(
            f"{turned['verb']} {turned['old'][0].lower()}{turned['old'][1:]} {turned['tail']}"
            if turned
            else rest
        )
    return texts


def _left_out(text: str, found: "Found") -> bool:
    """Whether the sentence names a territory of the kind in question that is neither source nor result."""
    _verb, listing, results = found
    named = [*listing.named, *results]
    known = {_folded(one.name) for one in named}
    places = {_folded(where) for one in named for where in (one.where, one.hint)}
    levels = {KINDS[one.kind].level for one in results}
    return any(
        KINDS[kind].level in levels
        and _folded(name) not in known
        and not any(place.endswith(_folded(name)) for place in places)
        for kind, name in speaking.named_in(text)
    )


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", name).casefold().strip()


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
    if found and found["into"].lower().startswith("các "):
        several = read_listing(found["into"]).named
        return _found(Verb.DIVIDE, found["old"], *several) if len(several) > 1 else None
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
    several = _AND_INTO.match(rest)
    if several and not called:
        more = read_listing(f"{into.kind} {into.name}, {several['more']}").named[1:]
        return _found(Verb.DIVIDE, found["old"], into, *more) if more else None
    return _found(Verb.INTO, found["old"], into, *([new] if new else []))


def _new(text: str) -> Found:
    if not _VERB_FIRST.match(text):
        return None
    found = _NEW.match(text) or _BECOMES.match(text)
    new = found and read_one(found["new"])[0]
    return _found(Verb.FORM, found["old"], new) if new else None


def _found(verb: Verb, old: str, *results: Named) -> Found:
    if _OTHER_ACT.search(old):
        return None
    listing = read_listing(old)
    return (verb, listing, results) if listing.named else None


def _cut(text: str, named: list[Named]) -> list[Named]:
    """“Điều chỉnh 0,46 km2 … của phường A vào phường B”: an area in figures is a part."""
    if not _CUT.match(text):
        return named
    return [replace(one, extent=one.extent or Extent.PART) for one in named]


def _in_force_on(text: str) -> date | None:
    found = _DAY.search(" ".join(text.split()))
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
