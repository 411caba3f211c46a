"""Working on one report together: parts given to a body, filled by it alone, and advice asked of the body above."""

from playwright.sync_api import expect

from tests.journeys.visitor import PHONE, Visitor

TITLE, UNIT = "Báo cáo năm 2026", "Đảng uỷ xã Hoà Lạc"
BODY, BODY_PERSON = "Uỷ ban Mặt trận Tổ quốc xã Phú Lâm", "Đoàn Thị Mẫu"
PART = "III.4. Mặt trận Tổ quốc và các đoàn thể"
TEXT = f"Nội dung phần {PART}"
SUPERVISED = "Cuộc giám sát của MTTQ, đoàn thể"


def test_a_body_fills_what_it_was_given_and_the_body_above_advises(staff, visitor):
    author = staff("chuyenvien.hoalac")
    give_a_part(author)
    contributor = visitor(PHONE).sign_in("mattran.phulam")
    fill_the_figures(contributor)
    write_with_a_figure_by_code(contributor)
    see_who_is_here(author, contributor)
    report_done(contributor)
    take_it_over(author)
    ask_for_advice(author)
    reviewer = staff("chuyenvien.anbinh")
    advise(reviewer)
    hear_the_advice(author)


def accept_questions(one: Visitor) -> None:
    """Answer yes to what the page asks."""
    one.page.on("dialog", lambda dialog: dialog.accept())


def give_a_part(author: Visitor) -> None:
    accept_questions(author)
    author.open("/lam-viec/bao-cao/")
    author.follow(UNIT)
    author.press("Phân công")
    author.sees("Chưa giao phần nào cho đơn vị khác.")
    author.fill("Đơn vị phối hợp", "mat tran to quoc xa phu lam")
    author.tick(PART)
    author.tick("F. Mặt trận Tổ quốc, đoàn thể")
    author.page.get_by_label("Yêu cầu").fill("Lấy số của các đoàn thể xã")
    author.check()
    author.press("Giao phần này")
    author.sees(
        f"Đã giao phần “Mặt trận Tổ quốc và các đoàn thể”; số liệu nhóm “Mặt trận Tổ quốc, đoàn thể” cho {BODY}."
    )
    author.sees("Đang làm")
    author.check()


def fill_the_figures(contributor: Visitor) -> None:
    accept_questions(contributor)
    contributor.open("/lam-viec/bao-cao/")
    contributor.sees(
        "Được giao: phần “Mặt trận Tổ quốc và các đoàn thể”; số liệu nhóm “Mặt trận Tổ quốc, đoàn thể”"
    )
    contributor.check()
    contributor.open("/lam-viec/")
    contributor.press(f"Mở phần được giao: {TITLE}, {UNIT}")
    contributor.sees("Lấy số của các đoàn thể xã")
    contributor.check()
    contributor.press("Số liệu nhóm F. Mặt trận Tổ quốc, đoàn thể")
    cells = contributor.page.locator("table.figures input[name^=ct_]")
    expect(cells).to_have_count(6)
    contributor.page.wait_for_load_state()
    contributor.fill(SUPERVISED, "8")
    contributor.check()
    contributor.press("Lưu ngay")
    contributor.sees("Đã lưu lúc")


def write_with_a_figure_by_code(contributor: Visitor) -> None:
    contributor.press("Phần được giao")
    contributor.press(PART)
    contributor.sees(PART, heading=True)
    contributor.page.wait_for_load_state()
    contributor.fill(TEXT, "Mặt trận chủ trì ")
    contributor.press("Chèn số liệu")
    contributor.sees("Chèn số liệu", heading=True)
    contributor.fill("Tìm chỉ tiêu", "giám sát")
    contributor.check()
    contributor.press(f"Chèn {SUPERVISED}")
    expect(contributor.field(TEXT)).to_have_value("Mặt trận chủ trì {F3}")
    contributor.field(TEXT).press_sequentially(" cuộc giám sát, chăm lo đời sống nhân dân.")
    contributor.press("Xem thử")
    contributor.sees("Mặt trận chủ trì 8 cuộc giám sát, chăm lo đời sống nhân dân.", within=".paper")
    contributor.check()
    contributor.press("Soát chữ")
    contributor.sees("Viết hoa: Nhân dân")
    contributor.check()
    contributor.press("Thay “nhân dân” bằng “Nhân dân”")
    mended = "Mặt trận chủ trì {F3} cuộc giám sát, chăm lo đời sống Nhân dân."
    expect(contributor.field(TEXT)).to_have_value(mended)
    contributor.press("Lưu ngay")
    contributor.sees("Đã lưu lúc")


def see_who_is_here(author: Visitor, contributor: Visitor) -> None:
    author.open(contributor.path)
    author.sees(f"{BODY_PERSON} đang mở phần này")
    author.check()


def report_done(contributor: Visitor) -> None:
    contributor.press("Phần được giao")
    contributor.press("Báo xong")
    contributor.sees(
        f"Đã báo xong phần “Mặt trận Tổ quốc và các đoàn thể”; số liệu nhóm “Mặt trận Tổ quốc, đoàn thể” cho {UNIT}."
    )
    contributor.press(PART)
    contributor.sees("Phần này đã báo xong, chỉ xem.")
    contributor.sees("Mặt trận chủ trì 8 cuộc giám sát")
    contributor.check()
    assert contributor.open(contributor.path.replace("S2.4", "S2.1")) == 404


def take_it_over(author: Visitor) -> None:
    author.open("/lam-viec/bao-cao/")
    author.follow(UNIT)
    author.sees("Đã giao 1 việc, 1 việc đã báo xong.")
    author.press("Phân công")
    author.sees("Đã báo xong lúc")
    author.check()
    author.page.get_by_role("link", name=TITLE).first.click()


def ask_for_advice(author: Visitor) -> None:
    author.press("Cho cấp trên xem dự thảo")
    author.tick("Chỉ bảng số liệu")
    author.page.get_by_label("Nội dung xin ý kiến").fill("Xin góp ý số cuộc giám sát")
    author.check()
    author.press("Cho cấp trên xem dự thảo")
    author.sees("Đang xin ý kiến", heading=True)
    author.check()


def advise(reviewer: Visitor) -> None:
    reviewer.press(f"Xem dự thảo: {TITLE}, {UNIT}")
    reviewer.sees("Chưa duyệt, chưa ký.")
    reviewer.sees("Xin góp ý số cuộc giám sát")
    reviewer.sees(SUPERVISED)
    reviewer.sees_not("Mặt trận chủ trì")
    reviewer.check()
    reviewer.press("Góp ý")
    reviewer.press("Thêm góp ý")
    reviewer.page.get_by_label("Mã chỉ tiêu").fill("F3")
    reviewer.page.get_by_label("Góp ý", exact=True).fill("Đối chiếu với mặt trận tỉnh")
    reviewer.check()
    reviewer.press("Gửi góp ý")
    reviewer.sees("Đã thêm góp ý.")


def hear_the_advice(author: Visitor) -> None:
    author.press("Thôi xin ý kiến")
    author.sees("Cấp trên không xem dự thảo được nữa.")
    author.press("Phụ lục: số liệu")
    author.page.get_by_role("tab", name="Góp ý").click()
    author.sees("Đối chiếu với mặt trận tỉnh")
