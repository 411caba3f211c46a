"""After a merger: who reads and keeps what the old units wrote, what is counted for the new one (domain.md §1, §5)."""

from datetime import date, datetime

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from models_dv import clock
from models_dv.domain import dan_van_kheo, kheo_counts
from models_dv.domain.conferences import save_conference
from models_dv.domain.difficulties import earlier_ones
from models_dv.domain.kheo_counts import Window
from models_dv.domain.kheo_facts import kinds_for
from models_dv.domain.reorganisation.remaining import remaining
from models_dv.domain.reorganisation.undoing import undo
from models_dv.domain.tasks import givers_of
from models_dv.domain.unit_names import name_of_code, units_meant, with_below
from models_dv.domain.units import UnitEnded
from models_dv.enums import FactKind, Role
from models_dv.filters.dan_van_kheo import KheoFilter
from models_dv.models import Conclusion, Conference, DanVanKheo, Difficulty, Unit, User
from models_dv.permissions import may_keep, may_look_after, may_publish
from models_dv.scopes import unit_ids_kept, unit_ids_with
from tests.factories.conferences import add_difficulty, make_conference
from tests.factories.kheo import VALUES, make_model
from tests.factories.land import ON, make_land
from tests.factories.world import local, make_user
from tests.models_dv.domain.reorganisation.test_applying import MERGED, carry_out, draft

pytestmark = pytest.mark.django_db
THIS_YEAR = Window(date(2025, 12, 15), date(2026, 12, 14))
HALF_YEAR = Window(date(2025, 12, 15), date(2026, 6, 14))
AFTERWARDS = datetime(2026, 12, 5, 8, tzinfo=timezone.get_default_timezone())
SPLIT = "Chia xã Phú Lâm thành xã Phú Đông và xã Phú Tây."


@pytest.fixture(scope="module")
def scene(rows_of_module):
    """Phú Lâm and Tân Hoà with a standing model each, and a conference of Phú Lâm with a difficulty."""
    land = make_land()
    for code in ("phu-lam", "tan-hoa"):
        author = land.role(code).user
        make_model(land[code], author, facts=[(FactKind.LAUNCHED, date(2026, 3, 1))], name=f"Mô hình {code}")
    conference = make_conference(land["phu-lam"])
    add_difficulty(conference)
    Conclusion.objects.create(conference=conference, text="Rà soát", order=1)
    return land


@pytest.fixture
def land(world):
    return world


def merged(land, text=MERGED) -> Unit:
    carry_out(land, draft(land, text))
    return Unit.objects.get(code="an-binh-xa-phu-hoa")


def somebody(unit, *roles, name="moi", **options) -> User:
    return User.objects.get(pk=make_user(name, "Người mới", unit, *roles, **options).pk)


def names(user) -> list[str]:
    return sorted(DanVanKheo.objects.visible_to(user).values_list("name", flat=True))


def test_the_people_of_the_new_unit_keep_what_the_old_ones_wrote(land, django_assert_num_queries):
    new = merged(land)
    author = somebody(new, Role.AUTHOR, Role.APPROVER, Role.PUBLISHER)
    old = {land["phu-lam"].pk, land["tan-hoa"].pk}
    with django_assert_num_queries(2):  # his roles, and what went on in his unit
        assert unit_ids_kept(author) == {new.pk, *old}
        assert all(may_keep(author, unit) and may_publish(author, unit) for unit in old)
    assert unit_ids_with(author) == {new.pk}  # reports stay with who held them
    assert names(author) == ["Mô hình phu-lam", "Mô hình tan-hoa"]
    model = DanVanKheo.objects.get(name="Mô hình phu-lam")
    assert model.unit == land["phu-lam"]
    assert FactKind.STOPPED in kinds_for(author, model)
    conference = Conference.objects.visible_to(author).get()
    assert may_look_after(author, Difficulty.objects.visible_to(author).get().unit_id)
    assert [row.conference for row in earlier_ones(make_conference(new, held_on=ON))] == [conference]
    assert givers_of(conference.conclusions.get(), {new.pk, land["binh-minh"].pk}) == {new.pk}


def test_the_pages_of_an_old_model_are_open_to_the_heir(client, land):
    new = merged(land)
    author = somebody(new, Role.AUTHOR, Role.PUBLISHER)
    client.force_login(author)
    model = DanVanKheo.objects.get(name="Mô hình phu-lam")
    shown = client.get(model.get_absolute_url()).content.decode()
    assert all(word in shown for word in ("Ghi mốc", "Công bố", "Đảng uỷ xã Phú Lâm"))
    for name in ("model_edit", "model_fact", "model_photos", "model_publish"):
        assert client.get(reverse(f"staff:{name}", args=[model.pk])).status_code == 200
    with clock.fixed(AFTERWARDS):
        form = client.get(reverse("staff:model_new")).content.decode()
    assert "Đảng uỷ xã Phú Hoà" in form and "Đảng uỷ xã Phú Lâm" not in form


def test_one_right_is_one_right_and_neighbours_see_nothing(land):
    new = merged(land)
    viewer, neighbour = somebody(new, Role.VIEWER), somebody(land["binh-minh"], Role.AUTHOR, name="khac")
    assert names(viewer) == ["Mô hình phu-lam", "Mô hình tan-hoa"]
    assert not may_keep(viewer, land["phu-lam"].pk)
    assert (names(neighbour), may_keep(neighbour, land["phu-lam"].pk)) == ([], False)


