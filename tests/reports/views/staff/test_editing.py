"""The editor of one part: saving, copying, conflicts, locked parts, returns, and a session that ends while typing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from models_dv import clock
from models_dv.enums import PeriodKind, Role
from models_dv.vietnamese.dates import format_date
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, RoundState, State
from reports.models import ReportingRound, SectionText
from tests.factories.world import local, make_round, make_user

pytestmark = pytest.mark.django_db
#: A transaction inside a test is a savepoint: two statements where the product has BEGIN and COMMIT.
SAVEPOINT = 2


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


def url(world, code="S2.1", unit=None) -> str:
    return reverse("staff:part", args=[world.report(unit).pk, code])


def hidden(page) -> dict:
    """The hidden fields with which the browser would answer."""
    form = page.context["form"]
    return {name: form[name].value() for name in ("base_revision", "base_hash")}


def save(client, world, text, *, code="S2.1", page=None, **more):
    """Open the part, type, save; returns the answer to the save."""
    page = page or client.get(url(world, code))
    return client.post(url(world, code), {**hidden(page), "noi_dung": text, **more})


def stored(code="S2.1") -> SectionText:
    return SectionText.objects.get(section__code=code, edition__number=1)


# --- saving ------------------------------------------------------------------------------------------


def test_saving_stores_the_text_and_comes_back_to_the_part(author, world):
    with clock.fixed(local(2026, 7, 5, 14, 32)):
        answer = save(author, world, "\u00d0ảng uỷ chỉ đạo.\r\n- Việc một", xong="on")
        page = author.get(answer.url)
    assert (answer.status_code, answer.url) == (302, url(world))
    text = stored()
    assert (text.text, text.done, text.revision, text.updated_by) == (
        "Đảng uỷ chỉ đạo.\n- Việc một",
        True,
        1,
        world.author,
    )
    html = page.content.decode()
    assert "Đã lưu lúc 14:32" in html
    assert "Khi lưu, đã chuẩn hoá 1 ký tự (chữ Ð, dấu rời, ký tự ẩn); mặt chữ không đổi." in html
    assert page.context["form"]["noi_dung"].value() == "Đảng uỷ chỉ đạo.\n- Việc một"


def test_the_first_save_begins_the_report(author, world):
    assert world.edition().state == State.NOT_STARTED
    save(author, world, "một")
    assert world.edition().state == State.DRAFTING


def test_opening_and_sending_an_empty_part_back_begins_nothing(author, world):
    assert save(author, world, "").status_code == 302
    assert world.edition().state == State.NOT_STARTED
    assert not SectionText.objects.exists()


def test_the_other_button_goes_on_to_the_next_part(author, world):
    assert save(author, world, "một", tiep="1").url == url(world, "S2.2")
    assert save(author, world, "một", code="S5", tiep="1").url == url(world, "SL")


def test_the_next_part_says_that_the_one_before_was_saved(author, world):
    save(author, world, "một", tiep="1")
    assert "Đã lưu phần “" in author.get(url(world, "S2.2")).content.decode()


def test_text_is_shown_escaped(author, world):
    save(author, world, "<script>alert(1)</script></textarea>")
    page = author.get(url(world)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;" in page
    assert "<script>alert" not in page


def test_too_long_a_text_comes_back_with_what_was_typed(author, world):
    answer = save(author, world, "chữ " * 30_000)
    assert answer.status_code == 422
    assert answer.context["form"]["noi_dung"].value() == "chữ " * 30_000
    assert "Chuyển bớt sang phần khác rồi lưu" in answer.content.decode()
    assert not SectionText.objects.exists()


def test_saving_takes_at_most_ten_queries(author, world, django_assert_max_num_queries):
    save(author, world, "một")
    address = url(world)
    data = {**hidden(author.get(address)), "noi_dung": "hai"}
    with django_assert_max_num_queries(10 + SAVEPOINT):
        assert author.post(address, data).status_code == 302
    assert stored().text == "hai"


def test_opening_takes_the_same_few_queries_with_one_part_written_and_with_three(
    author, world, django_assert_num_queries
):
    address = url(world, "S2.1")
    author.get(address)
    for code in ("S0", "S1", "S2.1"):
        world.write(code=code, text="chữ")
        with django_assert_num_queries(10):
            author.get(address)


# --- two people on one part --------------------------------------------------------------------------


def test_a_text_saved_meanwhile_shows_both_versions_and_changes_nothing(author, world):
    page = author.get(url(world))
    other = make_user("second", "Soạn thứ hai", world.communes[0], Role.AUTHOR)
    world.write(text="bản của người khác", actor=other)
    answer = save(author, world, "bản của tôi", page=page, xong="on")
    assert answer.status_code == 409
    assert (answer.context["mine"], answer.context["theirs"].text) == ("bản của tôi", "bản của người khác")
    shown = answer.content.decode()
    assert "So sánh hai bản trước khi lưu." in shown
    assert "Soạn thứ hai vừa sửa phần này lúc" in shown
    assert "Giữ bản của Soạn thứ hai" in shown
    assert "Lưu bản vừa nhập" in shown
    assert stored().text == "bản của người khác"


def test_a_conflict_with_ones_own_other_tab_does_not_speak_of_a_person(author, world):
    page = author.get(url(world))
    world.write(text="bản ở thẻ kia")
    shown = save(author, world, "bản ở thẻ này", page=page).content.decode()
    assert "Phần này vừa được sửa ở thẻ hoặc máy khác của đồng chí lúc" in shown
    assert "Giữ bản ở thẻ kia" in shown
    assert "Giữ bản của" not in shown


def test_after_a_conflict_the_third_version_can_be_saved(author, world):
    page = author.get(url(world))
    world.write(text="hai")
    conflict = save(author, world, "một", page=page)
    data = {"noi_dung": "một và hai", "base_revision": conflict.context["base_revision"]}
    assert author.post(url(world), data).status_code == 302
    assert stored().text == "một và hai"


def test_a_third_person_in_between_is_a_conflict_again(author, world):
    page = author.get(url(world))
    world.write(text="hai")
    conflict = save(author, world, "một", page=page)
    other = save(author, world, "ba")
    assert other.status_code == 302
    data = {"noi_dung": "một", "base_revision": conflict.context["base_revision"]}
    assert author.post(url(world), data).status_code == 409
    assert stored().text == "ba"


def test_an_old_form_sent_back_untouched_is_no_conflict(author, world):
    save(author, world, "một")
    page = author.get(url(world))
    save(author, world, "hai")
    assert save(author, world, "một", page=page).status_code == 302
    assert stored().text == "hai"


def test_people_on_different_parts_do_not_meet(author, world):
    page = author.get(url(world, "S2.2"))
    world.write(code="S2.1")
    assert save(author, world, "hai", code="S2.2", page=page).status_code == 302


# --- earlier periods ---------------------------------------------------------------------------------


def test_without_an_earlier_report_the_panel_says_so(author, world):
    page = author.get(url(world)).content.decode()
    assert "Đơn vị chưa có báo cáo kỳ trước" in page
    assert 'name="sao_chep"' not in page


@pytest.fixture
def two_years(client, world):
    """An accepted report of the half year of 2025 before that of 2026."""
    present, world.round = world.round, make_round(world.province, year=2025, opened_by=world.admin)
    world.write(text="Chữ của cùng kỳ")
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue()
    world.do(Action.ACCEPT, world.reviewer)
    world.round = present
    client.force_login(world.author)
    return world


def test_the_same_part_of_the_same_period_stands_beside(client, two_years):
    page = client.get(url(two_years))
    (earlier,) = page.context["earlier"]
    assert (earlier.key, earlier.label, earlier.text) == (
        "cung_ky",
        "Cùng kỳ: 6 tháng đầu năm 2025",
        "Chữ của cùng kỳ",
    )
    assert "Chữ của cùng kỳ" in page.content.decode()


def test_the_period_just_before_stands_beside_too(client, two_years):
    world = two_years
    before = make_round(world.province, kind=PeriodKind.ANNUAL, year=2025, opened_by=world.admin)
    world.round, present = before, world.round
    world.issued(number=2)
    world.do(Action.ACCEPT, world.reviewer)
    world.round = present
    page = client.get(url(world))
    assert [earlier.label for earlier in page.context["earlier"]] == [
        "Cùng kỳ: 6 tháng đầu năm 2025",
        "Kỳ trước: năm 2025",
    ]


def test_last_years_annual_report_is_both_and_stands_there_once(client, world):
    world.round = make_round(world.province, kind=PeriodKind.ANNUAL, year=2025, opened_by=world.admin)
    world.issued()
    world.do(Action.ACCEPT, world.reviewer)
    world.round = make_round(world.province, kind=PeriodKind.ANNUAL, year=2026, opened_by=world.admin)
    client.force_login(world.author)
    page = client.get(url(world))
    assert [earlier.label for earlier in page.context["earlier"]] == ["Cùng kỳ, cũng là kỳ trước: năm 2025"]
    assert "Sao chép từ kỳ trước" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "result"),
    [("", "Chữ của cùng kỳ"), ("Đang viết", "Đang viết\n\nChữ của cùng kỳ")],
)
def test_copying_fills_or_follows_what_is_typed_and_saves_nothing(client, two_years, typed, result):
    answer = save(client, two_years, typed, sao_chep="cung_ky", xong="on")
    assert answer.status_code == 200
    assert answer.context["form"]["noi_dung"].value() == result
    assert answer.context["form"].fields["noi_dung"].widget.attrs["autofocus"]
    assert "Có thay đổi chưa lưu" in answer.content.decode()
    assert SectionText.objects.filter(edition__report__round=two_years.round).count() == 0
    again = save(client, two_years, result, page=answer)
    assert again.status_code == 302


def test_copying_what_is_not_there_changes_nothing(author, world):
    answer = save(author, world, "đang viết", sao_chep="cung_ky")
    assert (answer.status_code, answer.context["form"]["noi_dung"].value()) == (200, "đang viết")


# --- who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(client, world, method):
    client.force_login(world.stranger)
    assert getattr(client, method)(url(world)).status_code == 404


@pytest.mark.parametrize("user", ["reader", "approver", "clerk"])
def test_others_of_the_unit_read_but_do_not_write(client, world, user):
    world.write(text="- một ý")
    client.force_login(getattr(world, user))
    page = client.get(url(world))
    assert page.status_code == 200
    assert "Tài khoản này không soạn báo cáo của đơn vị, chỉ xem." in page.content.decode()
    assert "<li>một ý</li>" in page.content.decode()
    assert "Lưu ngay" not in page.content.decode()
    assert client.post(url(world), {"noi_dung": "sửa"}).status_code == 403
    assert stored().text == "- một ý"


def test_the_body_above_reads_no_draft(client, world):
    world.write()
    client.force_login(world.reviewer)
    assert client.get(url(world)).status_code == 403
    assert client.post(url(world), {"noi_dung": "sửa"}).status_code == 403


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(author, world, method):
    assert getattr(author, method)(url(world)).status_code == 405


@pytest.mark.parametrize("code", ["S2", "S9", "SX", "S3.4", "\x00", "9" * 5000])
def test_headings_and_parts_of_another_kind_of_report_are_no_pages(author, world, code):
    assert author.get(url(world, code)).status_code == 404
    assert author.post(url(world, code), {"noi_dung": "chữ"}).status_code == 404


def test_a_part_of_the_annual_report_opens_in_it(client, world):
    world.round = make_round(world.province, kind=PeriodKind.ANNUAL, opened_by=world.admin)
    client.force_login(world.author)
    assert "IV.4. Bài học kinh nghiệm" in client.get(url(world, "S3.4")).content.decode()


# --- states ------------------------------------------------------------------------------------------


def test_in_review_the_text_is_read_and_what_was_typed_is_not_lost(author, world):
    world.write(text="đã trình")
    page = author.get(url(world))
    world.do(Action.SUBMIT, world.author)
    assert "Báo cáo đang ở tình trạng “Chờ duyệt”, chỉ xem." in author.get(url(world)).content.decode()
    answer = save(author, world, "sửa thêm một câu", page=page)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "sửa thêm một câu" in shown
    assert "sao lại trước khi rời trang" in shown
    assert stored().text == "đã trình"


def test_an_issued_report_is_read_only(author, world):
    world.issued()
    page = author.get(url(world)).content.decode()
    assert "Báo cáo đang ở tình trạng “Đã gửi, chờ tiếp nhận”, chỉ xem." in page
    assert "Lưu ngay" not in page
    assert author.post(url(world), {"noi_dung": "sửa"}).status_code == 409


def test_a_closed_round_is_read_only(author, world):
    page = author.get(url(world))
    ReportingRound.objects.update(state=RoundState.CLOSED)
    assert "Đã khoá sổ, chỉ xem." in author.get(url(world)).content.decode()
    answer = save(author, world, "muộn", page=page)
    assert answer.status_code == 409
    assert "muộn" in answer.content.decode()
    assert not SectionText.objects.exists()


@pytest.fixture
def returned(world):
    """Returned from above: part S2.1 is to be mended, the others are locked; edition 2 is open."""
    world.write(code="S2.2", text="phần khác")
    world.issued()
    details = ReturnDetails(
        parts={"S2.1": "Nêu địa chỉ cụ thể", "SL": ""}, due_at=clock.now() + timedelta(days=3)
    )
    world.do(Action.SEND_BACK, world.reviewer, note="Còn thiếu số liệu", details=details)
    return world


def test_a_returned_part_shows_why_and_can_be_mended_in_the_next_edition(author, returned):
    page = author.get(url(returned))
    (comment,) = page.context["open_comments"]
    assert (comment.author, comment.when, comment.text) == (
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình",
        format_date(clock.today()),
        "Nêu địa chỉ cụ thể",
    )
    assert "hạn gửi lại" in page.content.decode()
    assert save(author, returned, "Đã nêu địa chỉ").status_code == 302
    texts = SectionText.objects.filter(section__code="S2.1").order_by("edition__number")
    assert list(texts.values_list("text", flat=True)) == ["Nội dung phần này.", "Đã nêu địa chỉ"]


def test_a_mended_part_waits_no_more(author, returned):
    before = author.get(url(returned))
    assert before.context["comments_waiting"] == 2
    save(author, returned, "Đã nêu địa chỉ")
    after = author.get(url(returned))
    assert (after.context["comments_waiting"], after.context["open_comments"]) == (1, [])
    assert [comment.settled for comment in after.context["comments"]] == [True]


def test_parts_that_were_not_returned_are_locked(author, returned):
    page = author.get(url(returned, "S2.2")).content.decode()
    assert "Phần này không nằm trong các phần được trả lại nên đang khoá, chỉ xem." in page
    answer = author.post(url(returned, "S2.2"), {"noi_dung": "sửa", "base_revision": "1"})
    assert answer.status_code == 409
    assert "sửa" in answer.content.decode()
    assert SectionText.objects.filter(text="sửa").count() == 0


def test_the_way_onward_leads_past_what_is_locked(author, returned):
    page = author.get(url(returned))
    assert (page.context["prev_url"], page.context["next_url"]) == ("", url(returned, "SL"))
    assert author.get(url(returned, "SL")).context["prev_url"] == url(returned)
    locked = author.get(url(returned, "S2.2")).context
    assert (locked["prev_url"], locked["next_url"]) == (url(returned), url(returned, "S2.3"))
    answer = save(author, returned, "Đã nêu địa chỉ", tiep="1")
    assert answer.url == url(returned, "SL")


def test_the_list_says_how_far_each_part_is(author, returned):
    lines = {line.title: line for line in author.get(url(returned)).context["lines"]}
    assert {
        title: line.status for title, line in lines.items() if title.startswith(("III.1", "III.2", "Ph"))
    } == {
        "III.1. Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận": "1 góp ý",
        "III.2. Dân vận của cơ quan nhà nước, chính quyền các cấp": "Đang khoá",
        "Phụ lục: số liệu": "1 góp ý",
    }


def test_the_list_of_a_draft_says_done_begun_and_not_begun(author, world):
    world.write(code="S0", text="xong")
    save(author, world, "mới viết", code="S1")
    page = author.get(url(world, "S1"))
    assert [line.status for line in page.context["lines"]][:3] == ["Đã xong", "Đang soạn", "Chưa soạn"]
    assert (page.context["parts_done"], page.context["parts_total"]) == (1, 18)
    assert [line.group for line in page.context["lines"]][:4] == [
        "",
        "",
        "III. Kết quả thực hiện công tác dân vận",
        "",
    ]


def test_a_return_inside_the_unit_stays_inside(client, world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Viết gọn lại")
    client.force_login(world.author)
    assert [c.text for c in client.get(url(world)).context["comments"]] == ["Viết gọn lại"]
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue()
    client.force_login(world.reviewer)
    assert client.get(url(world)).context["comments"] == []


# --- a session that ends while typing ------------------------------------------------------------------


def test_without_sign_in_the_page_asks_for_it(client, world):
    answer = client.get(url(world))
    assert (answer.status_code, answer.url) == (302, f"/dang-nhap/?next={url(world)}")


def test_typed_text_survives_the_end_of_the_session(author, world):
    data = {**hidden(author.get(url(world))), "noi_dung": "gõ <b>lâu</b>\r\nhai dòng", "xong": "on"}
    author.logout()
    answer = author.post(url(world), data)
    shown = answer.content.decode()
    assert answer.status_code == 401
    assert "Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình." in shown
    assert "Đã đăng nhập, lưu tiếp" in shown
    assert "gõ &lt;b&gt;lâu&lt;/b&gt;" in shown
    assert ("xong", "on") in answer.context["hidden"]
    assert world.report().unit_version.name not in shown
    author.force_login(world.author)
    again = dict(answer.context["hidden"]) | {"noi_dung": answer.context["text"]}
    assert author.post(url(world), again).status_code == 302
    assert stored().text == "gõ <b>lâu</b>\nhai dòng"


@pytest.fixture
def strict(world):
    """A browser whose forms need their safety token, signed in as the author."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.author)
    return client


def test_an_old_safety_token_loses_nothing_and_the_new_one_saves(strict, world):
    data = {**hidden(strict.get(url(world))), "noi_dung": "chữ vừa gõ", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(url(world), data, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert "Lưu tiếp" in answer.content.decode()
    again = dict(answer.context["hidden"]) | {"noi_dung": answer.context["text"]}
    again["csrfmiddlewaretoken"] = str(answer.context["csrf_token"])
    assert strict.post(url(world), again).status_code == 302
    assert stored().text == "chữ vừa gõ"


@pytest.mark.parametrize("origin", [{}, {"origin": "https://elsewhere.example"}])
def test_what_another_site_sends_is_shown_but_not_sent_on(strict, world, origin):
    strict.get(url(world))
    answer = strict.post(url(world), {"noi_dung": "chữ lạ"}, headers=origin)
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "chữ lạ" in shown
    assert 'method="post"' not in shown
    assert not SectionText.objects.exists()
