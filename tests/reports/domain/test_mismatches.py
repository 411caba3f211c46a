"""Numbers typed in the text against the table: what differs is found, what is something else is left alone."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from reports.domain.consolidation import Total
from reports.domain.mismatches import find_mismatches
from reports.models import Indicator

DATA = Path(__file__).resolve().parents[3] / "reports" / "data"
OUTLINE = tomllib.loads((DATA / "outline.toml").read_text(encoding="utf-8"))


def outline() -> list[Indicator]:
    return [
        Indicator(
            code=entry["code"],
            name=entry["name"],
            unit_name=entry.get("unit", ""),
            kind=entry.get("kind", "integer"),
            op=entry["op"],
        )
        for entry in OUTLINE["indicators"]
    ]


def found(text: str, **values) -> list[tuple[str, str]]:
    """(code, sentence) of a text against a table that holds these values; K4=(total, own) where they differ."""
    pairs = {code: value if isinstance(value, tuple) else (value, value) for code, value in values.items()}
    totals = {code: Total(own=Decimal(own), total=Decimal(total)) for code, (total, own) in pairs.items()}
    mismatches = find_mismatches({"S2.8": text}, outline(), totals, year=2026, here="Phú Lâm")
    return [(one.code, one.message) for one in mismatches]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đến nay toàn xã có 41 mô hình, điển hình, tăng 5 so với cùng kỳ.", "K3"),
        ("Trong kỳ đăng ký 41 mô hình, điển hình “Dân vận khéo”.", "K1"),
        ("Toàn xã có 41 mô hình tiêu biểu.", "K4"),
        ("Cấp uỷ ban hành 41 văn bản lãnh đạo, chỉ đạo.", "A1"),
        ("Tổ chức 41 hội nghị quán triệt, tuyên truyền.", "A3"),
        ("Nhân dân hiến 41 m² đất để mở đường.", "G5"),
        ("Các tổ hoà giải tiếp nhận 50 vụ, hoà giải thành 41 vụ.", "E7"),
        ("- Sửa chữa 41 căn nhà ở cho hộ nghèo", "G3"),
        ("Toàn xã đăng ký 41 mô hình, điển hình.", "K1"),
        ("Đảng uỷ xã đã tổ chức 41 cuộc tiếp xúc, đối thoại của người đứng đầu với Nhân dân.", "C8"),
        ("Xã đã ban hành 41 văn bản của cấp uỷ về công tác dân vận.", "A1"),
        ("Các hội đã vận động, toàn xã 41 mô hình tiêu biểu.", "K4"),
        ("Đảng uỷ xã Phú Lâm đã ban hành 41 văn bản của cấp uỷ về công tác dân vận.", "A1"),
        ("Nhân dân đã hiến 41 m2 đất.", "G5"),
        ("Nhân dân đã hiến 41m² đất.", "G5"),
    ],
)
def test_another_number_than_in_the_table(text, code):
    assert found(text, **{code: 43, "E6": 50}) == [(code, "Phần lời ghi 41, phụ lục ghi 43")]
    assert found(text, **{code: 41, "E6": 50}) == []


def test_either_column_may_be_meant():
    assert found("Có 20 mô hình tiêu biểu.", K4=(270, 20)) == []
    assert found("Có 270 mô hình tiêu biểu.", K4=(270, 20)) == []
    assert found("Có 27 mô hình tiêu biểu.", K4=(270, 20)) == [("K4", "Phần lời ghi 27, phụ lục ghi 270")]


def test_as_exactly_as_it_was_typed():
    assert found("Tỷ lệ hoà giải thành đạt 96,4%.", E8="96.38") == []
    assert found("Tỷ lệ hoà giải thành đạt 96%.", E8="96.38") == []
    assert found("Tỷ lệ hoà giải thành đạt 94%.", E8="96.38") == [("E8", "Phần lời ghi 94, phụ lục ghi 96,4")]


def test_money_in_another_step():
    said = "Vận động Quỹ “Vì người nghèo” được 6,5 tỷ đồng số tiền."
    assert found(said, G1="6512.3") == []
    assert found(said, G1="6612.3") == [("G1", "Phần lời ghi 6,5, phụ lục ghi 6.612,3")]


@pytest.mark.parametrize(
    "text",
    [
        "Tăng 5 mô hình tiêu biểu so với kỳ trước.",
        "Gần 41 mô hình tiêu biểu; hơn 41 mô hình tiêu biểu.",
        "Phấn đấu có 41 mô hình tiêu biểu.",
        "Cùng kỳ có 41 mô hình tiêu biểu.",
        "Năm 2025 có 41 mô hình tiêu biểu.",
        "Riêng thôn Đông có 41 mô hình tiêu biểu.",
        "Xã Tân Hoà có 41 mô hình tiêu biểu.",
        "Xã Phú Lâm và xã Ứng Hoà có 41 mô hình tiêu biểu.",
        "Thôn 5 có 41 mô hình tiêu biểu.",
        "Ngày 41 mô hình tiêu biểu ra mắt.",
        "Kế hoạch số 41-KH/ĐU về mô hình tiêu biểu.",
        "Có 41/43 mô hình tiêu biểu hoạt động.",
        "Có {K4} mô hình tiêu biểu.",
        "Trong số đó 41 hộ tiêu biểu.",
        "41 thôn, tổ dân phố tiêu biểu.",
        "Ra mắt mô hình tiêu biểu lúc 7:41.",
        "Đang duy trì 41 mô hình tập thể.",
    ],
)
def test_what_is_something_else(text):
    assert found(text, K4=43, K3=43) == []


def test_two_that_are_meant_alike_say_nothing():
    assert found("Có 41 vụ.", E6=50, E7=43, B2=44) == []


def test_the_real_pieces_raise_no_alarm():
    """Their numbers are those of other places and years; against any table nothing is certain enough."""
    archive = tomllib.loads((DATA / "archive.toml").read_text(encoding="utf-8"))
    totals = {entry["code"]: Total(own=Decimal(43), total=Decimal(43)) for entry in OUTLINE["indicators"]}
    texts = {
        f"{piece['slug']}-{number}": text
        for piece in archive["pieces"]
        for number, text in enumerate(
            [piece["lead"], *(section["text"] for section in piece.get("sections", []))]
        )
    }
    assert len(texts) > 10
    assert find_mismatches(texts, outline(), totals, year=2026) == []


def test_the_demo_s_texts_agree_with_their_table():
    data = tomllib.loads((DATA / "an_binh.toml").read_text(encoding="utf-8"))
    typed = data["flows"] | data["stocks"]
    values = {code: Decimal(str(value)) for code, value in typed.items()}
    values["B1"], values["K3"] = Decimal(2), values["K3a"] + values["K3b"]
    words = {
        code: f"{value:,f}".replace(",", "x").replace(".", ",").replace("x", ".")
        for code, value in values.items()
    }
    words |= {"xa": "Phú Lâm", "ky": "6 tháng đầu năm 2026", "don_vi": "Xã Phú Lâm"}
    texts = {code: text.format(**words) for code, text in data["texts"].items()}
    totals = {code: Total(own=value, total=value) for code, value in values.items()}
    assert find_mismatches(texts, outline(), totals, year=2026) == []
    moved = {code: Total(own=value + 2, total=value + 2) for code, value in values.items()}
    assert len(find_mismatches(texts, outline(), moved, year=2026)) > 20


@pytest.mark.parametrize(
    "piece", ["1 ", "41 mô hình, ", "1 ((", "1.000 triệu đồng ", "1" + 5000 * " ", "1" * 5000 + " hộ "]
)
def test_a_sentence_of_thousands_of_numbers_is_read_in_one_go(piece):
    """Reading the sentence anew for each number took minutes."""
    text = piece * (100_000 // len(piece))
    assert {code for code, _message in found(text, K4=1, A1=1, E1=1, G4=1000)} <= {"K3"}
