"""Word documents as people and programmes write them, made in memory from their XML."""

from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document

from models_dv.models import Period
from reports.enums import IndicatorKind, IndicatorOp
from reports.importers.figure_grid import IndicatorNames
from reports.importers.word.mapping import Target
from reports.importers.word.reader import read_document
from reports.models import Indicator
from tests.models_dv.domain.uploaded import office

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

PERIOD = Period(kind="half_year", year=2026, number=1)

#: A short outline in the shape of the shipped one.
TARGETS = [
    Target("S0", "Đặc điểm tình hình", place=1),
    Target("S1", "Tình hình Nhân dân", "Tư tưởng, đời sống, dân tộc, tôn giáo, vụ việc nổi cộm", place=2),
    Target("S2", "Kết quả thực hiện công tác dân vận", place=3, is_leaf=False),
    Target("S2.1", "Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận", "", "S2", 1),
    Target("S2.2", "Dân vận của cơ quan nhà nước, chính quyền các cấp", "Tiếp dân", "S2", 2),
    Target("S2.3", "Dân vận của lực lượng vũ trang", "", "S2", 3),
    Target("S2.6", "Tiếp xúc, đối thoại với Nhân dân", "", "S2", 6),
    Target("S2.8", "Phong trào thi đua “Dân vận khéo”", "", "S2", 8),
    Target("S3", "Đánh giá chung", place=4, is_leaf=False),
    Target("S3.1", "Ưu điểm", "", "S3", 1),
    Target("S3.2", "Hạn chế", "", "S3", 2),
    Target("S3.3", "Nguyên nhân", "Khách quan, chủ quan", "S3", 3),
    Target("S6", "Kết quả thực hiện nhiệm vụ được giao", place=5),
    Target("S4", "Phương hướng, nhiệm vụ trọng tâm", place=6),
    Target("S5", "Kiến nghị, đề xuất", place=7),
]


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(text: str = "", *, bold=False, centred=False, style="", number=None, inner="") -> str:
    """``number``: (list, level); ``inner``: XML besides the text."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        look += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    look += '<w:jc w:val="center"/>' if centred else ""
    return f"<w:p><w:pPr>{look}</w:pPr>{run(text, '<w:b/>' if bold else '') if text else ''}{inner}</w:p>"


def table(*rows) -> str:
    """Cells are texts, a line break begins a paragraph; or XML of a cell where it begins with “<”."""
    cells = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def _cell(text: str) -> str:
    return text if text.startswith("<") else f"<w:tc>{''.join(map(para, text.split(chr(10))))}</w:tc>"


def docx(*blocks: str, styles: str = "", numbering: str = "", namespace: str = NAMESPACE, **more) -> bytes:
    """The file; ``more["entries"]`` are further parts."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:{{0}} xmlns:w="{namespace}" xmlns:r="{RELATION}">'
    kinds = {"styles": styles, "numbering": numbering}
    rows = "".join(
        f'<Relationship Id="{name}" Type="{RELATION}/{name}" Target="{name}.xml"/>' for name in kinds
    )
    entries = {
        "word/_rels/document.xml.rels": f"<Relationships>{rows}</Relationships>".encode(),
        **{
            f"word/{name}.xml": f"{head.format(name)}{content}</w:{name}>".encode()
            for name, content in kinds.items()
        },
    }
    body = f"{head.format('document')}<w:body>{''.join(blocks)}</w:body></w:document>"
    return office(body=body.encode(), entries=entries | more.get("entries", {}))


def blocks_of(*blocks: str, **more):
    """What is read of a document."""
    return read_document(BytesIO(docx(*blocks, **more))).blocks


def written(*lines: str | tuple[str, str], tables=()) -> BytesIO:
    """A file as python-docx writes it: (text, “b” for bold, “c” centred, else the name of a style)."""
    document = Document()
    for line in lines:
        text, look = line if isinstance(line, tuple) else (line, "")
        if look in ("", "b", "c"):
            paragraph = document.add_paragraph()
            paragraph.add_run(text).bold = look in ("b", "c")
            paragraph.alignment = 1 if look == "c" else None
        else:
            document.add_paragraph(text, style=look)
    for rows in tables:
        made = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    target = BytesIO()
    document.save(target)
    target.seek(0)
    return target


INDICATORS = [
    ("A1", "Văn bản cấp uỷ ban hành về công tác dân vận", "văn bản"),
    ("A3", "Hội nghị quán triệt, tuyên truyền", "cuộc"),
    ("B5", "Lượt đoàn khiếu kiện đông người", "lượt đoàn"),
    ("C2", "Lượt tiếp công dân", "lượt"),
    ("C3", "Công dân được tiếp", "người"),
    ("C8", "Cuộc tiếp xúc, đối thoại của người đứng đầu với Nhân dân", "cuộc"),
    ("E6", "Vụ hoà giải", "vụ"),
    ("E7", "Vụ hoà giải thành", "vụ"),
    ("K1", "Mô hình, điển hình đăng ký", "mô hình"),
    ("K3a", "Trong đó: mô hình", "mô hình"),
    ("K4", "Mô hình, điển hình tiêu biểu", "mô hình"),
]


def names(level: str = "commune", year: int = 2026) -> IndicatorNames:
    """A short list of indicators; G1 is a decimal, E8 a ratio, B6 a text, L1 only the province's."""
    indicators = [
        Indicator(pk=pk, code=code, name=name, unit_name=unit, kind=IndicatorKind.INTEGER, op=IndicatorOp.SUM)
        for pk, (code, name, unit) in enumerate(INDICATORS, start=1)
    ]
    indicators += [
        decimal_indicator(),
        Indicator(pk=31, code="E8", name="Tỷ lệ hoà giải thành", unit_name="%", kind="percent", op="ratio"),
        Indicator(pk=32, code="B6", name="Dư luận xã hội nổi bật", kind="text", op="text"),
        Indicator(
            pk=33, code="L1", name="Cán bộ phụ trách", unit_name="người", op="stock", levels="province"
        ),
    ]
    return IndicatorNames(indicators, level, year)


def decimal_indicator() -> Indicator:
    return Indicator(
        pk=30,
        code="G1",
        name="Số tiền vận động Quỹ “Vì người nghèo”",
        unit_name="triệu đồng",
        kind=IndicatorKind.DECIMAL,
        op=IndicatorOp.SUM,
    )
