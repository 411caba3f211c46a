"""Reports as communes write them, made by python-docx and laid beside the shipped outline.

What is said to match is right; what is not certain is asked about, with the parts that may be meant, and goes nowhere
by itself; no word of the text is lost.
"""

import tomllib
from pathlib import Path

import pytest

from reports.importers.report_word import BARE_HEADINGS, composed, read_word
from reports.importers.word.frame import OPENING
from reports.importers.word.mapping import Target
from tests.reports.importers.documents import PERIOD, names, written

DATA = Path(__file__).resolve().parents[3] / "reports" / "data"
OPENING_WORDS = "Thực hiện Công văn số 45-CV/BTGDV ngày 01/11/2026, Đảng uỷ xã báo cáo kết quả như sau:"


def shipped() -> list[Target]:
    sections = tomllib.loads((DATA / "outline.toml").read_text(encoding="utf-8"))["sections"]
    groups, places, found = {entry.get("parent") for entry in sections}, {}, []
    for entry in sections:
        parent = entry.get("parent", "")
        places[parent] = places.get(parent, 0) + 1
        is_leaf = entry["code"] not in groups
        found.append(
            Target(entry["code"], entry["title"], entry.get("hint", ""), parent, places[parent], is_leaf)
        )
    return found


TARGETS = shipped()


def read(*lines) -> dict:
    head = [("ĐẢNG CỘNG SẢN VIỆT NAM", "b"), "Số 12-BC/ĐU", "Phú Lâm, ngày 15 tháng 11 năm 2026"]
    title = [("BÁO CÁO", "c"), ("kết quả công tác dân vận năm 2026", "c"), "-----"]
    content = read_word(written(*head, *title, OPENING_WORDS, *lines), TARGETS, names(), PERIOD)
    left = dict(map(tuple, content["left_out"]))
    assert left[OPENING] == [OPENING_WORDS]
    kept = [f"{piece['heading']} {piece['text']}" for piece in content["pieces"]]
    words = " ".join(line if isinstance(line, str) else line[0] for line in lines)
    assert " ".join(kept).replace(":", "").split() == words.replace(":", "").split()
    return content


def placed(content) -> list[tuple[str, str]]:
    """(title, part) of what goes somewhere by itself."""
    return [(piece["title"], piece["code"]) for piece in content["pieces"] if piece["code"]]


def asked(content) -> list[tuple[str, list[str]]]:
    """(title, parts proposed) of what the person is asked about: it has text and no part."""
    pieces = [piece for piece in content["pieces"] if piece["text"] and not piece["code"]]
    return [(piece["title"], piece["likely"]) for piece in pieces]


def bold(*lines: str) -> list:
    """Lines of which those that begin with “*” are bold."""
    return [(line[1:], "b") if line.startswith("*") else line for line in lines]


def test_bold_numbers_and_two_parts():
    """“PHẦN THỨ NHẤT” above its title, the authorities named by their bodies, headings with nothing of their own."""
    content = read(
        *bold(
            "*PHẦN THỨ NHẤT.",
            "*KẾT QUẢ CÔNG TÁC DÂN VẬN NĂM 2026",
            "*I. Công tác tuyên truyền, quán triệt, triển khai các nghị quyết, chỉ thị của Đảng về công tác dân vận",
            "Đã tổ chức 3 hội nghị.",
            "*II. Kết quả thực hiện công tác dân vận",
            "*1. Công tác dân vận của HĐND, UBND xã",
            "*1.1. Cải cách hành chính",
            "Tốt.",
            "*1.2. Tiếp công dân",
            "210 lượt.",
            "*2. Hoạt động của MTTQ và các tổ chức chính trị - xã hội",
            "*2.1. Hội Cựu chiến binh",
            "Tốt.",
            "*3. Công tác dân vận của Quân sự, Công an",
            "Tốt.",
            "*4. Kết quả thực hiện phong trào thi đua “Dân vận khéo”",
            "43 mô hình.",
            "*III. Một số khó khăn, hạn chế và nguyên nhân",
            "*1. Khó khăn, hạn chế",
            "Còn ít.",
            "*2. Nguyên nhân",
            "Kiêm nhiệm.",
            "*PHẦN THỨ HAI.",
            "*NHIỆM VỤ TRỌNG TÂM NĂM 2027",
            "1. Quán triệt.",
            "2. Đẩy mạnh.",
            "** Đề xuất, kiến nghị:",
            "Tập huấn.",
        )
    )
    texts = composed(content)
    assert {code: text.split("\n")[-1] for code, text in texts.items()} == {
        "S2.2": "210 lượt.",
        "S2.3": "Tốt.",
        "S2.4": "Tốt.",
        "S2.8": "43 mô hình.",
        "S3.2": "Còn ít.",
        "S3.3": "Kiêm nhiệm.",
        "S4": "2. Đẩy mạnh.",
        "S5": "Tập huấn.",
    }
    assert texts["S2.2"] == "1.1. Cải cách hành chính\nTốt.\n1.2. Tiếp công dân\n210 lượt."
    [(title, likely)] = asked(content)
    assert (title[:30], likely) == ("Công tác tuyên truyền, quán tr", ["S2.1"])
    bare = dict(map(tuple, content["left_out"]))[BARE_HEADINGS]
    assert bare == ["III. Một số khó khăn, hạn chế và nguyên nhân"]


