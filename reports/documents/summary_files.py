"""The PDF of a published version as a file: laid out once, then read from the disk.

A file is named by a hash of what it says and of how it is laid out, so that it never has to be renewed: a
correction or another layout has another name. It may be deleted at any time; the next download makes it again.
"""

import hashlib
import os
import re
import tempfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.core.files.storage import storages
from django.template.loader import get_template

from models_dv.vietnamese.numbers import format_number
from reports.documents.content import SummaryContent
from reports.documents.pdf import render_summary_pdf
from reports.documents.summary_builder import summary_content
from reports.domain.public_reading import PublicReport

DIRECTORY = "ban-tom-tat"
KILOBYTE = 1024
_LAYOUT = (
    "documents/summary.html",
    "documents/summary.css",
    "documents/figures.html",
    "components/narrative.html",
)
_OBJECT_STREAM = re.compile(rb"/Type /ObjStm\b.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True)
class SummaryFile:
    """A file on the disk: pages and size in bytes, for the words beside its link."""

    path: Path
    pages: int
    size: int

    @property
    def description(self) -> str:
        """“14 trang · 412 KB”."""
        return f"{format_number(self.pages)} trang · {format_number(max(1, round(self.size / KILOBYTE)))} KB"


def ready_file(report: PublicReport) -> SummaryFile | None:
    """The file of this version when it has been laid out already; nothing is made."""
    return _find(_key(summary_content(report)))


def summary_file(report: PublicReport) -> SummaryFile:
    """The file of this version, laid out now when it is not there yet."""
    content = summary_content(report)
    key = _key(content)
    return _find(key) or _write(key, render_summary_pdf(content))


def _key(content: SummaryContent) -> str:
    return hashlib.sha256(f"{_layout_digest()}\n{content!r}".encode()).hexdigest()[:40]


@lru_cache(maxsize=1)
def _layout_digest() -> str:
    sources = [get_template(name).template.source for name in _LAYOUT]
    return hashlib.sha256("\n".join([version("weasyprint"), *sources]).encode()).hexdigest()


def _directory(key: str) -> Path:
    return Path(storages["private"].path(DIRECTORY)) / key[:2]


def _find(key: str) -> SummaryFile | None:
    for path in _directory(key).glob(f"{key}-*.pdf"):
        return SummaryFile(path, pages=int(path.stem.rpartition("-")[2]), size=path.stat().st_size)
    return None


def _write(key: str, data: bytes) -> SummaryFile:
    """Write beside, then rename: a reader or a second writer never meets half a file."""
    pages = count_pages(data)
    path = _directory(key) / f"{key}-{pages}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return SummaryFile(path, pages, len(data))


def count_pages(data: bytes) -> int:
    """Pages of a PDF that WeasyPrint wrote (its page objects stand in compressed object streams)."""
    streams = [zlib.decompress(body) for body in _OBJECT_STREAM.findall(data)]
    return sum(len(_PAGE.findall(part)) for part in [data, *streams])
