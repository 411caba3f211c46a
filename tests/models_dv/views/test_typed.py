"""A form sent after the session ended, or with an old token, comes back with everything that was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from models_dv.models import Conference

pytestmark = pytest.mark.django_db
OVER = "Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình."
TYPED = {
    "kind": "giao_ban",
    "title": "Giao ban công tác dân vận quý III",
    "held_on": "15/10/2026",
    "agenda": "Khai mạc\r\n\r\nKết luận",
}


@pytest.fixture
def url():
    return reverse("staff:conference_new")


def form_of(answer):
    """The form of the page that sends everything again, and its fields."""
    (form,) = [
        form for form in html.fromstring(answer.content.decode()).forms if "data-fresh-token" in form.attrib
    ]
    return form, {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_what_was_typed_comes_back_and_goes_on_after_signing_in(client, world, url):
    answer = client.post(url, TYPED)
    assert answer.status_code == 401
    assert OVER in answer.content.decode()
    form, fields = form_of(answer)
    assert {name: value.replace("\r", "") for name, value in fields.items()} == {
        name: value.replace("\r", "") for name, value in TYPED.items()
    }
    assert not Conference.objects.exists()
    client.force_login(world.author)
    client.post(form.action, fields)
    assert Conference.objects.get().title == TYPED["title"]


def test_the_query_of_the_address_is_kept(client, url):
    form, _fields = form_of(client.post(f"{url}?nam=2026", TYPED))
    assert form.action == f"{url}?nam=2026"


def test_a_mere_button_leads_to_the_sign_in_page(client, url):
    for values in ({}, {"key": "0" * 32, "revision": "12"}, {"huong": "len"}):
        assert client.post(url, values)["Location"].startswith("/dang-nhap/?next=")
    assert client.get(url)["Location"].startswith("/dang-nhap/?next=")


def test_passwords_are_never_shown(client):
    answer = client.post(
        "/quan-tri/models_dv/user/add/", {"username": "nguyen.van.mau", "password1": "bi-mat-lam"}
    )
    assert answer.status_code == 302


def test_a_script_is_told_in_its_own_way(client, url):
    assert client.post(url, TYPED, headers={"accept": "application/json"}).status_code == 302
    answer = client.post(url, TYPED, headers={"x-upload": "1"})
    assert (answer.status_code, answer.content.decode()) == (401, OVER)


def test_files_must_be_chosen_again(client, url):
    file = SimpleUploadedFile("anh.jpg", b"x" * 10)
    assert "chọn lại tệp" in client.post(url, {**TYPED, "file": file}).content.decode()


@pytest.mark.parametrize(("origin", "sends"), [("http://testserver", 1), ("https://noi-khac.example", 0)])
def test_an_old_form_of_ours_is_sent_on_and_that_of_another_site_is_not(world, url, origin, sends):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.author)
    answer = strict.post(url, TYPED, headers={"origin": origin})
    assert answer.status_code == 403
    words = answer.content.decode()
    assert words.count("data-fresh-token") == sends
    assert TYPED["title"] in words
