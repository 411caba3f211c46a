"""Files made to do harm, cut off or damaged: each is read or refused in words, and soon."""

import copy
import random
import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from models_dv.domain.file_refusals import DamagedFile, FileRefused, UnsafeFile
from models_dv.errors import ExpectedError
from reports.importers.figures_workbook import read_figures
from reports.importers.report_word import read_word
from reports.importers.word.package import MAX_ELEMENTS, MAX_PART_BYTES, TooLong
from reports.importers.word.reader import MAX_LINES, read_document
from tests.models_dv.domain.uploaded import office
from tests.reports.importers.documents import NAMESPACE, PERIOD, TARGETS, blocks_of, docx, names, para, table
from tests.reports.importers.test_figures_workbook import report

FILES = Path(__file__).parents[2] / "files"


def refused(data: bytes, refusal) -> None:
    with pytest.raises(refusal):
        read_document(BytesIO(data))


def body(text: str) -> bytes:
    return office(body=f'<w:document xmlns:w="{NAMESPACE}"><w:body>{text}</w:body></w:document>'.encode())


def test_too_many_elements_lines_letters_or_bytes():
    refused(body("<w:x/>" * (MAX_ELEMENTS + 1)), TooLong)
    refused(docx(*[para("a")] * (MAX_LINES + 1)), TooLong)
    refused(docx(*[para("a" * 100_000)] * 31), TooLong)
    refused(body(" " * (MAX_PART_BYTES + 1)), TooLong)


def test_nested_too_deep():
    refused(docx("<w:ins>" * 400 + "</w:ins>" * 400), UnsafeFile)


def test_tables_in_tables_end_somewhere():
    inner = para("Lời ở trong cùng")
    for _level in range(30):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc>{para('bên')}</w:tc></w:tr></w:tbl>"
    assert blocks_of(inner)


def test_a_table_that_says_it_has_a_million_columns():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr>{para("a")}</w:tc>'
    [grid] = blocks_of(table((wide, "b"), ("c", "d")))
    assert len(grid.rows[0]) < 100


@pytest.mark.parametrize("broken", ["<w:p><w:r>", "</w:p>", "<w:p/><", "&unknown;"])
def test_broken_xml(broken):
    refused(body(broken), DamagedFile)


def test_not_a_document_at_all():
    refused(b"PK\x03\x04nothing", DamagedFile)
    refused(office(entries={"word/document.xml": b""}), DamagedFile)


@pytest.mark.parametrize("target", ["../../../etc/passwd", "http://127.0.0.1/x", "/word/none.xml", ""])
def test_relations_lead_nowhere_else(target):
    rels = (
        '<Relationships><Relationship Id="a" Type="http://x/officeDocument" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    data = docx(para("Lời"), entries={"_rels/.rels": rels.encode()})
    assert read_document(BytesIO(data)).blocks[0].text == "Lời"


def test_styles_that_stand_on_each_other():
    loop = "".join(
        f'<w:style w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("A", "B"), ("B", "A"), ("C", "C"))
    )
    lines = blocks_of(para("Một", style="A"), para("Hai", style="C"), para("Ba", style="none"), styles=loop)
    assert [line.text for line in lines] == ["Một", "Hai", "Ba"]


def test_numbers_out_of_reach():
    numbering = """
    <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="99999"/><w:numFmt w:val="upperRoman"/>
    <w:lvlText w:val="%1%9"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="99999"/><w:numFmt w:val="lowerLetter"/>
    <w:lvlText w:val="%2)"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="X"/>
    </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>"""
    lines = blocks_of(
        *[para("a", number=(number, level)) for number in (1, 2, 3) for level in (0, 1, 8)],
        numbering=numbering,
    )
    assert [line.text for line in lines] == ["a"] * 9
    assert all(len(line.label) < 20 for line in lines)


def damaged(data: bytes, parts: str, dice: random.Random) -> bytes:
    """The archive with one of its parts changed: cut and scrambled bytes, or still XML and nonsense."""
    source, target = zipfile.ZipFile(BytesIO(data)), BytesIO()
    chosen = dice.choice([name for name in source.namelist() if re.fullmatch(parts, name)])
    spoil = dice.choice([scrambled, rearranged, rearranged, rearranged])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            made.writestr(name, spoil(content, dice) if name == chosen else content)
    return target.getvalue()


def scrambled(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    end = start + dice.randint(1, 300)
    return content[:start] + dice.choice([b"", dice.randbytes(4)]) + dice.choice([b"", content[end:]])


def rearranged(content: bytes, dice: random.Random) -> bytes:
    """Elements doubled, dropped, emptied, renamed or moved into one another; attributes made nonsense."""
    root = ElementTree.fromstring(content)
    for _change in range(dice.randint(1, 12)):
        elements = list(root.iter())
        parent, other = dice.choice(elements), dice.choice(elements)
        child = dice.choice(list(parent)) if len(parent) else None
        match dice.randrange(7):
            case 0 if child is not None:
                parent.remove(child)
            case 1 if child is not None:
                parent.append(copy.deepcopy(child))
            case 2:
                parent.text = dice.choice(
                    ["", "-1", "99999999999999999999", "\u0301", "I- TÌNH HÌNH", "1E999"]
                )
            case 3:
                parent.tag = other.tag
            case 4 if child is not None:
                other.append(copy.deepcopy(child))
            case _:
                for key in parent.attrib:
                    parent.set(
                        key, dice.choice(["", "-1", "0", "99999999999999999999", "A1", "XFD1", "bullet", "e"])
                    )
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_word_file_is_read_or_refused(seed):
    data = (FILES / "bao-cao-tinh.docx").read_bytes()
    dice = random.Random(seed)
    parts = r"word/(document|styles|numbering|footnotes)\.xml|word/_rels/.*"
    try:
        content = read_word(BytesIO(damaged(data, parts, dice)), TARGETS, names(), PERIOD)
    except FileRefused:
        return
    assert set(content) == {"pieces", "grids", "codes", "left_out", "notes", "wrong_period", "has_headings"}


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused(seed):
    data = (FILES / "so-lieu-xa.xlsx").read_bytes()
    dice = random.Random(seed)
    parts = r"xl/(workbook|styles|sharedStrings|worksheets/sheet1)\.xml|xl/_rels/.*"
    try:
        sheet, found = read_figures(BytesIO(damaged(data, parts, dice)), report(), names())
    except ExpectedError:
        return
    assert sheet.rows and found.rows
