"""A report in Word as it waits to be saved: its pieces with their parts, its tables of figures, what was left out.

The result is plain JSON (``ReportImport.content``)::

    {"pieces": [{"heading", "title", "status", "code", "auto", "likely", "text"}],
     "grids": [{"label", "rows": [[number, [cells]]], "column"}], "codes": {key of a row: code chosen},
     "left_out": [[what, [lines]]], "notes": [sentences], "wrong_period": sentence or "", "has_headings": bool}
"""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from models_dv.domain.file_refusals import FileRefused
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import format_number
from models_dv.vietnamese.old_encodings import old_encoding
from reports.importers.figure_grid import IndicatorNames, read_table
from reports.importers.told_period import wrong_period
from reports.importers.word.frame import APPENDIX, HEAD, TITLE, lines_of, take_apart
from reports.importers.word.mapping import MATCHED, UNMATCHED, UNSURE, Piece, Target, cut
from reports.importers.word.reader import Contents, Grid, Line, read_document
from reports.importers.word.wording import plain_text

BARE_HEADINGS = "Đề mục không có lời riêng"
FOOTNOTES = "Chú thích cuối trang"
SECRECY_MARKS = {"mat", "toi mat", "tuyet mat"}
LONGEST_SHOWN_LINE = 300
MOST_PIECES, MOST_GRIDS = 150, 20


class EmptyDocument(FileRefused):
    """No text at all."""

    message = "Tệp Word không có chữ nào. Mở tệp, kiểm tra nội dung rồi tải lại"


class ScannedDocument(FileRefused):
    """Pictures of pages."""

    message = (
        "Tệp Word chỉ có ảnh (bản quét), không đọc được chữ. Tải tệp Word gốc, có chữ chọn và sao chép được"
    )


class OldFonts(FileRefused):
    """Text in an encoding from before Unicode."""

    def __init__(self, name: str):
        super().__init__(
            f"Tệp soạn bằng bảng mã cũ {name}. Chuyển sang Unicode (ví dụ bằng UniKey, công cụ chuyển mã), "
            "lưu lại rồi tải lên"
        )


class TooManyHeadings(FileRefused):
    """More than a person could look through."""

    def __init__(self, count: int):
        super().__init__(
            f"Tệp có {format_number(count)} đề mục, nhiều nhất {MOST_PIECES}. "
            "Chỉ giữ phần lời của một báo cáo, lưu thành tệp mới rồi tải lại"
        )


class SecretDocument(FileRefused):
    """Bears a mark of secrecy (domain.md §9)."""

    def __init__(self, mark: str):
        super().__init__(
            f"Tệp có dấu độ mật “{mark}”. Tài liệu bí mật nhà nước không được đưa lên hệ thống nối mạng này; "
            "gửi theo quy định về bảo vệ bí mật nhà nước"
        )


def read_word(file: BinaryIO, targets: Sequence[Target], names: IndicatorNames, period) -> dict:
    """What an open .docx that was checked holds for a report of the period. Raises a ``FileRefused``."""
    contents = read_document(file)
    _refuse(contents)
    framed = take_apart(contents.blocks)
    _refuse_secret(framed.left_out, contents)
    pieces = cut(framed.body, targets)
    if len(pieces) > MOST_PIECES:
        raise TooManyHeadings(len(pieces))
    grids, left = [], []
    for place, (block, is_appendix) in enumerate(_grids(pieces, framed.appendix), start=1):
        rows = [[number, list(cells)] for number, cells in enumerate(block.rows, start=1)]
        table = read_table([(number, cells) for number, cells in rows], names)
        if table and len(grids) < MOST_GRIDS:
            label = f"Bảng {place} (phụ lục)" if is_appendix else f"Bảng {place}"
            column = table.column.place if table.column else None
            grids.append({"label": label, "rows": rows, "column": column})
        elif is_appendix:
            left += lines_of(block)
    left = [line for block in framed.appendix if isinstance(block, Line) for line in lines_of(block)] + left
    left_out = [*framed.left_out, (APPENDIX, left)] if left else framed.left_out
    bare = [piece.heading for piece in pieces if piece.status in (UNSURE, UNMATCHED) and not piece.blocks]
    left_out = [*left_out, (BARE_HEADINGS, bare)] if bare else left_out
    left_out = [*left_out, (FOOTNOTES, contents.note_lines)] if contents.note_lines else left_out
    subject = [line for what, lines in framed.left_out if what == TITLE for line in lines]
    return {
        "pieces": [_piece(piece) for piece in pieces],
        "grids": grids,
        "codes": {},
        "left_out": [[what, [line[:LONGEST_SHOWN_LINE] for line in lines]] for what, lines in left_out],
        "notes": _notes(contents),
        "wrong_period": wrong_period(subject, period),
        "has_headings": any(piece.heading for piece in pieces),
    }


