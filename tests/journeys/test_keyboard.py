"""A report mended and handed in without a mouse."""

import re

from playwright.sync_api import expect

from tests.journeys.portal import PASSWORD

MODELS = "Nội dung phần III.8. Phong trào thi đua “Dân vận khéo”"


def test_a_returned_report_is_mended_with_the_keyboard_alone(visitor):
    one = visitor()
    one.open("/dang-nhap/")
    expect(one.field("Tên đăng nhập")).to_be_focused()
    one.type("chuyenvien.tanhoa")
    one.key("Tab")
    one.type(PASSWORD)
    one.key("Enter")
    one.sees("Việc của tôi", heading=True)
    skip_the_menu(one)
    write_the_part(one)
    move_in_the_table(one)
    go_from_error_to_error(one)
    hand_in(one)


def skip_the_menu(one):
    one.key("Tab")
    one.sees("Chuyển đến nội dung chính")
    one.key("Enter")
    assert one.page.evaluate("document.activeElement.id") == "main"


def write_the_part(one):
    one.walk_to("Mở phần được trả lại: Báo cáo 6 tháng đầu năm 2026")
    one.key("Enter")
    one.sees("III.8. Phong trào thi đua “Dân vận khéo”", heading=True)
    one.sees("Bổ sung địa chỉ cụ thể và kết quả của ít nhất một mô hình tiêu biểu")
    one.walk_to(MODELS)
    one.key("Control+End", "Enter")
    one.type("Mô hình “Dòng kênh sạch” ở thôn 4: 12 hộ tham gia.")
    one.walk_to("Phần này đã xong")
    if not one.field("Phần này đã xong").is_checked():
        one.key("Space")
    one.key("Control+s")
    one.sees("Đã lưu lúc")
    expect(one.field(MODELS)).to_have_value(re.compile("Dòng kênh sạch"))


def move_in_the_table(one):
    one.walk_to("Phụ lục: số liệu")
    one.key("Enter")
    one.sees("Xem lại số lượt người dự đối thoại (C9)")
    one.walk_to("Ngày tiếp công dân của người đứng đầu")
    before = one.field("Ngày tiếp công dân của người đứng đầu").input_value()
    one.type("77")
    one.key("Escape")
    expect(one.field("Ngày tiếp công dân của người đứng đầu")).to_have_value(before)
    one.key("Enter")
    expect(one.field("Lượt tiếp công dân")).to_be_focused()
    one.key("ArrowDown")
    expect(one.field("Công dân được tiếp")).to_be_focused()
    one.key("ArrowUp")
    expect(one.field("Lượt tiếp công dân")).to_be_focused()
    one.type("1743")
    one.key("Enter")
    expect(one.field("Lượt tiếp công dân")).to_have_value("1.743")


def go_from_error_to_error(one):
    one.type("1.5")
    one.key("Control+s")
    one.sees("1 ô chưa lưu")
    one.key("F8")
    expect(one.field("Công dân được tiếp")).to_be_focused()
    expect(one.field("Công dân được tiếp")).to_have_value("1.5")
    one.type("60")
    one.key("Control+s")
    one.sees("Đã lưu lúc")


def hand_in(one):
    one.walk_to("Kiểm tra và trình duyệt")
    one.key("Enter")
    one.sees("Trình duyệt", heading=True)
    one.walk_to("Trình duyệt")
    one.key("Enter")
    expect(one.page.get_by_role("dialog")).to_be_visible()
    one.key("Escape")
    expect(one.page.get_by_role("dialog")).not_to_be_visible()
    one.key("Enter")
    one.walk_to("Trình duyệt")
    one.key("Enter")
    one.sees("Đã trình duyệt lúc")
