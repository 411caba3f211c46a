"""The page of one conference for staff, and linking it to reports."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import ConferenceLink
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db


def test_everything_at_a_glance(client, world):
    client.force_login(world.province_author)
    conference = made.full_conference(world)
    page = client.get(conference.get_absolute_url())
    text = page.content.decode()
    assert [(part.code, count) for part, count in page.context["parts"]] == [
        ("nguoi-du", 1),
        ("tai-lieu", 1),
        ("anh", 1),
        ("vuong-mac", 1),
        ("ket-luan", 1),
        ("khen-thuong", 1),
    ]
    for words in ("Nguyễn Văn Mẫu", "Giá đất tái định cư", "25-TB/BTGDVTU", "Giao nhiệm vụ", "Khai mạc"):
        assert words in text
    assert reverse("staff:conference_edit", args=[conference.pk]) in text
    assert reverse("staff:conference_publish", args=[conference.pk]) not in text


def test_who_only_reads_gets_no_buttons(client, world):
    conference = made.full_conference(world, world.communes[0])
    client.force_login(world.reviewer)
    text = client.get(conference.get_absolute_url()).content.decode()
    for name in ("conference_edit", "conference_link", "conference_publish"):
        assert reverse(f"staff:{name}", args=[conference.pk]) not in text
    assert "Giao nhiệm vụ" not in text


def test_it_is_linked_to_a_report(client, world):
    client.force_login(world.province_author)
    conference, report = made.make_conference(world.province), world.report(world.province)
    url = reverse("staff:conference_link", args=[conference.pk])
    wrong = client.post(url, {"target": "bao-cao-0"})
    assert wrong.status_code == 422 and "Chọn một nội dung trong danh sách" in wrong.content.decode()
    assert client.post(url, {"target": f"bao-cao-{report.pk}"}).url == conference.get_absolute_url()
    assert report.get_absolute_url() in client.get(conference.get_absolute_url()).content.decode()
    made_link = ConferenceLink.objects.get()
    client.post(reverse("staff:conference_unlink", args=[conference.pk, made_link.pk]))
    assert not ConferenceLink.objects.exists()


def test_a_link_of_another_conference_is_not_there(client, world):
    client.force_login(world.province_author)
    mine, other = made.make_conference(world.province), made.make_conference(world.province)
    link = ConferenceLink.objects.create(conference=other, round=world.round)
    assert client.post(reverse("staff:conference_unlink", args=[mine.pk, link.pk])).status_code == 404
    assert ConferenceLink.objects.exists()


def test_a_report_that_one_may_not_open_is_named_only(client, world):
    conference, report = made.make_conference(world.communes[0]), world.report(world.province)
    ConferenceLink.objects.create(conference=conference, report=report)
    client.force_login(world.author)
    text = client.get(conference.get_absolute_url()).content.decode()
    assert report.title in text and report.get_absolute_url() not in text


def test_it_asks_as_little_for_three_rows_as_for_one(client, world):
    client.force_login(world.province_author)
    conference = made.full_conference(world)
    ConferenceLink.objects.create(conference=conference, report=world.report(world.province))
    counts = []
    for number in (1, 2):
        client.get(conference.get_absolute_url())
        with CaptureQueriesContext(connection) as found:
            client.get(conference.get_absolute_url())
        counts.append(len(found))
        for time in (1, 2):
            made.add_person(conference, f"Người {number} {time}")
            made.add_difficulty(conference, f"Việc {number} {time}")
            conference.conclusions.create(text=f"Kết luận {number} {time}")
    assert counts[0] == counts[1]
