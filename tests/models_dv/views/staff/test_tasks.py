"""Staff pages of tasks: the table, the board, giving, one task and what happens to it."""

import csv
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from models_dv.domain import tasks as domain
from models_dv.enums import Role, TaskState
from models_dv.errors import NotAllowed
from models_dv.models import Task, TaskFile, UnitRole
from tests.factories.nouns import make_conclusion, make_task
from tests.factories.world import local, make_world
from tests.models_dv.domain.uploaded import PDF, brought

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
LIST, NEW = "/lam-viec/nhiem-vu/", "/lam-viec/nhiem-vu/moi/"


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


@pytest.fixture
def giver(client, world):
    """The client of the province's author, who gives tasks."""
    client.force_login(world.province_author)
    return client


@pytest.fixture
def lead(client, world):
    """The client of the author of the commune that leads."""
    client.force_login(world.author)
    return client


def past_task(world, days_ago: int, due_in: int, **values) -> Task:
    """Given some days ago, due so many days after that."""
    with clock.fixed(local(2026, 11, 22) - timedelta(days=days_ago)):
        return make_task(world, due_in=due_in, **values)


def titles(page) -> list[str]:
    return [task.title for task in page.context["tasks"]]


def url(name: str, task: Task) -> str:
    return reverse(f"staff:{name}", args=[task.pk])


def queries_of(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


# --- the table ---------------------------------------------------------------------------------------


def test_the_table_says_who_by_when_in_which_state_and_where_from(giver, world):
    make_task(world, lead_post="Phó Bí thư", conclusion=make_conclusion(world.province))
    text = giver.get(LIST).content.decode()
    for words in (
        "1 nhiệm vụ",
        "Rà soát mô hình",
        "Đảng uỷ xã Phú Lâm",
        "Phó Bí thư",
        "22/12/2026",
        "Còn 30 ngày",
        "Đang thực hiện",
        "Kết luận: Hội nghị sơ kết 6 tháng",
        "Giao: Tỉnh uỷ An Bình",
    ):
        assert words in text


def test_open_tasks_stand_first_by_due_date_then_the_last_ended(giver, world):
    make_task(world, title="Không hạn", due_in=None)
    make_task(world, title="Còn 9 ngày", due_in=9)
    past_task(world, 30, 20, title="Quá hạn 10 ngày")
    for number, title in enumerate(("Xong trước", "Xong sau")):
        task = past_task(world, 40, 90 if number else 5, title=title)
        domain.complete_task(
            task,
            result="Xong",
            ended_on=date(2026, 11, 1 + number),
            revision=0,
            actor=world.province_author,
        )
    page = giver.get(LIST)
    assert titles(page) == ["Quá hạn 10 ngày", "Còn 9 ngày", "Không hạn", "Xong sau", "Xong trước"]
    badges = [task.due_badge and task.due_badge.text for task in page.context["tasks"]]
    assert badges == ["Quá hạn 10 ngày", "Còn 9 ngày", None, None, "Chậm 14 ngày"]
    taken = giver.post("/lam-viec/xuat-excel/nhiem-vu/", {"format": "csv"})
    rows = list(csv.DictReader(taken.getvalue().decode("utf-8-sig").splitlines()))
    assert [row["Nhiệm vụ"] for row in rows] == titles(page)
    assert [row["Số ngày quá hạn"] for row in rows] == ["10", "", "", "", "14"]


def test_the_day_itself_is_said_in_words(giver, world):
    make_task(world, due_in=0)
    assert "Hôm nay là hạn" in giver.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=doi+thoai", ["Đối thoại"]),
        ("q=%C4%91%E1%BB%91i", ["Đối thoại"]),
        ("chu_tri=tan+hoa", ["Đối thoại"]),
        ("giao=phu+lam", ["Của xã"]),
        ("tinh_trang=done", []),
        ("han=qua-han", ["Trễ"]),
        ("han=7-ngay", ["Đối thoại"]),
        ("han=sau-7-ngay", ["Của xã"]),
        ("han=30-ngay", ["Đối thoại", "Của xã"]),
        ("han=khong-han", []),
        ("tu=01/12/2026", ["Của xã"]),
        ("den=26/11/2026", ["Trễ", "Đối thoại"]),
        ("nguon=ket-luan", ["Trễ"]),
        ("nguon=truc-tiep", ["Đối thoại", "Của xã"]),
        ("nguon=bao-cao", []),
        ("q=khong+co+gi", []),
    ],
)
def test_filters(client, world, query, found):
    make_task(world, world.communes[1], title="Đối thoại", due_in=4)
    commune = world.communes[0]
    make_task(world, commune, giver=commune, actor=world.author, title="Của xã", due_in=20)
    past_task(world, 30, 10, title="Trễ", conclusion=make_conclusion(world.province))
    client.force_login(world.reviewer)
    page = client.get(f"{LIST}?{query}")
    assert titles(page) == found
    assert len(page.context["chips"]) == 1


