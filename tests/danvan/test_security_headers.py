"""What the browser is told on every answer, whoever asks and whatever the status."""

import pytest
from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/healthz", 200), ("/dang-nhap/", 200), ("/khong-co-trang-nay/", 404), ("/lam-viec/", 302)],
)
def test_every_answer_carries_the_headers(client, db, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert len(response["X-Request-ID"]) == 10


def test_two_requests_have_two_ids(client, db):
    assert client.get("/healthz")["X-Request-ID"] != client.get("/healthz")["X-Request-ID"]


def test_cookies_are_kept_from_scripts_and_other_sites(client, db):
    client.get("/dang-nhap/")
    cookie = client.cookies["csrf"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_a_foreign_host_is_refused(client, db):
    assert client.get("/dang-nhap/", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_form_without_its_token_is_refused_in_words(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/dang-nhap/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "Biểu mẫu này đã cũ, nội dung chưa được lưu" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/lam-viec/", "/lam-viec/bao-cao/", "/lam-viec/bao-cao/1/", "/lam-viec/cong-bo/"]
)
def test_nobody_keeps_what_is_for_one_person(client, django_user_model, address):
    client.force_login(django_user_model.objects.create(username="nguoi.doc"))
    assert client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("cookie", ['"abcdefgh\\000ij"', "caf\u00e9", "a" * 5000, "'; --"])
def test_a_session_cookie_that_no_portal_wrote_is_nobodys(client, db, cookie):
    assert client.get("/lam-viec/", headers={"cookie": f"session={cookie}"}).status_code == 302
