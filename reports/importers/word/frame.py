"""What stands around the text of a report on paper: letterhead, title, recipients, signature, appendix.

The portal makes all of these itself (domain.md §4), so they are set aside; the person sees what was.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.letters import CAPITALS
from reports.importers.word.headings import heading_of, read_number
from reports.importers.word.reader import Block, Grid, Line

CONTENTS, HEAD, TITLE = "Mục lục", "Phần đầu văn bản", "Tên loại, trích yếu"
OPENING = "Câu mở đầu"
TAIL, APPENDIX = "Nơi nhận, chữ ký", "Phụ lục"
#: A letterhead ends within so many blocks; recipients and signature take no more than these.
HEAD_BLOCKS, TAIL_BLOCKS = 30, 30
TABLE_ROWS = 3  # a table of figures has a heading and more than one row
LONGEST_OF_FRAME = 170
#: An opening is a sentence or two on what is reported and for whom, before the first heading.
OPENING_BLOCKS, LONGEST_OPENING = 4, 900

_HEAD = re.compile(
    r"dang cong san viet nam|cong hoa xa hoi chu nghia viet nam|doc lap ?- ?tu do ?- ?hanh phuc"
    r"|so ?:? ?[\d.…_ ]*[-/] ?bc\b.*|so ?:? ?\d+ ?- ?[a-z]{2}/.*"
    r"|.{2,40}, ngay [\d.…_ ]+ thang [\d.…_ ]+ nam [\d.…_ ]+"
)
#: Both sides of the letterhead on one line, set apart by tabs.
_BOTH_SIDES = re.compile(r".{2,70}\s(?:ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:OÀ|ÒA) XÃ HỘI CHỦ NGHĨA VIỆT NAM)")
_BODY_NAME = re.compile(
    r"(?:tinh|thanh|dang|huyen|thi) (?:uy|bo)\b.*|ban (?:tuyen giao|dan van|xay dung dang)\b.*|\*+"
)
_ADDRESSEE = re.compile(r"kinh gui ?:.*")
#: “Thực hiện Công văn số …, Đảng uỷ xã báo cáo kết quả … như sau:”
_OPENING = re.compile(r".*\bbao cao\b.*\b(?:nhu sau|sau day|cu the)[ .:]*")
_BASIS = re.compile(
    r"(?:thuc hien|can cu|theo|trien khai)\b.{0,40}\b(?:cong van|ke hoach|huong dan|chi thi|thong bao|chuong trinh"
    r"|quy che|de cuong|chi dao|nghi quyet)\b.*"
)
_RULE = re.compile(r"[-–—_*=.\s]{3,}")
_SIGNED_FOR = re.compile(rf"(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|Q\.|TUQ\.)\s*[{CAPITALS}]")
_POSTS = re.compile(
    r"(?:pho )?(?:truong ban|bi thu|chu tich|chu nhiem|chanh van phong|giam doc|truong phong)(?: thuong truc)?"
)
_RECIPIENTS = re.compile(r"noi nhan\b.*")
_APPENDIX = re.compile(
    r"(?:cac )?phu luc\b.*|(?:bieu|bang) (?:so|mau)\b.*|(?:bang |bieu )?(?:tong hop )?so lieu kem theo.*"
)


@dataclass
class Framed:
    """A document taken apart; ``left_out``: (what it is, its lines)."""

    body: list[Block] = field(default_factory=list)
    appendix: list[Block] = field(default_factory=list)
    left_out: list[tuple[str, list[str]]] = field(default_factory=list)

    def leave_out(self, what: str, blocks: Sequence[Block]) -> None:
        """Set blocks aside."""
        if blocks:
            self.left_out.append((what, [line for block in blocks for line in lines_of(block)]))


def take_apart(blocks: Sequence[Block]) -> Framed:
    """The body of a report, what stands in its appendix, and what was set aside."""
    framed = Framed()
    contents = [block for block in blocks if isinstance(block, Line) and block.is_contents]
    framed.leave_out(CONTENTS, contents)
    rest = [block for block in blocks if not (isinstance(block, Line) and block.is_contents)]
    head = _end_of_head(rest)
    title = _end_of_title(rest, head)
    framed.leave_out(HEAD, rest[:head])
    framed.leave_out(TITLE, rest[head:title])
    opening = _end_of_opening(rest, title)
    framed.leave_out(OPENING, rest[title:opening])
    appendix = _start_of_appendix(rest, opening)
    tail = _start_of_tail(rest, opening, appendix)
    appendix = _table_after_signature(rest, tail, appendix)
    framed.body = list(rest[opening:tail])
    framed.leave_out(TAIL, rest[tail:appendix])
    framed.appendix = list(rest[appendix:])
    return framed


def lines_of(block: Block) -> list[str]:
    """The lines of a block as a person reads them; a row of a table in one."""
    if isinstance(block, Line):
        return [block.shown]
    return [" | ".join(cell.replace("\n", " / ") for cell in row if cell) for row in block.rows]


def _words(block: Block) -> list[str]:
    """The single lines of a block, folded."""
    return [fold(line) for line in ([block.text] if isinstance(block, Line) else block.lines)]


def _end_of_head(blocks: Sequence[Block]) -> int:
    """How many blocks the letterhead takes: up to its last mark before the first heading."""
    end = marks = 0
    for place, block in enumerate(blocks[:HEAD_BLOCKS]):
        if isinstance(block, Line) and (_is_heading(block) or len(block.text) > LONGEST_OF_FRAME):
            break
        is_line = isinstance(block, Line)
        both = is_line and _BOTH_SIDES.fullmatch(block.text)
        if both or any(_HEAD.fullmatch(words) for words in _words(block)):
            end, marks = place + 1, marks + 1
        elif marks and end == place and is_line and _BODY_NAME.fullmatch(fold(block.text)):
            end = place + 1
    return end


def _is_heading(line: Line) -> bool:
    number, _rest = read_number(line.shown)
    return number is not None and number.rank <= 3


def _end_of_title(blocks: Sequence[Block], start: int) -> int:
    """Where BÁO CÁO and its subject end; ``start`` where there is no such title."""
    for place in range(start, min(start + 8, len(blocks))):
        line = blocks[place]
        if not isinstance(line, Line) or _is_heading(line) or len(line.text) > LONGEST_OF_FRAME:
            return start
        if fold(line.text).startswith("bao cao") and (
            line.text.isupper() or line.centred or line.text == "Báo cáo"
        ):
            return _end_of_subject(blocks, place + 1)
    return start


def _end_of_subject(blocks: Sequence[Block], start: int) -> int:
    lines = blocks[start : start + 6]
    for place, line in enumerate(lines):
        if isinstance(line, Line) and _RULE.fullmatch(line.text):
            return start + place + 1
    for place, line in enumerate(lines):
        is_subject = isinstance(line, Line) and (line.centred or line.bold) and not _is_heading(line)
        if not is_subject or line.level or len(line.text) > LONGEST_OF_FRAME:
            return start + place
    return start + len(lines)


def _end_of_opening(blocks: Sequence[Block], start: int) -> int:
    """Where the words to whom and on whose demand it reports end; ``start`` where the text begins at once."""
    end = start
    for place in range(start, min(start + OPENING_BLOCKS, len(blocks))):
        line = blocks[place]
        if not isinstance(line, Line) or heading_of(line) or len(line.text) > LONGEST_OPENING:
            break
        words = fold(line.text)
        if _OPENING.fullmatch(words):
            return place + 1
        if end == place and (_ADDRESSEE.fullmatch(words) or _RULE.fullmatch(words)):
            end = place + 1
        elif not _BASIS.fullmatch(words):
            break
    return end


def _start_of_appendix(blocks: Sequence[Block], start: int) -> int:
    """Where the appendix begins: at its heading, below the text."""
    has_heading = False
    for place, block in enumerate(blocks[start:], start):
        if not isinstance(block, Line):
            continue
        stands_out = block.bold or block.centred or block.text.isupper() or block.level
        if (
            has_heading
            and stands_out
            and len(block.text) <= LONGEST_OF_FRAME
            and _APPENDIX.fullmatch(fold(block.text))
        ):
            return place
        has_heading = has_heading or read_number(block.shown)[0] is not None or bool(block.level)
    return len(blocks)


def _table_after_signature(blocks: Sequence[Block], tail: int, appendix: int) -> int:
    """An appendix without a heading: it begins with the first real table after the signature."""
    for place in range(tail, appendix):
        block = blocks[place]
        if isinstance(block, Grid) and len(block.rows) >= TABLE_ROWS and not _is_sign_off(block):
            return place
    return appendix


def _start_of_tail(blocks: Sequence[Block], start: int, end: int) -> int:
    """Where recipients or signature begin, with nothing but short lines after them; ``end`` where they are not."""
    tail = end
    for place in range(end - 1, max(start, end - TAIL_BLOCKS) - 1, -1):
        block = blocks[place]
        if any(len(line) > LONGEST_OF_FRAME for line in lines_of(block)) and not _is_sign_off(block):
            break
        if _is_sign_off(block):
            tail = place
    return tail


def _is_sign_off(block: Block) -> bool:
    lines = [block.text] if isinstance(block, Line) else block.lines
    if isinstance(block, Grid) and len(block.rows) > 6:
        return False
    return any(
        _RECIPIENTS.fullmatch(fold(line))
        or _SIGNED_FOR.match(line)
        or (line.isupper() and _POSTS.fullmatch(fold(line)))
        for line in lines
    )
