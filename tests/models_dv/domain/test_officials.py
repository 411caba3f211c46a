"""Officials and their posts through time: who may, what is refused, who held what on a day."""

from datetime import date, timedelta

import pytest

from models_dv import clock
from models_dv.domain import officials
from models_dv.enums import Organ, PostRank
from models_dv.errors import ExpectedError, MissingInput, NotAllowed, StaleObject
from models_dv.models import Appointment, AuditEntry, Official, SigningDelegation
from tests.factories.nouns import make_official, make_post
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


@pytest.fixture
def commune(world):
    return world.communes[0]


def made(world, name="Nguyễn Văn Mẫu", post="Phó Bí thư", **values) -> Official:
    return make_official(name, world.communes[0], post, actor=world.author, **values)


def audit_of(official) -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(object_type="models_dv.Official", object_id=str(official.pk))
    return list(rows.order_by("pk").values_list("action", "note"))


# --- entering ----------------------------------------------------------------------------------------


def test_a_person_comes_with_a_post(world, commune):
    official = made(world, work_phone="0239 3856 000", decision="QĐ 12")
    (post,) = official.appointments.all()
    assert (post.unit, post.post, post.post_folded) == (commune, "Phó Bí thư", "pho bi thu")
    assert (official.name_folded, official.revision) == ("nguyen van mau", 0)
    entry = AuditEntry.objects.get(action="Thêm cán bộ")
    assert entry.after == {
        "họ và tên": "Nguyễn Văn Mẫu",
        "điện thoại cơ quan": "0239 3856 000",
        "chức vụ": ["Phó Bí thư, Đảng uỷ xã Phú Lâm (xa-1), từ 01/07/2025, quyết định: QĐ 12"],
    }


@pytest.mark.parametrize("who", ["clerk", "reader", "reviewer", "province_author", "stranger", "admin"])
def test_only_who_keeps_the_unit_enters_its_posts(world, who):
    with pytest.raises(NotAllowed):
        make_official("Ai đó", world.communes[0], actor=getattr(world, who))
    assert Official.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from_on": None}, "from_on"),
        ({"post": " "}, "post"),
        ({"attested_on": TODAY + timedelta(days=1)}, "attested_on"),
        ({"to_on": date(2025, 7, 1)}, "to_on"),
    ],
)
def test_a_post_that_cannot_be_names_its_field(world, commune, values, field):
    with pytest.raises(MissingInput) as refused:
        officials.add_official(name="A", posts=[make_post(commune, **values)], actor=world.author)
    assert refused.value.field == field


def test_no_post_in_a_body_that_has_ended(world, commune):
    commune.ended_on = date(2025, 7, 1)
    commune.save()
    with pytest.raises(MissingInput, match="Đơn vị kết thúc ngày 01/07/2025"):
        made(world)


def test_the_same_name_is_pointed_out_accents_aside(world):
    one = made(world, "Nguyễn Văn Mẫu")
    made(world, "Nguyễn Văn Máu", "Bí thư")
    made(world, "Nguyễn Văn Mẫn", "Uỷ viên")
    assert [person.name for person in officials.same_name("nguyen van mau", without=one)] == [
        "Nguyễn Văn Máu"
    ]


def test_name_and_contact_are_mended_by_who_keeps_a_unit_of_his_posts(world):
    official = made(world)
    officials.edit_official(
        official,
        name="Nguyễn Văn Mẫn",
        work_phone="",
        work_email="man@anbinh.gov.vn",
        revision=0,
        actor=world.approver,
    )
    official.refresh_from_db()
    assert (official.name_folded, official.work_email, official.revision) == (
        "nguyen van man",
        "man@anbinh.gov.vn",
        1,
    )
    with pytest.raises(NotAllowed):
        officials.edit_official(
            official, name="B", work_phone="", work_email="", revision=1, actor=world.province_author
        )


def test_two_who_saw_the_same_record_do_not_overwrite_each_other(world):
    official, same = made(world), Official.objects.get()
    values = {"work_phone": "", "work_email": "", "revision": 0, "actor": world.author}
    officials.edit_official(official, name="Một", **values)
    with pytest.raises(StaleObject):
        officials.edit_official(same, name="Hai", **values)
    assert Official.objects.get().name == "Một"


