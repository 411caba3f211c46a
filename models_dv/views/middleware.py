"""What every request and answer carries besides Django's own."""

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse

from models_dv import request_id
from models_dv.views.errors import not_allowed
from models_dv.views.typed import SESSION_OVER, is_kept, typed_page

PRIVATE = "private, no-store"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class RequestIdMiddleware:
    """Gives each request an id for the log and the error page, and sends it as X-Request-ID."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = request_id.new()
        token = request_id.current.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.current.reset(token)
        response["X-Request-ID"] = request.id
        return response


class PrivateSessionMiddleware(SessionMiddleware):
    """Django's own; besides, an answer for which the session was read is kept by nobody.

    A session cookie that no portal wrote is left unread: PostgreSQL refuses some of what can stand in one.
    """

    def process_request(self, request):
        """Open the session named by the cookie."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request, response):
        """Say so to browsers and proxies, unless the view has said something itself."""
        if request.session.accessed:
            response.setdefault("Cache-Control", PRIVATE)
        return super().process_response(request, response)


class LoginRequiredUnlessPublicMiddleware(LoginRequiredMiddleware):
    """Signed-in people only, except where a view says ``login_not_required``.

    Django's own asks who the user is before it looks at the view; a public page would then read the session.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """To the sign-in page; who sent a form gets back what he typed, a script that sends files a plain 401."""
        if request.method == "POST" and request.headers.get("X-Upload"):
            return HttpResponse(SESSION_OVER, status=401, content_type="text/plain; charset=utf-8")
        if is_kept(request):
            return typed_page(request, SESSION_OVER, status=401)
        return super().handle_no_permission(request, view_func)


class NotAllowedPageMiddleware:
    """A page in words for a browser that opened the address of an act; the bare answer says nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if (
            response.status_code != 405
            or response.content
            or "text/html" not in request.headers.get("Accept", "")
        ):
            return response
        page = not_allowed(request)
        page["Allow"] = response["Allow"]
        return page


class PermissionsPolicyMiddleware:
    """Tells the browser that the portal uses none of its devices."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
