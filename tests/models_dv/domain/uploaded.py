"""Files as people and attackers bring them, made in memory."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
GPS_IFD, ORIENTATION = 0x8825, 0x0112


def brought(data: bytes, name: str = "tep.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def types(main: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><Types><Override ContentType="{main}"/></Types>'.encode()


def archive(entries: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return target.getvalue()


def office(main: str = WORD, body: bytes = b"<w:document/>", **more: bytes) -> bytes:
    entries = {
        "[Content_Types].xml": types(main),
        "_rels/.rels": b"<Relationships/>",
        "word/document.xml": body,
    }
    return archive(entries | more.get("entries", {}))


def picture(size=(1600, 1200), image_format="JPEG", **options) -> bytes:
    """A gradient with a red left half: what is up and what is left can be seen."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    target = BytesIO()
    image.save(target, image_format, **options)
    return target.getvalue()


def moving(image_format: str) -> bytes:
    """A picture of two frames."""
    target = BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    first.save(target, image_format, save_all=True, append_images=[second], duration=100)
    return target.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Written by a phone: where it was taken, by which camera, how it was held."""
    made = Image.Exif()
    made[ORIENTATION] = orientation
    made[0x010F] = "CAMERA-MAKER"
    made.get_ifd(GPS_IFD).update({1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 12.0)})
    return made


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def chunks_of_webp(data: bytes) -> list[bytes]:
    """Names of the parts of a WebP file."""
    found, place = [], 12
    while place < len(data):
        found.append(data[place : place + 4])
        length = struct.unpack_from("<I", data, place + 4)[0]
        place += 8 + length + length % 2
    return found
