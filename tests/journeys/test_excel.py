"""A workbook of the registry: mistakes shown cell by cell, good rows saved in the background, all taken back."""

from io import BytesIO

import xlsxwriter
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.journeys.visitor import Visitor

LIST = "/lam-viec/mo-hinh/"
GOOD = 240
HEADERS = (
    "Tên mô hình, điển hình",
    "Loại",
    "Tập thể, cá nhân",
    "Lĩnh vực",
    "Cấp đăng ký",
    "Năm đăng ký",
    "Địa chỉ cụ thể",
    "Số người hưởng lợi",
)


def row(name: str, **other) -> tuple:
    """A row of the workbook that can be taken, but for what is said otherwise."""
    cells = {"field": "Kinh tế", "year": 2026, "address": "Thôn Hạ, xã Thượng Giang", "people": 40} | other
    return (
        name,
        "Mô hình",
        "Tập thể",
        cells["field"],
        "Cấp xã",
        cells["year"],
        cells["address"],
        cells["people"],
    )


WRONG = (
    row("Tổ hợp tác chè sạch", field="Kinh tế số"),
    row("Nhóm hộ nuôi ong", address=None),
    row("Đội văn nghệ thôn Hạ", people="1.5"),
)
TWICE = (row("Tiếng trống khuyến học", year=2024), row("=Mô hình số 1"))


def workbook(rows) -> dict:
    """The file as a person chooses it."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sổ đăng ký")
        for number, cells in enumerate((HEADERS, *rows)):
            sheet.write_row(number, 0, cells)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "so-dang-ky.xlsx", "mimeType": kind, "buffer": data.getvalue()}


def test_a_workbook_is_checked_saved_and_taken_back(staff):
    author = staff("chuyenvien.thuonggiang")
    before = count(author)
    bring(
        author, workbook([*(row(f"=Mô hình số {number}") for number in range(1, GOOD + 1)), *WRONG, *TWICE])
    )
    see_what_is_wrong(author)
    keep_the_wrong_rows(author)
    save_the_others(author)
    address = author.path
    assert count(author) == before + GOOD
    see_it_among_the_jobs(author)
    take_back(author, address)
    assert count(author) == before


def count(author: Visitor) -> int:
    """How many models the registry shows."""
    author.open(LIST)
    return int(author.page.locator(".result-count").inner_text().split()[0].replace(".", ""))


def bring(author: Visitor, file: dict) -> None:
    author.press("Nhập từ Excel", within="main")
    with author.page.expect_download() as template:
        author.press("Tải mẫu (Excel)")
    assert set(HEADERS) <= set(headers_of(template.value.path()))
    author.press("Tải lên và kiểm tra")
    author.sees("Cần sửa trước khi tải lên")
    author.check()
    author.field("Tệp Excel đã điền").set_input_files(file)
    author.press("Tải lên và kiểm tra")


def see_what_is_wrong(author: Visitor) -> None:
    author.sees("Từng dòng của tệp", heading=True)
    summary = author.page.locator(".summary-line li")
    expect(summary).to_have_text([f"{GOOD + 5} dòng", f"{GOOD} dòng hợp lệ", "3 dòng lỗi", "2 dòng trùng"])
    cells = author.page.get_by_role("row").filter(has_text="Kinh tế số").get_by_role("cell")
    expect(cells.nth(0)).to_have_text("Lĩnh vực")
    expect(cells.nth(3)).to_contain_text("Kinh tế")
    author.sees(f"Dòng {GOOD + 2}")
    author.sees("(trống)")
    author.sees("1.5", within="main table")
    author.check()
    author.press("Chỉ dòng trùng (2)")
    author.sees("Tiếng trống khuyến học")
    author.sees("Đã có trong sổ của đơn vị")


def keep_the_wrong_rows(author: Visitor) -> None:
    with author.page.expect_download() as wrong:
        author.press("Tải các dòng lỗi (Excel)")
    rows = CalamineWorkbook.from_path(wrong.value.path()).get_sheet_by_index(0).to_python()
    names = [cells[1] for cells in rows]
    for cells in (*WRONG, *TWICE):
        assert cells[0] in names
    mended = next(cells for cells in rows if cells[1] == WRONG[0][0])
    assert "Lĩnh vực" in mended[-1]


def save_the_others(author: Visitor) -> None:
    author.press(f"Nhập {GOOD} dòng")
    author.sees(f"Nhập {GOOD} dòng hợp lệ, bỏ qua 3 dòng lỗi và 2 dòng trùng?")
    author.confirm("Nhập")
    author.sees("Xem danh sách")
    author.sees("Đã nhập")


def see_it_among_the_jobs(author: Visitor) -> None:
    author.unfold("Xem thêm")
    author.press("Nhập, xuất dữ liệu", within=".app-menu")
    saved = author.page.locator("main tbody tr").first
    expect(saved).to_contain_text(f"Đã nhập {GOOD} mô hình")
    author.check()
    saved.get_by_role("link").click()
    author.sees("Kết thúc lúc")
    author.check()


def take_back(author: Visitor, address: str) -> None:
    author.open(address)
    author.press("Hoàn tác")
    author.sees(f"Xoá {GOOD} mô hình của lần nhập này?")
    author.confirm("Hoàn tác")
    author.sees("Lần nhập này đã được hoàn tác")


def headers_of(path) -> list[str]:
    """The columns of a template; a star marks those that must be filled."""
    first = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]
    return [str(cell).removesuffix(" *") for cell in first]
