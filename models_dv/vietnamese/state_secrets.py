"""Finds marks of state secrecy in a text: such a paper must not be here at all (domain.md §9).

A mark is written in capitals: “TỐI MẬT” and “TUYỆT MẬT” anywhere, “MẬT” where a stamp stands: on a line of its own,
alone or after “Độ mật”. “bí mật”, “mật ong”, “BẢO MẬT” are none.
"""

import re
from typing import NamedTuple

WARNING = (
    "Có dấu độ mật “{found}”. Tài liệu bí mật nhà nước không được soạn, gửi trên hệ thống nối mạng; "
    "gỡ nội dung này và gửi theo đường văn thư mật"
)

_HIGH = re.compile(r"(?<![^\W_])(?:TUYỆT|TỐI)\s+MẬT(?![^\W_])")
#: No two runs of spaces meet: a line of 100.000 spaces is read in one go.
_LINE = re.compile(
    r"^[ \t]*(?:[(\[][ \t]*)?(?:(?:Độ|Mức|ĐỘ|MỨC)[ \t]+(?:mật|MẬT)(?:[ \t]*:)?[ \t]*)?"
    r"(MẬT|TỐI MẬT|TUYỆT MẬT)(?:[ \t]*[)\]])?[ \t.]*$",
    re.MULTILINE,
)
_DEGREE = re.compile(
    r"(?:[Đđ]ộ|ĐỘ)[ \t]+(?:mật|MẬT)[ \t]*:[ \t]*(?:[Tt]ối |[Tt]uyệt |TỐI |TUYỆT )?(?:[Mm]ật|MẬT)"
)


class SecretMark(NamedTuple):
    """`text[start:end]` is `found`."""

    start: int
    end: int
    found: str


def find_secret_marks(text: str) -> list[SecretMark]:
    """Return the marks in the order of the text; one place is named once."""
    found = [SecretMark(match.start(), match.end(), match[0]) for match in _HIGH.finditer(text)]
    found += [SecretMark(match.start(1), match.end(1), match[1]) for match in _LINE.finditer(text)]
    found += [SecretMark(match.start(), match.end(), match[0]) for match in _DEGREE.finditer(text)]
    kept: list[SecretMark] = []
    for mark in sorted(found):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
