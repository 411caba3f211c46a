"""Files by their content: what is taken, and what is refused with which words."""

import struct
import zipfile

import pytest
from django.core.files.base import ContentFile

from models_dv.domain.file_refusals import FileRefused
from models_dv.domain.uploads import check_file
from models_dv.enums import PHOTO_KINDS, FileKind
from tests.models_dv.domain.uploaded import (
    EXCEL,
    MACRO,
    OLE,
    PDF,
    WORD,
    archive,
    brought,
    moving,
    office,
    picture,
    png_claiming,
    types,
)

TYPE = "Tệp phải là Word (.docx), Excel (.xlsx), PDF hoặc ảnh"
DAMAGED = "Tệp bị hỏng hoặc tải lên chưa trọn. Mở tệp trên máy, lưu thành tệp mới rồi tải lại"
UNSAFE = "Tệp có cấu trúc lạ, mở ra không an toàn. Mở bằng Word hoặc Excel, lưu thành tệp mới rồi tải lại"
DTD = "Tệp có khai báo (DTD) mà Word, Excel không ghi. Mở bằng Word hoặc Excel, lưu thành tệp mới rồi tải lại"
LOCKED = "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại"
MACROS = "Tệp có macro. Lưu lại dạng .docx hoặc .xlsx không có macro rồi tải lên"
LARGE = "Tệp lớn hơn 10 MB. Giảm dung lượng rồi tải lại"
OLD = "Tệp .doc đời cũ. Mở bằng Word, lưu lại dạng .docx rồi tải lên"
HEIC = "Ảnh HEIC của điện thoại chưa dùng được. Lưu lại thành ảnh JPEG rồi tải lên"
ENTITY_BOMB = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
XXE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'


def refusal(data: bytes, **options) -> str:
    """The words with which the bytes are refused."""
    with pytest.raises(FileRefused) as refused:
        check_file(brought(data), **options)
    return refused.value.message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (office(WORD), FileKind.DOCX),
        (office(EXCEL), FileKind.XLSX),
        (PDF, FileKind.PDF),
        (picture(), FileKind.JPEG),
        (picture(image_format="PNG"), FileKind.PNG),
        (picture(image_format="WEBP"), FileKind.WEBP),
    ],
)
def test_the_kind_is_seen_from_the_content_whatever_the_name(data, kind):
    assert check_file(brought(data, "anh.exe")) is kind


def test_the_place_in_the_file_is_put_back():
    file = brought(PDF)
    check_file(file)
    assert file.read() == PDF


def test_bytes_without_a_name_are_checked_too():
    assert check_file(ContentFile(PDF)) is FileKind.PDF


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp rỗng (0 byte). Mở tệp trên máy, lưu lại rồi tải lên"),
        (PDF + bytes(11 * 1024 * 1024), LARGE),
        (b"MZ\x90\x00" + bytes(100), TYPE),
        (b"<html><script>alert(1)</script></html>", TYPE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", TYPE),
        (b"GIF89a" + bytes(20), TYPE),
        (OLE + "WordDocument".encode("utf-16-le"), OLD),
        (b"{\\rtf1\\ansi}", OLD),
        (
            OLE + "Workbook".encode("utf-16-le"),
            "Tệp .xls đời cũ. Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (OLE + "PowerPoint Document".encode("utf-16-le"), TYPE),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), LOCKED),
        (PDF[:40], DAMAGED),
        (PDF + archive({"a.txt": b"a"}), UNSAFE),
        (
            b"\0\0\0\x18ftypheic" + bytes(20),
            HEIC,
        ),
        (picture()[:-3000], DAMAGED),
        (picture(image_format="PNG")[:-3000], DAMAGED),
        (picture(image_format="WEBP")[:-300], DAMAGED),
    ],
)
def test_what_is_not_taken_is_refused_in_words(data, words):
    assert refusal(data) == words


def test_a_larger_declared_size_is_believed():
    file = brought(PDF)
    file.size = 11 * 1024 * 1024
    with pytest.raises(FileRefused, match="10 MB"):
        check_file(file)


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (PHOTO_KINDS, "Tệp phải là ảnh JPEG, ảnh PNG hoặc ảnh WebP"),
        ({FileKind.XLSX}, "Tệp phải là Excel (.xlsx)"),
        ({FileKind.DOCX, FileKind.PDF}, "Tệp phải là Word (.docx) hoặc PDF"),
    ],
)
def test_the_refusal_names_what_may_be_brought(kinds, words):
    assert refusal(b"text, no more", kinds=kinds) == words


def test_another_good_kind_is_refused_too():
    assert refusal(PDF, kinds={FileKind.XLSX}) == "Tệp phải là Excel (.xlsx)"


# --- archives ------------------------------------------------------------------------------------------


def with_entries(**entries: bytes) -> bytes:
    return office(entries={f"word/{name}.xml": data for name, data in entries.items()})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("text", [ENTITY_BOMB, XXE])
