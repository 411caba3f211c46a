"""“Dân vận khéo” for everybody: the gallery, one model, its photos; all from published rows."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from models_dv.domain import kheo_gallery
from models_dv.domain.kheo_gallery import Withdrawn
from models_dv.filters.dan_van_kheo import KheoPublicFilter
from models_dv.models.files import LARGE_BOX, SMALL_BOX
from models_dv.views.files import send_photo
from models_dv.views.lists import chips_of, page_of
from models_dv.views.public_page import public_page

SIZES = {SMALL_BOX[0]: "small", LARGE_BOX[0]: "large"}


@public_page
def models(request):
    """The gallery, with filters from the address."""
    filters = KheoPublicFilter(request.GET, queryset=kheo_gallery.listed())
    shown = page_of(request, filters.qs, capped=True)
    context = {
        "nav": "models",
        "query": filters.query.text,
        "form": filters.form,
        "chips": chips_of(filters, request),
        "ignored": [filters.form.fields[name].label for name in filters.form.errors],
        "shown": shown,
        "cards": kheo_gallery.cards(shown.page, filters.query),
    }
    return render(request, "public/models/list.html", context)


@public_page
def model(request, slug):
    """One model: Vấn đề → Cách làm → Kết quả → Kinh nghiệm; the notice where it was taken down."""
    found = kheo_gallery.find(slug)
    if found is None:
        raise Http404
    if isinstance(found, Withdrawn):
        return render(request, "public/models/withdrawn.html", {"nav": "models", "notice": found}, status=410)
    photos = [
        {"photo": photo} | {f"{name}_url": _photo_url(slug, number, size) for size, name in SIZES.items()}
        for number, photo in enumerate(found.content.photos, start=1)
    ]
    return render(request, "public/models/model.html", {"nav": "models", "found": found, "photos": photos})


def _photo_url(slug: str, number: int, size: int) -> str:
    return reverse("public:model_photo", args=[slug, number, size])


@public_page
def photo(request, slug, number, size):
    """One size (720 or 1200) of the photo with this number of what is published now."""
    found = kheo_gallery.photo_at(slug, number)
    if found is None or size not in SIZES:
        raise Http404
    return send_photo(request, found, SIZES[size], public=True)
