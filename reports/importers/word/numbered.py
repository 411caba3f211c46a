"""Headings that only their numbers show: “1- …”, “2- …” in the letters of the text, with text below each.

The items of a list look the same, but follow one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.importers.word.headings import LETTER, ROMAN, Heading, heading_of
from reports.importers.word.reader import Block, Grid


@dataclass
class _Chain:
    """Numbered lines 1, 2, 3 … of one rank under one heading: their places in the document."""

    lines: list[int] = field(default_factory=list)
    has_sure: bool = False
    #: Lines below the last of them that are numbered anew from 1, and all such that were lists.
    inner: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)

    def end_inner(self) -> None:
        """What was numbered anew is a list where one line followed the other."""
        if len(self.inner) > 1 and self.inner[-1] - self.inner[0] == len(self.inner) - 1:
            self.items += self.inner
        self.inner = []

    @property
    def is_of_headings(self) -> bool:
        """Whether most of its lines have something below them, or one is a heading by its look."""
        gaps = [after - before > 1 for before, after in zip(self.lines, self.lines[1:], strict=False)]
        return bool(gaps) and (self.has_sure or 2 * sum(gaps) > len(gaps))


def numbered_lines(blocks: Sequence[Block]) -> tuple[set[int], set[int]]:
    """Places of the lines that are headings because they are numbered on, and of the items of lists among them."""
    chains: dict[int, _Chain] = {}
    ended: list[_Chain] = []
    for place, block in enumerate(blocks):
        heading = None if isinstance(block, Grid) else heading_of(block)
        if heading is None or heading.rest or not (heading.number or heading.is_sure):
            continue
        rank = heading.rank
        ended += [chains.pop(deeper) for deeper in list(chains) if deeper > rank]
        if heading.number and ROMAN < rank < LETTER:
            _add(chains, rank, heading, place)
    ended += chains.values()
    for chain in ended:
        chain.end_inner()
    headings = {place for chain in ended if chain.is_of_headings for place in chain.lines}
    return headings, {place for chain in ended for place in chain.items}


def _add(chains: dict[int, _Chain], rank: int, heading: Heading, place: int) -> None:
    chain, number = chains.get(rank), heading.number.place
    if chain is None:
        if number == 1:
            chains[rank] = _Chain([place], heading.is_sure)
    elif (
        chain.inner
        and number == len(chain.inner) + 1
        and chain.inner[-1] == place - 1
        and not heading.is_sure
    ):
        chain.inner.append(place)
    elif number == len(chain.lines) + 1:
        chain.end_inner()
        chain.lines.append(place)
        chain.has_sure = chain.has_sure or heading.is_sure
    elif number == 1 and not heading.is_sure:
        chain.end_inner()
        chain.inner = [place]
