"""Tasks: who gives, reports, extends and ends them, and what is refused in which words."""

from datetime import date, timedelta

import pytest

from models_dv import clock
from models_dv.domain import tasks
from models_dv.domain.tasks import TaskValues
from models_dv.enums import TaskState
from models_dv.errors import ExpectedError, MissingInput, NotAllowed, StaleObject
from models_dv.models import AuditEntry, Task
from tests.factories.nouns import make_conclusion, make_task
from tests.factories.world import local, make_commune, make_world

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


def audit_of(task) -> list[tuple]:
    rows = AuditEntry.objects.filter(object_type="models_dv.Task", object_id=str(task.pk)).order_by("pk")
    return list(rows.values_list("action", "actor__username", "note"))


def report(task, world, **changes):
    values = {"unit": task.lead_unit, "on": TODAY, "text": "Đã rà soát 12 mô hình", "actor": world.author}
    return tasks.add_progress(task, **{**values, **changes})


# --- giving ------------------------------------------------------------------------------------------


def test_a_task_by_hand_is_open_and_written_down(world):
    joins = (world.communes[1], world.communes[2])
    task = make_task(world, joining_units=joins, product="Danh mục", lead_post="Phó Bí thư")

    assert (task.state, task.revision, task.created_by) == (TaskState.OPEN, 0, world.province_author)
    assert (task.given_on, task.due_on) == (TODAY, TODAY + timedelta(days=30))
    assert set(task.joining_units.all()) == set(joins)
    assert audit_of(task) == [("Giao nhiệm vụ", "author-an-binh", "")]
    entry = AuditEntry.objects.get(action="Giao nhiệm vụ")
    assert entry.after["đơn vị chủ trì"] == "Đảng uỷ xã Phú Lâm (xa-1)"
    assert entry.after["đơn vị phối hợp"] == ["Đảng uỷ xã Tân Hoà (xa-2)", "Đảng uỷ xã Bình Minh (xa-3)"]


@pytest.mark.parametrize("who", ["reviewer", "publisher", "author", "stranger", "admin"])
def test_only_who_keeps_the_giving_unit_gives(world, who):
    with pytest.raises(NotAllowed):
        make_task(world, actor=getattr(world, who))
    assert Task.objects.count() == 0


def test_a_unit_gives_itself_a_task(world):
    commune = world.communes[0]
    assert make_task(world, commune, giver=commune, actor=world.author).lead_unit == commune


def test_the_lead_is_the_giving_unit_or_below_it(world):
    with pytest.raises(MissingInput) as refused:
        make_task(world, world.province, giver=world.communes[0], actor=world.author)
    assert refused.value.field == "lead_unit"
    assert refused.value.message == (
        "“Tỉnh uỷ An Bình” không thuộc đơn vị giao. Chọn chính đơn vị giao hoặc một đơn vị cấp dưới."
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"due_on": TODAY - timedelta(days=1), "given_on": TODAY}, "due_on"),
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
    ],
)
def test_what_cannot_be_names_its_field(world, values, field):
    with pytest.raises(MissingInput) as refused:
        make_task(world, **values)
    assert refused.value.field == field


def test_the_lead_does_not_join_itself_and_others_join_from_below_only(world):
    for unit in (world.communes[0], make_commune(world.stranger.unit_roles.first().unit, "Khác")):
        with pytest.raises(MissingInput) as refused:
            make_task(world, joining_units=(unit,))
        assert refused.value.field == "joining_units"


def test_the_same_task_twice_is_refused(world):
    make_task(world)
    with pytest.raises(MissingInput, match="đã giao nhiệm vụ này ngày 22/11/2026"):
        make_task(world)
    assert Task.objects.count() == 1


def test_a_signed_conclusion_becomes_a_task(world):
    conclusion = make_conclusion(world.province)
    assert make_task(world, conclusion=conclusion).conclusion == conclusion


def test_an_unsigned_conclusion_does_not_bind(world):
    conclusion = make_conclusion(world.province, signed=False)
    with pytest.raises(ExpectedError) as refused:
        make_task(world, conclusion=conclusion)
    assert refused.value.message == tasks.UNSIGNED


def test_a_conclusion_of_another_unit_is_not_ours_to_give(world):
    conclusion = make_conclusion(world.province)
    with pytest.raises(MissingInput) as refused:
        make_task(
            world, world.communes[0], giver=world.communes[0], actor=world.author, conclusion=conclusion
        )
    assert refused.value.message == tasks.OTHER_CONFERENCE


# --- editing -----------------------------------------------------------------------------------------


def edit(task, world, *, revision=0, actor=None, **changes):
    values = TaskValues(
        **{"title": task.title, "lead_unit": task.lead_unit, "given_on": task.given_on, "due_on": task.due_on}
        | changes
    )
    return tasks.edit_task(task, values, revision=revision, actor=actor or world.province_author)


