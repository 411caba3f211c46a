"""Plain structured text → blocks → HTML."""

import pytest
from django.template.loader import render_to_string

from reports.domain.narrative import (
    MAX_COLUMNS,
    BulletList,
    Cell,
    NumberedList,
    Paragraph,
    Table,
    parse_narrative,
)


def cells(*texts):
    return tuple(Cell(text) for text in texts)


def html(text):
    rendered = render_to_string("components/narrative.html", {"blocks": parse_narrative(text)})
    return rendered.replace("\n", "")


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\r\n \r\n", "\x00", "\ufeff", "\t", "||", "| | |", "|---|"]
)
def test_nothing_to_read(text):
    assert parse_narrative(text) == ()
    assert html(text) == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u2028", "\x0b"])
def test_every_line_is_a_paragraph_whatever_ends_it(end):
    assert parse_narrative(f"Một{end}Hai") == (Paragraph("Một"), Paragraph("Hai"))


@pytest.mark.parametrize(
    "mark", ["-", "–", "•", "·", "▪", "➢", "✓", "\uf0b7", "§\t", "ü\t", " Ø \t", "o\t", "·\t"]
)
def test_bullets(mark):
    assert parse_narrative(f"{mark} Một\n\n{mark}  Hai;") == (BulletList(("Một", "Hai;")),)


@pytest.mark.parametrize(
    "text",
    ["-5 độ", "-", "- ", "–86 căn", "1.743 mô hình", "1.", "1.1. Mục", "2026. Năm", "o cấp hai", "§ 5", "üb"],
)
def test_what_only_resembles_an_item_is_a_paragraph(text):
    assert parse_narrative(text) == (Paragraph(text.strip()),)


def test_numbered_items_keep_their_numbers():
    assert parse_narrative("1. Một\n2. Hai\n\n3. Ba\nLời\n4. Bốn\n7. Bảy\n7. Lại bảy") == (
        NumberedList(("Một", "Hai", "Ba"), 1),
        Paragraph("Lời"),
        NumberedList(("Bốn",), 4),
        NumberedList(("Bảy",), 7),
        NumberedList(("Lại bảy",), 7),
    )


def test_lists_of_two_kinds_do_not_join():
    assert parse_narrative("- Một\n1. Hai\n- Ba") == (
        BulletList(("Một",)),
        NumberedList(("Hai",), 1),
        BulletList(("Ba",)),
    )


def test_a_table_with_and_without_a_rule():
    table = Table(cells("Lĩnh vực", "Số"), (cells("Kinh tế", "498"), cells("Văn hoá", "612")))
    assert parse_narrative("| Lĩnh vực | Số |\n| Kinh tế | 498 |\n| Văn hoá | 612 |") == (table,)
    assert parse_narrative("|Lĩnh vực|Số|\n|:---|---:|\n|Kinh tế|498\n\t| Văn hoá | 612 |") == (table,)


def test_rows_of_different_length_are_filled_up():
    assert parse_narrative("| a | b | c |\n| 1 |\n| 1 | 2 | 3") == (
        Table(cells("a", "b", "c"), (cells("1", "", ""), cells("1", "2", "3"))),
    )


def test_a_blank_line_or_text_ends_a_table():
    first, word, second = parse_narrative("| a |\n| 1 |\nLời\n| b |\n| 2 |")
    assert (first.head, word, second.head) == (cells("a"), Paragraph("Lời"), cells("b"))
    assert len(parse_narrative("| a |\n| 1 |\n\n| b |\n| 2 |")) == 2


def test_a_single_row_has_no_heading():
    assert parse_narrative("| Kinh tế | 498 |") == (Table((), (cells("Kinh tế", "498"),)),)


def test_a_bar_may_stand_in_a_cell_and_in_text():
    assert parse_narrative("| a \\| b | c |") == (Table((), (cells("a | b", "c"),)),)
    assert parse_narrative("a | b") == (Paragraph("a | b"),)


def test_a_row_no_page_holds_is_a_paragraph():
    widest = "|".join(["", *"a" * MAX_COLUMNS, ""])
    assert isinstance(parse_narrative(widest)[0], Table)
    assert parse_narrative(widest + "a|") == (Paragraph(widest + "a|"),)


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("498", True),
        ("1.743", True),
        ("6,5%", True),
        ("−86", True),
        ("+105", True),
        ("", False),
        ("Tăng 25", False),
    ],
)
def test_numbers_in_cells(text, is_number):
    assert Cell(text).is_number is is_number


def test_characters_no_one_typed_disappear_and_everything_else_stays():
    assert parse_narrative("\ufeffDân\x00 vận\x07\tkhéo   ạ\ud800") == (Paragraph("Dân vận khéo ạ"),)
    assert parse_narrative("uỷ, ủy, cơng, Ðông") == (Paragraph("uỷ, ủy, cơng, Ðông"),)


def test_a_very_long_line_stays_one_paragraph():
    assert parse_narrative("x" * 1_000_000) == (Paragraph("x" * 1_000_000),)
    assert parse_narrative("a" + " " * 1_000_000 + "b") == (Paragraph("a b"),)
    assert parse_narrative("|" * 1_000_000) == ()


def test_html_of_every_block():
    text = "Lời\n- Một\n- Hai\n3. Ba\n| Tên | Số |\n| A | 5 |"
    assert html(text) == (
        "<p>Lời</p>"
        "<ul><li>Một</li><li>Hai</li></ul>"
        '<ol start="3"><li>Ba</li></ol>'
        '<div class="table-scroll" role="group" aria-label="Bảng, cuộn ngang được" tabindex="0"><table>'
        '<thead><tr><th scope="col">Tên</th><th scope="col">Số</th></tr></thead>'
        '<tbody><tr><td>A</td><td class="number">5</td></tr></tbody></table></div>'
    )


def test_a_wide_table_says_so():
    assert '<table class="wide">' in html("|1|2|3|4|5|6|7|")
    assert "<table>" in html("|1|2|3|4|5|6|")


@pytest.mark.parametrize("before", ["", "- ", "1. ", "| ", "| a |\n| "])
def test_markup_is_shown_not_obeyed(before):
    rendered = html(f"{before}<script>alert('x')</script><img src=\"http://x\">&amp;")
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert (
        "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&lt;img src=&quot;http://x&quot;&gt;&amp;amp;"
        in rendered
    )
