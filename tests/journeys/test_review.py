"""Looking over by difference: returned with a file, answered at the exact place, seen again word by word, twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from docx import Document
from playwright.sync_api import expect

from tests.journeys.visitor import PHONE, Visitor

TITLE, UNIT = "Báo cáo năm 2026", "Đảng uỷ xã Nam Cường"
PART, TABLE = "III.3. Dân vận của lực lượng vũ trang", "Phụ lục: số liệu"
TEXT = f"Nội dung phần {PART}"
DAYS = "Ngày công lực lượng vũ trang giúp dân"
#: The words that are chosen in the field with the focus.
CHOSEN = """(() => {
  const at = document.activeElement;
  return at.value.slice(at.selectionStart, at.selectionEnd);
})()"""
NOW = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY, IN_A_WEEK = f"{NOW:%d/%m/%Y}", f"{NOW + timedelta(7):%d/%m/%Y}"


def test_a_report_is_looked_over_by_what_changed(staff, visitor, tmp_path):
    author, leader = staff("chuyenvien.namcuong"), staff("lanhdao.namcuong")
    write(author)
    hand_in(author)
    look_over_the_whole(leader)
    comment_by_keyboard(leader)
    give_back(leader, marked_up(tmp_path))
    land_at_the_place_and_answer(author)
    hand_in(author)
    see_what_changed(leader)
    approve_and_issue(leader, "61")
    above = visitor(PHONE).sign_in("chuyenvien.anbinh")
    send_back_from_a_phone(above)
    mend_what_the_province_asked(author)
    hand_in(author)
    approve_and_issue(leader, "62")
    accept_by_difference(above)


def marked_up(directory) -> str:
    """A leader's copy, marked up in Word."""
    paper = Document()
    paper.add_paragraph("Ghi rõ đơn vị nào giúp dân.")
    paper.save(directory / "Bản sửa của lãnh đạo.docx")
    return str(directory / "Bản sửa của lãnh đạo.docx")


def open_my_report(one: Visitor) -> None:
    one.open("/lam-viec/")
    one.follow(f"{TITLE}, {UNIT}")


def part(one: Visitor, code: str):
    """One part of the page on which a report is looked over."""
    return one.page.locator(f'[id="phan-{code}"]')


def write(author: Visitor) -> None:
    author.press(f"Bắt đầu soạn: {TITLE}, {UNIT}")
    author.follow(PART, within=".part-nav")
    author.fill(TEXT, "Lực lượng vũ trang giúp dân 1.743 ngày công.\nKhám bệnh cho 250 lượt người.")
    author.tick("Phần này đã xong")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.follow(TABLE, within=".part-nav")
    author.fill(DAYS, "1743")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")


def hand_in(author: Visitor) -> None:
    author.press("Kiểm tra và trình duyệt", within=".report-bar")
    author.sees("Trình duyệt", heading=True)
    author.press("Trình duyệt")
    author.confirm("Trình duyệt")
    author.sees("Đã trình duyệt lúc")
    author.sees("Mã ")


def look_over_the_whole(leader: Visitor) -> None:
    open_my_report(leader)
    leader.sees("Báo cáo gửi lần đầu, chưa có bản trước để so sánh.")
    leader.sees("Khám bệnh cho 250 lượt người.")
    leader.sees("0/19 phần đã xem", within=".sticky-bar")
    leader.check()
    table = part(leader, "SL")
    table.get_by_text("Thêm góp ý").click()
    table.get_by_label("Góp ý", exact=True).fill("Đối chiếu")
    leader.press("Đã xem phần này: II. Tình hình Nhân dân")
    leader.sees("1/19 phần đã xem", within=".sticky-bar")
    expect(table.get_by_label("Góp ý", exact=True)).to_have_value("Đối chiếu")


def comment_by_keyboard(leader: Visitor) -> None:
    leader.page.locator("#main").focus()
    leader.walk_to(f"Thêm góp ý về {PART}")
    leader.key("Enter", "Tab", "ArrowDown", "ArrowDown", "Tab")
    leader.type("Ghi rõ đơn vị khám bệnh")
    leader.key("Tab", "Enter")
    leader.sees("Đã thêm góp ý.", within='[id="phan-S2.3"]')
    leader.sees("Đoạn 2: “Khám bệnh cho 250 lượt người.”")
    table = part(leader, "SL")
    table.get_by_label("Mã chỉ tiêu").fill("h1")
    table.get_by_label("Góp ý", exact=True).fill("Đối chiếu với Ban Chỉ huy Quân sự xã")
    table.get_by_role("button", name="Gửi góp ý").click()
    leader.sees(f"H1. {DAYS}", within='[id="phan-SL"] .comment')
    leader.check()


def give_back(leader: Visitor, file: str) -> None:
    leader.tick(f"Trả lại phần này: {PART}")
    leader.tick(f"Trả lại phần này: {TABLE}")
    leader.press("Trả lại để bổ sung")
    expect(leader.field(PART)).to_be_checked()
    expect(leader.field(f"Việc phải sửa ở phần {PART}")).to_have_value("Đoạn 2: Ghi rõ đơn vị khám bệnh")
    expect(leader.field(f"Việc phải sửa ở phần {TABLE}")).to_have_value(
        "H1: Đối chiếu với Ban Chỉ huy Quân sự xã"
    )
    leader.fill("Lý do trả lại", "Bổ sung hai chỗ đã góp ý")
    leader.page.get_by_label("Tệp góp ý của lãnh đạo").set_input_files(file)
    leader.check()
    leader.press("Trả lại để bổ sung", within="form.form")
    leader.sees(f"Đã trả lại 2 phần cho {UNIT}")


