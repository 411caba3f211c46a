"""Error pages that need more than their template."""

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import page_not_found, permission_denied

from models_dv import request_id
from models_dv.views.typed import FORM_OLD, comes_from_here, is_kept, typed_page

RETRY_AFTER_SECONDS = 10
#: Addresses that only signed-in people have anything to do with.
WORK_PATHS = ("/lam-viec/", "/quan-tri/", "/doi-mat-khau/")


def server_error(request):
    """The page after an unexpected error, without database and session: they may be the cause.

    503 with Retry-After while the database does not answer, 500 otherwise.
    """
    context = {"portal": settings.PORTAL, "error_code": request_id.current.get()}
    if database_answers():
        return HttpResponse(loader.render_to_string("500.html", context), status=500)
    context["retry_after"] = RETRY_AFTER_SECONDS
    page = loader.render_to_string("503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def database_answers() -> bool:
    """Whether the database can be asked; waits as long as its connect timeout says."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return connection.is_usable()


def not_found(request, exception):
    """No such page; for who is signed in and at work in the frame of his work."""
    if is_at_work(request):
        return render(request, "staff/not_found.html", status=404)
    return page_not_found(request, exception)


def forbidden(request, exception):
    """The same for what the account may not see."""
    if is_at_work(request):
        reason = "Nếu cần xem để làm nhiệm vụ, liên hệ quản trị của đơn vị để được giao quyền."
        return render(request, "staff/refused.html", {"reason": reason}, status=403)
    return permission_denied(request, exception)


def not_allowed(request):
    """The page of an address that takes a button's act and was opened like a page."""
    template = "staff/not_allowed.html" if is_at_work(request) else "405.html"
    return render(request, template, status=405)


def is_at_work(request) -> bool:
    """Whether a signed-in person is on the staff side; the session is asked for on that side alone."""
    user = getattr(request, "user", None) if request.path.startswith(WORK_PATHS) else None
    return user is not None and user.is_authenticated


@requires_csrf_token
def csrf_failure(request, reason=""):
    """A form whose safety token is missing or old: what was typed stands one step back.

    A view whose form holds long texts answers itself, by its attribute ``answer_old_form``.
    """
    answer = getattr(request.resolver_match and request.resolver_match.func, "answer_old_form", None)
    if answer is not None:
        return answer(request)
    if is_kept(request):
        return typed_page(request, FORM_OLD, status=403, can_send=comes_from_here(request))
    return render(request, "403_csrf.html", status=403)
