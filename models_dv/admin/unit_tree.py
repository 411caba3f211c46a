"""The page “Cây đơn vị”: from the top down, a branch at a time, as of any day."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse

from models_dv import clock
from models_dv.admin.base import is_key
from models_dv.domain.unit_tree import branch
from models_dv.forms.admin_units import TreeForm
from models_dv.models import Unit, UnitVersion
from models_dv.vietnamese.dates import format_date

ROWS_A_PAGE = 100


@dataclass(frozen=True)
class TreeRow:
    """A unit right below, and how many stand right below it and below it at all."""

    version: UnitVersion
    right_below: int
    below: int


def tree_view(model_admin, request):
    """``?thuoc=`` the unit whose branch is shown, ``?ngay=`` the day (today), ``?p=`` the page of its rows."""
    site = model_admin.admin_site
    if not site.has_permission(request):
        raise PermissionDenied
    today = clock.today()
    form = TreeForm({"ngay": request.GET.get("ngay") or format_date(today)})
    on = (form.is_valid() and form.cleaned_data["ngay"]) or today
    shown = branch(_unit(request.GET.get("thuoc", "")), on)
    page = Paginator(shown.rows(), ROWS_A_PAGE).get_page(request.GET.get("p"))
    counts = shown.counts(page.object_list)
    line = shown.line()
    context = {
        **site.each_context(request),
        "title": line[-1].name if line else str(shown.unit or "Cây đơn vị"),
        "opts": model_admin.opts,
        "form": form,
        "branch": shown,
        "on": on,
        "line": line,
        "page": page,
        "rows": [TreeRow(version, *counts[version.unit_id]) for version in page.object_list],
    }
    return TemplateResponse(request, "admin/unit_tree.html", context)


def _unit(key: str) -> Unit | None:
    """The unit of the address; None where it names none. Raises Http404 for one that is not there."""
    if not key:
        return None
    unit = Unit.objects.filter(pk=key).first() if is_key(key) else None
    if unit is None:
        raise Http404
    return unit
