"""The day of a conference is mended: its people's posts, its difficulties and its conclusions go with it or refuse."""

from datetime import date

import pytest

from models_dv.domain.changes import fingerprint
from models_dv.domain.conference_days import told_otherwise
from models_dv.domain.conference_people import add_officials, add_person, change_person
from models_dv.domain.conferences import save_conference
from models_dv.domain.difficulties import earlier_ones, line_of, newest_first, save_difficulty, settle
from models_dv.enums import PostRank
from models_dv.errors import MissingInput
from models_dv.models import Appointment, Conference, Difficulty
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
AUTUMN, EARLIER, LATER = date(2026, 10, 15), date(2026, 9, 1), date(2026, 11, 20)


def mend(world, conference, day: date | None) -> Conference:
    return save_conference(
        Conference.objects.get(pk=conference.pk), {"held_on": day}, actor=world.province_author
    )


def raised(world, conference, text="Nước sạch", continues=None) -> Difficulty:
    row = Difficulty(conference=conference, unit=conference.unit)
    return save_difficulty(
        row, text=text, raised_by="", topics=(), continues=continues, actor=world.province_author
    )


@pytest.fixture
def attended(world):
    """Two officials in October: one has two posts, one after the other; of the second one's they typed another."""
    conference = made.make_conference(world.province, held_on=AUTUMN)
    first = made.make_official(
        world.province, "Đỗ Thị Thử", ("Phó Bí thư", PostRank.DEPUTY_SECRETARY), to_on=date(2026, 10, 1)
    )
    Appointment.objects.create(
        official=first, unit=world.province, organ="front", post="Chủ tịch MTTQ", rank=PostRank.HEAD,
        from_on=date(2020, 1, 1), to_on=date(2026, 11, 1),
    )  # fmt: skip
    second = made.make_official(world.province, "Vũ Văn Mẫu", ("Trưởng ban", PostRank.HEAD))
    people = add_officials(conference, {first: ["attend"], second: ["attend"]}, actor=world.province_author)
    change_person(
        people[1], seen=fingerprint(people[1]), name="", posts="Trưởng đoàn", duties=["attend"],
        rank=PostRank.STANDING_MEMBER, actor=world.province_author,
    )  # fmt: skip
    add_person(conference, name="Khách", posts="Giám đốc", duties=[], actor=world.province_author)
    return conference


def told(conference) -> dict[str, tuple]:
    return {person.name: (person.post_lines, person.rank) for person in conference.people.all()}


def test_people_get_the_posts_of_the_mended_day_and_what_was_typed_stays(world, attended):
    typed = {
        "Vũ Văn Mẫu": (["Trưởng đoàn"], PostRank.STANDING_MEMBER),
        "Khách": (["Giám đốc"], PostRank.OTHER),
    }
    assert told(attended) == {"Đỗ Thị Thử": (["Chủ tịch MTTQ"], PostRank.HEAD), **typed}
    renewed = mend(world, attended, EARLIER).renewed
    both = ["Phó Bí thư", "Chủ tịch MTTQ"]
    assert told(attended) == {"Đỗ Thị Thử": (both, PostRank.DEPUTY_SECRETARY), **typed}
    assert [(one.person.name, one.before, one.now) for one in renewed] == [
        ("Đỗ Thị Thử", "Chủ tịch MTTQ", "\n".join(both))
    ]
    assert made.audit()[-1].after["chức vụ khi đó: Đỗ Thị Thử"] == "\n".join(both)
    mend(world, attended, LATER)
    assert told(attended) == {"Đỗ Thị Thử": ([], PostRank.OTHER), **typed}
    people = list(attended.people.select_related("official"))
    attended.refresh_from_db()
    names = {person.pk: person.name for person in people}
    assert {names[pk]: held for pk, held in told_otherwise(attended, people).items()} == {
        "Vũ Văn Mẫu": "Trưởng ban"
    }


def test_a_difficulty_has_the_day_of_its_conference_or_none(world):
    year = world.round.period
    conference = made.make_conference(world.province, held_on=None, period=year)
    row = raised(world, conference)
    assert row.raised_on is None
    settle(row, on=date(2026, 9, 1), note="Đã đấu nối", actor=world.province_author)
    for day in (date(2026, 8, 1), date(2026, 7, 1), None):
        mend(world, conference, day)
        row.refresh_from_db()
        assert row.raised_on == day


def test_difficulties_without_a_day_stand_at_the_end_of_their_year(world):
    days = (date(2024, 5, 1), None, date(2025, 6, 1), date(2026, 2, 1))
    rows: list[Difficulty] = []
    for day in days:
        at = made.make_conference(world.province, held_on=day, year=day.year if day else 2024)
        assert list(earlier_ones(at)) == rows[-1:]
        rows.append(raised(world, at, continues=rows[-1] if rows else None))
    assert list(line_of(rows[0])) == rows
    assert list(newest_first(Difficulty.objects.all())) == rows[::-1]


def test_a_day_that_what_followed_refutes(world):
    conference = made.make_conference(world.province, held_on=EARLIER)
    first = raised(world, made.make_conference(world.province, held_on=date(2026, 3, 1)))
    row = raised(world, conference, continues=first)
    for day in (date(2026, 2, 1), LATER):
        if day == LATER:
            settle(row, on=AUTUMN, note="Xong", actor=world.province_author)
        with pytest.raises(MissingInput, match="Kiểm tra ngày tổ chức") as error:
            mend(world, conference, day)
        assert error.value.field == "held_on"
    signed = made.make_conference(world.province, held_on=made.DAY)
    made.sign(world, signed)
    with pytest.raises(MissingInput, match="đã ký ngày 09/07/2026"):
        mend(world, signed, AUTUMN)
    mend(world, signed, None)
    assert set(Conference.objects.values_list("held_on", flat=True)) == {EARLIER, date(2026, 3, 1), None}
