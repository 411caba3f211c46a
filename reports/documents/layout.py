"""WeasyPrint behind one function. Importing it takes longer than all else together, so that only a process which
makes a paper imports this module (``pdf.py`` does, on its first paper; the server does when it starts)."""

import threading
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


@lru_cache(maxsize=8)
def _parsed(css: str) -> CSS:
    return CSS(string=css)


def _font_configuration() -> FontConfiguration:
    """Fonts are looked up once a thread, not once a document; Pango shares none of it between threads."""
    if not hasattr(_of_this_thread, "fonts"):
        _of_this_thread.fonts = FontConfiguration()
    return _of_this_thread.fonts
