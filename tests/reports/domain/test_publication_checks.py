"""The checklist before a publication is sent to be confirmed."""

import pytest

from reports.domain.publication_checks import ERROR, OK, WARN, checklist
from tests.factories.archive import archive, correction, save

pytestmark = pytest.mark.django_db


def lines(version, kind):
    return [line.text for line in checklist(version) if line.kind == kind]


def test_the_checklist_of_a_good_version_has_nothing_to_mend():
    publication = archive(figures=[("E6", "Vụ hoà giải", 40, True)])
    assert [line.kind for line in checklist(publication.current)] == [OK] * 4


def test_the_checklist_names_what_is_missing():
    version, actor = correction(archive())
    version = save(version, actor, [], title="", lead="")
    version.correction_note = ""
    assert lines(version, ERROR) == [
        "Chưa nhập tiêu đề",
        "Chưa nhập lời dẫn",
        "Chưa chọn phần hoặc chỉ tiêu nào để công bố",
        "Chưa ghi nội dung đính chính",
    ]


def test_the_checklist_finds_people_and_damage():
    publication = archive(lead="ĐT 0912 345 678, cơng tác")
    assert lines(publication.current, WARN) == [
        "“0912 345 678” ở lời dẫn: có thể là số điện thoại hoặc số định danh cá nhân. "
        "Kiểm tra trước khi công bố",
        "Ở lời dẫn: 1 từ nghi sai bảng mã (“cơng” → “công”). Xem và sửa",
    ]


@pytest.mark.parametrize(
    ("figures", "warned"),
    [
        ([("E6", "Vụ hoà giải", 41, True)], ["“Vụ hoà giải”: phần lời ghi 40, phụ lục ghi 41"]),
        ([("E6", "Vụ hoà giải", 40, True)], []),
        ([("E6", "Vụ", 41, True)], []),
        ([("E6", "Hoà giải thành", 41, True)], []),
        ([("E6", "Vụ hoà giải", None, True)], []),
        ([("E6", "Vụ hoà giải", 40, False)], ["Chưa chọn con số chính (nhiều nhất 4) để mở đầu trang"]),
    ],
)
def test_the_checklist_compares_words_with_figures(figures, warned):
    assert lines(archive(figures=figures).current, WARN) == warned


def test_a_longer_name_is_another_figure():
    figures = [("E6", "Vụ hoà giải", 52, True), ("E7", "Vụ hoà giải thành", 40, True)]
    publication = archive(figures=figures, lead="Có 40 vụ hoà giải thành, 52 vụ hoà giải.")
    assert lines(publication.current, WARN) == []
