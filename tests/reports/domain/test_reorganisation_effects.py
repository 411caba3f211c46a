"""What the end of units means for rounds and reports."""

from datetime import date, timedelta

import pytest

from models_dv.models import Period
from reports.domain.reorganisation_effects import report_effects
from reports.models import ReportingRound
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


def planned(root, window_to: date) -> ReportingRound:
    """A round that is laid out, not yet opened."""
    period = Period.objects.create(
        kind="thematic",
        year=window_to.year,
        number=root.pk,
        window_from=window_to - timedelta(days=30),
        window_to=window_to,
    )
    outline = ReportingRound.objects.first().outline_version
    return ReportingRound.objects.create(
        root_unit=root,
        period=period,
        outline_version=outline,
        window_from=period.window_from,
        window_to=window_to,
    )


def test_reports_of_open_rounds():
    world = make_world()
    first, second, _third = world.communes
    world.accepted(first)
    found = report_effects([first.pk, second.pk], date(2026, 12, 1))
    assert (found.count, found.by_state) == (2, [("Chưa soạn", 1), ("Đã tiếp nhận", 1)])
    assert {report.unit for report in found.reports} == {first, second}
    assert found.waiting == {second.pk}


def test_rounds_that_are_over_do_not_count():
    world = make_world()
    ReportingRound.objects.update(state="closed")
    found = report_effects([world.communes[0].pk], date(2026, 12, 1))
    assert (found.count, found.reports, found.waiting) == (0, [], frozenset())


def test_rounds_to_come():
    world = make_world()
    commune = world.communes[0]
    own = planned(commune, date(2026, 12, 31))
    above = planned(world.province, date(2026, 12, 31))
    planned(world.communes[1], date(2026, 11, 1))
    found = report_effects([commune.pk], date(2026, 12, 1))
    assert (found.orphaned, found.planned) == ([own], [above])


def test_no_units():
    make_world()
    assert report_effects([], date(2026, 12, 1)).count == 0