def test_the_filters_in_force_are_told_and_dropped_one_by_one(giver):
    page = giver.get(f"{LIST}?tu=1/12/2026&han=qua-han&nguon=bao-cao&trang=3&xem=bang")
    assert [(chip.label, chip.value, chip.url) for chip in page.context["chips"]] == [
        ("Hạn", "Quá hạn", "?tu=1%2F12%2F2026&nguon=bao-cao&xem=bang"),
        ("Hạn từ ngày", "01/12/2026", "?han=qua-han&nguon=bao-cao&xem=bang"),
        ("Nguồn", "Báo cáo", "?tu=1%2F12%2F2026&han=qua-han&xem=bang"),
    ]
    assert page.context["clear_url"] == f"{LIST}?xem=bang"


def test_a_wrong_date_in_a_filter_is_said_at_the_field(giver, world):
    page = giver.get(f"{LIST}?tu=31/02/2026")
    assert page.status_code == 200
    assert "Không có ngày 31/02/2026" in page.content.decode()


def test_an_empty_list_says_what_to_try(giver):
    assert "Chưa có nhiệm vụ nào" in giver.get(LIST).content.decode()
    assert "Không có nhiệm vụ nào khớp bộ lọc" in giver.get(f"{LIST}?q=x").content.decode()


def test_everybody_sees_his_own_units_tasks_only(client, world):
    make_task(world)
    client.force_login(world.stranger)
    assert titles(client.get(LIST)) == []
    client.force_login(world.reader)
    page = client.get(LIST)
    assert titles(page) == ["Rà soát mô hình"]
    assert NEW not in page.content.decode()


def test_the_table_and_the_board_take_few_queries_whatever_the_rows(client, world):
    make_task(world, joining_units=(world.communes[1],), conclusion=make_conclusion(world.province))
    client.force_login(world.reviewer)
    one = [queries_of(client, LIST), queries_of(client, f"{LIST}?xem=bang")]
    for number, commune in enumerate(world.communes):
        make_task(
            world,
            commune,
            title=f"Việc {number}",
            joining_units=tuple(unit for unit in world.communes if unit != commune),
        )
    assert [queries_of(client, LIST), queries_of(client, f"{LIST}?xem=bang")] == one
    assert max(one) <= 8


# --- the board ---------------------------------------------------------------------------------------


def test_the_board_sorts_by_how_pressing_a_task_is(giver, world):
    past_task(world, 30, 10, title="Trễ")
    make_task(world, title="Gấp", due_in=7)
    make_task(world, title="Còn lâu", due_in=8)
    make_task(world, title="Không hạn", due_in=None)
    done = make_task(world, title="Xong")
    domain.complete_task(done, result="x", ended_on=TODAY, revision=0, actor=world.province_author)
    gone = make_task(world, title="Bỏ")
    domain.cancel_task(gone, reason="x", revision=0, actor=world.province_author)

    page = giver.get(f"{LIST}?xem=bang")
    columns = {column.title: [task.title for task in column.tasks] for column in page.context["columns"]}
    assert list(columns.items()) == [
        ("Quá hạn", ["Trễ"]),
        ("Sắp đến hạn", ["Gấp"]),
        ("Đang thực hiện", ["Còn lâu", "Không hạn"]),
        ("Hoàn thành", ["Xong"]),
    ]
    assert page.context["count"] == 5


