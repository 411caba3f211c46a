"""The draft: nothing by default, nothing typed lost, stale and repeated saves."""

import re

import pytest

from reports.enums import Action, PublicationState
from reports.models import PublicationEvent
from tests.reports.views.staff.publishing_help import (
    CHOSEN,
    client_of,
    draft,
    filled,
    make_issued_world,
    typed,
    url,
    waiting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    return make_issued_world()


def test_a_save_keeps_words_and_choices(world):
    version = draft(world)
    answer = client_of(world.publisher).post(url("publication_edit", version.pk), typed(version, **CHOSEN))
    assert answer["Location"] == url("publication_edit", version.pk)
    version.refresh_from_db()
    assert (version.title, version.lead, version.revision) == ("Tiêu đề mới", "Lời dẫn mới.", 1)
    sections = [(s.code, s.title, s.text) for s in version.sections.all()]
    assert sections == [("S2.1", "Lãnh đạo", "Lời viết lại.")]
    figures = [(f.code, f.value, f.qualifier, f.is_key, f.note) for f in version.figures.all()]
    assert figures == [("A1", 5, "", False, "Số ước"), ("K4", 250, "gan", True, "")]


def test_an_unfinished_draft_is_saved(world):
    version = draft(world)
    client_of(world.publisher).post(url("publication_edit", version.pk), typed(version, title="", lead=""))
    version.refresh_from_db()
    assert (version.title, version.revision) == ("", 1)


def test_the_page_of_a_saved_draft_shows_what_was_chosen(world):
    version = filled(world)
    page = client_of(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    checked = set(re.findall(r'<input type="checkbox" name="([^"]+)"[^>]*checked', page))
    assert checked == {"s_S2.1", "f_K4", "k_K4", "f_A1"}
    assert "Lời công khai." in page and "gần 250" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": "a" * 251}, "Đang dài 251 chữ cái. Rút gọn còn nhiều nhất 250"),
        ({"lead": "a" * 1001}, "Đang dài 1.001 chữ cái. Rút gọn còn nhiều nhất 1.000"),
        ({"s_S2.1_text": " "}, "Nhập nội dung công khai của phần"),
        (
            {f"{kind}_{code}": "on" for kind in "fk" for code in ("A1", "A3", "C2", "E6", "K4")},
            "Chọn nhiều nhất 4 con số chính; đang chọn 5.",
        ),
        ({"base_revision": "x"}, "Trang này đã cũ"),
        ({"key": ""}, "Trang này đã cũ"),
    ],
)
def test_an_error_saves_nothing_and_keeps_everything_typed(world, change, message):
    version = draft(world)
    data = typed(version, **{**CHOSEN, "lead": "Lời vừa gõ", **change})
    answer = client_of(world.publisher).post(url("publication_edit", version.pk), data)
    page = answer.content.decode()
    assert answer.status_code == 200 and message in page
    assert "Số ước" in page and "Lãnh đạo" in page
    version.refresh_from_db()
    assert version.revision == 0


def test_what_is_not_offered_cannot_be_chosen(world):
    version = draft(world)
    data = typed(version, s_S1="on", s_S1_title="x", s_S1_text="y", f_B3="on")
    client_of(world.publisher).post(url("publication_edit", version.pk), data)
    version.refresh_from_db()
    assert (version.sections.count(), version.figures.count(), version.revision) == (0, 0, 1)


def test_a_stale_save_shows_both_versions_and_the_second_press_counts(world):
    version = draft(world)
    seen = typed(version, **CHOSEN)
    filled(world, version, title="Của người khác")
    client = client_of(world.second_publisher)
    page = client.post(url("publication_edit", version.pk), seen).content.decode()
    assert "Người khác vừa lưu dự thảo này" in page
    assert "Của người khác" in page and "Tiêu đề mới" in page and "Lời viết lại." in page
    assert 'name="base_revision" value="1"' in page
    client.post(url("publication_edit", version.pk), seen | {"base_revision": 1})
    version.refresh_from_db()
    assert (version.title, version.revision) == ("Tiêu đề mới", 2)


def test_a_mistake_in_a_stale_form_does_not_hide_that_it_is_stale(world):
    version = draft(world)
    seen = typed(version, title="a" * 251)
    filled(world, version)
    page = client_of(world.second_publisher).post(url("publication_edit", version.pk), seen).content.decode()
    assert 'name="base_revision" value="0"' in page


def test_the_same_save_sent_twice_counts_once(world):
    version = draft(world)
    client = client_of(world.publisher)
    for _press in range(2):
        answer = client.post(url("publication_edit", version.pk), typed(version, **CHOSEN))
        assert answer["Location"] == url("publication_edit", version.pk)
    version.refresh_from_db()
    assert version.revision == 1


def test_saving_goes_on_to_the_preview_or_to_the_second_person(world):
    version = draft(world)
    client = client_of(world.publisher)
    answer = client.post(url("publication_edit", version.pk), typed(version, act="preview"))
    assert answer["Location"] == url("publication_preview", version.pk)
    ask = typed(version, act="ask", base_revision=1, **CHOSEN)
    for _press in range(2):
        answer = client.post(url("publication_edit", version.pk), ask)
        assert answer["Location"] == url("publication_preview", version.pk)
    version.refresh_from_db()
    assert version.state == PublicationState.IN_REVIEW
    assert PublicationEvent.objects.count() == 1


def test_asking_for_an_incomplete_draft_saves_it_and_says_what_is_missing(world):
    version = draft(world)
    client = client_of(world.publisher)
    page = client.post(
        url("publication_edit", version.pk), typed(version, lead="", act="ask", **CHOSEN)
    ).content.decode()
    assert "Nhập lời dẫn trước khi gửi duyệt" in page and 'name="base_revision" value="1"' in page
    version.refresh_from_db()
    assert (version.state, version.title) == (PublicationState.DRAFT, "Tiêu đề mới")


def test_a_version_that_waits_is_read_only(world):
    version = waiting(world)
    client = client_of(world.publisher)
    answer = client.get(url("publication_edit", version.pk), follow=True)
    assert answer.redirect_chain == [(url("publication_preview", version.pk), 302)]
    assert "Chờ duyệt" in answer.content.decode()
    page = client.post(url("publication_edit", version.pk), typed(version, **CHOSEN)).content.decode()
    assert "nên chỉ xem, không sửa" in page and "Lời viết lại." in page


def test_the_checklist_names_numbers_of_people_and_damaged_words(world):
    version = filled(
        world, lead="Liên hệ 0912 345 678. Tồn dân cơng tác; có 300 mô hình, điển hình tiêu biểu"
    )
    page = client_of(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    assert "“0912 345 678” ở lời dẫn: có thể là số điện thoại hoặc số định danh cá nhân" in page
    assert "2 từ nghi sai bảng mã" in page
    assert "“Mô hình, điển hình tiêu biểu”: phần lời ghi 300, phụ lục ghi 250" in page


def test_a_draft_from_an_edition_no_longer_in_force_is_marked(world):
    version = filled(world)
    world.do(Action.CORRECT, world.province_approver, world.province, note="Sửa")
    world.do(Action.SUBMIT, world.province_author, world.province)
    world.do(Action.APPROVE, world.province_approver, world.province)
    world.issue(world.province, actor=world.province_clerk, number=4)
    page = client_of(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    assert "Báo cáo đã có bản khác có hiệu lực" in page
