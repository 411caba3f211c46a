"""Headings of a document → parts of the outline: what is clear is matched, what is not is asked about.

A document is cut into pieces at its headings. A heading that stands below one which was matched to a part is
text of that part: the document's own order wins. Pieces that fit no part, more than one, or only nearly one, are
listed with the parts that may be meant, and go nowhere until a person chooses.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reports.importers.matching import IN_HEADINGS, Match, Names, clear_one
from reports.importers.word.headings import PART, ROMAN, Heading, heading_of, is_bare_part, read_number
from reports.importers.word.numbered import numbered_lines
from reports.importers.word.reader import Block, Grid, Line
from reports.models import OutlineSection

MATCHED, UNSURE, UNMATCHED, GROUP = "matched", "unsure", "unmatched", "group"
LEAST, MARGIN = 0.6, 0.15
#: From here on a part is named as one that may be meant: by its name, or by its hint.
LEAST_LIKELY, LEAST_HINTED = 0.4, 0.55
#: Where a heading stands decides between parts that are nearly as like; it makes none like enough.
BESIDE_PARENT, SAME_PLACE, OTHER_PARENT = 0.15, 0.05, -0.1
LIKELY_SHOWN = 3
#: What a heading may begin with and says nothing: “Kết quả thực hiện …”, “Một số …”.
_BEGINNING = re.compile(
    r"(?:(?:kết quả|thực hiện|triển khai|xây dựng|việc|hoạt động|một số|những|các)\s+)+(?=\S+\s+\S)",
    re.IGNORECASE,
)
#: What reports often say of a part besides its own hint; such a part is only proposed.
_ALSO = {
    "Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận": (
        "Tuyên truyền, quán triệt, triển khai thực hiện nghị quyết, chỉ thị, kế hoạch, văn bản của Đảng, kiểm tra"
    ),
    "Mặt trận Tổ quốc và các đoàn thể": "Hội Nông dân, Hội Phụ nữ, Đoàn Thanh niên, Hội Cựu chiến binh",
    "Công tác tham mưu, tổ chức của Ban": "Tổ chức bộ máy, cán bộ, bồi dưỡng nghiệp vụ, thi đua, khen thưởng",
    "Ưu điểm": "Kết quả đạt được",
    "Hạn chế": "Khó khăn, vướng mắc",
}


@dataclass(frozen=True)
class Target:
    """A heading of the outline: ``place`` among its siblings from 1; ``parent``: code of the one above, ""."""

    code: str
    title: str
    hint: str = ""
    parent: str = ""
    place: int = 1
    is_leaf: bool = True


@dataclass
class Piece:
    """What stands between two headings of a document.

    ``code``: the part it belongs to, "" for none; ``likely``: parts that may be meant.
    """

    heading: str = ""
    title: str = ""
    status: str = UNMATCHED
    code: str = ""
    likely: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def targets_of(sections: Iterable[OutlineSection], period_kind: str) -> list[Target]:
    """The headings of the outline that stand in this kind of report, in order."""
    present = sorted(
        (section for section in sections if section.stands_in(period_kind)), key=lambda section: section.order
    )
    codes = {section.pk: section.code for section in present}
    places: dict[str, int] = {}
    found = []
    for section in present:
        parent = codes.get(section.parent_id, "")
        places[parent] = places.get(parent, 0) + 1
        found.append(
            Target(section.code, section.title, section.hint, parent, places[parent], section.is_leaf)
        )
    return found


def cut(blocks: Sequence[Block], targets: Sequence[Target]) -> list[Piece]:
    """The pieces of a document's body, each with the part that it belongs to, where that is clear."""
    cutter, blocks = _Cutter(targets), _with_titles(blocks)
    numbered, items = numbered_lines(blocks)
    for place, block in enumerate(blocks):
        cutter.take(block, is_numbered=place in numbered, is_item=place in items)
    return [piece for piece in cutter.pieces if piece.heading or piece.blocks]


