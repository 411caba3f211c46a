"""Headings and rows are found by words, accents or not; what is close to two names is not decided."""

import pytest

from reports.importers.matching import IN_HEADINGS, IN_ROWS, Names, clear_one
from tests.reports.importers.documents import INDICATORS, TARGETS

PARTS = Names(
    {target.code: target.title for target in TARGETS},
    {target.code: target.hint for target in TARGETS},
    same=IN_HEADINGS,
    by_clause=True,
)
ROWS = Names({code: name for code, name, _unit in INDICATORS}, same=IN_ROWS)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Tình hình Nhân dân", "S1"),
        ("TINH HINH NHAN DAN", "S1"),
        ("Tình hình tư tưởng, đời sống Nhân dân", "S1"),
        ("Kết quả công tác dân vận 6 tháng đầu năm 2026", "S2"),
        ("Công tác lãnh đạo, chỉ đạo của cấp uỷ", "S2.1"),
        ("Công tác dân vận chính quyền", "S2.2"),
        ("Dân vận của LLVT", "S2.3"),
        ("Dân vận của Quân sự, Công an", "S2.3"),
        ("Công tác dân vận của Công an xã", "S2.3"),
        ("Công tác dân vận của HĐND, UBND xã", "S2.2"),
        ("Công tác dân vận khéo", "S2.8"),
        ("Tiếp xúc, đối thoại của người đứng đầu", "S2.6"),
        ("Xây dựng mô hình “Dân vận khéo”", "S2.8"),
        ("Tồn tại, hạn chế", "S3.2"),
        ("Những mặt đạt được", "S3.1"),
        ("Đề xuất, kiến nghị", "S5"),
        # Said of two parts, or like two: asked.
        ("Hạn chế, nguyên nhân", ""),
        ("Nguyên nhân của hạn chế", ""),
        ("Kết quả thực hiện nhiệm vụ", ""),
        ("Kết quả đạt được", ""),
        ("Công tác xây dựng Đảng", ""),
        ("Phòng, chống thiên tai", ""),
    ],
)
def test_headings(heading, code):
    assert clear_one(PARTS.matches(heading), least=0.6, margin=0.15) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Số văn bản cấp uỷ ban hành về công tác dân vận", "A1"),
        ("Số lượt tiếp công dân", "C2"),
        ("Số công dân được tiếp", "C3"),
        ("Số vụ hoà giải", "E6"),
        ("Số vụ hòa giải thành", "E7"),
        ("Mô hình DVK tiêu biểu", "K4"),
        ("Số mô hình", ""),
        ("Số con trâu", ""),
    ],
)
def test_rows(name, code):
    assert clear_one(ROWS.matches(name), least=0.66, margin=0.12) == code


def test_only_among_those_asked_for():
    assert [match.key for match in PARTS.matches("Ưu điểm, hạn chế", among=["S3.2"])] == ["S3.2"]


def test_nothing_shared_is_nothing_found():
    assert PARTS.matches("Xyz") == [] and PARTS.matches("") == [] and PARTS.matches("…") == []


def test_the_same_name_is_whole():
    assert PARTS.matches("ƯU ĐIỂM")[0].score == 1.0
