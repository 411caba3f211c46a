"""Rounds that alternate between what is compared, medians, and the table that is printed."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass
class Line:
    """One figure: what, its value with unit, the bound it should keep ("" where there is none) and whether it does."""

    name: str
    value: float
    unit: str
    bound: str = ""
    kept: bool | None = None
    note: str = ""


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def side_by_side(rounds: int, **acts: Callable[[], object]) -> dict[str, float]:
    """Median seconds of each act, taken in turns so that a busy machine hurts all alike."""
    times = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _round in range(rounds):
        for name, act in acts.items():
            times[name].append(seconds(act))
    return {name: statistics.median(values) for name, values in times.items()}


def at_most(name: str, value: float, bound: float, unit: str = "×", note: str = "") -> Line:
    """A line that must not exceed its bound."""
    return Line(name, round(value, 3), unit, f"≤ {bound:g}", value <= bound, note)


def table(lines: list[Line]) -> str:
    """The lines as a text table."""
    rows = [("measured", "value", "bound", "kept", "note")]
    for line in lines:
        kept = {True: "yes", False: "NO", None: ""}[line.kept]
        rows.append((line.name, f"{line.value:g} {line.unit}", line.bound, kept, line.note))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def as_json(lines: list[Line]) -> list[dict]:
    """The lines for a machine."""
    return [asdict(line) for line in lines]
