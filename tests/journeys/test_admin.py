"""The administrator: a unit's change is written down; a period, then a round with its expected reports; a
reorganisation from the text of a resolution, carried out and taken back."""

from dataclasses import dataclass

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


@dataclass(frozen=True)
class Noun:
    """One kind of thing: its words in the menu, what is typed and found, what its page shows, the field mended."""

    menu: str
    typed: str
    found: str
    shows: str
    field: str = ""


NOUNS = (
    Noun("Cán bộ", "gia dinh", "Đặng Thị Giả Định", "Sửa cán bộ", "Quyết định:"),
    Noun("Hội nghị", "giao ban quy i", "Giao ban công tác dân vận quý I", "Khó khăn, vướng mắc", "Địa điểm:"),
    Noun("Khó khăn, vướng mắc", "cap nuoc vung cao", "Dự án cấp nước vùng cao", "Tỉnh uỷ An Bình"),
    Noun("Nhiệm vụ", "doi thoai", "đối thoại", "Sửa nhiệm vụ", "Sản phẩm:"),
    Noun("Mô hình, điển hình “Dân vận khéo”", "mot cua", "Một cửa thân thiện", "Một cửa", "Địa chỉ cụ thể:"),
)
BASIS = "Nghị quyết minh hoạ số 12-NQ/TU"
PERIOD = "quý IV năm 2026"
RESOLUTION = """Điều 1. Sắp xếp các đơn vị hành chính cấp xã của tỉnh An Bình
1. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã Yên Khê và xã Thượng Giang thành xã mới có tên gọi là \
xã Yên Giang.
2. Nhập xã Không Có vào xã Tân Hoà.
Sau khi sắp xếp, tỉnh An Bình có 09 đơn vị hành chính cấp xã."""


def test_a_change_of_a_unit_is_written_down(staff):
    admin = staff("quantri")
    open_admin(admin)
    admin.press("Đơn vị", within="#content")
    admin.page.locator("#searchbar").fill("dong son")
    admin.press("Tìm")
    admin.follow("Đảng uỷ phường Đông Sơn", within="#result_list")
    admin.page.get_by_label("Căn cứ pháp lý:").first.fill(BASIS)
    admin.press("Lưu và sửa tiếp")
    admin.sees("Đã lưu đơn vị “Đảng uỷ phường Đông Sơn”.")
    admin.press("Lịch sử")
    admin.sees(BASIS)
    admin.check_part("#content")


def test_a_round_is_laid_out_and_opened(staff):
    admin = staff("quantri")
    open_admin(admin)
    add_period(admin)
    lay_out(admin)
    open_round(admin)
    see_the_reports(admin)
    staff("chuyenvien.hoalac").sees(f"Báo cáo {PERIOD}")


def test_communes_are_merged_and_the_merger_is_taken_back(staff):
    admin = staff("quantri")
    open_admin(admin)
    paste_the_resolution(admin)
    settle_what_is_open(admin)
    admin.press("Xem trước thay đổi")
    admin.sees("Đảng uỷ xã Yên Giang (sáp nhập)")
    admin.check_part("#content")
    admin.follow("Đánh dấu tất cả")
    admin.press("Áp dụng")
    admin.sees("Đã áp dụng sắp xếp đơn vị.")
    admin.check_part("#content")
    admin.press("Hoàn tác")
    admin.sees("trở lại đúng như trước khi áp dụng")
    admin.press("Hoàn tác", within="form")
    admin.sees("Đã hoàn tác: mọi đơn vị trở lại như trước.")


def test_each_noun_is_found_without_accents_and_mended_where_it_may_be(staff):
    admin = staff("quantri")
    open_admin(admin)
    for noun in NOUNS:
        admin.open("/quan-tri/")
        admin.press(noun.menu, within="#content")
        admin.page.locator("#searchbar").fill(noun.typed)
        admin.press("Tìm")
        admin.page.locator("#result_list tbody a").filter(has_text=noun.found).first.click()
        admin.sees(noun.shows)
        if noun.field:
            admin.page.get_by_label(noun.field, exact=True).first.fill(BASIS)
            admin.press("Lưu và sửa tiếp")
            admin.sees("Đã lưu")
            admin.press("Lịch sử")
            admin.sees(BASIS)
        admin.check_part("#content")


def test_the_tree_of_units_is_walked_down(staff):
    admin = staff("quantri")
    open_admin(admin)
    admin.press("Đơn vị", within="#content")
    admin.press("Cây đơn vị")
    admin.follow("Tỉnh uỷ An Bình", within="#result_list")
    admin.sees("Đảng uỷ xã Phú Lâm", within="#result_list")
    admin.fill("Tại ngày:", "31/12/2019")
    admin.press("Xem")
    admin.sees("không có trong cây ngày 31/12/2019")
    admin.check_part("#content")


