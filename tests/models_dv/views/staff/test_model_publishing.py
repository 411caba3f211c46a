"""Publishing a model: chosen part by part beside the preview; nothing by itself."""

import pytest
from django.test import Client

from models_dv.domain.dan_van_kheo import edit
from models_dv.enums import FactKind
from models_dv.models import DanVanKheo, KheoPublication
from tests.factories.kheo import add_photo, make_model, make_publisher, publish
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    make_publisher(world.communes[0], world.approver)
    return world


@pytest.fixture
def model(world):
    return make_model(world.communes[0], world.author)


@pytest.fixture
def url(model):
    return f"{model.get_absolute_url()}cong-bo/"


@pytest.fixture
def publisher(world):
    client = Client()
    client.force_login(world.approver)
    return client


def seen(client, url) -> str:
    return client.get(url).context["form"].initial["seen"]


def test_nothing_is_chosen_by_itself(publisher, url):
    page = publisher.get(url)
    assert page.context["form"].initial["parts"] == []
    assert page.context["content"].sections == ()
    assert " checked" not in page.content.decode()


def test_the_preview_shows_what_is_ticked_and_publishes_nothing(publisher, url):
    page = publisher.post(url, {"act": "preview", "parts": ["problem"], "lead": "Lời dẫn thử"})
    text = page.content.decode().partition('id="choose"')[0]
    assert page.status_code == 200
    assert "Rác thải sinh hoạt chưa được thu gom." in text
    assert "Lời dẫn thử" in text
    assert "Vận động từng hộ" not in text
    assert KheoPublication.objects.count() == 0


def test_publishing(world, model, publisher, url):
    photo = add_photo(model, world.author)
    values = {
        "act": "publish",
        "parts": ["problem", "method"],
        "photos": [str(photo.pk)],
        "seen": seen(publisher, url),
    }
    assert publisher.post(url, values).url == model.get_absolute_url()
    row = KheoPublication.objects.get()
    assert (row.content["parts"], row.content["photo_ids"]) == (["problem", "method"], [photo.pk])
    again = publisher.get(url)
    assert again.context["form"].initial["parts"] == ["problem", "method"]
    assert again.content.decode().count(" checked") == 3


def test_what_is_missing_is_said(publisher, url):
    page = publisher.post(url, {"act": "publish", "parts": ["address"], "seen": seen(publisher, url)})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["parts"])
    page = publisher.post(url, {"act": "publish", "parts": ["khong-co"], "seen": seen(publisher, url)})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["parts"])


def test_a_model_changed_since_is_looked_at_again(world, model, publisher, url):
    old = seen(publisher, url)
    edit(model, values={"method": "Cách làm đã sửa"}, results=[], actor=world.author)
    page = publisher.post(url, {"act": "publish", "parts": ["method"], "seen": old})
    assert page.status_code == 422
    assert "Cách làm đã sửa" in page.content.decode()
    assert KheoPublication.objects.count() == 0
    values = {"act": "publish", "parts": ["method"], "seen": page.context["form"].data["seen"]}
    assert publisher.post(url, values).status_code == 302


def test_a_photo_that_lacks_consent_is_shown_with_what_is_missing(world, model, publisher, url):
    photo = add_photo(model, world.author, consent=False)
    page = publisher.get(url)
    assert page.context["form"].photo_rows == []
    assert "chưa chọn được" in page.content.decode()
    values = {"act": "publish", "parts": ["method"], "photos": [str(photo.pk)], "seen": seen(publisher, url)}
    assert list(publisher.post(url, values).context["form"].errors) == ["photos"]


def test_taking_it_down(world, model, publisher, url):
    row = publish(model, world.approver)
    assert "Gỡ khỏi trang công khai" in publisher.get(url).content.decode()
    without = publisher.post(f"{url}go/", follow=True)
    assert [str(message) for message in without.context["messages"]] == ["Ghi lý do gỡ"]
    assert publisher.post(f"{url}go/", {"reason": "Sai số liệu"}).url == model.get_absolute_url()
    row.refresh_from_db()
    assert row.withdrawn_at
    assert Client().get(row.get_absolute_url()).status_code == 410


@pytest.mark.parametrize(
    ("who", "status"),
    [("author", 403), ("reader", 403), ("reviewer", 403), ("publisher", 404), ("stranger", 404)],
)
def test_only_the_units_publisher(world, model, url, who, status):
    publish(model, world.approver)
    client = Client()
    client.force_login(getattr(world, who))
    assert client.get(url).status_code == status
    assert client.post(url, {"act": "publish", "parts": ["problem"]}).status_code == status
    assert client.post(f"{url}go/", {"reason": "Sai"}).status_code == status
    assert KheoPublication.objects.published().count() == 1


def test_what_was_never_published_is_not_taken_down(publisher, url):
    assert publisher.post(f"{url}go/", {"reason": "Sai"}).status_code == 404
    assert publisher.get(f"{url}go/").status_code == 405


def test_the_registry_goes_on_without_the_public(world, model):
    publish(model, world.approver)
    assert DanVanKheo.objects.get().revision == 0


def test_a_stop_that_the_public_page_does_not_tell_is_pointed_out(world, publisher):
    launched = [(FactKind.LAUNCHED, local(2026, 3, 1).date())]
    model = make_model(world.communes[0], world.author, facts=launched)
    publish(model, world.approver)
    stop = {"kind": "stopped", "on": "01/11/2026", "note": "Không còn kinh phí"}
    page = publisher.post(f"{model.get_absolute_url()}su-viec/", stop, follow=True)
    assert "Trang công khai chưa ghi mô hình đã dừng." in page.content.decode()
    publish(model, world.approver)
    assert "chưa ghi mô hình đã dừng" not in publisher.get(model.get_absolute_url()).content.decode()
    public = Client().get(KheoPublication.objects.get().get_absolute_url()).content.decode()
    assert "Dừng hoạt động, 01/11/2026" in public and "Đã dừng" in public
