"""What a file is: its fonts, properties, tags; the same bytes each time; nothing fetched to make it."""

import gc
import hashlib
import io
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest

from reports.documents.content import DocumentSection
from reports.documents.layout import lay_out, nothing_collected
from reports.documents.pdf import (
    VIETNAMESE_LETTERS,
    render_report_pdf,
    render_summary_pdf,
    vietnamese_font_is_installed,
)
from tests.reports.documents.reading import embedded_fonts, properties, text_of
from tests.reports.documents.samples import (
    a_report,
    a_summary,
    full_figures,
    full_sections,
)


@pytest.fixture(scope="module")
def one_section() -> bytes:
    return render_report_pdf(a_report())


@pytest.fixture(scope="module")
def full() -> bytes:
    return render_report_pdf(a_report(sections=full_sections(), figure_groups=full_figures(own="3")))


def test_every_vietnamese_letter_is_in_embedded_fonts_and_can_be_copied():
    letters = VIETNAMESE_LETTERS + VIETNAMESE_LETTERS.upper()
    assert len(set(letters)) == 134
    spaced = " ".join(letters)
    content = a_report(place=spaced, sections=[DocumentSection("", spaced, 1, spaced)])
    pdf = render_report_pdf(content)
    assert embedded_fonts(pdf) == {
        "Liberation-Serif": True,
        "Liberation-Serif-Bold": True,
        "Liberation-Serif-Italic": True,
    }
    text = text_of(pdf)
    assert [letter for letter in letters if text.count(letter) < 3] == []


def test_the_font_of_the_documents_is_there():
    assert vietnamese_font_is_installed() is True


def test_properties_say_title_body_and_date_and_no_more(one_section):
    found = properties(one_section)
    assert found.pop("/Producer").startswith("WeasyPrint ")
    assert found == {
        "/Title": "Báo cáo kết quả công tác dân vận 6 tháng đầu năm 2026",
        "/Author": "Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà Tĩnh",
        "/CreationDate": "D:20260705",
        "/ModDate": "D:20260705",
    }


def test_the_file_is_tagged_and_vietnamese(one_section):
    with pikepdf.open(io.BytesIO(one_section)) as document:
        assert str(document.Root.Lang) == "vi"
        assert bool(document.Root.MarkInfo.Marked) is True
        assert document.open_metadata()["pdfuaid:part"] == "1"
        outline = document.open_outline()
        assert [item.title for item in outline.root] == [
            "BÁO CÁO kết quả công tác dân vận 6 tháng đầu năm 2026"
        ]
        assert [item.title for item in outline.root[0].children] == ["I- Đặc điểm tình hình"]


def test_the_same_content_gives_the_same_bytes(full):
    content = a_report(sections=full_sections(), figure_groups=full_figures(own="3"))
    render_summary_pdf(a_summary())
    found = []
    thread = threading.Thread(target=lambda: found.append(render_report_pdf(content)))
    thread.start()
    thread.join()
    assert found == [full]
    assert render_report_pdf(a_report(number=139)) != render_report_pdf(a_report())


def test_garbage_is_collected_again_after_a_paper_and_after_a_failure(one_section):
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), nothing_collected():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def test_another_process_gives_the_same_bytes(one_section):
    program = (
        "import django, hashlib; django.setup()\n"
        "from reports.documents.pdf import render_report_pdf\n"
        "from tests.reports.documents.samples import a_report\n"
        "print(hashlib.sha256(render_report_pdf(a_report())).hexdigest())"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(one_section).hexdigest()


class CountingHandler(BaseHTTPRequestHandler):
    """Counts what is asked of it."""

    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *args):
        pass


@pytest.fixture
def web_server():
    """A server on this machine and the list of paths asked of it."""
    handler = type("Handler", (CountingHandler,), {"asked": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", handler.asked
        server.shutdown()
        thread.join()


def test_nothing_is_fetched_from_the_web_or_the_disk(web_server, tmp_path):
    address, asked = web_server
    secret = tmp_path / "secret.txt"
    secret.write_text("NOT FOR THE PDF", encoding="utf-8")
    html = (
        f'<html lang=vi><link rel=stylesheet href="{address}/a.css"><link rel=attachment href="{secret.as_uri()}">'
        f"<style>@import url({address}/b.css); @font-face {{ font-family: x; src: url({address}/c.woff2) }}"
        f"p {{ background: url({address}/d.png); font-family: x }}</style>"
        f'<p>Lời<img src="{address}/e.png"><img src="{secret.as_uri()}"><embed src="{address}/f.svg">'
    )
    pdf = lay_out(html, "").write_pdf(uncompressed_pdf=True)
    assert asked == []
    assert b"NOT FOR THE PDF" not in pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.attachments) == 0
