"""Opening a round creates what is expected, once; names and route are those of the day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from models_dv.domain.units import rebuild_paths
from models_dv.enums import PeriodKind, UnitLevel
from models_dv.errors import NotAllowed
from models_dv.models import Period, UnitVersion
from reports.domain.outlines import load_default_outline
from reports.domain.rounds import extend, open_round
from reports.enums import State
from reports.errors import MissingInput, StepNotPossible
from reports.models import Report, ReportingRound, RoundDueDate
from tests.factories.together import make_body
from tests.factories.world import make_round

pytestmark = pytest.mark.django_db


def planned(world, year=2027):
    period = Period.objects.create(
        kind=PeriodKind.HALF_YEAR,
        year=year,
        window_from=date(year - 1, 12, 15),
        window_to=date(year, 6, 14),
    )
    return ReportingRound.objects.create(
        root_unit=world.province,
        period=period,
        outline_version=load_default_outline(),
        window_from=period.window_from,
        window_to=period.window_to,
    )


def test_every_unit_alive_owes_one_report(world):
    reports = Report.objects.filter(round=world.round).order_by("path")
    assert [report.unit_version.short_name for report in reports] == [
        "Tỉnh An Bình",
        "Xã Phú Lâm",
        "Xã Tân Hoà",
        "Xã Bình Minh",
    ]
    assert [report.parent_id for report in reports] == [None] + [reports[0].pk] * 3
    assert {report.latest.state for report in reports} == {State.NOT_STARTED}


def test_a_round_opens_once(world):
    with pytest.raises(StepNotPossible):
        open_round(world.round, actor=world.admin)
    assert Report.objects.count() == 4


def test_every_level_needs_a_due_date(world):
    round_ = planned(world)
    RoundDueDate.objects.create(round=round_, level=UnitLevel.PROVINCE, due_at=timezone.now())
    with pytest.raises(MissingInput) as missing:
        open_round(round_, actor=world.admin)
    assert "Cấp xã" in missing.value.message
    round_.refresh_from_db()
    assert (round_.state, round_.reports.count()) == ("planned", 0)


def test_a_unit_that_ended_owes_nothing_and_a_rename_is_kept_for_its_day(world):
    gone, renamed = world.communes[1], world.communes[2]
    gone.ended_on = date(2027, 1, 1)
    gone.save()
    version = renamed.versions.get()
    version.pk, version.valid_from, version.short_name = None, date(2027, 3, 1), "Phường Bình Minh"
    version.save()
    rebuild_paths()
    round_ = planned(world)
    for level in (UnitLevel.PROVINCE, UnitLevel.COMMUNE):
        RoundDueDate.objects.create(round=round_, level=level, due_at=timezone.now())
    open_round(round_, actor=world.admin)
    names = list(round_.reports.order_by("path").values_list("unit_version__short_name", flat=True))
    assert names == ["Tỉnh An Bình", "Xã Phú Lâm", "Phường Bình Minh"]
    assert world.report(renamed).unit_version.short_name == "Xã Bình Minh"
    assert UnitVersion.objects.filter(unit=renamed).count() == 2


def test_extension_moves_the_due_date_with_a_reason(world):
    report = world.report()
    later = report.due_at + timedelta(days=5)
    with pytest.raises(NotAllowed):
        extend(report, due_at=later, reason="Bão lũ", actor=world.approver)
    with pytest.raises(MissingInput):
        extend(report, due_at=later, reason=" ", actor=world.reviewer)
    extend(report, due_at=later, reason="Bão lũ", actor=world.reviewer)
    assert world.report().due_at == later


def test_bodies_of_a_commune_contribute_and_do_not_report(world):
    body = make_body(world)
    round_ = make_round(world.province, kind=PeriodKind.ANNUAL, opened_by=world.admin)
    assert round_.reports.count() == 4
    assert not round_.reports.filter(unit=body.unit).exists()
