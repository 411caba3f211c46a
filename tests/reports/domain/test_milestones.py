"""The content kept when a report is sent for approval, and that autosaves keep none."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.domain import filling, milestones, transitions
from reports.domain.filling import FigureEntry, save_figures
from reports.domain.milestones import Cell, Content
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, FigureSource, ValueState
from reports.models import Indicator, Milestone, OutlineRule, OutlineVersion, Writing

pytestmark = pytest.mark.django_db


def kept(world) -> list[Content]:
    return [milestones.content_at(row) for row in Milestone.objects.order_by("event__at", "pk")]


def rewrite(world, text: str, code: str = "S2.1", **figures) -> None:
    stored = world.edition().texts.get(section__code=code)
    filling.save_section(
        world.edition(),
        stored.section,
        text=text,
        done=True,
        base_revision=stored.revision,
        actor=world.author,
    )
    if figures:
        world.enter(**figures)


def test_saving_keeps_none(world):
    world.write(K4=250)
    rewrite(world, "Hai", K4=260)
    assert not Milestone.objects.exists()
    assert world.edition().phase == 0


def test_sending_for_approval_keeps_everything_as_it_stood(world):
    world.write(text="Một", K4=("gan", Decimal("6.5")), A1="none", A2=("no_data", "Chờ công an"), A7=1743)
    world.do(Action.SUBMIT, world.author)
    assert kept(world) == [
        Content(
            {"S2.1": "Một"},
            {
                "K4": Cell(ValueState.NUMBER, Decimal("6.5"), "gan"),
                "A1": Cell(ValueState.NONE, Decimal(0)),
                "A2": Cell(ValueState.NO_DATA, note="Chờ công an"),
                "A7": Cell(ValueState.NUMBER, Decimal(1743)),
            },
        )
    ]
    assert world.edition().phase == 1
    assert Milestone.objects.get().figures["A7"] == ["number", "1743", "", "", ""]


def test_an_adjustment_is_kept_beside_its_figure(world):
    world.write(K4=3)
    entry = FigureEntry(ValueState.NUMBER, value=Decimal(-2), note="Trùng hai mô hình")
    save_figures(
        world.edition(), {world.indicator("K4").pk: entry}, actor=world.author, source=FigureSource.ADJUSTMENT
    )
    world.do(Action.SUBMIT, world.author)
    (content,) = kept(world)
    assert content.figures["K4:dc"] == Cell(ValueState.NUMBER, Decimal(-2), note="Trùng hai mô hình")


def test_each_submission_keeps_its_own_and_is_counted(world):
    world.write(text="Một", K4=3)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails({"S2.1": ""}))
    rewrite(world, "Hai")
    world.do(Action.SUBMIT, world.author)
    assert [content.texts["S2.1"] for content in kept(world)] == ["Một", "Hai"]
    assert world.edition().phase == 2
    assert set(Writing.objects.filter(place="S2.1").values_list("phase", flat=True)) == {0, 1}


def test_what_is_approved_and_issued_is_what_was_sent(world):
    world.issued(K4=3)
    assert Milestone.objects.count() == 1
    assert kept(world) == [milestones.content_of(world.edition().pk)]


def test_the_submission_before_another(world):
    world.issued(K4=3)
    first = world.edition().events.get(action=Action.SUBMIT)
    assert milestones.before(first) is None
    world.do(Action.RECALL, world.approver, note="Sửa")
    world.do(Action.SUBMIT, world.author)
    second = world.edition().events.select_related("edition").get(action=Action.SUBMIT)
    assert milestones.before(second) == first
    assert world.edition().phase == 1


def test_a_step_that_fails_keeps_nothing(world):
    world.enter(C4=5, C5=9)
    with pytest.raises(transitions.ChecksFailed):
        world.do(Action.SUBMIT, world.author)
    assert (Milestone.objects.count(), world.edition().phase) == (0, 0)


def test_codes_in_a_text_are_read_as_the_figures_of_that_moment(world):
    world.write(text="Có {K4} mô hình.", K4=40)
    world.do(Action.SUBMIT, world.author)
    (content,) = kept(world)
    world.do(Action.RETURN, world.approver, note="Sửa")
    world.enter(K4=50)
    edition, indicators = world.edition(), list(Indicator.objects.filter(version=world.round.outline_version))
    assert content.texts["S2.1"] == "Có {K4} mô hình."
    read = [
        milestones.as_read(found, edition, indicators)
        for found in (content, milestones.content_of(edition.pk))
    ]
    assert [found.texts["S2.1"] for found in read] == [
        "Có 40 mô hình.",
        "Có 50 mô hình.",
    ]


class TestQueries:
    """At most 15 statements to send for approval, whatever the report holds."""

    def count(self, world, unit, actor) -> int:
        edition = world.edition(unit)
        with CaptureQueriesContext(connection) as captured:
            transitions.perform(edition, Action.SUBMIT, actor=actor, key="counted")
        return sum("SAVEPOINT" not in query["sql"] for query in captured)

    def test_of_a_commune_and_of_the_province_above_it(self, world):
        world.accepted(K4=3)
        other = world.communes[1]
        world.write(other, K4=3)
        world.write(world.province, K4=3)
        assert self.count(world, other, world.author_of(other)) <= 11
        assert self.count(world, world.province, world.province_author) <= 11

    def test_where_a_blocking_rule_asks_for_other_periods_and_the_total(self, world):
        version = OutlineVersion.objects.get(pk=world.round.outline_version_id)
        indicator = Indicator.objects.get(version=version, code="K4")
        for scope in ("cung_ky", "ky_truoc"):
            OutlineRule.objects.create(
                indicator=indicator, level="hard", expression=f"K4 >= {scope}.K4", scope="total"
            )
        world.write(world.province, K4=3)
        assert self.count(world, world.province, world.province_author) <= 18
        assert Milestone.objects.count() == 1
