"""The register of difficulties over conferences and periods, and following one until it is settled."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from models_dv import clock
from models_dv.domain import difficulties as domain
from models_dv.domain.unit_names import unit_name
from models_dv.enums import DifficultyState
from models_dv.errors import ExpectedError
from models_dv.filters.conferences import DifficultyFilter
from models_dv.forms.conference_rows import ReasonForm, SettleForm
from models_dv.models import Difficulty
from models_dv.permissions import may_look_after
from models_dv.views.badges import Badge
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import chips_of, page_of
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.refusals import refusals_as_page

NAV = "difficulties"


def state_badge(difficulty: Difficulty) -> Badge:
    """Đang theo dõi, Đã giải quyết."""
    looks = {DifficultyState.OPEN: ("warn", "clock"), DifficultyState.SETTLED: ("ok", "check")}
    return Badge(difficulty.get_state_display(), *looks[DifficultyState(difficulty.state)])


@require_safe
def difficulties(request):
    """The register: of each line the last time, those that are followed first."""
    today = clock.today()
    filterset = DifficultyFilter(request.GET, queryset=Difficulty.objects.visible_to(request.user))
    rows = filterset.qs.annotate(
        unit_name=unit_name("unit", today), times=domain.times_raised(), topic_names=domain.topic_names()
    ).select_related("conference", "unit", "first")
    rows = rows.defer("conference__agenda", "conference__summary", "conference__search_text")
    shown = page_of(request, domain.newest_first(rows))
    found = list(shown.page)
    for row in found:
        row.badge = state_badge(row)
    context = {
        "nav": NAV,
        "filter": filterset,
        "chips": chips_of(filterset, request),
        "shown": shown,
        "rows": found,
        **illustrative_of(row.unit.illustrative for row in found),
    }
    return render(request, "staff/conferences/difficulties.html", context)


def visible_difficulty(user, pk: int) -> Difficulty:
    """The difficulty with its conference; Http404 for whom it does not exist."""
    rows = Difficulty.objects.visible_to(user).annotate(unit_name=unit_name("unit", clock.today()))
    return get_object_or_404(rows.select_related("unit", "conference", "continues", "first"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def difficulty(request, pk):
    """One difficulty through the conferences at which it was raised; POST settles it."""
    found = visible_difficulty(request.user, pk)
    form = SettleForm(posted(request))
    if request.method == "POST":
        domain.require_follower(found, request.user)
        if form.is_valid():
            try:
                domain.settle(found, actor=request.user, **form.cleaned_data)
            except ExpectedError as error:
                say(form, error)
            else:
                messages.success(request, "Đã ghi cách giải quyết. Vướng mắc chuyển sang “Đã giải quyết”.")
                return redirect(found)
    whole = domain.line_of(found)
    line = whole.filter(pk__in=Difficulty.objects.visible_to(request.user).values("pk"))
    line = list(line.select_related("conference").annotate(unit_name=unit_name("unit", clock.today())))
    for row in line:
        row.badge = state_badge(row)
    context = {
        "nav": NAV,
        "difficulty": found,
        "badge": state_badge(found),
        "line": line,
        "hidden": whole.count() - len(line),
        "may_follow": may_look_after(request.user, found.unit_id),
        "raised_again": domain.RAISED_AGAIN if found.continued_by.exists() else "",
        "form": form,
    }
    return render(request, "staff/conferences/difficulty.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def difficulty_reopen(request, pk):
    """Theo dõi lại, with the reason."""
    found = visible_difficulty(request.user, pk)
    domain.require_follower(found, request.user)
    form = ReasonForm(posted(request), label="Lý do theo dõi lại")
    if request.method == "POST" and form.is_valid():
        try:
            domain.follow_again(found, note=form.cleaned_data["note"], actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, "Vướng mắc được theo dõi lại.")
            return redirect(found)
    context = {"nav": NAV, "difficulty": found, "form": form}
    return render(
        request, "staff/conferences/difficulty_reopen.html", context, status=422 if form.errors else 200
    )
