"""The register of difficulties, and following one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from models_dv.models import Difficulty, DifficultyTopic
from models_dv.vietnamese.dates import format_date
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/vuong-mac/"


def raised(world, text: str, day: date, unit=None, continues=None, **fields) -> Difficulty:
    conference = made.make_conference(unit or world.province, held_on=day)
    first = continues and (continues.first or continues)
    return made.add_difficulty(conference, text, continues=continues, first=first, **fields)


def texts(response) -> list[str]:
    return [row.text for row in response.context["rows"]]


def test_the_register_lists_the_last_time_of_each_line(client, world):
    client.force_login(world.reviewer)
    topic = DifficultyTopic.objects.create(name="Đất đai")
    first = raised(world, "Giá đất", date(2025, 7, 1), world.communes[0])
    second = raised(world, "Vẫn giá đất", date(2026, 1, 1), continues=first)
    second.topics.add(topic)
    raised(world, "Nước sạch", date(2025, 8, 1), state="settled", settled_on=date(2026, 1, 1))
    page = client.get(LIST)
    assert texts(page) == ["Vẫn giá đất", "Nước sạch"]
    row = page.context["rows"][0]
    assert (row.times, row.first, row.topic_names) == (2, first, "Đất đai")
    assert "đã nêu 2 lần, từ 01/07/2025" in page.content.decode()
    for query, expected in (
        ("tat_ca=1", ["Vẫn giá đất", "Giá đất", "Nước sạch"]),
        ("q=nuoc", ["Nước sạch"]),
        (f"chu_de={topic.pk}", ["Vẫn giá đất"]),
        ("tinh_trang=settled", ["Nước sạch"]),
        ("don_vi=phu lam&tat_ca=1", ["Giá đất"]),
        ("chu_de=999", ["Vẫn giá đất", "Nước sạch"]),
    ):
        assert texts(client.get(f"{LIST}?{query}")) == expected, query


def test_it_asks_as_little_for_three_rows_as_for_one(client, world):
    client.force_login(world.reviewer)
    counts = []
    for number in (1, 2):
        for time in range(number):
            row = raised(world, f"Việc {number} {time}", date(2026, number, 1))
            row.topics.add(DifficultyTopic.objects.create(name=f"Chủ đề {number} {time}"))
        client.get(LIST)
        with CaptureQueriesContext(connection) as found:
            client.get(LIST)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 8


def test_a_line_is_followed_and_settled_at_its_last(client, world):
    client.force_login(world.province_author)
    first = raised(world, "Giá đất", date(2025, 7, 1))
    second = raised(world, "Vẫn giá đất", date(2026, 1, 1), continues=first)
    page = client.get(first.get_absolute_url())
    assert page.context["line"] == [first, second]
    assert "Ghi cách giải quyết ở lần nêu gần nhất" in page.content.decode()
    url, today = second.get_absolute_url(), format_date(timezone.localdate())
    wrong = client.post(url, {"on": today, "note": ""})
    assert wrong.status_code == 422 and list(wrong.context["form"].errors) == ["note"]
    early = client.post(url, {"on": "01/01/2020", "note": "Đã xong"})
    assert list(early.context["form"].errors) == ["on"] and "Đã xong" in early.content.decode()
    assert client.post(url, {"on": today, "note": "Đã bàn giao"}).url == url
    assert set(Difficulty.objects.values_list("state", flat=True)) == {"settled"}
    reopen = reverse("staff:difficulty_reopen", args=[second.pk])
    assert client.post(reopen, {"note": ""}).status_code == 422
    assert client.post(reopen, {"note": "Phát sinh lại"}).url == url
    assert Difficulty.objects.get(pk=second.pk).is_open


def test_a_line_shows_only_what_one_may_read(client, world):
    client.force_login(world.author)
    own = raised(world, "Giá đất", date(2025, 7, 1), world.communes[0])
    raised(world, "LỜI CỦA TỈNH", date(2026, 1, 1), continues=own)
    page = client.get(own.get_absolute_url())
    assert "LỜI CỦA TỈNH" not in page.content.decode()
    assert page.context["hidden"] == 1


def test_who_only_reads_gets_no_form(client, world):
    client.force_login(world.reader)
    own = raised(world, "Giá đất", date(2025, 7, 1), world.communes[0])
    assert "<textarea" not in client.get(own.get_absolute_url()).content.decode()
