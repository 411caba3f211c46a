"""The list of conferences, entering one, mending it, its calendar file."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv.enums import Role
from models_dv.models import Conference, Period, UnitRole
from tests.factories import conferences as made
from tests.factories.world import make_commune, make_user

pytestmark = pytest.mark.django_db
LIST, NEW = "/lam-viec/hoi-nghi/", "/lam-viec/hoi-nghi/moi/"
TYPED = {
    "kind": "giao_ban",
    "title": "Giao ban quý III",
    "period": "",
    "held_on": "5/10/2026",
    "starts_at": "8 giờ",
    "place": "Phòng họp",
    "form": "online",
    "online_points": "11",
}


@pytest.fixture
def pages(client, world):
    client.force_login(world.province_author)
    return client


def titles(response) -> list[str]:
    return [conference.title for conference in response.context["conferences"]]


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_list_is_narrowed_by_the_address(client, world):
    client.force_login(world.reviewer)
    made.make_conference(world.province, title="Sơ kết 6 tháng", form="online", place="Hội trường lớn")
    made.make_conference(world.province, title="Tổng kết năm", kind="tong_ket", held_on=date(2025, 12, 27))
    made.make_conference(world.communes[0], title="Đối thoại", kind="doi_thoai", state="planned")
    for query, expected in (
        ("q=hoi truong", ["Sơ kết 6 tháng"]),
        ("q=tong ket", ["Tổng kết năm"]),
        ("loai=doi_thoai", ["Đối thoại"]),
        ("nam=2025", ["Tổng kết năm"]),
        ("hinh_thuc=online", ["Sơ kết 6 tháng"]),
        ("hinh_thuc=chua-ro&nam=2025", ["Tổng kết năm"]),
        ("tinh_trang=planned", ["Đối thoại"]),
        ("don_vi=phu lam", ["Đối thoại"]),
        ("q=khong co", []),
        ("loai=sai&nam=abc", ["Đối thoại", "Sơ kết 6 tháng", "Tổng kết năm"]),
    ):
        assert titles(client.get(f"{LIST}?{query}")) == expected, query
    chips = client.get(f"{LIST}?loai=doi_thoai&q=doi").context["chips"]
    assert [(chip.label, chip.value) for chip in chips] == [("Từ khoá", "doi"), ("Loại", "Đối thoại")]


def test_the_list_asks_as_little_for_three_rows_as_for_one(client, world):
    client.force_login(world.reviewer)
    made.make_conference(world.communes[0], period=Period.objects.first())
    one = queries(client, LIST)
    for place in ("Xã A", "Xã B"):
        made.make_conference(make_commune(world.province, place), period=Period.objects.first())
        made.make_conference(world.province)
    assert queries(client, LIST) == one <= 8
    assert queries(client, f"{LIST}?q=so+ket&don_vi=an+binh&nam=2026&loai=so_ket") <= 8


def test_a_conference_is_entered_with_few_words(pages, world):
    answer = pages.post(NEW, TYPED)
    conference = Conference.objects.get()
    assert answer.url == conference.get_absolute_url()
    assert (conference.unit, conference.year, conference.state) == (world.province, 2026, "held")
    assert (str(conference.starts_at), conference.online_points) == ("08:00:00", 11)


def test_a_conference_of_a_day_to_come_is_planned(pages):
    pages.post(NEW, TYPED | {"held_on": "05/10/2099"})
    assert Conference.objects.get().state == "planned"


def test_without_a_day_the_period_says_the_year(pages):
    period = Period.objects.first()
    pages.post(NEW, TYPED | {"held_on": "", "period": period.pk})
    assert (Conference.objects.get().year, Conference.objects.get().held_on) == (period.year, None)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Chưa nhập tên hội nghị"),
        ({"kind": ""}, "kind", "Chọn loại"),
        ({"held_on": "31/02/2026"}, "held_on", "Không có ngày 31/02/2026. Kiểm tra lại ngày và tháng"),
        ({"held_on": ""}, "period", "Chọn kỳ hoặc ghi ngày tổ chức, để biết hội nghị của năm nào"),
        ({"starts_at": "sáng"}, "starts_at", "Nhập giờ và phút, ví dụ 17:00"),
        ({"online_points": "mười"}, "online_points", "Chỉ nhập số, ví dụ 12"),
        (
            {"form": "in_person"},
            "online_points",
            "Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp. Đổi hình thức hoặc bỏ số này",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(pages, typed, field, sentence):
    answer = pages.post(NEW, TYPED | typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    page = answer.content.decode()
    assert "(Cần sửa) Thêm hội nghị" in page and "Phòng họp" in page
    assert not Conference.objects.exists()


def test_who_keeps_several_units_chooses_one(client, world):
    user = make_user("hai-don-vi", "Hai đơn vị", world.province, Role.AUTHOR)
    UnitRole.objects.create(user=user, unit=world.communes[0], role=Role.APPROVER)
    client.force_login(user)
    assert client.post(NEW, TYPED).context["form"].errors == {"unit": ["Chọn đơn vị tổ chức"]}
    client.post(NEW, TYPED | {"unit": world.communes[0].pk})
    assert Conference.objects.get().unit == world.communes[0]
    answer = client.post(NEW, TYPED | {"unit": world.communes[1].pk})
    assert answer.status_code == 422


def test_mending_and_two_at_once(pages, world):
    conference = made.make_conference(world.province)
    url = reverse("staff:conference_edit", args=[conference.pk])
    form = pages.get(url).context["form"]
    assert form["held_on"].value() == "09/07/2026" and form["revision"].value() == 0
    typed = TYPED | {
        "state": "held",
        "revision": "0",
        "agenda": "Khai mạc\nBế mạc",
        "summary": "",
        "year": "",
    }
    assert pages.post(url, typed).url == conference.get_absolute_url()
    late = pages.post(url, typed | {"title": "Tên gõ muộn"})
    assert late.status_code == 422
    assert "vừa được người khác sửa" in late.content.decode() and "Tên gõ muộn" in late.content.decode()
    assert pages.post(url, late.context["form"].data).status_code == 302
    assert Conference.objects.get().title == "Tên gõ muộn"


def test_a_day_to_come_is_not_held(pages, world):
    conference = made.make_conference(world.province)
    url = reverse("staff:conference_edit", args=[conference.pk])
    typed = TYPED | {"state": "held", "revision": "0", "held_on": "01/01/2099"}
    assert list(pages.post(url, typed).context["form"].errors) == ["state"]


def test_a_form_without_its_hidden_field_is_old(pages, world):
    conference = made.make_conference(world.province)
    answer = pages.post(reverse("staff:conference_edit", args=[conference.pk]), TYPED | {"state": "held"})
    assert answer.context["form"].non_field_errors() == ["Trang này đã cũ. Tải lại trang rồi làm lại."]


def test_the_calendar_file(pages, world):
    conference = made.make_conference(world.province)
    answer = pages.get(reverse("staff:conference_ics", args=[conference.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20260709" in answer.content.decode()
    unknown = made.make_conference(world.province, held_on=None, year=2026)
    assert pages.get(reverse("staff:conference_ics", args=[unknown.pk])).status_code == 404
