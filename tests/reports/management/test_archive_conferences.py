"""Conferences of the real archive: what the pieces tell, nothing else; once however often it is loaded."""

from datetime import date

import pytest

from models_dv.domain.conference_people import posts_on
from models_dv.models import Appointment, Conference, ConferencePublication, Official
from reports.management.archive import load_archive
from reports.management.archive_conferences import load_conferences

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    load_archive()


def of(slug: str) -> Conference:
    return Conference.objects.get(report_links__publication__slug=slug)


def people(slug: str) -> list[tuple[str, list[str], list[str]]]:
    return [(row.name, row.post_lines, row.duties) for row in of(slug).people.all()]


def test_all_five_stand_and_are_public(archive):
    facts = Conference.objects.order_by("pk").values_list("kind", "year", "held_on", "form", "place")
    assert list(facts) == [
        ("tong_ket", 2023, date(2023, 12, 27), "", ""),
        ("so_ket", 2023, date(2023, 7, 5), "", ""),
        ("so_ket", 2021, date(2021, 7, 20), "online", "Trụ sở Tỉnh uỷ"),
        ("tong_ket", 2020, None, "", ""),
        ("activity", 2021, None, "", ""),
    ]
    assert ConferencePublication.objects.published().count() == 5
    assert not Conference.objects.exclude(notice=None).exists()


def test_loading_again_changes_nothing(archive):
    before = [list(model.objects.order_by("pk").values()) for model in (Conference, Official, Appointment)]
    assert load_conferences() == 0
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Conference, Official, Appointment)
    ]


def test_people_stand_with_the_posts_and_roles_that_the_pieces_name(archive):
    assert people("bac-kan-so-ket-6-thang-dau-nam-2023") == [
        (
            "Phương Thị Thanh",
            ["Phó Bí thư Thường trực Tỉnh uỷ", "Chủ tịch HĐND tỉnh"],
            ["chair", "keynote"],
        ),
        (
            "Ma Từ Đông Điền",
            ["Uỷ viên Ban Thường vụ Tỉnh uỷ", "Trưởng ban Dân vận Tỉnh uỷ"],
            ["chair"],
        ),
    ]
    assert people("thu-thua-2021") == [("Trần Thị Tím", ["Trưởng ban Dân vận Huyện uỷ"], [])]
    assert len(people("ha-tinh-tong-ket-2023")) == 8
    assert people("giao-thuy-tong-ket-2020")[2][2] == ["plan"]


def test_posts_are_attested_not_dated(archive):
    assert not Appointment.objects.exclude(from_on=None).exists()
    deputy = Official.objects.get(name="Phương Thị Thanh")
    assert posts_on([deputy], date(2023, 7, 5))[deputy.pk].lines == (
        "Phó Bí thư Thường trực Tỉnh uỷ",
        "Chủ tịch HĐND tỉnh",
    )
    assert posts_on([deputy], date(2023, 7, 4)) == posts_on([deputy], date(2025, 7, 1)) == {}
    assert set(deputy.appointments.values_list("end_reason", flat=True)) == {
        "Không rõ ngày thôi giữ; mốc quy ước muộn nhất: đơn vị kết thúc hoạt động 01/7/2025"
    }


def test_posts_of_a_body_that_was_merged_end_with_it_the_others_stay_open(archive):
    ends = dict(
        Appointment.objects.filter(official__attendances__conference__unit__code="ha-tinh").values_list(
            "official__name", "to_on"
        )
    )
    assert ends["Trương Thanh Huyền"] == date(2025, 7, 1) and ends["Trần Thế Dũng"] is None
    assert ends["Đặng Văn Thành"] == date(2025, 7, 1)


def test_a_day_taken_by_convention_is_said_to_be_one(archive):
    posts = Appointment.objects.filter(official__attendances__conference__unit__code="giao-thuy")
    assert set(posts.values_list("attested_on", "decision")) == {
        (date(2020, 12, 14), "Nguồn không ghi ngày; lấy ngày cuối kỳ 2020 (14/12/2020) làm mốc quy ước")
    }


def test_what_was_raised_concluded_and_given(archive):
    counts = {
        row.report_links.get().publication.slug: (
            row.difficulties.count(),
            row.conclusions.count(),
            row.awards.count(),
        )
        for row in Conference.objects.all()
    }
    assert counts == {
        "ha-tinh-tong-ket-2023": (0, 8, 1),
        "bac-kan-so-ket-6-thang-dau-nam-2023": (6, 13, 0),
        "hung-yen-so-ket-6-thang-dau-nam-2021": (0, 6, 0),
        "giao-thuy-tong-ket-2020": (0, 6, 0),
        "thu-thua-2021": (0, 0, 0),
    }
    award = of("ha-tinh-tong-ket-2023").awards.get()
    assert (award.issuer, award.subject, award.count) == ("Ban Dân vận Tỉnh uỷ", "collective", None)
    assert "Phối hợp dân vận có lúc, có nơi" in of("bac-kan-so-ket-6-thang-dau-nam-2023").summary
