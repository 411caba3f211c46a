"""K0 – K9 of a report beside the unit's registry."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv.enums import FactKind
from reports.domain.kheo_proposals import findings, proposals
from reports.models import Figure, Indicator
from tests.factories.kheo import make_model
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    """Two models of the first commune stand, launched in the window."""
    world = make_world()
    for number in range(2):
        launched = [(FactKind.LAUNCHED, date(2026, 3, 1))]
        make_model(world.communes[0], world.author, name=f"m{number}", facts=launched)
    return world


def given(world, **figures):
    """(report, indicators, figures by indicator id) once the author has entered ``figures``."""
    if figures:
        world.enter(**figures)
    report = world.report()
    rows = Indicator.objects.filter(version_id=report.round.outline_version_id).select_related("group")
    stored = {figure.indicator_id: figure for figure in Figure.objects.filter(edition__report=report)}
    return report, list(rows.order_by("order")), stored


def test_the_registry_speaks_of_what_is_typed_in_its_group_only(world):
    known = proposals(*given(world))
    assert list(known) == [
        "K0", "K1", "K2", "K3a", "K3b", "K4", "K5a", "K5b", "K5c", "K5d", "K6", "K7", "K8", "K9",
    ]  # fmt: skip
    assert {code: proposal.number for code, proposal in known.items() if proposal.number} == {
        "K0": 2,
        "K1": 2,
        "K3a": 2,
        "K5b": 2,
    }


def test_an_outline_whose_group_is_about_something_else_asks_nothing(world):
    report, indicators, figures = given(world)
    next(i for i in indicators if i.code == "K0").group.name = "Kinh tế"
    assert proposals(report, [i for i in indicators if i.code == "K0"], figures) == {}


def test_a_unit_without_a_registry_is_told_nothing(world):
    report = world.report(world.communes[1])
    _report, indicators, _figures = given(world)
    assert proposals(report, indicators, {}) == {}
    assert findings(report, indicators, {}) == []


def test_differences(world):
    known = proposals(*given(world, K0=4, K1=2, K2="none", K3a=("no_data", "Chờ rà soát"), K5b=("gan", 3)))
    assert {code: p.difference for code, p in known.items() if p.difference is not None} == {
        "K0": Decimal(2),
        "K1": Decimal(0),
        "K2": Decimal(0),
        "K5b": Decimal(1),
    }
    assert (known["K0"].words, known["K1"].words, known["K4"].words) == (
        "Sổ đăng ký: 2 · lệch 2",
        "Sổ đăng ký: 2",
        "Sổ đăng ký: 0",
    )
    assert (known["K1"].is_same, known["K4"].is_same) == (True, False)


def test_a_difference_asks_for_a_word_and_blocks_nothing(world):
    (finding,) = findings(*given(world, K0=4, K1=2))
    assert (finding.code, finding.is_hard) == ("K0", False)
    assert finding.message.startswith("Sổ đăng ký “Dân vận khéo” có 2, báo cáo ghi 4 (lệch 2)")


def test_all_proposals_cost_one_query(world):
    report, indicators, figures = given(world, K0=4)
    with CaptureQueriesContext(connection) as queries:
        proposals(report, indicators, figures)
    assert len(queries) == 1
