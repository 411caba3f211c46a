"""Reading a list of territories: “toàn bộ … của các xã A, B (huyện X) và một phần … của phường C”."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from models_dv.domain.reorganisation import wording
from models_dv.domain.reorganisation.kinds import KINDS, WORDS
from models_dv.enums import UnitLevel


class Extent(StrEnum):
    """How much of a territory is meant; UNCLEAR where the words can be read in more than one way."""

    WHOLE = "whole"
    PART = "part"
    REST = "rest"
    UNCLEAR = ""


@dataclass(frozen=True)
class Named:
    """A territory as a text names it. ``where``: the one it lies in; ``hint``: said only of its neighbour."""

    kind: str
    name: str
    extent: Extent = Extent.WHOLE
    where: str = ""
    hint: str = ""

    def __str__(self):
        where = f" ({self.where})" if self.where else ""
        return f"{self.kind} {self.name}{where}".strip()


@dataclass
class Listing:
    """What a list names, and the words in it that were not understood."""

    named: list[Named] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


_MARKS = (
    (("toàn", "bộ"), Extent.WHOLE),
    (("nguyên", "trạng"), Extent.WHOLE),
    (("một", "phần"), Extent.PART),
    (("1", "phần"), Extent.PART),
    (("01", "phần"), Extent.PART),
    (("phần", "lớn"), Extent.PART),
    (("phần", "còn", "lại"), Extent.REST),
    (("còn", "lại"), Extent.REST),
)


def read_listing(text: str) -> Listing:
    """The territories named in ``text``, in order, each with its extent."""
    return _Reader(wording.TOKEN.findall(text)).read()


def read_one(text: str) -> tuple[Named | None, str]:
    """The territory at the beginning of ``text`` and what stands after it."""
    reader = _Reader(wording.TOKEN.findall(text))
    named = reader.one()
    return named, " ".join(reader.tokens[reader.at :])


class _Reader:
    """Goes through the words once; ``extent`` and ``kind`` hold until others are said."""

    def __init__(self, tokens: list[str]):
        self.tokens = tokens
        self.at = 0
        self.out = Listing()
        self.extent = Extent.WHOLE
        self.kind = ""
        self.said = False  # whether an extent was said at all
        self.fresh = True  # no territory yet since the extent was said
        self.after_and = False  # the list begun with this extent had its “và”
        self.group = 0  # where the territories that share one “các” begin
        self.strange_until = -1  # behind the last word that was not understood
        self.since_mark = 0  # where those begin of which the extent was last said

    def read(self) -> Listing:
        joint = ""
        while self.at < len(self.tokens):
            word = self._word()
            if self._mark():
                joint = ""
            elif word in wording.JOINS:
                joint = "," if word in ",;" else "và"
                self.at += 1
            elif self.tokens[self.at] in wording.SEVERAL or self._counts():
                self.kind, self.group = "", len(self.out.named)
                self.at += 1
            elif word == "(":
                self._set_where(self._bracket())
            elif word == "thuộc" or (word == "của" and self._is_above(1)):
                self._belongs()
            elif self._kind_at(0):
                self._item(joint)
                joint = ""
            elif self._starts_name() and not self._measures() and self.kind and self.out.named and joint:
                self._name(self.kind, joint, has_own_kind=False)
                joint = ""
            else:
                self._other(word)
        return self.out

    def one(self) -> Named | None:
        """Only the first territory."""
        if not self._kind_at(0):
            return None
        self._item("")
        if self._word() == "(":
            self._set_where(self._bracket())
        elif self._word() == "thuộc":
            self._belongs()
        return self.out.named[0] if self.out.named else None

    # --- words -------------------------------------------------------------------------------------

    def _word(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].lower() if place < len(self.tokens) else ""

    def _kind_at(self, ahead: int) -> str:
        for kind in WORDS:
            parts = kind.split()
            if [self._word(ahead + number) for number in range(len(parts))] == parts:
                return kind
        return ""

    def _is_above(self, ahead: int) -> bool:
        """Whether a district or province is named there, in a list of what lies below one."""
        kind = self._kind_at(ahead)
        if not kind or not self.out.named:
            return False
        last = KINDS[self.out.named[-1].kind].level
        return KINDS[kind].level != UnitLevel.COMMUNE and last == UnitLevel.COMMUNE

    def _counts(self) -> bool:
        is_number = self._word() in wording.COUNTS or self._word().isdigit()
        return is_number and bool(self._kind_at(1))

    def _starts_name(self) -> bool:
        word = self.tokens[self.at]
        return word[0].isupper() or word[0].isdigit()

    def _measures(self) -> bool:
        """“5,58 km2”, “3.749 người”."""
        return self._word()[0].isdigit() and self._word(1) in wording.UNITS_OF_MEASURE

    def _mark(self) -> bool:
        for words, extent in _MARKS:
            if [self._word(number) for number in range(len(words))] == list(words):
                self._say(extent)
                self.at += len(words)
                return True
        return False

    def _say(self, extent: Extent) -> None:
        """A new extent; said twice before any territory (“một phần diện tích, toàn bộ dân số”) the smaller holds."""
        if self.fresh and self.extent in (Extent.PART, Extent.REST) and extent == Extent.WHOLE:
            return
        self.extent, self.fresh, self.after_and, self.kind = extent, True, False, ""
        self.since_mark, self.said = len(self.out.named), True

    def _other(self, word: str) -> None:
        if word in wording.ASIDE:
            self._aside()
        elif word in wording.SETTLEMENTS:
            self._settlements()
        elif self._measures():
            if not (self.fresh and self.said):
                self._say(Extent.UNCLEAR)
            self.at += 2
        else:
            if word.isalpha() and word not in wording.MEASURES | wording.FILLING:
                self._wonder(self.tokens[self.at])
            self.at += 1

    def _wonder(self, word: str) -> None:
        """Keep a word that was not understood; those that stand together are one phrase."""
        if self.out.strange and self.strange_until == self.at:
            self.out.strange[-1] += f" {word}"
        else:
            self.out.strange.append(word)
        self.strange_until = self.at + 1

    def _aside(self) -> None:
        """Pass “sau khi sắp xếp theo quy định tại khoản 5, khoản 6 Điều này”; what follows says its extent anew."""
        self.at += 1
        while self.at < len(self.tokens):
            if self._word() in wording.JOINS and self._goes_on(1):
                break
            self.at += 1
        if self.extent != Extent.WHOLE:
            self.extent = Extent.UNCLEAR

    def _goes_on(self, ahead: int) -> bool:
        said = [self._word(ahead), self._word(ahead + 1)]
        marks = any(list(words[:2]) == said for words, _extent in _MARKS)
        return marks or said[0] in wording.SEVERAL or bool(self._kind_at(ahead))

    def _settlements(self) -> None:
        """Hamlets of a commune are a part of it, whatever was said of them."""
        self._say(Extent.PART)
        self.extent = Extent.PART
        while self.at < len(self.tokens) and not (
            self._word() in ("của", "thuộc", ",", "và") and self._kind_at(1)
        ):
            self.at += 1
        if self._word() == "thuộc":
            self.at += 1

    # --- territories -------------------------------------------------------------------------------

    def _item(self, joint: str) -> None:
        kind = self._kind_at(0)
        if joint in ("", ",") and self.out.named and self._is_above(0):
            self._belongs(skip=0)
            return
        self.at += len(kind.split())
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if token[:1].isalnum() and token not in wording.AFTER_NAME:
            if not self.kind:
                self.group = len(self.out.named)
            self.kind = kind
            self._name(kind, joint, has_own_kind=True)

    def _name(self, kind: str, joint: str, *, has_own_kind: bool) -> None:
        extent = self.extent
        if joint == "và":
            self.after_and = True
        elif joint == "," and not self.fresh and (has_own_kind or self.after_and):
            # “một phần … của xã A, xã B”: is B a part too?
            extent = Extent.WHOLE if extent == Extent.WHOLE else Extent.UNCLEAR
        self.out.named.append(Named(kind, self._name_words(), extent))
        self.fresh = False

    def _name_words(self) -> str:
        words = [self.tokens[self.at]]
        capitals = self._starts_name()
        self.at += 1
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            dash = token in "-–" and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1][0].isupper()
            goes_on = self._starts_name() if capitals else token.isalnum() and token not in wording.AFTER_NAME
            if not (dash or goes_on):
                break
            words.append("-" if dash else token)
            self.at += 1
        return " ".join(words)

    # --- where they lie ----------------------------------------------------------------------------

    def _bracket(self) -> str:
        self.at += 1
        start = self.at
        while self.at < len(self.tokens) and self.tokens[self.at] != ")":
            self.at += 1
        inside = " ".join(self.tokens[start : self.at])
        self.at += 1
        return inside

    def _belongs(self, skip: int = 1) -> None:
        """“thuộc huyện X”, “, huyện X”: of all the territories that share one kind before it."""
        self.at += skip
        kind = self._kind_at(0)
        if not kind:
            return
        self.at += len(kind.split())
        if self.at >= len(self.tokens):
            return
        where = f"{kind} {self._name_words()}"
        for place in range(min(self.group, len(self.out.named) - 1), len(self.out.named)):
            if place >= 0 and not self.out.named[place].where:
                self.out.named[place] = replace(self.out.named[place], where=where)

    def _set_where(self, where: str) -> None:
        """“(huyện X)” is said of the territory before it, and a hint about those before that."""
        if not self.out.named or not where:
            return
        if not wording.BEGINS_WITH_KIND.match(where):  # “(trừ thôn Hạ)”
            self.out.strange.append(where)
            self.out.named[-1] = replace(self.out.named[-1], extent=Extent.UNCLEAR)
            return
        self.out.named[-1] = replace(self.out.named[-1], where=where)
        for place in range(len(self.out.named) - 2, self.since_mark - 1, -1):
            if self.out.named[place].where or self.out.named[place].hint:
                break
            self.out.named[place] = replace(self.out.named[place], hint=where)
