"""The registry in the admin: the same rules, looked up through the index, written down."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv.enums import FactKind
from models_dv.models import AuditEntry, DanVanKheo
from models_dv.models.files import private_files
from tests.factories.kheo import add_photo, facts_of, make_model, make_publisher, publish
from tests.models_dv.admin.pages import HOME, change, errors_of, rows_of, text_of

pytestmark = pytest.mark.django_db
LIST = f"{HOME}models_dv/danvankheo/"


@pytest.fixture
def model(world):
    return make_model(
        world.communes[0],
        world.author,
        facts=[(FactKind.LAUNCHED, date(2026, 3, 1))],
        name="Thắp sáng đường quê",
    )


def page_of(model) -> str:
    return f"{LIST}{model.pk}/change/"


def test_the_list_is_searched_by_words_and_filtered(admin_pages, world, model):
    make_model(world.communes[1], world.author_of(world.communes[1]), name="Tổ tự quản")
    assert [row[1] for row in rows_of(admin_pages.get(f"{LIST}?q=duong+que"))] == ["Đảng uỷ xã Phú Lâm"]
    assert [row[0] for row in rows_of(admin_pages.get(f"{LIST}?tinh-trang=chua"))] == ["Tổ tự quản"]
    assert [row[0] for row in rows_of(admin_pages.get(f"{LIST}?tinh-trang=co"))] == ["Thắp sáng đường quê"]
    assert len(rows_of(admin_pages.get(f"{LIST}?tinh-trang=x"))) == 2


def test_the_list_costs_as_many_queries_for_many_rows(admin_pages, world, model):
    counts = []
    for more in (0, 5):
        for number in range(more):
            make_model(world.communes[0], world.author, name=f"m{number}")
        admin_pages.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            admin_pages.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_mending_is_one_audit_row_and_tells_who_has_it_open(admin_pages, model):
    assert change(admin_pages, page_of(model), {"name": "Thắp sáng ngõ nhỏ"}).status_code == 302
    model.refresh_from_db()
    assert (model.name, model.revision) == ("Thắp sáng ngõ nhỏ", 1)
    assert DanVanKheo.objects.filter(search_text__words=["ngo"]).exists()
    entry = AuditEntry.objects.get(action__startswith="Sửa mô hình")
    assert entry.after == {"tên mô hình, điển hình": "Thắp sáng ngõ nhỏ"}


def test_facts_keep_their_order(admin_pages, model):
    typed = {
        "facts-TOTAL_FORMS": "3",
        "facts-2-kind": "stopped",
        "facts-2-on": "01/02/2026",
        "facts-2-note": "Hết nguồn lực",
        "facts-2-model": str(model.pk),
    }
    page = change(admin_pages, page_of(model), typed)
    assert any(error.startswith("“Dừng hoạt động” (01/02/2026) trước “Ra mắt”") for error in errors_of(page))
    assert change(admin_pages, page_of(model), typed | {"facts-2-on": "01/05/2026"}).status_code == 302
    assert facts_of(model) == [FactKind.REGISTERED, FactKind.LAUNCHED, FactKind.STOPPED]


def test_no_circle_of_copies(admin_pages, world, model):
    copy = make_model(world.communes[0], world.author, origin=model)
    page = change(admin_pages, page_of(model), {"origin": str(copy.pk)})
    assert errors_of(page) == ["Mô hình gốc đã nhân rộng từ chính mô hình này. Chọn mô hình khác."]


def test_what_is_published_or_copied_is_not_deleted(admin_pages, world, model):
    publish(model, make_publisher(world.communes[0], world.author))
    assert "Mô hình đã công bố: 1" in text_of(admin_pages.get(f"{LIST}{model.pk}/delete/"))
    admin_pages.post(f"{LIST}{model.pk}/delete/", {"post": "yes"})
    assert DanVanKheo.objects.filter(pk=model.pk).exists()


def test_a_mistaken_row_goes_with_its_files(admin_pages, world, model, django_capture_on_commit_callbacks):
    photo = add_photo(model, world.author)
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_pages.post(f"{LIST}{model.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not DanVanKheo.objects.exists()
    assert not private_files().exists(photo.small)


def test_publications_are_looked_up_only(admin_pages, world, model):
    row = publish(model, make_publisher(world.communes[0], world.author))
    address = f"{HOME}models_dv/kheopublication/"
    assert [cells[0] for cells in rows_of(admin_pages.get(f"{address}?q=thap+sang"))] == [
        "Thắp sáng đường quê"
    ]
    assert rows_of(admin_pages.get(f"{address}?q=khongco")) == []
    assert admin_pages.get(f"{address}{row.pk}/change/").status_code == 200
    assert admin_pages.post(f"{address}{row.pk}/change/", {"name": "x"}).status_code == 403
