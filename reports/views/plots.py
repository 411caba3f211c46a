"""A line over the years as SVG, laid out here in whole units so that the template only writes it down.

Classes and presentation attributes only: the page allows no inline style.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from models_dv.vietnamese.dates import format_date
from reports.domain.public_trends import Trend, TrendPoint

WIDTH, HEIGHT = 340, 176
LEFT, RIGHT, TOP, BOTTOM = 42, 296, 40, 130
LABEL_ABOVE = 14


@dataclass(frozen=True)
class Dot:
    """One year: where it stands, what is written above and below it."""

    x: str
    y: str
    label_y: str
    words: str
    year: str
    is_last: bool


@dataclass(frozen=True)
class Break:
    """A day on which the unit came out of others: a line from top to bottom with the day on it."""

    x: str
    words: str


@dataclass(frozen=True)
class Plot:
    """Everything that ``public/_trend.html`` draws; ``line`` is the path of the line, with gaps."""

    width: str
    height: str
    left: str
    right: str
    top: str
    bottom: str
    year_y: str
    break_y: str
    line: str
    dots: tuple[Dot, ...]
    breaks: tuple[Break, ...]


def plot_of(trend: Trend) -> Plot:
    """The line of a trend with a zero base; years stand as far apart as they are."""
    years = [point.year for point in trend.points]
    top = max(point.value for point in trend.known) or Decimal(1)
    last = trend.known[-1]

    def place(point: TrendPoint) -> tuple[int, int]:
        return _across(Decimal(point.year), years), round(BOTTOM - (BOTTOM - TOP) * point.value / top)

    dots = []
    for point in trend.known:
        x, y = place(point)
        dots.append(Dot(str(x), str(y), str(y - LABEL_ABOVE), point.words, str(point.year), point is last))
    line = "".join(
        "M" + "L".join("{} {}".format(*place(p)) for p in part) for part in _unbroken(trend.points)
    )
    return Plot(
        width=str(WIDTH),
        height=str(HEIGHT),
        left=str(LEFT - 22),
        right=str(RIGHT + 24),
        top=str(TOP - 22),
        bottom=str(BOTTOM),
        year_y=str(BOTTOM + 20),
        break_y=str(BOTTOM + 38),
        line=line,
        dots=tuple(dots),
        breaks=tuple(_breaks(trend, years)),
    )


def _unbroken(points: Sequence[TrendPoint]) -> Iterator[list[TrendPoint]]:
    """Stretches of years that follow each other without one that cannot be compared."""
    part: list[TrendPoint] = []
    for point in points:
        if point.value is None:
            if part:
                yield part
            part = []
        else:
            part.append(point)
    if part:
        yield part


def _across(year: Decimal, years: list[int]) -> int:
    first, last = years[0], years[-1]
    if first == last:
        return (LEFT + RIGHT) // 2
    return round(LEFT + (RIGHT - LEFT) * (year - first) / (last - first))


def _breaks(trend: Trend, years: list[int]) -> Iterator[Break]:
    """One between each two years between which something changed, with the last day of change."""
    for before, after in pairwise(trend.points):
        days = [day for day in trend.breaks if before.window_to < day <= after.window_to]
        if days:
            middle = (Decimal(before.year) + Decimal(after.year)) / 2
            yield Break(str(_across(middle, years)), format_date(days[-1]))
