"""What a file is, seen from its bytes alone, and whether it may be given to a parser.

Nothing here believes a file's name or the type that a browser declared. Office files are archives: their
directory is looked at before anything is unpacked, then each entry is unpacked once in small pieces.
"""

import re
import struct
import zipfile
import zlib
from io import SEEK_END

from models_dv.domain.file_refusals import (
    DamagedFile,
    LockedFile,
    MacroFile,
    OldOfficeFile,
    UnsafeFile,
    WrongFileType,
)
from models_dv.enums import FileKind

MAX_ENTRIES = 2_000
MAX_DIRECTORY_BYTES = 512 * 1024
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_RATIO = 120
#: Below this size unpacked, the ratio says nothing.
RATIO_FROM_BYTES = 10 * 1024 * 1024
PIECE = 64 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
ENCRYPTED_FLAG = 0x1

MAIN_PARTS = {
    FileKind.DOCX: b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    FileKind.XLSX: b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
MACRO_NAMES = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/|activeX/)", re.IGNORECASE)
#: Word and Excel never write a DTD; entities that grow or reach outside need one.
DTD = [
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
]
OVERLAP = max(map(len, DTD)) - 1
DECLARED_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w.-]+)", re.ASCII)
ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}
#: UTF-32 with and without mark, EBCDIC: in these a DTD would not be seen.
OTHER_ENCODINGS = (b"\0\0\xfe\xff", b"\xff\xfe\0\0", b"\0\0\0<", b"<\0\0\0", b"\x4c\x6f\xa7\x94")
PDF_ENCRYPTED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")

OLD_EXCEL = "Tệp .xls đời cũ. Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên"
HEIC = "Ảnh HEIC của điện thoại chưa dùng được. Lưu lại thành ảnh JPEG rồi tải lên"
DTD_FOUND = (
    "Tệp có khai báo (DTD) mà Word, Excel không ghi. Mở bằng Word hoặc Excel, lưu thành tệp mới rồi tải lại"
)


def recognise(file, *, kinds) -> FileKind:
    """The kind of the open file, whole and harmless as far as its structure tells; photos not yet decoded.

    Raises a ``FileRefused``. ``kinds`` are those that may be brought; for the words of the refusal.
    """
    head = _read(file, 0, 16)
    if head.startswith(OLE):
        raise _refused_ole(file, kinds)
    if head.startswith(b"{\\rtf"):
        raise OldOfficeFile
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"}:
        raise WrongFileType(HEIC)
    kind = _office_kind(file, kinds) if head.startswith(b"PK\x03\x04") else _kind_of_head(head)
    if kind is None or kind not in kinds:
        raise WrongFileType.among(kinds)
    if kind is FileKind.PDF:
        _check_pdf(file)
    return kind


def size_of(file) -> int:
    """Bytes that are really there."""
    file.seek(0, SEEK_END)
    return file.tell()


def _read(file, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _kind_of_head(head: bytes) -> FileKind | None:
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileKind.WEBP
    return None


# --- files of before 2007, and locked ones of today, share one container -------------------------------


def _refused_ole(file, kinds):
    data = _read(file, 0, size_of(file))
    if "EncryptedPackage".encode("utf-16-le") in data:
        return LockedFile()
    if "WordDocument".encode("utf-16-le") in data:
        return OldOfficeFile()
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return OldOfficeFile(OLD_EXCEL)
    return WrongFileType.among(kinds)


# --- PDF -----------------------------------------------------------------------------------------------


def _check_pdf(file):
    size = size_of(file)
    data = _read(file, 0, size)
    if b"%%EOF" not in data[-2048:]:
        raise DamagedFile
    if data.rfind(b"PK\x05\x06", -65_557) > data.rfind(b"%%EOF"):
        raise UnsafeFile
    if PDF_ENCRYPTED.search(data):
        raise LockedFile


# --- Word and Excel ------------------------------------------------------------------------------------


def _office_kind(file, kinds) -> FileKind | None:
    """The kind of an archive; None when it is neither Word nor Excel."""
    _check_end_of_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_directory(entries, size_of(file))
            names = {entry.filename for entry in entries}
            if not {"[Content_Types].xml", "_rels/.rels"} <= names:
                raise WrongFileType.among(kinds)
            for entry in entries:
                _check_entry(archive, entry)
            return _kind_of_parts(archive.read("[Content_Types].xml"), names)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise DamagedFile from error


def _check_end_of_directory(file):
    """The archive is all there is in the file: nothing before it, nothing behind it, no second directory."""
    size = size_of(file)
    tail = _read(file, max(0, size - 65_557), 65_557)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END_OF_DIRECTORY.size:
        raise DamagedFile
    _, disk, first_disk, here, entries, length, offset, comment = END_OF_DIRECTORY.unpack_from(tail, at)
    if entries > MAX_ENTRIES or length > MAX_DIRECTORY_BYTES:
        raise UnsafeFile
    end = size - len(tail) + at
    if (disk, first_disk) != (0, 0) or here != entries or offset + length != end:
        raise UnsafeFile
    if end + END_OF_DIRECTORY.size + comment != size:
        raise UnsafeFile


def _check_directory(entries: list[zipfile.ZipInfo], size: int):
    """What the directory says of the entries, before one is opened."""
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise LockedFile
    names = [entry.filename for entry in entries]
    if any(MACRO_NAMES.search(name) for name in names):
        raise MacroFile
    if len({name.casefold() for name in names}) != len(names) or any(map(_is_outside, names)):
        raise UnsafeFile
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise UnsafeFile
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > max(RATIO_FROM_BYTES, MAX_RATIO * size):
        raise UnsafeFile
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise UnsafeFile
        end = entry.header_offset + entry.compress_size


def _is_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo):
    """Unpacked once, in pieces: its length and checksum are true, and there is no DTD in it."""
    before = b""
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            if not before:
                _check_encoding(piece)
            text = before + piece
            if any(word in text for word in DTD):
                raise UnsafeFile(DTD_FOUND)
            before = text[-OVERLAP:]


def _check_encoding(piece: bytes):
    """Only the encodings in which the search for a DTD sees it."""
    if piece.startswith(OTHER_ENCODINGS):
        raise UnsafeFile
    text = piece.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if text.startswith(b"<?xml"):
        declaration, end, _ = text.partition(b"?>")
        declared = DECLARED_ENCODING.search(declaration)
        if not end or (declared and declared[1].lower() not in ENCODINGS):
            raise UnsafeFile


def _kind_of_parts(types: bytes, names: set[str]) -> FileKind | None:
    types = types.replace(b"\0", b"")
    if b"macroEnabled" in types:
        raise MacroFile
    found = [kind for kind, main_part in MAIN_PARTS.items() if main_part in types]
    if len(found) > 1:
        raise UnsafeFile
    return found[0] if found else None
