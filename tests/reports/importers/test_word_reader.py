"""Lines and tables of a Word document, as Word shows them."""

from io import BytesIO

import pytest

from reports.importers.word.reader import Grid, Line, read_document
from tests.reports.importers.documents import STRICT, blocks_of, docx, para, run, table

TWO_LISTS = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1-"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/>
 <w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Đề mục nhỏ"/><w:basedOn w:val="H1"/>
 <w:pPr><w:outlineLvl w:val="2"/><w:numPr><w:ilvl w:val="2"/></w:numPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def shown(*blocks: str, **more) -> list[str]:
    return [block.shown for block in blocks_of(*blocks, **more)]


def test_a_paragraph_a_line_and_a_line_break_another():
    inner = f"{run('hai')}<w:r><w:br/><w:t>ba</w:t><w:tab/><w:t>bốn</w:t></w:r>"
    assert shown(para("Một "), para(), para("", inner=inner)) == ["Một", "hai", "ba bốn"]


def test_text_is_stored_in_one_form():
    assert shown(para("To\u0302\u0309 \u00d0a\u0309ng\u00a0 uỷ\u200b")) == ["Tổ Đảng uỷ"]


def test_all_bold_bold_beginning_and_not_bold():
    [whole, lead, plain] = blocks_of(
        para("Ưu điểm", bold=True, inner=run(":")),
        para("1. Ưu điểm:", bold=True, inner=run(" có chuyển biến.")),
        para("Có ", inner=run("41", "<w:b/>") + run(" mô hình")),
    )
    assert (whole.bold, whole.lead) == (True, "")
    assert (lead.bold, lead.lead, lead.text) == (False, "1. Ưu điểm:", "1. Ưu điểm: có chuyển biến.")
    assert (plain.bold, plain.lead) == (False, "")


def test_bold_by_style_of_paragraph_or_run_and_switched_off():
    named = run("Ba", '<w:rStyle w:val="Strong"/>')
    off = run("Bốn", '<w:b w:val="0"/>')
    lines = blocks_of(
        para("Hai", style="H1"), para("", inner=named), para("", style="H1", inner=off), styles=STYLES
    )
    assert [line.bold for line in lines] == [True, True, False]


def test_heading_levels_by_name_by_outline_level_and_inherited():
    lines = blocks_of(
        para("Một", style="H1"),
        para("Hai", style="Own"),
        para("Ba"),
        para("Bốn", style="T1"),
        styles=STYLES,
        numbering=TWO_LISTS,
    )
    assert [line.level for line in lines] == [1, 3, 0, 0]
    assert [line.is_contents for line in lines] == [False, False, False, True]
    assert [line.centred for line in lines] == [False, True, False, False]


def test_automatic_numbers_are_worked_out():
    blocks = [
        para("Một", number=(5, 0)),
        para("a", number=(5, 1)),
        para("b", number=(5, 1)),
        para("c", number=(5, 2)),
        para("d", number=(5, 3)),
        para("Hai", number=(5, 0)),
        para("e", number=(5, 1)),
        para("chấm", number=(6, 0)),
        para("Bốn", number=(7, 0)),
        para("Không", number=(0, 0)),
        para("Lạ", number=(99, 0)),
    ]
    assert shown(*blocks, numbering=TWO_LISTS) == [
        "I- Một",
        "1. a",
        "2. b",
        "2.1. c",
        "a) d",
        "II- Hai",
        "1. e",
        "- chấm",
        "IV- Bốn",
        "Không",
        "Lạ",
    ]


def test_a_number_given_by_the_style():
    assert shown(para("Một", style="H1"), para("Hai", style="H1"), styles=STYLES, numbering=TWO_LISTS) == [
        "I- Một",
        "II- Hai",
    ]


def test_inserted_text_counts_deleted_and_hidden_does_not():
    inner = (
        f"<w:ins>{run(' thêm')}</w:ins><w:del><w:r><w:delText> bỏ</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run(' dời đi')}</w:moveFrom><w:moveTo>{run(' dời đến')}</w:moveTo>"
        f"{run(' ẩn', '<w:vanish/>')}<w:hyperlink>{run(' liên kết')}</w:hyperlink>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run(' ô')}</w:sdtContent></w:sdt>"
        '<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr="DATE">'
        + run(" ngày")
        + "</w:fldSimple>"
    )
    contents = read_document(BytesIO(docx(para("Lời", inner=inner))))
    assert [line.text for line in contents.blocks] == ["Lời thêm dời đến liên kết ô ngày"]
    assert contents.changes == 4


def test_notes_and_pictures_are_counted():
    inner = (
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'
    )
    contents = read_document(BytesIO(docx(para("Lời", inner=inner))))
    assert (len(contents.notes), contents.pictures) == (1, 1)


def test_a_text_box_is_read_once():
    boxed = f"<w:txbxContent>{para('Trong khung')}</w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{boxed}</w:drawing></mc:Choice><mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert shown(para("Ngoài", inner=drawing)) == ["Ngoài", "Trong khung"]


def test_tables_with_merged_cells_keep_each_text_once():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{para("Rộng")}</w:tc>'
    tall = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para("Cao")}</w:tc>'
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{para('thừa')}</w:tc>"
    [grid] = blocks_of(table(("TT", wide), (tall, "a\nb", "c"), (below, "d", "e")))
    assert grid == Grid((("TT", "Rộng", ""), ("Cao", "a\nb", "c"), ("", "d", "e")))


def test_a_frame_of_one_column_is_lines_and_a_table_in_a_cell_is_its_words():
    inner = f"<w:tc>{table(('x', 'y'))}</w:tc>"
    framed, grid = blocks_of(table(("Trong khung",)), table((inner, "z")))
    assert framed == Line("Trong khung")
    assert grid == Grid((("x y", "z"),))


def test_strict_open_xml():
    assert shown(para("Một"), namespace=STRICT) == ["Một"]


def test_blocks_inside_content_controls():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{para('Trong ô')}</w:sdtContent></w:sdt>"
    assert shown(control, para("Ngoài")) == ["Trong ô", "Ngoài"]


@pytest.mark.parametrize("sign", ["\uf0b7", "\uf0a7", "\uf02d"])
def test_signs_of_symbol_fonts_become_a_bullet(sign):
    assert shown(para(f"{sign} ý")) == ["• ý"]


def test_signs_within_words_and_raised_numbers_are_what_they_look_like():
    def sign(code, font="Symbol"):
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    lines = [
        para("Diện tích", inner=run(" ") + sign("F0B3") + run(" 5 m") + raised + run(", 30") + raised),
        para("12", inner=run(" ") + sign("F0E0", "Wingdings") + run(" 15")),
        para("", inner=sign("F0B7") + run(" ý")),
        para("", inner=sign("F0A7", "Wingdings") + sign("", "Symbol") + run(" ý")),
    ]
    assert shown(*lines) == ["Diện tích ≥ 5 m², 30²", "12 → 15", "• ý", "•• ý"]
