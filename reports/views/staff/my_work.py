"""“Việc của tôi”."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_dv import clock
from models_dv.scopes import unit_ids_with
from models_dv.views.illustrative import illustrative_of
from reports.views.staff import work


@require_safe
def my_work(request):
    """What waits for the person who signed in, each row with one button to the exact place."""
    groups = work.groups_for(request.user, clock.now())
    items = [item for group in groups for item in group.items]
    context = {
        "nav": "my_work",
        "groups": groups,
        "work_count": len(items),
        "has_role": bool(unit_ids_with(request.user)),
        **illustrative_of(item.illustrative for item in items),
    }
    return render(request, "staff/my_work.html", context)
