"""How alike two names are: a heading of a document and a part, a row of a table and an indicator.

Words count by how rare they are among the names to choose from (“dân chủ” says more than “công tác”), without
accents, after abbreviations are written out. What is close to two names is said to be so, never decided.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models_dv.vietnamese.fold import fold

#: Folded abbreviation → words.
ABBREVIATIONS = {
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "qcdc": "quy che dan chu",
    "qcdccs": "quy che dan chu o co so",
    "llvt": "luc luong vu trang",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "gpmb": "giai phong mat bang",
    "dtts": "dan toc thieu so",
    "tthc": "thu tuc hanh chinh",
    "cchc": "cai cach hanh chinh",
    "ctxh": "chinh tri xa hoi",
    "dvk": "dan van kheo",
    "ctdv": "cong tac dan van",
    "sl": "so luong",
    "tdp": "to dan pho",
    "ttnd": "thanh tra nhan dan",
    "gsdtcd": "giam sat dau tu cua cong dong",
    "cbcc": "can bo cong chuc",
    "th": "thuc hien",
}
#: What is said in several ways → how the outline says it; longer ones first. Folded.
SAME = (
    ("cac to chuc chinh tri xa hoi", "cac doan the"),
    ("to chuc chinh tri xa hoi", "doan the"),
    ("cac hoi doan the", "cac doan the"),
    ("cong an quan su", "luc luong vu trang"),
    ("quan su cong an", "luc luong vu trang"),
    ("quan doi cong an", "luc luong vu trang"),
    ("bo doi bien phong", "luc luong vu trang"),
    ("phap lenh dan chu", "dan chu"),
    ("luat thuc hien dan chu", "dan chu"),
    ("quy che dan chu", "dan chu"),
    ("ton tai", "han che"),
    ("khuyet diem", "han che"),
    ("yeu kem", "han che"),
    ("mat dat duoc", "uu diem"),
    ("mat lam duoc", "uu diem"),
    ("mat manh", "uu diem"),
    ("dang uy", "cap uy"),
    ("cap uy dang", "cap uy"),
    ("de nghi", "kien nghi"),
    ("don thu", "don"),
    ("thon to", "thon to dan pho"),
)
#: Words that every name may have or not.
_FILLERS = (
    "cac cua ve va cho tren tai o voi theo tu den duoc la nhung mot so viec vao cung "
    "xa phuong tinh huyen thi tran dac khu dia ban"
)
FILLERS = frozenset(_FILLERS.split())
#: “6 tháng đầu năm 2026” tells when, not what.
TIMES = re.compile(
    r"\b(?:\d+ thang (?:dau|cuoi) nam(?: \d{4})?|(?:quy|thang) (?:\d+|[ivx]+)(?: nam \d{4})?|nam \d{4}|nam hoc|\d{4})\b"
)
#: How a heading speaks of the movement and of the authorities, and how a row of the movement.
IN_HEADINGS = (
    ("mo hinh dien hinh dan van kheo", "dan van kheo"),
    ("mo hinh dan van kheo", "dan van kheo"),
    ("phong trao thi dua dan van kheo", "dan van kheo"),
    ("phong trao dan van kheo", "dan van kheo"),
    ("hoi dong nhan dan", "chinh quyen"),
    ("uy ban nhan dan", "chinh quyen"),
    ("cong an", "luc luong vu trang"),
    ("quan su", "luc luong vu trang"),
    ("to chuc thuc hien", "trien khai"),
)
IN_ROWS = (("mo hinh dan van kheo", "mo hinh"), ("dien hinh dan van kheo", "dien hinh"))
UNKNOWN_WEIGHT = 0.35
#: From here on a name is meant even where another is close enough as well.
SURE = 0.95
HINT_SHARE, CLAUSE_SHARE = 0.8, 0.85
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_CLAUSE_END = re.compile(r"[,;]|\bvà\b")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Match:
    """One of the names to choose from and how like it is: 0 – 1; ``said``: its words, where the text says all.

    ``named``: how like the name itself it is, whatever the hint says and wherever it stands; ``hinted``: how much
    of the text is words of the name or of what is said of it besides, 0 where none is of the latter; ``is_full``:
    all of the name is said and nothing else.
    """

    key: str
    score: float
    said: frozenset[str] = frozenset()
    named: float = 0.0
    hinted: float = 0.0
    is_full: bool = False


@dataclass(frozen=True)
class _Name:
    text: str
    words: frozenset[str]
    hint: frozenset[str]
    also: frozenset[str]
    clauses: tuple[frozenset[str], ...] = ()


class Names:
    """The names to choose from: key → name. ``hints`` are further words that belong to a name, ``also`` words that
    only make it likely; ``same`` are (said, meant) pairs besides those that hold everywhere; with ``by_clause`` one
    clause of a name may stand for it (“chính quyền” for “cơ quan nhà nước, chính quyền các cấp”).
    """

    def __init__(
        self,
        names: Mapping[str, str],
        hints: Mapping[str, str] | None = None,
        also: Mapping[str, str] | None = None,
        *,
        same=(),
        by_clause=False,
    ):
        hints, also = hints or {}, also or {}
        self._same = (*SAME, *same)
        self.names = {
            key: _Name(
                self._plain(name),
                self.words(name),
                self.words(hints.get(key, "")),
                self.words(f"{hints.get(key, '')} {also.get(key, '')}"),
                self._clauses(name) if by_clause else (),
            )
            for key, name in names.items()
        }
        self._order = {key: place for place, key in enumerate(self.names)}
        counts = Counter(word for name in self.names.values() for word in name.words)
        self._weights = {word: 1 / count for word, count in counts.items()}
        self._with_word: dict[str, set[str]] = {}
        for key, name in self.names.items():
            for word in name.words | name.also:
                self._with_word.setdefault(word, set()).add(key)

    def matches(self, text: str, among: Iterable[str] | None = None) -> list[Match]:
        """The names that share something with the text, the likest first."""
        wanted, words = self._plain(text), self.words(text)
        keys = set().union(*(self._with_word.get(word, ()) for word in words)) if words else set()
        if among is not None:
            keys &= set(among)
        found = [self._match(key, wanted, words) for key in keys]
        return sorted(found, key=lambda match: (-match.score, self._order[match.key]))

    def _plain(self, text: str) -> str:
        """A name as it is compared: folded, abbreviations written out, other ways of saying it made one."""
        words = _NOT_WORD.sub(" ", fold(text)).split()
        text = " ".join(ABBREVIATIONS.get(word, word) for word in words)
        text = f" {TIMES.sub(' ', text)} "
        for said, meant in self._same:
            text = text.replace(f" {said} ", f" {meant} ")
        return " ".join(text.split())

    def words(self, text: str) -> frozenset[str]:
        """The words of a text that say something; all of them where nothing else is left."""
        found = self._plain(_IN_BRACKETS.sub(" ", text)).split()
        return frozenset([word for word in found if word not in FILLERS] or found)

    def _clauses(self, name: str) -> tuple[frozenset[str], ...]:
        """The words of each clause, where there are several."""
        clauses = tuple(self.words(clause) for clause in _CLAUSE_END.split(name))
        return clauses if len(clauses) > 1 else ()

    def _match(self, key: str, wanted: str, words: frozenset[str]) -> Match:
        name = self.names[key]
        if name.text == wanted:
            return Match(key, 1.0, name.words, 1.0, is_full=True)
        beside = name.words | name.hint
        clauses = [CLAUSE_SHARE * self._likeness(words, clause, beside) for clause in name.clauses]
        named = max([self._likeness(words, name.words, name.hint), *clauses])
        score = max(named, HINT_SHARE * self._likeness(words, name.hint))
        known = words & (name.words | name.also) if words & name.also else frozenset()
        hinted = self._weight(known) / self._weight(words)
        said = name.words if name.words <= words else frozenset()
        return Match(key, score, said, named, hinted, name.words == words)

    def _likeness(self, words: frozenset, name: frozenset, beside: frozenset = frozenset()) -> float:
        """Harmonic mean of how much of the name and how much of the text the other holds, below 1."""
        shared = self._weight(words & name)
        if not shared:
            return 0.0
        covered = shared / self._weight(name)
        kept = shared / (shared + self._weight(words - name - beside))
        return 0.98 * 2 * covered * kept / (covered + kept)

    def _weight(self, words: Iterable[str]) -> float:
        # Exact whatever the order of the set, so that a tie is a tie every time.
        return math.fsum(self._weights.get(word, UNKNOWN_WEIGHT) for word in words)


def clear_one(found: list[Match], *, least: float, margin: float) -> str:
    """The key that is meant, "" where none is clearly: too unlike, too close, or two names are both said."""
    if not found or found[0].score < least:
        return ""
    first, others = found[0], found[1:]
    if first.score >= 1.0:
        return first.key
    if any(other.said and not other.said <= first.said for other in others):
        return ""
    if others and others[0].score >= least and first.score < SURE:
        return ""
    return first.key if not others or first.score - others[0].score >= margin else ""
