"""Tasks on the pages of reports: part S6, the check page, “Việc của tôi”."""

from datetime import date

import pytest
from django.urls import reverse

from models_dv import clock
from models_dv.domain import tasks
from reports.models import SectionText
from reports.views.staff import work
from tests.factories.nouns import make_task
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 6, 1)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 6, 1)):
        yield world


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


@pytest.fixture
def task(world):
    with clock.fixed(local(2026, 3, 1)):
        task = make_task(world, title="Đối thoại với hộ dân", due_on=date(2026, 6, 4))
    with clock.fixed(local(2026, 5, 1)):
        tasks.add_progress(
            task,
            unit=world.communes[0],
            on=date(2026, 5, 1),
            text="Tổ chức 3 cuộc",
            percent=70,
            actor=world.author,
        )
    return task


LINE = "1. Đối thoại với hộ dân (hạn 04/06/2026): đang thực hiện, đạt 70%. Kết quả: Tổ chức 3 cuộc."


def part_url(world, code="S6") -> str:
    return reverse("staff:part", args=[world.report().pk, code])


def form_values(page, **changes) -> dict:
    form = page.context["form"]
    return {
        "noi_dung": form["noi_dung"].value(),
        "base_revision": form["base_revision"].value(),
        "base_hash": form["base_hash"].value(),
        **changes,
    }


# --- the part ----------------------------------------------------------------------------------------


def test_the_empty_part_opens_with_the_tasks_and_nothing_is_saved(author, world, task):
    page = author.get(part_url(world))
    text = page.context["form"]["noi_dung"].value()
    assert text == f"Trong kỳ, đơn vị chủ trì 1 nhiệm vụ: 1 đang thực hiện.\n\n{LINE}"
    assert "Nội dung dưới đây lấy từ nhiệm vụ của kỳ." in page.content.decode()
    assert task.get_absolute_url() in page.content.decode()
    assert SectionText.objects.count() == 0


def test_sent_as_it_opened_it_is_saved(author, world, task):
    page = author.get(part_url(world))
    author.post(part_url(world), form_values(page))
    assert LINE in SectionText.objects.get().text


def test_what_a_person_wrote_stays(author, world, task):
    world.write(code="S6", text="Lời của xã.")
    page = author.get(part_url(world))
    assert page.context["form"]["noi_dung"].value() == "Lời của xã."
    assert not page.context["is_prefilled"]


def test_the_tasks_are_fetched_again_after_what_is_typed(author, world, task):
    world.write(code="S6", text="Lời của xã.")
    page = author.get(part_url(world))
    again = author.post(part_url(world), form_values(page, noi_dung="Đang gõ.", sao_chep="nhiem_vu"))
    text = again.context["form"]["noi_dung"].value()
    assert text.startswith("Đang gõ.\n\nTrong kỳ, đơn vị chủ trì 1 nhiệm vụ")
    assert SectionText.objects.get().text == "Lời của xã."


def test_without_tasks_and_in_other_parts_nothing_changes(author, world):
    page = author.get(part_url(world))
    assert (page.context["form"]["noi_dung"].value(), page.context["task_results"]) == ("", [])
    make_task(world)
    assert author.get(part_url(world, "S4")).context["task_results"] == []
    assert "Lấy lại từ nhiệm vụ" not in author.get(part_url(world, "S4")).content.decode()


def test_a_locked_part_shows_what_was_written_only(client, world, task):
    client.force_login(world.reader)
    page = client.get(part_url(world))
    assert not page.context["is_prefilled"]
    assert "Phần này chưa có nội dung." in page.content.decode()
    assert task.get_absolute_url() in page.content.decode()


def test_the_part_takes_few_queries_whatever_the_tasks(author, world, task, django_assert_max_num_queries):
    for number in range(3):
        make_task(world, title=f"Việc {number}")
    url = part_url(world)
    author.get(url)
    with django_assert_max_num_queries(12):
        author.get(url)


# --- the check page ----------------------------------------------------------------------------------


def test_the_check_page_reminds_of_a_task_and_lets_hand_in(author, world, task):
    world.write()
    page = author.get(reverse("staff:check", args=[world.report().pk]))
    (place,) = page.context["reminders"]
    assert (place.url, place.texts) == (
        part_url(world),
        ["Chưa nhắc 1 nhiệm vụ của kỳ: “Đối thoại với hộ dân”"],
    )
    assert page.context["can_submit"]
    assert "1 phần cần xem lại" in page.content.decode()


# --- “Việc của tôi” ----------------------------------------------------------------------------------


def groups(client) -> dict:
    page = client.get("/lam-viec/")
    return {group.title: group.items for group in page.context["groups"]} | {
        "count": page.context["work_count"]
    }


def test_tasks_overdue_and_due_soon_wait_with_one_button(author, world, task):
    before = groups(author)["count"]
    late = make_task(world, title="Trễ", given_on=date(2026, 5, 1), due_on=date(2026, 5, 31))
    make_task(world, title="Còn lâu", due_on=date(2026, 6, 9))
    found = groups(author)
    assert "Đối thoại với hộ dân" in [item.title for item in found[work.SOON]]
    (item,) = found[work.OVERDUE]
    assert item.title == "Trễ"
    assert (item.button, item.url) == ("Báo tiến độ", reverse("staff:task_progress", args=[late.pk]))
    assert (item.unit, item.reason) == ("Đảng uỷ xã Phú Lâm", "Tỉnh uỷ An Bình giao")
    assert [badge.text for badge in item.badges] == ["Quá hạn 1 ngày"]
    assert "Còn lâu" in [item.title for item in found[work.DRAFTING]]
    assert found["count"] == before + 2


def test_the_number_in_the_bar_counts_them_in_the_one_query(world, task, django_assert_num_queries):
    user = world.approver
    user.unit_roles.exists()
    work.unit_and_count(user)
    with django_assert_num_queries(1):
        assert work.unit_and_count(user) == ("Xã Phú Lâm", 1)


@pytest.mark.parametrize("who", ["reader", "clerk", "province_author", "reviewer", "stranger"])
def test_they_wait_for_who_reports_on_them(client, world, task, who):
    client.force_login(getattr(world, who))
    assert task.title not in client.get("/lam-viec/").content.decode()


def test_a_task_that_has_ended_waits_no_more(author, world, task):
    tasks.complete_task(task, result="Xong", ended_on=clock.today(), revision=0, actor=world.province_author)
    assert task.title not in author.get("/lam-viec/").content.decode()
