"""A task of a commune: reported on with evidence, given more time, done with its result, told in the next report."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

TITLE = "Báo cáo kết quả trả lời ý kiến Nhân dân sau đối thoại của người đứng đầu"
UNIT = "Đảng uỷ xã Phú Lâm"
DONE = "Đã trả lời 48 ý kiến"
RESULT = "Đã trả lời 52 trên 52 ý kiến, niêm yết kết quả ở nhà văn hoá các thôn"
RESULTS_PART = "V. Kết quả thực hiện nhiệm vụ được giao"
NOW = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
YESTERDAY, IN_A_MONTH = (f"{NOW + timedelta(days):%d/%m/%Y}" for days in (-1, 30))


def test_a_task_until_the_next_report_tells_of_it(staff):
    author = staff("chuyenvien.phulam")
    report_progress(author)
    give_more_time(staff("chuyenvien.anbinh"))
    close_from_the_board(staff("lanhdao.phulam"))
    tell_in_the_report(author)


def report_progress(author: Visitor) -> None:
    author.sees("Quá hạn", heading=True)
    author.press(f"Báo tiến độ: {TITLE}, {UNIT}")
    author.fill("Mức hoàn thành (%) (không bắt buộc)", "120")
    author.fill("Minh chứng (không bắt buộc)", "Sổ theo dõi số 4")
    author.press("Báo tiến độ", within="main form")
    author.sees("Mức hoàn thành từ 0 đến 100", within=".error-summary")
    expect(author.field("Minh chứng (không bắt buộc)")).to_have_value("Sổ theo dõi số 4")
    author.check()
    author.fill("Mức hoàn thành (%) (không bắt buộc)", "90")
    author.fill("Kết quả đã làm", DONE)
    author.press("Báo tiến độ", within="main form")
    author.sees("Đã báo tiến độ.")
    author.sees("Minh chứng: Sổ theo dõi số 4")
    expect(author.page.get_by_role("progressbar")).to_have_attribute("value", "90")
    expect(author.control("Gia hạn")).to_have_count(0)


def give_more_time(giver: Visitor) -> None:
    giver.press("Nhiệm vụ", within=".app-menu")
    giver.fill("Nội dung nhiệm vụ", "tra loi sau doi thoai")
    giver.press("Tìm kiếm", within="main")
    giver.sees("1 nhiệm vụ")
    giver.press(TITLE)
    giver.sees(DONE)
    giver.press("Gia hạn")
    giver.fill("Hạn mới", YESTERDAY)
    giver.fill("Lý do gia hạn", "Xã đề nghị chờ ý kiến của thôn Chợ")
    giver.press("Gia hạn", within="main form")
    giver.sees("Cần sửa trước khi gửi đi")
    expect(giver.field("Lý do gia hạn")).to_have_value("Xã đề nghị chờ ý kiến của thôn Chợ")
    giver.fill("Hạn mới", IN_A_MONTH)
    giver.press("Gia hạn", within="main form")
    giver.sees("Đã gia hạn.")
    giver.sees(IN_A_MONTH, within="dl")
    giver.check()


def close_from_the_board(leader: Visitor) -> None:
    leader.press("Nhiệm vụ", within=".app-menu")
    leader.press("Theo cột")
    in_time, done = (
        leader.page.get_by_role("region", name=name) for name in ("Đang thực hiện", "Hoàn thành")
    )
    expect(in_time.get_by_role("link", name=TITLE)).to_be_visible()
    leader.check()
    leader.press(f"Chọn việc: {TITLE}")
    leader.press("Hoàn thành", within=in_time)
    expect(leader.field("Kết quả")).to_have_value(DONE)
    leader.fill("Kết quả", RESULT)
    leader.press("Hoàn thành", within="main form")
    leader.sees("Đã ghi nhận hoàn thành.")
    leader.sees(RESULT)
    leader.press("Nhiệm vụ", within=".app-menu")
    leader.press("Theo cột")
    expect(done.get_by_role("link", name=TITLE)).to_be_visible()


def tell_in_the_report(author: Visitor) -> None:
    author.open("/lam-viec/")
    author.sees_not(TITLE)
    author.press(f"Bắt đầu soạn: Báo cáo năm 2026, {UNIT}")
    author.follow(RESULTS_PART, within=".part-nav")
    author.sees("Nội dung dưới đây lấy từ nhiệm vụ của kỳ.")
    text = author.field(f"Nội dung phần {RESULTS_PART}")
    expect(text).to_have_value(re.compile(f"{TITLE}.*hoàn thành ngày.*{RESULT}"))
    author.check()
    text.fill(f"Kết quả chính: {RESULT}.")
    author.press("Lưu ngay")
    author.sees("Đã lưu lúc")
    author.page.reload()
    expect(text).to_have_value(f"Kết quả chính: {RESULT}.")
