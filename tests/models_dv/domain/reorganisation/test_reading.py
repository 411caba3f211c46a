"""What sentences of resolutions say: who goes where, whole or in part; what is not clear stays unclear."""

from datetime import date

import pytest

from models_dv.domain.reorganisation.clauses import Sentence
from models_dv.domain.reorganisation.reading import read_resolution, read_sentence
from models_dv.domain.reorganisation.speaking import ACTS

MEASURES = "diện tích tự nhiên, quy mô dân số"

#: (sentence, verb, sources, results). Sources: “+” whole, “~” a part, “=” the rest, “?” not clear.
SENTENCES = [
    (
        f"Sắp xếp toàn bộ {MEASURES} của các xã Hưng Hà, Hưng Điền B và Hưng Điền thành xã mới có tên gọi là "
        "xã Hưng Điền.",
        "form",
        "+xã Hưng Hà, +xã Hưng Điền B, +xã Hưng Điền",
        "xã Hưng Điền",
    ),
    (
        f"Sắp xếp toàn bộ {MEASURES} của xã A Lưới, xã Bình Minh và một phần {MEASURES} của phường Cửa Nam thành "
        "xã mới có tên gọi là xã Đông Sơn.",
        "form",
        "+xã A Lưới, +xã Bình Minh, ~phường Cửa Nam",
        "xã Đông Sơn",
    ),
    (
        f"Sắp xếp toàn bộ {MEASURES} của các xã Thạnh Hưng (huyện Tân Hưng), Vĩnh Châu B và Hưng Thạnh thành xã "
        "mới có tên gọi là xã Vĩnh Thạnh",
        "form",
        "+xã Thạnh Hưng (huyện Tân Hưng), +xã Vĩnh Châu B, +xã Hưng Thạnh",
        "xã Vĩnh Thạnh",
    ),
    (  # a rest after another clause, whose numbers are no names
        f"Sắp xếp toàn bộ {MEASURES} của xã Hưng Điền A, phần còn lại của xã Thái Bình Trung sau khi sắp xếp theo "
        "quy định tại khoản 5 và khoản 6 Điều này và phần còn lại của các xã Vĩnh Trị, Thái Trị sau khi sắp xếp "
        "theo quy định tại khoản 6, khoản 7 Điều này thành xã mới có tên gọi là xã Khánh Hưng.",
        "form",
        "+xã Hưng Điền A, =xã Thái Bình Trung, =xã Vĩnh Trị, =xã Thái Trị",
        "xã Khánh Hưng",
    ),
    (  # is the last one a part too? the sentence does not say
        f"Sắp xếp toàn bộ {MEASURES} của thị trấn Thủ Thừa, một phần {MEASURES} của xã Bình Thạnh và xã Tân Thành "
        "(huyện Thủ Thừa), xã Nhị Thành thành xã mới có tên gọi là xã Thủ Thừa.",
        "form",
        "+thị trấn Thủ Thừa, ~xã Bình Thạnh, ~xã Tân Thành (huyện Thủ Thừa), ?xã Nhị Thành",
        "xã Thủ Thừa",
    ),
    (
        f"Sắp xếp toàn bộ {MEASURES} của Phường 4, Phường 5 và Phường 7 (quận Tân Bình) thành phường mới có tên "
        "gọi là phường Tân Sơn Nhất.",
        "form",
        "+phường 4, +phường 5, +phường 7 (quận Tân Bình)",
        "phường Tân Sơn Nhất",
    ),
    (  # the whole population, but not the whole area
        "Sắp xếp một phần diện tích tự nhiên, toàn bộ quy mô dân số của phường Cửa Đông (quận Hoàn Kiếm) và toàn bộ "
        f"{MEASURES} của phường Hàng Bạc thành phường mới có tên gọi là phường Văn Miếu - Quốc Tử Giám.",
        "form",
        "~phường Cửa Đông (quận Hoàn Kiếm), +phường Hàng Bạc",
        "phường Văn Miếu - Quốc Tử Giám",
    ),
    (
        f"Sắp xếp toàn bộ {MEASURES} của thị trấn Đông Thành và các xã Mỹ Thạnh Tây, Mỹ Bình thành xã mới có tên "
        "gọi là xã Đông Thành.",
        "form",
        "+thị trấn Đông Thành, +xã Mỹ Thạnh Tây, +xã Mỹ Bình",
        "xã Đông Thành",
    ),
    (
        "Thành lập xã Đồng Môn trên cơ sở nhập toàn bộ 3,40 km2 diện tích tự nhiên, 3.749 người của xã Thạch Đồng "
        "và toàn bộ 5,53 km2 diện tích tự nhiên, 3.185 người của xã Thạch Môn",
        "form",
        "+xã Thạch Đồng, +xã Thạch Môn",
        "xã Đồng Môn",
    ),
    (
        "Thành lập phường Quảng Phú trên cơ sở toàn bộ 6,50 km2 diện tích tự nhiên và quy mô dân số 10.534 người "
        "của xã Quảng Phú.",
        "form",
        "+xã Quảng Phú",
        "phường Quảng Phú",
    ),
    (  # how much of it? figures alone do not say
        "Thành lập phường Hương Mạc trên cơ sở 5,58km2 diện tích tự nhiên và 19.576 người của xã Hương Mạc",
        "form",
        "?xã Hương Mạc",
        "phường Hương Mạc",
    ),
    (
        "Thành lập phường Thủy Vân trên cơ sở nguyên trạng xã Thủy Vân",
        "form",
        "+xã Thủy Vân",
        "phường Thủy Vân",
    ),
    (
        "Thành lập thị trấn Đa Phước thuộc huyện An Phú trên cơ sở toàn bộ diện tích tự nhiên và quy mô dân số của "
        "xã Đa Phước",
        "form",
        "+xã Đa Phước",
        "thị trấn Đa Phước (huyện An Phú)",
    ),
    (
        "Xã Minh Tiến được thành lập trên cơ sở nhập toàn bộ diện tích tự nhiên, quy mô dân số của xã Vĩnh Tiến và "
        "xã Minh Khai",
        "form",
        "+xã Vĩnh Tiến, +xã Minh Khai",
        "xã Minh Tiến",
    ),
    (
        "nhập toàn bộ diện tích tự nhiên, dân số của 2 phường Phú Cát và Phú Hiệp để thành lập phường Gia Hội",
        "form",
        "+phường Phú Cát, +phường Phú Hiệp",
        "phường Gia Hội",
    ),
    (
        "Nhập toàn bộ diện tích tự nhiên và dân số xã Quân Chu vào thị trấn Quân Chu thuộc huyện Đại Từ",
        "into",
        "+xã Quân Chu",
        "thị trấn Quân Chu (huyện Đại Từ)",
    ),
    (
        "điều chỉnh 0,46 km2 diện tích tự nhiên và dân số 7.548 người của phường Phú Thuận vào phường Tây Lộc",
        "into",
        "~phường Phú Thuận",
        "phường Tây Lộc",
    ),
    (
        "điều chỉnh 0,8 km2 diện tích tự nhiên và dân số 4.926 người còn lại của phường Phú Thuận để nhập vào "
        "phường Thuận Hòa quản lý",
        "into",
        "=phường Phú Thuận",
        "phường Thuận Hòa",
    ),
    (
        "Nhập xã Phú Lâm vào xã Tân Hoà và đổi tên thành xã Phú Hoà.",
        "into",
        "+xã Phú Lâm",
        "xã Tân Hoà, xã Phú Hoà",
    ),
    (
        "Nhập xã Phú Lâm vào xã Tân Hoà để thành lập xã Phú Hoà.",
        "form",
        "+xã Phú Lâm, +xã Tân Hoà",
        "xã Phú Hoà",
    ),
    (
        "Sáp nhập tỉnh Hà Giang vào tỉnh Tuyên Quang, lấy tên là tỉnh Tuyên Quang",
        "into",
        "+tỉnh Hà Giang",
        "tỉnh Tuyên Quang, tỉnh Tuyên Quang",
    ),
    ("Đổi tên xã Tân Lập thành xã Tân Thịnh.", "rename", "+xã Tân Lập", "xã Tân Thịnh"),
    (
        "Đổi tên xã Tân Lập (huyện Vũ Thư) thành Tân Thịnh",
        "rename",
        "+xã Tân Lập (huyện Vũ Thư)",
        "xã Tân Thịnh",
    ),
    ("Chuyển xã Hòa Bình thành phường Hòa Bình", "rename", "+xã Hòa Bình", "phường Hòa Bình"),
    ("Chia xã A Lưới thành xã A Lưới 1 và xã A Lưới 2", "split", "+xã A Lưới", "xã A Lưới 1, xã A Lưới 2"),
    (
        f"Tách một phần {MEASURES} của xã Tân Lập để thành lập xã Tân Tiến",
        "form",
        "~xã Tân Lập",
        "xã Tân Tiến",
    ),
    (  # hamlets are a part of their commune, even whole ones
        f"Sắp xếp toàn bộ {MEASURES} của xã Phú Lâm và toàn bộ thôn Thượng, thôn Hạ của xã Các Sơn thành xã mới có "
        "tên gọi là xã Phú Sơn",
        "form",
        "+xã Phú Lâm, ~xã Các Sơn",
        "xã Phú Sơn",
    ),
    (  # names that begin like words of the list
        "Hợp nhất các xã Các Sơn, Thành Công và Toàn Thắng thành xã Tân Xã",
        "form",
        "+xã Các Sơn, +xã Thành Công, +xã Toàn Thắng",
        "xã Tân Xã",
    ),
    (
        "Sáp nhập các xã Tân Lập, Tân Thành và Tân Hoà thuộc huyện Vũ Thư thành xã Tân Hợp",
        "form",
        "+xã Tân Lập (huyện Vũ Thư), +xã Tân Thành (huyện Vũ Thư), +xã Tân Hoà (huyện Vũ Thư)",
        "xã Tân Hợp",
    ),
    (
        "Hợp nhất xã Hoà Bình, huyện Vũ Thư và xã Minh Khai, huyện Hưng Hà thành xã Hoà Minh",
        "form",
        "+xã Hoà Bình (huyện Vũ Thư), +xã Minh Khai (huyện Hưng Hà)",
        "xã Hoà Minh",
    ),
    ("hợp nhất xã phú lâm và xã tân hoà thành xã phú hoà", "form", "+xã phú lâm, +xã tân hoà", "xã phú hoà"),
    (
        f"Sắp xếp toàn bộ {MEASURES} của huyện Lý Sơn thành đặc khu có tên gọi là đặc khu Lý Sơn",
        "form",
        "+huyện Lý Sơn",
        "đặc khu Lý Sơn",
    ),
    (  # an introduction is read over
        "Kể từ ngày 01/01/2027, nhập toàn bộ diện tích tự nhiên của xã Nam Cường và xã Đồng Tiến thành xã mới có tên "
        "gọi là xã Nam Tiến",
        "form",
        "+xã Nam Cường, +xã Đồng Tiến",
        "xã Nam Tiến",
    ),
    (
        "Trên cơ sở đề án số 01, sáp nhập xã Phú Lâm và xã Tân Hoà thành xã Phú Hoà",
        "form",
        "+xã Phú Lâm, +xã Tân Hoà",
        "xã Phú Hoà",
    ),
    (
        "Chính phủ trình và Quốc hội quyết định nhập tỉnh Hà Giang và tỉnh Tuyên Quang thành tỉnh Tuyên Quang",
        "form",
        "+tỉnh Hà Giang, +tỉnh Tuyên Quang",
        "tỉnh Tuyên Quang",
    ),
    ("Sau khi sắp xếp, xã Phú Lâm nhập vào xã Tân Hoà", "into", "+xã Phú Lâm", "xã Tân Hoà"),
    (  # divided among units that stand
        "Giải thể xã Yên Khê, nhập địa bàn vào xã Bình Minh và xã Hoà Lạc",
        "divide",
        "+xã Yên Khê",
        "xã Bình Minh, xã Hoà Lạc",
    ),
    ("Nhập xã Yên Khê vào các xã Bình Minh, Hoà Lạc", "divide", "+xã Yên Khê", "xã Bình Minh, xã Hoà Lạc"),
    (  # as Party papers put it
        "Thành lập Đảng bộ xã Phú Hoà trên cơ sở hợp nhất Đảng bộ xã Phú Lâm và Đảng bộ xã Tân Hoà",
        "form",
        "+xã Phú Lâm, +xã Tân Hoà",
        "xã Phú Hoà",
    ),
    (
        "Các Đảng bộ xã Phú Lâm, Tân Hoà được sáp nhập thành Đảng bộ xã Phú Hoà",
        "form",
        "+xã Phú Lâm, +xã Tân Hoà",
        "xã Phú Hoà",
    ),
    ("Xã Phú Lâm và xã Tân Hoà sáp nhập thành xã Phú Hoà", "form", "+xã Phú Lâm, +xã Tân Hoà", "xã Phú Hoà"),
    ("Xã Phú Lâm được đổi tên thành xã Phú Sơn", "rename", "+xã Phú Lâm", "xã Phú Sơn"),
    (
        "Kết thúc hoạt động của Đảng uỷ xã Phú Lâm, nhập vào Đảng uỷ xã Tân Hoà",
        "into",
        "+xã Phú Lâm",
        "xã Tân Hoà",
    ),
    (
        "Hợp nhất Tỉnh uỷ Hưng Yên và Tỉnh ủy Thái Bình thành Tỉnh uỷ Hưng Yên",
        "form",
        "+tỉnh Hưng Yên, +tỉnh Thái Bình",
        "tỉnh Hưng Yên",
    ),
    (
        "Quyết định nhập xã Ia H’Drai và xã Ea H'leo thành xã Ia H’Drai",
        "form",
        "+xã Ia H’Drai, +xã Ea H'leo",
        "xã Ia H’Drai",
    ),
]
SIGNS = {"whole": "+", "part": "~", "rest": "=", "": "?"}