@pytest.mark.parametrize(
    "query", ["chu_tri=phu+lam&giao=an-binh&q=a&nguon=ket-luan", "giao=an-binh&han=qua-han"]
)
def test_the_board_narrowed_by_units(client, world, query):
    past_task(world, 30, 10, title="Trễ a")
    client.force_login(world.reviewer)
    page = client.get(f"{LIST}?xem=bang&{query}")
    assert page.status_code == 200
    assert page.context["count"] == (0 if "nguon" in query else 1)


def test_a_card_offers_what_may_be_done_without_dragging(giver, world):
    task = make_task(world, title="Gấp", due_in=7)
    text = giver.get(f"{LIST}?xem=bang").content.decode()
    for name in ("task_complete", "task_extend", "task_edit", "task_cancel"):
        assert url(name, task) in text
    assert url("task_progress", task) not in text


def test_a_long_column_leads_to_all_of_it(giver, world):
    for number in range(13):
        make_task(world, title=f"Việc {number:02d}", due_in=10 + number)
    page = giver.get(f"{LIST}?xem=bang&q=viec")
    column = page.context["columns"][2]
    assert (column.count, len(column.tasks), column.url) == (13, 12, "?q=viec&han=sau-7-ngay")
    assert giver.get(LIST + column.url).context["shown"].page.paginator.count == 13


# --- giving ------------------------------------------------------------------------------------------


def typed(**changes) -> dict:
    values = {
        "title": "Rà soát mô hình",
        "lead_unit": "xã phú lâm",
        "given_on": "22/11/2026",
        "due_on": "31/12/2026",
    }
    return {**values, **changes}


def test_a_task_is_given_with_names_typed_without_accents(giver, world):
    answer = giver.post(NEW, typed(lead_unit="phu lam", joining_units=["tan hoa", "", "Xã Bình Minh"]))
    task = Task.objects.get()
    assert answer.url == task.get_absolute_url()
    assert (task.giving_unit, task.lead_unit, task.due_on) == (
        world.province,
        world.communes[0],
        date(2026, 12, 31),
    )
    assert {unit.code for unit in task.joining_units.all()} == {"xa-2", "xa-3"}


def test_more_places_for_units_that_join_without_saving(giver, world):
    names = ["Xã Tân Hoà", "Xã Bình Minh", "Xã Phú Lâm"]
    page = giver.post(NEW, typed(title="", joining_units=names) | {"them_o": "1"})
    assert (page.status_code, Task.objects.count(), page.context["form"].errors) == (200, 0, {})
    text = page.content.decode()
    assert text.count('name="joining_units"') == 6
    assert all(f'name="joining_units" value="{name}"' in text for name in names)
    assert 'data-dirty="1"' in text


def test_the_units_that_may_lead_are_suggested(giver, world):
    form = giver.get(NEW).context["form"]
    assert form.unit_names == [
        "Tỉnh uỷ An Bình",
        "Đảng uỷ xã Bình Minh",
        "Đảng uỷ xã Phú Lâm",
        "Đảng uỷ xã Tân Hoà",
    ]


def test_a_name_that_fits_several_or_none_is_asked_about(giver, world):
    page = giver.post(NEW, typed(lead_unit="xã", joining_units=["Cao Sơn"]))
    assert page.status_code == 422
    errors = page.context["form"].errors
    assert errors["lead_unit"][0].startswith("Có nhiều đơn vị khớp “xã”: ")
    assert errors["joining_units"][0].startswith("Không có đơn vị “Cao Sơn”")
    assert 'value="Cao Sơn"' in page.content.decode()
    assert Task.objects.count() == 0


