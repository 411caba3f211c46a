"""The way of one report: written in a commune, approved, issued, sent back, accepted, summed up by the province."""

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor
from tests.reports.documents.reading import embedded_fonts, text_of

TITLE = "Báo cáo 6 tháng đầu năm 2026"
COMMUNE, PROVINCE = "Đảng uỷ xã Phú Lâm", "Tỉnh uỷ An Bình"
DEMOCRACY = "Nội dung phần III.5. Thực hiện dân chủ ở cơ sở"
NOW = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY, IN_A_WEEK = f"{NOW:%d/%m/%Y}", f"{NOW + timedelta(7):%d/%m/%Y}"
AMBIGUOUS = "“1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)"
TOO_MANY = "“Đơn thuộc thẩm quyền” (99) lớn hơn “Đơn tiếp nhận” (50). Sửa một trong hai số"


def test_a_report_from_its_first_word_to_the_public(staff, reader):
    author, leader = staff("chuyenvien.phulam"), staff("lanhdao.phulam")
    write_a_part(author)
    enter_figures(author)
    mend_what_blocks(author)
    explain_what_is_unusual(author)
    hand_in(author)
    return_inside_the_commune(leader)
    mend_what_was_returned(author)
    hand_in(author)
    approve(leader, "Có 12 thôn họp bàn công khai.")
    issue(leader)
    keep_the_file(leader)
    reviewer = staff("chuyenvien.anbinh")
    send_back(reviewer)
    hand_in_the_next_edition(author, leader)
    accept(reviewer)
    write_the_province_report(reviewer)
    see_who_is_missing(reviewer)
    head = staff("lanhdao.anbinh")
    issue_the_province_report(reviewer, head, staff("vanthu.anbinh"))
    publish(reviewer, head)
    read(reader)


def write_a_part(author: Visitor) -> None:
    author.sees("Soạn tiếp")
    author.check()
    author.press(f"Soạn tiếp: {TITLE}, {COMMUNE}")
    author.sees("III.5. Thực hiện dân chủ ở cơ sở", heading=True)
    author.fill(
        DEMOCRACY,
        "Thôn, tổ dân phố họp bàn công khai.\n- Công trình do Nhân dân quyết định.\n- Tổ hoà giải hoạt động đều.",
    )
    author.sees("Đã lưu lúc")
    author.tick("Phần này đã xong")
    author.check()
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    expect(author.field("Phần này đã xong")).to_be_checked()
    author.press("Phần sau")
    author.sees("III.6. Tiếp xúc, đối thoại với Nhân dân", heading=True)


def enter_figures(author: Visitor) -> None:
    author.follow("Phụ lục: số liệu", within=".part-nav")
    author.sees("Phụ lục: số liệu", heading=True)
    author.fill("Ngày công lực lượng vũ trang giúp dân", "1743")
    author.fill("Lượt người được khám bệnh, cấp thuốc", "gần 250")
    author.fill("Mô hình dừng hoạt động", "không phát sinh")
    author.choose("Loại giá trị F1", "Chưa có số liệu")
    author.fill("Ngày tiếp công dân của người đứng đầu", "1.5")
    author.press("Lưu ngay")
    author.sees("2 ô chưa lưu")
    author.sees(AMBIGUOUS, within="table")
    author.sees("Ghi lý do chưa có số liệu", within="table")
    expect(author.field("Ngày tiếp công dân của người đứng đầu")).to_have_value("1.5")
    expect(author.field("Ngày công lực lượng vũ trang giúp dân")).to_have_value("1.743")
    expect(author.field("Lượt người được khám bệnh, cấp thuốc")).to_have_value("gần 250")
    expect(author.field("Loại giá trị K7")).to_have_value("none")
    author.check()
    author.fill("Ngày tiếp công dân của người đứng đầu", "12")
    author.fill("Ghi chú F1", "Chờ các đoàn thể rà soát")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.sees_not(AMBIGUOUS)


