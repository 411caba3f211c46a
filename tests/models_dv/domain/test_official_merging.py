"""Two records of one person become one; nothing of what happened is lost."""

from datetime import date

import pytest

from models_dv import clock
from models_dv.domain import officials, signing
from models_dv.domain.official_merging import ITSELF, TWO_ACCOUNTS, merge_officials, plan_merge
from models_dv.enums import ConferenceKind, Duty, PostRank
from models_dv.errors import ExpectedError, NotAllowed, StaleObject
from models_dv.models import AuditEntry, Conference, ConferencePerson, Official
from tests.factories.nouns import make_official, make_post
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


@pytest.fixture
def kept(world):
    return make_official("Nguyễn Văn Mẫu", world.communes[0], "Phó Bí thư", actor=world.author)


@pytest.fixture
def other(world):
    return make_official(
        "Nguyễn Văn Mẩu",
        world.communes[0],
        "Uỷ viên Ban Thường vụ",
        actor=world.author,
        rank=PostRank.STANDING_MEMBER,
        work_phone="0239 3856 111",
    )


def conference(world, title):
    return Conference.objects.create(
        unit=world.communes[0], kind=ConferenceKind.GIAO_BAN, title=title, year=2026, held_on=date(2026, 3, 1)
    )


def attend(meeting, official, *duties, posts="", rank=PostRank.OTHER):
    return ConferencePerson.objects.create(
        conference=meeting,
        official=official,
        name=official.name,
        duties=list(duties) or [Duty.ATTEND.value],
        posts=posts,
        rank=rank,
    )


def merge(kept, other, actor, **changes):
    revisions = {"kept_revision": kept.revision, "other_revision": other.revision, **changes}
    return merge_officials(kept, other, actor=actor, **revisions)


def test_posts_conferences_and_delegations_move_and_the_page_leads_on(world, kept, other):
    alone = attend(conference(world, "Giao ban tháng 3"), other, posts="Uỷ viên Ban Thường vụ")
    delegated = signing.delegate_signing(
        world.communes[0],
        other,
        post="Uỷ viên Ban Thường vụ",
        from_on=date(2026, 12, 1),
        to_on=date(2026, 12, 5),
        decision="UQ 3",
        actor=world.author,
    ).delegation

    merge(kept, other, world.author)

    assert {post.post for post in kept.appointments.all()} == {"Phó Bí thư", "Uỷ viên Ban Thường vụ"}
    alone.refresh_from_db()
    delegated.refresh_from_db()
    other.refresh_from_db()
    assert (alone.official, alone.name, delegated.delegate) == (kept, "Nguyễn Văn Mẩu", kept)
    assert (other.merged_into, other.name) == (kept, "Nguyễn Văn Mẩu")
    assert list(Official.objects.present()) == [kept]
    assert kept.work_phone == "0239 3856 111"
    entry = AuditEntry.objects.get(action="Gộp hồ sơ cán bộ")
    assert entry.after == {
        "hồ sơ gộp": f"Nguyễn Văn Mẩu (số {other.pk})",
        "chức vụ": ["Uỷ viên Ban Thường vụ, Đảng uỷ xã Phú Lâm (xa-1), từ 01/07/2025"],
        "hội nghị": ["Giao ban tháng 3"],
        "uỷ quyền ký": ["UQ 3"],
    }
    assert AuditEntry.objects.get(action="Gộp vào hồ sơ khác").object_id == str(other.pk)


def test_both_at_one_conference_become_one_row_with_what_both_say(world, kept, other):
    meeting = conference(world, "Sơ kết")
    attend(meeting, kept, "attend", posts="Phó Bí thư", rank=PostRank.DEPUTY_SECRETARY)
    attend(
        meeting, other, "present", "attend", posts="phó bí thư\nTrưởng khối", rank=PostRank.STANDING_DEPUTY
    )

    plan = plan_merge(kept, other)
    assert ([row.conference for row in plan.twice], plan.attended) == ([meeting], [])
    merge(kept, other, world.author)

    (row,) = meeting.people.all()
    assert (row.official, row.posts, row.duties, row.rank) == (
        kept,
        "Phó Bí thư\nTrưởng khối",
        ["present", "attend"],
        PostRank.STANDING_DEPUTY,
    )
    entry = AuditEntry.objects.get(action="Gộp hồ sơ cán bộ")
    assert entry.after["hội nghị cả hai cùng dự"] == ["Sơ kết: phó bí thư; Trưởng khối"]