def test_a_dtd_is_refused_in_every_encoding(text, encoding):
    assert refusal(with_entries(bomb=text.encode(encoding))) == DTD


def test_a_dtd_across_two_pieces_is_seen():
    body = b"<d>" + b" " * (64 * 1024 - 6) + b"<!DOCTYPE d []>"
    assert refusal(with_entries(late=body)) == DTD


def test_a_dtd_in_a_part_named_as_a_picture_is_seen():
    assert refusal(office(entries={"word/media/a.png": XXE.encode()})) == DTD


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0" encoding="UTF-7"?><d/>',
        b'<?xml version="1.0"' + b" " * 5000 + b"encoding='EBCDIC-CP-US'?><d/>",
        b'<?xml version="1.0"' + b" " * 70_000 + b"encoding='UTF-7'?><d/>",
        "<d/>".encode("utf-32-le"),
        "<d/>".encode("utf-32"),
        "<?xml version='1.0'?><d/>".encode("cp500"),
    ],
)
def test_an_encoding_that_hides_a_dtd_is_refused(body):
    assert refusal(with_entries(hidden=body)) == UNSAFE


def test_a_bomb_is_refused_by_its_directory():
    assert refusal(with_entries(zeros=bytes(40 * 1024 * 1024))) == UNSAFE


def test_a_bomb_that_lies_about_its_length_is_refused():
    data = bytearray(with_entries(zeros=bytes(40 * 1024 * 1024)))
    length = struct.pack("<L", 40 * 1024 * 1024)
    for _ in range(2):
        at = data.rfind(length)
        data[at : at + 4] = struct.pack("<L", 1000)
    assert refusal(bytes(data)) == DAMAGED


def test_too_many_entries_are_refused():
    assert refusal(office(entries={f"word/{n}.xml": b"" for n in range(2_001)})) == UNSAFE


@pytest.mark.parametrize(
    "name", ["../../etc/cron", "/etc/passwd", "word\\..\\x", "C:/x", "WORD/DOCUMENT.XML"]
)
def test_a_name_that_leads_astray_is_refused(name):
    data = office(entries={name.replace("\\", "§"): b"x"})
    assert refusal(data.replace("§".encode(), b"\\\\") if "\\" in name else data) in {UNSAFE, DAMAGED}


def test_overlapping_entries_are_refused():
    data = bytearray(
        archive({"[Content_Types].xml": types(WORD), "_rels/.rels": b"r", "a": b"a" * 99, "b": b"b" * 99})
    )
    directory = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    data[directory[3] + 42 : directory[3] + 46] = data[directory[2] + 42 : directory[2] + 46]
    assert refusal(bytes(data)) == UNSAFE


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(60) + office(), office() + b"<script>", office() + PDF]
)
def test_a_second_file_before_or_behind_is_refused(data):
    assert refusal(data) == UNSAFE


def test_an_encrypted_entry_is_locked():
    data = bytearray(office())
    for at in range(len(data)):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    assert refusal(bytes(data)) == LOCKED


@pytest.mark.parametrize(
    "data",
    [
        office(MACRO),
        office(entries={"word/vbaProject.bin": b"x"}),
        office(EXCEL, entries={"xl/macrosheets/sheet1.xml": b"<a/>"}),
        office(entries={"word/activeX/activeX1.bin": b"x"}),
    ],
)
def test_macros_are_refused(data):
    assert refusal(data) == MACROS


def test_other_archives_are_not_office_files():
    assert refusal(archive({"a.txt": b"a"})) == TYPE
    assert refusal(office("application/vnd.oasis.opendocument.text")) == TYPE


def test_word_and_excel_in_one_are_refused():
    assert (
        refusal(archive({"[Content_Types].xml": types(WORD) + types(EXCEL), "_rels/.rels": b"r"})) == UNSAFE
    )


def test_an_archive_cut_off_is_damaged():
    assert refusal(office()[:-30]) == DAMAGED


def test_packing_that_office_does_not_use_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("[Content_Types].xml", types(WORD))
        made.writestr("_rels/.rels", b"r")
    assert refusal(path.read_bytes()) == UNSAFE


# --- photos --------------------------------------------------------------------------------------------


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded():
    words = "Ảnh lớn hơn 16 triệu điểm ảnh. Thu nhỏ ảnh (chiều dài 4.000 điểm ảnh là đủ) rồi tải lại"
    assert [refusal(png_claiming(*size)) for size in [(5000, 4000), (12_000, 10_000), (60_000, 60_000)]] == [
        words
    ] * 3


def test_a_picture_that_moves_is_refused():
    words = "Ảnh động chưa dùng được. Chọn một khung hình, lưu thành ảnh JPEG hoặc PNG rồi tải lên"
    assert [refusal(moving(name)) for name in ("PNG", "WEBP")] == [words] * 2
