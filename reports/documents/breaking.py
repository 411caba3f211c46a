"""Places to break in words that no line can hold.

WeasyPrint would break them anywhere too, in a time that grows with the square of their length, and a table
would grow past the edge of the page. Vietnamese words are never that long; in running text an address of a page
stays whole.
"""

import re

_LETTER = r"(?:&[#\w]{1,8};|[^ \n<>&])"
_ENDLESS_WORD = re.compile(_LETTER + "{120,}")
_PIECE = re.compile(_LETTER + "{30}")
_CELL = re.compile(r"(<t[dh][^<>]*>)([^<]+)")
_CELL_WORD = re.compile(_LETTER + "{25,}")
_CELL_PIECE = re.compile(_LETTER + "{12}")
_BREAK = r"\g<0>&#8203;"


def break_endless_words(html: str) -> str:
    """The page with invisible breaks in words of 120 letters and more, in a cell of a table 25 and more."""
    html = _CELL.sub(lambda cell: cell[1] + _CELL_WORD.sub(_broken_in_cell, cell[2]), html)
    return _ENDLESS_WORD.sub(_broken, html)


def _broken(word: re.Match) -> str:
    return _PIECE.sub(_BREAK, word[0])


def _broken_in_cell(word: re.Match) -> str:
    return _CELL_PIECE.sub(_BREAK, word[0])
