"""The check page: errors with links, warnings with an explanation, what is missing; and Trình duyệt."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from reports.domain import filling
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, State
from reports.models import EditionEvent, Figure
from tests.factories.world import local

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


def url(world, unit=None) -> str:
    return reverse("staff:check", args=[world.report(unit).pk])


def submit_url(world) -> str:
    return reverse("staff:submit", args=[world.report().pk])


def step(page) -> dict:
    """The hidden fields of the form that hands in, with the explanations as they stand on the page."""
    fields = re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in fields}


def submit(client, world, **changes):
    page = client.get(url(world))
    return client.post(submit_url(world), {**step(page), **changes})


# --- the page ----------------------------------------------------------------------------------------


def test_an_empty_report_cannot_be_handed_in(author, world):
    page = author.get(url(world))
    assert [error["text"] for error in page.context["errors"]] == [
        "Báo cáo chưa có nội dung. Nhập phần lời và số liệu trước khi trình duyệt"
    ]
    assert "Cần sửa 1 chỗ trước khi trình duyệt" in page.content.decode()
    assert submit_url(world) not in page.content.decode()


def test_errors_lead_to_the_exact_cell(author, world):
    world.write(C4=52, C5=57)
    page = author.get(url(world))
    address = reverse("staff:part", args=[world.report().pk, "SL"])
    assert page.context["errors"] == [
        {
            "text": "C5. Đơn thuộc thẩm quyền: “Đơn thuộc thẩm quyền” (57) lớn hơn “Đơn tiếp nhận” (52). "
            "Sửa một trong hai số",
            "href": f"{address}#ct-C5",
        }
    ]
    html = page.content.decode()
    assert "<title>(1 lỗi) Kiểm tra và trình duyệt" in html
    assert f'href="{address}#ct-C5"' in html
    assert submit_url(world) not in html


def test_missing_parts_lead_to_their_pages_and_stop_nothing(author, world):
    world.write(code="S2.1", A1=1)
    page = author.get(url(world))
    *parts, figures = page.context["missing"]
    missing = {gap.text: gap.href for gap in parts}
    assert len(missing) == 16
    typed = figures.count
    assert figures.text == f"Phụ lục: số liệu, {typed} chỉ tiêu chưa nhập"
    assert figures.href == reverse("staff:part", args=[world.report().pk, "SL"]) + "#ct-A2"
    assert page.context["missing_words"] == f"16 phần chưa có nội dung, {typed} chỉ tiêu chưa nhập"
    assert page.context["warnings"] == []
    assert missing["I. Đặc điểm tình hình"] == reverse("staff:part", args=[world.report().pk, "S0"])
    assert page.context["can_submit"]


def test_an_explanation_is_kept_as_the_note_of_the_figure(author, world):
    world.write(A7=5, A8=3)
    page = author.get(url(world))
    (place,) = [place for place in page.context["warnings"] if place.code == "A8"]
    assert place.explain
    data = {"goc": page.context["base"], "gc_A8": " Lớp mở  cuối kỳ "}
    answer = author.post(url(world), data)
    assert (answer.status_code, answer.url) == (302, url(world))
    assert Figure.objects.get(indicator__code="A8").note == "Lớp mở cuối kỳ"
    assert Figure.objects.get(indicator__code="A8").value == 3
    assert 'value="Lớp mở cuối kỳ"' in author.get(url(world)).content.decode()


def test_what_is_explained_is_told_from_what_is_not(author, world):
    world.write(A7=5, A8=3, C10=5, C11=9)
    page = author.get(url(world))
    before = page.context["unexplained"]
    assert page.context["explained"] == 0
    assert f'<h2 id="warnings">{before} chỗ cần giải thích</h2>' in page.content.decode()
    author.post(url(world), {"goc": page.context["base"], "gc_A8": "Lớp mở cuối kỳ"})
    page = author.get(url(world))
    html = page.content.decode()
    assert f'<h2 id="warnings">{before - 1} chỗ cần giải thích, 1 chỗ đã ghi lý do</h2>' in html
    assert html.count("Đã ghi lý do") == 1
    assert [place.code for place in page.context["warnings"] if place.is_explained] == ["A8"]


def test_the_summary_leads_to_what_is_found_and_the_button_is_in_the_bar(author, world):
    world.write(A7=5, A8=3)
    html = author.get(url(world)).content.decode()
    links = re.findall(r'<li><a href="#([\w-]+)"><b>', html)
    assert links == ["warnings", "missing", "missing"]
    assert all(f'id="{name}"' in html for name in links)
    bar = re.search(r'<section class="sticky-bar acts-bar".*?</section>', html, re.DOTALL)[0]
    assert 'href="#submit"' in bar
    assert html.count('href="#submit"') == 1


def test_an_explanation_changed_meanwhile_is_not_overwritten(author, world):
    world.write(A7=5, A8=3)
    page = author.get(url(world))
    world.enter(A8=4)
    answer = author.post(url(world), {"goc": page.context["base"], "gc_A8": "Của tôi"})
    assert answer.status_code == 409
    assert 'value="Của tôi"' in answer.content.decode()
    assert Figure.objects.get(indicator__code="A8").note == ""


def test_too_long_an_explanation_comes_back(author, world):
    world.write(A7=5, A8=3)
    page = author.get(url(world))
    answer = author.post(url(world), {"goc": page.context["base"], "gc_A8": "a" * 501})
    assert answer.status_code == 422
    assert "Ghi chú dài quá 500 chữ cái. Rút gọn rồi lưu" in answer.content.decode()
    assert "a" * 501 in answer.content.decode()


def test_cells_without_a_number_ask_for_one_not_for_an_explanation(author, world):
    world.write(A3=5)
    places = {place.code: place for place in author.get(url(world)).context["warnings"]}
    assert not places["A4"].explain


def test_without_a_number_to_explain_there_is_no_button_for_notes(author, world):
    world.write(A3=5)
    assert "Lưu ghi chú" not in author.get(url(world)).content.decode()


def test_a_report_handed_in_says_so(author, world):
    world.write(A1=1)
    world.do(Action.SUBMIT, world.author)
    html = author.get(url(world)).content.decode()
    assert "Báo cáo đang ở tình trạng “Chờ duyệt”, chỉ xem." in html
    assert submit_url(world) not in html


# --- handing in --------------------------------------------------------------------------------------


def test_handing_in_takes_the_step_and_gives_a_receipt(author, world):
    world.write(A1=1)
    with clock.fixed(local(2026, 7, 5, 14, 32)):
        answer = submit(author, world)
    event = EditionEvent.objects.get(action=Action.SUBMIT)
    assert (answer.status_code, answer.url) == (302, world.report().get_absolute_url())
    assert (world.edition().state, event.actor) == (State.IN_REVIEW, world.author)
    message = f"Đã trình duyệt lúc 14:32 ngày 05/07/2026. Mã {event.receipt}"
    assert message in author.get(answer.url).content.decode()


def test_the_page_asks_in_the_words_of_the_step_and_says_what_is_left(author, world):
    world.write(A1=1)
    page = author.get(url(world))
    html = page.content.decode()
    dialog = re.search(r'<dialog id="submit".*?</dialog>', html, re.DOTALL)[0]
    assert f'form="check-form" formaction="{submit_url(world)}"' in dialog
    words = re.fullmatch(
        r"Trình lãnh đạo duyệt báo cáo 6 tháng đầu năm 2026\? Còn (.*)\. "
        "Trong khi chờ duyệt, chỉ sửa được khi được trả lại",
        page.context["question"],
    )[1]
    assert words == page.context["missing_words"]
    assert page.context["question"] in dialog


def test_explanations_typed_on_the_page_go_along(author, world):
    world.write(A7=5, A8=3)
    answer = submit(author, world, gc_A8="Lớp mở cuối kỳ")
    assert (answer.status_code, world.edition().state) == (302, State.IN_REVIEW)
    assert Figure.objects.get(indicator__code="A8").note == "Lớp mở cuối kỳ"


def test_explanations_do_not_hide_that_the_content_was_changed_meanwhile(author, world):
    world.write(A7=5, A8=3)
    data = {**step(author.get(url(world))), "gc_A8": "Lớp mở cuối kỳ"}
    world.write(code="S2.2", text="Người khác viết")
    answer = author.post(submit_url(world), data)
    assert (answer.status_code, world.edition().state) == (409, State.DRAFTING)
    assert Figure.objects.get(indicator__code="A8").note == "Lớp mở cuối kỳ"


def test_nothing_is_handed_in_when_an_explanation_cannot_be_saved(author, world):
    world.write(A7=5, A8=3)
    data = {**step(author.get(url(world))), "gc_A8": "Của tôi"}
    world.enter(A8=4)
    answer = author.post(submit_url(world), data)
    assert (answer.status_code, world.edition().state) == (409, State.DRAFTING)
    assert answer.context["refused"].endswith(
        "Chưa trình duyệt vì ghi chú chưa lưu được. Sửa ghi chú rồi bấm lại."
    )
    assert 'value="Của tôi"' in answer.content.decode()
    answer = submit(author, world, gc_A8="ữ" * 5000)
    assert (answer.status_code, world.edition().state) == (422, State.DRAFTING)


def test_returned_parts_that_nobody_mended_are_named(author, world):
    world.write(A1=1)
    world.do(Action.SUBMIT, world.author)
    details = ReturnDetails(parts={"S2.1": "Nêu địa chỉ", "S2.2": ""})
    world.do(Action.RETURN, world.approver, note="Sửa", details=details)
    returned = author.get(url(world)).context["returned"]
    assert [(gap.text, gap.words) for gap in returned] == [
        ("III.1. Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận", "Nêu địa chỉ"),
        ("III.2. Dân vận của cơ quan nhà nước, chính quyền các cấp", ""),
    ]
    assert [gap.href for gap in returned] == [
        reverse("staff:part", args=[world.report().pk, code]) for code in ("S2.1", "S2.2")
    ]
    assert "Còn 2 phần được trả lại chưa sửa" in author.get(url(world)).context["question"]

    for code, text, base in (("S2.1", "\nNội dung  phần này.\n\n", 1), ("S2.2", "Đã nêu.", 0)):
        save = {"text": text, "done": True, "base_revision": base, "actor": world.author}
        filling.save_section(world.edition(), world.section(code), **save)
    assert [gap.words for gap in author.get(url(world)).context["returned"]] == ["Nêu địa chỉ"]


def test_a_double_press_is_one_step_with_one_receipt(author, world):
    world.write(A1=1)
    data = step(author.get(url(world)))
    answers = [author.post(submit_url(world), data) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert EditionEvent.objects.filter(action=Action.SUBMIT).count() == 1


def test_errors_that_came_up_meanwhile_stand_in_the_way(author, world):
    world.write(A1=1)
    data = step(author.get(url(world)))
    world.enter(C4=1, C5=2)
    data["revision"] = str(world.edition().revision)
    answer = author.post(submit_url(world), data)
    assert answer.status_code == 409
    assert "Cần sửa 1 chỗ trước khi trình duyệt" in answer.content.decode()
    assert world.edition().state == State.DRAFTING


def test_content_changed_since_the_page_was_opened_stops_the_step(author, world):
    world.write(A1=1)
    data = step(author.get(url(world)))
    world.enter(A2=3)
    answer = author.post(submit_url(world), data)
    assert answer.status_code == 409
    assert "Nội dung báo cáo vừa thay đổi sau khi trang này được mở." in answer.content.decode()
    assert author.post(submit_url(world), step(answer)).status_code == 302


@pytest.mark.parametrize("broken", [{"key": ""}, {"revision": ""}, {"revision": "x"}, {"key": "k" * 65}])
def test_a_form_without_its_hidden_fields_is_refused(author, world, broken):
    world.write(A1=1)
    answer = submit(author, world, **broken)
    assert answer.status_code == 422
    assert "Trang này đã cũ. Tải lại trang rồi làm lại." in answer.content.decode()
    assert world.edition().state == State.DRAFTING


def test_a_returned_report_is_handed_in_again(author, world):
    world.write(A1=1)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Viết gọn lại")
    assert submit(author, world).status_code == 302
    assert world.edition().state == State.IN_REVIEW


def test_pressed_once_more_it_says_what_became_of_it(author, world):
    world.write(A1=1)
    sent = {"key": "once", "revision": world.edition().revision}
    for _press in range(2):
        answer = author.post(submit_url(world), sent, follow=True)
        [message] = answer.context["messages"]
        assert (message.level_tag, "Sau đó" in message.message) == ("success", False)
    world.do(Action.RETURN, world.approver, note="Viết gọn lại")
    [message] = author.post(submit_url(world), sent, follow=True).context["messages"]
    assert message.level_tag == "warning"
    assert re.search(
        r"Mã \w{8}\. Sau đó Duyệt xa-1 đã trả lại để bổ sung lúc .* không làm thêm gì\.", message.message
    )
    assert world.edition().state == State.RETURNED


# --- who may -----------------------------------------------------------------------------------------


def test_a_stranger_finds_nothing(client, world):
    world.write(A1=1)
    client.force_login(world.stranger)
    assert client.get(url(world)).status_code == 404
    assert client.post(url(world)).status_code == 404
    assert client.post(submit_url(world), {"key": "k", "revision": "1"}).status_code == 404


@pytest.mark.parametrize("user", ["reader", "approver", "reviewer"])
def test_only_authors_explain_and_hand_in(client, world, user):
    world.write(A1=1)
    client.force_login(getattr(world, user))
    assert client.post(url(world), {"gc_A1": "lạ"}).status_code == 403
    data = {"key": "k", "revision": str(world.edition().revision)}
    assert client.post(submit_url(world), data).status_code == 403
    assert world.edition().state == State.DRAFTING


def test_the_unit_reads_the_findings_without_the_button(client, world):
    world.write(A1=1)
    client.force_login(world.approver)
    page = client.get(url(world))
    assert page.status_code == 200
    assert submit_url(world) not in page.content.decode()


def test_other_methods_are_refused(author, world):
    assert author.get(submit_url(world)).status_code == 405
    assert author.put(url(world)).status_code == 405


def test_handing_in_after_the_session_ended_goes_on_after_sign_in(author, world):
    world.write(A1=1)
    data = step(author.get(url(world)))
    author.logout()
    answer = author.post(submit_url(world), data)
    assert answer.status_code == 401
    author.force_login(world.author)
    assert author.post(submit_url(world), dict(answer.context["hidden"])).status_code == 302
    assert world.edition().state == State.IN_REVIEW


def test_handing_in_takes_at_most_fifteen_queries(author, world):
    world.write(A1=1)
    data, address = step(author.get(url(world))), submit_url(world)
    with CaptureQueriesContext(connection) as captured:
        assert author.post(address, data).status_code == 302
    assert sum("SAVEPOINT" not in query["sql"] for query in captured) <= 15


def test_explanations_that_come_too_late_stand_on_the_page(author, world):
    world.write(K4=250)
    world.do(Action.SUBMIT, world.author)
    page = author.post(url(world), {"goc": "", "gc_K4": "Tăng do thành lập hai tổ mới"})
    assert page.status_code == 409
    assert page.context["typed"] == [("K4", "Tăng do thành lập hai tổ mới")]
    assert "Tăng do thành lập hai tổ mới" in page.content.decode()
    assert Figure.objects.get(indicator__code="K4").note == ""


def test_an_explanation_in_a_locked_table_stands_on_the_page(author, world):
    world.write(K4=250)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails(parts={"S2.1": "Sửa"}))
    page = author.post(url(world), {"goc": "", "gc_K4": "Tăng do thành lập hai tổ mới"})
    assert (page.status_code, page.context["typed"]) == (409, [("K4", "Tăng do thành lập hai tổ mới")])
    assert page.context["refused"] == (
        "“Phụ lục: số liệu” không nằm trong các phần được trả lại nên đang khoá, ghi chú chưa lưu được. "
        "Cần sửa phần này thì đề nghị người duyệt trả lại cả phần này."
    )


def test_warnings_of_a_locked_table_are_read_with_their_notes(author, world):
    world.write(A7=5, A8=3, C10=5, C11=9)
    page = author.get(url(world))
    author.post(url(world), {"goc": page.context["base"], "gc_A8": "Lớp mở cuối kỳ"})
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails(parts={"S2.1": "Sửa"}))
    html = author.get(url(world)).content.decode()
    assert "gc_" not in html
    assert "Lưu ghi chú" not in html
    assert "Ghi chú: Lớp mở cuối kỳ" in html
    assert html.count("“Phụ lục: số liệu” không nằm trong các phần được trả lại nên đang khoá") == 1
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails(parts={"SL": ""}))
    html = author.get(url(world)).content.decode()
    assert 'name="gc_A8"' in html
    assert "đang khoá" not in html


def test_a_note_that_was_not_saved_does_not_stand_as_the_one_that_is_kept(author, world):
    world.write(A7=5, A8=3)
    page = author.get(url(world))
    author.post(url(world), {"goc": page.context["base"], "gc_A8": "Lớp mở cuối kỳ"})
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails(parts={"S2.1": "Sửa"}))
    page = author.post(url(world), {"goc": page.context["base"], "gc_A8": "Khác"})
    assert page.context["typed"] == [("A8", "Khác")]
    assert "Ghi chú: Lớp mở cuối kỳ" in page.content.decode()
