"""Every capital of Vietnamese and nothing else."""

import re

from models_dv.vietnamese.letters import CAPITALS

ALPHABET = (
    "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ bcdghklmnpqrstvx fjwz"
).replace(" ", "")


def test_each_capital_and_no_small_letter():
    capital = re.compile(f"[{CAPITALS}]")
    assert len(set(ALPHABET)) == 72 + 1 + 16 + 4
    assert [letter for letter in ALPHABET if capital.match(letter)] == []
    assert [letter for letter in ALPHABET.upper() if not capital.match(letter)] == []
    assert [sign for sign in "0 -.,×÷[]ðÐß" if capital.match(sign)] == []