def test_what_the_domain_refuses_stands_at_its_field(giver, world):
    page = giver.post(NEW, typed(due_on="21/11/2026"))
    assert page.context["form"].errors == {"due_on": ["Hạn hoàn thành phải từ ngày giao trở đi."]}


def test_who_works_for_two_units_chooses_the_giving_one(giver, world):
    UnitRole.objects.create(user=world.province_author, unit=world.communes[1], role=Role.AUTHOR)
    form = giver.get(NEW).context["form"]
    assert [label for _key, label in form.fields["giving_unit"].choices] == [
        "Tỉnh uỷ An Bình",
        "Đảng uỷ xã Tân Hoà",
    ]
    giver.post(NEW, typed(lead_unit="tân hoà", giving_unit=world.communes[1].pk))
    assert Task.objects.get().giving_unit == world.communes[1]


def test_a_conclusion_fills_the_form_and_stays_tied(giver, world):
    conclusion = make_conclusion(world.province, text="Rà soát các mô hình.\nBáo cáo trước 15/12.")
    page = giver.get(f"{NEW}?ket-luan={conclusion.pk}")
    assert page.context["form"]["content"].value() == conclusion.text
    assert "Kết luận: Hội nghị sơ kết 6 tháng" in page.content.decode()
    giver.post(f"{NEW}?ket-luan={conclusion.pk}", typed())
    assert Task.objects.get().conclusion == conclusion


def test_an_unsigned_conclusion_is_refused_in_words(giver, world):
    conclusion = make_conclusion(world.province, signed=False)
    for answer in (
        giver.get(f"{NEW}?ket-luan={conclusion.pk}"),
        giver.post(f"{NEW}?ket-luan={conclusion.pk}", typed()),
    ):
        assert answer.status_code == 409
        assert domain.UNSIGNED in answer.content.decode()
    assert Task.objects.count() == 0


@pytest.mark.parametrize("asked", ["0", "x", "99999999999999999999", "²"])
def test_a_conclusion_that_is_not_there_is_not_found(giver, asked):
    assert giver.get(NEW, {"ket-luan": asked}).status_code == 404


def test_a_conclusion_of_a_conference_of_others(client, world):
    own, foreign = make_conclusion(world.province), make_conclusion(world.communes[1])
    client.force_login(world.author)
    assert client.get(f"{NEW}?ket-luan={foreign.pk}").status_code == 404
    assert client.get(f"{NEW}?ket-luan={own.pk}").status_code == 404
    UnitRole.objects.create(user=world.author, unit=world.province, role=Role.VIEWER)
    client.force_login(world.author)
    assert client.get(f"{NEW}?ket-luan={own.pk}").status_code == 403


# --- one task ----------------------------------------------------------------------------------------


def test_the_page_tells_everything(giver, world):
    task = past_task(
        world,
        30,
        40,
        content="Lập danh mục",
        product="Danh mục",
        joining_units=(world.communes[1],),
        joining_others="Công an xã",
    )
    domain.add_progress(
        task,
        unit=world.communes[0],
        on=date(2026, 11, 20),
        text="Đã rà soát",
        percent=60,
        evidence="CV 12",
        actor=world.author,
    )
    domain.extend_task(
        task, due_on=date(2027, 1, 15), reason="Chờ kinh phí", revision=0, actor=world.province_author
    )
    text = giver.get(url("task", task)).content.decode()
    for words in (
        "Lập danh mục",
        "Đảng uỷ xã Tân Hoà",
        "Công an xã",
        "Danh mục",
        "Giao trực tiếp",
        "Tính đến 20/11/2026 · 60%",
        "Minh chứng: CV 12",
        "Đơn vị chủ trì báo đạt 60%",
        "Chờ kinh phí",
        "15/01/2027",
    ):
        assert words in text


def test_how_far_it_is_is_what_the_leading_unit_says(giver, world):
    task = make_task(world, joining_units=(world.communes[1],))
    for unit, actor, percent in (
        (world.communes[0], world.author, 40),
        (world.communes[1], world.author_of(world.communes[1]), 90),
    ):
        domain.add_progress(task, unit=unit, on=TODAY, text="Đã làm", percent=percent, actor=actor)
    assert giver.get(url("task", task)).context["percent"] == 40