def paste_the_resolution(admin: Visitor) -> None:
    admin.press("Sắp xếp đơn vị", within="#content")
    admin.press("Thêm sắp xếp đơn vị", within="#content")
    admin.fill("Tên việc sắp xếp:", "Sắp xếp cấp xã của tỉnh An Bình")
    admin.fill("Căn cứ pháp lý:", BASIS)
    admin.fill("Có hiệu lực từ:", "01/03/2027")
    look_up(admin, "scope", "an binh", "Tỉnh uỷ An Bình")
    admin.fill("Văn bản nghị quyết:", RESOLUTION)
    admin.press("Lưu")


def settle_what_is_open(admin: Visitor) -> None:
    admin.sees("Cần chọn (1 việc)")
    admin.sees("Không tìm thấy “xã Không Có” trong phạm vi.")
    admin.check_part("#content")
    admin.press("Bỏ việc 2")
    admin.sees("Các việc trong phương án (1)")


def open_admin(admin: Visitor) -> None:
    admin.sees("Tài khoản này không giữ vai trò nào trong đơn vị.")
    admin.press("Quản trị", within="main")
    admin.sees("Quản trị", heading=True)


def add_period(admin: Visitor) -> None:
    admin.press("Kỳ báo cáo", within="#content")
    admin.press("Thêm kỳ báo cáo", within="#content")
    admin.choose("Loại kỳ:", "Quý")
    admin.fill("Năm:", "2026")
    admin.fill("Thứ tự trong năm:", "4")
    admin.fill("Số liệu từ ngày:", "31/02/2026")
    admin.fill("Số liệu đến ngày:", "14/12/2026")
    admin.press("Lưu")
    admin.sees("Sửa các mục báo lỗi bên dưới rồi lưu lại.")
    expect(admin.field("Số liệu từ ngày:")).to_have_value("31/02/2026")
    admin.fill("Số liệu từ ngày:", "15/09/2026")
    admin.press("Lưu")
    admin.sees(f"Đã thêm kỳ báo cáo “{PERIOD}”.")


def lay_out(admin: Visitor) -> None:
    admin.press("Đợt báo cáo", within="#nav-sidebar")
    admin.press("Thêm đợt báo cáo", within="#content")
    look_up(admin, "root_unit", "an binh", "Tỉnh uỷ An Bình")
    look_up(admin, "period", "2026", PERIOD)
    admin.choose("Đề cương:", "Đề cương báo cáo công tác dân vận – phiên bản 1")
    set_due(admin, 0, "Cấp xã", "20/12/2026")
    admin.press("Lưu")
    admin.sees("Đợt chưa mở. Ghi hạn gửi cho từng cấp")


def open_round(admin: Visitor) -> None:
    admin.press("Mở đợt báo cáo")
    admin.sees("Chưa có hạn gửi cho: Cấp tỉnh. Thêm hạn gửi rồi mở đợt.")
    admin.check_part("#content")
    admin.press("Quay lại")
    admin.page.locator(".add-row a").click()
    set_due(admin, 1, "Cấp tỉnh", "28/12/2026")
    admin.press("Lưu và sửa tiếp")
    admin.press("Mở đợt báo cáo")
    admin.sees("Mở đợt tạo một báo cáo cho mỗi đơn vị dưới đây và khoá phiên bản đề cương.")
    admin.check_part("#content")
    admin.press("Mở đợt báo cáo", within="form")
    admin.sees("Đã mở đợt báo cáo: 11 báo cáo.")


def see_the_reports(admin: Visitor) -> None:
    admin.press("Các báo cáo")
    for unit in ("Đảng uỷ xã Phú Lâm", "Đảng uỷ phường Trung Tâm", "Tỉnh uỷ An Bình"):
        admin.sees(unit, within="#result_list")


def look_up(admin: Visitor, field: str, typed: str, choice: str) -> None:
    admin.page.locator(f".fieldBox.field-{field} .select2-selection").click()
    admin.type(typed)
    admin.page.get_by_role("option", name=choice).first.click()


def set_due(admin: Visitor, row: int, level: str, day: str) -> None:
    admin.page.locator(f"#id_due_dates-{row}-level").select_option(label=level)
    admin.page.locator(f"#id_due_dates-{row}-due_at_0").fill(day)
    admin.page.locator(f"#id_due_dates-{row}-due_at_1").fill("17:00")
