"""Reads the language of an outline's rules into a tree.

rule    = claim [ "when" claim ]          claim  = sum ( "<" | "<=" | "=" | ">=" | ">" ) sum
sum     = product { ("+" | "-") product } product = factor { "*" factor }
factor  = number | [ "cung_ky." | "ky_truoc." ] code | "(" sum ")"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

SCOPES = ("cung_ky", "ky_truoc")
COMPARISONS = ("<=", ">=", "<", ">", "=")

_LONGEST = 500
_DEEPEST = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,12}(?:\.[0-9]{1,6})?(?![0-9A-Za-z_.]))"
    r"|(?P<reference>(?:(?P<scope>[a-z_]+)\.)?(?P<code>[A-Z][A-Za-z0-9_]{0,19})(?![A-Za-z0-9_.]))"
    r"|(?P<when>when(?![A-Za-z0-9_.]))"
    r"|(?P<sign><=|>=|[-<>=+*()]))"
)


class ExpressionError(ValueError):
    """An expression that cannot be read; the message, in Vietnamese, says where and what is expected."""


@dataclass(frozen=True)
class Number:
    """A number written in the rule."""

    value: Decimal


@dataclass(frozen=True)
class Reference:
    """A figure: scope "" (this report), “cung_ky” or “ky_truoc”, and the code of its indicator."""

    scope: str
    code: str


@dataclass(frozen=True)
class Sum:
    """Signed terms: (+1, term) or (-1, term)."""

    terms: tuple[tuple[int, "Node"], ...]


@dataclass(frozen=True)
class Product:
    """Factors multiplied."""

    factors: tuple["Node", ...]


Node = Number | Reference | Sum | Product


@dataclass(frozen=True)
class Comparison:
    """Two sides and one of `COMPARISONS` between them."""

    left: Node
    sign: str
    right: Node


@dataclass(frozen=True)
class Rule:
    """What must hold (`claim`), and only `when` that holds, where it is given."""

    claim: Comparison
    when: Comparison | None = None


@dataclass(frozen=True)
class Expression:
    """A rule (it compares) or a value (it computes), as read by `parse`."""

    text: str
    tree: Rule | Node

    @property
    def is_rule(self) -> bool:
        """Whether it compares; else it computes a value."""
        return isinstance(self.tree, Rule)

    @property
    def references(self) -> frozenset[tuple[str, str]]:
        """Every (scope, code) that it names."""
        return frozenset((found.scope, found.code) for found in references_in(self.tree))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of this report's own figures that it names, each once, in their order."""
        return tuple(dict.fromkeys(found.code for found in references_in(self.tree) if not found.scope))


def parse(text: str) -> Expression:
    """Read an expression; raises `ExpressionError` with a Vietnamese message that names the place."""
    if len(text) > _LONGEST:
        raise ExpressionError(f"Biểu thức dài quá {_LONGEST} ký tự. Rút ngắn lại")
    if not text.strip():
        raise ExpressionError("Chưa nhập biểu thức")
    return Expression(text, _Reader(_tokens(text)).everything())


def references_in(node: Rule | Comparison | Node) -> Iterator[Reference]:
    """Yield the figures that a tree names, from left to right, repeated ones too."""
    match node:
        case Reference():
            yield node
        case Rule(claim, when):
            yield from references_in(claim)
            if when is not None:
                yield from references_in(when)
        case Comparison(left, _, right):
            yield from references_in(left)
            yield from references_in(right)
        case Sum(terms):
            for _, term in terms:
                yield from references_in(term)
        case Product(factors):
            for factor in factors:
                yield from references_in(factor)


class _Token(NamedTuple):
    kind: str
    """“number”, “reference”, “when”, “end”, or the sign itself."""
    text: str
    place: int
    """Counted from 1, as a person counts."""
    node: Number | Reference | None = None


def _tokens(text: str) -> list[_Token]:
    tokens, place, end = [], 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if not match:
            raise _unreadable(text, place)
        tokens.append(_token(match))
        place = match.end()
    return [*tokens, _Token("end", "", end + 1)]


def _token(match: re.Match[str]) -> _Token:
    kind = match.lastgroup
    text, place = match[kind], match.start(kind) + 1
    if kind == "number":
        return _Token(kind, text, place, Number(Decimal(text)))
    if kind == "reference":
        scope = match["scope"] or ""
        if scope and scope not in SCOPES:
            raise ExpressionError(
                f"Ký tự thứ {place}: không có kỳ “{scope}”. Trước dấu chấm chỉ dùng cung_ky hoặc ky_truoc"
            )
        return _Token(kind, text, place, Reference(scope, match["code"]))
    return _Token(text, text, place)


def _unreadable(text: str, place: int) -> ExpressionError:
    rest = text[place:].lstrip()
    found = re.match(r"\w[\w.,]*|.", rest, re.DOTALL)[0]
    place = len(text) - len(rest) + 1
    return ExpressionError(
        f"Ký tự thứ {place}: không đọc được “{found[:30]}”. Chỉ dùng mã chỉ tiêu, số (phần lẻ viết 1.5), "
        "+ - * ( ), <= < = >= >, when, cung_ky. và ky_truoc."
    )


class _Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, tokens: list[_Token]):
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def everything(self) -> Rule | Node:
        value = self._sum()
        if self._is_at(*COMPARISONS):
            claim = self._comparison(value)
            when = self._comparison(self._sum()) if self._take("when") else None
            value = Rule(claim, when)
        if not self._is_at("end"):
            raise ExpressionError(f"Ký tự thứ {self._current.place}: thừa “{self._current.text}”")
        return value

    def _comparison(self, left: Node) -> Comparison:
        sign = self._take(*COMPARISONS)
        if not sign:
            raise self._expected("một phép so sánh (<= < = >= >)")
        return Comparison(left, sign.kind, self._sum())

    def _sum(self) -> Node:
        terms = [(1, self._product())]
        while sign := self._take("+", "-"):
            terms.append((1 if sign.kind == "+" else -1, self._product()))
        return terms[0][1] if len(terms) == 1 else Sum(tuple(terms))

    def _product(self) -> Node:
        factors = [self._factor()]
        while self._take("*"):
            factors.append(self._factor())
        return factors[0] if len(factors) == 1 else Product(tuple(factors))

    def _factor(self) -> Node:
        if token := self._take("number", "reference"):
            return token.node
        opening = self._take("(")
        if not opening:
            raise self._expected("mã chỉ tiêu, số hoặc dấu (")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError(f"Ký tự thứ {opening.place}: quá {_DEEPEST} lớp dấu ngoặc. Bớt dấu ngoặc")
        inner = self._sum()
        if not self._take(")"):
            raise self._expected("dấu )")
        self._depth -= 1
        return inner

    @property
    def _current(self) -> _Token:
        return self._tokens[self._next]

    def _is_at(self, *kinds: str) -> bool:
        return self._current.kind in kinds

    def _take(self, *kinds: str) -> _Token | None:
        if not self._is_at(*kinds):
            return None
        token = self._current
        self._next += 1
        return token

    def _expected(self, what: str) -> ExpressionError:
        found = f"lại thấy “{self._current.text}”" if self._current.text else "biểu thức đã hết"
        return ExpressionError(f"Ký tự thứ {self._current.place}: cần {what}, {found}")
