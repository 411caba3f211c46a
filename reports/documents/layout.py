"""WeasyPrint behind one function. Importing it takes longer than all else together, so that only a process which
makes a paper imports this module (``pdf.py`` does, on its first paper; the server does when it starts)."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

PDF_OPTIONS = {"pdf_variant": "pdf/ua-1", "presentational_hints": True}
_of_this_thread = threading.local()


def lay_out(html: str, css: str) -> Document:
    """Pages of HTML made by our own templates. No address in it is followed, only ``data:`` is read."""
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    return HTML(string=html, url_fetcher=fetcher).render(
        font_config=_font_configuration(), stylesheets=[_parsed(css)], **PDF_OPTIONS
    )


@contextmanager
def nothing_collected() -> Iterator[None]:
    """No looking for garbage while a paper is made, which saves a quarter of the time.

    Nearly everything that is made for a paper is needed until it is written; afterwards it goes in one piece. Of
    two papers made at once the first to end lets the collector in again: the other takes longer, no more.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@lru_cache(maxsize=8)
def _parsed(css: str) -> CSS:
    return CSS(string=css)


def _font_configuration() -> FontConfiguration:
    """Fonts are looked up once a thread, not once a document; Pango shares none of it between threads."""
    if not hasattr(_of_this_thread, "fonts"):
        _of_this_thread.fonts = FontConfiguration()
    return _of_this_thread.fonts
