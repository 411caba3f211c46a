"""What the bar of every staff page shows."""

from functools import cache

from reports.views.staff.work import unit_and_count


def staff(request):
    """``work_count`` and ``staff_unit``: looked up (one query) only where a template shows them."""
    user = getattr(request, "user", None)

    @cache
    def bar() -> tuple[str, int]:
        return unit_and_count(user) if user is not None and user.is_authenticated else ("", 0)

    return {"staff_unit": lambda: bar()[0], "work_count": lambda: bar()[1]}
