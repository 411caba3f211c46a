import pytest

from models_dv.vietnamese.text_doctor import Suggestion, encoding_warning, examine


def pairs(text):
    return [(suggestion.found, suggestion.suggested) for suggestion in examine(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cơng tác", [("Cơng", "Công")]),
        ("khơng để xảy ra", [("khơng", "không")]),
        ("các mơ hình", [("mơ", "mô")]),
        ("quy mơ", [("mơ", "mô")]),
        ("phát huy vai trị", [("trị", "trò")]),
        ("trật tự an tồn xã hội", [("tồn", "toàn")]),
        ("TỒN DÂN", [("TỒN", "TOÀN")]),
        ("hồn thành, hồn cảnh", [("hồn", "hoàn"), ("hồn", "hoàn")]),
        (
            "Đồn kết, đồn viên, cơng đồn",
            [("Đồn", "Đoàn"), ("đồn", "đoàn"), ("cơng", "công"), ("đồn", "đoàn")],
        ),
        ("Ngồi ra", [("Ngồi", "Ngoài")]),
        ("tổ hồ giải ở cơ sở", [("hồ", "hoà")]),
        ("văn hố", [("hố", "hoá")]),
        ("quyết tốn", [("tốn", "toán")]),
        ("quốc phịng, lịng dân", [("phịng", "phòng"), ("lịng", "lòng")]),
        ("đĩng gĩp, tiếng nĩi", [("đĩng", "đóng"), ("gĩp", "góp"), ("nĩi", "nói")]),
        ("do đĩ cĩ", [("đĩ", "đó"), ("cĩ", "có")]),
        ("hịa giải", [("hịa", "hòa")]),
        ("Kiện tồn tổ chức", [("tồn", "toàn")]),
        ("chăn nuơi, buơn bán", [("nuơi", "nuôi"), ("buơn", "buôn")]),
        ("an\ntồn", [("tồn", "toàn")]),
    ],
)
def test_damage_of_a_conversion_is_found(text, found):
    assert pairs(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "cơ sở, cơ quan, nguy cơ, động cơ giáo dục, cơ cấu",
        "mơ ước; ước mơ hình thành từ nhỏ",
        "tồn tại, hạn chế; tồn đầu kỳ, tồn cuối kỳ, vụ việc tồn đọng; bảo tồn dân ca",
        "công an tồn 5 vụ",
        "vụ kiện tồn từ năm trước",
        "an, tồn",
        "chính trị, trị giá, quản trị chuyện",
        "đồn biên phòng, đồn công an, quân đồn trú, tin đồn thể hiện",
        "đoàn kết hơn, nhiều hơn nhân dân mong đợi",
        "hồ chứa, hồ sơ, Hồ Chí Minh",
        "linh hồn thành phố, tâm hồn thiện lương",
        "hố ga, hố xí; tốn kém; ngồi họp",
        "thương, đường, phường, nước, sương, tươi, người, cười",
        "phuơng",
        "số tính bằng đồng, sơ kết, chơi, nơi, bơi",
        "Kông Lơng Khơng",
        "Phát huy vai trò của Nhân dân, không để mất an toàn.",
        "",
    ],
)
def test_right_words_are_left_alone(text):
    assert pairs(text) == []


def test_a_suggestion_names_its_place_and_reason():
    text = "Bảo đảm an tồn"
    assert examine(text) == [Suggestion(11, 14, "tồn", "toàn", "Nghi sai bảng mã")]
    assert text[11:14] == "tồn"


def test_decomposed_letters_and_eth_are_found():
    assert examine("Da\u0302n vận") == [
        Suggestion(0, 4, "Da\u0302n", "Dân", "Chữ tổ hợp rời dấu"),
    ]
    assert examine("\u00d0ảng, \u00f0oàn") == [
        Suggestion(0, 4, "\u00d0ảng", "Đảng", "Chữ Ð không phải chữ Đ tiếng Việt"),
        Suggestion(6, 10, "\u00f0oàn", "đoàn", "Chữ Ð không phải chữ Đ tiếng Việt"),
    ]


def test_the_warning_counts_and_shows_the_first():
    assert encoding_warning(examine("khơng cĩ")) == "2 từ nghi sai bảng mã (“khơng” → “không”). Xem và sửa"
    assert encoding_warning([]) == ""
