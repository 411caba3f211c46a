"""Without a script too: two windows on one part, a session that ends while somebody types; every word stays."""

import pytest
from playwright.sync_api import expect

from tests.journeys.portal import PASSWORD
from tests.journeys.visitor import Visitor

REPORT = "Báo cáo năm 2026, Đảng uỷ phường Trung Tâm"
REQUESTS = "Nội dung phần VII. Kiến nghị, đề xuất"


@pytest.fixture
def staff(visitor):
    """Signs somebody in whose browser runs no script."""
    return lambda username: visitor(script=False).sign_in(username)


def open_part(one: Visitor, title: str) -> None:
    one.open("/lam-viec/")
    one.follow(REPORT)
    one.follow(title, within=".part-nav")
    one.sees(title, heading=True)


def test_two_windows_on_one_part(staff):
    first, second = staff("chuyenvien.trungtam"), staff("chuyenvien.trungtam")
    for window in (first, second):
        open_part(window, "VII. Kiến nghị, đề xuất")
    first.fill(REQUESTS, "Đề nghị mở thêm lớp bồi dưỡng.")
    first.press("Lưu ngay")
    first.sees("Đã lưu lúc")

    second.fill(REQUESTS, "Đề nghị cấp kinh phí cho tổ hoà giải.")
    second.press("Lưu ngay")
    second.sees("Hai bản của VII. Kiến nghị, đề xuất", heading=True)
    second.sees("So sánh hai bản trước khi lưu")
    second.sees("Đề nghị mở thêm lớp bồi dưỡng.")
    expect(second.field("Bản ghép")).to_have_value("Đề nghị cấp kinh phí cho tổ hoà giải.")
    second.fill("Bản ghép", "Đề nghị mở thêm lớp bồi dưỡng; cấp kinh phí cho tổ hoà giải.")
    second.press("Lưu bản ghép")
    second.sees("Đã lưu lúc")

    open_part(first, "VII. Kiến nghị, đề xuất")
    expect(first.field(REQUESTS)).to_have_value(
        "Đề nghị mở thêm lớp bồi dưỡng; cấp kinh phí cho tổ hoà giải."
    )


def test_a_session_that_ends_while_somebody_types(staff):
    one = staff("chuyenvien.trungtam")
    open_part(one, "VI. Phương hướng, nhiệm vụ trọng tâm")
    plans = "Nội dung phần VI. Phương hướng, nhiệm vụ trọng tâm"
    one.fill(plans, "Nhân rộng mô hình ở 12 tổ dân phố.")
    one.page.context.clear_cookies(name="session")
    one.press("Lưu ngay")
    one.sees("Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình.")
    expect(one.field("Nội dung vừa nhập")).to_have_value("Nhân rộng mô hình ở 12 tổ dân phố.")
    with one.page.context.expect_page() as opened:
        one.press("Đăng nhập ở thẻ mới")
    other = Visitor(opened.value, one.base)
    other.fill("Tên đăng nhập", "chuyenvien.trungtam")
    other.fill("Mật khẩu", PASSWORD)
    other.press("Đăng nhập", within="main")
    other.sees("VI. Phương hướng, nhiệm vụ trọng tâm", heading=True)
    one.press("Đã đăng nhập, lưu tiếp")
    one.sees("Biểu mẫu này đã cũ nên chưa lưu được. Nội dung vừa nhập vẫn còn trên màn hình.")
    one.press("Lưu tiếp")
    one.sees("Đã lưu lúc")
    expect(one.field(plans)).to_have_value("Nhân rộng mô hình ở 12 tổ dân phố.")
    assert other.problems == []


def test_figures_too_outlive_the_session(staff):
    one = staff("chuyenvien.trungtam")
    open_part(one, "Phụ lục: số liệu")
    one.fill("Lượt tiếp công dân", "gần 250")
    one.page.context.clear_cookies(name="session")
    one.press("Lưu ngay")
    one.sees("Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình.")
    one.unfold("Xem số liệu vừa nhập")
    one.sees("gần 250")


def test_an_old_page_says_so_and_keeps_the_words(staff):
    one = staff("chuyenvien.trungtam")
    open_part(one, "VI. Phương hướng, nhiệm vụ trọng tâm")
    one.fill("Nội dung phần VI. Phương hướng, nhiệm vụ trọng tâm", "Lời viết trên trang cũ.")
    one.page.context.clear_cookies()
    one.press("Lưu ngay")
    one.sees("Nội dung chưa được lưu", heading=True)
    expect(one.field("Nội dung vừa nhập")).to_have_value("Lời viết trên trang cũ.")
