"""Officials of a unit: entered, appointed to two posts, released of one, two records made one, read as of a day."""

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

NAME = "Kiều Văn Thử"
FIRST, SECOND, TWIN = "Chuyên viên Tổng hợp", "Trưởng phòng Tổng hợp", "Bí thư Đoàn cơ sở"
MEMBER = "Uỷ viên Ban Chấp hành Đảng bộ cơ quan"
OUTGOING = "Lê Văn Tiền Nhiệm"


def test_an_official_and_his_posts(staff):
    author = staff("chuyenvien.anbinh")
    enter(author)
    address = author.path
    appoint_to_two_posts(author)
    end_the_first(author)
    see_as_of_a_day(author)
    enter_again(author)
    merge(author, address)
    find_in_the_lists(author)


def enter(author: Visitor) -> None:
    author.unfold("Xem thêm")
    author.press("Cán bộ", within=".app-menu")
    author.press("Thêm cán bộ")
    author.fill("Họ và tên", NAME)
    author.choose("Cơ quan", "Ban Dân vận; Ban Tuyên giáo và Dân vận")
    author.fill("Chức vụ", FIRST)
    author.choose("Bậc trong danh sách", "Chuyên viên")
    author.press("Thêm cán bộ", within="main form")
    author.sees("Ghi ngày bắt đầu giữ chức vụ, hoặc ngày có nguồn ghi nhận")
    expect(author.field("Họ và tên")).to_have_value(NAME)
    expect(author.field("Chức vụ")).to_have_value(FIRST)
    author.check()
    author.page.get_by_label("Từ ngày").fill("01/03/2024")
    author.press("Thêm cán bộ", within="main form")
    author.sees(NAME, heading=True)


def appoint_to_two_posts(author: Visitor) -> None:
    author.press("Thêm chức vụ")
    posts = (
        ("Chức vụ 1", "Ban Dân vận; Ban Tuyên giáo và Dân vận", SECOND, "Trưởng phòng, phó trưởng phòng"),
        ("Chức vụ 2", "Cấp uỷ", MEMBER, "Uỷ viên Ban Chấp hành"),
    )
    for group, organ, post, rank in posts:
        fields = author.page.get_by_role("group", name=group)
        fields.get_by_label("Cơ quan").select_option(label=organ)
        fields.get_by_label("Chức vụ", exact=True).fill(post)
        fields.get_by_label("Bậc trong danh sách").select_option(label=rank)
    author.page.get_by_label("Từ ngày").fill("01/09/2025")
    author.fill("Quyết định (không bắt buộc)", "Quyết định số 88-QĐ/BTGDVTU ngày 28/8/2025")
    author.check()
    author.press("Thêm chức vụ", within="main form")
    for post in (FIRST, SECOND, MEMBER):
        expect(held(author, post)).to_be_visible()


def end_the_first(author: Visitor) -> None:
    author.press(f"Thôi giữ chức vụ {FIRST}")
    author.fill("Thôi giữ từ ngày", "01/02/2024")
    author.press("Ghi thôi giữ chức vụ")
    author.sees("Cần sửa trước khi lưu")
    author.fill("Thôi giữ từ ngày", "01/09/2025")
    author.fill("Lý do (không bắt buộc)", "Bổ nhiệm Trưởng phòng")
    author.press("Ghi thôi giữ chức vụ")
    author.sees("thôi giữ từ 01/09/2025")
    expect(held(author, SECOND)).to_be_visible()
    expect(held(author, FIRST)).to_have_count(0)
    author.check()


def see_as_of_a_day(author: Visitor) -> None:
    author.page.get_by_label("Tính đến ngày").fill("31/08/2025")
    author.press("Xem theo ngày")
    expect(held(author, FIRST)).to_be_visible()
    expect(held(author, SECOND)).to_have_count(0)


def enter_again(author: Visitor) -> None:
    author.press("Cán bộ", within=".breadcrumb")
    author.press("Thêm cán bộ")
    author.fill("Họ và tên", NAME)
    author.choose("Cơ quan", "Đoàn thể, hội quần chúng")
    author.fill("Chức vụ", TWIN)
    author.choose("Bậc trong danh sách", "Chức vụ khác")
    author.page.get_by_label("Từ ngày").fill("01/01/2026")
    author.press("Thêm cán bộ", within="main form")
    author.sees("Đã có cán bộ cùng tên, nêu ở đầu biểu mẫu")
    author.page.get_by_label("Đây là một người khác cùng tên").check()
    author.press("Thêm cán bộ", within="main form")
    author.sees(TWIN)


def merge(author: Visitor, address: str) -> None:
    twin = author.path
    author.open(f"{address}gop/")
    author.press(f"{NAME}: xem những gì sẽ chuyển")
    author.sees(TWIN)
    author.sees("Việc gộp không hoàn tác được.")
    author.check()
    author.press("Gộp hồ sơ", within="main form")
    author.sees(NAME, heading=True)
    for post in (SECOND, MEMBER, TWIN):
        expect(held(author, post)).to_be_visible()
    author.open(twin)
    author.is_at(address)


def find_in_the_lists(author: Visitor) -> None:
    author.open("/lam-viec/can-bo/?don_vi=an+binh")
    names = author.page.locator("main tbody th a")
    author.press("Xếp theo tên")
    expect(names.first).to_have_text("Trần Thị Bình An")
    order = [name.rsplit(" ", 1)[-1] for name in names.all_inner_texts()]
    assert order.index("An") < order.index("Bình") < order.index("Dụ") < order.index("Thử")
    author.press("Xếp theo bậc")
    expect(names.first).to_have_text("Hoàng Văn Minh Hoạ")
    author.sees_not(OUTGOING)
    author.unfold("Thêm bộ lọc")
    author.page.get_by_label("Tính đến ngày").fill("01/06/2024")
    author.press("Tìm kiếm", within="main")
    author.sees(OUTGOING)
    author.sees("tính đến ngày 01/06/2024")
    author.sees(FIRST)
    author.check()


def held(author: Visitor, post: str):
    """The mark that a post is held on the day."""
    row = author.page.get_by_role("row").filter(has=author.page.get_by_role("rowheader", name=post))
    return row.get_by_text("Đang giữ", exact=True)
