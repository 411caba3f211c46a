"""Signing in and out, changing one's password, as a browser does it."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from models_dv.models import User

PASSWORD = "mũ rơm treo cửa bếp"
LOGIN = "/dang-nhap/"

pytestmark = pytest.mark.usefixtures("empty_cache")


@pytest.fixture
def author(db):
    return User.objects.create_user("tacgia.phulam", password=PASSWORD, full_name="Trần Thị Hoài")


def sign_in(client, login="tacgia.phulam", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password, **extra})


def errors(response) -> list[str]:
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def test_the_page_takes_paste_and_password_managers(client, db):
    page = client.get(LOGIN).content.decode()
    assert 'action="/dang-nhap/"' in page
    assert 'name="login"' in page and 'autocomplete="username"' in page
    assert 'name="password"' in page and 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_a_right_password_leads_to_my_work(client, author):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, reverse("staff:my_work"))
    assert client.session[SESSION_KEY] == str(author.pk)


def test_spaces_and_capitals_in_the_name_do_not_matter(client, author):
    assert sign_in(client, login=" TacGia.PhuLam ").status_code == 302


@pytest.mark.parametrize("login", ["tacgia.phulam", "khong.co"])
def test_a_wrong_password_and_an_unknown_name_answer_alike(client, author, login):
    response = sign_in(client, login=login, password="sai")
    assert response.status_code == 200
    assert errors(response) == ["Tên đăng nhập hoặc mật khẩu chưa đúng"]
    assert SESSION_KEY not in client.session
    assert "sai" not in response.content.decode().split("<form class")[1]


def test_empty_fields_are_named(client, db):
    assert errors(sign_in(client, login="", password="")) == ["Chưa nhập tên đăng nhập", "Chưa nhập mật khẩu"]


def test_the_sixth_wrong_password_waits_and_so_does_the_right_one(client, author):
    for _ in range(5):
        assert sign_in(client, password="sai").status_code == 200
    for password in ("sai", PASSWORD):
        response = sign_in(client, password=password)
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 300
        assert errors(response) == ["Đăng nhập sai nhiều lần. Thử lại sau 5 phút"]


def test_a_locked_account_is_told_so_only_with_its_password(client, author):
    User.objects.update(is_active=False)
    assert errors(sign_in(client)) == ["Tài khoản này đã khoá. Liên hệ quản trị viên của cổng"]
    assert errors(sign_in(client, password="sai")) == ["Tên đăng nhập hoặc mật khẩu chưa đúng"]


def test_signing_in_leads_back_to_an_own_path(client, author):
    assert sign_in(client, next="/bao-cao/?trang=2")["Location"] == "/bao-cao/?trang=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "x",
    ],
)
def test_signing_in_never_leads_elsewhere(client, author, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == reverse("staff:my_work")


def test_a_page_for_staff_asks_to_sign_in_and_comes_back(client, author):
    response = client.get("/lam-viec/")
    assert response["Location"] == "/dang-nhap/?next=/lam-viec/"


def test_the_admin_uses_the_same_sign_in(client, author):
    response = client.get("/quan-tri/", follow=True)
    assert response.redirect_chain[-1] == ("/dang-nhap/?next=%2Fquan-tri%2F", 302)
    client.force_login(author)
    assert client.get("/quan-tri/login/").status_code == 403


@pytest.mark.parametrize("address", ["/dang-ky/", "/accounts/signup/", "/signup/"])
def test_there_is_no_sign_up(client, db, address):
    assert client.get(address).status_code == 404


def test_signing_out_needs_a_post_and_ends_the_session(client, author):
    client.force_login(author)
    assert client.get("/dang-xuat/").status_code == 200
    assert SESSION_KEY in client.session
    response = client.post("/dang-xuat/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert SESSION_KEY not in client.session
    assert client.post("/dang-xuat/")["Location"] == "/"


def test_changing_the_password_keeps_this_session_and_ends_the_others(client, author):
    other = type(client)()
    for browser in (client, other):
        browser.force_login(author)
    new = "nón lá phơi sân đình"
    response = client.post(
        "/doi-mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert (response.status_code, response["Location"]) == (302, reverse("staff:my_work"))
    assert client.get("/lam-viec/").status_code == 200
    assert other.get("/lam-viec/").status_code == 302
    author.refresh_from_db()
    assert author.check_password(new)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("sai", "nón lá phơi sân đình", "nón lá phơi sân đình"), "Mật khẩu hiện tại chưa đúng. Nhập lại"),
        ((PASSWORD, "nón lá phơi sân đình", "khác"), "Hai lần nhập mật khẩu mới khác nhau. Nhập lại"),
        ((PASSWORD, "ngắn", "ngắn"), "Mật khẩu quá ngắn. Nhập từ 10 ký tự"),
        (("", "nón lá phơi sân đình", "nón lá phơi sân đình"), "Chưa nhập mật khẩu hiện tại"),
    ],
)
def test_a_password_change_says_what_is_wrong(client, author, typed, expected):
    client.force_login(author)
    fields = ("old_password", "new_password1", "new_password2")
    response = client.post("/doi-mat-khau/", dict(zip(fields, typed, strict=True)))
    assert response.status_code == 200
    assert errors(response) == [expected]
    author.refresh_from_db()
    assert author.check_password(PASSWORD)
