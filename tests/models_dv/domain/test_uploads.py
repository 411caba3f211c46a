"""Keeping files: whole or not at all, under random names, photos without anything that is not seen."""

import errno
import hashlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from PIL import Image, ImageCms

from models_dv.domain.file_refusals import FileRefused, StorageFailed
from models_dv.domain.uploads import clean_name, remove_stored, store_file, store_photo, with_their_row
from models_dv.enums import FileKind
from models_dv.models.files import private_files
from tests.models_dv.domain.uploaded import PDF, brought, chunks_of_webp, exif, office, picture

STORAGE = "django.core.files.storage.FileSystemStorage"
FULL = "Máy chủ hết chỗ chứa, tệp chưa được lưu. Báo người quản trị, sau đó tải tệp lên lần nữa"
FAILED = "Máy chủ chưa ghi được tệp, tệp chưa được lưu. Tải lại sau ít phút; nếu vẫn lỗi, báo người quản trị"


class FullAfter(FileSystemStorage):
    """A disk on which so many files find place."""

    def __init__(self, *args, places: int = 0, error: int = errno.ENOSPC, **kwargs):
        super().__init__(*args, **kwargs)
        self.places, self.error = places, error

    def _save(self, name, content):
        if not self.places:
            Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
            Path(self.path(name)).write_bytes(b"half")
            raise OSError(self.error, "no place")
        self.places -= 1
        return super()._save(name, content)


@pytest.fixture
def store(settings, tmp_path):
    """The private storage in a directory of its own; call it to put another kind of storage there."""

    def use(backend: str = STORAGE, **options) -> Path:
        private = {"BACKEND": backend, "OPTIONS": {"location": tmp_path, **options}}
        settings.STORAGES = {**settings.STORAGES, "private": private}
        return tmp_path

    use()
    return use


def files_in(directory: Path) -> list[str]:
    return sorted(str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file())


def kept(name: str) -> bytes:
    with private_files().open(name) as file:
        return file.read()


def opened(name: str) -> Image.Image:
    return Image.open(BytesIO(kept(name)))


# --- documents -----------------------------------------------------------------------------------------


def test_a_document_is_kept_whole_under_a_random_name(store):
    data = office()
    stored = store_file(brought(data, "C:\\Users\\x\\Báo cáo.docx"), folder="tai-lieu")
    assert re.fullmatch(r"tai-lieu/\d{4}/\d{2}/[0-9a-f]{32}\.docx", stored.name)
    assert kept(stored.name) == data
    assert stored.fields() == {
        "file": stored.name,
        "original_name": "Báo cáo.docx",
        "content_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    assert files_in(store()) == [stored.name]


def test_the_file_is_not_for_others_to_read(store, settings):
    stored = store_file(brought(PDF), folder="tai-lieu")
    assert Path(private_files().path(stored.name)).stat().st_mode & 0o777 == settings.FILE_UPLOAD_PERMISSIONS


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ("Biên bản\r\nSet-Cookie: a.pdf", FileKind.PDF, "Biên bản Set-Cookie a.pdf"),
        ("thu\u202efdp.exe", FileKind.PDF, "thu fdp.pdf"),
        ("baocao.pdf.exe", FileKind.PDF, "baocao.pdf"),
        ("Ba\u0301o ca\u0301o.DOCX", FileKind.DOCX, "Báo cáo.docx"),
        ("kế hoạch 138.2026", FileKind.XLSX, "kế hoạch 138.2026.xlsx"),
        ("hoi-nghi.JPEG", FileKind.JPEG, "hoi-nghi.jpeg"),
        ("", FileKind.PNG, "tep.png"),
        ("...", FileKind.PNG, "tep.png"),
        ("a" * 400 + ".pdf", FileKind.PDF, "a" * 146 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_the_content_says(name, kind, clean):
    assert clean_name(name, kind) == clean


def test_a_picture_brought_as_a_document_loses_what_is_not_seen(store):
    data = picture(exif=exif(), comment=b"SECRET") + b"PK\x03\x04 hidden behind"
    stored = store_file(brought(data, "anh.jpg"), folder="minh-chung")
    image = opened(stored.name)
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1600, 1200), {})
    assert not [word for word in (b"SECRET", b"hidden", b"CAMERA", b"Exif") if word in kept(stored.name)]
    assert (stored.size, stored.sha256) == (
        len(kept(stored.name)),
        hashlib.sha256(kept(stored.name)).hexdigest(),
    )


@pytest.mark.parametrize("image_format", ["PNG", "WEBP"])
def test_a_picture_brought_as_a_document_keeps_its_format(store, image_format):
    stored = store_file(brought(picture((5000, 1000), image_format), "a"), folder="minh-chung")
    assert (opened(stored.name).format, opened(stored.name).size) == (image_format, (4000, 800))


@pytest.mark.parametrize(
    "head", [office()[:-1], office()[:100], picture()[:-500], picture()[:30], PDF[:-6], PDF[:8]]
)
def test_an_upload_cut_off_leaves_no_file(store, head):
    with pytest.raises(FileRefused):
        store_file(brought(head), folder="tai-lieu")
    assert files_in(store()) == []


@pytest.mark.parametrize(
    ("error", "words"), [(errno.ENOSPC, FULL), (errno.EDQUOT, FULL), (errno.EIO, FAILED)]
)
def test_a_full_disk_is_told_and_leaves_no_half_file(store, error, words, caplog):
    directory = store(f"{__name__}.FullAfter", error=error)
    with pytest.raises(StorageFailed) as failed:
        store_file(brought(PDF), folder="tai-lieu")
    assert failed.value.message == words
    assert files_in(directory) == []
    assert [record.message for record in caplog.records] == ["A file could not be stored"]


