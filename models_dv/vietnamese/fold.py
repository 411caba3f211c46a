"""Clean form, search key and address form of Vietnamese text (domain.md §8)."""

import re
import unicodedata

# U+000B is what Word leaves on the clipboard for a line break within a paragraph, U+000C for a new page.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_NOT_ADDRESS = re.compile(r"[^a-z0-9]+")
# What `normalize` replaces though it is printable.
_ETH = re.compile("[\u00d0\u00f0\u034f]")
_LOOSE = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
# Nearly every mark there is in Vietnamese text; what is ASCII without them holds no other.
_USUAL_MARKS = re.compile("[\u0300-\u036f]+")

# Eth looks like the Vietnamese Đ and comes from old keyboards and fonts; U+034F is an unseen joiner.
_REPLACED = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u034f": None})

_QUOTES = "\"'`´‘’‚‛“”„‟‹›«»′″"
_DASHES = "\u2010\u2011\u2012–—\u2015\u2212"
_FOLDED_SIGNS = str.maketrans({**dict.fromkeys(_QUOTES), **dict.fromkeys(_DASHES, "-"), "đ": "d", "Đ": "D"})


def normalize(text: str) -> str:
    """Return `text` in the one form that is stored.

    NFC, Ð and ð (eth) as Đ and đ, line ends as "\\n", and nothing that cannot be seen: control
    characters other than "\\n" and "\\t", zero-width and direction marks, lone surrogates.
    Whatever else a person typed stays as it is.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text) and not _ETH.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text).translate(_REPLACED)
    if not text.isprintable():
        text = "".join(char for char in text if not _is_unseen(char))
    return unicodedata.normalize("NFC", text)


def standardised(text: str) -> int:
    """Return how many characters of `text` the stored form writes otherwise: eths, loose marks, unseen ones.

    Line ends do not count: nobody types those one way or the other.
    """
    text = _LINE_ENDS.sub("\n", text)
    if (
        text.replace("\n", "").isprintable()
        and unicodedata.is_normalized("NFC", text)
        and not _ETH.search(text)
    ):
        return 0
    loose = sum(not unicodedata.is_normalized("NFC", found) for found in _LOOSE.findall(text))
    return loose + len(_ETH.findall(text)) + sum(_is_unseen(char) for char in text)


def standardised_words(text: str) -> str:
    """Return what the person is told of it, “đã chuẩn hoá 3 ký tự”; "" where nothing is written otherwise."""
    count = standardised(text)
    return f"đã chuẩn hoá {count} ký tự" if count else ""


def fold(text: str) -> str:
    """Return the search key of `text`: “Dân vận khéo”, khoẻ and khỏe give “dan van kheo”, “khoe”.

    đ becomes d, marks and quotes go, case goes, dashes become "-", white space becomes one space.
    Both what is searched and what is searched for go through here.
    """
    text = normalize(text).translate(_FOLDED_SIGNS)
    text = _without_marks(_without_marks(text).casefold())
    return _SPACES.sub(" ", text).strip()


def slugify_vi(text: str, max_length: int = 80) -> str:
    """Return `text` as part of an address: lower-case ASCII letters, digits and hyphens, đ kept as d.

    At most `max_length` characters, cut between words where one fits; "" when nothing is left.
    """
    slug = _NOT_ADDRESS.sub("-", fold(text)).strip("-")
    if len(slug) <= max_length:
        return slug
    whole_words, hyphen, _ = slug[: max_length + 1].rpartition("-")
    return whole_words.rstrip("-") if hyphen else slug[:max_length]


def _is_unseen(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cf", "Cs"}


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    decomposed = _USUAL_MARKS.sub("", unicodedata.normalize("NFKD", text))
    if decomposed.isascii():
        return decomposed
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
