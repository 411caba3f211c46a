"""“Đơn vị”: the person's units and those below on a day, and the page of one of them."""

from dataclasses import dataclass, replace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from models_dv import clock
from models_dv.domain.search import read_query
from models_dv.domain.unit_lists import units_of_day
from models_dv.filters.units import UnitFilter
from models_dv.forms.fields import DateField
from models_dv.models import Unit
from models_dv.scopes import lines_of, units_readable
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import Chip, chips_of, page_of
from reports.domain import public_unit_page
from reports.models import Report
from reports.views.public_units import day_asked
from reports.views.staff.words import due_badge, state_badge

UNITS_A_PAGE = 50
REPORTS_SHOWN = 20


@dataclass(frozen=True)
class RelatedList:
    """A list of something else of the unit: words, the name of its address, the parameter that takes the unit.

    ``more``: other parameters of the address.
    """

    words: str
    url_name: str
    parameter: str
    more: tuple[tuple[str, str], ...] = ()

    def url_of(self, unit: Unit) -> str:
        """The list, narrowed by the code of the unit: a name is not of one unit alone."""
        query = urlencode([(self.parameter, unit.code), *self.more])
        return f"{reverse(self.url_name)}?{query}"


#: What the page of a unit leads to, besides its reports.
RELATED = (
    RelatedList("Cán bộ", "staff:officials", "don_vi"),
    RelatedList("Hội nghị", "staff:conferences", "don_vi"),
    RelatedList("Nhiệm vụ", "staff:tasks", "chu_tri"),
    RelatedList("Mô hình “Dân vận khéo”", "staff:models", "don_vi", (("cap_duoi", "on"),)),
)


@require_safe
def units(request):
    """The units that the person reads, as they were on the day asked for."""
    today = clock.today()
    on, _wrong = day_asked(request, today)
    filterset = UnitFilter(request.GET, queryset=units_of_day(request.user, on))
    shown = page_of(request, filterset.qs, size=UNITS_A_PAGE)
    context = {
        "nav": "units",
        "filter": filterset,
        "chips": _chips(filterset, request, shown.page.object_list),
        "shown": shown,
        "on": on,
        "is_past": on != today,
        "today": today,
        **illustrative_of(version.unit.illustrative for version in shown.page),
    }
    return render(request, "staff/units/list.html", context)


def _chips(filterset, request, versions) -> list[Chip]:
    """The filters in force; the unit above by its name, which every row has."""
    name = versions[0].parent_name if versions else ""
    label = filterset.form.fields["thuoc"].label
    return [
        replace(chip, value=name) if chip.label == label and name else chip
        for chip in chips_of(filterset, request)
    ]


@require_safe
def unit(request, code):
    """One unit as of a day: its history, what it came from and became, its reports, the lists of its other things."""
    today = clock.today()
    on, wrong_day = day_asked(request, today)
    mine = Unit.objects.filter(units_readable(request.user, "pk"))
    page = public_unit_page.read(read_query(code).text, on, today, mine, changes=0)
    if page is None:
        raise Http404
    context = {
        "nav": "units",
        "page": page,
        "typed_day": request.GET.get("ngay", "") if wrong_day else DateField().prepare_value(on),
        "wrong_day": wrong_day,
        "is_past": on != today,
        "reports": _reports_of(request.user, page.unit),
        "related": [(related.words, related.url_of(page.unit)) for related in RELATED],
    }
    return render(request, "staff/units/unit.html", context)


def _reports_of(user, unit: Unit) -> list[Report]:
    """The newest reports that the person may see of the unit and what went on in it, with their badges."""
    now = clock.now()
    found = (
        Report.objects.visible_to(user)
        .filter(unit__in=lines_of([unit.pk]))
        .for_list()
        .order_by("-round__window_to", "pk")
    )
    reports = list(found[:REPORTS_SHOWN])
    for report in reports:
        report.state = state_badge(report.latest.state, report)
        report.due = due_badge(report, now)
    return reports
