"""The fixed lines of a Party document (domain.md §4)."""

from datetime import date

import pytest

from reports.documents import lines
from reports.documents.content import DocumentSection
from reports.documents.profiles import HD_05, HD_36
from reports.domain.narrative import parse_narrative
from tests.reports.documents.samples import COMMITTEE, DEPUTY, HEAD, a_report


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "Số 01-BC/BTGDVTU"),
        (5, "Số 05-BC/BTGDVTU"),
        (10, "Số 10-BC/BTGDVTU"),
        (138, "Số 138-BC/BTGDVTU"),
        (None, "Số \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0-BC/BTGDVTU"),
    ],
)
def test_number(number, line):
    assert lines.number_line(a_report(number=number), HD_05) == line


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_date(day, words):
    assert lines.date_words(a_report(issued_on=day), HD_05) == words


def test_the_date_of_a_draft_stays_open():
    draft = a_report(issued_on=None, drafted_on=date(2026, 6, 20))
    space = "\u00a0" * 6
    assert lines.date_words(draft, HD_05) == f"ngày{space}tháng{space}năm 2026"


def test_draft():
    assert lines.draft_line(a_report(draft_number=2)) == "Dự thảo lần 2"
    assert lines.draft_line(a_report()) == ""


@pytest.mark.parametrize(
    ("numbering", "line"),
    [
        ("I", "I- Đánh giá"),
        ("XVIII", "XVIII- Đánh giá"),
        ("1", "1. Đánh giá"),
        ("1.1", "1.1. Đánh giá"),
        ("a", "a) Đánh giá"),
        ("đ", "đ) Đánh giá"),
        ("2.", "2. Đánh giá"),
        ("I-", "I- Đánh giá"),
        ("", "Đánh giá"),
    ],
)
def test_heading(numbering, line):
    assert lines.heading_line(DocumentSection(numbering, "Đánh giá", 1)) == line


def signed(signature, profile):
    content = a_report(signature=signature)
    return [(text, style.bold) for text, style in lines.authority_lines(content, profile)]


def test_the_head_of_a_ban_signs_by_the_post_alone():
    assert signed(HEAD, HD_05) == [("TRƯỞNG BAN", True)]


def test_a_deputy_signs_for_the_head():
    assert signed(DEPUTY, HD_05) == [("K/T TRƯỞNG BAN", True), ("PHÓ TRƯỞNG BAN", False)]
    assert signed(DEPUTY, HD_36) == [("K/T TRƯỞNG BAN", True), ("PHÓ TRƯỞNG BAN", True)]


def test_a_committee_is_signed_for():
    assert signed(COMMITTEE, HD_05) == [("T/M BAN THƯỜNG VỤ", True), ("PHÓ BÍ THƯ", False)]


def test_recipients_get_their_marks_once():
    names = ["- Thường trực Tỉnh uỷ;", "Các đảng uỷ trực thuộc", " ", "Lưu Văn phòng."]
    assert lines.recipient_lines(a_report(recipients=names)) == [
        "- Thường trực Tỉnh uỷ;",
        "- Các đảng uỷ trực thuộc;",
        "- Lưu Văn phòng.",
    ]


def test_the_appendix_names_its_document():
    assert lines.appendix_reference(a_report(number=5), HD_05) == (
        "(Kèm theo Báo cáo số 05-BC/BTGDVTU, ngày 05 tháng 7 năm 2026 "
        "của Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà Tĩnh)"
    )


@pytest.mark.parametrize(
    ("typed", "hd_05", "hd_36"),
    [
        ("Hết phần", "Hết phần.", "Hết phần."),
        ("Hết phần.", "Hết phần.", "Hết phần."),
        ("Hết phần./.", "Hết phần.", "Hết phần./."),
        ("Hết phần;", "Hết phần.", "Hết phần."),
        ("Hết phần ,", "Hết phần.", "Hết phần."),
        ("Đạt 96,4%", "Đạt 96,4%.", "Đạt 96,4%."),
        ("“Dân vận khéo”", "“Dân vận khéo”.", "“Dân vận khéo”."),
        ("v.v.", "v.v.", "v.v."),
        ("Như sau:", "Như sau:", "Như sau:"),
        ("Vì sao?", "Vì sao?", "Vì sao?"),
    ],
)
def test_the_last_paragraph_is_closed(typed, hd_05, hd_36):
    blocks = parse_narrative(typed)
    assert lines.close_body(blocks, HD_05)[-1].text == hd_05
    assert lines.close_body(blocks, HD_36)[-1].text == hd_36


def test_the_last_item_of_a_list_is_closed():
    closed = lines.close_body(parse_narrative("- Một;\n- Hai;"), HD_05)
    assert closed == parse_narrative("- Một;\n- Hai.")


def test_a_table_at_the_end_and_an_empty_part_stay_as_they_are():
    table = parse_narrative("| a | b |\n| 1 | 2 |")
    assert lines.close_body(table, HD_05) == table
    assert lines.close_body((), HD_05) == ()


def test_closing_a_long_line_of_spaces_takes_no_time():
    text = "a" + "\u00a0" * 200_000 + "b"
    assert lines.close_body(parse_narrative(text), HD_05)[0].text.endswith("b.")
