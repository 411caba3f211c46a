"""Who else has a part open: asked every 20 seconds by the page that shows it."""

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_POST

from reports.domain import presence as domain
from reports.views.staff.access import refusals_as_page
from reports.views.staff.base import edition_to_write
from reports.views.staff.editor_frame import open_parts


@require_POST
@refusals_as_page
def presence(request, pk, code):
    """{"words": "Trần Thị B đang mở phần này"}; "" where nobody else is there."""
    edition = edition_to_write(request.user, pk, code)
    if code not in {part.code for part in open_parts(edition)}:
        raise Http404
    names = domain.note(edition, code, actor=request.user)
    return JsonResponse({"words": domain.in_words(names)}, headers={"Cache-Control": "no-store"})
