"""Headings of a document → parts of the outline: what is clear is matched, what is not is asked about.

A document is cut into pieces at its headings. A heading that stands below one which was matched to a part is
text of that part: the document's own order wins. Pieces that fit no part, or more than one, are listed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reports.importers.matching import IN_HEADINGS, Match, Names, clear_one
from reports.importers.word.headings import ROMAN, Heading, heading_of
from reports.importers.word.reader import Block, Grid, Line
from reports.models import OutlineSection

MATCHED, UNSURE, UNMATCHED, GROUP = "matched", "unsure", "unmatched", "group"
LEAST, MARGIN = 0.6, 0.15
#: From here on a part is named as one that may be meant.
LEAST_LIKELY = 0.4
BESIDE_PARENT, SAME_PLACE, OTHER_PARENT = 0.15, 0.05, -0.1
LIKELY_SHOWN = 3


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
    cutter = _Cutter(targets)
    for block in blocks:
        cutter.take(block)
    return [piece for piece in cutter.pieces if piece.heading or piece.blocks]


@dataclass
class _Above:
    """A heading above the present line: its rank, the target it was matched to, "" for none."""

    rank: int
    code: str


class _Cutter:
    def __init__(self, targets: Sequence[Target]):
        self.targets = {target.code: target for target in targets}
        self.names = Names(
            {target.code: target.title for target in targets},
            {target.code: target.hint for target in targets},
            same=IN_HEADINGS,
            by_clause=True,
        )
        self.pieces: list[Piece] = [Piece()]
        self.above: list[_Above] = []
        #: Rank of the heading inside a part that a person is asked about; 0 where the last piece is another.
        self.asked = 0

    def take(self, block: Block) -> None:
        """One line or table more."""
        heading = None if isinstance(block, Grid) else heading_of(block)
        if heading is None or not self._begins(heading, block):
            self.pieces[-1].blocks.append(block)
        elif heading.rest:
            self.pieces[-1].blocks.append(Line(heading.rest))

    def _begins(self, heading: Heading, line: Line) -> bool:
        """Begin a piece with the heading where it is one; whether it was."""
        matches = self._matches(heading)
        code = clear_one(matches, least=LEAST, margin=MARGIN)
        if not heading.is_sure and not code:
            return False
        rank = heading.rank or self._rank(code)
        part = self._part_above(rank)
        if part and code not in ("", part) and not heading.rank:
            part = ""
        if not part:
            self._begin_at(heading, line, rank, code, matches)
        elif heading.is_sure and code not in ("", part) and self.targets[code].is_leaf:
            self._begin(heading, line, rank, UNSURE, part, [part, code])
            self.asked = rank
        elif heading.is_sure and rank <= self.asked:
            self._begin(heading, line, rank, MATCHED, part, [])
        else:
            return False
        return True

    def _begin_at(self, heading: Heading, line: Line, rank: int, code: str, matches: list[Match]) -> None:
        """A heading that stands within no part."""
        likely = [match.key for match in matches if match.score >= LEAST_LIKELY][:LIKELY_SHOWN]
        if not code:
            self._begin(heading, line, rank, UNSURE if likely else UNMATCHED, "", likely)
        elif self.targets[code].is_leaf:
            self._begin(heading, line, rank, MATCHED, code, [])
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
        for match in self.names.matches(heading.title):
            target, score = self.targets[match.key], match.score
            if group:
                score += BESIDE_PARENT if target.parent == group else OTHER_PARENT
            is_top = number is not None and number.rank <= ROMAN
            if number and number.place == target.place and is_top == (not target.parent):
                score += SAME_PLACE
            found.append(replace(match, score=score))
        return sorted(found, key=lambda match: -match.score)
