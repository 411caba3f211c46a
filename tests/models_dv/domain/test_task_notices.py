"""Who is told of a task: when it is given, changed, extended, ended, and as its day nears."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from models_dv import clock
from models_dv.domain import task_notices, tasks
from models_dv.domain.sheets import Row
from models_dv.domain.tasks import TaskValues
from models_dv.enums import NotificationKind, Role
from models_dv.importers import tasks_sheet
from models_dv.models import Notification, UnitRole
from tests.factories.nouns import make_task
from tests.factories.publications import merge
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
LEAD, JOINING = ["approver-xa-1", "author-xa-1"], ["approver-xa-2", "author-xa-2"]


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        world = make_world()
        Notification.objects.all().delete()
        return world


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


@pytest.fixture
def task(world):
    """Of the province to the first commune; the second joins. Nothing of it has been told."""
    task = make_task(world, joining_units=(world.communes[1],))
    Notification.objects.all().delete()
    return task


def told() -> list[str]:
    """Who was told since it was asked last."""
    rows = Notification.objects.order_by("recipient__username")
    names = list(rows.values_list("recipient__username", flat=True))
    rows.delete()
    return names


def edit(task, world, **changes):
    values = {
        "title": task.title,
        "lead_unit": task.lead_unit,
        "due_on": task.due_on,
        "given_on": task.given_on,
    }
    values |= {"joining_units": tuple(task.joining_units.all()), **changes}
    tasks.edit_task(task, TaskValues(**values), revision=task.revision, actor=world.province_author)


def test_the_people_of_the_units_that_lead_or_join_are_told_once_each(world):
    UnitRole.objects.create(user=world.author, unit=world.communes[1], role=Role.APPROVER)
    task = make_task(world, joining_units=(world.communes[1],))
    notice = Notification.objects.get(recipient=world.approver)
    assert (notice.kind, notice.title) == (NotificationKind.TASK, "Giao nhiệm vụ – Tỉnh uỷ An Bình")
    assert notice.text == f"{world.province_author} giao. Hạn hoàn thành: 22/12/2026."
    assert (notice.note, notice.url) == ("Rà soát mô hình", task.get_absolute_url())
    assert told() == sorted(LEAD + JOINING)


def test_one_s_own_acts_are_not_told(world):
    unit = world.communes[0]
    make_task(world, unit, giver=unit, actor=world.author)
    assert told() == ["approver-xa-1"]


def test_who_is_new_to_a_task_or_leaves_it_is_told_and_the_others_of_another_due_date(world, task):
    edit(task, world, title="Rà soát lại")
    assert told() == []
    edit(task, world, joining_units=(world.communes[2],), due_on=TODAY + timedelta(days=5))
    titles = dict(Notification.objects.values_list("recipient__username", "title"))
    assert titles == {
        **dict.fromkeys(LEAD, "Đổi hạn nhiệm vụ – Tỉnh uỷ An Bình"),
        **dict.fromkeys(["approver-xa-3", "author-xa-3"], "Giao nhiệm vụ – Tỉnh uỷ An Bình"),
        **dict.fromkeys(JOINING, "Thôi giao nhiệm vụ – Tỉnh uỷ An Bình"),
    }
    left = Notification.objects.filter(recipient__username__in=JOINING)
    assert {notice.url for notice in left} == {reverse("staff:tasks")}


def test_more_time_the_end_and_the_new_beginning_are_told(world, task):
    giver = world.province_author
    tasks.extend_task(task, due_on=date(2027, 1, 5), reason="Mưa lũ", revision=task.revision, actor=giver)
    assert told() == sorted(LEAD + JOINING)
    tasks.cancel_task(task, reason="Trùng", revision=task.revision, actor=giver)
    assert Notification.objects.first().title == "Huỷ nhiệm vụ – Tỉnh uỷ An Bình"
    assert told() == sorted(LEAD + JOINING)
    tasks.reopen_task(task, reason="Cần làm tiếp", revision=task.revision, actor=giver)
    assert told() == sorted(LEAD + JOINING)


def test_who_gave_it_is_told_when_the_leading_unit_says_it_is_done(world, task):
    done = {"result": "Đã xong", "ended_on": TODAY, "revision": task.revision}
    tasks.complete_task(task, actor=world.approver, **done)
    assert told() == sorted(["author-xa-1", *JOINING, "approver-an-binh", "author-an-binh"])


def test_reporting_settles_what_one_was_told(world):
    task = make_task(world)
    report = {"unit": task.lead_unit, "on": TODAY, "text": "Đã làm", "actor": world.author}
    tasks.add_progress(task, **report)
    unread = Notification.objects.unread().values_list("recipient__username", flat=True)
    assert list(unread) == ["approver-xa-1"]


def test_the_people_of_the_unit_it_went_on_in_are_told_too(world, task):
    merge(world.communes[0], into=world.communes[2], on=TODAY)
    heirs = ["approver-xa-3", "author-xa-3"]
    with clock.fixed(local(2026, 12, 19, 6)):  # three days before the due date
        assert (task_notices.remind(), task_notices.remind()) == (6, 0)
        assert told() == sorted(LEAD + JOINING + heirs)
    giver = world.province_author
    tasks.cancel_task(task, reason="Trùng", revision=task.revision, actor=giver)
    assert told() == sorted(LEAD + JOINING + heirs)


def test_a_file_of_tasks_is_told_once_to_each(world):
    rows = [
        Row(number, dict.fromkeys(column.key for column in tasks_sheet.KIND.columns) | values)
        for number, values in enumerate(
            [
                {"title": "Một", "lead_unit": world.communes[0].pk},
                {"title": "Hai", "lead_unit": world.communes[0].pk, "joining_units": [world.communes[1].pk]},
            ],
            start=2,
        )
    ]
    tasks_sheet.save(rows, unit=world.province, actor=world.province_author, note=lambda row: "")
    assert told() == sorted(LEAD + JOINING)


def test_reminders_come_three_days_and_one_day_before_on_the_day_and_once_it_has_passed(world, task):
    due = TODAY + timedelta(days=30)
    counts = []
    for days in (-4, -3, -2, -1, 0, 1, 2):
        day = due + timedelta(days=days)
        with clock.fixed(local(day.year, day.month, day.day, 6)):
            counts.append((task_notices.remind(), task_notices.remind()))
    assert counts == [(0, 0), (4, 0), (0, 0), (4, 0), (4, 0), (4, 0), (0, 0)]
    titles = (
        Notification.objects.filter(recipient=world.author).order_by("pk").values_list("title", flat=True)
    )
    assert list(titles) == [
        "Còn 3 ngày: nhiệm vụ chủ trì",
        "Còn 1 ngày: nhiệm vụ chủ trì",
        "Hôm nay là hạn: nhiệm vụ chủ trì",
        "Quá hạn 1 ngày: nhiệm vụ chủ trì",
    ]
    joining = Notification.objects.filter(recipient__username="author-xa-2").first()
    assert joining.title == "Quá hạn 1 ngày: nhiệm vụ phối hợp"
    assert (joining.note, joining.url) == (task.title, task.get_absolute_url())
