"""Who may say which fact of a model, and in what order facts make sense."""

from datetime import date, timedelta

import pytest

from models_dv import clock
from models_dv.domain.kheo_facts import FactEntry, FactRefused, add_fact, cautions, kinds_for, remove_fact
from models_dv.enums import AwardKind, FactKind, UnitLevel
from models_dv.errors import NotAllowed
from models_dv.models import AuditEntry
from tests.factories.kheo import facts_of, make_model

pytestmark = pytest.mark.django_db
UNIT_KINDS = ["registered", "launched", "effective", "replicated", "stopped"]
BODY_KINDS = ["approved", "recognised", "typical", "awarded"]


@pytest.fixture
def model(world):
    return make_model(world.communes[0], world.author)


def day(month, of=1):
    return date(2026, month, of)


def entry(kind, on=None, **more):
    return FactEntry(FactKind(kind), on or day(3), **more)


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("author", UNIT_KINDS),
        ("approver", [*UNIT_KINDS, *BODY_KINDS]),
        ("reviewer", BODY_KINDS),
        ("reader", []),
        ("clerk", []),
        ("province_author", []),
        ("stranger", []),
    ],
)
def test_who_may_say_what(world, model, who, kinds):
    assert {str(kind) for kind in kinds_for(getattr(world, who), model)} == set(kinds)


@pytest.mark.parametrize(("who", "kind"), [("author", "recognised"), ("reviewer", "launched")])
def test_others_are_refused(world, model, who, kind):
    with pytest.raises(NotAllowed):
        add_fact(model, entry(kind, level=UnitLevel.COMMUNE), actor=getattr(world, who))
    assert facts_of(model) == [FactKind.REGISTERED]


def test_a_fact_is_written_with_an_audit_row(world, model):
    fact, seen = add_fact(model, entry("launched", note="Tại nhà văn hoá"), actor=world.author)
    assert (fact.on, fact.note, fact.recorded_by) == (day(3), "Tại nhà văn hoá", world.author)
    assert seen == ["Đã ghi “Ra mắt” ngày 01/03/2026 mà chưa ghi “Được duyệt vào danh mục”"]
    assert AuditEntry.objects.get(action="Ghi mốc “Ra mắt”").after["ngày"] == "01/03/2026"


def test_a_units_approver_speaks_for_its_own_level(world, model):
    fact, _seen = add_fact(model, entry("recognised", decision="15-QĐ/ĐU"), actor=world.approver)
    assert fact.level == UnitLevel.COMMUNE
    with pytest.raises(FactRefused) as error:
        add_fact(model, entry("typical", level=UnitLevel.PROVINCE), actor=world.approver)
    assert error.value.field == "level"


def test_the_body_above_speaks_for_every_level(world, model):
    fact, _seen = add_fact(model, entry("typical", level=UnitLevel.PROVINCE), actor=world.reviewer)
    assert fact.level == UnitLevel.PROVINCE
    with pytest.raises(FactRefused) as error:
        add_fact(model, entry("recognised"), actor=world.reviewer)
    assert (error.value.field, error.value.message) == ("level", "Ghi cấp công nhận")


def test_a_body_with_none_above_speaks_for_every_level(world):
    model = make_model(world.province, world.province_author)
    award = entry("awarded", award_kind=AwardKind.MERIT, level=UnitLevel.CENTRAL)
    fact, _seen = add_fact(model, award, actor=world.province_approver)
    assert fact.level == UnitLevel.CENTRAL


def test_what_does_not_belong_to_a_fact_is_left_out(world, model):
    fact, _seen = add_fact(
        model, entry("launched", level=UnitLevel.COMMUNE, award_kind=AwardKind.MERIT), actor=world.author
    )
    assert (fact.level, fact.award_kind) == ("", "")


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("awarded", {}, "award_kind"),
        ("stopped", {}, "note"),
        ("registered", {}, "kind"),
    ],
)
def test_what_is_missing_is_named(world, model, kind, more, field):
    add_fact(model, entry("launched"), actor=world.author)
    with pytest.raises(FactRefused) as error:
        add_fact(model, entry(kind, day(4), **more), actor=world.approver)
    assert error.value.field == field


def test_nothing_is_said_before_it_happened(world, model):
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(FactRefused) as error:
        add_fact(model, entry("launched", tomorrow), actor=world.author)
    assert error.value.field == "on"
    fact, _seen = add_fact(model, entry("launched", clock.today(), year_only=True), actor=world.author)
    assert (fact.on, fact.earliest) == (date(clock.today().year, 12, 31), date(clock.today().year, 1, 1))


