"""A report in Word from the file to what waits to be saved: real files, real texts, refusals."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from reports.domain.narrative import parse_narrative
from reports.importers.report_word import (
    EmptyDocument,
    OldFonts,
    ScannedDocument,
    SecretDocument,
    TooManyHeadings,
    composed,
    read_word,
    with_parts,
)
from tests.reports.importers.documents import PERIOD, TARGETS, docx, names, para, run, written

FILES = Path(__file__).parents[2] / "files"
TCVN3 = "C«ng t¸c d©n vËn s¸u th¸ng ®Çu n¨m ®¹t nhiÒu kÕt qu¶ quan träng, gãp phÇn hoµn thµnh nhiÖm vô"


def read(file) -> dict:
    return read_word(file, TARGETS, names(), PERIOD)


def test_a_file_of_libreoffice():
    with (FILES / "bao-cao-tinh.docx").open("rb") as file:
        content = read(file)
    texts = composed(content)
    assert texts == {
        "S1": "Nhân dân phấn khởi, tin tưởng vào sự lãnh đạo của Đảng.",
        "S2.1": (
            "Ban hành 23 văn bản:\n- Chỉ thị về công tác dân vận;\n- Kế hoạch năm 2026.\n"
            "1.1. Quán triệt nghị quyết\nTổ chức 12 hội nghị.\n"
            "1.2. Kiểm tra, giám sát\na) Kiểm tra 3 xã;\nb) Giám sát 2 xã."
        ),
        "S2.2": (
            "Tỷ lệ hồ sơ đúng hạn theo bảng sau:\n\n| Địa bàn | Hồ sơ | Đúng hạn |\n"
            "| Xã Phú Lâm | 1.204 | 96,5% |\n| Xã Tân Hoà | 987 | 98% |"
        ),
        "S2.8": "Toàn tỉnh có 1.743 mô hình.",
        "S3.1": "Có chuyển biến rõ nét.",
        "S3.2": "Một số nơi còn hình thức.",
        "S4": "Tiếp tục đổi mới.",
        "S5": "Không.",
    }
    assert [block.kind for block in parse_narrative(texts["S2.2"])] == ["paragraph", "table"]
    assert [what for what, _lines in content["left_out"]] == [
        "Phần đầu văn bản",
        "Tên loại, trích yếu",
        "Câu mở đầu",
        "Nơi nhận, chữ ký",
        "Phụ lục",
        "Chú thích cuối trang",
    ]
    assert content["wrong_period"] == ""
    assert content["notes"] == [
        "Tệp còn 1 chỗ theo dõi sửa đổi: chữ thêm vào được lấy, chữ gạch bỏ không lấy.",
        "1 chú thích cuối trang không được nhập. Lời của chú thích ở mục “Không nhập”.",
    ]
    [grid] = content["grids"]
    assert (grid["label"], grid["column"], len(grid["rows"])) == ("Bảng 2 (phụ lục)", 4, 5)
    asked = [
        (piece["heading"], piece["status"]) for piece in content["pieces"] if piece["status"] != "matched"
    ]
    assert ("3. MTTQ và các tổ chức chính trị - xã hội", "unmatched") in asked


def test_a_file_of_python_docx():
    content = read(
        written(
            ("I- TÌNH HÌNH NHÂN DÂN", "b"),
            "Ổn định.",
            ("Việc thứ nhất", "List Bullet"),
            ("Việc thứ hai", "List Number"),
            tables=[
                [
                    ("Mã", "Chỉ tiêu", "Kết quả"),
                    ("A1", "Văn bản", "12"),
                    ("K4", "Mô hình tiêu biểu", "gần 25"),
                ]
            ],
        )
    )
    text = composed(content)["S1"]
    assert text.startswith("Ổn định.\n- Việc thứ nhất\n1. Việc thứ hai\n\n| Mã | Chỉ tiêu | Kết quả |")
    assert [grid["label"] for grid in content["grids"]] == ["Bảng 1"]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (
            "1. Sơ kết công tác dân vận 6\ntháng đầu năm\nNgày 20/7/2021, tại Trụ sở Tỉnh ủy, Ban Dân vận Tỉnh ủy "
            "tổ chức hội nghị. Phát huy vai trị dân vận trong cơng tác bầu cử.",
            "1. Sơ kết công tác dân vận 6",
        ),
        ("Mời họp\nLượt xem: 429\n\nHuyện ủy triển khai công tác Dân vận năm 2021.\nNăm qua, hệ thống …", ""),
        ("0:00 / 0:00\nBBK - Sáng 05/7, Ban Dân vận Tỉnh ủy tổ chức hội nghị.\nẢnh 1", ""),
        (
            "Tiếng Việt | English\n02/12/2021 - 23:30\nPhát huy vai trò công tác dân vận trong tình hình mới",
            "",
        ),
    ],
)
def test_pieces_of_press_go_into_no_part_by_themselves(text, heading):
    content = read(written(*text.splitlines()))
    assert composed(content) == {}
    assert [piece["heading"] for piece in content["pieces"]] == [heading]
    assert "".join(piece["text"] for piece in content["pieces"]).split() == text.removeprefix(heading).split()


def test_no_word_of_the_body_is_lost():
    lines = [
        ("I. Tình hình Nhân dân", "b"),
        "Một.",
        ("Không có trong đề cương", "b"),
        "Hai.",
        ("A. Lạ", "b"),
        "Ba.",
    ]
    content = read(written(*lines))
    kept = " ".join(f"{piece['heading']} {piece['text']}" for piece in content["pieces"])
    assert kept.split() == " ".join(line if isinstance(line, str) else line[0] for line in lines).split()


def test_a_document_without_heading_is_said_to_have_none():
    content = read(written("Chỉ có lời.", "Không có đề mục."))
    assert (content["has_headings"], content["pieces"][0]["text"]) == (False, "Chỉ có lời.\nKhông có đề mục.")


def test_choosing_another_part_keeps_the_heading_as_a_line():
    content = read(written(("I. Tình hình Nhân dân", "b"), "Một.", ("II. Công tác khác hẳn", "b"), "Hai."))
    assert composed(content) == {"S1": "Một."}
    assert composed(with_parts(content, {1: "S1"})) == {"S1": "Một.\nCông tác khác hẳn\nHai."}
    assert composed(with_parts(content, {0: "S4", 1: ""})) == {"S4": "Tình hình Nhân dân\nMột."}


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (docx(), EmptyDocument),
        (docx(para(""), para("  ")), EmptyDocument),
        (docx(*[para(TCVN3)] * 3), OldFonts),
        (docx(para("MẬT"), para("ĐẢNG CỘNG SẢN VIỆT NAM"), para("Lời")), SecretDocument),
        (docx(*[para(f"{number % 90}. Việc", bold=True) for number in range(160)]), TooManyHeadings),
    ],
)
def test_refused(file, refusal):
    with pytest.raises(refusal):
        read(BytesIO(file))


def test_a_scan_is_refused_for_what_it_is():
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    with pytest.raises(ScannedDocument):
        read(BytesIO(docx(para("", inner=f"<w:r><w:drawing>{blip}</w:drawing></w:r>"))))


def test_secrecy_is_a_mark_and_not_a_word():
    content = read(
        BytesIO(docx(para("Mật"), para("Giữ bí mật nhà nước."), para("TỐI MẬT VÀ MẬT LÀ HAI MỨC")))
    )
    assert content["pieces"][0]["text"].startswith("Mật\nGiữ bí mật")


def test_eth_and_loose_marks_become_plain_letters_as_in_forms():
    content = read(BytesIO(docx(para("I. Tình hình Nhân dân", bold=True), para("\u00d0ảng, To\u0302\u0309"))))
    assert composed(content) == {"S1": "Đảng, Tổ"}
    assert content["notes"] == [
        "2 ký tự của tệp được đổi về dạng chuẩn (chữ Ð, dấu rời, ký tự ẩn); mặt chữ không đổi."
    ]


def test_a_file_with_a_hundred_pages_is_read():
    document = Document()
    for number in range(1, 40):
        document.add_paragraph(f"{number}. Việc", style="Heading 2")
        for _line in range(20):
            document.add_paragraph("Công tác dân vận được quan tâm lãnh đạo, chỉ đạo. " * 6)
    target = BytesIO()
    document.save(target)
    target.seek(0)
    assert len(read(target)["pieces"]) == 39


def test_runs_are_joined():
    inner = "".join(run(text) for text in ("Tình", " ", "hình", " Nhân dân"))
    content = read(BytesIO(docx(para("", inner=inner), para("Lời."))))
    assert content["pieces"][0]["text"] == "Tình hình Nhân dân\nLời."