def test_a_disk_full_after_the_small_photo_leaves_neither(store):
    directory = store(f"{__name__}.FullAfter", places=1)
    with pytest.raises(StorageFailed):
        store_photo(brought(picture()), folder="anh")
    assert files_in(directory) == []


def test_a_storage_that_is_no_directory_is_told(store, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    store(location=tmp_path / "file")
    with pytest.raises(StorageFailed) as failed:
        store_file(brought(PDF), folder="tai-lieu")
    assert failed.value.message == FAILED


# --- photos --------------------------------------------------------------------------------------------


def test_a_photo_is_kept_in_two_sizes(store):
    data = picture((1600, 1200))
    stored = store_photo(brought(data, "IMG_1.jpg"), folder="anh")
    assert (stored.width, stored.height, stored.sha256) == (1200, 900, hashlib.sha256(data).hexdigest())
    assert [(opened(name).format, opened(name).size) for name in (stored.small, stored.large)] == [
        ("WEBP", (720, 540)),
        ("WEBP", (1200, 900)),
    ]
    assert files_in(store()) == sorted([stored.small, stored.large])
    assert set(stored.fields()) == {"small", "large", "width", "height", "sha256"}


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((640, 480), (640, 480), (640, 480)),
        ((1000, 500), (1000, 500), (720, 360)),
        ((900, 9000), (240, 2400), (144, 1440)),
        ((6000, 4), (1200, 1), (720, 1)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_a_photo_is_fitted_and_never_made_larger(store, size, large, small):
    stored = store_photo(brought(picture(size, "PNG")), folder="anh")
    assert (opened(stored.large).size, opened(stored.small).size) == (large, small)
    assert (stored.width, stored.height) == large


def test_place_camera_and_preview_are_dropped(store):
    data = picture(
        exif=exif(), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    assert b"CAMERA-MAKER" in data
    stored = store_photo(brought(data), folder="anh")
    for name in (stored.small, stored.large):
        assert chunks_of_webp(kept(name)) == [b"VP8 "]
        assert dict(opened(name).getexif()) == {}


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (1200, 600), (50, 50)),
        (3, (1200, 600), (1150, 550)),
        (6, (1200, 2400), (1150, 50)),
        (8, (1200, 2400), (50, 2350)),
    ],
)
def test_a_photo_is_turned_upright(store, orientation, size, red_at):
    stored = store_photo(brought(picture((2600, 1300), exif=exif(orientation))), folder="anh")
    image = opened(stored.large)
    assert image.size == size
    red, green, _ = image.getpixel(red_at)
    assert red - green > 100


def test_the_same_photo_gives_the_same_bytes(store):
    data = picture(exif=exif(6))
    first, second = (store_photo(brought(data), folder="anh") for _ in range(2))
    assert first.small != second.small
    assert kept(first.small) == kept(second.small)
    assert kept(first.large) == kept(second.large)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16", "CMYK", "RGB"])
def test_every_kind_of_colour_becomes_rgb(store, mode):
    target = BytesIO()
    image = (
        Image.new("I", (80, 60), 40_000).convert("I;16")
        if mode == "I;16"
        else Image.new("RGB", (80, 60), "white")
    )
    image = image if mode == "I;16" else image.convert(mode)
    image.save(target, "JPEG" if mode == "CMYK" else "PNG")
    shown = opened(store_photo(brought(target.getvalue()), folder="anh").large)
    assert shown.mode == "RGB"
    assert min(shown.getpixel((40, 30))) > (150 if mode == "I;16" else 250)


def test_what_is_transparent_becomes_white(store):
    target = BytesIO()
    Image.new("RGBA", (80, 60), (0, 0, 0, 0)).save(target, "PNG")
    assert opened(store_photo(brought(target.getvalue()), folder="anh").large).getpixel((40, 30)) == (
        255,
        255,
        255,
    )


def test_a_profile_that_cannot_be_used_is_left_out(store):
    stored = store_photo(brought(picture(icc_profile=b"no profile")), folder="anh")
    assert chunks_of_webp(kept(stored.large)) == [b"VP8 "]


def test_a_document_is_no_photo(store):
    with pytest.raises(FileRefused) as refused:
        store_photo(brought(PDF), folder="anh")
    assert refused.value.message == "Tệp phải là ảnh JPEG, ảnh PNG hoặc ảnh WebP"


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_broken_photo_is_refused_or_taken_but_never_an_unknown_error(store, image_format):
    data = picture((64, 48), image_format, exif=exif())
    outcomes = set()
    for place in range(12, len(data), len(data) // 60):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        try:
            outcomes.add(store_photo(brought(bytes(broken)), folder="anh").width)
        except FileRefused:
            outcomes.add(None)
    assert {None, 64} <= outcomes


# --- removing ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_files_go_when_the_transaction_has_gone_through(store):
    stored = store_photo(brought(picture()), folder="anh")
    with transaction.atomic():
        remove_stored([stored.small, stored.large, "", "anh/da-mat.webp"])
        assert len(files_in(store())) == 2
    assert files_in(store()) == []


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_the_transaction_fails(store):
    stored = store_file(brought(PDF), folder="tai-lieu")
    with pytest.raises(RuntimeError), transaction.atomic():
        remove_stored([stored.name])
        raise RuntimeError
    assert files_in(store()) == [stored.name]


@pytest.mark.django_db(transaction=True)
def test_files_go_when_their_row_fails_and_stay_with_it(store):
    kept, lost = (store_file(brought(PDF), folder="tai-lieu") for _file in range(2))
    with with_their_row(kept.name):
        pass
    with pytest.raises(RuntimeError), with_their_row(lost.name):
        raise RuntimeError
    assert files_in(store()) == [kept.name]
