"""Marks of state secrecy, and the words that only look like them."""

import pytest

from models_dv.vietnamese.state_secrets import find_secret_marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Báo cáo\nMẬT\nKính gửi", ["MẬT"]),
        ("  (MẬT)  ", ["MẬT"]),
        (" [ Độ mật : TỐI MẬT ] .", ["Độ mật : TỐI MẬT"]),
        ("Độ mật:\nTUYỆT MẬT", ["Độ mật", "TUYỆT MẬT"]),
        ("TỐI MẬT", ["TỐI MẬT"]),
        ("Tài liệu TUYỆT MẬT của đơn vị", ["TUYỆT MẬT"]),
        ("Độ mật: Mật", ["Độ mật: Mật"]),
        ("Độ mật: Tuyệt mật", ["Độ mật: Tuyệt mật"]),
        ("Tuyệt mật: kế hoạch diễn tập", ["Tuyệt mật"]),
        ("tài liệu tối mật của đơn vị", ["tối mật"]),
        ("Tối Mật", ["Tối Mật"]),
        ("Độ Mật", ["Độ Mật"]),
        ("văn bản có độ mật", ["độ mật"]),
        ("Độ mật, Độ  MẬT: Tối mật", ["Độ mật", "Độ  MẬT: Tối mật"]),
        ("ĐỘ MẬT: MẬT", ["ĐỘ MẬT: MẬT"]),
        ("TỐI MẬT, TỐI  MẬT", ["TỐI MẬT", "TỐI  MẬT"]),
        ("TÀI LIỆU MẬT", ["MẬT"]),
        ("ĐÓNG DẤU MẬT\n- MẬT", ["MẬT", "MẬT"]),
        ("| Số 12 | MẬT |\n| MẬT | MẬT", ["MẬT", "MẬT", "MẬT"]),
        ("MẬT (1 bản)", ["MẬT"]),
        ("Có 2 văn bản đóng dấu MẬT, 1 hồ sơ “MẬT”", ["MẬT", "MẬT"]),
    ],
)
def test_marks(text, found):
    assert [mark.found for mark in find_secret_marks(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "bảo vệ bí mật nhà nước",
        "BẢO MẬT THÔNG TIN",
        "mật ong rừng",
        "Mật",
        "CƠ MẬT VIỆN",
        "MẬT ONG",
        "mật độ dân số",
        "đường mật",
        "CÔNG TÁC QUẢN LÝ TÀI LIỆU MẬT",
        "tài liệu mật, đóng dấu mật",
        "| BÍ MẬT | ĐƯỜNG MẬT |",
        "MẬT ONG (1 lít)",
        "tuyệt đối bí mật, bảo mật",
        "buổi tối mật độ người đông",
        "thái độ mật thiết",
        "chế độ mật khẩu",
        "tuyệt mậtt, đuổi mật",
    ],
)
def test_other_words(text):
    assert find_secret_marks(text) == []


@pytest.mark.parametrize("text", [" ", "\t", "\n", " \n", "(", "( ", "tối ", "Mức mật ", "độ mật độ "])
@pytest.mark.parametrize("start", ["", "tối ", "Độ ", "Độ mật độ "])
def test_a_long_text_is_read_in_one_go(start, text):
    """With two runs of spaces side by side this took minutes."""
    assert find_secret_marks(start + text * (100_000 // len(text))) == []


@pytest.mark.parametrize("text", ["Độ mật, ", "Độ mật:  ", "Độ mật\t:\t", "Tối mật \n"])
def test_many_marks_are_found_in_one_go(text):
    times = 100_000 // len(text)
    assert len(find_secret_marks(text * times)) == times


@pytest.mark.parametrize("start", ["Độ mật", "Độ mật:", "tối mật"])
def test_spaces_after_a_mark_are_read_once(start):
    assert [mark.found for mark in find_secret_marks(start + " " * 100_000)] == [start.rstrip(":")]
