"""What of a publication the public reads, and when it reads nothing but a notice."""

from datetime import datetime

import pytest

from models_dv.domain.search import read_query
from models_dv.enums import PeriodKind, UnitLevel
from reports.domain import public_reading, publishing
from reports.domain.public_reading import PublicReport, Withdrawn
from reports.enums import PublicationAction
from tests.factories.publications import cite, figure, make_unit, merge, publish, step, withdraw, write
from tests.factories.world import TZ, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    world.issued(world.province, number=3, A1=5, K4=("gan", 250), K3a=300, K3b=10)
    return world


SLUG = "tinh-an-binh-6-thang-dau-nam-2026"


def texts(report):
    return [(section.title, section.text) for section in report.sections]


def test_a_draft_is_nothing_to_the_public(world):
    version = publishing.start(world.report(world.province), actor=world.publisher)
    assert public_reading.find(SLUG) is None
    step(world, write(world, version), PublicationAction.ASK)
    assert public_reading.find(SLUG) is None
    assert list(public_reading.listed()) == []


def test_a_published_report_is_read_with_its_figures_and_facts(world):
    publish(world)
    report = public_reading.find(SLUG)
    assert isinstance(report, PublicReport)
    assert (report.kicker, report.body, report.above) == (
        "Báo cáo sơ kết · 6 tháng đầu năm 2026",
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình",
        "",
    )
    assert texts(report) == [("Cấp uỷ lãnh đạo", "Lời công khai của phần.")]
    assert [(f.code, f.value) for f in report.figures] == [("A1", "5"), ("K4", "gần 250")]
    assert [f.code for f in report.key_figures] == ["K4"]
    assert report.facts == (
        ("Số, ký hiệu", "03-BC/BTGDVTU"),
        ("Kỳ số liệu", "15/12/2025 – 14/06/2026"),
        ("Tổng hợp từ", "0/3 đơn vị"),
        ("Cơ quan công bố", "Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình"),
    )


def test_a_correction_leaves_the_earlier_version_readable(world):
    publish(world)
    new = publish(world, lead="Lời dẫn mới.")
    report = public_reading.find(SLUG)
    assert (report.version, report.newer, [v.number for v in report.versions]) == (new, None, [2, 1])
    old = public_reading.find(SLUG, 1)
    assert (old.version.lead, old.newer) == ("Lời dẫn của tỉnh An Bình.", new)


def test_a_correction_being_written_changes_nothing(world):
    first = publish(world)
    draft = publishing.start_correction(first.publication, actor=world.publisher)
    write(world, draft, lead="Chưa ai được đọc.")
    assert public_reading.find(SLUG).version == first
    assert public_reading.find(SLUG, 2) is None
    assert public_reading.find(SLUG, 99) is None


def test_a_withdrawal_takes_every_version_down(world):
    publish(world)
    withdraw(world, publish(world))
    for number in (None, 1, 2):
        notice = public_reading.find(SLUG, number)
        assert isinstance(notice, Withdrawn) and notice.newer is None
    assert list(public_reading.listed()) == []


def test_what_is_published_after_a_withdrawal_does_not_bring_the_old_back(world):
    withdraw(world, publish(world))
    new = publish(world)
    report = public_reading.find(SLUG)
    assert (report.version, [v.number for v in report.versions]) == (new, [2])
    notice = public_reading.find(SLUG, 1)
    assert isinstance(notice, Withdrawn) and notice.newer == new


def test_a_citation_says_its_period_and_no_window():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    cite(unit)
    report = public_reading.find("ha-tinh-2023")
    assert report.facts == (("Kỳ", "năm 2023"), ("Đơn vị được nêu", "Ban Dân vận Tỉnh uỷ Hà Tĩnh"))


def test_an_old_report_keeps_the_names_of_its_day():
    long_an, tay_ninh = make_unit("long-an", "Long An"), make_unit("tay-ninh", "Tây Ninh")
    district = make_unit("thu-thua", "Thủ Thừa", level=UnitLevel.DISTRICT, parent=long_an)
    merge(long_an, into=tay_ninh)
    merge(district, into=tay_ninh)
    cite(district, 2021)
    report = public_reading.find("thu-thua-2021")
    assert (report.above, report.today) == ("Tỉnh uỷ Long An", "nay thuộc Tỉnh uỷ Tây Ninh từ 01/07/2025")


def test_an_unknown_address_is_nothing():
    assert public_reading.find("khong-co") is None


def test_the_newest_period_of_the_highest_body_opens_the_portal():
    province = make_unit("ha-tinh", "Hà Tĩnh")
    commune = make_unit("xa", "Phú Lâm", level=UnitLevel.COMMUNE, parent=province)
    cite(commune, 2024)
    expected = cite(province, 2024)
    cite(province, 2023)
    assert public_reading.featured() == expected


def test_without_publications_nothing_opens_the_portal():
    assert public_reading.featured() is None


def test_lists_stand_newest_period_first_and_news_by_day_of_publication():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    old = cite(unit, 2021, published_at=datetime(2026, 5, 1, tzinfo=TZ))
    half = cite(
        unit, 2023, kind=PeriodKind.HALF_YEAR, slug="nua-nam", published_at=datetime(2026, 4, 1, tzinfo=TZ)
    )
    year = cite(unit, 2023, published_at=datetime(2026, 3, 1, tzinfo=TZ))
    assert list(public_reading.listed()) == [year, half, old]
    assert list(public_reading.newest()) == [old, half, year]


def test_hits_are_marked_and_a_part_is_quoted_where_only_it_holds_the_words():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    cite(unit, 2022, lead="Nhiều mô hình hay.")
    cite(unit, 2023, lead="Khác.", sections={"Đối thoại": "Có 12 mô hình tự quản."})
    query = read_query("mo hinh")
    found = public_reading.matching(public_reading.listed(), query)
    cards = public_reading.cards_with_places(found, query)
    assert [card.found_in for card in cards] == ["Đối thoại", ""]
    assert [piece.text for piece in cards[0].found if piece.hit] == ["mô hình"]
    assert [piece.text for piece in cards[1].lead if piece.hit] == ["mô hình"]


def test_words_side_by_side_come_first():
    unit = make_unit("nghe-an", "Nghệ An")
    apart = cite(unit, 2024, lead="Đối với nơi khó, tăng đi thực tế; thoại trực tiếp.")
    together = cite(unit, 2020, lead="Tổ chức đối thoại.")
    found = public_reading.matching(public_reading.listed(), read_query("đối thoại"))
    assert list(found) == [together, apart]


def test_more_to_read_is_of_the_unit_then_of_the_period():
    unit, other = make_unit("ha-tinh", "Hà Tĩnh"), make_unit("bac-kan", "Bắc Kạn")
    this = cite(unit, 2023)
    cite(other, 2024)
    same_period, same_unit = cite(other, 2023), cite(unit, 2020)
    cite(other, 2022)
    assert public_reading.related(this)[:2] == [same_unit, same_period]
    assert len(public_reading.related(this)) == 3


def test_at_most_four_key_figures_are_shown():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    figures = [figure(code=f"K{n}", value=n, is_key=True) for n in range(5)]
    publication = cite(unit, figures=figures)
    assert [f.code for f in public_reading.key_figures(publication)] == ["K0", "K1", "K2", "K3"]
    assert len(public_reading.find(publication.slug).key_figures) == 4
