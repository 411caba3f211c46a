"""What the styles and the automatic numbers of a Word document say of a paragraph."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import roman
from reports.importers.word.package import Package, attribute, child, is_on, name_of, value_of

MAX_BASES = 12
DEEPEST_LEVEL = 8
HEADING_NAMES = re.compile(r"(?:heading|tieu de|dau de|de muc)\s*([1-9])")
CONTENTS_NAMES = re.compile(r"(?:toc|muc luc)(?:\s*(?:[1-9]|heading))?")
#: Marks that stand for a bullet whatever Word's own sign is.
BULLET = "-"
LEVEL_MARK = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Style:
    """What a paragraph takes from its style; ``level`` of a heading (1 …), 0 for none."""

    bold: bool = False
    hidden: bool = False
    centred: bool = False
    level: int = 0
    is_contents: bool = False
    numbering: tuple[str, int] | None = None


PLAIN = Style()


class Styles:
    """The styles of a document by id, each with what it takes from those it is based on."""

    def __init__(self, root):
        self._elements = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        for element in root if root is not None else ():
            if name_of(element) == "style":
                identity = attribute(element, "styleId")
                self._elements[identity] = element
                if attribute(element, "type") == "paragraph" and attribute(element, "default") in (
                    "1",
                    "true",
                ):
                    self._default = identity

    def of(self, identity: str | None) -> Style:
        """The style; the document's own for a paragraph that names none."""
        return self._resolve(identity or self._default, MAX_BASES)

    def character(self, identity: str | None) -> Style:
        """A style of runs; nothing where none is named."""
        return self._resolve(identity, MAX_BASES) if identity else PLAIN

    def _resolve(self, identity: str, bases: int) -> Style:
        element = self._elements.get(identity)
        if element is None or not bases:
            return PLAIN
        if identity not in self._known:
            base = value_of(element, "basedOn")
            below = self._resolve(base, bases - 1) if base else PLAIN
            self._known[identity] = _with(below, element)
        return self._known[identity]


def _with(below: Style, element) -> Style:
    """The style of the element on top of the one below."""
    name = fold(value_of(element, "name") or "")
    bold, hidden = is_on(element, "rPr", "b"), is_on(element, "rPr", "vanish")
    aligned = value_of(element, "pPr", "jc")
    level = heading_level(element) or below.level
    if found := HEADING_NAMES.fullmatch(name):
        level = int(found[1])
    return replace(
        below,
        bold=below.bold if bold is None else bold,
        hidden=below.hidden if hidden is None else hidden,
        centred=below.centred if aligned is None else aligned == "center",
        level=level,
        is_contents=below.is_contents or CONTENTS_NAMES.fullmatch(name) is not None,
        numbering=numbering_of(element, below.numbering),
    )


def heading_level(element) -> int:
    """The level (1 …) that a paragraph or style gives itself in the outline of the document; 0 for none."""
    level = value_of(element, "pPr", "outlineLvl")
    return int(level) + 1 if level and level.isdecimal() and len(level) == 1 and level != "9" else 0


def numbering_of(element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    """(list, level) of the automatic number of a paragraph or style; list “0” takes an inherited one away."""
    number = child(element, "pPr", "numPr")
    if number is None:
        return inherited
    before = inherited or ("", 0)
    identity, level = value_of(number, "numId"), value_of(number, "ilvl")
    at = int(level) if level and level.isdecimal() and len(level) == 1 else before[1]
    return (before[0] if identity is None else identity), min(at, DEEPEST_LEVEL)


# --- automatic numbers ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: “upperRoman”, “%1-”, from ``start``."""

    form: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    is_legal: bool = False


@dataclass
class _List:
    """The levels of a list, and what each was last numbered."""

    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The automatic numbers of a document, counted on as its paragraphs come."""

    def __init__(self, root, styles: Styles):
        self._lists: dict[str, _List] = {}
        self._abstract: dict[str, str] = {}
        self._begins: dict[str, dict[int, int]] = defaultdict(dict)
        self._own_levels: dict[str, dict[int, Level]] = defaultdict(dict)
        self._linked: dict[str, str] = {}
        self._styles = styles
        for element in root if root is not None else ():
            if name_of(element) == "abstractNum":
                self._read_abstract(element)
            elif name_of(element) == "num":
                self._read_list(element)

    def label(self, numbering: tuple[str, int] | None) -> str:
        """What Word shows before the paragraph (“II-”, “1.2.”, “a)”); “-” for any bullet, "" for nothing."""
        if numbering is None:
            return ""
        identity, at = numbering
        found = self._list_of(identity)
        if found is None:
            return ""
        for level, start in self._begins.pop(identity, {}).items():
            found.counts[level] = start - 1
        own = self._own_levels.get(identity, {})
        level = own.get(at) or found.levels.get(at, Level())
        found.counts[at] = found.counts.get(at, level.start - 1) + 1
        for deeper in [depth for depth in found.counts if depth > at]:
            del found.counts[deeper]
        if level.form == "bullet":
            return BULLET
        if level.form == "none":
            return ""

        def shown(mark) -> str:
            depth = int(mark[1]) - 1
            there = own.get(depth) or found.levels.get(depth, Level())
            form = "decimal" if level.is_legal else there.form
            return in_form(found.counts.get(depth, there.start), form)

        return LEVEL_MARK.sub(shown, level.pattern).strip()

    def _read_abstract(self, element) -> None:
        identity = attribute(element, "abstractNumId")
        levels = [_read_level(level) for level in element if name_of(level) == "lvl"]
        self._lists[identity] = _List(dict(levels))
        if link := value_of(element, "numStyleLink"):
            self._linked[identity] = link

    def _read_list(self, element) -> None:
        identity = attribute(element, "numId")
        self._abstract[identity] = value_of(element, "abstractNumId") or ""
        for override in element:
            if name_of(override) != "lvlOverride":
                continue
            at = attribute(override, "ilvl", "0")
            start = value_of(override, "startOverride")
            if start and start.isdecimal() and len(start) < 6 and at.isdecimal():
                self._begins[identity][int(at[:2])] = int(start)
            if (level := child(override, "lvl")) is not None:
                depth, read = _read_level(level)
                self._own_levels[identity][depth] = read

    def _list_of(self, identity: str, hops: int = 3) -> _List | None:
        abstract = self._abstract.get(identity, "")
        if abstract in self._linked and hops:
            linked = self._styles.of(self._linked[abstract]).numbering
            if linked and linked[0] != identity:
                return self._list_of(linked[0], hops - 1)
        return self._lists.get(abstract)


def _read_level(element) -> tuple[int, Level]:
    at, start = attribute(element, "ilvl", "0"), value_of(element, "start") or "1"
    return int(at) if at.isdecimal() and len(at) == 1 else 0, Level(
        form=value_of(element, "numFmt") or "decimal",
        pattern=value_of(element, "lvlText") or "",
        start=int(start) if start.isdecimal() and len(start) < 6 else 1,
        is_legal=bool(is_on(element, "isLgl")),
    )


def in_form(number: int, form: str) -> str:
    """A number as lists show it: 4 → “4”, “IV”, “d”."""
    if form == "upperRoman" and 0 < number < 30:
        return roman(number)
    if form == "lowerRoman" and 0 < number < 30:
        return roman(number).lower()
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        letter = letter[:4]
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)


def read_styles(package: Package) -> tuple[Styles, Numbering]:
    """The styles and the numbers of an open document."""
    styles = Styles(package.part("styles"))
    return styles, Numbering(package.part("numbering"), styles)
