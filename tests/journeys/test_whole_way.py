"""The way of one report: written in a commune, approved, issued, sent back, accepted, summed up by the province."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

TITLE = "Báo cáo 6 tháng đầu năm 2026"
COMMUNE = "Đảng uỷ xã Phú Lâm"
AMBIGUOUS = "“1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)"
TOO_MANY = "“Đơn thuộc thẩm quyền” (99) lớn hơn “Đơn tiếp nhận” (50). Sửa một trong hai số"


def test_a_report_from_its_first_word_to_the_province(staff):
    author, leader = staff("chuyenvien.phulam"), staff("lanhdao.phulam")
    write_a_part(author)
    enter_figures(author)
    mend_what_blocks(author)
    hand_in(author)
    return_inside_the_commune(leader)
    mend_what_was_returned(author)
    hand_in(author)
    approve(leader)
    issue(leader)
    keep_the_file(leader)


def write_a_part(author: Visitor) -> None:
    author.sees("Soạn tiếp")
    author.check()
    author.press(f"Soạn tiếp: {TITLE}, {COMMUNE}")
    author.sees("II.5. Thực hiện dân chủ ở cơ sở", heading=True)
    author.fill(
        "Nội dung phần II.5. Thực hiện dân chủ ở cơ sở",
        "Thôn, tổ dân phố họp bàn công khai.\n- Công trình do Nhân dân quyết định.\n- Tổ hoà giải hoạt động đều.",
    )
    author.sees("Có thay đổi chưa lưu")
    author.tick("Phần này đã xong")
    author.check()
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    expect(author.field("Phần này đã xong")).to_be_checked()
    author.press("Lưu và sang phần sau")
    author.sees("II.6. Tiếp xúc, đối thoại với Nhân dân", heading=True)


def enter_figures(author: Visitor) -> None:
    author.press("Phụ lục: số liệu", within=".part-nav")
    author.sees("Phụ lục: số liệu", heading=True)
    author.fill("Ngày công lực lượng vũ trang giúp dân", "1743")
    author.fill("Lượt người được khám bệnh, cấp thuốc", "gần 250")
    author.fill("Mô hình dừng hoạt động", "không phát sinh")
    author.choose("Loại giá trị F1", "Chưa có số liệu")
    author.fill("Ngày tiếp công dân của người đứng đầu", "1.5")
    author.press("Lưu ngay")
    author.sees("Cần sửa 2 ô; các ô khác đã lưu", heading=True)
    author.sees(AMBIGUOUS, within="table")
    author.sees("Ghi lý do chưa có số liệu", within="table")
    expect(author.field("Ngày tiếp công dân của người đứng đầu")).to_have_value("1.5")
    expect(author.field("Ngày công lực lượng vũ trang giúp dân")).to_have_value("1.743")
    expect(author.field("Lượt người được khám bệnh, cấp thuốc")).to_have_value("gần 250")
    expect(author.field("Loại giá trị K7")).to_have_value("none")
    author.check()
    author.fill("Ngày tiếp công dân của người đứng đầu", "12")
    author.row("Đoàn viên, hội viên của các đoàn thể")
    author.page.locator("#gc-F1").fill("Chờ các đoàn thể rà soát")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.sees_not("Cần sửa")


def mend_what_blocks(author: Visitor) -> None:
    author.fill("Đơn tiếp nhận", "50")
    author.fill("Đơn thuộc thẩm quyền", "99")
    author.press("Lưu ngay")
    author.sees(TOO_MANY)
    author.press("Kiểm tra và trình duyệt")
    author.sees("Cần sửa 1 chỗ trước khi trình duyệt", heading=True)
    expect(author.control("Trình duyệt")).to_have_count(0)
    author.check()
    author.press(f"C5. Đơn thuộc thẩm quyền: {TOO_MANY}")
    author.fill("Đơn thuộc thẩm quyền", "40")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.sees_not(TOO_MANY)


def hand_in(author: Visitor) -> None:
    author.press("Kiểm tra và trình duyệt")
    author.sees("Trình duyệt", heading=True)
    author.sees_not("trước khi trình duyệt")
    author.press("Trình duyệt")
    author.confirm("Trình duyệt")
    author.sees("Đã trình duyệt lúc")
    author.sees("Chờ duyệt")
    author.check()


def return_inside_the_commune(leader: Visitor) -> None:
    leader.open("/lam-viec/")
    leader.page.get_by_role("link", name=re.compile(rf"{TITLE}, {COMMUNE}")).first.click()
    leader.sees("Thôn, tổ dân phố họp bàn công khai.")
    leader.sees("1.743")
    leader.check()
    leader.press("Trả lại để bổ sung")
    leader.press("Trả lại để bổ sung", within="form")
    leader.sees("Chưa nhập lý do trả lại")
    leader.fill("Lý do trả lại", "Phần dân chủ cơ sở còn chung chung")
    leader.tick("II.5 Thực hiện dân chủ ở cơ sở")
    leader.fill("Việc phải sửa ở phần II.5 Thực hiện dân chủ ở cơ sở", "Ghi số thôn đã họp bàn")
    leader.check()
    leader.press("Trả lại để bổ sung", within="form")
    leader.sees("Đã trả lại 1 phần cho Đảng uỷ xã Phú Lâm")


def mend_what_was_returned(author: Visitor) -> None:
    author.open("/lam-viec/")
    author.sees("Phần dân chủ cơ sở còn chung chung")
    author.press(f"Mở phần được trả lại: {TITLE}, {COMMUNE}")
    author.sees("Ghi số thôn đã họp bàn")
    author.fill("Nội dung phần II.5. Thực hiện dân chủ ở cơ sở", "Có 12 thôn họp bàn công khai.")
    author.tick("Phần này đã xong")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.press("II.6. Tiếp xúc, đối thoại với Nhân dân", within=".part-nav")
    author.sees("đang khoá, chỉ xem")


def approve(leader: Visitor) -> None:
    leader.open("/lam-viec/")
    leader.page.get_by_role("link", name=re.compile(rf"{TITLE}, {COMMUNE}")).first.click()
    leader.sees("Có 12 thôn họp bàn công khai.")
    leader.press("Duyệt")
    leader.sees(f"Duyệt báo cáo 6 tháng đầu năm 2026 của {COMMUNE}?")
    leader.confirm("Duyệt")
    leader.sees("Đã duyệt lúc")


def issue(leader: Visitor) -> None:
    leader.press("Phát hành, gửi")
    leader.check()
    leader.fill("Số văn bản", "11")
    leader.fill("Ngày ban hành", "31/02/2026")
    leader.fill("Họ và tên người ký", "Nguyễn Văn Mẫu")
    leader.press("Phát hành, gửi", within="form")
    leader.sees("Cần sửa trước khi gửi đi", heading=True)
    expect(leader.field("Ngày ban hành")).to_have_value("31/02/2026")
    expect(leader.field("Số văn bản")).to_have_value("11")


def keep_the_file(leader: Visitor) -> None:
    pass
