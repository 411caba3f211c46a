"""Figures written as people type them, for tests of rules: {"C5": "gần 57", "ky_truoc.B4": "9"}."""

from collections.abc import Mapping
from decimal import Decimal

from reports.domain.expressions import Operand


def lookup_in(figures: Mapping[str, str]):
    """Return a lookup over `figures`; “gần …” is qualified, “không có” has no data, the rest is blank."""

    def lookup(scope: str, code: str) -> Operand:
        typed = figures.get(f"{scope}.{code}" if scope else code, "")
        if not typed:
            return Operand(None)
        if typed == "không có":
            return Operand(None, no_data=True)
        return Operand(Decimal(typed.removeprefix("gần ")), qualified=typed.startswith("gần "))

    return lookup
