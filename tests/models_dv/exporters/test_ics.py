"""The calendar file, read back as a calendar reads it."""

from datetime import UTC, date, datetime, time

import pytest

from models_dv.domain.conferences import save_conference
from models_dv.exporters.ics import Event, calendar, event_of
from tests.factories.conferences import make_conference
from tests.factories.world import make_world

STAMP = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
LONG = "Sơ kết công tác dân vận 6 tháng đầu năm, triển khai nhiệm vụ; phương hướng \\ 6 tháng cuối năm 2026"


def read(data: bytes) -> list[tuple[str, str]]:
    """(name with parameters, value) of each line, unfolded and unescaped."""
    text = data.decode().replace("\r\n ", "")
    lines = [line.split(":", 1) for line in text.split("\r\n") if line]
    return [(name, unescaped(value)) for name, value in lines]


def unescaped(value: str) -> str:
    marked = value.replace("\\\\", "\x00").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    return marked.replace("\x00", "\\")


def event(**values) -> Event:
    return Event(**({"uid": "u-1", "title": LONG, "day": date(2026, 7, 9), "stamp": STAMP} | values))


def test_a_timed_event_is_in_viet_nam_s_time():
    lines = dict(read(calendar(event(starts_at=time(8, 30), place="Hội trường, tầng 2"))))
    assert lines["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20260709T083000"
    assert (lines["TZOFFSETTO"], lines["TZID"]) == ("+0700", "Asia/Ho_Chi_Minh")
    assert (lines["LOCATION"], lines["SUMMARY"]) == ("Hội trường, tầng 2", LONG)
    assert (lines["DTSTAMP"], lines["STATUS"]) == ("20260601T030000Z", "CONFIRMED")
    assert (lines["DURATION"], lines["DESCRIPTION"]) == ("PT2H", "Giờ kết thúc chưa ghi, lịch tạm giữ 2 giờ.")


def test_without_an_hour_it_takes_the_day():
    names = [name for name, _value in read(calendar(event()))]
    assert "DTSTART;VALUE=DATE" in names and "TZID" not in names
    assert dict(read(calendar(event())))["DTSTART;VALUE=DATE"] == "20260709"
    assert dict(read(calendar(event())))["DTEND;VALUE=DATE"] == "20260710"


def test_the_frame_is_that_of_rfc_5545():
    data = calendar(event(description="một\nhai", url="https://cong.vn/hoi-nghi/a/", status="CANCELLED"))
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert [name for name, _value in read(data)][:4] == ["BEGIN", "VERSION", "PRODID", "CALSCALE"]
    assert dict(read(data))["DESCRIPTION"] == "một\nhai"
    assert dict(read(data))["STATUS"] == "CANCELLED"


def test_no_line_is_longer_than_75_bytes_and_no_letter_is_cut():
    lines = calendar(event(description="ệ" * 500)).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()


def test_the_same_event_gives_the_same_bytes():
    assert calendar(event()) == calendar(event())


@pytest.mark.django_db
def test_an_event_of_a_conference():
    world = make_world()
    conference = make_conference(world.province, place="Hội trường", form="online")
    first = event_of(conference)
    planned = make_conference(world.province, state="planned", held_on=date(2026, 12, 1))
    assert (first.status, event_of(planned).status) == ("CONFIRMED", "TENTATIVE")
    assert (first.title, first.day, first.place) == (conference.title, conference.held_on, "Hội trường")
    assert first.description == "Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình\nTrực tuyến"
    save_conference(conference, {"state": "cancelled"}, revision=0, actor=world.province_author)
    again = event_of(conference)
    assert (again.uid, again.sequence, again.status) == (first.uid, 1, "CANCELLED")
    assert event_of(make_conference(world.province, held_on=None, year=2026)) is None