@pytest.mark.parametrize(
    ("text", "verb", "sources", "results"), SENTENCES, ids=[row[0][:60] for row in SENTENCES]
)
def test_a_sentence(text, verb, sources, results):
    clause = read_sentence(Sentence("1", text.strip(" .")))
    assert clause.verb == verb
    assert ", ".join(f"{SIGNS[named.extent]}{named}" for named in clause.sources) == sources
    assert ", ".join(str(named) for named in clause.results) == results
    assert clause.strange == ()


@pytest.mark.parametrize(
    "text",
    [
        "Sau khi nhập, xã Thanh Văn có diện tích tự nhiên là 9,02 km2 và quy mô dân số là 9.022 người",
        "Xã Đồng Môn giáp xã Thạch Hạ, xã Thạch Hưng, phường Thạch Quý và huyện Thạch Hà",
        "Sau khi sắp xếp, thành phố Hà Tĩnh có 15 đơn vị hành chính cấp xã, gồm 05 xã và 10 phường",
        "Sắp xếp các đơn vị hành chính cấp xã của tỉnh Tây Ninh",
        "Nghị quyết này có hiệu lực thi hành kể từ ngày thông qua",
        "Trên cơ sở Đề án số 370/ĐA-CP của Chính phủ, quyết định sắp xếp để thành lập các xã như sau",
        "Căn cứ Nghị quyết số 76 của Uỷ ban Thường vụ Quốc hội về việc sắp xếp đơn vị hành chính năm 2025",
        "Sau khi sắp xếp, tỉnh Tây Ninh có 96 xã, gồm 93 xã hình thành sau sắp xếp quy định tại Điều này và 03 xã "
        "không thực hiện sắp xếp là các xã Phước Chỉ, Long Chữ, Long Thuận",
        "Tỉnh Tây Ninh tổ chức thi hành Nghị quyết này; sắp xếp, ổn định bộ máy",
        "Thu nhập của xã Tân Lập tăng",
    ],
)
def test_a_sentence_that_changes_nothing(text):
    reading = read_resolution(f"{text}.")
    assert (reading.clauses, reading.unread) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Giải thể xã Tân Tiến",
        "kể từ ngày 01/01/2027, giải thể xã tân tiến",
        "Chia xã Tân Lập làm hai xã",
        "Kết thúc hoạt động của huyện Vũ Thư",
        "Kết thúc hoạt động của Đảng uỷ xã Phú Lâm",
        "Thành lập Đảng uỷ xã Phú Hoà",
        "Chính phủ chịu trách nhiệm tổ chức thành lập xã Tân Lập",
        "Xét Tờ trình số 5 về việc nhập xã Phú Lâm vào xã Tân Hoà",
        "Sau khi nhập xã Phú Lâm vào xã Tân Hoà, xã Tân Hoà có 12.000 người",
        "Hợp nhất Ban Tuyên giáo Tỉnh uỷ và Ban Dân vận Tỉnh uỷ thành Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "Hợp nhất Ban Dân vận Tỉnh uỷ Hưng Yên và Ban Dân vận Tỉnh uỷ Thái Bình",
        # more than the part that is understood
        "Nhập xã Phú Lâm vào xã Tân Hoà và giải thể xã Bình Minh",
        "Đổi tên xã Phú Lâm thành xã Phú Sơn và nhập xã Bình Minh vào xã Tân Hoà",
        "Nhập xã Phú Lâm vào xã Tân Hoà và đổi tên xã Bình Minh thành xã Bình Sơn",
        "Sắp xếp các đơn vị hành chính của xã Phú Lâm và xã Tân Hoà",
        "Hợp nhất xã Phú Lâm và xã Tân Hoà thành xã Phú Hoà, xã Phú kết thúc hoạt động",
        "Xã Phú Lâm, xã Tân Hoà nay là xã Phú Hoà sau khi hợp nhất toàn bộ",
    ],
)
def test_a_sentence_about_units_that_is_not_understood_is_kept(text):
    reading = read_resolution(f"1. {text}.")
    assert [(sentence.label, sentence.text) for sentence in reading.unread] == [("1", text)]


