"""Finding published things by words, with or without accents, and marking the words in what is shown (domain.md §8)."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Case, IntegerField, Q, Value, When

from models_dv.vietnamese.fold import fold, normalize

LONGEST_QUERY = 200  # characters; what is longer is cut, and the page says so
MOST_WORDS = 12
COUNT_CAP = 1_000  # beyond it a count only says “more than”
SHORT_WORD = 2  # words up to this length match only where a word begins

_AROUND_WORDS = ".,;:!?…()[]{}<>"


@dataclass(frozen=True)
class Query:
    """What a reader looks for: ``text`` as typed (clean and cut), ``words`` folded, each once, in their order."""

    text: str = ""
    words: tuple[str, ...] = ()
    was_cut: bool = False

    def __bool__(self):
        return bool(self.words)

    @property
    def phrase(self) -> str:
        """The words as they would stand side by side in a folded text."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Piece:
    """A stretch of a shown text; ``hit`` where it is what was looked for."""

    text: str
    hit: bool = False


def read_query(typed: str | None) -> Query:
    """Read what was typed; anything at all may come in, nothing is an error."""
    whole = " ".join(normalize(typed or "").split())
    text = whole[:LONGEST_QUERY]
    words = [word.strip(_AROUND_WORDS) or word for word in fold(text).split()]
    spoken = [word for word in words if any(char.isalnum() for char in word)]
    kept = tuple(dict.fromkeys(spoken or words))[:MOST_WORDS]
    return Query(text, kept, was_cut=len(whole) > len(text) or len(set(spoken)) > len(kept))


def all_words(field: str, query: Query) -> Q:
    """Rows whose folded ``field`` holds every word; a word of one or two letters only as the beginning of one."""
    condition = Q()
    for word in query.words:
        condition &= (
            _begins_word(field, word) if len(word) <= SHORT_WORD else Q(**{f"{field}__contains": word})
        )
    return condition


def word_beginnings(field: str, query: Query) -> Q:
    """Rows in whose folded ``field`` every word begins one: for names, where “ha” must not find “thanh”."""
    condition = Q()
    for word in query.words:
        condition &= _begins_word(field, word)
    return condition


def _begins_word(field: str, word: str) -> Q:
    return Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})


def phrase_first(field: str, query: Query) -> Case:
    """Order expression: rows that hold the words side by side (0) before the others (1)."""
    return Case(
        When(**{f"{field}__contains": query.phrase}, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )


def mark(text: str, query: Query) -> tuple[Piece, ...]:
    """The text as it is, in pieces, the hits marked; accents of text and query do not matter."""
    pieces, position = [], 0
    for start, end in _hits(text, query.words):
        if start > position:
            pieces.append(Piece(text[position:start]))
        pieces.append(Piece(text[start:end], hit=True))
        position = end
    if position < len(text):
        pieces.append(Piece(text[position:]))
    return tuple(pieces)


def excerpt(text: str, query: Query, *, length: int = 240) -> tuple[Piece, ...]:
    """About ``length`` characters of the text around its first hit (from the beginning without one), marked.

    Cut between words, with “…” where something is left out.
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return mark(text, query)
    first = next(_hits(text, query.words), (0, 0))[0]
    start = 0 if first < length * 3 // 4 else _word_start(text, first - length // 3)
    end = _word_end(text, start + length)
    before = "… " if start else ""
    after = "…" if end < len(text) else ""
    return mark(before + text[start:end].rstrip(" ,;:–-") + after, query)


def has_hit(text: str, query: Query) -> bool:
    """Whether a word of the query stands in the text."""
    return next(_hits(text, query.words), None) is not None


def _word_start(text: str, position: int) -> int:
    return text.rfind(" ", 0, position) + 1


def _word_end(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    end = text.rfind(" ", 0, position + 1)
    return end if end > 0 else position


def _hits(text: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Ranges of the text to mark, in order: where the words stand side by side, else whole words, else parts."""
    folded, positions = fold_with_positions(text)
    found = (
        _occurrences(folded, " ".join(words), whole=True)
        or [span for word in words for span in _occurrences(folded, word, whole=True)]
        or [span for word in words for span in _occurrences(folded, word, whole=False)]
    )
    for start, end in _joined(folded, sorted(found)):
        yield positions[start], _end_of_letter(text, positions[end - 1])


def _joined(folded: str, spans: list[tuple[int, int]]) -> list[list[int]]:
    """Spans that overlap or have only a blank between them as one."""
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or folded[joined[-1][1] : start] == " "):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return joined


def _occurrences(folded: str, words: str, *, whole: bool) -> list[tuple[int, int]]:
    spans = []
    start = folded.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        begins = start == 0 or not folded[start - 1].isalnum()
        ends = end == len(folded) or not folded[end].isalnum()
        if (begins and ends) if whole else (begins or len(words) > SHORT_WORD):
            spans.append((start, end))
        start = folded.find(words, start + 1)
    return spans


def _end_of_letter(text: str, position: int) -> int:
    """Where the letter at ``position`` ends, with the marks that stand on it."""
    end = position + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def fold_with_positions(text: str) -> tuple[str, list[int]]:
    """``fold(text)`` (but for blanks around it) and, for each character of it, where in ``text`` it comes from."""
    folded: list[str] = []
    positions: list[int] = []
    for position, char in enumerate(text):
        for letter in _fold_char(char):
            if letter == " " and folded and folded[-1] == " ":
                continue
            folded.append(letter)
            positions.append(position)
    return "".join(folded), positions


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """One character folded where it stands: a blank stays a blank, a mark is nothing."""
    return fold(f"x{char}x")[1:-1]
