"""What the public may read: chosen by one person, confirmed by another, corrected, taken down."""

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

PERIOD = "6 tháng đầu năm 2026"
TITLE = "Bình Minh thêm nhiều cuộc đối thoại với Nhân dân"
ADDRESS = "/bao-cao/xa-binh-minh-6-thang-dau-nam-2026/"
OF_THE_PROVINCE = "/bao-cao/tinh-an-binh-6-thang-dau-nam-2025/"


def test_nothing_is_public_until_two_people_chose_it(staff, reader):
    author, leader = staff("chuyenvien.binhminh"), staff("lanhdao.binhminh")
    assert reader.open(ADDRESS) == 404
    begin(author)
    choose(author)
    look_at_it_first(author)
    ask(author)
    assert reader.open(ADDRESS) == 404
    confirm(leader)
    read_on_the_phone(reader)


def begin(author: Visitor) -> None:
    author.press("Công bố", within=".app-menu")
    author.sees("Báo cáo chưa công bố", heading=True)
    author.check()
    author.press(f"Công bố: Báo cáo {PERIOD}, Đảng uỷ xã Bình Minh")
    author.sees("Soạn nội dung công bố", heading=True)
    author.sees("Chưa chọn phần hoặc chỉ tiêu nào để công bố")
    expect(author.page.locator("input[type=checkbox]:checked")).to_have_count(0)


def choose(author: Visitor) -> None:
    author.press("Gửi duyệt công bố")
    author.sees("Đã lưu, chưa gửi duyệt. Sửa chỗ nêu dưới đây rồi gửi lại.")
    author.fill("Tiêu đề", TITLE)
    author.fill("Lời dẫn", "Người đứng đầu cấp uỷ, chính quyền gặp gỡ, đối thoại với Nhân dân.")
    author.tick("Công khai phần này: Tiếp xúc, đối thoại với Nhân dân")
    author.unfold("Tiếp dân")
    author.tick("Cuộc tiếp xúc, đối thoại của người đứng đầu với Nhân dân (cuộc)")
    author.tick("Con số chính: Cuộc tiếp xúc, đối thoại của người đứng đầu với Nhân dân")
    author.tick("Lượt người dự đối thoại (lượt người)")
    author.check()


def look_at_it_first(author: Visitor) -> None:
    author.press("Xem thử trang công khai")
    author.sees("Xem thử – chưa công bố")
    author.sees(TITLE, heading=True)
    author.check()


def ask(author: Visitor) -> None:
    author.press("Gửi duyệt công bố")
    author.confirm("Gửi duyệt công bố")
    author.sees("Đã gửi duyệt công bố lúc")
    author.sees("Người soạn không tự công bố. Nhờ người khác có quyền công bố của đơn vị xác nhận.")
    expect(author.control("Công bố", within=".preview-strip")).to_have_count(0)


def confirm(leader: Visitor) -> None:
    leader.open("/lam-viec/")
    leader.press(f"Xem và công bố: {TITLE}, Đảng uỷ xã Bình Minh")
    leader.check()
    leader.press("Công bố", within=".preview-strip")
    leader.sees("Công bố 1 phần, 2 chỉ tiêu, 0 ảnh cho mọi người xem?")
    leader.confirm("Công bố")
    leader.sees("Đã công bố lúc")


def read_on_the_phone(reader: Visitor) -> None:
    reader.open("/bao-cao/")
    reader.press(TITLE)
    reader.is_at(ADDRESS)
    reader.sees("Cuộc tiếp xúc, đối thoại của người đứng đầu với Nhân dân", within=".figure-strip")
    reader.sees("Tiếp xúc, đối thoại với Nhân dân", heading=True)
    reader.sees_not("Tình hình Nhân dân")
    reader.sees("Trang mẫu – dữ liệu minh hoạ")
    reader.check()


def test_a_correction_leaves_the_old_words_readable_and_a_withdrawal_a_notice(staff, reader):
    author, leader = staff("chuyenvien.anbinh"), staff("lanhdao.anbinh")
    reader.open(OF_THE_PROVINCE)
    old = reader.page.locator("h1").inner_text()
    correct(author, old)
    reader.open(OF_THE_PROVINCE)
    reader.sees(old, heading=True)
    put_up(leader)
    read_both(reader, old)
    take_down(leader)
    assert reader.open(OF_THE_PROVINCE) == 410
    reader.sees("Nội dung này đã được gỡ ngày", heading=True)
    reader.check()


def correct(author: Visitor, old: str) -> None:
    author.press("Công bố", within=".app-menu")
    row = author.page.get_by_role("row").filter(has_text="6 tháng đầu năm 2025")
    author.press(f"Đính chính: {old}", within=row)
    author.sees("Đính chính nội dung công bố", heading=True)
    author.fill("Tiêu đề", "Kết quả công tác dân vận, bản đã sửa")
    author.press("Gửi duyệt công bố")
    author.sees("Đã lưu, chưa gửi duyệt")
    author.fill("Nội dung đính chính", "Sửa tiêu đề cho đúng kỳ báo cáo")
    author.check()
    author.press("Gửi duyệt công bố")
    author.sees("Đã gửi duyệt công bố lúc")


def put_up(leader: Visitor) -> None:
    leader.open("/lam-viec/")
    leader.follow("Kết quả công tác dân vận, bản đã sửa, Tỉnh uỷ An Bình")
    leader.sees("Thay đổi so với lần 1")
    leader.check()
    leader.press("Công bố", within=".preview-strip")
    leader.confirm("Công bố")
    leader.sees("Đã công bố lúc")


def read_both(reader: Visitor, old: str) -> None:
    reader.open(OF_THE_PROVINCE)
    reader.sees("Kết quả công tác dân vận, bản đã sửa", heading=True)
    reader.sees("Sửa tiêu đề cho đúng kỳ báo cáo")
    reader.press("Phiên bản 1")
    reader.sees("Đã có bản đính chính ngày")
    reader.sees(old, heading=True)
    reader.check()
    reader.press("Xem bản mới")
    reader.is_at(OF_THE_PROVINCE)


def take_down(leader: Visitor) -> None:
    leader.press("Gỡ khỏi trang công khai")
    leader.confirm("Gỡ khỏi trang công khai")
    leader.sees("Chưa nhập lý do")
    leader.fill("Lý do", "Chờ thống nhất số liệu nhà ở")
    leader.check()
    leader.press("Gỡ khỏi trang công khai", within="form.form")
    leader.sees("Đã gỡ khỏi trang công khai lúc")
