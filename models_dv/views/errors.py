"""Error pages that need more than their template."""

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from models_dv import request_id
from models_dv.views.typed import FORM_OLD, comes_from_here, is_kept, typed_page

RETRY_AFTER_SECONDS = 10


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
