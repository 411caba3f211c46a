"""Publishing a conference: choosing, seeing the page, putting it up, taking it down."""

import pytest
from django.urls import reverse
from lxml import html

from models_dv.models import ConferencePublication
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(world):
    return made.full_conference(world)


@pytest.fixture
def pages(client, world):
    client.force_login(world.publisher)
    return client


def url(conference, act: str = "publish") -> str:
    return reverse(f"staff:conference_{act}", args=[conference.pk])


def ticked(response) -> list[str]:
    page = html.fromstring(response.content.decode())
    return [f"{box.name}={box.get('value')}" for box in page.xpath("//input[@type='checkbox'][@checked]")]


def preview(client, conference, **chosen) -> tuple:
    """The preview of a choice, and the form on it as a browser would send it."""
    answer = client.post(url(conference), {"act": "xem-thu", "lead": "Lời dẫn.", **chosen})
    page = html.fromstring(answer.content.decode())
    (form,) = [form for form in page.forms if form.get("action") == url(conference)]
    return answer, dict(form.form_values())


def test_nothing_is_ticked_at_first(pages, conference):
    assert ticked(pages.get(url(conference))) == []


def test_the_page_is_seen_before_it_is_public(pages, world, conference):
    made.add_person(conference, "Không Được Chọn", posts="Giám đốc")
    person = conference.people.get(name="Nguyễn Văn Mẫu")
    answer, values = preview(pages, conference, people=person.pk)
    text = answer.content.decode()
    assert "Công bố 1 người dự cho mọi người xem?" in text and "Lời dẫn." in text
    assert "Nguyễn Văn Mẫu" in text and "Không Được Chọn" not in text
    assert not ConferencePublication.objects.exists()
    done = pages.post(url(conference), values | {"act": "cong-bo"})
    assert done.url == conference.get_absolute_url()
    publication = ConferencePublication.objects.get()
    assert (publication.lead, publication.published_by) == ("Lời dẫn.", world.publisher)
    assert [row["name"] for row in publication.content["people"]] == ["Nguyễn Văn Mẫu"]
    assert ticked(pages.get(url(conference))) == [f"people={person.pk}"]


def test_going_back_keeps_the_choice(pages, conference):
    _answer, values = preview(pages, conference, texts=["agenda"])
    back = pages.post(url(conference), values | {"act": "chon"})
    assert back.status_code == 200 and ticked(back) == ["texts=agenda"]
    assert "Lời dẫn." in back.content.decode()


def test_what_changed_since_the_preview_is_shown_before_it_is_public(pages, conference):
    person = conference.people.get()
    _answer, values = preview(pages, conference, people=person.pk)
    conference.people.update(name="Tên mới")
    again = pages.post(url(conference), values | {"act": "cong-bo"})
    assert again.status_code == 409
    assert "vừa được sửa" in again.content.decode() and "Tên mới" in again.content.decode()
    assert not ConferencePublication.objects.exists()


def test_a_photo_without_consent_is_not_offered(pages, conference):
    photo = made.add_photo(conference, consent=False, caption="Ảnh chưa đồng ý")
    page = pages.get(url(conference)).content.decode()
    assert "Ảnh còn thiếu: người trong ảnh đồng ý cho công bố" in page
    answer = pages.post(url(conference), {"act": "xem-thu", "photos": photo.pk})
    assert answer.status_code == 422
    assert "Có dòng vừa được gỡ khỏi hội nghị" in answer.content.decode()


def test_digits_that_may_be_somebody_s_are_pointed_out(pages, conference):
    answer, _values = preview(pages, conference, lead="Liên hệ 0912 345 678")
    assert "0912 345 678” có thể là số điện thoại" in answer.content.decode()


def test_taking_it_down(pages, world, conference):
    publication = made.put_up(world, conference)
    assert pages.post(url(conference, "withdraw"), {"note": ""}).status_code == 422
    assert pages.post(url(conference, "withdraw"), {"note": "Sai ngày"}).url == conference.get_absolute_url()
    assert pages.get(publication.get_absolute_url()).status_code == 410
    again = pages.get(url(conference, "withdraw"), follow=True)
    assert "không có trang công khai" in again.content.decode()
    assert "Công bố</a>" in pages.get(conference.get_absolute_url()).content.decode()


def test_colleagues_do_not_publish(client, world, conference):
    for user in (world.province_author, world.province_approver):
        client.force_login(user)
        for act in ("publish", "withdraw"):
            assert client.get(url(conference, act)).status_code == 403
        assert client.post(url(conference), {"act": "cong-bo"}).status_code == 403
    assert not ConferencePublication.objects.exists()