def test_what_may_be_done_depends_on_who_looks(client, world):
    task = make_task(world)
    labels = {}
    for who in ("province_author", "author", "approver", "reader"):
        client.force_login(getattr(world, who))
        labels[who] = [act.label for act in client.get(url("task", task)).context["acts"]]
    assert labels == {
        "province_author": ["Hoàn thành", "Gia hạn", "Sửa", "Huỷ nhiệm vụ"],
        "author": ["Báo tiến độ"],
        "approver": ["Báo tiến độ", "Hoàn thành"],
        "reader": [],
    }


def test_the_page_costs_as_many_queries_with_three_rows_as_with_one(giver, world):
    task = past_task(world, 30, 60, joining_units=(world.communes[1],))

    def report(day):
        domain.add_progress(
            task, unit=world.communes[0], on=date(2026, 11, day), text=f"Ngày {day}", actor=world.author
        )

    report(1)
    one = queries_of(giver, url("task", task))
    report(2)
    report(3)
    task.joining_units.add(world.communes[2])
    assert queries_of(giver, url("task", task)) == one
    assert one <= 14


def test_progress_is_reported_on_the_page(lead, world):
    task = make_task(world)
    assert url("task_progress", task) in lead.get(url("task", task)).content.decode()
    lead.post(url("task_progress", task), {"text": "Đã rà soát", "on": "22/11/2026", "percent": "40"})
    row = task.progress.get()
    assert (row.unit, row.text, row.percent, row.written_by) == (
        world.communes[0],
        "Đã rà soát",
        40,
        world.author,
    )


def test_a_file_shows_what_progress_says(lead, world):
    task = make_task(world)
    values = {"text": "Đã rà soát", "on": "22/11/2026", "uploaded": brought(PDF, "Biên bản.pdf")}
    assert lead.post(url("task_progress", task), values).status_code == 302
    file = task.progress.get().files.get()
    assert (str(file), file.uploaded_by) == ("Biên bản.pdf", world.author)
    assert file.get_absolute_url() in lead.get(url("task", task)).content.decode()
    assert b"".join(lead.get(file.get_absolute_url()).streaming_content) == PDF
    lead.post(url("task_progress", task), values | {"uploaded": brought(PDF, "Biên bản.pdf")})
    assert (task.progress.count(), TaskFile.objects.count()) == (1, 1)
    page = lead.post(url("task_progress", task), values | {"uploaded": brought(b"MZ", "a.exe")})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["uploaded"])


def test_a_file_of_who_does_not_report_is_not_kept(world):
    task = make_task(world)
    values = {"unit": world.communes[0], "on": TODAY, "text": "Đã làm"}
    with pytest.raises(NotAllowed):
        domain.add_progress(task, **values, uploaded=brought(PDF), actor=world.stranger)
    assert TaskFile.objects.count() == 0


def test_a_wrong_progress_comes_back_with_everything_typed(lead, world):
    task = make_task(world)
    page = lead.post(url("task_progress", task), {"text": "Đã rà soát", "on": "23/11/2026", "percent": "140"})
    assert page.status_code == 422
    assert page.context["form"].errors == {"percent": ["Mức hoàn thành từ 0 đến 100"]}
    assert "Đã rà soát" in page.content.decode()
    page = lead.post(url("task_progress", task), {"text": "Đã rà soát", "on": "23/11/2026"})
    assert list(page.context["form"].errors) == ["on"]


def test_who_reports_for_two_units_chooses(lead, world):
    UnitRole.objects.create(user=world.author, unit=world.communes[1], role=Role.AUTHOR)
    task = make_task(world, joining_units=(world.communes[1],))
    form = lead.get(url("task_progress", task)).context["form"]
    assert [label for _key, label in form.fields["unit"].choices] == [
        "Đảng uỷ xã Phú Lâm",
        "Đảng uỷ xã Tân Hoà",
    ]


