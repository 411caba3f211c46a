"""Finding a unit by today's or a former name, and its page."""

from django.http import Http404
from django.shortcuts import render

from models_dv import clock
from models_dv.models import Unit
from reports.domain import public_reading, public_unit_page, public_units
from reports.domain.search import read_query
from reports.views.paging import page_of
from reports.views.public_page import public_page

REPORTS_SHOWN = 60
UNITS_A_PAGE = 50


@public_page
def units(request):
    """``?q=`` by name, ``?thuoc=`` those right below a unit, otherwise the provinces."""
    today, query = clock.today(), read_query(request.GET.get("q"))
    above, ended = None, []
    if query:
        found = public_units.matching(query)
    elif above := Unit.objects.filter(code=read_query(request.GET.get("thuoc")).text).first():
        found = public_units.below(above, today)
    else:
        found = public_units.top_units(today)
        ended = list(public_units.ended_with_reports(today)[:UNITS_A_PAGE])
    shown = page_of(request, found, size=UNITS_A_PAGE, capped=bool(query))
    listed = list(shown.page.object_list)
    rows = public_units.rows(listed + ended, today)
    rows, ended = rows[: len(rows) - len(ended)], rows[len(rows) - len(ended) :]
    context = {
        "nav": "units",
        "query": query,
        "above": above,
        "shown": shown,
        "groups": public_units.grouped_by_province(rows)
        if query
        else [public_units.UnitGroup("", tuple(rows))],
        "ended": ended,
    }
    return render(request, "public/units.html", context)


@public_page
def unit(request, code):
    """Names through time, what it came from and went into, its published reports by year."""
    today = clock.today()
    page = public_unit_page.read(read_query(code).text, today)
    if page is None:
        raise Http404
    published = public_reading.listed().filter(unit=page.unit)
    context = {
        "nav": "units",
        "page": page,
        "below": public_units.below(page.unit, today).count(),
        "count": published.count(),
        "cards": public_reading.cards(published[:REPORTS_SHOWN]),
    }
    return render(request, "public/unit.html", context)
