"""Difficulties through the conferences at which they were raised."""

from datetime import date

import pytest

from models_dv.domain.changes import fingerprint
from models_dv.domain.difficulties import (
    earlier_ones,
    follow_again,
    line_of,
    remove_difficulty,
    save_difficulty,
    settle,
)
from models_dv.enums import DifficultyState
from models_dv.errors import ExpectedError, MissingInput, NotAllowed, StaleObject
from models_dv.models import Difficulty, DifficultyTopic
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 1)


def at(world, day: date, unit=None):
    return made.make_conference(unit or world.province, held_on=day)


def save(conference, world, text="Giá đất tái định cư", continues=None, topics=(), row=None):
    row = row or Difficulty(conference=conference, unit=conference.unit)
    return save_difficulty(
        row,
        text=text,
        raised_by="",
        topics=topics,
        continues=continues,
        seen=fingerprint(row) if row.pk else "",
        actor=world.author_of(conference.unit),
    )


def line(world, *days: date) -> list[Difficulty]:
    """One difficulty raised again and again."""
    rows: list[Difficulty] = []
    for day in days:
        rows.append(save(at(world, day), world, continues=rows[-1] if rows else None))
    return rows


def test_a_difficulty_is_raised_on_the_day_of_the_conference(world):
    topic = DifficultyTopic.objects.create(name="Đất đai")
    row = save(at(world, made.DAY), world, topics=[topic])
    assert (row.raised_on, row.unit, list(row.topics.all())) == (made.DAY, world.province, [topic])
    assert made.audit()[0].after["chủ đề"] == ["Đất đai"]


def test_a_line_is_known_by_its_first(world):
    rows = line(world, date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1))
    first = rows[0].pk
    assert [row.first_id for row in rows] == [None, first, first]
    for row in rows:
        assert list(line_of(row)) == rows


def test_a_commune_s_difficulty_goes_on_at_the_province_not_the_other_way(world):
    commune = save(at(world, date(2025, 11, 1), world.communes[0]), world)
    province = at(world, date(2026, 1, 1))
    assert list(earlier_ones(province)) == [commune]
    row = save(province, world, continues=commune)
    assert list(line_of(row)) == [commune, row]
    assert list(earlier_ones(at(world, date(2026, 7, 1), world.communes[0]))) == []


def test_what_is_later_or_taken_already_is_not_continued(world):
    first, second = line(world, date(2025, 7, 1), date(2026, 1, 1))
    third = at(world, date(2026, 7, 1))
    assert list(earlier_ones(third)) == [second]
    with pytest.raises(MissingInput):
        save(third, world, continues=first)
    with pytest.raises(MissingInput):
        save(at(world, date(2025, 6, 1)), world, continues=second)


def test_linking_the_middle_anew_moves_what_comes_after(world):
    first, second, third = line(world, date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1))
    save(second.conference, world, row=Difficulty.objects.get(pk=second.pk))
    assert list(line_of(Difficulty.objects.get(pk=third.pk))) == [second, third]
    assert list(line_of(first)) == [first]


def test_removing_the_middle_closes_the_line(world):
    first, second, third = line(world, date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1))
    remove_difficulty(second, actor=world.province_author)
    third.refresh_from_db()
    assert (third.continues, third.first) == (first, first)


def test_removing_the_first_gives_the_line_a_new_first(world):
    first, second, third = line(world, date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1))
    remove_difficulty(first, actor=world.province_author)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.first, third.first) == (None, second)


def test_settling_the_last_settles_the_line(world):
    first, second = line(world, date(2025, 7, 1), date(2026, 1, 1))
    other = save(at(world, date(2026, 2, 1)), world, text="Việc khác")
    settle(second, on=ON, note="Đã bàn giao mặt bằng", actor=world.province_author)
    states = dict(Difficulty.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk], states[other.pk]) == ("settled", "settled", "open")
    assert [entry.action for entry in made.audit(Difficulty)] == ["Giải quyết khó khăn, vướng mắc"] * 2


def test_a_line_is_settled_at_its_last(world):
    first, _second = line(world, date(2025, 7, 1), date(2026, 1, 1))
    with pytest.raises(ExpectedError, match="nêu tiếp ở một hội nghị sau"):
        settle(first, on=ON, note="Xong", actor=world.province_author)


@pytest.mark.parametrize(
    ("on", "note", "field"),
    [(ON, "", "note"), (date(2026, 6, 1), "Xong", "on"), (date(2099, 1, 1), "Xong", "on")],
)
def test_how_and_when_it_was_settled(world, on, note, field):
    row = save(at(world, made.DAY), world)
    with pytest.raises(MissingInput) as error:
        settle(row, on=on, note=note, actor=world.province_author)
    assert error.value.field == field


def test_who_follows(world):
    row = save(at(world, made.DAY, world.communes[0]), world)
    for actor in (world.stranger, world.reader, world.province_author):
        with pytest.raises(NotAllowed):
            settle(row, on=ON, note="Xong", actor=actor)
    settle(row, on=ON, note="Xong", actor=world.reviewer)
    with pytest.raises(ExpectedError):
        settle(row, on=ON, note="Xong", actor=world.reviewer)


def test_what_came_back_is_followed_again_with_the_reason(world):
    row = save(at(world, made.DAY), world)
    settle(row, on=ON, note="Xong", actor=world.province_author)
    row.refresh_from_db()
    with pytest.raises(MissingInput):
        follow_again(row, note="", actor=world.province_author)
    follow_again(row, note="Phát sinh lại", actor=world.province_author)
    row.refresh_from_db()
    assert (row.state, row.settled_on, row.settled_note) == (DifficultyState.OPEN, None, "")
    assert made.audit(Difficulty)[-1].note == "Phát sinh lại"


def test_only_the_unit_writes_and_nothing_is_overwritten(world):
    row = save(at(world, made.DAY), world)
    with pytest.raises(NotAllowed):
        save_difficulty(row, text="x", raised_by="", topics=(), seen="", actor=world.reviewer)
    seen = fingerprint(row)
    Difficulty.objects.update(text="Lời khác")
    with pytest.raises(StaleObject):
        save_difficulty(row, text="x", raised_by="", topics=(), seen=seen, actor=world.province_author)