# --- posts -------------------------------------------------------------------------------------------


def test_several_posts_at_once_by_one_decision(world, commune):
    official = made(world)
    posts = [
        make_post(commune, "Chủ tịch Uỷ ban nhân dân", organ=Organ.GOVERNMENT, rank=PostRank.HEAD),
        make_post(commune, "Uỷ viên Ban Thường vụ", rank=PostRank.STANDING_MEMBER),
    ]
    officials.appoint(official, posts, revision=0, actor=world.author)
    held = [post.post for post in officials.posts_on(official, TODAY)]
    assert held == ["Phó Bí thư", "Uỷ viên Ban Thường vụ", "Chủ tịch Uỷ ban nhân dân"]
    assert [action for action, _note in audit_of(official)] == ["Thêm cán bộ", "Thêm chức vụ"]


def test_another_unit_appoints_its_own_posts_only(world):
    official = made(world)
    post = make_post(world.province, "Uỷ viên Ban Chấp hành", rank=PostRank.COMMITTEE_MEMBER)
    officials.appoint(official, [post], revision=0, actor=world.province_author)
    assert official.appointments.count() == 2
    with pytest.raises(NotAllowed):
        officials.appoint(official, [make_post(world.communes[1])], revision=1, actor=world.province_author)


def test_the_same_post_is_not_held_twice(world, commune):
    official = made(world)
    with pytest.raises(MissingInput, match="đang giữ chức vụ “Phó Bí thư”, từ ngày 01/07/2025"):
        officials.appoint(official, [make_post(commune, "Phó bí thư")], revision=0, actor=world.author)
    assert Appointment.objects.count() == 1


def test_an_end_is_the_first_day_without_the_post(world):
    official = made(world)
    (post,) = official.appointments.all()
    officials.end_appointment(post, to_on=date(2026, 8, 1), reason="Nghỉ hưu", revision=0, actor=world.author)
    assert [p.post for p in officials.posts_on(official, date(2026, 7, 31))] == ["Phó Bí thư"]
    assert officials.posts_on(official, date(2026, 8, 1)) == []
    assert not post.is_in_force(date(2026, 8, 1)) and post.is_in_force(date(2026, 7, 31))
    assert audit_of(official)[-1] == ("Thôi giữ chức vụ", "Nghỉ hưu")
    with pytest.raises(ExpectedError, match="đã ghi thôi giữ từ ngày 01/08/2026"):
        officials.end_appointment(post, to_on=TODAY, reason="", revision=1, actor=world.author)


def test_a_post_does_not_end_before_it_begins(world):
    (post,) = made(world).appointments.all()
    with pytest.raises(MissingInput) as refused:
        officials.end_appointment(post, to_on=date(2025, 7, 1), reason="", revision=0, actor=world.author)
    assert refused.value.field == "to_on"


def test_a_wrong_entry_is_mended_and_the_record_says_how(world, commune):
    official = made(world)
    (post,) = official.appointments.all()
    mended = make_post(commune, "Phó Bí thư Thường trực", rank=PostRank.STANDING_DEPUTY)
    officials.edit_appointment(post, mended, revision=0, actor=world.author)
    entry = AuditEntry.objects.get(action="Sửa chức vụ")
    assert entry.before == {"chức vụ": "Phó Bí thư", "bậc trong danh sách": "Phó Bí thư"}
    assert entry.after == {
        "chức vụ": "Phó Bí thư Thường trực",
        "bậc trong danh sách": "Phó Bí thư Thường trực",
    }
    assert Appointment.objects.get().post_folded == "pho bi thu thuong truc"


def test_that_a_source_names_the_holder_on_a_day_says_nothing_of_later_days(world):
    official = made(world, attested_on=date(2026, 1, 5))
    days = [date(2026, 1, day) for day in (4, 5, 6)]
    (post,) = official.appointments.all()
    assert [len(officials.posts_on(official, day)) for day in days] == [0, 1, 0]
    assert [post.is_in_force(day) for day in days] == [False, True, False]
    assert [post.is_unsure_on(day) for day in days] == [False, False, True]
    assert [Appointment.objects.not_ended(day).count() for day in days] == [0, 1, 1]