def land_at_the_place_and_answer(author: Visitor) -> None:
    author.open("/lam-viec/")
    author.sees("Bổ sung hai chỗ đã góp ý")
    author.press(f"Mở phần được trả lại: {TITLE}, {UNIT}")
    author.sees("Bản sửa của lãnh đạo.docx")
    author.check()
    first, second = author.field(TEXT).input_value().split("\n")
    author.fill(TEXT, f"Mở đầu.\nThêm một đoạn.\n{first}\n{second}")
    link = "Đoạn 2: “Khám bệnh cho 250 lượt người.”"
    author.press(link, within="#part-form")
    expect(author.field(TEXT)).to_be_focused()
    assert author.page.evaluate(CHOSEN) == "Khám bệnh cho 250 lượt người."
    author.type("Bệnh xá quân y khám bệnh cho 253 lượt người.")
    author.press(link, within="#part-form")
    expect(author.field(TEXT)).to_be_focused()
    assert author.page.evaluate(CHOSEN) == "Bệnh xá quân y khám bệnh cho 253 lượt người."
    author.fill(TEXT, f"{first}\nBệnh xá quân y khám bệnh cho 253 lượt người.")
    tab = author.page.locator("#comments")
    author.press("Trả lời", within="#part-form")
    expect(tab.locator("textarea:visible").first).to_be_focused()
    author.type("Đã ghi bệnh xá quân y")
    tab.get_by_role("button", name="Gửi trả lời").click()
    author.sees("Đã trả lời góp ý.")
    author.page.locator("#part-form").get_by_role("button", name="Đã sửa xong góp ý").click()
    author.sees("Đã đánh dấu góp ý là đã sửa xong.")
    author.check()
    mended = "Lực lượng vũ trang giúp dân 1.743 ngày công.\nBệnh xá quân y khám bệnh cho 253 lượt người."
    expect(author.field(TEXT)).to_have_value(mended)
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.press("Kiểm tra và trình duyệt", within=".report-bar")
    author.sees("1 góp ý chưa xử lý", heading=True)
    author.check()
    author.press(f"{TABLE}, H1. {DAYS}")
    expect(author.field(DAYS)).to_be_focused()
    author.type("1734")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")


def see_what_changed(leader: Visitor) -> None:
    open_my_report(leader)
    leader.sees("So với lần trình duyệt lúc")
    leader.sees("Bản sửa của lãnh đạo.docx")
    words, table = part(leader, "S2.3"), part(leader, "SL")
    expect(words.locator("del")).to_have_text(["[bỏ: Khám]", "[bỏ: 250]"])
    expect(words.locator("ins")).to_have_text(["[thêm: Bệnh xá quân y khám]", "[thêm: 253]"])
    expect(table.get_by_role("row").filter(has_text="H1")).to_contain_text("1.743")
    expect(table.get_by_role("row").filter(has_text="H1")).to_contain_text("−9 (−1%)")
    expect(part(leader, "S1")).to_contain_text("Không có thay đổi so với lần gửi trước")
    expect(part(leader, "S1")).to_contain_text("Đã xem")
    leader.sees("Đã ghi bệnh xá quân y")
    leader.check()
    leader.press("Đã xem các phần không đổi")
    leader.sees("17/19 phần đã xem", within=".sticky-bar")


def approve_and_issue(leader: Visitor, number: str) -> None:
    open_my_report(leader)
    leader.press("Duyệt")
    leader.confirm("Duyệt")
    leader.sees("Đã duyệt lúc")
    leader.press("Phát hành, gửi")
    leader.fill("Số văn bản", number)
    leader.fill("Ngày ban hành", TODAY)
    leader.fill("Họ và tên người ký", "Nguyễn Văn Mẫu")
    leader.press("Phát hành, gửi", within="form.form")
    leader.sees("Đã gửi lúc")
    leader.sees("Mã gửi")


def send_back_from_a_phone(above: Visitor) -> None:
    open_my_report(above)
    above.sees("Bệnh xá quân y khám bệnh cho 253 lượt người.")
    above.sees_not("Ghi rõ đơn vị khám bệnh")
    above.check()
    words = part(above, "S2.3")
    words.get_by_text("Thêm góp ý").click()
    words.get_by_label("Góp ý", exact=True).fill("Ghi rõ ở thôn nào")
    words.get_by_role("button", name="Gửi góp ý").click()
    above.sees("Đã thêm góp ý.", within='[id="phan-S2.3"]')
    above.press("Trả lại để bổ sung")
    expect(above.field(PART)).to_be_checked()
    above.fill("Lý do trả lại", "Chưa rõ địa chỉ")
    above.fill("Hạn nộp lại, ngày", IN_A_WEEK)
    above.check()
    above.press("Trả lại để bổ sung", within="form.form")
    above.sees(f"Đã trả lại 1 phần cho {UNIT}, hạn nộp lại")


def mend_what_the_province_asked(author: Visitor) -> None:
    author.open("/lam-viec/")
    author.press(f"Mở phần được trả lại: {TITLE}, {UNIT}")
    author.sees("Ghi rõ ở thôn nào")
    text = "Lực lượng vũ trang giúp dân 1.743 ngày công.\nBệnh xá quân y khám bệnh cho 253 lượt người ở thôn Đông."
    author.fill(TEXT, text)
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")


def accept_by_difference(above: Visitor) -> None:
    open_my_report(above)
    above.sees("So với bản 1 đã gửi lúc")
    expect(part(above, "S2.3").locator("ins")).to_have_text(["[thêm: ở thôn Đông]"])
    above.check()
    above.press("Tiếp nhận")
    above.confirm("Tiếp nhận")
    above.sees("Đã tiếp nhận lúc")
    above.sees("Mã tiếp nhận")
