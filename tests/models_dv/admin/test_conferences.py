"""Conferences and topics of difficulties in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv.domain.units import rebuild_paths
from models_dv.models import AuditEntry, Conference, DifficultyTopic
from tests.factories import conferences as made
from tests.factories.world import make_province, make_world
from tests.models_dv.admin.pages import change, errors_of, messages_of, rows_of, text_of

LIST = "/quan-tri/models_dv/conference/"
TOPICS = "/quan-tri/models_dv/difficultytopic/"


@pytest.fixture
def province(db):
    unit = make_province()
    rebuild_paths()
    return unit


@pytest.fixture
def conference(province):
    return made.make_conference(province, place="Hội trường Tỉnh uỷ")


def page(conference, what="change") -> str:
    return f"{LIST}{conference.pk}/{what}/"


def test_a_row_of_the_list(admin_pages, conference):
    assert rows_of(admin_pages.get(LIST)) == [
        [made.TITLE, "Sơ kết", "Tỉnh uỷ An Bình", "09/07/2026", "–", "Đã tổ chức"]
    ]


@pytest.mark.parametrize(
    ("typed", "found"), [("so ket", 1), ("hội trường", 1), ("an binh", 1), ("tong ket", 0), ("", 1)]
)
def test_found_without_accents(admin_pages, conference, typed, found):
    assert len(rows_of(admin_pages.get(LIST, {"q": typed}))) == found


def test_fields_in_a_table_are_named_for_who_does_not_see_its_head(admin_pages, conference):
    made.add_person(conference)
    words = admin_pages.get(page(conference)).content.decode()
    for name in ("Họ và tên", "Chức vụ khi đó", "Bậc", "Xoá"):
        assert f'aria-label="{name}"' in words


def test_the_list_asks_the_same_for_many_rows(admin_pages, conference):
    counts = []
    for number in (1, 2):
        admin_pages.get(LIST)
        with CaptureQueriesContext(connection) as found:
            admin_pages.get(LIST)
        counts.append(len(found))
        for month in (1, 2):
            unit = make_province(f"tinh-{number}-{month}", f"Tỉnh {number} {month}")
            made.make_conference(unit, held_on=made.DAY.replace(month=month))
    assert counts[0] == counts[1]


def test_a_change_is_written_down_and_noticed_elsewhere(admin_pages, conference):
    person = made.add_person(conference)
    change(admin_pages, page(conference), {"place": "Nơi khác", "people-0-posts": "Phó Bí thư"})
    conference.refresh_from_db()
    person.refresh_from_db()
    assert (conference.place, conference.revision, person.posts) == ("Nơi khác", 1, "Phó Bí thư")
    entry = AuditEntry.objects.get()
    assert entry.action == "Sửa hội nghị"
    assert entry.after == {
        "địa điểm": "Nơi khác",
        "người dự: Nguyễn Văn Mẫu": {"chức vụ khi đó": "Phó Bí thư"},
    }


def test_points_only_online(admin_pages, conference):
    answer = change(admin_pages, page(conference), {"form": "in_person", "online_points": "4"})
    assert "Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp." in errors_of(answer)
    answer = change(admin_pages, page(conference), {"kind": "activity", "form": "online"})
    assert errors_of(answer) == ["Điểm lại hoạt động không có hình thức và giờ họp. Bỏ trống hai ô này."]


def test_conclusions_are_looked_at_only(admin_pages, conference):
    conference.conclusions.create(text="Lời kết luận")
    opened = admin_pages.get(page(conference))
    assert "Lời kết luận" in text_of(opened) and 'name="conclusions-0-text"' not in opened.content.decode()


def test_what_others_refer_to_is_not_deleted(admin_pages, conference):
    made.add_person(conference)
    made.add_difficulty(conference)
    assert "Khó khăn, vướng mắc: 1" in text_of(admin_pages.get(page(conference, "delete")))
    assert Conference.objects.exists()
    conference.difficulties.all().delete()
    answer = admin_pages.post(page(conference, "delete"), {"post": "yes"}, follow=True)
    assert messages_of(answer) and not Conference.objects.exists()


def test_a_published_conference_is_not_deleted(admin_pages):
    world = make_world()
    conference = made.make_conference(world.province)
    made.put_up(world, conference)
    admin_pages.post(page(conference, "delete"), {"post": "yes"})
    assert Conference.objects.exists()


def test_topics(admin_pages, conference):
    change(admin_pages, f"{TOPICS}add/", {"name": "Đất đai", "order": "10"})
    topic = DifficultyTopic.objects.get()
    assert rows_of(admin_pages.get(TOPICS, {"q": "dat dai"})) == [["Đất đai", "10", "0"]]
    made.add_difficulty(conference).topics.add(topic)
    assert rows_of(admin_pages.get(TOPICS)) == [["Đất đai", "10", "1"]]
    admin_pages.post(f"{TOPICS}{topic.pk}/delete/", {"post": "yes"})
    assert DifficultyTopic.objects.exists()
