"""What text that went through a wrong font conversion looks like: the tables of the text doctor."""

from typing import NamedTuple


class Beside(NamedTuple):
    """A damaged reading of a real word: it was `mended` when one of these words stands beside it."""

    mended: str
    before: frozenset[str]
    after: frozenset[str]


def _beside(mended: str, *, before: str = "", after: str = "") -> Beside:
    return Beside(mended, frozenset(before.split()), frozenset(after.split()))


IMPOSSIBLE_RIMES = [
    (r"(?<![uư])ơng$", "ông"),
    (r"ịng$", "òng"),
    (r"ịi$", "òi"),
    (r"ĩng$", "óng"),
    (r"ĩi$", "ói"),
    (r"ĩ(?=[cpt]$)", "ó"),
]
"""Endings that no Vietnamese syllable has, as patterns on the small letters, and what they were."""

WORDS = {
    "hơm": "hôm",
    "thơn": "thôn",
    "nuơi": "nuôi",
    "buơn": "buôn",
    "luơn": "luôn",
    "muơn": "muôn",
    "khuơn": "khuôn",
    "chuơng": "chuông",
    "cĩ": "có",
    "nĩ": "nó",
    "khĩ": "khó",
    "phĩ": "phó",
    "hĩa": "hóa",
    "khĩa": "khóa",
    "xĩa": "xóa",
    "nhĩm": "nhóm",
    "mĩn": "món",
    "hịa": "hòa",
    "tịa": "tòa",
    "cịn": "còn",
    "trịn": "tròn",
    "hịn": "hòn",
    "xố": "xoá",
}
"""Syllables that could be but are no words in use, and what they were."""

WORDS_BESIDE = {
    "mơ": _beside("mô", before="quy qui vĩ vi", after="hình phỏng"),
    "đơ": _beside("đô", before="thủ cố", after="thị"),
    "tơ": _beside("tô", before="ơ ô"),
    "ơ": _beside("ô", after="tô tơ nhiễm"),
    "mơn": _beside("môn", before="chuyên bộ", after="học"),
    "hơn": _beside("hôn", before="tảo"),
    "tơn": _beside("tôn", after="giáo trọng vinh tạo"),
    "mơi": _beside("môi", after="trường sinh"),
    "tơi": _beside("tôi", before="chúng"),
    "tồn": _beside(
        "toàn",
        before="an hồn hoàn kiện",
        after="dân quốc diện tỉnh huyện xã thành ngành thể bộ đảng cầu đoàn đồn quân văn tâm vẹn",
    ),
    "hồn": _beside("hoàn", after="thành thiện cảnh toàn tồn trả chỉnh"),
    "đồn": _beside("đoàn", before="công cơng tập liên sư quân trung", after="thể kết viên tụ"),
    "ngồi": _beside("ngoài", after="ra nước"),
    "hồ": _beside("hoà", before="hài điều cộng dung", after="giải nhập"),
    "tồ": _beside("toà", after="án nhà"),
    "hố": _beside("hoá", before="văn đại nghiệp hội hàng chuyển thị chuẩn thoái mã thể trẻ"),
    "khố": _beside("khoá", before="niên bế", after="họp học ix x xi xii xiii xiv xv xvi"),
    "khốn": _beside("khoán", before="giao chứng"),
    "tốn": _beside("toán", before="tính thanh kế quyết dự bài kiểm", after="học"),
    "thốt": _beside("thoát", before="giải lối", after="nghèo nước ly khỏi"),
    "hỗn": _beside("hoãn", before="trì tạm"),
    "trị": _beside("trò", before="vai", after="chơi chuyện"),
    "dị": _beside("dò", before="thăm"),
    "đĩ": _beside("đó", before="do trong điều cạnh từ sau qua khi với theo trước đến"),
    "bĩ": _beside("bó", before="gắn"),
}
"""Real words that are damage beside certain others: “an tồn” was an toàn, “tồn tại” is right."""

_PAIRS = """
công an, cơng an, bình an, trị an, công cộng, vụ kiện, khiếu kiện, ước mơ, giấc mơ, tồn tại, tồn đọng,
tồn kho, bảo tồn, sinh tồn, tốn kém, linh hồn, tâm hồn, tin đồn, lời đồn, đồn trú, chính trị, quản trị,
trị giá, hố ga, hố xí
"""

COMPOUNDS = {tuple(pair.split()) for pair in _PAIRS.split(",")}
"""Real pairs. Neither of the two is damaged, and the second says nothing about the word after it:
“tồn tại” is right, and so is “công an tồn 5 vụ”."""

REAL_NAMES = [("kông", "lơng", "khơng"), ("kơng", "lơng", "khơng")]
"""Names that have an impossible rime and are right."""
