"""What the bar of every staff page shows."""

from functools import cache

from reports.views.staff.work import bar as bar_of

MOST_SHOWN = 99


def staff(request):
    """``work_count``, ``staff_unit``, ``unread_count`` (with ``unread_words``: at most “99+”).

    Looked up (one query for all) only where a template shows them.
    """
    user = getattr(request, "user", None)

    @cache
    def bar() -> tuple[str, int, int]:
        return bar_of(user) if user is not None and user.is_authenticated else ("", 0, 0)

    def unread_words() -> str:
        count = bar()[2]
        return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count)

    return {
        "staff_unit": lambda: bar()[0],
        "work_count": lambda: bar()[1],
        "unread_count": lambda: bar()[2],
        "unread_words": unread_words,
    }