def test_what_was_not_launched_is_not_stopped(world, model):
    with pytest.raises(FactRefused) as error:
        add_fact(model, entry("stopped", note="Hết nguồn lực"), actor=world.author)
    assert error.value.message.startswith("Chưa ghi “Ra mắt”")
    add_fact(model, entry("launched", day(5)), actor=world.author)
    with pytest.raises(FactRefused) as error:
        add_fact(model, entry("stopped", day(4), note="Hết nguồn lực"), actor=world.author)
    assert error.value.message.startswith("“Dừng hoạt động” (01/04/2026) trước “Ra mắt” ngày 01/05/2026")
    add_fact(model, entry("stopped", day(6), note="Hết nguồn lực"), actor=world.author)
    assert facts_of(model) == [FactKind.REGISTERED, FactKind.LAUNCHED, FactKind.STOPPED]


def test_a_launch_of_which_only_the_year_is_known_may_be_stopped_in_it(world, model):
    add_fact(model, entry("launched", day(1), year_only=True), actor=world.author)
    add_fact(model, entry("stopped", day(6), note="Hết nguồn lực"), actor=world.author)
    assert len(facts_of(model)) == 3


def test_the_same_is_not_said_twice(world, model):
    add_fact(model, entry("effective"), actor=world.author)
    with pytest.raises(FactRefused):
        add_fact(model, entry("effective"), actor=world.author)
    add_fact(model, entry("effective", day(9)), actor=world.author)
    with pytest.raises(FactRefused):
        add_fact(model, entry("launched", day(2)), actor=world.author) and add_fact(
            model, entry("launched", day(4)), actor=world.author
        )


def test_taking_away_needs_a_reason_and_leaves_it_in_the_audit(world, model):
    fact, _seen = add_fact(model, entry("launched"), actor=world.author)
    with pytest.raises(FactRefused) as error:
        remove_fact(fact, reason=" ", actor=world.author)
    assert error.value.field == "reason"
    remove_fact(fact, reason="Ghi nhầm ngày", actor=world.author)
    entry_ = AuditEntry.objects.get(action="Xoá mốc “Ra mắt”")
    assert (entry_.note, entry_.before["ngày"]) == ("Ghi nhầm ngày", "01/03/2026")
    assert facts_of(model) == [FactKind.REGISTERED]


def test_what_others_rest_on_stays(world, model):
    launched, _seen = add_fact(model, entry("launched"), actor=world.author)
    add_fact(model, entry("stopped", day(6), note="Hết nguồn lực"), actor=world.author)
    with pytest.raises(FactRefused):
        remove_fact(launched, reason="Ghi nhầm", actor=world.author)


def test_who_may_not_say_it_may_not_take_it_away(world, model):
    by_province, _seen = add_fact(model, entry("typical", level=UnitLevel.PROVINCE), actor=world.reviewer)
    launched, _seen = add_fact(model, entry("launched"), actor=world.author)
    for fact, who in ((by_province, "author"), (by_province, "approver"), (launched, "reviewer")):
        with pytest.raises(NotAllowed):
            remove_fact(fact, reason="Ghi nhầm", actor=getattr(world, who))
    remove_fact(by_province, reason="Ghi nhầm", actor=world.reviewer)


def test_what_practice_varies_in_is_only_pointed_out(world):
    model = make_model(
        world.communes[0],
        world.author,
        on=day(3),
        facts=[
            (FactKind.LAUNCHED, day(2)),
            FactEntry(FactKind.RECOGNISED, day(4), level=UnitLevel.COMMUNE),
            (FactKind.STOPPED, day(5)),
            (FactKind.EFFECTIVE, day(6)),
        ],
    )
    assert cautions(model.facts.all()) == [
        "Đã ghi “Ra mắt” ngày 01/02/2026 mà chưa ghi “Được duyệt vào danh mục”",
        "“Được công nhận” (01/04/2026) trước “Đạt hiệu quả” ngày 01/06/2026",
        "“Ra mắt” (01/02/2026) trước “Đăng ký” ngày 01/03/2026",
        "“Được công nhận” (01/04/2026) chưa có số quyết định",
        "“Đạt hiệu quả” (01/06/2026) sau “Dừng hoạt động” ngày 01/05/2026",
    ]


def test_a_model_as_it_should_be_has_nothing_to_look_at(world):
    facts = [
        FactEntry(FactKind.APPROVED, day(3), level=UnitLevel.COMMUNE),
        FactEntry(FactKind.LAUNCHED, day(4)),
        FactEntry(FactKind.EFFECTIVE, day(6)),
        FactEntry(FactKind.RECOGNISED, day(7), level=UnitLevel.COMMUNE, decision="15-QĐ/ĐU"),
        FactEntry(FactKind.TYPICAL, day(8), level=UnitLevel.PROVINCE),
    ]
    model = make_model(world.communes[0], world.author, facts=facts)
    assert cautions(model.facts.all()) == []
