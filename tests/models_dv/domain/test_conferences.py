"""Saving a conference and its awards: who may, what is written down, two people at once."""

from datetime import date, time

import pytest

from models_dv.domain.changes import fingerprint
from models_dv.domain.conferences import remove_award, save_award, save_conference
from models_dv.errors import NotAllowed, StaleObject
from models_dv.models import Conference, ConferenceAward
from tests.factories.conferences import add_award, audit, make_conference

pytestmark = pytest.mark.django_db
VALUES = {
    "kind": "so_ket",
    "title": "Sơ kết 6 tháng",
    "year": 2026,
    "held_on": date(2026, 7, 9),
    "starts_at": time(8),
    "form": "online",
    "online_points": 4,
}
AWARD = {
    "kind": "bang_khen",
    "issuer": "UBND tỉnh",
    "subject": "individual",
    "count": None,
    "recipients": "",
    "decision": "",
}


def test_a_new_conference(world):
    conference = save_conference(Conference(unit=world.province), VALUES, actor=world.province_author)
    assert (conference.created_by, conference.revision) == (world.province_author, 0)
    (entry,) = audit()
    assert (entry.action, entry.actor) == ("Thêm hội nghị", world.province_author)
    assert (entry.after["số điểm cầu"], entry.after["giờ bắt đầu"]) == (4, "08:00:00")


def test_only_what_changed_is_written_down(world):
    conference = make_conference(world.province)
    save_conference(conference, {"place": "Hội trường"}, revision=0, actor=world.province_approver)
    (entry,) = audit()
    assert (entry.before, entry.after) == ({"địa điểm": ""}, {"địa điểm": "Hội trường"})
    assert Conference.objects.get().revision == 1


def test_of_two_who_saw_the_same_revision_one_writes(world):
    mine, theirs = make_conference(world.province), Conference.objects.get()
    save_conference(theirs, {"title": "Tên của người kia"}, revision=0, actor=world.province_author)
    with pytest.raises(StaleObject):
        save_conference(mine, {"title": "Tên của tôi"}, revision=0, actor=world.province_approver)
    assert Conference.objects.get().title == "Tên của người kia"


def test_a_review_of_activity_has_no_form(world):
    conference = save_conference(
        Conference(unit=world.province), VALUES | {"kind": "activity"}, actor=world.province_author
    )
    assert (conference.form, conference.online_points, conference.starts_at) == ("", None, None)


@pytest.mark.parametrize("who", ["clerk", "reader", "stranger", "reviewer", "province_author", "admin"])
def test_others_do_not_enter_a_commune_s_conference(world, who):
    with pytest.raises(NotAllowed):
        save_conference(Conference(unit=world.communes[0]), VALUES, actor=getattr(world, who))
    assert not Conference.objects.exists() and not audit()


def test_an_award_is_added_mended_and_taken_out(world):
    conference = make_conference(world.province)
    award = save_award(ConferenceAward(conference=conference), AWARD, actor=world.province_author)
    save_award(award, AWARD | {"count": 3}, seen=fingerprint(award), actor=world.province_author)
    assert ConferenceAward.objects.get().count == 3
    remove_award(ConferenceAward.objects.get(), actor=world.province_author)
    assert [entry.action for entry in audit()] == [
        "Thêm khen thưởng tại hội nghị",
        "Sửa khen thưởng tại hội nghị",
        "Gỡ khen thưởng tại hội nghị",
    ]


def test_an_award_changed_meanwhile_is_not_overwritten(world):
    award = add_award(make_conference(world.province))
    seen = fingerprint(award)
    ConferenceAward.objects.update(count=9)
    with pytest.raises(StaleObject):
        save_award(award, AWARD, seen=seen, actor=world.province_author)
    assert ConferenceAward.objects.get().count == 9


def test_who_sees_which_conferences(world):
    mine, theirs = make_conference(world.province), make_conference(world.communes[0])
    seen = {
        who: set(Conference.objects.visible_to(getattr(world, who)))
        for who in ("province_author", "reviewer", "author", "reader", "stranger", "admin")
    }
    assert seen == {
        "province_author": {mine},
        "reviewer": {mine, theirs},
        "author": {theirs},
        "reader": {theirs},
        "stranger": set(),
        "admin": set(),
    }


def test_those_without_a_day_stand_at_the_end_of_their_year(world):
    unknown = make_conference(world.province, held_on=None, year=2025)
    december = make_conference(world.province, held_on=date(2025, 12, 27))
    june = make_conference(world.province, held_on=date(2025, 6, 30))
    older = make_conference(world.province, held_on=date(2024, 12, 27))
    assert list(Conference.objects.newest_first()) == [december, june, unknown, older]
