"""Marks of state secrecy, and the words that only look like them."""

import pytest

from models_dv.vietnamese.state_secrets import find_secret_marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Báo cáo\nMẬT\nKính gửi", ["MẬT"]),
        ("  (MẬT)  ", ["MẬT"]),
        (" [ Độ mật : TỐI MẬT ] .", ["Độ mật : TỐI MẬT"]),
        ("Độ mật:\nTUYỆT MẬT", ["TUYỆT MẬT"]),
        ("TỐI MẬT", ["TỐI MẬT"]),
        ("Tài liệu TUYỆT MẬT của đơn vị", ["TUYỆT MẬT"]),
        ("Độ mật: Mật", ["Độ mật: Mật"]),
        ("Độ mật: Tuyệt mật", ["Độ mật: Tuyệt mật"]),
        ("ĐỘ MẬT: MẬT", ["ĐỘ MẬT: MẬT"]),
        ("TỐI MẬT, TỐI  MẬT", ["TỐI MẬT", "TỐI  MẬT"]),
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
    ],
)
def test_other_words(text):
    assert find_secret_marks(text) == []


@pytest.mark.parametrize("text", [" ", "\t", "\n", " \n", "(", "( ", "Độ mật ", "Độ mật:  "])
def test_a_long_text_is_read_in_one_go(text):
    """With two runs of spaces side by side this took minutes."""
    assert find_secret_marks(text * (100_000 // len(text))) == []
