"""Whether a sentence speaks of founding, merging, dividing, ending or renaming a unit: then it may not be dropped."""

import re

from models_dv.domain.reorganisation.kinds import WORDS
from models_dv.vietnamese.letters import CAPITALS

ACTS = (
    "nhập|sáp nhập|sát nhập|hợp nhất|gộp|sắp xếp|điều chỉnh|chuyển|giải thể|giải tán|chia|tách|thành lập|đổi tên|"
    "đổi loại|nâng cấp|nâng loại|kết thúc|chấm dứt"
)
_KIND = f"(?:{'|'.join(WORDS)})"
_CAPITAL = f"(?=[{CAPITALS}])"
_ACT = re.compile(rf"\b(?<!thu )(?<!hội )(?<!gia )(?:{ACTS})\b(?! sẻ| đổi số)", re.IGNORECASE)
_SMALL = (
    "như|mới|có|được|thuộc|của|và|nào|này|đó|trên|trong|khác|sau|trực|hình|không|nay|là|thì|để|tại|với|theo|cũ|"
    "do|đã|sẽ|hoặc|còn|khi|tham|quản|chịu|tổ|một|hai|ba"
)
_BODY = (
    "đảng bộ|chi bộ|đảng [uủ][ỷy]|(?:tỉnh|thành|huyện|thị|quận) [uủ][ỷy]|ban|[uủ][ỷy] ban|mặt trận|hội|đoàn|"
    "liên đoàn|sở|phòng|trung tâm|văn phòng|khối|trường"
)
#: A territory, or a body, that has a name.
_MENTION = re.compile(
    rf"\b(?i:{_KIND})\s+(?!(?i:{_SMALL})\b)\w|\b(?i:{_BODY})\s+{_CAPITAL}",
)
_NAMED = re.compile(
    rf"\b(?P<kind>(?i:{_KIND}))\s+(?P<name>(?:{_CAPITAL}|(?=\d))\w+(?:\s+(?:[-–]\s+)?{_CAPITAL}[\w’']+)*(?:\s+\d+)?)"
)
#: What a heading says, or a sentence about staff and offices; of two units or more it may be an act all the same.
_HEADING = re.compile(
    r"(?:(?:sắp xếp|thành lập|nhập|chia|điều chỉnh)(?:\s*,\s*|\s+và\s+|\s+)){1,6}(?:lại\s+)?(?:các\s+|một số\s+)?"
    r"đơn\s+vị\s+hành\s+chính(?:\s+cấp\s+(?:tỉnh|huyện|xã))*(?=\s*(?:$|[,;:]|của|thuộc|tại|trong|ở|trên|năm|"
    r"giai đoạn|như|theo|và))|"
    rf"(?:(?:{ACTS})\s+(?:để\s+)?){{1,6}}(?:các\s+)?(?:đơn\s+vị\s+hành\s+chính|{_KIND})(?:(?:,|\s+và)\s+{_KIND})*\s+"
    r"(?:mới\s+)?như\s+sau|"
    r"(?:sắp xếp|kiện toàn)(?:,|\s+và)?\s+(?:ổn định|tổ chức bộ máy|bộ máy|cán bộ|đội ngũ)",
    re.IGNORECASE,
)
#: Where what has been done is only referred to.
_REFERS = re.compile(
    rf"(?:hình thành\s+)?sau\s+(?:khi\s+)?(?:thực hiện\s+)?(?:{ACTS})"
    r"(?=\s*(?:$|[,;.)]|quy định|theo|tại|là|có|đơn vị))|không\s+thực\s+hiện\s+sắp\s+xếp",
    re.IGNORECASE,
)
_RESULT = re.compile(rf"\b(?:thành|vào)\s+(?:các\s+|hai\s+|ba\s+|\d+\s+)?{_KIND}\b", re.IGNORECASE)
#: Quoting other papers: only what they are said to do counts.
_QUOTES = re.compile(r"căn\s+cứ|xét|theo\s+đề\s+nghị", re.IGNORECASE)

_COMMITTEES = (
    (r"tỉnh", "tỉnh"),
    (r"thành", "thành phố"),
    (r"huyện", "huyện"),
    (r"thị", "thị xã"),
    (r"quận", "quận"),
)
#: Bodies within a committee (Ban Dân vận Tỉnh uỷ): not the territory they are named after.
_OFFICES = re.compile(
    rf"(?<!xã )(?<!phường )(?<!trấn )\bBan\s+(?!(?:Chấp|Thường|Bí)\b){_CAPITAL}|"
    r"\b(?i:[uủ][ỷy]\s+ban\s+(?:mttq|mặt\s+trận)|văn\s+phòng|liên\s+đoàn|đoàn\s+thanh\s+niên|"
    r"hội\s+(?:nông\s+dân|liên\s+hiệp|cựu\s+chiến|phụ\s+nữ|chữ\s+thập)|trung\s+tâm)\b"
)
_PARTY = re.compile(rf"(?:ban\s+chấp\s+hành\s+)?(?:đảng\s+bộ|đảng\s+[uủ][ỷy])\s+(?={_KIND}\s)", re.IGNORECASE)


def of_an_act(text: str) -> bool:
    """Whether the sentence says that something happens to a unit with a name."""
    left = _REFERS.sub(" ", text)
    if len(named_in(text)) < 2:
        left = _HEADING.sub(" ", left)
    acts = list(_ACT.finditer(left))
    if not acts:
        return bool(_RESULT.search(left)) and len(_MENTION.findall(left)) > 1
    if _QUOTES.match(text):
        left = left[acts[0].end() :]
    return bool(_MENTION.search(left))


def named_in(text: str) -> list[tuple[str, str]]:
    """(kind, name) of the territories that are named with capitals."""
    return [(found["kind"].lower(), found["name"]) for found in _NAMED.finditer(text)]


def as_territories(text: str) -> str | None:
    """The sentence with Party committees under the names of their territories: “Đảng bộ xã A” is xã A.

    None where it is about offices of a committee or other bodies, which are no territories.
    """
    if _OFFICES.search(text):
        return None
    text = _PARTY.sub("", text)
    for committee, kind in _COMMITTEES:
        text = re.sub(rf"\b(?i:{committee}\s+[uủ][ỷy])\s+{_CAPITAL}", f"{kind} ", text)
    return text
