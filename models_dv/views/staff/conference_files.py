"""Papers and photos of a conference for those who may see it."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from models_dv.models import Conference, ConferencePaper, ConferencePhoto
from models_dv.views.files import send_photo, send_private


@require_safe
def conference_paper(request, pk, row):
    """A paper as a download; a PDF opens in the browser."""
    visible = Conference.objects.visible_to(request.user)
    paper = get_object_or_404(ConferencePaper, pk=row, conference__in=visible.filter(pk=pk))
    return send_private(request, paper, as_attachment=False)


@require_safe
def conference_photo(request, pk, row, size):
    """One size of a photo."""
    visible = Conference.objects.visible_to(request.user)
    photo = get_object_or_404(ConferencePhoto, pk=row, conference__in=visible.filter(pk=pk))
    return send_photo(request, photo, size)
