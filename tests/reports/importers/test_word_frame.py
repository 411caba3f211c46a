"""What stands around the text of a report is set aside, and named."""

import pytest

from reports.importers.word.frame import HEAD, OPENING, TAIL, TITLE, take_apart
from reports.importers.word.reader import Grid, Line

LETTERHEAD = Grid(
    (
        (
            "TỈNH UỶ AN BÌNH\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 07-BC/BTGDVTU",
            "ĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 05 tháng 02 năm 2026",
        ),
    )
)
BODY = [Line("I- TÌNH HÌNH NHÂN DÂN", bold=True), Line("Ổn định." * 40)]


def left(framed) -> list[str]:
    return [what for what, _lines in framed.left_out]


def test_letterhead_title_recipients_and_signature_in_tables():
    blocks = [
        LETTERHEAD,
        Line("BÁO CÁO", bold=True, centred=True),
        Line("kết quả công tác dân vận năm 2026", bold=True, centred=True),
        Line("-----", centred=True),
        *BODY,
        Grid((("Nơi nhận:\n- Lưu VP.", "TRƯỞNG BAN\nNguyễn Văn Mẫu"),)),
    ]
    framed = take_apart(blocks)
    assert framed.body == BODY
    assert left(framed) == [HEAD, TITLE, TAIL]


def test_all_of_it_in_paragraphs():
    blocks = [
        Line("ĐẢNG BỘ TỈNH AN BÌNH"),
        Line("ĐẢNG CỘNG SẢN VIỆT NAM", bold=True),
        Line("ĐẢNG UỶ XÃ PHÚ LÂM"),
        Line("Số 05-BC/ĐU"),
        Line("Phú Lâm, ngày 05 tháng 02 năm 2026"),
        Line("BÁO CÁO"),
        Line("kết quả công tác dân vận"),
        Line("-----"),
        *BODY,
        Line("T/M BAN THƯỜNG VỤ"),
        Line("BÍ THƯ"),
        Line("Nguyễn Văn Mẫu"),
        Line("Nơi nhận:"),
        Line("- Ban Tuyên giáo và Dân vận Tỉnh uỷ;"),
        Line("- Lưu VP."),
    ]
    framed = take_apart(blocks)
    assert framed.body == BODY
    assert [len(lines) for _what, lines in framed.left_out] == [5, 3, 6]


def test_a_draft_without_frame_loses_nothing():
    framed = take_apart(BODY)
    assert (framed.body, framed.left_out, framed.appendix) == (BODY, [], [])


def test_the_appendix_comes_after_the_signature_or_the_text():
    appendix = [Line("PHỤ LỤC SỐ LIỆU", centred=True), Grid((("TT", "Chỉ tiêu"),))]
    for end in ([], [Line("BÍ THƯ"), Line("Nguyễn Văn Mẫu")]):
        framed = take_apart([*BODY, *end, *appendix])
        assert framed.body == BODY
        assert framed.appendix == appendix


def test_words_of_the_frame_inside_the_text_stay():
    text = [
        Line("I- KẾT QUẢ", bold=True),
        Line("Nơi nhận: các xã đã nhận đủ tài liệu theo quy định của cấp trên trong kỳ báo cáo vừa qua."),
        Line("Bí thư đã dự họp. " * 30),
        Line("Phụ lục kèm theo nêu rõ số liệu."),
    ]
    assert take_apart(text).body == text


def test_contents_are_set_aside():
    framed = take_apart([Line("Mục lục", is_contents=True), Line("I- TÌNH HÌNH 3", is_contents=True), *BODY])
    assert framed.body == BODY
    assert framed.left_out == [("Mục lục", ["Mục lục", "I- TÌNH HÌNH 3"])]


@pytest.mark.parametrize(
    "lines",
    [
        ["Thực hiện Công văn số 45-CV/BTGDV ngày 01/11/2026 của Ban, Đảng uỷ xã báo cáo kết quả như sau:"],
        ["Ban báo cáo như sau:"],
        [
            "Kính gửi: Ban Tuyên giáo và Dân vận Tỉnh uỷ",
            "Căn cứ Kế hoạch số 12; Ban xin báo cáo, cụ thể như sau.",
        ],
        ["Thực hiện Kế hoạch số 12-KH/TU ngày 05/01/2026,", "Đảng uỷ xã báo cáo công tác dân vận như sau:"],
    ],
)
def test_the_opening_is_set_aside(lines):
    framed = take_apart([LETTERHEAD, Line("BÁO CÁO", centred=True), Line("-----"), *map(Line, lines), *BODY])
    assert (framed.body, framed.left_out[2:]) == (BODY, [(OPENING, lines)])


@pytest.mark.parametrize(
    "lines",
    [
        ["Năm 2026, Đảng uỷ xã đã ban hành 12 văn bản.", "Kết quả được báo cáo như sau:"],
        ["Thực hiện tốt công tác dân vận, Nhân dân phấn khởi."],
        ["Thực hiện Kế hoạch số 12, toàn xã đã hiến 99 m² đất."],
    ],
)
def test_words_that_may_be_more_than_an_opening_are_kept(lines):
    blocks = [*map(Line, lines), *BODY]
    assert take_apart(blocks).body == blocks


def test_a_letterhead_set_out_by_tabs():
    blocks = [
        Line("TỈNH UỶ AN BÌNH ĐẢNG CỘNG SẢN VIỆT NAM"),
        Line("ĐẢNG UỶ XÃ PHÚ LÂM"),
        Line("Số 05-BC/ĐU Phú Lâm, ngày 05 tháng 02 năm 2026"),
        *BODY,
    ]
    assert (take_apart(blocks).body, left(take_apart(blocks))) == (BODY, [HEAD])