def composed(content: Mapping) -> dict[str, str]:
    """Code of a part → the text that the document has for it.

    The heading of a piece goes where the part's own title says the same; of any other it stays as a line.
    """
    texts: dict[str, list[str]] = {}
    for piece in content["pieces"]:
        code = piece["code"]
        if not code or not (piece["text"] or piece["heading"]):
            continue
        is_the_part = piece["status"] == MATCHED and piece["auto"] == code and code not in texts
        lines = [] if is_the_part or not piece["title"] else [piece["title"]]
        texts.setdefault(code, []).extend([*lines, piece["text"]])
    joined = {code: "\n".join(filter(None, parts)) for code, parts in texts.items()}
    return {code: text for code, text in joined.items() if text.strip()}


def with_parts(content: Mapping, chosen: Mapping[int, str]) -> dict:
    """The content with other parts chosen for some of its pieces (by their places)."""
    pieces = [
        {**piece, "code": chosen.get(place, piece["code"])} for place, piece in enumerate(content["pieces"])
    ]
    return {**content, "pieces": pieces}


def _piece(piece: Piece) -> dict:
    return {
        "heading": piece.heading,
        "title": piece.title,
        "status": piece.status,
        "code": piece.code,
        "auto": piece.code,
        "likely": piece.likely,
        "text": plain_text(piece.blocks),
    }


def _grids(pieces: Sequence[Piece], appendix) -> list[tuple[Grid, bool]]:
    found = [(block, False) for piece in pieces for block in piece.blocks if isinstance(block, Grid)]
    return found + [(block, True) for block in appendix if isinstance(block, Grid)]


def _refuse(contents: Contents) -> None:
    if not contents.letters:
        raise ScannedDocument if contents.pictures else EmptyDocument
    text = "\n".join(line for block in contents.blocks for line in lines_of(block))
    if name := old_encoding(text):
        raise OldFonts(name)


def _refuse_secret(left_out, contents: Contents) -> None:
    """A mark of secrecy stands alone in a line of the letterhead."""
    head = [line for what, lines in left_out if what == HEAD for line in lines]
    head += [line for block in contents.blocks[:6] for line in lines_of(block)]
    for line in head:
        for words in line.replace("|", "/").split("/"):
            if fold(words.strip(" *.:-")) in SECRECY_MARKS and words.strip(" *.:-").isupper():
                raise SecretDocument(words.strip(" *.:-"))


def _notes(contents: Contents) -> list[str]:
    notes = []
    if contents.changes:
        notes.append(
            f"Tệp còn {contents.changes} chỗ theo dõi sửa đổi: chữ thêm vào được lấy, chữ gạch bỏ không lấy."
        )
    if contents.notes:
        where = " Lời của chú thích ở mục “Không nhập”." if contents.note_lines else ""
        notes.append(f"{len(contents.notes)} chú thích cuối trang không được nhập.{where}")
    if contents.standardised:
        notes.append(
            f"{format_number(contents.standardised)} ký tự của tệp được đổi về dạng chuẩn "
            "(chữ Ð, dấu rời, ký tự ẩn); mặt chữ không đổi."
        )
    if contents.pictures:
        notes.append(f"{contents.pictures} hình ảnh không được nhập; ảnh tải lên ở mục tệp kèm theo.")
    return notes
