"""The words that stand between the names in a list of territories."""

import re

from models_dv.domain.reorganisation.kinds import WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_][\w'’²]*|[,;()\-–:]")
BEGINS_WITH_KIND = re.compile(rf"(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
MEASURES = _words("diện tích tự nhiên quy mô dân số là của có và km km2 km² ha người nhân khẩu hộ")
UNITS_OF_MEASURE = _words("km km2 km² ha người khẩu")
FILLING = _words(
    "nhập sáp hợp nhất sắp xếp điều chỉnh chuyển địa giới đơn vị hành chính cấp đó gồm bao với cùng từ việc "
    "cơ sở trên hiện nay hữu cũ trong phần tách chia ra để giải thể bàn kết thúc hoạt động chấm dứt gộp"
)
#: Words that open a reference to another clause, up to where the list goes on.
ASIDE = _words("sau theo tại được")
SETTLEMENTS = _words("thôn ấp bản buôn xóm làng khóm tổ khu")
JOINS = _words(", ; và cùng với")
SEVERAL = _words("các những")
COUNTS = _words("hai ba bốn năm sáu bảy")
#: Small words that end a name written without capitals.
AFTER_NAME = _words("và vào thành thuộc của sau theo để với cùng trên được hiện về nhập có là sẽ tại từ")
