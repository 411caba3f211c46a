"""Public conferences: only what was chosen, told as it was that day."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from models_dv.domain.conference_content import Choice
from models_dv.domain.conference_publishing import withdraw
from models_dv.enums import PeriodKind
from models_dv.models import Conference, Period
from reports.management.archive import load_archive
from reports.models import ConferenceLink
from tests.access.addresses import let_go
from tests.access.scenes import publish
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
LIST = "/hoi-nghi/"
CANARY = "CHỈ-LƯU-NỘI-BỘ"


def words(response) -> str:
    """The words of the page's main part."""
    page = html.fromstring(response.content.decode())
    (main,) = page.xpath("//main")
    return " ".join(" ".join(main.itertext()).split())


def titles(response) -> list[str]:
    return [card.publication.title for card in response.context["cards"]]


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_nothing_internal_is_in_any_public_byte(client, world):
    conference = made.full_conference(world)
    for model_rows in (conference.people, conference.difficulties, conference.papers, conference.awards):
        row = model_rows.get()
        for field in row._meta.concrete_fields:
            if (
                field.get_internal_type() in ("CharField", "TextField")
                and not field.choices
                and field.editable
            ):
                setattr(row, field.name, CANARY)
        row.save()
    conference.photos.update(caption=CANARY, alt=CANARY, credit=CANARY, consent_note=CANARY)
    conference.conclusions.update(text=CANARY, heading=CANARY)
    Conference.objects.update(agenda=CANARY, summary=CANARY)
    ConferenceLink.objects.create(conference=conference, report=world.report(world.province))
    publication = made.put_up(world, conference, Choice())
    publication.refresh_from_db()
    assert CANARY not in json.dumps(publication.content, ensure_ascii=False)
    slug = publication.slug
    addresses = [
        "/",
        LIST,
        f"{LIST}?q=chi+luu",
        f"{LIST}{slug}/",
        f"{LIST}{slug}/lich.ics",
        "/don-vi/an-binh/",
    ]
    addresses += [f"/tim-kiem/?q={CANARY}", f"/tim-kiem/?q={made.TITLE}"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        body = answer.content.decode().replace(f'value="{CANARY}"', "").replace(f"“{CANARY}”", "")
        assert CANARY not in body, address
        assert world.report(world.province).get_absolute_url() not in body
    for name, more in (("paper", {}), ("photo", {"size": "small"})):
        row = conference.papers.get() if name == "paper" else conference.photos.get()
        url = reverse(f"public:conference_{name}", kwargs={"slug": slug, "number": row.pk, **more})
        assert client.get(url).status_code == 404


def test_the_page_of_a_conference(client, world):
    conference = made.full_conference(world)
    made.add_person(conference, "Trần Văn Khách", posts="", duties=["speak", "attend"], rank=99)
    publication = made.put_up(world, conference)
    answer = client.get(publication.get_absolute_url())
    text = words(answer)
    for part in (
        "Hội nghị sơ kết",
        "09/07/2026",
        "Hội trường Tỉnh uỷ",
        "Trực tiếp kết hợp trực tuyến, 11 điểm cầu",
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình",
        "Chủ trì Nguyễn Văn Mẫu , Bí thư",
        "Phát biểu Trần Văn Khách",
        "Giá đất tái định cư",
        "Kết luận Thông báo kết luận số 25-TB/BTGDVTU ngày 09/07/2026 Tổ chức đối thoại mỗi quý.",
        "Giấy khen của Ban Dân vận Tỉnh uỷ: 3 tập thể",
        "Báo cáo sơ kết Báo cáo · Bản chính thức · 1 KB",
    ):
        assert part in text
    assert 'alt="Hội trường đông người"' in answer.content.decode()
    assert "Dữ liệu minh hoạ".lower() in answer.content.decode().lower()


def test_people_stand_by_duty_and_rank(client, world):
    conference = made.make_conference(world.province)
    made.add_person(conference, "Bùi An", duties=["attend"], rank=70)
    made.add_person(conference, "Cao Bình", duties=["attend"], rank=60)
    made.add_person(conference, "Đinh Cường", duties=["chair", "conclude"], rank=60)
    page = client.get(made.put_up(world, conference).get_absolute_url()).context["page"]
    assert [(group.duty, [person.name for person in group.people]) for group in page.people] == [
        ("Chủ trì", ["Đinh Cường"]),
        ("Dự", ["Cao Bình", "Bùi An"]),
    ]
    assert page.people[0].people[0].others == ("kết luận",)


def test_files_of_a_public_conference(client, world):
    conference = made.full_conference(world)
    slug = made.put_up(world, conference).slug
    paper = client.get(reverse("public:conference_paper", args=[slug, conference.papers.get().pk]))
    assert b"".join(paper.streaming_content) == b"%PDF-1.4 mau"
    assert paper["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert paper["X-Content-Type-Options"] == "nosniff" and "bao-cao.pdf" in paper["Content-Disposition"]
    let_go(paper)
    photo = client.get(reverse("public:conference_photo", args=[slug, conference.photos.get().pk, "small"]))
    assert photo["Content-Type"] == "image/webp"
    again = client.get(photo.request["PATH_INFO"], headers={"If-None-Match": photo["ETag"]})
    assert again.status_code == 304
    let_go(photo)


def test_the_report_reviewed_is_named_once_it_is_public(client, world):
    conference = made.make_conference(world.province)
    world.issued(world.province, K4=20)
    report = world.report(world.province)
    ConferenceLink.objects.create(conference=conference, report=report)
    url = made.put_up(world, conference).get_absolute_url()
    assert "Báo cáo được xem xét" not in words(client.get(url))
    publish(world, report)
    text = words(client.get(url))
    assert "Báo cáo được xem xét Kết quả công tác dân vận" in text


def test_later_edits_show_after_publishing_again(client, world):
    conference = made.make_conference(world.province)
    url = made.put_up(world, conference).get_absolute_url()
    Conference.objects.update(title="Tên đã sửa")
    assert "Tên đã sửa" not in client.get(url).content.decode()
    made.put_up(world, conference)
    assert "Tên đã sửa" in client.get(url).content.decode()
    assert "Cập nhật lần 2" in words(client.get(url))


def test_a_withdrawn_conference_leaves_a_notice(client, world):
    publication = made.put_up(world, made.full_conference(world))
    withdraw(publication, version=1, note="LÝ-DO-NỘI-BỘ", actor=world.publisher)
    url = publication.get_absolute_url()
    answer = client.get(url)
    assert answer.status_code == 410 and "Nội dung này đã được gỡ ngày" in answer.content.decode()
    assert "LÝ-DO-NỘI-BỘ" not in answer.content.decode() and made.TITLE not in answer.content.decode()
    assert client.get(f"{url}lich.ics").status_code == 410
    assert titles(client.get(LIST)) == []
    assert made.TITLE not in client.get("/").content.decode()


def test_the_calendar_file(client, world):
    conference = made.make_conference(world.province, place="Hội trường")
    url = made.put_up(world, conference).get_absolute_url()
    body = client.get(f"{url}lich.ics").content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260709\r\n" in body and f"URL:http://testserver{url}" in body
    unknown = made.make_conference(world.province, held_on=None, year=2025)
    page = made.put_up(world, unknown).get_absolute_url()
    assert client.get(f"{page}lich.ics").status_code == 404
    assert "lich.ics" not in client.get(page).content.decode()


def test_the_list_is_narrowed_by_the_address(client, world):
    made.put_up(world, made.make_conference(world.province, title="Sơ kết 6 tháng"))
    year = made.make_conference(
        world.province, title="Tổng kết năm", kind="tong_ket", held_on=date(2025, 12, 27)
    )
    made.add_difficulty(year, "Nước sạch vùng cao")
    made.put_up(world, year)
    made.put_up(world, made.make_conference(world.communes[0], title="Đối thoại", kind="doi_thoai"))
    for query, expected in (
        ("", ["Đối thoại", "Sơ kết 6 tháng", "Tổng kết năm"]),
        ("q=nuoc+sach", ["Tổng kết năm"]),
        ("loai=so_ket", ["Sơ kết 6 tháng"]),
        ("nam=2025", ["Tổng kết năm"]),
        ("don_vi=xa-1", ["Đối thoại"]),
        ("don_vi=phu lam", ["Đối thoại"]),
        ("loai=sai", ["Đối thoại", "Sơ kết 6 tháng", "Tổng kết năm"]),
        ("q=khong+co", []),
    ):
        assert titles(client.get(f"{LIST}?{query}")) == expected, query
    empty = client.get(f"{LIST}?q=khong+co&nam=2025").content.decode()
    assert "Không có kết quả cho “khong co, 2025”. Thử bỏ bớt bộ lọc" in empty


def test_home_search_and_unit_lead_to_conferences(client, world):
    for month in (1, 2, 3, 4):
        conference = made.make_conference(world.province, title=f"Hội nghị tháng {month}")
        conference.held_on = date(2026, month, 1)
        conference.save()
        made.put_up(world, conference)
    home = client.get("/").content.decode()
    assert "Hội nghị tháng 4" in home and "Hội nghị tháng 2" in home and "Hội nghị tháng 1" not in home
    assert "Hội nghị <mark>tháng 3</mark>" in client.get("/tim-kiem/?q=thang+3").content.decode()
    assert "Hội nghị tháng 1" in client.get("/don-vi/an-binh/").content.decode()


def test_pages_ask_as_little_for_three_rows_as_for_one(client, world):
    period = Period.objects.get(kind=PeriodKind.HALF_YEAR, year=2026)
    first = made.full_conference(world)
    url = made.put_up(world, first).get_absolute_url()
    pages = (LIST, f"{LIST}?q=so+ket&don_vi=an+binh&nam=2026", url, "/")
    one = {page: queries(client, page) for page in pages}
    for number in (1, 2):
        made.add_person(first, f"Người {number}")
        made.add_photo(first)
        made.put_up(world, made.make_conference(world.province, period=period))
    made.put_up(world, first)
    assert {page: queries(client, page) for page in pages} == one
    assert max(one[page] for page in pages[:3]) <= 6


def test_press_material_says_where_it_comes_from_and_what_was_inferred(client):
    load_archive()
    page = client.get("/hoi-nghi/hung-yen-so-ket-6-thang-dau-nam-2021/")
    text = words(page)
    assert "Tư liệu tổng hợp từ báo chí" in text and "(suy luận, nguồn không ghi)" in text
    assert "nay là Tỉnh uỷ Hưng Yên" in text or "nay thuộc Tỉnh uỷ Hưng Yên" in text
    assert "/bao-cao/hung-yen-so-ket-6-thang-dau-nam-2021/" in page.content.decode()
    undated = words(client.get("/hoi-nghi/giao-thuy-tong-ket-2020/"))
    assert "Thời gian nguồn không ghi" in undated and "Hình thức nguồn không ghi" in undated