def test_an_edit_says_what_changed_and_is_found_by_its_new_words(world):
    task = make_task(world)
    edit(task, world, title="Đối thoại với Nhân dân", joining_units=(world.communes[1],))

    assert (task.title, task.revision) == ("Đối thoại với Nhân dân", 1)
    entry = AuditEntry.objects.get(action="Sửa nhiệm vụ")
    assert entry.before == {"nhiệm vụ": "Rà soát mô hình", "đơn vị phối hợp": []}
    assert entry.after == {
        "nhiệm vụ": "Đối thoại với Nhân dân",
        "đơn vị phối hợp": ["Đảng uỷ xã Tân Hoà (xa-2)"],
    }
    assert list(Task.objects.filter(search_text__words=["doi", "thoai"])) == [task]
    assert list(Task.objects.filter(search_text__words=["mo", "hinh"])) == []


def test_two_who_saw_the_same_task_do_not_overwrite_each_other(world):
    task, same = make_task(world), Task.objects.get()
    edit(task, world, title="Của người thứ nhất")
    with pytest.raises(StaleObject):
        edit(same, world, title="Của người thứ hai")
    assert Task.objects.get().title == "Của người thứ nhất"


def test_a_due_date_on_which_work_began_is_moved_with_a_reason_only(world):
    task = make_task(world)
    edit(task, world, due_on=TODAY + timedelta(days=20))
    assert task.due_on == TODAY + timedelta(days=20)
    report(task, world)
    with pytest.raises(MissingInput) as refused:
        edit(task, world, revision=1, due_on=TODAY + timedelta(days=50))
    assert refused.value.field == "due_on"


@pytest.mark.parametrize("who", ["author", "approver", "reviewer", "stranger"])
def test_only_the_giving_unit_edits_extends_cancels_and_opens_again(world, who):
    task, actor = make_task(world), getattr(world, who)
    for act in (
        lambda: edit(task, world, actor=actor),
        lambda: tasks.extend_task(
            task, due_on=TODAY + timedelta(days=90), reason="Chờ", revision=0, actor=actor
        ),
        lambda: tasks.cancel_task(task, reason="Thôi", revision=0, actor=actor),
        lambda: tasks.reopen_task(task, reason="Chưa xong", revision=0, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert len(audit_of(task)) == 1


# --- progress ----------------------------------------------------------------------------------------


def test_lead_and_joining_units_report(world):
    task = make_task(world, joining_units=(world.communes[1],))
    report(task, world, percent=60, evidence="Công văn 12-CV/ĐU")
    report(task, world, unit=world.communes[1], actor=world.author_of(world.communes[1]), text="Đã cử cán bộ")

    rows = task.progress.order_by("pk").values_list("unit__code", "text", "percent", "evidence")
    assert list(rows) == [
        ("xa-1", "Đã rà soát 12 mô hình", 60, "Công văn 12-CV/ĐU"),
        ("xa-2", "Đã cử cán bộ", None, ""),
    ]
    assert audit_of(task)[1:] == [
        ("Báo tiến độ nhiệm vụ", "author-xa-1", "Đã rà soát 12 mô hình"),
        ("Báo tiến độ nhiệm vụ", "author-xa-2", "Đã cử cán bộ"),
    ]
    assert Task.objects.get().revision == 0  # who reports stands in nobody's way


@pytest.mark.parametrize("who", ["reader", "clerk", "province_author", "stranger"])
def test_who_neither_leads_nor_joins_does_not_report(world, who):
    task = make_task(world)
    with pytest.raises(NotAllowed):
        report(task, world, actor=getattr(world, who))


def test_nobody_reports_for_a_unit_of_others(world):
    task = make_task(world, joining_units=(world.communes[1],))
    with pytest.raises(NotAllowed):
        report(task, world, unit=world.communes[1])


def test_a_progress_sent_twice_is_one(world):
    task = make_task(world)
    assert report(task, world) == report(task, world)
    assert (task.progress.count(), len(audit_of(task))) == (1, 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " "}, "text"),
        ({"percent": 101}, "percent"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": TODAY - timedelta(days=1)}, "on"),
    ],
)
def test_a_progress_that_cannot_be_names_its_field(world, values, field):
    task = make_task(world)
    with pytest.raises(MissingInput) as refused:
        report(task, world, **values)
    assert refused.value.field == field


# --- more time ---------------------------------------------------------------------------------------


def test_more_time_keeps_both_dates_and_the_reason(world):
    task = make_task(world)
    before = task.due_on
    later = before + timedelta(days=15)
    tasks.extend_task(task, due_on=later, reason="Chờ kinh phí", revision=0, actor=world.province_author)
    (row,) = task.extensions.all()
    assert (task.due_on, row.due_before, row.due_on, row.reason) == (later, before, later, "Chờ kinh phí")
    assert audit_of(task)[-1] == ("Gia hạn nhiệm vụ", "author-an-binh", "Chờ kinh phí")