def mend_what_blocks(author: Visitor) -> None:
    author.fill("Đơn tiếp nhận", "50")
    author.fill("Đơn thuộc thẩm quyền", "99")
    author.press("Lưu ngay")
    author.sees(TOO_MANY)
    author.press("Kiểm tra và trình duyệt", within=".report-bar")
    author.sees("Cần sửa 1 chỗ trước khi trình duyệt", heading=True)
    expect(author.control("Trình duyệt")).to_have_count(0)
    author.check()
    author.press(f"C5. Đơn thuộc thẩm quyền: {TOO_MANY}")
    author.fill("Đơn thuộc thẩm quyền", "40")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.sees_not(TOO_MANY)


def explain_what_is_unusual(author: Visitor) -> None:
    author.press("Kiểm tra và trình duyệt", within=".report-bar")
    author.sees("so với cùng kỳ. Nếu đúng, ghi lý do vào ghi chú")
    author.fill("Ghi chú H1", "Khắc phục mưa lũ tháng 5")
    author.check()
    author.press("Lưu ghi chú")
    author.sees("Đã lưu ghi chú.")
    expect(author.field("Ghi chú H1")).to_have_value("Khắc phục mưa lũ tháng 5")


def hand_in(author: Visitor) -> None:
    if not author.path.endswith("/kiem-tra/"):
        author.press("Kiểm tra và trình duyệt", within=".report-bar")
    author.sees("Trình duyệt", heading=True)
    author.sees_not("trước khi trình duyệt")
    author.press("Trình duyệt")
    author.confirm("Trình duyệt")
    author.sees("Đã trình duyệt lúc")
    author.sees("Chờ duyệt")
    author.check()


def return_inside_the_commune(leader: Visitor) -> None:
    leader.open("/lam-viec/")
    leader.follow(f"{TITLE}, {COMMUNE}")
    leader.sees("Thôn, tổ dân phố họp bàn công khai.")
    leader.sees("1.743")
    leader.check()
    leader.press("Trả lại để bổ sung")
    leader.press("Trả lại để bổ sung", within="form")
    leader.sees("Chưa nhập lý do trả lại")
    leader.fill("Lý do trả lại", "Phần dân chủ cơ sở còn chung chung")
    leader.tick("III.5. Thực hiện dân chủ ở cơ sở")
    leader.fill("Việc phải sửa ở phần III.5. Thực hiện dân chủ ở cơ sở", "Ghi số thôn đã họp bàn")
    leader.check()
    leader.press("Trả lại để bổ sung", within="form")
    leader.sees("Đã trả lại 1 phần cho Đảng uỷ xã Phú Lâm")


def mend_what_was_returned(author: Visitor) -> None:
    author.open("/lam-viec/")
    author.sees("Phần dân chủ cơ sở còn chung chung")
    author.press(f"Mở phần được trả lại: {TITLE}, {COMMUNE}")
    author.sees("Ghi số thôn đã họp bàn")
    author.fill(DEMOCRACY, "Có 12 thôn họp bàn công khai.")
    author.tick("Phần này đã xong")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.follow("III.6. Tiếp xúc, đối thoại với Nhân dân", within=".part-nav")
    author.sees("đang khoá, chỉ xem")
    author.check()


def approve(leader: Visitor, words: str) -> None:
    leader.open("/lam-viec/")
    leader.follow(f"{TITLE}, {COMMUNE}")
    leader.press("Xem toàn bộ")
    leader.sees(words)
    leader.press("Duyệt")
    leader.sees(f"Duyệt báo cáo 6 tháng đầu năm 2026 của {COMMUNE}?")
    leader.confirm("Duyệt")
    leader.sees("Đã duyệt lúc")


