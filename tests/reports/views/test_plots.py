"""Where the line of a trend is drawn."""

from datetime import date
from decimal import Decimal

from reports.domain.public_trends import Trend, TrendPoint
from reports.views import plots
from reports.views.plots import plot_of


def trend(*values, breaks=()):
    points = tuple(
        TrendPoint(2020 + n, date(2020 + n, 12, 14), None if v is None else Decimal(v), str(v))
        for n, v in enumerate(values)
    )
    return Trend("Mô hình", "mô hình", "annual", points, breaks)


def test_the_base_is_zero_and_the_highest_value_touches_the_top():
    plot = plot_of(trend(0, 5, 10))
    assert [dot.y for dot in plot.dots] == [str(plots.BOTTOM), "85", str(plots.TOP)]
    assert [dot.x for dot in plot.dots] == [str(plots.LEFT), "169", str(plots.RIGHT)]
    assert plot.line == f"M{plots.LEFT} {plots.BOTTOM}L169 85L{plots.RIGHT} {plots.TOP}"
    assert [(dot.words, dot.year, dot.is_last) for dot in plot.dots] == [
        ("0", "2020", False),
        ("5", "2021", False),
        ("10", "2022", True),
    ]


def test_nothing_but_zeros_lies_on_the_base():
    assert [dot.y for dot in plot_of(trend(0, 0)).dots] == [str(plots.BOTTOM)] * 2


def test_what_cannot_be_compared_is_a_gap():
    plot = plot_of(trend(10, 10, None, 10, 10))
    assert (plot.line.count("M"), plot.line.count("L"), len(plot.dots)) == (2, 2, 4)


def test_a_change_stands_between_its_years():
    plot = plot_of(trend(1, 2, 3, breaks=(date(2021, 1, 1), date(2021, 7, 1))))
    (only,) = plot.breaks
    assert (only.words, only.x) == ("01/07/2021", "106")