def test_a_post_without_a_known_beginning_is_held_from_the_day_of_the_source_to_its_known_end(world):
    official = made(world, attested_on=date(2026, 1, 5), to_on=date(2026, 3, 1))
    days = [date(2026, 1, 4), date(2026, 1, 5), date(2026, 2, 28), date(2026, 3, 1)]
    (post,) = official.appointments.all()
    assert [len(officials.posts_on(official, day)) for day in days] == [0, 1, 1, 0]
    assert [post.is_in_force(day) for day in days] == [False, True, True, False]


# --- who held what -----------------------------------------------------------------------------------


def test_the_people_of_a_unit_stand_by_rank_then_order_then_given_name(world, commune):
    made(world, "Trần Thị Ánh", "Uỷ viên", rank=PostRank.STANDING_MEMBER)
    made(world, "Lê Văn Đức", "Uỷ viên", rank=PostRank.STANDING_MEMBER)
    made(world, "Phạm Thị Dung", "Uỷ viên", rank=PostRank.STANDING_MEMBER)
    made(world, "Vũ Văn Yên", "Uỷ viên", rank=PostRank.STANDING_MEMBER, order=1)
    chief = made(world, "Đỗ Văn Út", "Bí thư", rank=PostRank.SECRETARY)
    chair = make_post(commune, "Chủ tịch HĐND", organ=Organ.COUNCIL, rank=PostRank.HEAD)
    officials.appoint(chief, [chair], revision=0, actor=world.author)
    made(world, "Ngô Văn Cũ", "Bí thư", rank=PostRank.SECRETARY, to_on=date(2026, 1, 1))

    holders = officials.officials_of(commune, TODAY)
    assert [holder.official.name for holder in holders] == [
        "Đỗ Văn Út",
        "Vũ Văn Yên",
        "Trần Thị Ánh",
        "Phạm Thị Dung",
        "Lê Văn Đức",
    ]
    assert [post.post for post in holders[0].posts] == ["Bí thư", "Chủ tịch HĐND"]
    before = [holder.official.name for holder in officials.officials_of(commune, date(2025, 12, 31))]
    assert before[:2] == ["Ngô Văn Cũ", "Đỗ Văn Út"]  # same rank and order: by given name, C before U


def test_a_body_that_ends_ends_its_posts_and_delegations(world, commune):
    held, past = made(world), made(world, "Lê Văn Cũ", "Uỷ viên", to_on=date(2026, 1, 1))
    later = made(world, "Trần Văn Sau", "Bí thư", from_on=date(2027, 1, 1))
    other = make_official("Phạm Văn Khác", world.communes[1], actor=world.author_of(world.communes[1]))
    SigningDelegation.objects.create(
        unit=commune,
        delegate=held,
        post="Phó Bí thư",
        from_on=date(2026, 11, 1),
        to_on=date(2027, 3, 1),
        decision="UQ 1",
    )
    found = officials.end_appointments_of_body(
        commune, date(2026, 12, 1), "Sáp nhập theo Nghị quyết 9", actor=world.admin
    )
    assert [post.official for post in found.ended] == [held]
    assert [post.official for post in found.left] == [later]
    assert officials.posts_on(held, date(2026, 11, 30)) and not officials.posts_on(held, date(2026, 12, 1))
    assert held.appointments.get().end_reason == "Sáp nhập theo Nghị quyết 9"
    assert past.appointments.get().to_on == date(2026, 1, 1)
    assert other.appointments.get().to_on is None
    assert SigningDelegation.objects.get().revoked_on == date(2026, 12, 1)
    assert audit_of(held)[-1] == ("Thôi giữ chức vụ", "Sáp nhập theo Nghị quyết 9")


def test_officials_are_seen_by_whoever_holds_a_role(world):
    made(world)
    for user in (world.reader, world.stranger, world.province_clerk):
        assert Official.objects.visible_to(user).count() == 1
    assert Official.objects.visible_to(world.admin).count() == 0
