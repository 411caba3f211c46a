"""Handing out stored files, and taking them in."""

import errno

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from models_dv.domain.uploads import check_file, store_file, store_photo
from models_dv.enums import FileKind
from models_dv.models.conferences import ConferencePaper, ConferencePhoto
from models_dv.models.files import private_files
from models_dv.views.files import answers_uploads, send_photo, send_private
from models_dv.views.upload_handlers import DiskUploadHandler
from tests.models_dv.domain.uploaded import PDF, brought, office, picture

# The end of an answer looks after the connection to the database.
pytestmark = pytest.mark.django_db

HANDLERS = [
    "models_dv.views.upload_handlers.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "models_dv.views.upload_handlers.DiskUploadHandler",
]


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


@pytest.fixture
def paper():
    return ConferencePaper(**store_file(brought(office(), "Báo cáo quý I.docx"), folder="tai-lieu").fields())


@pytest.fixture
def photo():
    return ConferencePhoto(**store_photo(brought(picture()), folder="anh").fields())


def get(**headers):
    return RequestFactory().get("/", headers=headers)


def body(response) -> bytes:
    data = b"".join(response.streaming_content)
    response.close()
    return data


def test_a_document_is_saved_under_its_own_name(paper):
    response = send_private(get(), paper)
    assert body(response) == office()
    assert dict(response.headers) == {
        "Content-Type": paper.content_type,
        "Content-Length": str(paper.size),
        "Content-Disposition": "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20I.docx",
        "ETag": f'"{paper.sha256}"',
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }


def test_only_a_pdf_is_shown_in_the_browser(paper):
    pdf = ConferencePaper(**store_file(brought(PDF, "a.pdf"), folder="tai-lieu").fields())
    ways = [send_private(get(), shown, as_attachment=False) for shown in (pdf, paper)]
    assert [response["Content-Disposition"].split(";")[0] for response in ways] == ["inline", "attachment"]
    for response in ways:
        response.close()


def test_who_has_the_file_is_told_so(paper):
    response = send_private(get(If_None_Match=f'"{paper.sha256}"'), paper)
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == f'"{paper.sha256}"'


def test_a_lost_file_is_not_found_and_logged(paper, caplog):
    private_files().delete(paper.file)
    with pytest.raises(Http404):
        send_private(get(), paper)
    assert [record.message for record in caplog.records] == [f"A stored file is lost: {paper.file}"]


@pytest.mark.parametrize(
    ("options", "cache"),
    [
        ({}, "private, no-cache"),
        ({"by_hash": True}, "private, no-cache"),
        ({"public": True}, "public, max-age=0, must-revalidate"),
        ({"public": True, "by_hash": True}, "public, max-age=31536000, immutable"),
    ],
)
def test_how_long_a_photo_may_be_kept(photo, options, cache):
    response = send_photo(get(), photo, "small", **options)
    assert response["Cache-Control"] == cache
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert body(response)[8:12] == b"WEBP"


def test_the_two_sizes_have_tags_of_their_own(photo):
    tags = {size: send_photo(get(), photo, size) for size in ("small", "large")}
    assert {size: response["ETag"] for size, response in tags.items()} == {
        "small": f'"{photo.sha256}-small"',
        "large": f'"{photo.sha256}-large"',
    }
    for response in tags.values():
        response.close()
    assert send_photo(get(If_None_Match=f'"{photo.sha256}-small"'), photo, "small").status_code == 304


@pytest.mark.parametrize("size", ["", "sha256", "original", "../small"])
def test_there_are_two_sizes_only(photo, size):
    with pytest.raises(Http404):
        send_photo(get(), photo, size)


# --- taking in -----------------------------------------------------------------------------------------


def test_the_script_is_told_where_to_go():
    view = answers_uploads(lambda request: HttpResponseRedirect("/lam-viec/#anh"))
    by_script, by_browser = view(get(X_Upload="1")), view(get())
    assert (by_script.status_code, by_script["X-Location"]) == (204, "/lam-viec/#anh")
    assert (by_browser.status_code, by_browser["Location"]) == (302, "/lam-viec/#anh")


def test_a_form_that_comes_back_is_left_alone():
    response = answers_uploads(lambda request: HttpResponse("form", status=200))(get(X_Upload="1"))
    assert (response.status_code, response.content) == (200, b"form")


@pytest.fixture
def uploaded(settings):
    """Take in the bytes as an upload; the file is closed at the end."""
    settings.FILE_UPLOAD_HANDLERS = HANDLERS
    files = []

    def take(data: bytes):
        files.append(RequestFactory().post("/", {"paper": brought(data, "a.pdf")}).FILES["paper"])
        return files[-1]

    yield take
    for file in files:
        file.close()


@pytest.mark.parametrize("length", [1_000, 4 * 1024 * 1024])
def test_uploads_arrive_whole(uploaded, length):
    data = PDF[:9] + b"%" * length + PDF
    file = uploaded(data)
    assert (check_file(file), file.read()) == (FileKind.PDF, data)


def test_of_a_far_too_large_upload_little_more_than_the_limit_is_kept(uploaded):
    file = uploaded(bytes(30 * 1024 * 1024))
    assert 10 * 1024 * 1024 < file.size <= 10 * 1024 * 1024 + 128 * 1024


class NoPlace(TemporaryFileUploadHandler):
    """What stands below ours: a disk that fills while it is written."""

    def receive_data_chunk(self, raw_data, start):
        raise OSError(errno.ENOSPC, "No space left on device")


class OnFullDisk(DiskUploadHandler, NoPlace):
    """Ours on such a disk."""


@pytest.mark.parametrize("directory", ["/dev/null/none", None])
def test_a_disk_without_place_is_no_error_page(uploaded, settings, directory, caplog):
    settings.FILE_UPLOAD_HANDLERS = [HANDLERS[0], f"{__name__}.OnFullDisk"]
    settings.FILE_UPLOAD_TEMP_DIR = directory
    assert uploaded(PDF).not_kept
    assert {record.message for record in caplog.records} == {"An upload could not be written"}
