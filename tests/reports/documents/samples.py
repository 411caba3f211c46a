"""Contents that the tests of documents lay out."""

from datetime import date

from reports.documents.content import (
    DocumentContent,
    DocumentSection,
    FigureGroup,
    FigureRow,
    KeyFigure,
    Signature,
    SummaryContent,
    SummarySection,
)

SENTENCE = (
    "Các cấp uỷ trong tỉnh tập trung lãnh đạo, chỉ đạo công tác dân vận theo hướng sát cơ sở, gắn với nhiệm vụ "
    "chính trị của địa phương; kịp thời nắm tình hình tư tưởng, đời sống Nhân dân."
)

HEAD = Signature(post="Trưởng ban", name="Nguyễn Văn An")
DEPUTY = Signature(authority=["K/T Trưởng ban"], post="Phó Trưởng ban", name="Trần Thị Bình")
COMMITTEE = Signature(authority=["T/M Ban Thường vụ"], post="Phó Bí thư", name="Lê Văn Cường")


def a_report(**changes) -> DocumentContent:
    """A province's report of one section, issued under HD 05, with the changes asked for."""
    values = {
        "superior_body": "Tỉnh uỷ Hà Tĩnh",
        "issuing_body": "Ban Tuyên giáo và Dân vận",
        "issuer_full_name": "Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà Tĩnh",
        "symbol": "BTGDVTU",
        "place": "Hà Tĩnh",
        "subject": "kết quả công tác dân vận 6 tháng đầu năm 2026",
        "sections": [DocumentSection("I", "Đặc điểm tình hình", 1, SENTENCE)],
        "signature": HEAD,
        "number": 138,
        "issued_on": date(2026, 7, 5),
        "recipients": ["Thường trực Tỉnh uỷ", "Lưu Ban Tuyên giáo và Dân vận"],
    }
    return DocumentContent(**(values | changes))


def full_sections() -> list[DocumentSection]:
    """18 parts, each of several paragraphs."""
    text = "\n".join([SENTENCE] * 3)
    return [DocumentSection(str(at), f"Phần thứ {at}", 2, text) for at in range(1, 19)]


def full_figures(*, own: str | None = None) -> list[FigureGroup]:
    """93 indicators in three groups."""
    return [
        FigureGroup(
            f"{letter}. Nhóm chỉ tiêu {letter}",
            [FigureRow(f"Chỉ tiêu {letter}{at}", "cuộc", "1.743", own, "1.638", "ước") for at in range(31)],
        )
        for letter in "ABC"
    ]


def a_summary(**changes) -> SummaryContent:
    """A published summary with everything but a citation, with the changes asked for."""
    values = {
        "body_name": "Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà Tĩnh",
        "kind": "Báo cáo sơ kết",
        "period": "6 tháng đầu năm 2026",
        "title": "Kết quả công tác dân vận 6 tháng đầu năm 2026",
        "lead": "Toàn tỉnh xây dựng thêm 105 mô hình “Dân vận khéo”.",
        "published_on": date(2026, 7, 22),
        "version": 2,
        "key_figures": [
            KeyFigure("1.743", "mô hình", "đang duy trì", "+105 (+6,4%) so với cùng kỳ 2025"),
            KeyFigure("312", "cuộc", "đối thoại với Nhân dân", "−27 (−8,0%) so với cùng kỳ 2025"),
        ],
        "sections": [SummarySection("1. Công tác tham mưu", SENTENCE)],
        "figure_groups": [FigureGroup("", [FigureRow("Cuộc đối thoại", "cuộc", "312", None, "339")])],
        "source_line": "Tổng hợp từ 96/98 đơn vị.",
    }
    return SummaryContent(**(values | changes))