def test_the_province_above_goes_on_reading_below_what_went_on_in_it(land):
    text = "Hợp nhất tỉnh An Bình và tỉnh Bình Yên thành tỉnh An Yên."
    carry_out(land, draft(land, text, scope=None))
    reader = somebody(Unit.objects.get(code="tinh-an-yen"), Role.REVIEWER, below=True)
    assert names(reader) == ["Mô hình phu-lam", "Mô hình tan-hoa"]
    assert may_look_after(reader, land["phu-lam"].pk)


def test_the_registries_of_whole_units_are_counted_together_once_they_are_one(land):
    new = merged(land)
    numbers = kheo_counts.counts(new.pk, THIS_YEAR)
    assert {code: count for code, count in numbers.items() if count} == {"K0": 2, "K1": 2, "K3a": 2, "K5b": 2}
    assert kheo_counts.counts(new.pk, HALF_YEAR) == {}
    assert kheo_counts.counts(land["phu-lam"].pk, THIS_YEAR)["K3a"] == 1  # its last report stays its own
    behind = kheo_counts.behind("K3a", new.pk, THIS_YEAR)
    assert {model.unit for model in behind} == {land["phu-lam"], land["tan-hoa"]}


def test_what_goes_on_twice_is_still_found(land):
    merged(land)
    again = draft(
        land, "Hợp nhất xã Phú Hoà và xã Bình Minh thành xã Phú Minh.", effective_on=date(2026, 12, 9)
    )
    carry_out(land, again)
    last = Unit.objects.get(code="an-binh-xa-phu-minh")
    with clock.fixed(local(2026, 12, 9)):
        assert names(somebody(last, Role.AUTHOR)) == ["Mô hình phu-lam", "Mô hình tan-hoa"]
    assert kheo_counts.counts(last.pk, THIS_YEAR)["K3a"] == 2


def test_of_a_divided_unit_nothing_is_given_to_one_side(land):
    carry_out(land, draft(land, SPLIT))
    part = Unit.objects.get(code="an-binh-xa-phu-dong")
    assert (names(somebody(part, Role.AUTHOR)), kheo_counts.counts(part.pk, THIS_YEAR)) == ([], {})


def test_what_stays_with_a_divided_unit_is_told(land):
    carry_out(land, draft(land, SPLIT))
    (one,) = remaining([land["phu-lam"].pk, land["tan-hoa"].pk])
    assert (one.unit, one.tasks, one.models, one.roles) == (land["phu-lam"], 0, 1, 1)


def test_undone_everything_is_as_it_was(land):
    done = draft(land, MERGED)
    new = carry_out(land, done) and Unit.objects.get(code="an-binh-xa-phu-hoa")
    author = make_user("cu", "Người cũ", land["tan-hoa"], Role.AUTHOR)
    assert kheo_counts.counts(new.pk, THIS_YEAR)["K3a"] == 2
    undo(done, revision=done.revision, actor=land.admin)
    assert names(User.objects.get(pk=author.pk)) == ["Mô hình tan-hoa"]


def test_nothing_new_is_written_for_a_unit_that_is_no_more(land):
    author = User.objects.get(username="nguoi-phu-lam")
    merged(land)
    old = Unit.objects.get(code="phu-lam")
    said = (
        "“Đảng uỷ xã Phú Lâm” đã kết thúc ngày 01/12/2026 nên không ghi thêm được. "
        "Chọn đơn vị đang hoạt động."
    )
    with clock.fixed(AFTERWARDS):
        with pytest.raises(UnitEnded, match=said):
            dan_van_kheo.register(unit=old, values=VALUES, actor=author)
        values = {"title": "Giao ban", "kind": "so_ket", "year": 2026, "held_on": ON}
        with pytest.raises(UnitEnded):
            save_conference(Conference(unit=old), values, actor=author)
        held = save_conference(Conference(unit=old), values | {"held_on": date(2026, 11, 30)}, actor=author)
    assert held.pk


def meant(typed) -> set[str]:
    return set(Unit.objects.filter(pk__in=units_meant(typed)).values_list("code", flat=True))


def test_filters_know_codes_and_names_of_any_day(land):
    merged(land)
    line = {"an-binh-xa-phu-hoa", "phu-lam", "tan-hoa"}
    assert meant("an-binh-xa-phu-hoa") == meant("phú hoà") == line
    assert meant("phu-lam") == {"phu-lam"}  # a link names one unit, whoever shares its name
    assert meant("Phú Lâm") == {"phu-lam", "phu-lam-khac"}
    assert meant("xua") == {"doi"}  # what it was called before
    assert (name_of_code("phu-lam"), name_of_code("phu lam")) == ("Đảng uỷ xã Phú Lâm", "phu lam")
    below = set(with_below(units_meant("an-binh"), AFTERWARDS.date()).values_list("unit__code", flat=True))
    assert line < below and "binh-yen" not in below
    listed = {
        KheoFilter(QueryDict(f"don_vi={typed}")).qs.count() for typed in ("phú hoà", "an-binh-xa-phu-hoa")
    }
    assert (listed, KheoFilter(QueryDict("don_vi=phu-lam&cap_duoi=on")).qs.count()) == ({2}, 1)
