"""Files that people bring: checked by their content, kept outside the web root under random names."""

import errno
import hashlib
import logging
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from models_dv.domain import photo_coding
from models_dv.domain.file_guards import recognise, size_of
from models_dv.domain.file_refusals import MAX_BYTES, EmptyFile, FileTooLarge, StorageFailed
from models_dv.enums import DOCUMENT_KINDS, PHOTO_KINDS, FileKind
from models_dv.models.files import private_files, random_name

logger = logging.getLogger(__name__)

MAX_NAME = 150
PIECE = 256 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT}
KNOWN_SUFFIXES = re.compile(
    r"(\.(docx?|docm|xlsx?|xlsm|pdf|jpe?g|png|webp|heic|exe|zip|html?))+$", re.IGNORECASE
)


@dataclass(frozen=True)
class StoredFile:
    """A file in the private storage; ``size`` and ``sha256`` are of the bytes that were kept."""

    name: str
    original_name: str
    size: int
    sha256: str
    kind: FileKind

    @property
    def content_type(self) -> str:
        """The media type it is handed out with."""
        return self.kind.content_type

    def fields(self) -> dict:
        """Values of the fields of ``models.files.StoredDocument``."""
        return {
            "file": self.name,
            "original_name": self.original_name,
            "content_type": self.content_type,
            "size": self.size,
            "sha256": self.sha256,
        }


@dataclass(frozen=True)
class StoredPhoto:
    """A photo in its two sizes; width and height in px of the large one, ``sha256`` of what was brought."""

    small: str
    large: str
    width: int
    height: int
    sha256: str

    def fields(self) -> dict:
        """Values of the fields of ``models.files.Photo``."""
        return {
            "small": self.small,
            "large": self.large,
            "width": self.width,
            "height": self.height,
            "sha256": self.sha256,
        }


def check_file(uploaded, *, kinds: Iterable[FileKind] = DOCUMENT_KINDS) -> FileKind:
    """What the file is by its content, if it is whole, harmless and of ``kinds``; else a ``FileRefused``.

    ``uploaded`` is any open binary file; its place is put back to the start. ``StorageFailed`` when the
    server could not even take it in (marked ``not_kept``).
    """
    kinds = frozenset(kinds)
    if getattr(uploaded, "not_kept", False):
        raise StorageFailed(full=True)
    size = size_of(uploaded)
    if size == 0:
        raise EmptyFile
    if size > MAX_BYTES or (getattr(uploaded, "size", None) or 0) > MAX_BYTES:
        raise FileTooLarge
    try:
        kind = recognise(uploaded, kinds=kinds)
        if kind in PHOTO_KINDS:
            photo_coding.check_photo(uploaded, kind)
    finally:
        uploaded.seek(0)
    return kind


def store_file(uploaded, *, folder: str, kinds: Iterable[FileKind] = DOCUMENT_KINDS) -> StoredFile:
    """Check and keep a file. A photo among them is written anew, so that nothing unseen stays in it.

    ``folder`` is a directory of the private storage. Raises ``FileRefused`` or ``StorageFailed``; then
    nothing was kept.
    """
    kind = check_file(uploaded, kinds=kinds)
    pieces = [photo_coding.rewritten(uploaded, kind)] if kind in PHOTO_KINDS else _pieces(uploaded)
    name = random_name(folder, f".{kind.value}")
    size, sha256 = _keep(name, pieces)
    return StoredFile(name, clean_name(getattr(uploaded, "name", "") or "", kind), size, sha256, kind)


def store_photo(uploaded, *, folder: str) -> StoredPhoto:
    """Check a photo and keep its two WebP sizes, without metadata; what was brought is not kept.

    Raises as ``store_file``.
    """
    kind = check_file(uploaded, kinds=PHOTO_KINDS)
    digest = hashlib.sha256()
    for piece in _pieces(uploaded):
        digest.update(piece)
    small_bytes, large_bytes, (width, height) = photo_coding.two_sizes(uploaded, kind)
    small, large = random_name(folder, ".webp"), random_name(folder, ".webp")
    _keep(small, [small_bytes])
    try:
        _keep(large, [large_bytes])
    except StorageFailed:
        _remove([small])
        raise
    return StoredPhoto(small, large, width, height, digest.hexdigest())


@contextmanager
def with_their_row(*names: str) -> Iterator[None]:
    """One transaction for the row of files that are kept already; where it fails, the files go again.

    Files are checked and written before it, so that no other save waits for that.
    """
    try:
        with transaction.atomic():
            yield
    except Exception:
        remove_stored(names)
        raise


def remove_stored(names: Iterable[str]) -> None:
    """Remove files of the private storage once the transaction has gone through."""
    transaction.on_commit(partial(_remove, [name for name in names if name]))


def clean_name(name: str, kind: FileKind) -> str:
    """What the person called the file, safe to show and to save under, ending as its content says."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    text = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)
    text = re.sub(r'[<>:"|?*]', " ", text)
    text = " ".join(text.split()).strip(". ")
    suffix = f".{kind.value}"
    if text.lower().endswith(".jpeg") and kind is FileKind.JPEG:
        suffix = text[-5:]
    stem = KNOWN_SUFFIXES.sub("", text).strip(". ") or "tep"
    return stem[: MAX_NAME - len(suffix)].rstrip(". ") + suffix.lower()


def _pieces(uploaded) -> Iterable[bytes]:
    uploaded.seek(0)
    while piece := uploaded.read(PIECE):
        yield piece


def _keep(name: str, pieces: Iterable[bytes]) -> tuple[int, str]:
    """Write beside the storage's files, then give it its name at once: nobody meets half a file."""
    storage = private_files()
    digest, size = hashlib.sha256(), 0
    try:
        with _Draft(storage) as draft:
            for piece in pieces:
                draft.file.write(piece)
                digest.update(piece)
                size += len(piece)
            draft.settle()
            storage.save(name, draft)
    except OSError as error:
        logger.exception("A file could not be stored")
        _remove([name])
        raise StorageFailed(full=error.errno in FULL) from error
    return size, digest.hexdigest()


class _Draft(File):
    """A temporary file on the storage's own disk; Django's storage renames what names its path."""

    def __init__(self, storage):
        directory = storage.location if isinstance(storage, FileSystemStorage) else None
        if directory:
            os.makedirs(directory, exist_ok=True)
        handle, self.path = tempfile.mkstemp(dir=directory, prefix=".dang-ghi-")
        super().__init__(os.fdopen(handle, "w+b"))

    def temporary_file_path(self) -> str:
        """Where it lies now."""
        return self.path

    def settle(self):
        """Let the bytes reach the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.seek(0)

    def __exit__(self, *error):
        self.file.close()
        Path(self.path).unlink(missing_ok=True)


def _remove(names: Iterable[str]) -> None:
    storage = private_files()
    for name in names:
        try:
            storage.delete(name)
        except OSError:
            logger.exception("File %s could not be removed", PurePosixPath(name).name)
