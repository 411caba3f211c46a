"""Tasks in the admin: looked up quickly, mended; the rest is done on the staff pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv import clock
from models_dv.domain.tasks import add_progress
from models_dv.models import AuditEntry, Task
from tests.factories.nouns import make_task
from tests.factories.world import local, make_world
from tests.models_dv.admin.pages import change, rows_of, text_of

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/models_dv/task/"


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


def test_a_row_names_lead_due_state_and_giver(admin_pages, world):
    make_task(world)
    assert rows_of(admin_pages.get(LIST)) == [
        ["Rà soát mô hình", "Đảng uỷ xã Phú Lâm", "22/12/2026", "Đang thực hiện", "Tỉnh uỷ An Bình"]
    ]


def test_words_without_accents_and_filters_narrow_the_list(admin_pages, world):
    make_task(world, title="Đối thoại với Nhân dân")
    make_task(world, due_in=3)
    with clock.fixed(local(2026, 10, 1)):
        make_task(world, title="Tập huấn", due_in=20)
    assert len(rows_of(admin_pages.get(LIST, {"q": "doi thoai"}))) == 1
    assert len(rows_of(admin_pages.get(LIST, {"q": "khong co"}))) == 0
    assert len(rows_of(admin_pages.get(LIST, {"han": "qua-han"}))) == 1
    assert len(rows_of(admin_pages.get(LIST, {"han": "gap"}))) == 2


def test_words_are_mended_the_rest_is_read(admin_pages, world):
    task = make_task(world)
    path = f"{LIST}{task.pk}/change/"
    assert "Đơn vị, hạn và tình trạng đổi ở trang nhiệm vụ, kèm lý do." in text_of(admin_pages.get(path))
    change(admin_pages, path, {"title": "Rà soát điển hình"})
    task.refresh_from_db()
    assert (task.title, task.revision, task.state) == ("Rà soát điển hình", 1, "open")
    (entry,) = AuditEntry.objects.filter(action="Sửa nhiệm vụ")
    assert entry.after == {"nhiệm vụ": "Rà soát điển hình"}
    assert list(Task.objects.filter(search_text__words=["dien"])) == [task]


def test_what_was_reported_is_mended_under_the_task(admin_pages, world):
    task = make_task(world)
    add_progress(task, unit=task.lead_unit, on=clock.today(), text="Đã rà soat", actor=world.author)
    change(admin_pages, f"{LIST}{task.pk}/change/", {"progress-0-text": "Đã rà soát"})
    assert task.progress.get().text == "Đã rà soát"


def test_the_list_costs_as_many_queries_with_many_rows(admin_pages, world):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            admin_pages.get(LIST)
        return len(queries)

    make_task(world)
    one = asked()
    for number in range(5):
        make_task(world, world.communes[number % 3], title=f"Việc {number}")
    assert asked() == one
