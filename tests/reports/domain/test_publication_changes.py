"""What differs between two versions of a publication."""

from decimal import Decimal

import pytest

from reports.domain.publication_changes import Change, Content, changes, figure_words, published_before
from reports.models import PublishedFigure
from tests.factories.archive import archive, correction


@pytest.mark.django_db
def test_the_version_before_is_the_one_that_was_public():
    publication = archive()
    version, _actor = correction(publication)
    assert published_before(version) == publication.current
    assert published_before(publication.current) is None


def test_changes_are_named_in_the_order_of_the_page():
    old = Content(
        "Một",
        "Dẫn",
        "",
        {"a": ("A", "lời a"), "b": ("B", "lời b")},
        {"K1": ("Mô hình", "5"), "K2": ("Nhà", "2")},
    )
    new = Content(
        "Hai",
        "Dẫn",
        "Sửa",
        {"a": ("A mới", "lời a"), "c": ("C", "lời c")},
        {"K1": ("Mô hình", "6"), "K3": ("Hộ", "1")},
    )
    assert changes(old, new) == [
        Change("Tiêu đề", "Một", "Hai"),
        Change("Phần “A mới”: tiêu đề", "A", "A mới"),
        Change("Phần “C”", "", "lời c"),
        Change("Phần “B”", "lời b", ""),
        Change("Mô hình", "5", "6"),
        Change("Hộ", "", "1"),
        Change("Nhà", "2", ""),
    ]
    assert Change("Nội dung đính chính", "", "Sửa") in changes(old, new, with_note=True)
    assert [Change("x", "", "b").kind, Change("x", "a", "").kind, Change("x", "a", "b").kind] == [
        "Thêm",
        "Bỏ",
        "Sửa",
    ]
    assert changes(new, new, with_note=True) == []


def test_a_changed_value_or_main_figure_is_a_change():
    figure = PublishedFigure(
        code="K4", name="Mô hình", unit_name="mô hình", value=Decimal(250), qualifier="gan"
    )
    before = figure_words([figure], 2026)
    figure.is_key = True
    assert before == {"K4": ("Mô hình", "gần 250 mô hình; Cùng kỳ 2025: chưa thống kê")}
    assert figure_words([figure], 2026) != before
