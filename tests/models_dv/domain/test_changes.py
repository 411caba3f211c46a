"""Rows as they were seen, and rows that change places."""

import pytest

from models_dv.domain.changes import difference, exchanged, fingerprint, locked_as_seen, snapshot
from models_dv.errors import StaleObject
from models_dv.models import ConferenceAward, DifficultyTopic
from tests.factories.conferences import make_conference

pytestmark = pytest.mark.django_db


def topics(count: int) -> list[DifficultyTopic]:
    return [DifficultyTopic.objects.create(name=f"Chủ đề {n}", order=n) for n in range(count)]


def test_a_row_is_locked_as_it_was_seen():
    (topic,) = topics(1)
    seen = fingerprint(topic)
    assert locked_as_seen(topic, seen) == topic
    DifficultyTopic.objects.update(name="Tên khác")
    with pytest.raises(StaleObject):
        locked_as_seen(topic, seen)


def test_a_removed_row_is_not_as_it_was_seen():
    (topic,) = topics(1)
    seen = fingerprint(topic)
    DifficultyTopic.objects.all().delete()
    with pytest.raises(StaleObject):
        locked_as_seen(topic, seen)


def test_what_a_row_points_to_is_named_in_vietnamese(world):
    award = ConferenceAward(conference=make_conference(world.province, title="Giao ban"), issuer="UBND tỉnh")
    assert snapshot(award)["hội nghị"] == "Giao ban"


def test_what_differs():
    (topic,) = topics(1)
    before = snapshot(topic)
    topic.name = "Tên khác"
    assert difference(before, snapshot(topic)) == ({"chủ đề": "Chủ đề 0"}, {"chủ đề": "Tên khác"})


@pytest.mark.parametrize(
    ("place", "up", "order"), [(1, True, [1, 0, 2]), (1, False, [0, 2, 1]), (0, True, None), (2, False, None)]
)
def test_rows_change_places(place, up, order):
    rows = topics(3)
    names = [row.name for row in rows]
    assert exchanged(rows, rows[place], up=up) is (order is not None)
    assert [row.name for row in rows] == [names[n] for n in order or (0, 1, 2)]
    if order:
        assert [row.order for row in rows] == [1, 2, 3]
