"""Who has a part open at this moment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv import clock
from models_dv.enums import Role
from reports.domain import presence
from reports.models import Presence
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db


def test_the_others_in_the_same_part_are_named(world):
    edition = world.edition()
    assert presence.note(edition, "S2.1", actor=world.author) == []
    assert presence.note(edition, "S2.1", actor=world.approver) == ["Soạn xa-1"]
    assert presence.note(edition, "S2.2", actor=world.reader) == []
    assert presence.note(edition, "S2.1", actor=world.author) == ["Duyệt xa-1"]


def test_who_goes_on_to_another_part_is_there_and_no_longer_here(world):
    edition = world.edition()
    presence.note(edition, "S2.1", actor=world.author)
    presence.note(edition, "S2.2", actor=world.author)
    assert presence.note(edition, "S2.1", actor=world.approver) == []
    assert presence.note(edition, "S2.2", actor=world.approver) == ["Soạn xa-1"]


def test_after_a_minute_nobody_is_there(world):
    edition, now = world.edition(), clock.now()
    with clock.fixed(now):
        presence.note(edition, "S2.1", actor=world.author)
    with clock.fixed(now + timedelta(seconds=59)):
        assert presence.note(edition, "S2.1", actor=world.approver) == ["Soạn xa-1"]
    with clock.fixed(now + timedelta(seconds=61)):
        assert presence.note(edition, "S2.1", actor=world.approver) == []
        assert presence.forget_old() == 1
    assert Presence.objects.count() == 1


def test_one_upsert_and_one_read(world):
    edition = world.edition()
    make_user("colleague", "Đồng nghiệp", world.communes[0], Role.AUTHOR)
    presence.note(edition, "S2.1", actor=world.approver)
    with CaptureQueriesContext(connection) as queries:
        presence.note(edition, "S2.1", actor=world.author)
    statements = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert statements == ["INSERT", "SELECT"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Trần Thị B"], "Trần Thị B đang mở phần này"),
        (["A", "B"], "A, B đang mở phần này"),
        (["A", "B", "C", "D"], "A, B và 2 người khác đang mở phần này"),
    ],
)
def test_in_words(names, words):
    assert presence.in_words(names) == words
