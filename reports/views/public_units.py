"""Finding a unit by today's or a former name, and its page."""

from django.http import Http404
from django.shortcuts import render

from models_dv import clock
from models_dv.domain.search import read_query
from models_dv.models import Unit
from models_dv.views.lists import page_of
from models_dv.views.public_page import public_page
from reports.domain import public_reading, public_unit_page, public_units

REPORTS_SHOWN = 60
UNITS_A_PAGE = 50


@public_page
def units(request):
    """``?q=`` by name, ``?thuoc=`` those right below a unit, otherwise the provinces."""
    today, names = clock.today(), read_query(request.GET.get("q"))
    above = None if names else _unit_with_code(request.GET.get("thuoc"))
    ended = []
    if names:
        found = public_units.matching(names)
    elif above:
        found = public_units.below(above, today)
    else:
        found = public_units.top_units(today)
        ended = list(public_units.ended_with_reports(today)[:UNITS_A_PAGE])
    shown = page_of(request, found, size=UNITS_A_PAGE, capped=bool(names))
    rows = public_units.rows([*shown.page.object_list, *ended], today)
    listed = [row for row in rows if row.unit not in ended]
    context = {
        "nav": "units",
        "names": names,
        "above": above and above.version_on(today),
        "shown": shown,
        "groups": public_units.grouped_by_province(listed) if names else [public_units.UnitGroup("", listed)],
        "ended": [row for row in rows if row.unit in ended],
    }
    return render(request, "public/units.html", context)


def _unit_with_code(code: str | None) -> Unit | None:
    """The unit, None where the address names none."""
    return (
        Unit.objects.prefetch_related("versions").filter(code=read_query(code).text).first() if code else None
    )


@public_page
def unit(request, code):
    """Names through time, what it came from and went into, its published reports by year."""
    today = clock.today()
    page = public_unit_page.read(read_query(code).text, today)
    if page is None:
        raise Http404
    published = list(public_reading.listed().filter(unit=page.unit)[: REPORTS_SHOWN + 1])
    context = {
        "nav": "units",
        "page": page,
        "below": public_units.below(page.unit, today).count(),
        "cards": public_reading.cards(published[:REPORTS_SHOWN]),
        "has_more": len(published) > REPORTS_SHOWN,
    }
    return render(request, "public/unit.html", context)
