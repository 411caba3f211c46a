"""Evidence and photos on the staff pages: brought, seen, put in order, taken away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from models_dv.domain.changes import fingerprint
from models_dv.models import KheoEvidence, KheoPhoto
from tests.access.addresses import let_go
from tests.factories.kheo import add_photo, make_model, make_publisher, picture, publish

pytestmark = pytest.mark.django_db
WORDS = {"caption": "Ra quân", "alt": "Sáu người quét đường", "credit": "", "consent_note": ""}


@pytest.fixture
def model(world):
    return make_model(world.communes[0], world.author)


@pytest.fixture
def author(world):
    return as_user(world.author)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_evidence_is_brought_opened_and_taken_away(world, model, author):
    url = f"{model.get_absolute_url()}minh-chung/"
    assert author.get(url).status_code == 200
    assert author.post(url, {"title": "Biên bản", "file": picture()}).status_code == 302
    evidence = KheoEvidence.objects.get()
    opened = as_user(world.reviewer).get(f"{url}{evidence.pk}/")
    assert opened["Content-Disposition"] == 'attachment; filename="anh.jpg"'
    assert b"".join(opened.streaming_content)[:2] == b"\xff\xd8"
    for who, status in ((world.stranger, 404), (world.province_author, 404)):
        assert as_user(who).get(f"{url}{evidence.pk}/").status_code == status
    assert as_user(world.reader).post(f"{url}{evidence.pk}/go/").status_code == 403
    assert author.post(f"{url}{evidence.pk}/go/").status_code == 302
    assert not KheoEvidence.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": "Biên bản"}, "file"),
        ({"title": "", "file": "picture"}, "title"),
        ({"title": "Biên bản", "file": "exe"}, "file"),
    ],
)
def test_what_is_wrong_with_evidence_is_said(model, author, typed, field):
    files = {"picture": picture, "exe": lambda: SimpleUploadedFile("a.pdf", b"MZ")}
    values = {name: files[value]() if name == "file" else value for name, value in typed.items()}
    page = author.post(f"{model.get_absolute_url()}minh-chung/", values)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_photos_are_brought_mended_moved_and_taken_away(world, model, author):
    url = f"{model.get_absolute_url()}anh/"
    assert author.post(url, {**WORDS, "file": picture()}).status_code == 302
    assert author.post(url, {**WORDS, "alt": "Hai người", "file": picture()}).status_code == 302
    first, second = KheoPhoto.objects.order_by("order")
    assert not first.consent
    assert "Thiếu: người trong ảnh đồng ý" in author.get(url).content.decode()
    mended = {**WORDS, "consent": "on", "seen": fingerprint(first)}
    assert author.post(f"{url}{first.pk}/", mended).status_code == 302
    assert author.post(f"{url}{second.pk}/xep/", {"huong": "len"}).status_code == 302
    assert list(model.photos.values_list("pk", flat=True)) == [second.pk, first.pk]
    assert author.post(f"{url}{second.pk}/go/").status_code == 302
    first.refresh_from_db()
    assert (first.consent, model.photos.count()) == (True, 1)


def test_two_who_mend_a_photo_both_keep_what_they_typed(world, model, author):
    photo = add_photo(model, world.author)
    url, seen = f"{model.get_absolute_url()}anh/{photo.pk}/", fingerprint(photo)
    author.post(url, {**WORDS, "caption": "Lời thứ nhất", "consent": "on", "seen": seen})
    page = as_user(world.approver).post(
        url, {**WORDS, "caption": "Lời thứ hai", "consent": "on", "seen": seen}
    )
    assert page.status_code == 422
    assert "Lời thứ hai" in page.content.decode()
    again = {**WORDS, "caption": "Lời thứ hai", "consent": "on", "seen": page.context["form"].data["seen"]}
    assert as_user(world.approver).post(url, again).status_code == 302


def test_a_photo_without_a_description_is_refused(model, author):
    page = author.post(f"{model.get_absolute_url()}anh/", {**WORDS, "alt": "", "file": picture()})
    assert list(page.context["form"].errors) == ["alt"]
    page = author.post(
        f"{model.get_absolute_url()}anh/", {**WORDS, "alt": WORDS["caption"], "file": picture()}
    )
    assert list(page.context["form"].errors) == ["alt"]


def test_the_photo_is_for_who_sees_the_model(world, model):
    photo = add_photo(model, world.author)
    url = f"{model.get_absolute_url()}anh/{photo.pk}/small.webp"
    opened = as_user(world.reviewer).get(url)
    assert (opened["Content-Type"], opened["Cache-Control"]) == ("image/webp", "private, no-cache")
    let_go(opened)
    assert as_user(world.stranger).get(url).status_code == 404
    assert as_user(world.reviewer).get(url.replace("small", "full")).status_code == 404
    other = make_model(world.communes[0], world.author)
    assert as_user(world.author).get(url.replace(f"/{model.pk}/", f"/{other.pk}/", 1)).status_code == 404


def test_a_public_photo_stays(world, model, author):
    photo = add_photo(model, world.author)
    publish(model, make_publisher(world.communes[0], world.approver), photos=[photo])
    answer = author.post(f"{model.get_absolute_url()}anh/{photo.pk}/go/", follow=True)
    assert "đang ở trang công khai" in str(next(iter(answer.context["messages"])))
    assert KheoPhoto.objects.filter(pk=photo.pk).exists()


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("reviewer", 403), ("stranger", 404)])
def test_others_bring_nothing(world, model, who, status):
    client, photo = as_user(getattr(world, who)), add_photo(model, world.author)
    base = model.get_absolute_url()
    for address in ("minh-chung/", "anh/", f"anh/{photo.pk}/"):
        assert client.get(f"{base}{address}").status_code == status
    for address in ("minh-chung/", "anh/", f"anh/{photo.pk}/", f"anh/{photo.pk}/go/", f"anh/{photo.pk}/xep/"):
        assert client.post(f"{base}{address}", {**WORDS, "file": picture()}).status_code == status
    assert KheoPhoto.objects.count() == 1
