"""Stored search text and what is looked for in it: words folded, set apart by two blanks.

With two blanks before every word, a word of one or two letters can be looked for where a word begins and
still be three letters long: “  a”, “ ab”. So one index of trigrams (pg_trgm, FTS5) answers every word.
"""

from models_dv.vietnamese.fold import fold

GAP = "  "
SHORTEST = 3


def search_text(*parts: str) -> str:
    """The folded words of all parts, each after two blanks; "" without a word."""
    words = fold(" ".join(part for part in parts if part)).split()
    return "".join(f"{GAP}{word}" for word in words)


def needle(word: str) -> str:
    """What to look for to find a folded word: itself, or with blanks before it where it is short."""
    return word if len(word) >= SHORTEST else f"{GAP}{word}"[-SHORTEST:]
