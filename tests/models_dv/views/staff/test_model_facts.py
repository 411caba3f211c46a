"""Facts of a model on the staff pages."""

from datetime import date

import pytest
from django.test import Client

from models_dv.domain.kheo_facts import FactEntry, add_fact
from models_dv.enums import FactKind, UnitLevel
from tests.factories.kheo import facts_of, make_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(world):
    return make_model(world.communes[0], world.author)


@pytest.fixture
def url(model):
    return f"{model.get_absolute_url()}su-viec/"


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_only_what_one_may_say_is_offered_and_nothing_twice(world, model, url):
    def offered(who):
        return [value for value, _label in as_user(who).get(url).context["form"].fields["kind"].choices]

    assert offered(world.author) == ["launched", "effective", "replicated", "stopped"]
    assert offered(world.reviewer) == ["approved", "recognised", "typical", "awarded"]
    page = as_user(world.author).get(url).content.decode()
    assert 'name="decision"' not in page


def test_a_fact_is_written_and_what_is_unusual_is_said(world, model, url):
    answer = as_user(world.author).post(url, {"kind": "launched", "on": "01/03/2026"}, follow=True)
    assert facts_of(model) == [FactKind.REGISTERED, FactKind.LAUNCHED]
    assert [str(message) for message in answer.context["messages"]] == [
        "Đã ghi “Ra mắt”.",
        "Đã ghi “Ra mắt” ngày 01/03/2026 mà chưa ghi “Được duyệt vào danh mục”. Nếu đúng thì để nguyên.",
    ]


def test_a_year_alone(world, model, url):
    as_user(world.author).post(url, {"kind": "launched", "year": "2025"})
    fact = model.facts.get(kind=FactKind.LAUNCHED)
    assert (fact.on, fact.year_only) == (date(2025, 12, 31), True)


@pytest.mark.parametrize(
    ("who", "typed", "field"),
    [
        ("author", {"kind": "", "on": "01/03/2026"}, "kind"),
        ("author", {"kind": "recognised", "on": "01/03/2026"}, "kind"),
        ("author", {"kind": "launched"}, "on"),
        ("author", {"kind": "launched", "on": "01/03/2026", "year": "2026"}, "year"),
        ("author", {"kind": "launched", "on": "01/03/2099"}, "on"),
        ("author", {"kind": "stopped", "on": "01/03/2026"}, "note"),
        ("reviewer", {"kind": "recognised", "on": "01/03/2026"}, "level"),
        ("reviewer", {"kind": "awarded", "on": "01/03/2026"}, "award_kind"),
        ("approver", {"kind": "typical", "on": "01/03/2026", "level": "province"}, "level"),
    ],
)
def test_what_is_wrong_stands_at_its_field(world, model, url, who, typed, field):
    page = as_user(getattr(world, who)).post(url, {**typed, "decision": "15-QĐ/ĐU"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert facts_of(model) == [FactKind.REGISTERED]


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("clerk", 403), ("stranger", 404)])
def test_others_say_nothing(world, url, who, status):
    client = as_user(getattr(world, who))
    assert client.get(url).status_code == status
    assert client.post(url, {"kind": "launched", "on": "01/03/2026"}).status_code == status


def test_taking_a_fact_away(world, model, url):
    fact, _said = add_fact(model, FactEntry(FactKind.LAUNCHED, date(2026, 3, 1)), actor=world.author)
    page = as_user(world.author).get(model.get_absolute_url()).content.decode()
    assert f'action="{url}{fact.pk}/xoa/"' in page
    remove = f"{url}{fact.pk}/xoa/"
    assert as_user(world.reviewer).post(remove, {"reason": "Nhầm"}).status_code == 403
    assert as_user(world.stranger).post(remove, {"reason": "Nhầm"}).status_code == 404
    assert as_user(world.author).get(remove).status_code == 405
    without = as_user(world.author).post(remove, follow=True)
    assert [str(message) for message in without.context["messages"]] == ["Ghi lý do xoá"]
    assert as_user(world.author).post(remove, {"reason": "Nhầm ngày"}).status_code == 302
    assert facts_of(model) == [FactKind.REGISTERED]


def test_a_fact_of_another_model_is_none_of_this_one(world, model, url):
    other = make_model(world.communes[0], world.author)
    fact = other.facts.get()
    assert as_user(world.author).post(f"{url}{fact.pk}/xoa/", {"reason": "Nhầm"}).status_code == 404


def test_the_body_above_decides(world, model, url):
    as_user(world.reviewer).post(
        url, {"kind": "typical", "on": "01/03/2026", "level": "province", "decision": "112-QĐ/TU"}
    )
    assert model.facts.get(kind=FactKind.TYPICAL).level == UnitLevel.PROVINCE