@pytest.mark.parametrize(
    ("days", "reason", "field"), [(30, "Chờ", "due_on"), (10, "Chờ", "due_on"), (40, "", "reason")]
)
def test_more_time_is_later_and_has_a_reason(world, days, reason, field):
    task = make_task(world)
    with pytest.raises(MissingInput) as refused:
        tasks.extend_task(
            task,
            due_on=TODAY + timedelta(days=days),
            reason=reason,
            revision=0,
            actor=world.province_author,
        )
    assert refused.value.field == field
    assert task.extensions.count() == 0


def test_an_overdue_task_is_given_days_to_come(world):
    task = make_task(world)
    with clock.fixed(local(2027, 3, 15)):
        more_time = {"reason": "Chờ kinh phí", "revision": 0, "actor": world.province_author}
        with pytest.raises(MissingInput) as refused:
            tasks.extend_task(task, due_on=date(2027, 3, 14), **more_time)
        assert refused.value.message == "Ngày 14/03/2027 đã qua. Ghi hạn mới từ hôm nay trở đi."
        assert tasks.extend_task(task, due_on=date(2027, 3, 15), **more_time).due_on == date(2027, 3, 15)


# --- ending ------------------------------------------------------------------------------------------


def done(task, actor, *, revision=0, ended_on=TODAY, result="Đã rà soát xong"):
    return tasks.complete_task(task, result=result, ended_on=ended_on, revision=revision, actor=actor)


@pytest.mark.parametrize("who", ["province_author", "province_approver", "approver"])
def test_the_giver_or_the_approver_of_the_lead_says_done(world, who):
    task = make_task(world)
    done(task, getattr(world, who))
    assert (task.state, task.result, task.ended_on, task.revision) == (
        TaskState.DONE,
        "Đã rà soát xong",
        TODAY,
        1,
    )
    assert audit_of(task)[-1][::2] == ("Hoàn thành nhiệm vụ", "Đã rà soát xong")


@pytest.mark.parametrize("who", ["author", "clerk", "reviewer", "stranger"])
def test_the_author_of_the_lead_reports_and_does_not_close(world, who):
    task = make_task(world)
    with pytest.raises(NotAllowed):
        done(task, getattr(world, who))


def test_done_has_a_result_and_a_day_that_has_come(world):
    task = make_task(world)
    for changes, field in (({"result": ""}, "result"), ({"ended_on": TODAY + timedelta(days=1)}, "ended_on")):
        with pytest.raises(MissingInput) as refused:
            done(task, world.approver, **changes)
        assert refused.value.field == field


def test_cancelled_keeps_the_reason(world):
    task = make_task(world)
    tasks.cancel_task(task, reason="Trùng nhiệm vụ khác", revision=0, actor=world.province_author)
    assert (task.state, task.result, task.ended_on) == (TaskState.CANCELLED, "Trùng nhiệm vụ khác", TODAY)


def test_what_has_ended_is_closed_to_everything_until_it_is_opened_again(world):
    task = make_task(world)
    done(task, world.approver)
    for act, word in (
        (lambda: report(task, world), "báo tiến độ"),
        (lambda: edit(task, world, revision=1), "sửa"),
        (lambda: done(task, world.approver, revision=1), "kết thúc"),
    ):
        with pytest.raises(tasks.TaskClosed) as refused:
            act()
        assert refused.value.message == (
            f"Nhiệm vụ đã hoàn thành nên không {word} được. Mở lại nhiệm vụ trước."
        )

    tasks.reopen_task(task, reason="Thiếu sản phẩm", revision=1, actor=world.province_author)
    assert (task.state, task.result, task.ended_on, task.revision) == (TaskState.OPEN, "", None, 2)
    entry = AuditEntry.objects.get(action="Mở lại nhiệm vụ")
    assert (entry.note, entry.before["kết quả"]) == ("Thiếu sản phẩm", "Đã rà soát xong")
    report(task, world)


def test_who_saw_an_older_state_does_not_end_it(world):
    task, same = make_task(world), Task.objects.get()
    edit(task, world, title="Khác")
    with pytest.raises(StaleObject):
        done(same, world.approver, revision=0)


# --- overdue and visible -----------------------------------------------------------------------------


def test_overdue_is_the_day_after_the_due_day(world):
    with clock.fixed(local(2026, 11, 1)):
        task = make_task(world, due_in=21)
    assert task.due_on == TODAY
    assert list(Task.objects.overdue(TODAY)) == []
    assert list(Task.objects.overdue(TODAY + timedelta(days=1))) == [task]
    assert task.is_overdue(TODAY + timedelta(days=1)) and not task.is_overdue(TODAY)


def test_giving_leading_and_joining_units_see_a_task(world):
    task = make_task(world, joining_units=(world.communes[1],))
    seen = (world.author, world.reader, world.reviewer, world.publisher, world.author_of(world.communes[1]))
    for user in seen:
        assert list(Task.objects.visible_to(user)) == [task]
    for user in (world.author_of(world.communes[2]), world.stranger, world.admin):
        assert list(Task.objects.visible_to(user)) == []
