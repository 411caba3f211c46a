"""The small language of an outline's rules and computed indicators: read, evaluated and told in words.

    C5 <= C4        A4 > 0 when A3 > 0        B1 = ky_truoc.B4        B1 + B2 - B3

Codes, numbers, + - * ( ), the comparisons <= < = >= >, “when”; cung_ky.X is the same window last year and
ky_truoc.X the report whose window ended the day before. An administrator types them, so nothing is executed
and length and nesting are limited.
"""

from .evaluation import Lookup, Operand, Outcome, Result, evaluate_rule, evaluate_value
from .reader import Expression, ExpressionError, parse, references_in
from .words import describe

__all__ = [
    "Expression",
    "ExpressionError",
    "Lookup",
    "Operand",
    "Outcome",
    "Result",
    "describe",
    "evaluate_rule",
    "evaluate_value",
    "parse",
    "references_in",
]
