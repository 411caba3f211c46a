"""Signing in, and the pages that every member of the staff may open."""

from tests.journeys.portal import PASSWORD

PAGES = (
    "/lam-viec/",
    "/lam-viec/bao-cao/",
    "/lam-viec/tien-do/",
    "/lam-viec/tong-hop/",
    "/lam-viec/cong-bo/",
    "/lam-viec/thong-bao/",
    "/lam-viec/tro-giup/",
    "/lam-viec/mau-giao-dien/",
    "/doi-mat-khau/",
    "/dang-xuat/",
)


def test_every_page_of_the_menu_fits_and_is_accessible(staff):
    one = staff("chuyenvien.anbinh")
    for path in PAGES:
        assert one.open(path) == 200
        one.check()


def test_a_wrong_password_is_said_in_words(visitor):
    one = visitor()
    one.open("/lam-viec/bao-cao/")
    one.sees("Đăng nhập", heading=True)
    one.fill("Tên đăng nhập", "vanthu.anbinh")
    one.fill("Mật khẩu", "khong-phai-mat-khau")
    one.press("Đăng nhập", within="main")
    one.sees("Tên đăng nhập hoặc mật khẩu chưa đúng")
    one.check()


def test_after_signing_in_the_page_that_was_asked_for(visitor):
    one = visitor()
    one.open("/lam-viec/bao-cao/?trang=1")
    one.fill("Tên đăng nhập", "vanthu.anbinh")
    one.fill("Mật khẩu", PASSWORD)
    one.press("Đăng nhập", within="main")
    one.sees("Báo cáo", heading=True)
    one.is_at("/lam-viec/bao-cao/?trang=1")
    one.page.locator(".user-menu summary").click()
    one.press("Đăng xuất")
    one.is_at("/")
    one.open("/lam-viec/")
    one.sees("Đăng nhập", heading=True)


def test_an_account_without_a_role_is_told_whom_to_ask(staff):
    one = staff("quantri")
    one.sees("Tài khoản này không giữ vai trò nào trong đơn vị.")
    one.press("Báo cáo", within=".app-menu")
    one.check()
    assert one.open("/lam-viec/bao-cao/1/") == 404
    one.sees("Không tìm thấy trang", heading=True)
