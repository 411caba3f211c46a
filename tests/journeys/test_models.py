"""“Dân vận khéo” from its registration to the public: entered in a commune, told by facts, published, taken down."""

import re
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

NAME = "Loa nhà, tiếng thôn: nghe dân mỗi tối thứ sáu"
ORIGIN, ORIGIN_NAME = "/mo-hinh/to-cong-nghe-so-den-tung-nha-dong-tien/", "Tổ công nghệ số đến từng nhà"
PLACE = "Nhà văn hoá thôn Hạ, xã Phú Lâm"
CAPTION = "Bà con thôn Hạ góp ý ở nhà văn hoá"
NOW = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = f"{NOW:%d/%m/%Y}"


def test_a_model_from_its_registration_to_the_public(staff, reader):
    author = staff("chuyenvien.phulam")
    register(author)
    tell_facts_by_keyboard(author)
    add_a_photo(author)
    publish(author)
    read_on_the_phone(reader)
    withdraw(author)
    assert reader.open(reader.path) == 410
    reader.sees("Nội dung này đã được gỡ ngày", heading=True)
    reader.check()
    reader.open(ORIGIN)
    reader.sees_not(NAME)


def register(author: Visitor) -> None:
    author.press("Mô hình", within=".app-menu")
    author.press("Đăng ký mô hình")
    author.fill("Tên mô hình, điển hình", NAME)
    author.tick("Mô hình")
    author.tick("Tập thể")
    author.choose("Lĩnh vực", "Xây dựng hệ thống chính trị")
    author.fill("Tình hình, lý do (không bắt buộc)", "Loa phường ít người nghe, góp ý không tới xã.")
    author.fill(
        "Nội dung, cách làm (không bắt buộc)",
        "Mỗi tối thứ sáu, cán bộ xã đến một nhà, ghi sổ, hẹn ngày trả lời.",
    )
    author.fill("Số người hưởng lợi (không bắt buộc)", "1.5")
    author.page.get_by_label("Tên kết quả", exact=True).first.fill("ý kiến được trả lời")
    author.page.get_by_label("Số", exact=True).first.fill("1250")
    author.page.get_by_label("Đơn vị tính", exact=True).first.fill("ý kiến")
    author.fill("Nhân rộng từ (không bắt buộc)", author.base + ORIGIN)
    author.press("Đăng ký")
    author.sees("Ghi địa chỉ cụ thể: thôn, tổ dân phố, xã; nơi đến xem được")
    author.sees("“1.5” chưa rõ")
    expect(author.field("Tên mô hình, điển hình")).to_have_value(NAME)
    expect(author.field("Số người hưởng lợi (không bắt buộc)")).to_have_value("1.5")
    expect(author.field("Mô hình")).to_be_checked()
    expect(author.field("Nhân rộng từ (không bắt buộc)")).to_have_value(re.compile(ORIGIN))
    author.check()
    author.fill("Địa chỉ cụ thể", PLACE)
    author.fill("Số người hưởng lợi (không bắt buộc)", "1500")
    author.press("Đăng ký")
    author.sees(NAME, heading=True)
    author.sees("1.500 người")
    author.sees("1.250 ý kiến")
    author.sees(ORIGIN_NAME, within="[aria-labelledby=copies]")


def tell_facts_by_keyboard(author: Visitor) -> None:
    author.walk_to("Ghi mốc")
    author.key("Enter")
    author.sees("Ghi mốc", heading=True)
    author.walk_to("Ra mắt")
    author.key("Space")
    author.walk_to("Ghi mốc")
    author.key("Enter")
    author.sees("Ghi ngày, hoặc ghi năm ở ô bên cạnh")
    expect(author.field("Ra mắt")).to_be_checked()
    author.walk_to("Ghi ngày")
    author.key("Enter")
    expect(author.field("Ngày")).to_be_focused()
    author.type(TODAY)
    author.key("Enter")
    author.sees(NAME, heading=True)
    facts = author.page.locator("[aria-labelledby=facts] li")
    expect(facts.filter(has_text="Ra mắt").locator("time")).to_have_text(TODAY)
    author.sees("Đang duy trì")


def add_a_photo(author: Visitor) -> None:
    author.press("Ảnh", within="main")
    author.field("Ảnh").set_input_files({"name": "thon.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    author.fill("Chú thích", CAPTION)
    author.fill("Mô tả ảnh cho người không xem được", "Khung màu xanh, không có người.")
    author.press("Tải ảnh lên")
    author.sees("Đã có 1 ảnh", heading=True)
    author.sees("Chưa công bố được")
    author.check()
    author.press(f"Sửa chú thích của “{CAPTION}”")
    author.tick("Người trong ảnh đồng ý cho công bố")
    author.fill("Căn cứ đồng ý", f"Đồng ý tại buổi họp thôn ngày {TODAY}")
    author.press("Lưu")
    author.sees("Đã có 1 ảnh", heading=True)
    author.sees_not("Chưa công bố được")
    author.press("Quay lại")


def publish(author: Visitor) -> None:
    author.press("Công bố", within="main")
    author.sees("Chưa chọn phần nào")
    preview = author.page.locator("[data-preview]")
    for part in ("Vấn đề", "Cách làm", "Địa chỉ", "Nhân rộng từ"):
        author.tick(part)
    author.tick(CAPTION)
    author.fill("Lời dẫn", "Nghe dân tại nhà, trả lời trong tuần.")
    expect(preview.get_by_text("Nghe dân tại nhà")).to_be_visible()
    expect(preview.get_by_role("img")).to_be_visible()
    author.check()
    author.press("Công bố", within="main form")
    author.sees("Đã công bố lần 1.")


def read_on_the_phone(reader: Visitor) -> None:
    reader.open("/mo-hinh/")
    reader.choose("Lĩnh vực", "Xây dựng hệ thống chính trị")
    reader.press("Tìm", within="main")
    reader.sees("2 mô hình, điển hình")
    reader.check()
    reader.press(NAME)
    reader.sees(NAME, heading=True)
    reader.sees("Mỗi tối thứ sáu, cán bộ xã đến một nhà")
    reader.sees(PLACE)
    reader.sees_not("1.250")
    image = reader.page.locator("figure img").first
    expect(image).to_be_visible()
    assert image.evaluate("(image) => image.complete && image.naturalWidth > 0")
    expect(reader.page.locator("[aria-current=page]").filter(has_text=NAME).last).to_be_visible()
    reader.check()
    here = reader.path
    reader.press(f"Đảng uỷ xã Đồng Tiến: {ORIGIN_NAME}")
    reader.is_at(ORIGIN)
    reader.press(f"Đảng uỷ xã Phú Lâm: {NAME}")
    reader.is_at(here)


def withdraw(author: Visitor) -> None:
    author.press("Công bố", within="main")
    author.press("Gỡ khỏi trang công khai", within=".page-head")
    author.fill("Lý do gỡ", "Chờ thôn họp lại")
    author.confirm("Gỡ khỏi trang công khai")
    author.sees("Đã gỡ khỏi trang công khai. Địa chỉ cũ hiện thông báo đã gỡ.")


def photo() -> bytes:
    """A green frame as a camera would save it."""
    data = BytesIO()
    Image.new("RGB", (900, 600), (58, 104, 72)).save(data, "JPEG")
    return data.getvalue()
