"""A report comes from files: a Word file into its parts, a unit's own sheet into its figures; each is taken back."""

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

FILES = Path(__file__).resolve().parent.parent / "files"
#: What tells an old .doc: the beginning of its container, the name of the stream in it.
OLD_WORD = {
    "name": "bao-cao.doc",
    "mimeType": "application/msword",
    "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
}
PEOPLE, MODELS = "II. Tình hình Nhân dân", "III.8. Phong trào thi đua “Dân vận khéo”"


def open_draft(one: Visitor, unit: str) -> None:
    one.open(f"/lam-viec/bao-cao/?q={quote(unit)}")
    one.press(unit, within=one.page.get_by_role("row").filter(has_text="6 tháng đầu năm 2026"))


def bring(one: Visitor, file) -> None:
    """Choose a file and send it."""
    with one.page.expect_file_chooser() as chooser:
        one.page.get_by_text("Chọn tệp", exact=True).click()
    chooser.value.set_files(file)
    one.sees(file["name"] if isinstance(file, dict) else Path(file).name)
    one.press("Tải lên và xem trước")


def decide(one: Visitor, part: str, way: str) -> None:
    """What becomes of a part's text in the file: Thay, Nối, Bỏ qua, Nhập."""
    one.page.get_by_role("group", name=part).get_by_label(way, exact=True).check()


def take_back(one: Visitor) -> None:
    one.press("Hoàn tác", within="main")
    one.confirm("Hoàn tác")
    one.sees("Đã hoàn tác lần nhập")


def test_a_word_file_goes_into_the_parts_and_out_again(staff):
    author = staff("chuyenvien.anbinh")
    open_draft(author, "Tỉnh uỷ An Bình")
    author.press("Nhập từ tệp Word", within="main")
    author.check()
    bring(author, OLD_WORD)
    author.sees("lưu lại dạng .docx rồi tải lên")
    bring(author, FILES / "bao-cao-tinh.docx")
    author.sees("Chưa nhập gì vào báo cáo")
    author.check()
    for group in author.page.get_by_role("group").filter(has_text="Thay").all():
        group.get_by_label("Bỏ qua").check()
    decide(author, PEOPLE, "Thay")
    decide(author, MODELS, "Nhập")
    author.press("Nhập vào báo cáo")
    author.sees("Đã nhập từ “bao-cao-tinh.docx”")
    author.check()
    result = author.path
    author.follow("Phong trào thi đua “Dân vận khéo”")
    expect(author.field(f"Nội dung phần {MODELS}")).to_have_value("Toàn tỉnh có 1.743 mô hình.")
    author.open(result)
    take_back(author)
    author.open(result.split("tep-nhap")[0].split("nhap-word")[0] + "phan/S2.8/")
    expect(author.field(f"Nội dung phần {MODELS}")).to_have_value("")


def test_a_units_own_sheet_goes_into_the_figures_and_out_again(staff):
    author = staff("chuyenvien.thuonggiang")
    open_draft(author, "Đảng uỷ xã Thượng Giang")
    author.press("Nhập từ Excel", within="main")
    author.check()
    bring(author, FILES / "so-lieu-xa.xlsx")
    author.sees("5 số khác với số đang có")
    author.choose("Chỉ tiêu của “Số mô hình”", "K3a. Trong đó: mô hình (mô hình)")
    author.choose("Chỉ tiêu của “Mô hình tiêu biểu”", "K4. Mô hình, điển hình tiêu biểu (mô hình)")
    dialogues = "Cuộc tiếp xúc, đối thoại của người đứng đầu với Nhân dân (cuộc)"
    author.choose("Chỉ tiêu của “Số cuộc đối thoại của người đứng đầu với Nhân dân”", f"C8. {dialogues}")
    author.press("Xem lại")
    author.sees("Công thức của ô báo lỗi #DIV/0!. Sửa công thức hoặc nhập số")
    author.sees("7 số khác với số đang có")
    author.check()
    author.press("Nhập vào báo cáo")
    author.sees("Đã nhập từ “so-lieu-xa.xlsx”")
    author.follow("chỉ tiêu")
    expect(author.page.locator("[name=ct_C2]")).to_have_value("41")
    expect(author.page.locator("[name=ct_G1]")).to_have_value("6.500")
    author.page.go_back()
    take_back(author)