@pytest.mark.parametrize("sign", ["-", "."])
def test_numbers_alone(sign):
    """Headings in the letters of the text: one swallowed by the part before would go unseen."""
    lines = (
        "I{0} Đặc điểm, tình hình|Xã miền núi.|II{0} Kết quả thực hiện|1{0} Công tác tuyên truyền, quán triệt|"
        "Ba hội nghị.|2{0} Dân vận chính quyền|Tốt.|a) Cải cách hành chính|98% hồ sơ.|3{0} Mặt trận và các đoàn thể|"
        "a) Mặt trận Tổ quốc|Tốt.|b) Hội Nông dân|Tốt.|4{0} Dân vận khéo|43 mô hình.|III{0} Tồn tại, hạn chế|Còn.|"
        "IV{0} Nhiệm vụ trọng tâm thời gian tới|1{0} Công tác dân tộc, tôn giáo|2{0} Dân vận khéo|V{0} Kiến nghị|Không."
    )
    content = read(*lines.format(sign).split("|"))
    assert placed(content) == [
        ("Đặc điểm, tình hình", "S0"),
        ("Dân vận chính quyền", "S2.2"),
        ("Mặt trận và các đoàn thể", "S2.4"),
        ("Dân vận khéo", "S2.8"),
        ("Tồn tại, hạn chế", "S3.2"),
        ("Nhiệm vụ trọng tâm thời gian tới", "S4"),
        ("Kiến nghị", "S5"),
    ]
    assert asked(content) == [("Công tác tuyên truyền, quán triệt", ["S2.1"])]


def test_lists_that_name_parts_are_no_headings():
    content = read(
        *bold(
            "*I. Kết quả công tác dân vận",
            "1. Công tác lãnh đạo, chỉ đạo",
            "Tốt. Trong đó:",
            "1. Tổ chức hội nghị",
            "2. Dân vận chính quyền",
            "2. Dân vận chính quyền",
            "Tốt.",
            "*II. Công việc thời gian tới",
            "1. Đẩy mạnh dân vận chính quyền",
            "2. Phong trào thi đua “Dân vận khéo”",
        )
    )
    assert composed(content) == {
        "S2.1": "Tốt. Trong đó:\n1. Tổ chức hội nghị\n2. Dân vận chính quyền",
        "S2.2": "Tốt.",
    }
    assert asked(content) == [("Công việc thời gian tới", [])]


def test_a_part_that_was_found_is_not_found_again():
    """The plan repeats the headings of the results."""
    content = read(
        *bold(
            "*A. KẾT QUẢ NỔI BẬT",
            "*1. Công tác dân vận chính quyền",
            "Đã làm.",
            "*B. CÔNG VIỆC TIẾP THEO",
            "*1. Công tác dân vận chính quyền",
            "Sẽ làm.",
        )
    )
    assert composed(content) == {"S2.2": "Đã làm."}
    assert asked(content) == [("Công tác dân vận chính quyền", ["S2.2"])]


def test_headings_by_style_with_what_stands_in_another_part_s_hint():
    content = read(
        ("Tình hình Nhân dân", "Heading 1"),
        "Ổn định.",
        ("Kết quả", "Heading 1"),
        ("Công tác lãnh đạo, chỉ đạo của cấp uỷ", "Heading 2"),
        "Tốt.",
        ("Cải cách hành chính", "Heading 3"),
        "98% hồ sơ.",
        ("Phương hướng, nhiệm vụ", "Heading 1"),
        ("Về phong trào thi đua “Dân vận khéo”", "Heading 2"),
        "Nhân rộng.",
    )
    assert placed(content) == [
        ("Tình hình Nhân dân", "S1"),
        ("Công tác lãnh đạo, chỉ đạo của cấp uỷ", "S2.1"),
        ("Phương hướng, nhiệm vụ", "S4"),
    ]
    assert asked(content) == [
        ("Cải cách hành chính", ["S2.1", "S2.2"]),
        ("Về phong trào thi đua “Dân vận khéo”", ["S4", "S2.8"]),
    ]


def test_capitals_without_numbers():
    content = read(
        *bold("*TÌNH HÌNH NHÂN DÂN", "Ổn định.", "*KẾT QUẢ THỰC HIỆN", "Tốt.", "*KIẾN NGHỊ", "Không.")
    )
    assert placed(content) == [("TÌNH HÌNH NHÂN DÂN", "S1"), ("KIẾN NGHỊ", "S5")]
    assert [title for title, _likely in asked(content)] == ["KẾT QUẢ THỰC HIỆN"]


@pytest.mark.parametrize(
    ("heading", "likely"),
    [
        ("Công tác giám sát, phản biện xã hội", "S2.4"),
        ("Cải cách hành chính", "S2.2"),
        ("Khó khăn, vướng mắc", "S3.2"),
        ("Hạn chế và nguyên nhân", "S3.2"),
        ("Phương hướng công tác dân vận", "S4"),
    ],
)
def test_what_is_nearly_a_part_is_proposed(heading, likely):
    [(_title, found)] = asked(read((f"1. {heading}", "b"), "Lời."))
    assert found[0] == likely