def _with_titles(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with “PHẦN THỨ NHẤT” and the title on the line below it made one line."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        is_title = isinstance(block, Line) and (block.bold or block.level or block.text.isupper())
        if is_title and isinstance(above, Line) and is_bare_part(above.shown):
            number, _title = read_number(block.shown)
            if number is None or number.rank > PART:
                joined[-1] = replace(block, text=f"{above.shown.rstrip(' .:')}. {block.shown}", label="")
                continue
        joined.append(block)
    return joined


@dataclass
class _Above:
    """A heading above the present line: its rank, the target it was matched to, "" for none.

    ``is_group``: it is more like a group of the outline than like a part.
    """

    rank: int
    code: str
    is_group: bool = False


class _Cutter:
    def __init__(self, targets: Sequence[Target]):
        self.targets = {target.code: target for target in targets}
        self.names = Names(
            {target.code: target.title for target in targets},
            {target.code: target.hint for target in targets},
            {target.code: _ALSO.get(target.title, "") for target in targets},
            same=IN_HEADINGS,
            by_clause=True,
        )
        self.pieces: list[Piece] = [Piece()]
        self.above: list[_Above] = []
        #: Rank of the heading inside a part that a person is asked about; 0 where the last piece is another.
        self.asked = 0
        #: Parts to which a heading was matched.
        self.found: set[str] = set()

    def take(self, block: Block, *, is_numbered: bool, is_item: bool) -> None:
        """One line or table more; its number shows that it is a heading, or the item of a list."""
        heading = None if isinstance(block, Grid) or is_item else heading_of(block)
        if heading is None or not self._begins(heading, block, is_numbered):
            self.pieces[-1].blocks.append(block)
        elif heading.rest:
            self.pieces[-1].blocks.append(Line(heading.rest))

    def _begins(self, heading: Heading, line: Line, is_numbered: bool) -> bool:
        """Begin a piece with the heading where it is one; whether it was."""
        matches = self._matches(heading)
        code = _clear(matches)
        shouted = "" if code else _shouted(heading, matches)
        if not (heading.is_sure or is_numbered or code or shouted):
            return False
        rank = heading.rank or self._rank(code or shouted)
        part = self._part_above(rank)
        if part and code not in ("", part) and not heading.rank:
            part = ""
        if not part:
            if not (heading.is_sure or is_numbered) and heading.number and self._under_unknown(rank):
                return False
            self._begin_at(heading, line, rank, code, matches)
        elif heading.is_sure and (other := self._other_part(heading, part, code)):
            self._begin(heading, line, rank, UNSURE, "", [part, other])
            self.asked = rank
        elif heading.is_sure and rank <= self.asked:
            self._begin(heading, line, rank, MATCHED, part, [])
        else:
            return False
        return True

    def _begin_at(self, heading: Heading, line: Line, rank: int, code: str, matches: list[Match]) -> None:
        """A heading that stands within no part."""
        is_leaf = code and self.targets[code].is_leaf
        if is_leaf and code not in self.found and (heading.is_sure or not self._under_unknown(rank)):
            self.found.add(code)
            self._begin(heading, line, rank, MATCHED, code, [])
        elif not code or is_leaf:
            likely = sorted(
                filter(self._is_likely, matches), key=lambda match: -max(match.score, match.hinted)
            )
            likely = [match.key for match in likely]
            likely = list(dict.fromkeys([code, *likely] if code else likely))[:LIKELY_SHOWN]
            self._begin(heading, line, rank, UNSURE if likely else UNMATCHED, "", likely)
            best = matches[0] if matches and not code else None
            if best and best.score >= LEAST_LIKELY and not self.targets[best.key].is_leaf:
                self.above[-1].is_group = True
        else:
            below = [target.code for target in self.targets.values() if target.parent == code]
            self._begin(heading, line, rank, GROUP, "", below)
            self.above[-1].code = code

    def _begin(self, heading, line: Line, rank: int, status: str, code: str, likely: list[str]) -> None:
        self.above = [above for above in self.above if above.rank < rank]
        self.above.append(_Above(rank, code))
        self.asked = 0
        shown = line.shown
        if heading.rest and shown.endswith(heading.rest):
            shown = shown[: -len(heading.rest)]
        self.pieces.append(Piece(shown.rstrip(" :"), heading.title, status, code, likely))

    def _is_likely(self, match: Match) -> bool:
        is_like = match.score >= LEAST_LIKELY or match.hinted >= LEAST_HINTED
        return is_like and self.targets[match.key].is_leaf

    def _other_part(self, heading: Heading, part: str, code: str) -> str:
        """Another part than the one above that the heading names, or whose hint says all of it; "" for none."""
        if code not in ("", part) and self.targets[code].is_leaf:
            return code
        words = self.names.words(heading.title)
        if code or words & self.names.words(f"{self.targets[part].title} {self.targets[part].hint}"):
            return ""
        hinting = (
            target.code
            for target in self.targets.values()
            if target.is_leaf and len(words) > 1 and words <= self.names.words(target.hint)
        )
        return next(hinting, "")

    def _under_unknown(self, rank: int) -> bool:
        """Whether the heading stands below one of which it is not known what it means."""
        above = next((above for above in reversed(self.above) if above.rank < rank), None)
        return above is not None and not above.code and not above.is_group

    def _part_above(self, rank: int) -> str:
        """The part within which a heading of this rank stands, "" where it stands in none."""
        for above in reversed(self.above):
            if above.rank < rank and above.code and self.targets[above.code].is_leaf:
                return above.code
        return ""

    def _rank(self, code: str) -> int:
        """The rank of an unnumbered heading: that of the target in the outline."""
        if not code:
            return ROMAN + 1
        return ROMAN + 1 if self.targets[code].parent else ROMAN

    def _group_above(self, rank: int) -> str | None:
        """The group of the outline within which a heading of this rank stands."""
        for above in reversed(self.above):
            if above.code and (not rank or above.rank < rank):
                target = self.targets[above.code]
                return target.parent if target.is_leaf else target.code
        return None

    def _matches(self, heading: Heading) -> list[Match]:
        """The targets that the heading may mean; where it stands counts a little."""
        group, number = self._group_above(heading.rank), heading.number
        found = []
        for match in self._by_name(heading.title):
            target, score = self.targets[match.key], match.score
            if group:
                score += BESIDE_PARENT if target.parent == group else OTHER_PARENT
            is_top = number is not None and number.rank <= ROMAN
            if number and number.place == target.place and is_top == (not target.parent):
                score += SAME_PLACE
            found.append(replace(match, score=score))
        return sorted(found, key=lambda match: -match.score)

    def _by_name(self, title: str) -> list[Match]:
        """What the title is like, or what is left of it without a beginning that says nothing."""
        found = {match.key: match for match in self.names.matches(title)}
        shorter = _BEGINNING.sub("", title, count=1) if _BEGINNING.match(title) else ""
        for match in self.names.matches(shorter):
            if match.key not in found or match.score > found[match.key].score:
                found[match.key] = match
        return list(found.values())


def _shouted(heading: Heading, matches: list[Match]) -> str:
    """The target that a line in capitals is like, though it is not clearly meant; "" for none."""
    is_shouted = not heading.number and heading.title.isupper() and not heading.rest
    return matches[0].key if is_shouted and matches and matches[0].named >= LEAST else ""


def _clear(matches: list[Match]) -> str:
    """The target that is clearly meant: its own name says so, not its hint and not where the heading stands."""
    code = clear_one(matches, least=LEAST, margin=MARGIN)
    named = next((match.named for match in matches if match.key == code), 0.0)
    return code if named >= LEAST else ""
