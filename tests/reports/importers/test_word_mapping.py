"""Headings of a document → parts of the outline."""

import pytest

from reports.importers.word.mapping import GROUP, MATCHED, UNMATCHED, UNSURE, cut
from reports.importers.word.reader import Grid, Line
from reports.importers.word.wording import plain_text
from tests.reports.importers.documents import TARGETS


def bold(text: str) -> Line:
    return Line(text, bold=True)


def pieces(*lines: Line) -> list[tuple[str, str, str]]:
    """(code, status, text) of each."""
    return [(piece.code, piece.status, plain_text(piece.blocks)) for piece in cut(lines, TARGETS)]


@pytest.mark.parametrize("sign", ["-", ".", " –"])
def test_both_ways_of_numbering(sign):
    """“I- …” as HD 36 and HD 05 write, “I. …” as most people do."""
    assert pieces(
        bold(f"I{sign} TÌNH HÌNH NHÂN DÂN"),
        Line("Ổn định."),
        bold(f"II{sign} KẾT QUẢ CÔNG TÁC DÂN VẬN"),
        bold("1. Công tác lãnh đạo, chỉ đạo của cấp uỷ"),
        Line("Ban hành 12 văn bản."),
        Line("1.1. Quán triệt", bold=True),
        Line("Họp 4 cuộc."),
        bold("2. Công tác dân vận của chính quyền"),
        Line("Tiếp dân."),
        bold(f"III{sign} ĐÁNH GIÁ CHUNG"),
        bold("1. Ưu điểm"),
        Line("Có chuyển biến."),
    ) == [
        ("S1", MATCHED, "Ổn định."),
        ("", GROUP, ""),
        ("S2.1", MATCHED, "Ban hành 12 văn bản.\n1.1. Quán triệt\nHọp 4 cuộc."),
        ("S2.2", MATCHED, "Tiếp dân."),
        ("", GROUP, ""),
        ("S3.1", MATCHED, "Có chuyển biến."),
    ]


def test_headings_without_numbers():
    assert pieces(
        bold("Tình hình Nhân dân"), Line("a"), bold("Ưu điểm"), Line("b"), bold("Hạn chế"), Line("c")
    ) == [("S1", MATCHED, "a"), ("S3.1", MATCHED, "b"), ("S3.2", MATCHED, "c")]


def test_headings_by_style():
    lines = [
        Line("Đánh giá", level=1),
        Line("Ưu điểm", level=2),
        Line("a"),
        Line("Việc riêng", level=2),
        Line("b"),
    ]
    assert pieces(*lines) == [("", GROUP, ""), ("S3.1", MATCHED, "a"), ("", UNMATCHED, "b")]


def test_what_stands_before_the_first_heading_and_under_a_group_is_asked_about():
    assert pieces(Line("Kính gửi."), bold("I. Kết quả công tác dân vận"), Line("Có kết quả.")) == [
        ("", UNMATCHED, "Kính gửi."),
        ("", GROUP, "Có kết quả."),
    ]


def test_like_two_parts():
    [piece] = cut([bold("2. Hạn chế, nguyên nhân"), Line("a")], TARGETS)
    assert (piece.code, piece.status, piece.likely) == ("", UNSURE, ["S3.2", "S3.3"])


def test_a_heading_inside_a_part_that_names_another_stays_and_is_asked_about():
    found = cut(
        [
            bold("II. KẾT QUẢ CÔNG TÁC DÂN VẬN"),
            bold("1. Công tác dân vận của chính quyền"),
            Line("a"),
            bold("1.1. Tiếp xúc, đối thoại với Nhân dân"),
            Line("b"),
            bold("1.2. Cải cách hành chính"),
            Line("c"),
            bold("2. Dân vận của lực lượng vũ trang"),
            Line("d"),
        ],
        TARGETS,
    )
    assert [(piece.code, piece.status, plain_text(piece.blocks)) for piece in found[1:]] == [
        ("S2.2", MATCHED, "a"),
        ("", UNSURE, "b"),
        ("S2.2", MATCHED, "c"),
        ("S2.3", MATCHED, "d"),
    ]
    assert found[2].likely == ["S2.2", "S2.6"]


def test_text_after_a_bold_beginning():
    line = Line("1. Ưu điểm: có chuyển biến.", lead="1. Ưu điểm:")
    [_group, piece] = cut([bold("III. ĐÁNH GIÁ CHUNG"), line], TARGETS)
    assert (piece.heading, piece.code, plain_text(piece.blocks)) == ("1. Ưu điểm", "S3.1", "có chuyển biến.")


def test_items_of_a_list_are_text():
    lines = [
        bold("I. Tình hình Nhân dân"),
        Line("1. Tổ chức 12 hội nghị;"),
        Line("2. Tiếp 41 lượt công dân."),
    ]
    assert pieces(*lines) == [("S1", MATCHED, "1. Tổ chức 12 hội nghị;\n2. Tiếp 41 lượt công dân.")]


def test_text_and_tables_in_the_words_of_a_part():
    blocks = [
        Line("Ban hành:", label=""),
        Line("kế hoạch", label="-"),
        Line("• ý gõ tay"),
        Line("Tăng từ 12 → 15 vụ, đạt 100% ✓; 5 * 3 ha"),
        Line("+ ý con"),
        Line("một", label="a)"),
        Grid((("Tên", "Số | tỷ lệ"), ("Xã A\nB", "12"), ("", ""))),
        Line("Sau bảng."),
    ]
    assert plain_text(blocks) == (
        "Ban hành:\n- kế hoạch\n- ý gõ tay\nTăng từ 12 → 15 vụ, đạt 100% ✓; 5 * 3 ha\n+ ý con\na) một\n\n"
        "| Tên | Số \\| tỷ lệ |\n| Xã A B | 12 |\n\nSau bảng."
    )


def test_a_table_too_wide_for_a_page_becomes_paragraphs():
    row = tuple(str(number) for number in range(14))
    assert plain_text([Grid((row,))]) == "; ".join(row)
