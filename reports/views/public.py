"""Home, the list of published reports, and the files every site has."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from models_dv.domain import kheo_gallery
from models_dv.views.lists import page_of
from models_dv.views.public_page import public_page
from reports.domain import public_conferences, public_reading
from reports.filters.publications import PublicationFilter

LATEST_SHOWN = 6
CONFERENCES_SHOWN = 3
MODELS_SHOWN = 3


@public_page
def home(request):
    """The report that opens the portal, the latest ones, the latest models, finding a unit."""
    first = public_reading.featured()
    others = public_reading.listed().exclude(pk=first.pk)[:LATEST_SHOWN] if first else []
    context = {
        "nav": "home",
        "first": public_reading.cards([first])[0] if first else None,
        "key_figures": public_reading.key_figures(first) if first else [],
        "latest": public_reading.cards(others),
        "conferences": public_conferences.cards(public_conferences.listed()[:CONFERENCES_SHOWN]),
        "models": kheo_gallery.latest(MODELS_SHOWN),
    }
    return render(request, "public/home.html", context)


@public_page
def reports(request):
    """The list, with filters from the address."""
    filters = PublicationFilter(request.GET, queryset=public_reading.listed())
    chips = filters.chips(request.path)
    shown = page_of(request, filters.qs, capped=bool(filters.query))
    context = {
        "nav": "reports",
        "query": filters.query.text,
        "form": filters.form,
        "data": filters.data,
        "chips": chips,
        "ignored": [filters.form.fields[name].label for name in filters.ignored],
        "shown": shown,
        "cards": public_reading.cards(shown.page.object_list, filters.query),
        "ways_out": filters.ways_out(chips) if not shown.page.paginator.count else [],
    }
    return render(request, "public/reports.html", context)


@public_page
def robots(request):
    """What crawlers leave alone: pages that need an account, and searches."""
    closed = ("/lam-viec/", "/quan-tri/", "/dang-nhap/", "/co-chu/", reverse("public:search"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def favicon(request):
    """Browsers ask for it without being told."""
    return HttpResponseRedirect(static("img/favicon.svg"))
