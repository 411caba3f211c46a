"""What every request and answer carries besides Django's own."""

from django.contrib.auth.middleware import LoginRequiredMiddleware

from models_dv import request_id

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


class LoginRequiredUnlessPublicMiddleware(LoginRequiredMiddleware):
    """Signed-in people only, except where a view says ``login_not_required``.

    Django's own asks who the user is before it looks at the view; a public page would then read the session.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class PermissionsPolicyMiddleware:
    """Tells the browser that the portal uses none of its devices."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
