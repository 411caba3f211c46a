"""Finds marks of state secrecy in a text: such a paper must not be here at all (domain.md §9).

“Tối mật”, “Tuyệt mật” and “Độ mật” are marks anywhere and in any case; “MẬT” is one in capitals where a stamp stands
(on a line or in a cell of its own, alone or after “Mức mật”, “TÀI LIỆU”, “ĐÓNG DẤU”) and after “dấu”, “tài liệu” in
small letters. “bí mật”, “mật ong”, “BẢO MẬT”, “buổi tối mật độ”, “CÔNG TÁC QUẢN LÝ TÀI LIỆU MẬT” are none.
"""

import re
from typing import NamedTuple

WARNING = (
    "Có dấu độ mật “{found}”. Tài liệu bí mật nhà nước không được soạn, gửi trên hệ thống nối mạng; "
    "gỡ nội dung này và gửi theo đường văn thư mật"
)

#: Another word begins with “mật” here: “mật độ”, “mật ong”, “mật thiết”.
_NO_OTHER_WORD = r"(?![^\W_])(?!\s+(?:độ|ong|khẩu|thiết|mã|thám|vụ|mía|hoa)(?![^\W_]))"
_HIGH = re.compile(rf"(?<![^\W_])(?:tuyệt|tối)\s+mật{_NO_OTHER_WORD}", re.IGNORECASE)
#: No two runs of spaces meet: a line of 100.000 spaces is read in one go.
_LINE = re.compile(
    r"(?:^[ \t]*(?:[-–•+*][ \t]+)?|\|[ \t]*)(?:[(\[][ \t]*)?"
    r"(?:(?:Độ|Mức|ĐỘ|MỨC)[ \t]+(?:mật|MẬT)(?:[ \t]*:)?[ \t]*"
    r"|(?:TÀI LIỆU|VĂN BẢN|CÔNG VĂN|HỒ SƠ|ĐÓNG DẤU|DẤU)[ \t]+)?"
    r"(MẬT|TỐI MẬT|TUYỆT MẬT)(?:[ \t]*[)\]])?(?:[ \t]*\([^()\n|]{1,40}\))?[ \t.]*(?=$|\|)",
    re.MULTILINE,
)
#: A stamp that is spoken of: “tài liệu đóng dấu MẬT”.
_SPOKEN = re.compile(r"(?<![^\W_])(?:dấu|tài liệu|văn bản|công văn|hồ sơ)[ \t]+[“\"]?(MẬT)(?![^\W_])")
_DEGREE = re.compile(
    rf"(?<![^\W_])độ\s+mật{_NO_OTHER_WORD}(?:[ \t]*:[ \t]*(?:tối |tuyệt )?mật(?![^\W_]))?", re.IGNORECASE
)


class SecretMark(NamedTuple):
    """`text[start:end]` is `found`."""

    start: int
    end: int
    found: str


def find_secret_marks(text: str) -> list[SecretMark]:
    """Return the marks in the order of the text; one place is named once."""
    found = [SecretMark(match.start(), match.end(), match[0]) for match in _HIGH.finditer(text)]
    for stamp in (_LINE, _SPOKEN):
        found += [SecretMark(match.start(1), match.end(1), match[1]) for match in stamp.finditer(text)]
    found += [SecretMark(match.start(), match.end(), match[0]) for match in _DEGREE.finditer(text)]
    kept: list[SecretMark] = []
    for mark in sorted(found):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