@pytest.mark.parametrize(
    "words", ["{} xã Phú Lâm", "Sau đây {} Đảng bộ xã Phú Lâm, Tân Hoà", "xã Phú Lâm đã {} x"]
)
def test_no_act_on_a_unit_is_ever_dropped(words):
    silent = []
    for act in ACTS.split("|"):
        reading = read_resolution(f"1. {words.format(act)}.")
        if len(reading.clauses) + len(reading.unread) != 1:
            silent.append(act)
    assert silent == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nhập xã Phú Lâm (trừ thôn Hạ) và xã Tân Hoà thành xã Phú Hoà", ("trừ thôn Hạ",)),
        ("Nhập xã Phú Lâm hoặc xã Tân Hoà vào xã Bình Minh", ("hoặc",)),
        ("Nhập xã Phú Lâm nếu nhân dân đồng thuận và xã Tân Hoà vào xã Bình Minh", ("nếu", "đồng thuận")),
    ],
)
def test_words_that_were_not_understood_are_named(text, words):
    assert read_sentence(Sentence("", text)).strange == words


def test_an_exception_makes_the_extent_unclear():
    clause = read_sentence(Sentence("", "Nhập xã Phú Lâm (trừ thôn Hạ) và xã Tân Hoà thành xã Phú Hoà"))
    assert [named.extent for named in clause.sources] == ["", "whole"]


