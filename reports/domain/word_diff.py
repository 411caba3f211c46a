"""What changed between two texts, word by word, in bounded time.

The texts are compared by lines, then what differs by sentences, then by words: each stage only within what the
stage before left over. ``difflib`` is quadratic where the same piece returns often; a stretch in which it would have
too many pairs to look at is shown as taken out and put in whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

SAME, OUT, IN = "same", "out", "in"
#: Pairs of equal pieces that one comparison may look at.
MOST_PAIRS = 20_000
#: Under this share of equal words two stretches have nothing to do with each other: shown whole.
LEAST_LIKENESS = 0.3

_SENTENCE = re.compile(r"(?<=[.;!?…])\s+")
#: A word or a mark with the space after it; “1.743” and “6,5” are one word.
_WORD = re.compile(r"\s*(?:[^\W_]+(?:[.,/-][^\W_]+)*|[^\s])\s*")
_BREAK = "\n"

Run = tuple[str, str]
"""(``SAME``, ``OUT`` or ``IN``; the words)."""


@dataclass(frozen=True)
class Line:
    """One paragraph as it is shown; ``number``: which paragraph of the new text it is, None of one that is gone."""

    runs: tuple[Run, ...]
    number: int | None

    @property
    def is_changed(self) -> bool:
        """Whether anything in it was put in or taken out."""
        return any(kind != SAME for kind, _words in self.runs)


def lines_of(text: str) -> list[str]:
    """The paragraphs of a text: its lines without the blank ones. They are counted from 1."""
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def is_changed(old: str, new: str) -> bool:
    """Whether ``compare`` has anything put in or taken out."""
    return lines_of(old) != lines_of(new) and any(line.is_changed for line in compare(old, new))


def compare(old: str, new: str) -> list[Line]:
    """Both texts in one, line by line."""
    before, after = lines_of(old), lines_of(new)
    lines, number = [], 0
    for same, olds, news in _stretches(before, after):
        runs = [(SAME, _BREAK.join(news))] if same else _words(_BREAK.join(olds), _BREAK.join(news))
        for line in _by_line(runs):
            stands = any(kind != OUT for kind, _piece in line)
            number += stands
            lines.append(Line(tuple(line), number if stands else None))
    return lines


def _words(old: str, new: str) -> list[Run]:
    """Two stretches, by sentences and then by words."""
    runs: list[Run] = []
    for same, olds, news in _stretches(_sentences(old), _sentences(new)):
        if same:
            runs.append((SAME, "".join(news)))
            continue
        runs += _alike("".join(olds), "".join(news))
    return _joined(runs)


def _alike(old: str, new: str) -> list[Run]:
    """By words, where the two have enough in common."""
    runs = []
    for same, olds, news in _stretches(_WORD.findall(old), _WORD.findall(new)):
        runs += [(SAME, "".join(news))] if same else _changed("".join(olds), "".join(news))
    kept = sum(len(words.strip()) for kind, words in runs if kind == SAME)
    if kept < LEAST_LIKENESS * min(len(old), len(new)):
        runs = [(OUT, old), (IN, new)]
    return runs


def _changed(old: str, new: str) -> list[Run]:
    """Out and in; a space after both belongs to neither."""
    if old.endswith(" ") and new.endswith(" "):
        return [(OUT, old[:-1]), (IN, new[:-1]), (SAME, " ")]
    return [(OUT, old), (IN, new)]


def _sentences(text: str) -> list[str]:
    """Sentences with the space after them, so that joined they are the text; a line break ends one too."""
    pieces = []
    for line in text.splitlines(keepends=True):
        at = 0
        for found in _SENTENCE.finditer(line):
            pieces.append(line[at : found.end()])
            at = found.end()
        if at < len(line):
            pieces.append(line[at:])
    return pieces


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence, Sequence]]:
    """(whether they are the same, pieces of the old, pieces of the new), in order; space around a piece counts not."""
    before, after = [piece.strip() for piece in old], [piece.strip() for piece in new]
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    olds, news = slice(head, len(old) - tail), slice(head, len(new) - tail)
    if head:
        yield True, old[:head], new[:head]
    for same, i, j in _middle(before[olds], after[news]):
        yield same, old[olds][i], new[news][j]
    if tail:
        yield True, old[len(old) - tail :], new[len(new) - tail :]


def _middle(before: list[str], after: list[str]) -> Iterator[tuple[bool, slice, slice]]:
    """What lies between the common beginning and the common end."""
    if not before and not after:
        return
    if not before or not after or _pairs(before, after) > MOST_PAIRS:
        yield False, slice(None), slice(None)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield tag == "equal", slice(i1, i2), slice(j1, j2)


def _common(before: list[str], after: list[str]) -> int:
    """How many pieces both begin with."""
    most = min(len(before), len(after))
    return next((place for place in range(most) if before[place] != after[place]), most)


def _pairs(before: list[str], after: list[str]) -> int:
    counts = Counter(after)
    return sum(counts[piece] for piece in before)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of one kind in one run; what is empty goes."""
    return [
        (kind, "".join(words for _kind, words in group))
        for kind, group in groupby((run for run in runs if run[1]), key=itemgetter(0))
    ]


def _by_line(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs cut at every line break."""
    line: list[Run] = []
    for kind, words in runs:
        first, *more = words.split(_BREAK)
        if first:
            line.append((kind, first))
        for piece in more:
            if line:
                yield line
            line = [(kind, piece)] if piece else []
    if line:
        yield line
