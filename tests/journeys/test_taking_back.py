"""Second thoughts: a sent report is recalled, one that waits for approval is taken back, a due date is moved."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

PERIOD = "6 tháng đầu năm 2026"
IN_TEN_DAYS = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')) + timedelta(10):%d/%m/%Y}"


def open_report(one: Visitor, unit: str) -> None:
    one.press("Báo cáo", within=".app-menu")
    one.press(unit, within=one.page.get_by_role("row").filter(has_text=PERIOD))
    one.sees(f"Báo cáo {PERIOD}", heading=True)


def open_progress(one: Visitor) -> None:
    one.press("Tiến độ nộp", within=".app-menu")
    one.sees(f"Tiến độ nộp báo cáo {PERIOD}", heading=True)


def test_a_sent_report_is_recalled_until_it_is_accepted(staff):
    leader = staff("lanhdao.dongson")
    open_report(leader, "Đảng uỷ phường Đông Sơn")
    leader.press("Thu hồi báo cáo")
    leader.sees("Thu hồi để sửa? Đơn vị cấp trên sẽ được thông báo")
    leader.press("Thu hồi báo cáo", within="form.form")
    leader.sees("Chưa nhập lý do thu hồi")
    leader.fill("Lý do thu hồi", "Nhầm số hộ hiến đất")
    leader.check()
    leader.press("Thu hồi báo cáo", within="form.form")
    leader.sees("Đã thu hồi báo cáo. Bản 2 đã mở để sửa.")
    leader.sees("Nhầm số hộ hiến đất")

    reviewer = staff("chuyenvien.anbinh")
    open_progress(reviewer)
    reviewer.check()
    reviewer.follow("Phường Đông Sơn")
    reviewer.sees("Đã thu hồi")
    reviewer.sees("Nhầm số hộ hiến đất")


def test_an_author_takes_back_what_waits_for_approval(staff):
    author = staff("chuyenvien.hoalac")
    open_report(author, "Đảng uỷ xã Hoà Lạc")
    author.press("Rút lại để sửa")
    author.confirm("Rút lại để sửa")
    author.sees("Đã rút lại báo cáo. Sửa xong thì trình duyệt lại.")
    expect(author.control("Kiểm tra và trình duyệt", within="main")).to_be_visible()


def test_the_province_gives_a_late_commune_more_time(staff):
    reviewer = staff("chuyenvien.anbinh")
    open_progress(reviewer)
    reviewer.follow("Xã Thượng Giang")
    reviewer.sees("Quá hạn 2 ngày")
    reviewer.press("Gia hạn")
    reviewer.fill("Hạn mới, ngày", "32/13/2026")
    reviewer.press("Gia hạn", within="form.form")
    expect(reviewer.field("Hạn mới, ngày")).to_have_value("32/13/2026")
    reviewer.sees("Ghi lý do gia hạn.")
    reviewer.fill("Hạn mới, ngày", IN_TEN_DAYS)
    reviewer.fill("Lý do gia hạn", "Chờ số liệu của xã")
    reviewer.press("Gia hạn", within="form.form")
    reviewer.sees("Đã gia hạn đến")


def test_above_a_draft_shows_its_progress_and_not_its_words(staff):
    reviewer = staff("chuyenvien.anbinh")
    open_progress(reviewer)
    reviewer.follow("Xã Đồng Tiến")
    reviewer.sees("nội dung xem được sau khi đơn vị phát hành, gửi")
    assert reviewer.open(f"{reviewer.path}ban/1/") == 403
    reviewer.sees("Tài khoản này không có quyền xem nội dung này", heading=True)
    reviewer.check()
