"""A report written, checked and handed in with JavaScript switched off."""

from playwright.sync_api import expect

TITLE = "Báo cáo 6 tháng đầu năm 2026, Đảng uỷ xã Yên Khê"


def test_an_author_needs_no_script(visitor):
    one = visitor(script=False).sign_in("chuyenvien.yenkhe")
    one.follow(TITLE)
    one.sees("III.3. Dân vận của lực lượng vũ trang", heading=True)
    one.fill("Nội dung phần III.3. Dân vận của lực lượng vũ trang", "Giúp dân 120 ngày công.")
    one.tick("Phần này đã xong")
    one.press("Lưu và sang phần sau")
    one.sees("III.4. Mặt trận Tổ quốc và các đoàn thể", heading=True)
    one.follow("Phụ lục: số liệu", within=".part-nav")
    one.fill("Đơn tiếp nhận", "50")
    one.fill("Đơn thuộc thẩm quyền", "99")
    one.press("Lưu ngay")
    one.sees("“Đơn thuộc thẩm quyền” (99) lớn hơn “Đơn tiếp nhận” (50). Sửa một trong hai số")
    one.fill("Đơn thuộc thẩm quyền", "40")
    one.fill("Đơn đã giải quyết", "gần 40")
    one.press("Lưu ngay")
    one.sees("Đã lưu lúc")
    expect(one.field("Đơn đã giải quyết")).to_have_value("gần 40")
    one.press("Kiểm tra và trình duyệt", within=".report-bar")
    one.press("Trình duyệt", within=".sticky-bar")
    one.confirm("Trình duyệt")
    one.sees("Đã trình duyệt lúc")
    one.fits()
