"""What every public page has in common: no sign-in, GET and HEAD only, and how long it may be kept."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import conditional_page, require_safe

CACHE_CONTROL = "public, max-age=0, must-revalidate"


def public_page(view):
    """For everyone: kept by browsers and proxies, asked after each time, answered 304 while nothing changed.

    The tag is of the bytes, so a page in another text size is another page.
    """

    @wraps(view)
    def marked(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return login_not_required(require_safe(conditional_page(marked)))