def test_a_post_that_both_have_stands_once(world, kept, other):
    officials.appoint(other, [make_post(world.communes[0], "phó Bí thư")], revision=0, actor=world.author)
    merge(kept, other, world.author)
    assert sorted(post.post for post in kept.appointments.all()) == ["Phó Bí thư", "Uỷ viên Ban Thường vụ"]


def test_a_decision_that_only_one_row_names_stays_and_of_two_both(world, kept, other):
    unit = world.communes[0]
    decisions = {"phó Bí thư": "Số 77-QĐ/TU", "Trưởng khối": "Số 78-QĐ/TU"}
    posts = [make_post(unit, post, decision=decision) for post, decision in decisions.items()]
    officials.appoint(other, posts, revision=0, actor=world.author)
    own = make_post(unit, "Trưởng khối", decision="Số 12-QĐ/TU")
    officials.appoint(kept, [own], revision=0, actor=world.author)
    merge(kept, other, world.author)
    assert sorted(kept.appointments.values_list("post", "decision")) == [
        ("Phó Bí thư", "Số 77-QĐ/TU"),
        ("Trưởng khối", "Số 12-QĐ/TU"),
        ("Trưởng khối", "Số 78-QĐ/TU"),
        ("Uỷ viên Ban Thường vụ", ""),
    ]
    (words,) = AuditEntry.objects.get(action="Gộp hồ sơ cán bộ").after["chức vụ trùng"]
    assert words.endswith("từ 01/07/2025, quyết định: Số 77-QĐ/TU")


def test_a_record_merged_earlier_leads_to_the_last_one(world, kept, other):
    third = make_official("Nguyễn Văn Mầu", world.communes[0], "Bí thư", actor=world.author)
    merge(other, third, world.author)
    merge(kept, other, world.author)
    third.refresh_from_db()
    assert third.merged_into == kept


def test_an_account_goes_along_but_two_accounts_are_two_persons(world, kept, other):
    other.user = world.reader
    other.save()
    merge(kept, other, world.author)
    kept.refresh_from_db()
    assert kept.user == world.reader

    third = make_official("Nguyễn Văn Mầu", world.communes[0], "Bí thư", actor=world.author)
    third.user = world.clerk
    third.save()
    with pytest.raises(ExpectedError) as refused:
        merge(kept, third, world.author)
    assert refused.value.message == TWO_ACCOUNTS


def test_a_record_is_not_merged_into_itself_nor_twice(world, kept, other):
    with pytest.raises(ExpectedError) as refused:
        merge(kept, kept, world.author)
    assert refused.value.message == ITSELF
    merge(kept, other, world.author)
    other.refresh_from_db()
    with pytest.raises(ExpectedError) as refused:
        merge(kept, other, world.author)
    assert refused.value.message == officials.MERGED


def test_the_right_over_both_records_is_needed(world, kept):
    foreign = make_official("Nguyễn Văn Mẫu", world.communes[1], actor=world.author_of(world.communes[1]))
    for actor in (world.author, world.reviewer, world.stranger):
        with pytest.raises(NotAllowed):
            merge(kept, foreign, actor)
    assert Official.objects.present().count() == 2


def test_nothing_moves_when_one_of_them_was_changed_meanwhile(world, kept, other):
    with pytest.raises(StaleObject):
        merge(kept, other, world.author, other_revision=7)
    assert Official.objects.get(pk=kept.pk).revision == 0
    assert other.appointments.count() == 1
