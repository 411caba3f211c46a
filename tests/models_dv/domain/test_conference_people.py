"""Who was at a conference, with the posts held that day."""

from datetime import date

import pytest

from models_dv.domain.changes import fingerprint
from models_dv.domain.conference_people import (
    add_officials,
    add_person,
    change_person,
    move_person,
    officials_to_choose,
    posts_on,
    remove_person,
)
from models_dv.domain.search import read_query
from models_dv.enums import PostRank
from models_dv.errors import ExpectedError, MissingInput, NotAllowed, StaleObject
from models_dv.models import ConferencePerson
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(world):
    return made.make_conference(world.province)


def names(conference) -> list[str]:
    return list(conference.people.values_list("name", flat=True))


def test_an_official_takes_the_posts_of_the_day(world, conference):
    official = made.make_official(
        world.province,
        "Đỗ Thị Mẫu",
        ("Chủ tịch HĐND tỉnh", PostRank.HEAD),
        ("Phó Bí thư Thường trực", PostRank.STANDING_DEPUTY),
    )
    made.Appointment.objects.create(
        official=official, unit=world.province, organ="committee", post="Bí thư", rank=PostRank.SECRETARY,
        from_on=date(2026, 8, 1),
    )  # fmt: skip
    person = add_person(
        conference, official=official, duties=["conclude", "chair"], actor=world.province_author
    )
    assert person.post_lines == ["Phó Bí thư Thường trực", "Chủ tịch HĐND tỉnh"]
    assert (person.rank, person.duties) == (PostRank.STANDING_DEPUTY, ["chair", "conclude"])


def test_a_post_that_had_ended_is_not_taken(world, conference):
    official = made.make_official(
        world.province, "Đỗ Thị Mẫu", ("Trưởng ban", PostRank.HEAD), to_on=conference.held_on
    )
    person = add_person(conference, official=official, duties=["attend"], actor=world.province_author)
    assert (person.posts, person.rank) == ("", PostRank.OTHER)


def test_a_post_known_by_a_source_only(world, conference):
    official = made.make_official(
        world.province,
        "Đỗ Thị Mẫu",
        ("Trưởng ban", PostRank.HEAD),
        from_on=None,
        attested_on=conference.held_on,
    )
    assert posts_on([official], conference.day)[official.pk].lines == ("Trưởng ban",)


def test_the_head_of_a_unit_below_stands_after_those_of_the_body_that_met(world, conference):
    below = made.make_official(world.communes[0], "Lý Văn Mẫu", ("Bí thư Đảng uỷ xã", PostRank.SECRETARY))
    own = made.make_official(world.province, "Đỗ Thị Mẫu", ("Phó Bí thư", PostRank.DEPUTY_SECRETARY))
    add_officials(conference, {below: ["attend"], own: ["chair"]}, actor=world.province_author)
    assert names(conference) == ["Đỗ Thị Mẫu", "Lý Văn Mẫu"]
    person = conference.people.get(official=below)
    assert (person.rank, person.post_lines) == (PostRank.HEAD, ["Bí thư Đảng uỷ xã (xã Phú Lâm)"])


def test_a_name_typed_by_hand(world, conference):
    person = add_person(
        conference, name="Trần Văn Khách", posts="Giám đốc", duties=[], actor=world.province_author
    )
    assert (person.official, person.duties) == (None, ["attend"])
    assert made.audit()[0].after == {"người dự": "Trần Văn Khách – Giám đốc (Dự)"}


def test_nobody_stands_there_twice(world, conference):
    official = made.make_official(world.province, "Đỗ Thị Mẫu", ("Trưởng ban", PostRank.HEAD))
    for _time in range(2):
        add_officials(conference, {official: ["attend"]}, actor=world.province_author)
    assert names(conference) == ["Đỗ Thị Mẫu"]
    with pytest.raises(ExpectedError, match="đã có trong danh sách"):
        add_person(conference, official=official, duties=["chair"], actor=world.province_author)
    add_person(conference, name="Khách", posts="", duties=[], actor=world.province_author)
    with pytest.raises(ExpectedError, match="đã có trong danh sách"):
        add_person(conference, name="Khách", posts="", duties=[], actor=world.province_author)


def test_somebody_has_a_name(world, conference):
    with pytest.raises(MissingInput):
        add_person(conference, duties=["chair"], actor=world.province_author)


def test_an_official_keeps_his_name(world, conference):
    official = made.make_official(world.province, "Đỗ Thị Mẫu", ("Trưởng ban", PostRank.HEAD))
    person = add_person(conference, official=official, duties=["attend"], actor=world.province_author)
    change_person(
        person, seen=fingerprint(person), name="Tên khác", posts="Trưởng ban\nUỷ viên", duties=["chair"],
        rank=PostRank.STANDING_MEMBER, actor=world.province_author,
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.name, person.rank, person.duties) == ("Đỗ Thị Mẫu", PostRank.STANDING_MEMBER, ["chair"])


def test_what_somebody_else_changed_is_not_overwritten(world, conference):
    person = made.add_person(conference)
    seen = fingerprint(person)
    ConferencePerson.objects.update(posts="Chức vụ khác")
    with pytest.raises(StaleObject):
        change_person(person, seen=seen, name="x", posts="", duties=[], rank=99, actor=world.province_author)


def test_neighbours_of_one_rank_change_places(world, conference):
    people = [made.add_person(conference, name) for name in ("Bùi An", "Cao Bình", "Đinh Cường")]
    move_person(people[2], up=True, actor=world.province_author)
    assert names(conference) == ["Bùi An", "Đinh Cường", "Cao Bình"]
    move_person(people[0], up=True, actor=world.province_author)
    assert names(conference) == ["Bùi An", "Đinh Cường", "Cao Bình"]


def test_somebody_is_taken_off(world, conference):
    remove_person(made.add_person(conference), actor=world.province_author)
    assert names(conference) == []
    assert made.audit()[0].before == {"người dự": "Nguyễn Văn Mẫu – Bí thư (Chủ trì)"}


def test_others_change_nothing(world, conference):
    person = made.add_person(conference)
    for actor in (world.stranger, world.reviewer, world.province_clerk):
        with pytest.raises(NotAllowed):
            add_person(conference, name="Khách", duties=[], actor=actor)
        with pytest.raises(NotAllowed):
            remove_person(person, actor=actor)
        with pytest.raises(NotAllowed):
            move_person(person, up=True, actor=actor)
    assert names(conference) == ["Nguyễn Văn Mẫu"]


def test_whom_a_conference_may_choose(world, conference):
    head = made.make_official(world.province, "Đỗ Thị Mẫu", ("Trưởng ban", PostRank.HEAD))
    secretary = made.make_official(world.province, "Vũ Văn Mẫu", ("Bí thư", PostRank.SECRETARY))
    below = made.make_official(world.communes[0], "Lý Văn Mẫu", ("Bí thư Đảng uỷ", PostRank.SECRETARY))
    real = made.make_official(world.province, "Người Thật", ("Bí thư", 10), illustrative=False)
    gone = made.make_official(world.province, "Mai Mẫu", ("Phó ban", 70), to_on=date(2026, 1, 1))
    assert officials_to_choose(conference, read_query("")) == [secretary, head]
    assert officials_to_choose(conference, read_query("van mau")) == [below, secretary]
    assert officials_to_choose(conference, read_query("người thật")) == []
    add_officials(conference, {secretary: ["chair"]}, actor=world.province_author)
    assert officials_to_choose(conference, read_query("")) == [head]
    assert real.pk and gone.pk
