"""How staff pages of the nouns refuse: a page that says why (403), where something is seen but may not be done."""

from functools import wraps

from django.shortcuts import render

from models_dv.errors import NotAllowed


def refused(request, error: NotAllowed, **context):
    """The page that says why; ``context`` as ``staff/refused.html`` takes it."""
    return render(request, "staff/refused.html", context | {"reason": error.message}, status=403)


def refusals_as_page(nav: str):
    """Answer NotAllowed of a view with that page, under the section ``nav`` of the menu."""

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as error:
                return refused(request, error, nav=nav, title="Tài khoản này không làm được việc này")

        return answer

    return decorate
