"""The real archive: true figures, names of their day, later mergers, nothing invented."""

from datetime import date

import pytest

from models_dv.models import Unit, UnitPath
from reports.management.archive import load_archive
from reports.models import Publication, PublishedFigure, ReportEdition

pytestmark = pytest.mark.django_db


def test_five_pieces_once():
    assert (load_archive(), load_archive()) == (5, 0)
    publications = Publication.objects.published()
    assert sorted(publications.values_list("unit_version__name", "period__year")) == [
        ("Huyện uỷ Giao Thủy", 2020),
        ("Huyện uỷ Thủ Thừa", 2021),
        ("Tỉnh uỷ Bắc Kạn", 2023),
        ("Tỉnh uỷ Hà Tĩnh", 2023),
        ("Tỉnh uỷ Hưng Yên", 2021),
    ]
    assert not ReportEdition.objects.exists()
    assert not publications.filter(citation=None).exists()


def test_ha_tinh_shows_its_true_figures():
    load_archive()
    rows = PublishedFigure.objects.filter(version__publication__slug="ha-tinh-tong-ket-2023")
    assert sorted(rows.values_list("code", "value", "qualifier", "unit_name")) == [
        ("G10", 9, "", "nhà"),
        ("G2", 2200, "hon", "nhà"),
        ("G9c", 305, "", "em"),
        ("K0", 1743, "", "mô hình"),
        ("K4", 250, "gan", "mô hình"),
    ]


def test_figures_stand_only_where_a_piece_gives_them():
    load_archive()
    slugs = set(PublishedFigure.objects.values_list("version__publication__slug", flat=True))
    assert sorted(slugs) == ["ha-tinh-tong-ket-2023", "thu-thua-2021"]


def test_units_stand_in_the_tree_of_their_day():
    load_archive()
    district, province = Unit.objects.get(code="thu-thua"), Unit.objects.get(code="long-an")
    assert Unit.objects.descendants_of(province, date(2021, 12, 2)).get() == district
    assert not UnitPath.objects.current(date(2026, 1, 1)).filter(unit=district).exists()
    assert [edge.successor.code for edge in province.successor_edges.all()] == ["tay-ninh"]
    assert district.version_on(date(2021, 6, 1)).parent.version_on(date(2021, 6, 1)).place_name == "Long An"