def test_the_district_of_the_last_is_a_hint_for_those_before_it():
    text = "Sắp xếp toàn bộ diện tích tự nhiên của Phường 4, Phường 5 (quận Tân Bình) thành phường Tân Hoà"
    clause = read_sentence(Sentence("", text))
    assert [(named.where, named.hint) for named in clause.sources] == [
        ("", "quận Tân Bình"),
        ("quận Tân Bình", ""),
    ]


RESOLUTION = """
ỦY BAN THƯỜNG VỤ QUỐC HỘI
Nghị quyết số: 1682/NQ-UBTVQH15

NGHỊ QUYẾT
Về việc sắp xếp các đơn vị hành chính cấp xã của tỉnh Tây Ninh năm 2025

Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Điều 1. Sắp xếp các đơn vị hành chính cấp xã của tỉnh Tây Ninh
Trên cơ sở Đề án số 370/ĐA-CP ngày 09 tháng 5 năm 2025, quyết định sắp xếp để thành lập các xã như sau:
1. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của các xã Hưng Hà,
Hưng Điền B và Hưng Điền thành xã mới có tên gọi là xã Hưng Điền.
2. Nhập xã Vĩnh Lợi vào TP. Tân Hưng. 3. Sắp xếp các đơn vị hành chính cấp xã thuộc thị xã Kiến Tường như sau:
a) Đổi tên xã Tân Lập thành xã Tân Thịnh;
b) Chia xã Tân Thành thành xã Tân Thành Đông và xã Tân Thành Tây; đổi tên xã Bình Hoà thành xã Bình An;
4. Giải thể xã Tân Tiến.
Sau khi sắp xếp, tỉnh Tây Ninh có 96 đơn vị hành chính cấp xã.
Điều 2. Hiệu lực thi hành
1. Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.
"""


