"""Public conferences: the list, one conference, its calendar file, papers and photos."""

from django.http import Http404
from django.shortcuts import render

from models_dv.models import ConferencePaper, ConferencePhoto, ConferencePublication
from models_dv.views.calendars import calendar_answer
from models_dv.views.files import PUBLIC_CACHE, send_photo, send_private
from models_dv.views.lists import chips_of, page_of
from models_dv.views.public_page import public_page
from reports.domain import public_conferences as reading
from reports.domain.public_conferences import PublicConference
from reports.filters.conferences import PublicConferenceFilter

NAV = "conferences"


@public_page
def conferences(request):
    """The list, newest first, with filters from the address."""
    filters = PublicConferenceFilter(request.GET, queryset=reading.listed())
    shown = page_of(request, filters.qs, capped=bool(filters.query))
    context = {
        "nav": NAV,
        "query": filters.query.text,
        "form": filters.form,
        "chips": chips_of(filters, request),
        "shown": shown,
        "cards": reading.cards(shown.page.object_list, filters.query),
    }
    return render(request, "public/conferences.html", context)


def published_or_404(slug: str) -> ConferencePublication:
    """What stands at an address; 404 where nothing was ever published."""
    publication = reading.find(slug)
    if publication is None:
        raise Http404
    return publication


def _withdrawn(request, publication: ConferencePublication):
    context = {"nav": NAV, "publication": publication, "on": reading.withdrawn_on(publication)}
    return render(request, "public/conference_withdrawn.html", context, status=410)


def page_context(conference: PublicConference) -> dict:
    """What ``public/conference.html`` shows."""
    names = {
        "tom-tat": ("Nội dung chính", conference.summary),
        "chuong-trinh": ("Chương trình", conference.agenda),
        "nguoi-du": (conference.people_title, conference.people),
        "vuong-mac": ("Khó khăn, vướng mắc được nêu", conference.difficulties),
        "ket-luan": (conference.conclusions_title, conference.conclusions),
        "khen-thuong": ("Khen thưởng", conference.awards),
        "anh": ("Ảnh", conference.photos),
    }
    contents = [{"href": f"#{anchor}", "title": title} for anchor, (title, rows) in names.items() if rows]
    return {"nav": NAV, "page": conference, "contents": contents if len(contents) > 1 else []}


@public_page
def conference(request, slug):
    """One conference; the notice where it was taken down."""
    publication = published_or_404(slug)
    if publication.withdrawn_at:
        return _withdrawn(request, publication)
    return render(request, "public/conference.html", page_context(reading.read(publication)))


@public_page
def conference_ics(request, slug):
    """The conference for one's own calendar; 404 where its day is not known."""
    publication = published_or_404(slug)
    if publication.withdrawn_at:
        return _withdrawn(request, publication)
    event = reading.event_of(publication, request.build_absolute_uri(publication.get_absolute_url()))
    if event is None:
        raise Http404
    return calendar_answer(event)


@public_page
def conference_paper(request, slug, number):
    """A published paper; a PDF opens in the browser."""
    publication = published_or_404(slug)
    if publication.withdrawn_at:
        return _withdrawn(request, publication)
    row = reading.item(publication, "papers", number)
    if row is None:
        raise Http404
    paper = ConferencePaper(
        file=row["file"], original_name=row["name"], content_type=row["type"], sha256=row["sha256"]
    )
    response = send_private(request, paper, as_attachment=False)
    response["Cache-Control"] = PUBLIC_CACHE
    return response


@public_page
def conference_photo(request, slug, number, size):
    """One size of a published photo."""
    publication = published_or_404(slug)
    if publication.withdrawn_at:
        return _withdrawn(request, publication)
    row = reading.item(publication, "photos", number)
    if row is None:
        raise Http404
    photo = ConferencePhoto(small=row["small"], large=row["large"], sha256=row["sha256"])
    return send_photo(request, photo, size, public=True)
