"""Choosing several officials for a conference, with the posts that they held that day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from models_dv.domain import conference_people as domain
from models_dv.domain.conferences import require_keeper
from models_dv.domain.search import read_query
from models_dv.errors import ExpectedError
from models_dv.forms.conference_rows import OfficialsForm
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.conference_parts import PARTS
from models_dv.views.staff.conferences import NAV, visible_conference
from models_dv.views.staff.refusals import refusals_as_page


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conference_officials(request, pk):
    """Officials of the unit, or with ``?q=`` any by name; POST adds those ticked."""
    conference = visible_conference(request.user, pk)
    require_keeper(conference, request.user)
    query = read_query(request.GET.get("q"))
    officials = domain.officials_to_choose(conference, query)
    form = OfficialsForm(
        posted(request),
        officials=officials,
        posts=domain.posts_on(officials, conference.day, seen_from=conference.unit_id),
    )
    if request.method == "POST" and form.is_valid():
        try:
            added = domain.add_officials(conference, form.chosen, actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã thêm {len(added)} người dự.")
            return redirect(PARTS["nguoi-du"].url(conference))
    context = {
        "nav": NAV,
        "conference": conference,
        "part": PARTS["nguoi-du"],
        "form": form,
        "query": query.text,
        "officials": officials,
    }
    return render(request, "staff/conferences/officials.html", context, status=422 if form.errors else 200)
