"""Trợ giúp."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def help_page(request):
    """The way of a report, the four states of a value, keys, and who to ask."""
    return render(request, "staff/help.html", {"nav": "help"})
