"""Everything that may be suggested about a text: damage of a conversion, missing capitals, stray spaces.

It never changes a text: a person looks at each suggestion and takes it or not (domain.md §8).
"""

import re
from collections.abc import Container, Iterable, Iterator

from .capitals import REASON, find_small
from .text_doctor import Suggestion, examine

SPACES = "Thừa dấu cách"
SPACE_BEFORE = "Thừa dấu cách trước dấu câu"
SPACE_WRONG_SIDE = "Dấu cách đặt nhầm trước dấu câu"
NO_SPACE_AFTER = "Thiếu dấu cách sau dấu câu"

_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")
#: Not in a row of a table, where columns may be set out by spaces.
_BEFORE_SIGN = re.compile(r"(?<=[^\W\d_]) +([,;:.!?])(?=\s|$)")
_WRONG_SIDE = re.compile(r"(?<=[^\W\d_]) +([,;:!?])(?=[^\W\d_])")
_AFTER_SIGN = re.compile(r"(?<=[^\W\d_])([,;])(?=[^\W\d_])")


def advise(text: str) -> list[Suggestion]:
    """Return every suggestion in the order of the text; none overlaps another."""
    found = [*examine(text), *_capitals(text), *_spaces(text)]
    kept: list[Suggestion] = []
    for suggestion in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or suggestion.start >= kept[-1].end:
            kept.append(suggestion)
    return kept


def key_of(suggestion: Suggestion) -> str:
    """What names the suggestion in a form: “120-126”."""
    return f"{suggestion.start}-{suggestion.end}"


def mend(text: str, suggestions: Iterable[Suggestion], chosen: Container[str]) -> str:
    """Return `text` with the suggestions whose key is `chosen`, the rest as it was."""
    pieces, place = [], 0
    for suggestion in suggestions:
        if key_of(suggestion) in chosen:
            pieces += [text[place : suggestion.start], suggestion.suggested]
            place = suggestion.end
    return "".join([*pieces, text[place:]])


def _capitals(text: str) -> Iterator[Suggestion]:
    for small in find_small(text):
        yield Suggestion(*small, REASON.format(words=small.suggested))


def _spaces(text: str) -> Iterator[Suggestion]:
    start = 0
    for line in text.split("\n"):
        if not line.lstrip().startswith("|"):
            yield from _spaces_in(line, start)
        start += len(line) + 1


def _spaces_in(line: str, start: int) -> Iterator[Suggestion]:
    for match in _DOUBLE.finditer(line):
        yield Suggestion(start + match.start(), start + match.end(), match[0], " ", SPACES)
    for match in _BEFORE_SIGN.finditer(line):
        yield Suggestion(start + match.start(), start + match.end(), match[0], match[1], SPACE_BEFORE)
    for match in _WRONG_SIDE.finditer(line):
        found = f"{match[1]} "
        yield Suggestion(start + match.start(), start + match.end(), match[0], found, SPACE_WRONG_SIDE)
    for match in _AFTER_SIGN.finditer(line):
        yield Suggestion(start + match.start(), start + match.end(), match[0], f"{match[1]} ", NO_SPACE_AFTER)