def test_a_whole_resolution():
    reading = read_resolution(RESOLUTION)
    assert [(clause.label, clause.verb, str(clause.results[0])) for clause in reading.clauses] == [
        ("1", "form", "xã Hưng Điền"),
        ("3 a", "rename", "xã Tân Thịnh"),
        ("3 b", "split", "xã Tân Thành Đông"),
        ("3 b", "rename", "xã Bình An"),
    ]
    assert len(reading.clauses[0].sources) == 3
    assert [(sentence.label, sentence.text) for sentence in reading.unread] == [
        ("2", "Nhập xã Vĩnh Lợi vào TP. Tân Hưng"),
        ("4", "Giải thể xã Tân Tiến"),
    ]
    assert (reading.in_force_on, reading.number) == (date(2025, 7, 1), "1682/NQ-UBTVQH15")


@pytest.mark.parametrize(
    "text", ["", "   \n ", "Không có gì ở đây.", "xã", "thành xã", "Đổi tên xã thành", "(", "1."]
)
def test_texts_that_say_nothing(text):
    assert read_resolution(text).clauses == ()


def test_a_long_text_without_ends_is_read_in_time():
    text = "Sắp xếp toàn bộ diện tích tự nhiên của xã " + "A, xã " * 3000
    assert read_resolution(text).clauses == ()
