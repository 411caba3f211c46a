"""Handing out files of the private storage. Whether the person may have one is asked by the caller, before."""

import logging
from functools import wraps

from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response

from models_dv.enums import FileKind
from models_dv.models.files import Photo, StoredDocument, private_files

logger = logging.getLogger(__name__)

STAFF_CACHE = "private, no-cache"
PUBLIC_CACHE = "public, max-age=0, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"
SIZES = ("small", "large")
GONE = "Tệp không còn trên máy chủ. Báo người quản trị"


def send_private(request, stored: StoredDocument, *, as_attachment: bool = True):
    """The file under the name its owner gave it, for those who may read it; 304 when they have it, 404 when lost.

    Only a PDF is ever shown in the browser (``as_attachment=False``); all else is saved.
    """
    inline = not as_attachment and stored.content_type == FileKind.PDF.content_type
    return _send(
        request,
        stored.file,
        etag=stored.sha256,
        content_type=stored.content_type,
        cache=STAFF_CACHE,
        as_attachment=not inline,
        filename=stored.original_name,
    )


def send_photo(request, photo: Photo, size: str, *, public: bool = False, by_hash: bool = False):
    """One size (“small”, “large”) of a photo; another word gives 404.

    ``public``: caches may keep it. ``by_hash``: its address holds its hash, so it is never asked for again;
    a public photo at such an address stays in caches after it has been withdrawn.
    """
    if size not in SIZES:
        raise Http404
    cache = (FOREVER if by_hash else PUBLIC_CACHE) if public else STAFF_CACHE
    return _send(
        request,
        getattr(photo, size),
        etag=f"{photo.sha256}-{size}",
        content_type=FileKind.WEBP.content_type,
        cache=cache,
        filename=f"anh-{photo.sha256[:12]}.webp",
    )


def answers_uploads(view):
    """For a view that takes files: tell ``upload.js`` where to go instead of sending it there itself.

    A browser would follow a redirect behind the script's back and use up the message for the next page.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if (
            request.headers.get("X-Upload")
            and 300 <= response.status_code < 400
            and response.has_header("Location")
        ):
            return HttpResponse(status=204, headers={"X-Location": response["Location"]})
        return response

    return answered


def _send(
    request,
    name: str,
    *,
    etag: str,
    content_type: str,
    cache: str,
    filename: str,
    as_attachment: bool = False,
):
    tag = f'"{etag}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        try:
            file = private_files().open(name, "rb")
        except FileNotFoundError as error:
            logger.error("A stored file is lost: %s", name)
            raise Http404(GONE) from error
        response = FileResponse(
            file, as_attachment=as_attachment, filename=filename, content_type=content_type
        )
    response["ETag"] = tag
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    return response
