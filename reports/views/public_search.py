"""Search over what is published and over units."""

from django.shortcuts import render

from models_dv import clock
from models_dv.domain import kheo_gallery
from models_dv.domain.search import mark, read_query
from models_dv.views.lists import page_of
from models_dv.views.public_page import public_page
from reports.domain import public_conferences, public_reading, public_units

UNITS_SHOWN = 5
CONFERENCES_SHOWN = 5


@public_page
def search(request):
    """``?q=``: units whose name holds the words, models, then reports, the words marked."""
    query = read_query(request.GET.get("q"))
    context = {"query": query.text, "was_cut": query.was_cut}
    if query:
        today = clock.today()
        found = public_reading.matching(public_reading.listed(), query)
        shown = page_of(request, found, capped=True)
        rows = public_units.rows(
            list(public_units.matching(query, today)[: UNITS_SHOWN + 1]), today, with_province=False
        )
        held = public_conferences.matching(public_conferences.listed(), query)
        conferences = public_conferences.cards(held[: CONFERENCES_SHOWN + 1], query)
        context |= {
            "shown": shown,
            "cards": public_reading.cards_with_places(shown.page.object_list, query),
            "units": [{"row": row, "name": mark(row.version.name, query)} for row in rows[:UNITS_SHOWN]],
            "more_units": len(rows) > UNITS_SHOWN,
            "conferences": conferences[:CONFERENCES_SHOWN],
            "more_conferences": len(conferences) > CONFERENCES_SHOWN,
            "models": kheo_gallery.first_matching(query),
        }
    return render(request, "public/search.html", context)
