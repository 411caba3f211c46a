"""Nothing typed is lost: a form sent after the session ended, or with an old safety token, comes back whole.

The page holds every field and sends it again to the same address. Forms with long texts have a page of their
own for that (an attribute ``answer_old_form`` of the view).
"""

import re

from django.shortcuts import render

SESSION_OVER = "Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình."
FORM_OLD = "Biểu mẫu này đã cũ nên chưa lưu được. Nội dung vừa nhập vẫn còn trên màn hình."
#: Hidden in every form by the framework; made anew for each page.
TOKEN_FIELD = "csrfmiddlewaretoken"
#: Fields that nobody types.
TECHNICAL = frozenset({TOKEN_FIELD, "key", "revision", "seen", "was"})
NAMESPACES = frozenset({"staff", "admin"})
#: Fewer letters in all are a button, not something typed.
FEWEST_LETTERS = 10
#: Values that stand for a choice, not shown in the list of what was typed.
CODE = re.compile(r"[a-z0-9_-]+")


def typed_in(request) -> list[tuple[str, str]]:
    """What a person typed or chose, in the order of the form; nothing for a mere button or a password."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    if any("password" in name for name, _value in pairs):
        return []
    typed = [(name, value) for name, value in pairs if name not in TECHNICAL and value.strip()]
    letters = sum(len(value) for _name, value in typed)
    return typed if letters >= FEWEST_LETTERS else []


def is_kept(request) -> bool:
    """Whether the form of a page of the staff holds something to be kept."""
    match = request.resolver_match
    is_ours = match is not None and NAMESPACES & set(match.namespaces)
    wants_page = not request.headers.get("X-Upload") and "json" not in request.headers.get("Accept", "")
    return bool(request.method == "POST" and is_ours and wants_page and typed_in(request))


def comes_from_here(request) -> bool:
    """Whether the browser says that a page of ours sent the form; another site's is never sent on."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def typed_page(request, message: str, *, status: int, can_send: bool = True):
    """The page that holds everything typed."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "message": message,
        "hidden": [pair for pair in pairs if pair[0] != TOKEN_FIELD],
        "typed": [value for _name, value in typed_in(request) if not CODE.fullmatch(value)],
        "has_files": bool(request.FILES),
        "can_send": can_send,
        "is_signed_in": request.user.is_authenticated,
        "address": request.get_full_path(),
    }
    return render(request, "staff/typed.html", context, status=status)
