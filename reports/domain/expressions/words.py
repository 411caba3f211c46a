"""Tells in Vietnamese what a rule found wrong and what to do, where the outline does not say it itself."""

from collections.abc import Mapping

from models_dv.vietnamese.numbers import format_number

from .evaluation import Lookup, value_of
from .reader import Comparison, Expression, Node, Number, Product, Reference, Rule, Sum, references_in

_BROKEN = {"<=": "lớn hơn", "<": "phải nhỏ hơn", "=": "khác", ">=": "nhỏ hơn", ">": "phải lớn hơn"}
_REQUIRED = {
    "<=": "không được lớn hơn",
    "<": "phải nhỏ hơn",
    "=": "phải bằng",
    ">=": "không được nhỏ hơn",
    ">": "phải lớn hơn",
}
_HOLDING = {"<=": "không lớn hơn", "<": "nhỏ hơn", "=": "bằng", ">=": "không nhỏ hơn", ">": "lớn hơn"}
_SCOPE_WORDS = {"": "", "cung_ky": " cùng kỳ", "ky_truoc": " kỳ trước"}


def describe(
    expression: Expression, names: Mapping[str, str], lookup: Lookup | None = None, *, advice: str = ""
) -> str:
    """Return the sentence for a rule that failed, with the figures where `lookup` is given.

    “Đơn thuộc thẩm quyền” (57) lớn hơn “Đơn tiếp nhận” (52). Sửa một trong hai số

    `names` maps codes to the names of their indicators; `advice` stands at the end instead of ours.
    Raises `ValueError` when the expression is no rule.
    """
    rule = expression.tree
    if not isinstance(rule, Rule):
        raise ValueError(f"{expression.text!r} is no rule")
    teller = _Teller(names, lookup)
    if rule.when is None:
        sentence = teller.comparison(rule.claim, _BROKEN)
    else:
        sentence = f"khi {teller.comparison(rule.when, _HOLDING)}, {teller.comparison(rule.claim, _REQUIRED)}"
    return f"{sentence[0].upper()}{sentence[1:]}. {advice or teller.advice(rule)}"


class _Teller:
    def __init__(self, names: Mapping[str, str], lookup: Lookup | None):
        self._names = names
        self._lookup = lookup

    def comparison(self, comparison: Comparison, words: Mapping[str, str]) -> str:
        left, right = self._words(comparison.left), self._words(comparison.right)
        left_result, right_result = self._result(comparison.left), self._result(comparison.right)
        if left_result:
            left = f"{left}, {left_result},"
        return f"{left} {words[comparison.sign]} {right}" + (f", {right_result}" if right_result else "")

    def advice(self, rule: Rule) -> str:
        references = set(references_in(rule))
        own = {reference for reference in references if not reference.scope}
        if any(self._is_missing(reference) for reference in own):
            return "Nhập số còn thiếu"
        if own != references:
            return "Kiểm tra lại số kỳ này"
        if len(own) > 2:
            return "Sửa các số này cho khớp"
        return "Sửa một trong hai số" if len(own) == 2 else "Sửa số này"

    def _result(self, node: Node) -> str:
        """Return what a computed side comes to; "" for a plain figure or one that has no result."""
        if self._lookup is None or isinstance(node, Number | Reference):
            return ""
        value = value_of(node, self._lookup)
        return "" if value is None else f"bằng {format_number(value)}"

    def _words(self, node: Node) -> str:
        match node:
            case Number(value):
                return format_number(value)
            case Reference():
                return self._figure(node)
            case Product(factors):
                return " nhân ".join(self._inner(factor) for factor in factors)
            case Sum(terms):
                return self._sum(terms)

    def _sum(self, terms: tuple[tuple[int, Node], ...]) -> str:
        words = [self._inner(term) for _, term in terms]
        if all(sign > 0 for sign, _ in terms):
            return f"tổng của {', '.join(words[:-1])} và {words[-1]}"
        following = zip(terms[1:], words[1:], strict=True)
        return words[0] + "".join(f" {'cộng' if sign > 0 else 'trừ'} {word}" for (sign, _), word in following)

    def _inner(self, node: Node) -> str:
        return f"({self._words(node)})" if isinstance(node, Sum) else self._words(node)

    def _figure(self, reference: Reference) -> str:
        name = f"“{self._names.get(reference.code, reference.code)}”{_SCOPE_WORDS[reference.scope]}"
        if self._lookup is None:
            return name
        operand = self._lookup(reference.scope, reference.code)
        if operand.value is not None:
            return f"{name} ({format_number(operand.value)})"
        return f"{name} ({'chưa nhập' if self._is_missing(reference) else 'chưa có số liệu'})"

    def _is_missing(self, reference: Reference) -> bool:
        """True for a figure of this report that was not entered."""
        if self._lookup is None or reference.scope:
            return False
        operand = self._lookup("", reference.code)
        return operand.value is None and not operand.no_data