def issue(leader: Visitor) -> None:
    leader.press("Phát hành, gửi")
    leader.check()
    leader.fill("Số văn bản", "21")
    leader.fill("Ngày ban hành", "31/02/2026")
    leader.fill("Họ và tên người ký", "Nguyễn Văn Mẫu")
    leader.press("Phát hành, gửi", within="form.form")
    leader.sees("Cần sửa trước khi gửi đi", heading=True)
    leader.check()
    expect(leader.field("Ngày ban hành")).to_have_value("31/02/2026")
    expect(leader.field("Số văn bản")).to_have_value("21")
    leader.fill("Ngày ban hành", TODAY)
    leader.press("Phát hành, gửi", within="form.form")
    leader.sees("Số 21-BC đã dùng trong nhiệm kỳ 2025 - 2030. Xem lại sổ công văn và nhập số khác.")
    expect(leader.field("Họ và tên người ký")).to_have_value("Nguyễn Văn Mẫu")
    leader.fill("Số văn bản", "22")
    leader.press("Phát hành, gửi", within="form.form")
    leader.sees("Đã gửi lúc")
    leader.sees("22-BC/ĐU")


def keep_the_file(leader: Visitor) -> None:
    leader.page.get_by_text("Mã kiểm tra tệp").click()
    shown = leader.page.locator(".file-code").inner_text().removeprefix("sha256: ").strip()
    link = leader.page.get_by_role("link", name="Văn bản đã phát hành")
    answer = leader.page.request.get(f"{leader.base}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    assert hashlib.sha256(answer.body()).hexdigest() == shown
    text = text_of(answer.body())
    assert "Số 22-BC/ĐU" in text
    assert "Có 12 thôn họp bàn công khai." in text
    assert "1.743" in text
    assert all(embedded_fonts(answer.body()).values())


def send_back(reviewer: Visitor) -> None:
    reviewer.open("/lam-viec/")
    reviewer.follow(f"{TITLE}, {COMMUNE}")
    reviewer.sees("Có 12 thôn họp bàn công khai.")
    reviewer.press("Trả lại để bổ sung")
    reviewer.fill("Lý do trả lại", "Chưa rõ kết quả hoà giải")
    reviewer.press("Trả lại để bổ sung", within="form.form")
    reviewer.sees("Chọn ít nhất một phần phải bổ sung.")
    expect(reviewer.field("Lý do trả lại")).to_have_value("Chưa rõ kết quả hoà giải")
    reviewer.tick("III.5. Thực hiện dân chủ ở cơ sở")
    reviewer.fill("Hạn nộp lại, ngày", IN_A_WEEK)
    reviewer.check()
    reviewer.press("Trả lại để bổ sung", within="form.form")
    reviewer.sees(f"Đã trả lại 1 phần cho {COMMUNE}, hạn nộp lại")


def hand_in_the_next_edition(author: Visitor, leader: Visitor) -> None:
    author.open("/lam-viec/")
    author.sees("Chưa rõ kết quả hoà giải")
    author.press(f"Mở phần được trả lại: {TITLE}, {COMMUNE}")
    author.fill(DEMOCRACY, "Có 12 thôn họp bàn công khai. Hoà giải thành 17 trên 20 vụ.")
    author.tick("Phần này đã xong")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    hand_in(author)
    approve(leader, "Hoà giải thành 17 trên 20 vụ.")
    leader.press("Phát hành, gửi")
    leader.fill("Số văn bản", "23")
    leader.fill("Ngày ban hành", TODAY)
    leader.press("Phát hành, gửi", within="form.form")
    leader.sees("Đã gửi lúc")
    leader.sees("Bản 2", heading=True)
    leader.sees("22-BC/ĐU")
    leader.sees("23-BC/ĐU")


def accept(reviewer: Visitor) -> None:
    reviewer.open("/lam-viec/")
    reviewer.follow(f"{TITLE}, {COMMUNE}")
    reviewer.press("Tiếp nhận")
    reviewer.sees(f"Tiếp nhận báo cáo của {COMMUNE}?")
    reviewer.confirm("Tiếp nhận")
    reviewer.sees("Đã tiếp nhận lúc")


def write_the_province_report(author: Visitor) -> None:
    author.open("/lam-viec/")
    author.follow(f"{TITLE}, {PROVINCE}")
    author.fill(
        "Nội dung phần III.3. Dân vận của lực lượng vũ trang", "Lực lượng vũ trang giúp dân 1.743 ngày công."
    )
    author.tick("Phần này đã xong")
    author.press("Phần sau")
    author.follow("Phụ lục: số liệu", within=".part-nav")
    for column in ("Của đơn vị", "Cấp dưới", "Tổng"):
        expect(author.page.get_by_role("columnheader", name=column, exact=True)).to_be_visible()
    author.check()


def see_who_is_missing(author: Visitor) -> None:
    author.press("Tổng hợp", within=".app-menu")
    author.follow(TITLE)
    author.sees("Đã cộng 4/10 đơn vị")
    for unit in ("Xã Thượng Giang", "Xã Tân Hoà", "Phường Đông Sơn"):
        author.sees(unit, within=".message")
    author.check()
    own, below, total = (number_of(author.cell("H1", column)) for column in (3, 4, 5))
    assert below >= 1743
    assert own + below == total
    author.press("Ngày công lực lượng vũ trang giúp dân")
    author.sees("1.743")
    author.sees("Không: Chưa tiếp nhận", within="table")
    author.check()


def issue_the_province_report(author: Visitor, leader: Visitor, clerk: Visitor) -> None:
    author.open("/lam-viec/")
    author.follow(f"{TITLE}, {PROVINCE}")
    hand_in(author)
    leader.open("/lam-viec/")
    leader.follow(f"{TITLE}, {PROVINCE}")
    leader.press("Duyệt")
    leader.confirm("Duyệt")
    leader.sees("Đã duyệt lúc")
    clerk.open("/lam-viec/")
    clerk.follow(f"{TITLE}, {PROVINCE}")
    clerk.sees("Phát hành, gửi", heading=True)
    clerk.fill("Số văn bản", "138")
    clerk.fill("Ngày ban hành", TODAY)
    clerk.fill("Họ và tên người ký", "Nguyễn Văn An Bình")
    clerk.press("Phát hành, gửi", within="form.form")
    clerk.sees("Đã gửi lúc")
    clerk.sees("Đã phát hành")
    clerk.sees("138-BC/BTGDVTU")
    clerk.check()


def publish(author: Visitor, leader: Visitor) -> None:
    author.press("Công bố", within=".app-menu")
    author.press(f"Công bố: {TITLE}, {PROVINCE}")
    author.fill("Tiêu đề", "An Bình giúp dân nhiều ngày công")
    author.fill("Lời dẫn", "Lực lượng vũ trang trong tỉnh cùng Nhân dân làm đường, dựng nhà.")
    author.tick("Công khai phần này: Dân vận của lực lượng vũ trang")
    author.unfold("lực lượng vũ trang")
    author.tick("Ngày công lực lượng vũ trang giúp dân (ngày công)")
    author.press("Gửi duyệt công bố")
    author.sees("Đã gửi duyệt công bố lúc")
    leader.open("/lam-viec/")
    leader.press(f"Xem và công bố: An Bình giúp dân nhiều ngày công, {PROVINCE}")
    leader.press("Công bố", within=".preview-strip")
    leader.sees("Công bố 1 phần, 1 chỉ tiêu, 0 ảnh cho mọi người xem?")
    leader.confirm("Công bố")
    leader.sees("Đã công bố lúc")


def read(reader: Visitor) -> None:
    reader.open("/bao-cao/?q=ngay+cong")
    reader.press("An Bình giúp dân nhiều ngày công")
    reader.sees("Lực lượng vũ trang giúp dân 1.743 ngày công.")
    reader.sees_not("Tình hình Nhân dân")
    reader.check()


def number_of(words: str) -> int:
    """“1.743” as a number; a second line says of how many units."""
    return int(words.splitlines()[0].replace(".", ""))
