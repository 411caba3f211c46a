"""The reader's choice of text size, kept in a cookie; works without a script and without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from models_dv.views.context import TEXT_SIZE_COOKIE, TEXT_SIZES
from models_dv.views.paths import is_own_path

A_YEAR_IN_SECONDS = 365 * 24 * 3600


@login_not_required
@never_cache
@require_GET
def choose(request):
    """``?co=lon&ve=/bao-cao/``: keep the size ``co``, go back to the own path ``ve`` (home otherwise)."""
    back = request.GET.get("ve", "")
    response = HttpResponseRedirect(back if is_own_path(back) else "/")
    if request.GET.get("co") in TEXT_SIZES:
        response.set_cookie(
            TEXT_SIZE_COOKIE,
            request.GET["co"],
            max_age=A_YEAR_IN_SECONDS,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