def test_an_edit_and_a_stale_one(giver, world):
    task = make_task(world, joining_units=(world.communes[1],))
    page = giver.get(url("task_edit", task))
    assert page.context["form"]["joining_units"].value() == ["Đảng uỷ xã Tân Hoà"]
    giver.post(url("task_edit", task), typed(title="Đã đổi", revision="0"))
    stale = giver.post(url("task_edit", task), typed(title="Của tôi", revision="0"))
    assert stale.status_code == 422
    assert "vừa được người khác sửa" in stale.content.decode()
    assert 'name="revision" value="1"' in stale.content.decode()
    assert Task.objects.get().title == "Đã đổi"


def test_a_form_without_its_hidden_field_says_so(giver, world):
    task = make_task(world)
    for name, values in (("task_edit", typed()), ("task_cancel", {"reason": "Thôi"})):
        page = giver.post(url(name, task), values)
        assert page.context["form"].non_field_errors() == ["Trang này đã cũ. Tải lại trang rồi làm lại."]


def test_a_due_date_with_progress_is_not_edited(giver, world):
    task = make_task(world)
    domain.add_progress(task, unit=world.communes[0], on=TODAY, text="Đã làm", actor=world.author)
    assert giver.get(url("task_edit", task)).context["form"].fields["due_on"].disabled
    giver.post(url("task_edit", task), typed(title="Đổi tên", due_on="01/01/2027", revision="0"))
    task.refresh_from_db()
    assert (task.title, task.due_on) == ("Đổi tên", date(2026, 12, 22))


def test_from_open_to_done_and_back(giver, world):
    task = make_task(world)
    giver.post(url("task_extend", task), {"due_on": "31/12/2026", "reason": "Chờ kinh phí", "revision": "0"})
    giver.post(
        url("task_complete", task),
        {"ended_on": "22/11/2026", "result": "Đã ban hành danh mục", "revision": "1"},
    )
    task.refresh_from_db()
    assert (task.state, task.due_on) == (TaskState.DONE, date(2026, 12, 31))
    page = giver.get(url("task", task))
    assert "Đã ban hành danh mục" in page.content.decode()
    assert [act.label for act in page.context["acts"]] == ["Mở lại"]

    back = giver.get(url("task_extend", task), follow=True)
    assert "Nhiệm vụ đã hoàn thành nên không gia hạn được. Mở lại nhiệm vụ trước." in back.content.decode()
    giver.post(url("task_reopen", task), {"reason": "Thiếu phụ lục", "revision": "2"})
    task.refresh_from_db()
    assert task.state == TaskState.OPEN
    assert "Thiếu phụ lục" in giver.get(url("task", task)).content.decode()


def test_the_last_progress_is_offered_as_the_result(giver, world):
    task = make_task(world)
    domain.add_progress(task, unit=world.communes[0], on=TODAY, text="Đã xong 43 mô hình", actor=world.author)
    assert giver.get(url("task_complete", task)).context["form"]["result"].value() == "Đã xong 43 mô hình"


def test_a_reason_is_needed(giver, world):
    task = make_task(world)
    page = giver.post(url("task_cancel", task), {"reason": " ", "revision": "0"})
    assert page.context["form"].errors == {"reason": ["Chưa nhập lý do huỷ"]}


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("stranger", "task", 404),
        ("stranger", "task_edit", 404),
        ("admin", "task", 404),
        ("reader", "task_progress", 403),
        ("author", "task_edit", 403),
        ("author", "task_complete", 403),
        ("province_author", "task_progress", 403),
    ],
)
def test_who_may_not(client, world, who, name, status):
    task = make_task(world)
    client.force_login(getattr(world, who))
    assert client.get(url(name, task)).status_code == status


def test_wrong_methods(giver, world):
    task = make_task(world)
    assert giver.post(LIST).status_code == 405
    assert giver.post(url("task", task)).status_code == 405
    assert giver.delete(url("task_progress", task)).status_code == 405
