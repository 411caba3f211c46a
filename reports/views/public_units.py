"""Finding a unit by today's or a former name, or by its place; and its page."""

from datetime import date

from django.http import Http404
from django.shortcuts import render

from models_dv import clock
from models_dv.domain import kheo_gallery
from models_dv.domain.search import read_query
from models_dv.models import Unit
from models_dv.scopes import lines_of
from models_dv.vietnamese.dates import DateError, format_date, parse_date
from models_dv.views.lists import page_of
from models_dv.views.public_page import public_page
from reports.domain import public_conferences, public_reading, public_trends, public_unit_page, public_units
from reports.views.plots import plot_of

REPORTS_SHOWN = 20
UNITS_A_PAGE = 50
PLACES_A_PAGE = 200
MOST_PLACES = 2_000  # right below one unit
BELOW_A_PAGE = 60
CONFERENCES_SHOWN = 6
MODELS_SHOWN = 3


@public_page
def units(request):
    """``?q=`` by name; else the tree: provinces, and with ``?thuoc=`` those right below a unit."""
    names = read_query(request.GET.get("q"))
    context = {"nav": "units", "names": names}
    context |= _found(request, names) if names else _browsed(request)
    return render(request, "public/units.html", context)


def _found(request, names) -> dict:
    """Units of any day, under their provinces."""
    today = clock.today()
    shown = page_of(request, public_units.matching(names, today), size=UNITS_A_PAGE, capped=True)
    rows = public_units.rows(shown.page.object_list, today)
    return {"shown": shown, "groups": public_units.grouped_by_province(rows)}


def _browsed(request) -> dict:
    """The units of one place, and at the top also the old ones that can still be read."""
    today = clock.today()
    unit = _unit_with_code(request.GET.get("thuoc"))
    where = public_units.place(unit, today)
    versions = list(public_units.with_reports(where.rows())[:MOST_PLACES])
    shown = page_of(request, versions, size=PLACES_A_PAGE)
    ended = [] if unit else list(public_units.ended_with_reports(today)[:UNITS_A_PAGE])
    return {
        "line": public_units.line(where) if unit else [],
        "shown": shown,
        "places": public_units.place_rows(where, shown.page.object_list),
        "ended": public_units.rows(ended, today, with_province=False) if ended else [],
    }


def _unit_with_code(code: str | None) -> Unit | None:
    """The unit, None where the address names none."""
    return Unit.objects.filter(code=read_query(code).text).first() if code else None


@public_page
def unit(request, code):
    """What it was called on a day (``?ngay=``), its history, what is below it, its published reports and figures."""
    today = clock.today()
    on, wrong_day = day_asked(request, today)
    page = public_unit_page.read(read_query(code).text, on, today)
    if page is None:
        raise Http404
    line = lines_of([page.unit.pk])
    published = list(
        public_reading.listed().prefetch_related(None).filter(unit__in=line)[: REPORTS_SHOWN + 1]
    )
    trends = public_trends.trends(page.unit.pk, page.lineage, page.day)
    context = {
        "nav": "units",
        "page": page,
        "typed_day": request.GET.get("ngay", "") if wrong_day else format_date(on) if on != today else "",
        "wrong_day": wrong_day,
        "is_past": on != today,
        "below": page_of(request, list(public_units.below(page.unit, page.day)), size=BELOW_A_PAGE),
        "cards": public_reading.cards(published[:REPORTS_SHOWN], above=page.above),
        "has_more": len(published) > REPORTS_SHOWN,
        "trends": [(trend, plot_of(trend) if trend.has_line else None) for trend in trends],
        "models": kheo_gallery.of_unit(page.unit, MODELS_SHOWN),
        "conferences": public_conferences.cards(
            public_conferences.listed().filter(unit__in=line)[:CONFERENCES_SHOWN]
        ),
    }
    return render(request, "public/unit.html", context)


def day_asked(request, today: date) -> tuple[date, str]:
    """The day of ``?ngay=`` (today without one), and what is wrong with what was typed."""
    typed = request.GET.get("ngay", "").strip()
    if not typed:
        return today, ""
    try:
        return parse_date(typed), ""
    except DateError as error:
        return today, str(error)
