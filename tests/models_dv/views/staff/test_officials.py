"""Staff pages of officials: the list as of a day, one person, entering, mending, merging, delegating."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from models_dv.domain import officials as domain
from models_dv.domain.signing import delegate_signing
from models_dv.enums import ConferenceKind, Organ, PostRank, Role
from models_dv.models import (
    Appointment,
    Conference,
    ConferencePerson,
    ConferencePublication,
    Official,
    SigningDelegation,
    Unit,
    UnitRole,
    UnitVersion,
)
from tests.factories.nouns import make_official, make_post
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db
LIST, NEW = "/lam-viec/can-bo/", "/lam-viec/can-bo/moi/"
DELEGATIONS = "/lam-viec/uy-quyen-ky/"


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


@pytest.fixture
def keeper(client, world):
    """The client of the author of the first commune."""
    client.force_login(world.author)
    return client


def made(world, name="Nguyễn Văn Mẫu", post="Phó Bí thư", **values) -> Official:
    return make_official(name, world.communes[0], post, actor=world.author, **values)


def names(page) -> list[str]:
    return [person.name for person in page.context["people"]]


def url(name: str, obj) -> str:
    return reverse(f"staff:{name}", args=[obj.pk])


def queries_of(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


# --- the list ----------------------------------------------------------------------------------------


def test_names_stand_by_given_name_as_vietnamese_expect(keeper, world):
    for name in (
        "Trần Đức",
        "Nguyễn Văn Ánh",
        "Lê Dũng",
        "Phạm Thị An",
        "Vũ Ân",
        "Đỗ Bình An",
        "Hà Ước",
        "Hà Yên",
    ):
        made(world, name, "Uỷ viên")
    assert names(keeper.get(LIST)) == [
        "Đỗ Bình An",
        "Phạm Thị An",
        "Nguyễn Văn Ánh",
        "Vũ Ân",
        "Lê Dũng",
        "Trần Đức",
        "Hà Ước",
        "Hà Yên",
    ]


def test_within_a_unit_people_stand_by_rank(keeper, world):
    made(world, "Trần Văn An", "Uỷ viên", rank=PostRank.STANDING_MEMBER)
    made(world, "Lê Văn Yên", "Bí thư", rank=PostRank.SECRETARY)
    make_official(
        "Hà Thị Tỉnh", world.province, "Trưởng ban", actor=world.province_author, rank=PostRank.HEAD
    )
    assert names(keeper.get(f"{LIST}?don_vi=phu+lam")) == ["Lê Văn Yên", "Trần Văn An"]
    assert names(keeper.get(f"{LIST}?don_vi=phu+lam&xep=ten")) == ["Trần Văn An", "Lê Văn Yên"]
    page = keeper.get(f"{LIST}?xep=bac")
    assert names(page) == ["Hà Thị Tỉnh", "Lê Văn Yên", "Trần Văn An"]  # the province stands above
    assert page.content.decode().count('<tr class="table__group">') == 2


def test_the_list_is_as_of_a_day(keeper, world):
    made(world, "Người Cũ", "Bí thư", to_on=date(2026, 3, 1))
    made(world, "Người Mới", "Bí thư", from_on=date(2026, 3, 1))
    assert names(keeper.get(LIST)) == ["Người Mới"]
    assert names(keeper.get(f"{LIST}?ngay=28/02/2026")) == ["Người Cũ"]
    both = keeper.get(f"{LIST}?ca_cu=1")
    assert names(both) == ["Người Cũ", "Người Mới"]
    assert "thôi giữ từ 01/03/2026" in both.content.decode()
    wrong = keeper.get(f"{LIST}?ngay=30/02/2026")
    assert "Không có ngày 30/02/2026" in wrong.content.decode()


def test_who_was_only_named_on_an_earlier_day_is_not_said_to_hold_the_post(keeper, world):
    made(world, "Người Rõ", "Bí thư")
    official = made(world, "Người Được Nêu", "Bí thư", attested_on=date(2023, 12, 27))
    page = keeper.get(LIST)
    text = page.content.decode()
    assert names(page) == ["Người Được Nêu", "Người Rõ"]
    assert "2 cán bộ, 1 người giữ chức vụ ngày 22/11/2026" in text and "(được nêu ngày 27/12/2023)" in text
    text = keeper.get(url("official", official)).content.decode()
    assert "Chưa rõ còn giữ hay không" in text and "Đang giữ" not in text


def test_made_up_people_are_marked_one_by_one_beside_real_ones(keeper, world):
    Official.objects.filter(pk=made(world, "Người Mẫu").pk).update(illustrative=True)
    page = keeper.get(LIST)
    assert "banner-note" in page.content.decode() and "Dữ liệu minh hoạ" not in page.content.decode()
    Official.objects.filter(pk=made(world, "Người Thật").pk).update(illustrative=False)
    text = keeper.get(LIST).content.decode()
    assert "banner-note" not in text and text.count("Dữ liệu minh hoạ") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=duc", ["Trần Văn Đức"]),
        ("q=tran+duc", ["Trần Văn Đức"]),
        ("q=uc", []),
        ("chuc_vu=chu+tich", ["Lê Thị Mai"]),
        ("chuc_vu=bi+thu&co_quan=committee", ["Trần Văn Đức"]),
        ("chuc_vu=bi+thu&co_quan=front", []),
        ("co_quan=front", ["Lê Thị Mai"]),
        ("don_vi=tan+hoa", ["Lê Thị Mai"]),
        ("don_vi=khong+co", []),
    ],
)
def test_filters_without_accents(keeper, world, query, found):
    made(world, "Trần Văn Đức", "Bí thư")
    make_official(
        "Lê Thị Mai",
        world.communes[1],
        "Chủ tịch Uỷ ban Mặt trận",
        actor=world.author_of(world.communes[1]),
        organ=Organ.FRONT,
    )
    assert names(keeper.get(f"{LIST}?{query}")) == found


def test_all_that_is_asked_of_a_post_holds_of_one_post(keeper, world):
    official = made(world, "Trần Văn Đức", "Bí thư")
    chair = make_post(world.communes[0], "Chủ tịch", organ=Organ.COUNCIL)
    domain.appoint(official, [chair], revision=0, actor=world.author)
    assert names(keeper.get(f"{LIST}?chuc_vu=chu+tich&co_quan=committee")) == []
    assert names(keeper.get(f"{LIST}?chuc_vu=chu+tich&co_quan=council")) == ["Trần Văn Đức"]


def test_who_holds_no_role_sees_nobody(client, world):
    made(world)
    client.force_login(world.admin)
    assert names(client.get(LIST)) == []
    client.force_login(world.stranger)
    assert names(client.get(LIST)) == ["Nguyễn Văn Mẫu"]


@pytest.mark.parametrize("path", [LIST, f"{LIST}?don_vi=phu&xep=bac"])
def test_the_list_takes_few_queries_whatever_the_rows(keeper, world, path):
    made(world)
    one = queries_of(keeper, path)
    for number in range(3):
        official = made(world, f"Người {number}", "Uỷ viên")
        other = make_post(world.communes[0], "Chủ tịch", organ=Organ.FRONT)
        domain.appoint(official, [other], revision=0, actor=world.author)
    assert queries_of(keeper, path) == one
    assert one <= 8


# --- one person --------------------------------------------------------------------------------------


def test_posts_through_time_under_the_unit_names_of_their_day(keeper, world):
    official = made(world)
    (first,) = official.appointments.all()
    domain.end_appointment(
        first, to_on=date(2026, 1, 1), reason="Luân chuyển", revision=0, actor=world.author
    )
    version = UnitVersion.objects.get(unit=world.communes[0])
    version.pk, version.valid_from, version.name = None, date(2026, 3, 1), "Đảng uỷ phường Phú Lâm"
    version.save()
    official.refresh_from_db()
    post = make_post(world.communes[0], "Bí thư", from_on=date(2026, 4, 1))
    domain.appoint(official, [post], revision=official.revision, actor=world.author)

    page = keeper.get(url("official", official))
    shown = [(post.post, post.unit_name, post.is_held) for post in page.context["posts"]]
    assert shown == [
        ("Bí thư", "Đảng uỷ phường Phú Lâm", True),
        ("Phó Bí thư", "Đảng uỷ xã Phú Lâm", False),
    ]
    assert "Luân chuyển" in page.content.decode()
    before = keeper.get(f"{url('official', official)}?ngay=01/12/2025")
    assert [(post.post, post.is_held) for post in before.context["posts"]] == [
        ("Phó Bí thư", True),
        ("Bí thư", False),
    ]


def test_conferences_and_delegations_of_ones_own_sight(client, world):
    official = made(world)
    for unit, title in ((world.communes[0], "Giao ban xã"), (world.province, "Sơ kết tỉnh")):
        meeting = Conference.objects.create(
            unit=unit, kind=ConferenceKind.GIAO_BAN, title=title, year=2026, held_on=date(2026, 7, 3)
        )
        ConferencePerson.objects.create(
            conference=meeting, official=official, name=official.name, posts="Phó Bí thư"
        )
    delegate(world, official)
    client.force_login(world.author)
    text = client.get(url("official", official)).content.decode()
    assert "Giao ban xã" in text and "05-UQ/ĐU" in text and "Sơ kết tỉnh" not in text
    client.force_login(world.stranger)
    text = client.get(url("official", official)).content.decode()
    assert "Giao ban xã" not in text and "05-UQ/ĐU" not in text
    people = [person.pk for person in official.attendances.filter(conference__title="Giao ban xã")]
    public = ConferencePublication.objects.create(
        conference=Conference.objects.get(title="Giao ban xã"),
        slug="giao-ban-xa",
        unit=world.communes[0],
        year=2026,
        content={"choice": {"people": []}},
        published_at=clock.now(),
    )
    assert "Giao ban xã" not in client.get(url("official", official)).content.decode()
    public.content = {"choice": {"people": people}}
    public.save()
    assert (
        f'href="{public.get_absolute_url()}">Giao ban xã</a>'
        in client.get(url("official", official)).content.decode()
    )


def test_the_page_costs_as_many_queries_with_three_posts_as_with_one(keeper, world):
    official = made(world)
    one = queries_of(keeper, url("official", official))
    posts = [make_post(world.communes[0], f"Chức {n}", organ=Organ.FRONT) for n in range(3)]
    domain.appoint(official, posts, revision=0, actor=world.author)
    assert queries_of(keeper, url("official", official)) == one
    assert one <= 12


# --- entering and mending ----------------------------------------------------------------------------


def new_values(**changes) -> dict:
    values = {
        "name": "Nguyễn Văn Mẫu",
        "organ": "committee",
        "post": "Phó Bí thư",
        "rank": "30",
        "from_on": "01/07/2025",
    }
    return {**values, **changes}


def test_a_person_is_entered_with_his_first_post(keeper, world):
    answer = keeper.post(NEW, new_values(work_phone="0239 3856 000", order="2"))
    official = Official.objects.get()
    assert answer.url == official.get_absolute_url()
    post = official.appointments.get()
    assert (post.unit, post.rank, post.order, post.from_on) == (world.communes[0], 30, 2, date(2025, 7, 1))
    assert official.illustrative  # as its unit is


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"from_on": ""}, "from_on", "Ghi ngày bắt đầu giữ chức vụ, hoặc ngày có nguồn ghi nhận"),
        ({"name": ""}, "name", "Chưa nhập họ và tên"),
        ({"rank": ""}, "rank", "Chọn bậc trong danh sách"),
        ({"name": "Mẫu 038200001234"}, "name", "Bỏ “038200001234”: có thể là số định danh cá nhân"),
        ({"post": "Bí thư 0912345678"}, "post", "Bỏ “0912345678”: có thể là số điện thoại"),
        ({"work_phone": "038200001234"}, "work_phone", "Bỏ “038200001234”: có thể là số định danh cá nhân"),
        ({"work_phone": "gọi riêng"}, "work_phone", "Chỉ ghi số điện thoại của cơ quan, ví dụ 0239 3856 000"),
        ({"work_email": "thư"}, "work_email", "Ghi đủ địa chỉ thư, ví dụ vanphong@anbinh.gov.vn"),
        ({"from_on": "31/02/2025"}, "from_on", "Không có ngày 31/02/2025. Kiểm tra lại ngày và tháng"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(keeper, values, field, sentence):
    page = keeper.post(NEW, new_values(**values))
    assert page.status_code == 422
    assert page.context["form"].errors == {field: [sentence]}
    assert Official.objects.count() == 0


def test_the_form_says_that_nothing_private_belongs_there(keeper):
    text = keeper.get(NEW).content.decode()
    assert (
        "Chỉ ghi họ tên, chức vụ, cơ quan và liên hệ công vụ; không ghi thông tin riêng của cá nhân." in text
    )


def test_a_namesake_is_asked_about_once(keeper, world):
    first = made(world)
    page = keeper.post(NEW, new_values(name="Nguyễn Văn mẫu"))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["same"]
    assert first.get_absolute_url() in page.content.decode()
    keeper.post(NEW, new_values(name="Nguyễn Văn mẫu", same="on"))
    assert Official.objects.count() == 2


def test_name_and_contact_are_edited_and_a_stale_form_comes_back(keeper, world):
    official = made(world)
    keeper.post(url("official_edit", official), {"name": "Nguyễn Văn Mẫn", "revision": "0"})
    stale = keeper.post(url("official_edit", official), {"name": "Khác", "revision": "0"})
    assert stale.status_code == 422
    assert "Hồ sơ cán bộ này vừa được người khác sửa." in stale.content.decode()
    assert Official.objects.get().name == "Nguyễn Văn Mẫn"


def test_several_posts_by_one_decision(keeper, world):
    official = made(world)
    values = {
        "revision": "0",
        "organ_1": "government",
        "post_1": "Chủ tịch Uỷ ban nhân dân xã",
        "rank_1": "60",
        "organ_2": "council",
        "post_2": "Đại biểu",
        "rank_2": "99",
        "from_on": "05/07/2025",
        "decision": "QĐ 7",
    }
    keeper.post(url("official_appoint", official), values)
    rows = official.appointments.exclude(post="Phó Bí thư").values_list("post", "from_on", "decision")
    assert set(rows) == {
        ("Chủ tịch Uỷ ban nhân dân xã", date(2025, 7, 5), "QĐ 7"),
        ("Đại biểu", date(2025, 7, 5), "QĐ 7"),
    }


def test_half_a_post_is_asked_about(keeper, world):
    official = made(world)
    values = {
        "revision": "0",
        "organ_1": "government",
        "post_1": "Chủ tịch",
        "rank_1": "60",
        "post_2": "Đại biểu",
        "from_on": "05/07/2025",
    }
    page = keeper.post(url("official_appoint", official), values)
    assert page.context["form"].errors == {
        "organ_2": ["Chọn cơ quan"],
        "rank_2": ["Chọn bậc trong danh sách"],
    }


def test_a_post_is_mended_and_ended(keeper, world):
    official = made(world)
    post = official.appointments.get()
    page = keeper.get(url("appointment_edit", post))
    assert page.context["form"]["from_on"].value() == "01/07/2025"
    keeper.post(
        url("appointment_edit", post),
        {
            "organ": "committee",
            "post": "Phó Bí thư Thường trực",
            "rank": "20",
            "from_on": "01/07/2025",
            "revision": "0",
        },
    )
    keeper.post(url("appointment_end", post), {"to_on": "01/10/2026", "reason": "Nghỉ hưu", "revision": "1"})
    post.refresh_from_db()
    assert (post.post, post.rank, post.to_on, post.end_reason) == (
        "Phó Bí thư Thường trực",
        20,
        date(2026, 10, 1),
        "Nghỉ hưu",
    )
    again = keeper.post(url("appointment_end", post), {"to_on": "01/11/2026", "revision": "2"})
    assert "đã ghi thôi giữ từ ngày 01/10/2026" in again.content.decode()


# --- merging -----------------------------------------------------------------------------------------


@pytest.fixture
def twins(world):
    return made(world), made(world, "Nguyễn Văn Mẩu", "Uỷ viên Ban Thường vụ")


def test_the_second_record_is_looked_up_by_the_same_name(keeper, twins):
    kept, other = twins
    page = keeper.get(url("official_merge", kept))
    assert [person.name for person in page.context["people"]] == ["Nguyễn Văn Mẩu"]
    assert f"?voi={other.pk}" in page.content.decode()
    assert keeper.get(f"{url('official_merge', kept)}?q=khac").context["people"] == []


def test_what_moves_is_shown_before_it_is_confirmed(keeper, twins):
    kept, other = twins
    page = keeper.get(f"{url('official_merge', kept)}?voi={other.pk}")
    assert [post.post for post in page.context["plan"].posts] == ["Uỷ viên Ban Thường vụ"]
    assert Official.objects.present().count() == 2
    values = {"voi": other.pk, "kept_revision": "0", "other_revision": "0"}
    answer = keeper.post(url("official_merge", kept), values, follow=True)
    assert "Đã gộp hồ sơ Nguyễn Văn Mẩu vào hồ sơ này." in answer.content.decode()
    led = keeper.get(url("official", other), follow=True)
    assert led.redirect_chain == [(kept.get_absolute_url(), 302)]
    assert keeper.get(url("official_edit", other)).status_code == 403


def test_a_merge_seen_too_long_ago_is_shown_again(keeper, world, twins):
    kept, other = twins
    domain.appoint(other, [make_post(world.communes[0], "Mới")], revision=0, actor=world.author)
    values = {"voi": other.pk, "kept_revision": "0", "other_revision": "0"}
    page = keeper.post(url("official_merge", kept), values)
    assert page.status_code == 409
    assert len(page.context["plan"].posts) == 2
    assert keeper.post(url("official_merge", kept), {"voi": other.pk}).status_code == 422
    assert Official.objects.present().count() == 2


@pytest.mark.parametrize("named", ["0", "x", "²", "99999999999999999999"])
def test_a_record_that_is_not_there(keeper, twins, named):
    assert keeper.get(url("official_merge", twins[0]), {"voi": named}).status_code == 404


def test_a_record_of_another_unit_is_refused_in_words(keeper, world, twins):
    foreign = make_official("Nguyễn Văn Mẫu", world.communes[1], actor=world.author_of(world.communes[1]))
    page = keeper.get(f"{url('official_merge', twins[0])}?voi={foreign.pk}")
    assert "không có quyền sửa hồ sơ của Nguyễn Văn Mẫu" in page.content.decode()


# --- delegations -------------------------------------------------------------------------------------


def delegate(world, official, first=date(2026, 11, 20), last=date(2026, 11, 25), decision="05-UQ/ĐU"):
    return delegate_signing(
        world.communes[0],
        official,
        post="Phó Bí thư",
        from_on=first,
        to_on=last,
        decision=decision,
        actor=world.author,
    ).delegation


def test_a_delegation_is_entered_and_another_of_the_same_days_is_pointed_out(keeper, world):
    first, second = made(world), made(world, "Lê Thị Hai", "Uỷ viên")
    delegate(world, first)
    form = keeper.get(f"{DELEGATIONS}moi/").context["form"]
    assert [label for _key, label in form.fields["delegate"].choices] == [
        "Chọn người",
        "Lê Thị Hai – Uỷ viên",
        "Nguyễn Văn Mẫu – Phó Bí thư",
    ]
    values = {
        "delegate": second.pk,
        "post": "Uỷ viên",
        "from_on": "24/11/2026",
        "to_on": "30/11/2026",
        "decision": "06-UQ/ĐU",
    }
    page = keeper.post(f"{DELEGATIONS}moi/", values, follow=True)
    text = page.content.decode()
    assert "Đã ghi uỷ quyền ký cho Lê Thị Hai." in text
    assert "còn uỷ quyền ký cho Nguyễn Văn Mẫu (từ 20/11/2026 đến 25/11/2026)" in text
    assert [row.badge.text for row in page.context["rows"]] == ["Sắp tới", "Đang có hiệu lực"]


def test_a_delegation_is_revoked(keeper, world):
    row = delegate(world, made(world))
    keeper.post(url("delegation_revoke", row), {"revoked_on": "22/11/2026"})
    assert SigningDelegation.objects.get().revoked_on == date(2026, 11, 22)
    page = keeper.get(DELEGATIONS)
    assert [row.badge.text for row in page.context["rows"]] == ["Đã thôi"]
    again = keeper.get(url("delegation_revoke", row), follow=True)
    assert "Uỷ quyền này đã hết hạn hoặc đã thôi trước đó." in again.content.decode()


def test_who_keeps_two_units_says_for_which_he_delegates(keeper, world):
    UnitRole.objects.create(user=world.author, unit=world.communes[1], role=Role.AUTHOR)
    make_official("Phạm Văn Hai", world.communes[1], "Bí thư", actor=world.author_of(world.communes[1]))
    page = keeper.get(f"{DELEGATIONS}moi/?don-vi={world.communes[1].pk}")
    assert [label for _key, label in page.context["form"].fields["delegate"].choices][1:] == [
        "Phạm Văn Hai – Bí thư"
    ]
    assert page.context["other_units"] == [Unit.objects.get(code="xa-1")]


def test_a_unit_without_officials_is_told_to_enter_them_first(keeper):
    assert (
        "Đơn vị chưa có cán bộ nào giữ chức vụ hôm nay." in keeper.get(f"{DELEGATIONS}moi/").content.decode()
    )


def test_the_delegations_of_a_day(keeper, world):
    official = made(world)
    delegate(world, official, date(2026, 12, 1), date(2026, 12, 2))
    delegate(world, official, date(2026, 12, 3), date(2026, 12, 4))
    days = {
        day: keeper.get(f"{DELEGATIONS}?ngay={day}") for day in ("02/12/2026", "05/12/2026", "31/02/2026")
    }
    assert [len(page.context["rows"]) for page in days.values()] == [1, 0, 2]
    assert "Không có uỷ quyền ký nào có hiệu lực ngày này" in days["05/12/2026"].content.decode()
    assert "Không có ngày 31/02/2026. Kiểm tra lại ngày và tháng" in days["31/02/2026"].content.decode()


def test_the_delegations_take_few_queries_whatever_the_rows(keeper, world):
    official = made(world)
    delegate(world, official)
    one = queries_of(keeper, DELEGATIONS)
    delegate(world, official, date(2026, 12, 1), date(2026, 12, 2))
    delegate(world, official, date(2026, 12, 3), date(2026, 12, 4))
    assert queries_of(keeper, DELEGATIONS) == one
    assert one <= 8


# --- who may not -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("admin", "official", 404),
        ("admin", "official_edit", 404),
        ("stranger", "official", 200),
        ("stranger", "official_edit", 403),
        ("stranger", "official_merge", 403),
        ("reader", "official_appoint", 403),
    ],
)
def test_who_may_not(client, world, who, name, status):
    official = made(world)
    client.force_login(getattr(world, who))
    assert client.get(url(name, official)).status_code == status


def test_a_post_of_another_unit(client, world):
    post = made(world).appointments.get()
    for who, status in (("stranger", 403), ("province_author", 403), ("admin", 404)):
        client.force_login(getattr(world, who))
        for name in ("appointment_edit", "appointment_end"):
            assert client.get(url(name, post)).status_code == status
    assert Appointment.objects.get().to_on is None


def test_wrong_methods(keeper, world):
    official = made(world)
    assert keeper.post(LIST).status_code == 405
    assert keeper.post(url("official", official)).status_code == 405
    assert keeper.delete(url("official_edit", official)).status_code == 405
