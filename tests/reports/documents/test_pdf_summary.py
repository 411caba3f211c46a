"""The public summary as PDF, opened again and read."""

from datetime import date

from reports.documents.content import Citation
from reports.documents.pdf import (
    render_summary_pdf,
)
from tests.reports.documents.reading import embedded_fonts, properties, read_pages, text_of
from tests.reports.documents.samples import (
    a_summary,
)


def test_a_summary_says_what_it_holds():
    pdf = render_summary_pdf(a_summary(address="https://danvan.example/bao-cao/6-thang-2026/"))
    pages = read_pages(pdf)
    text = text_of(pdf)
    marks = [
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà Tĩnh",
        "Bản tóm tắt",
        "Báo cáo sơ kết · 6 tháng đầu năm 2026",
        "Kết quả công tác dân vận 6 tháng đầu năm 2026",
        "Công bố ngày 22/07/2026 · Phiên bản 2",
        "Toàn tỉnh xây dựng thêm 105 mô hình",
        "1.743 mô hình",
        "+105 (+6,4%)",
        "1. Công tác tham mưu",
        "Số liệu",
        "Tổng hợp từ 96/98 đơn vị.",
        "Bản mới nhất: https://danvan.example/bao-cao/6-thang-2026/",
        "Trang 1/1",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert [(page.width, page.height) for page in pages] == [(210, 297)]
    assert embedded_fonts(pdf) == {"Liberation-Serif": True, "Liberation-Serif-Bold": True}


def test_a_summary_never_carries_the_head_of_a_party_paper():
    for content in (a_summary(), a_summary(citation=Citation("Baohatinh.vn"))):
        text = text_of(render_summary_pdf(content))
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in text
        assert "Nơi nhận" not in text


def test_a_summary_from_the_press_says_so():
    citation = Citation("Baohatinh.vn", date(2023, 12, 27), "Ngân Giang", inferred=["Kỳ báo cáo"])
    pdf = render_summary_pdf(a_summary(citation=citation))
    text = text_of(pdf)
    for words in (
        "Tư liệu tổng hợp từ báo chí",
        "Nguồn: Baohatinh.vn (Ngân Giang)",
        "Ngày đăng: 27/12/2023",
        "Kỳ báo cáo: suy luận, nguồn không ghi",
        "Đơn vị được nêu: Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà Tĩnh",
    ):
        assert words in text
    assert properties(pdf)["/Author"] == "Tư liệu tổng hợp từ báo chí: Baohatinh.vn"


def test_a_source_without_name_and_date_says_so():
    text = text_of(render_summary_pdf(a_summary(citation=Citation(""))))
    assert "Nguồn: nguồn không ghi" in text
    assert "Ngày đăng: nguồn không ghi" in text


def test_the_same_summary_gives_the_same_bytes():
    assert render_summary_pdf(a_summary()) == render_summary_pdf(a_summary())
