"""What was before a unit came out of others belongs to those: conferences and posts."""

from datetime import date

import pytest
from django.urls import reverse

from models_dv.domain.conferences import save_conference
from models_dv.domain.officials import Post, add_official
from models_dv.enums import Organ
from models_dv.errors import MissingInput
from models_dv.importers.conferences_sheet import fitted
from models_dv.models import Appointment, Conference, Unit
from tests.factories.publications import merge
from tests.factories.world import make_commune, make_user

pytestmark = pytest.mark.django_db
FOUNDED = date(2026, 11, 1)
BEFORE = date(2026, 6, 1)
VALUES = {"kind": "dialogue", "title": "Đối thoại", "year": 2026, "held_on": BEFORE}
SENTENCE = (
    "“Đảng uỷ xã Nam Tiến” thành lập ngày 01/11/2026. Ngày 01/06/2026 còn là Đảng uỷ xã Nam Cường hoặc "
    "Đảng uỷ xã Đồng Tiến. Chọn đơn vị đó, hoặc sửa ngày"
)


@pytest.fixture
def old(world):
    return make_commune(world.province, "Nam Cường", code="nam-cuong")


@pytest.fixture
def heir(world, old) -> Unit:
    """Nam Tiến, out of Nam Cường and Đồng Tiến since FOUNDED."""
    unit = make_commune(world.province, "Nam Tiến", code="nam-tien")
    unit.versions.update(valid_from=FOUNDED)
    merge(old, make_commune(world.province, "Đồng Tiến", code="dong-tien"), into=unit, on=FOUNDED)
    return Unit.objects.get(pk=unit.pk)


@pytest.fixture
def author(heir):
    return make_user("nam-tien", "Lê Thị Mẫu", heir, "author")


def refusal(act) -> tuple[str, str]:
    with pytest.raises(MissingInput) as refused:
        act()
    return refused.value.message, refused.value.field


def test_a_conference_before_the_unit_belongs_to_those_it_came_from(heir, old, author):
    new = Conference(unit=heir)
    assert refusal(lambda: save_conference(new, VALUES, actor=author)) == (SENTENCE, "held_on")
    assert save_conference(Conference(unit=old), VALUES, actor=author).unit == old
    held = save_conference(Conference(unit=heir), VALUES | {"held_on": FOUNDED}, actor=author)
    assert refusal(lambda: save_conference(held, {"held_on": BEFORE}, actor=author)) == (SENTENCE, "held_on")


def test_a_post_before_the_unit_is_one_of_the_units_before(heir, old, author):
    def add(unit, **days):
        post = Post(unit=unit, organ=Organ.COMMITTEE, post="Bí thư Đảng uỷ", **days)
        add_official(name="Nguyễn Văn Mẫu", posts=[post], actor=author)

    assert refusal(lambda: add(heir, from_on=BEFORE)) == (SENTENCE, "from_on")
    assert refusal(lambda: add(heir, attested_on=BEFORE)) == (SENTENCE, "attested_on")
    add(old, from_on=BEFORE)
    assert Appointment.objects.get().unit == old


def test_the_records_of_a_unit_that_came_out_of_none_may_begin_later(world, old):
    early = VALUES | {"held_on": date(1999, 1, 1), "year": 1999}
    assert save_conference(Conference(unit=world.province), early, actor=world.province_author).year == 1999


def test_the_sheet_says_so_before_anything_is_saved(heir):
    values = {"held_on": None, "year": 2025, "online_points": None, "form": "", "kind": "dialogue"}
    (problem,) = fitted(heir, None)["check"](values)
    assert (problem.column, problem.value) == ("Năm", "2025")
    assert problem.message.startswith("“Đảng uỷ xã Nam Tiến” thành lập ngày 01/11/2026.")


def test_the_form_offers_the_units_before_too(client, heir, author):
    client.force_login(author)
    offered = client.get(reverse("staff:conference_new")).context["form"].fields["unit"].queryset
    assert [unit.code for unit in offered] == ["nam-tien", "dong-tien", "nam-cuong"]
    choices = client.get(reverse("staff:official_new")).context["form"].fields["unit"].choices
    assert [name for _key, name in choices] == [
        "Đảng uỷ xã Nam Tiến",
        "Đảng uỷ xã Đồng Tiến",
        "Đảng uỷ xã Nam Cường",
    ]
