"""Suggestions about a text: capitals of the house style, stray spaces, damage; each taken only where it was chosen."""

import tomllib
from pathlib import Path

import pytest

from models_dv.vietnamese.proofreading import advise, key_of, mend

DATA = Path(__file__).resolve().parents[3] / "reports" / "data"


def suggested(text: str) -> list[tuple[str, str]]:
    return [(one.found, one.suggested) for one in advise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chủ trương của đảng, pháp luật của nhà nước", [("đảng", "Đảng"), ("nhà nước", "Nhà nước")]),
        ("Chăm lo đời sống nhân dân.", [("nhân dân", "Nhân dân")]),
        ("đảng và nhà nước ta", [("đảng", "Đảng"), ("nhà nước", "Nhà nước")]),
        ("đảng, nhà nước quan tâm", [("đảng", "Đảng"), ("nhà nước", "Nhà nước")]),
        ("nhà nước và nhân dân cùng làm", [("nhà nước", "Nhà nước"), ("nhân dân", "Nhân dân")]),
        ("3 quần chúng được kết nạp vào đảng", [("đảng", "Đảng")]),
        ("công tác xây dựng đảng và hệ thống chính trị", [("đảng", "Đảng")]),
        ("Ban Chấp hành Trung ương đảng", [("đảng", "Đảng")]),
        (
            "cơ chế: đảng lãnh đạo, nhà nước quản lý, nhân dân làm chủ",
            [("đảng", "Đảng"), ("nhà nước", "Nhà nước"), ("nhân dân", "Nhân dân")],
        ),
        ("toàn đảng, toàn dân, toàn quân; ý đảng, lòng dân", [("đảng", "Đảng"), ("đảng", "Đảng")]),
        ("của đảng bộ tỉnh; đảng bộ xã Phú Lâm", [("đảng bộ", "Đảng bộ"), ("đảng bộ", "Đảng bộ")]),
        (
            "đảng cộng sản việt nam, Đảng cộng sản Việt Nam",
            [
                ("đảng cộng sản việt nam", "Đảng Cộng sản Việt Nam"),
                ("Đảng cộng sản Việt Nam", "Đảng Cộng sản Việt Nam"),
            ],
        ),
    ],
)
def test_capitals_of_the_house_style(text, expected):
    assert suggested(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nhân dân, Đảng, Nhà nước",
        "NHÂN DÂN, ĐẢNG, ĐẢNG CỘNG SẢN VIỆT NAM, Đảng Cộng sản Việt Nam",
        "các đảng bộ xã, phường; 12 đảng bộ; các đảng bộ tỉnh; các đảng cộng sản và công nhân",
        "tổ chức đảng lãnh đạo; cơ quan nhà nước quản lý; cấp uỷ, đảng bộ tỉnh, thành phố",
        "đảng viên, đảng uỷ, đảng ủy, đảng bộ, đảng phí, cấp uỷ đảng, tổ chức đảng, các đảng phái",
        "nhân dân tệ; công nhân dân tộc thiểu số; bệnh nhân dân tộc Mường; nạn nhân dân sự",
        "Công an nhân dân, Quân đội nhân dân, lực lượng vũ trang nhân dân, an ninh nhân dân",
        "Hội đồng nhân dân, Uỷ ban nhân dân, Toà án nhân dân, Viện kiểm sát nhân dân, Ban Thanh tra nhân dân",
        "cơ quan nhà nước, quản lý nhà nước, ngân sách nhà nước, doanh nghiệp nhà nước",
        "của nhà nước pháp quyền; của đảng viên; của đảng bộ; vào đảng bộ",
        "căn nhà nước ngập; của nhà nước láng giềng",
    ],
)
def test_what_is_right_in_small_letters(text):
    assert suggested(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hai  dấu cách", [("  ", " ")]),
        ("trước dấu phẩy , sau", [(" ,", ",")]),
        ("cố gắng ,đạt kết quả ;tốt", [(" ,", ", "), (" ;", "; ")]),
        ("cuối câu .", [(" .", ".")]),
        ("xã,phường;thôn", [(",", ", "), (";", "; ")]),
        ("1,5 và 2.200; 7:30", []),
        ("  đầu dòng và cuối dòng  ", []),
        ("| Tên   | Số   |", []),
        ("… và vân vân", []),
    ],
)
def test_stray_spaces(text, expected):
    assert suggested(text) == expected


def test_damage_decomposed_letters_and_eth_come_too():
    assert suggested("cơng tác") == [("cơng", "công")]
    assert suggested("\u00d0ảng") == [("\u00d0ảng", "Đảng")]
    assert suggested("dân va\u0323\u0302n") == [("va\u0323\u0302n", "vận")]


def test_only_what_was_chosen_is_taken():
    text = "của đảng  và nhân dân"
    found = advise(text)
    assert [one.found for one in found] == ["đảng", "  ", "nhân dân"]
    chosen = [key_of(found[0]), key_of(found[2])]
    assert mend(text, found, chosen) == "của Đảng  và Nhân dân"
    assert mend(text, found, []) == text
    assert mend(text, found, ["999-1000"]) == text
    assert advise(mend(text, found, [key_of(one) for one in found])) == []


@pytest.mark.parametrize("name", ["archive", "an_binh", "outline", "archive_conferences", "an_binh_models"])
def test_our_own_texts_are_as_the_house_writes(name):
    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                yield from texts(item)

    data = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    assert [one for text in texts(data) for one in suggested(text)] == []
