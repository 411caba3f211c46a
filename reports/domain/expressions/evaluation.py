"""Evaluates rules and computed values against figures that a lookup supplies."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from enum import Enum
from typing import NamedTuple

from .reader import Comparison, Expression, Node, Number, Product, Reference, Rule, Sum, references_in

# Figures have at most 15 digits: products of several stay exact.
_EXACT = Context(prec=200)


class Operand(NamedTuple):
    """What a lookup found: the value, None when there is none, and whether it carries a qualifier.

    `no_data` tells “chưa có số liệu” (a reason is given) from a figure that was not entered.
    """

    value: Decimal | None
    qualified: bool = False
    no_data: bool = False


Lookup = Callable[[str, str], Operand]
"""(scope, code) → Operand; the scope is "" (this report), "cung_ky" or "ky_truoc"."""


class Result(Enum):
    """What checking a rule comes to; skipped where a figure is missing."""

    PASS = "pass"
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Outcome:
    """What a rule said. `softened`: it compares a qualified value for equality, so a hard rule turns soft."""

    result: Result
    softened: bool = False

    @property
    def failed(self) -> bool:
        """Whether the figures break the rule."""
        return self.result is Result.FAIL


def evaluate_rule(expression: Expression, lookup: Lookup) -> Outcome:
    """Check a rule against the figures.

    A missing operand skips the rule. Under “when” that holds, a figure of this report that was not entered
    fails it; one that has no data, or is missing in another period, skips it. A “when” that does not hold
    asks for nothing: the rule passes. Inequalities take a qualified value as typed.

    Raises `ValueError` when the expression compares nothing.
    """
    rule = expression.tree
    if not isinstance(rule, Rule):
        raise ValueError(f"{expression.text!r} is no rule")
    if rule.when is not None:
        condition = _compare(rule.when, lookup)
        if condition.result is Result.SKIPPED:
            return condition
        if condition.result is Result.FAIL:
            return Outcome(Result.PASS, condition.softened)
        if any(_is_not_entered(reference, lookup) for reference in references_in(rule.claim)):
            return Outcome(Result.FAIL, condition.softened)
        claim = _compare(rule.claim, lookup)
        if claim.result is Result.SKIPPED:
            return claim
        return Outcome(claim.result, claim.softened or condition.softened)
    return _compare(rule.claim, lookup)


def evaluate_value(expression: Expression, lookup: Lookup) -> Decimal | None:
    """Compute a value; None when an operand is missing. Raises `ValueError` for a rule."""
    if isinstance(expression.tree, Rule):
        raise ValueError(f"{expression.text!r} is a rule")
    return value_of(expression.tree, lookup)


def value_of(node: Node, lookup: Lookup) -> Decimal | None:
    """Compute one part of an expression, exactly; None when an operand of it is missing."""
    with localcontext(_EXACT):
        return _value(node, lookup)


def _value(node: Node, lookup: Lookup) -> Decimal | None:
    match node:
        case Number(value):
            return value
        case Reference(scope, code):
            return lookup(scope, code).value
        case Sum(terms):
            values = [(sign, _value(term, lookup)) for sign, term in terms]
            if any(value is None for _, value in values):
                return None
            return sum((sign * value for sign, value in values), Decimal(0))
        case Product(factors):
            product = Decimal(1)
            for factor in factors:
                value = _value(factor, lookup)
                if value is None:
                    return None
                product *= value
            return product


def _compare(comparison: Comparison, lookup: Lookup) -> Outcome:
    left, right = value_of(comparison.left, lookup), value_of(comparison.right, lookup)
    if left is None or right is None:
        return Outcome(Result.SKIPPED)
    softened = comparison.sign == "=" and any(
        lookup(reference.scope, reference.code).qualified for reference in references_in(comparison)
    )
    return Outcome(Result.PASS if _HOLDS[comparison.sign](left, right) else Result.FAIL, softened)


_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    "=": Decimal.__eq__,
    ">=": Decimal.__ge__,
    ">": Decimal.__gt__,
}


def _is_not_entered(reference: Reference, lookup: Lookup) -> bool:
    operand = lookup(reference.scope, reference.code)
    return not reference.scope and operand.value is None and not operand.no_data
