"""Calendar files as answers."""

from django.http import HttpResponse

from models_dv.exporters.ics import Event, calendar


def calendar_answer(event: Event) -> HttpResponse:
    """An .ics file as a download."""
    response = HttpResponse(calendar(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hoi-nghi.ics"'
    return response
