"""A conference written down after it was held: people, a difficulty, conclusions that bind, a task, the public page."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

TITLE = "Giao ban chuyên đề về đối thoại với Nhân dân"
NOW = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
HELD = NOW - timedelta(3)
CONCLUSION = "Xã Hoà Lạc trả lời xong ý kiến của Nhân dân thôn Đồi trong tháng này."
DIFFICULTY = "Người dân thôn Đồi chờ trả lời ý kiến quá lâu"
HEAD, SECRETARY, FRONT = "Phạm Thị Minh Hoạ", "Hoàng Văn Minh Hoạ", "Vũ Văn Thí Dụ"
GUEST = "Lương Thị Thí Dụ"


def test_a_conference_from_its_notes_to_the_public(staff, reader):
    author, leader = staff("chuyenvien.anbinh"), staff("lanhdao.anbinh")
    write_it_down(author)
    address = author.path
    say_who_was_there(author)
    note_a_difficulty(author)
    draft_conclusions(author)
    sign(leader, address)
    give_a_task(author)
    publish(author, address)
    read_on_the_phone(reader)


def write_it_down(author: Visitor) -> None:
    author.unfold("Xem thêm")
    author.press("Hội nghị", within=".app-menu")
    author.press("Thêm hội nghị")
    author.fill("Tên hội nghị", TITLE)
    author.fill("Ngày tổ chức (không bắt buộc)", f"{HELD:%d/%m/%Y}")
    author.fill("Giờ bắt đầu (không bắt buộc)", "25:00")
    author.choose("Hình thức (không bắt buộc)", "Trực tiếp")
    author.press("Lưu")
    author.sees("Chọn loại", within=".error-summary")
    expect(author.field("Tên hội nghị")).to_have_value(TITLE)
    expect(author.field("Giờ bắt đầu (không bắt buộc)")).to_have_value("25:00")
    author.choose("Loại", "Giao ban")
    author.fill("Giờ bắt đầu (không bắt buộc)", "8:00")
    author.press("Lưu")
    author.sees(TITLE, heading=True)
    author.sees("Chưa công bố. Không có gì công khai khi chưa chọn.")


def say_who_was_there(author: Visitor) -> None:
    author.press("Thêm: Người dự")
    author.press("Chọn từ danh sách cán bộ")
    for name, duty in ((FRONT, "Dự"), (HEAD, "Chủ trì"), (SECRETARY, "Dự")):
        author.tick(name)
        author.choose(f"Vai trò của {name}", duty)
    author.press("Thêm những người đã chọn")
    author.sees("Thêm người dự", heading=True)
    author.fill("Họ và tên", GUEST)
    author.fill("Chức vụ khi đó (không bắt buộc)", "Phó Giám đốc Công an tỉnh")
    author.press("Thêm", within="main form")
    author.sees("Chọn ít nhất một vai trò", within=".error-summary")
    expect(author.field("Họ và tên")).to_have_value(GUEST)
    author.tick("Dự")
    author.choose("Bậc trong danh sách", "Phó Trưởng ban, cấp phó cơ quan")
    author.press("Thêm", within="main form")
    rows = author.page.locator("main tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.locator("th")).to_contain_text([SECRETARY, HEAD, FRONT, GUEST])
    author.check()


def note_a_difficulty(author: Visitor) -> None:
    author.press("Khó khăn, vướng mắc", within=".sections")
    author.fill("Khó khăn, vướng mắc", DIFFICULTY)
    author.tick("Thủ tục hành chính, tiếp công dân")
    author.press("Thêm", within="main form")
    author.sees(DIFFICULTY, within="main table")


def draft_conclusions(author: Visitor) -> None:
    author.press("Kết luận", within=".sections")
    author.fill("Kết luận", CONCLUSION)
    author.press("Thêm", within="main form")
    author.sees("Dự thảo")
    expect(author.control(f"Giao nhiệm vụ: {CONCLUSION}")).to_have_count(0)
    expect(author.control("Ký, ban hành")).to_have_count(0)


def sign(leader: Visitor, address: str) -> None:
    leader.open(f"{address}ket-luan/")
    leader.press("Ký, ban hành")
    leader.fill("Số, ký hiệu", "77-TB/BTGDVTU")
    leader.fill("Ngày ký", f"{HELD - timedelta(1):%d/%m/%Y}")
    leader.fill("Họ và tên người ký", HEAD)
    leader.fill("Chức vụ người ký", "Trưởng ban")
    leader.press("Ký, ban hành", within="main form")
    leader.sees("Cần sửa trước khi ký")
    expect(leader.field("Số, ký hiệu")).to_have_value("77-TB/BTGDVTU")
    leader.fill("Ngày ký", f"{NOW:%d/%m/%Y}")
    leader.check()
    leader.press("Ký, ban hành", within="main form")
    leader.sees("Kết luận đã ký, ban hành.")


def give_a_task(author: Visitor) -> None:
    author.page.reload()
    author.press(f"Giao nhiệm vụ: {CONCLUSION}")
    expect(author.field("Nhiệm vụ")).to_have_value(CONCLUSION)
    author.fill("Đơn vị chủ trì", "hoa lac")
    author.fill("Hạn hoàn thành (không bắt buộc)", f"{NOW + timedelta(10):%d/%m/%Y}")
    author.press("Giao nhiệm vụ", within="main form")
    author.sees("Đã giao nhiệm vụ.")
    author.sees("Đảng uỷ xã Hoà Lạc", within="dl")
    author.press(f"Kết luận: {TITLE}")
    author.press(CONCLUSION)
    author.sees("Quá trình xử lý", heading=True)


def publish(author: Visitor, address: str) -> None:
    author.open(address)
    author.press("Công bố", within="main")
    author.fill("Lời dẫn (không bắt buộc)", "Giao ban bàn việc trả lời ý kiến Nhân dân.")
    author.press("Chọn tất cả: Người dự")
    author.page.get_by_role("checkbox", name=DIFFICULTY).check()
    author.tick(CONCLUSION)
    author.page.get_by_role("checkbox", name=f"{CONCLUSION} Đảng uỷ xã Hoà Lạc").check()
    author.check()
    author.press("Xem thử trang công khai")
    author.sees("Xem thử – chưa công bố")
    author.sees(CONCLUSION)
    author.check()
    author.press("Công bố", within=".preview-strip")
    author.sees("Công bố lại")


def read_on_the_phone(reader: Visitor) -> None:
    reader.open("/hoi-nghi/?loai=giao_ban")
    reader.press(TITLE)
    reader.sees("Thông báo kết luận số 77-TB/BTGDVTU")
    reader.sees(f"Nhiệm vụ: {CONCLUSION}")
    reader.sees(DIFFICULTY)
    heading = reader.page.get_by_role("heading", name="Dự", exact=True)
    names = heading.locator("xpath=following-sibling::ul[1]").locator("b")
    expect(names).to_have_text([SECRETARY, FRONT, GUEST])
    reader.check()
    with reader.page.expect_download() as calendar:
        reader.press("Thêm vào lịch (.ics)")
    text = calendar.value.path().read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert f"{HELD:%Y%m%d}T" in text
    assert TITLE in text.replace("\r\n ", "")


def test_pieces_of_the_archive_stand_among_the_conferences(reader):
    reader.open("/hoi-nghi/?nam=2023")
    reader.sees("2 hội nghị")
    for title, person, words in (
        ("Sơ kết công tác dân vận 6 tháng đầu năm", "Phương Thị Thanh", "Tỉnh uỷ Bắc Kạn"),
        ("Tổng kết công tác dân vận năm 2023", "Trương Thanh Huyền", "Tỉnh uỷ Hà Tĩnh"),
    ):
        reader.follow(title)
        reader.sees(person)
        reader.sees(words)
        reader.sees("Tư liệu tổng hợp từ báo chí")
        reader.check()
        reader.page.go_back()
