"""Tasks given out of a report: by the body above, and led back to."""

import pytest

from models_dv.domain import task_sources
from models_dv.domain.task_sources import SourceLink
from models_dv.domain.tasks import TaskValues
from models_dv.enums import Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.models import AuditEntry, Task, UnitRole
from reports.domain.task_links import NOT_SENT, create_task_from, may_give_from, tasks_from
from reports.models import Report, TaskLink
from tests.factories.nouns import make_task

pytestmark = pytest.mark.django_db


def give(world, actor, **changes) -> Task:
    values = TaskValues(**{"title": "Giải quyết kiến nghị", "lead_unit": world.communes[0], **changes})
    report = Report.objects.select_related("parent__unit", "unit").get(pk=world.report().pk)
    return create_task_from(report, values, actor=actor)


def test_the_body_above_gives_a_task_out_of_what_was_sent(world):
    world.issued()
    task = give(world, world.province_author)
    assert (task.giving_unit, task.lead_unit) == (world.province, world.communes[0])
    assert TaskLink.objects.get().report == world.report()
    actions = AuditEntry.objects.filter(action__startswith="Giao nhiệm vụ").values_list(
        "action", "object_type"
    )
    assert set(actions) == {
        ("Giao nhiệm vụ", "models_dv.Task"),
        ("Giao nhiệm vụ từ báo cáo", "reports.Report"),
    }


def test_nothing_comes_out_of_a_draft(world):
    world.write()
    with pytest.raises(ExpectedError) as refused:
        give(world, world.province_author)
    assert refused.value.message == NOT_SENT


@pytest.mark.parametrize("who", ["author", "approver", "reviewer", "publisher", "stranger", "admin"])
def test_nobody_else_does(world, who):
    world.issued()
    actor = getattr(world, who)
    assert not may_give_from(actor, world.report())
    with pytest.raises(NotAllowed):
        give(world, actor)
    assert Task.objects.count() == 0


def test_a_refused_task_leaves_no_link(world):
    world.issued()
    with pytest.raises(ExpectedError):
        give(world, world.province_author, title=" ")
    assert TaskLink.objects.count() == 0


def test_the_source_is_named_and_leads_back_for_who_sees_the_report(world):
    world.issued()
    task, other = give(world, world.province_author), make_task(world)
    words = "Báo cáo 6 tháng đầu năm 2026 – Xã Phú Lâm"
    assert task_sources.texts([task, other]) == {task.pk: words, other.pk: "Giao trực tiếp"}
    url = f"/lam-viec/bao-cao/{world.report().pk}/"
    assert task_sources.link_of(task, world.author) == SourceLink(words, url)
    assert task_sources.link_of(task, world.province_author) == SourceLink(words, "")
    assert task_sources.link_of(other, world.author) == SourceLink("Giao trực tiếp")
    assert list(Task.objects.filter(task_sources.of_kind("bao-cao"))) == [task]
    assert list(Task.objects.filter(task_sources.of_kind("truc-tiep"))) == [other]


def test_the_report_lists_what_came_out_of_it_for_who_may_see_it(world):
    world.issued()
    task = give(world, world.province_author)
    UnitRole.objects.create(user=world.stranger, unit=world.communes[1], role=Role.VIEWER)
    assert list(tasks_from(world.report(), world.author)) == [task]
    assert list(tasks_from(world.report(), world.stranger)) == []
