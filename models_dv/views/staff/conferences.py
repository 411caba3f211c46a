"""Conferences: the list, entering one, mending what is said of it, its calendar file."""

from datetime import date

from django.contrib import messages
from django.db.models import OuterRef, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from models_dv.domain import conferences as domain
from models_dv.domain.unit_names import unit_name
from models_dv.enums import ConferenceState, Role
from models_dv.errors import ExpectedError
from models_dv.exporters.ics import event_of
from models_dv.filters.conferences import ConferenceFilter
from models_dv.forms.conferences import ConferenceDataForm
from models_dv.models import Conference
from models_dv.scopes import unit_ids_with
from models_dv.views.badges import Badge
from models_dv.views.calendars import calendar_answer
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import chips_of, page_of
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.own_units import units_kept
from models_dv.views.staff.refusals import refusals_as_page

NAV = "conferences"
#: Filters that stand behind “Thêm bộ lọc”.
MORE_FILTERS = ("hinh_thuc", "tinh_trang")
STATE_LOOKS = {
    ConferenceState.PLANNED: ("info", "clock"),
    ConferenceState.HELD: ("ok", "check"),
    ConferenceState.CANCELLED: ("", "close"),
}
#: People named in a message.
NAMED = 5
NO_DAY = "Hội nghị chưa có ngày tổ chức nên chưa có lịch để tải."


def state_badge(conference: Conference) -> Badge:
    """Dự kiến, Đã tổ chức, Đã huỷ."""
    return Badge(conference.get_state_display(), *STATE_LOOKS[ConferenceState(conference.state)])


def visible_conference(user, pk: int) -> Conference:
    """The conference with the names of its unit; Http404 for whom it does not exist."""
    rows = Conference.objects.visible_to(user).select_related("unit", "period")
    return get_object_or_404(rows.prefetch_related("unit__versions"), pk=pk)


def with_unit_names(rows):
    """Conferences with ``unit_name``: of the unit on the day of names (see ``Conference.day``)."""
    rows = rows.annotate(day_of_names=Coalesce("held_on", "period__window_to", Value(date.max)))
    of_day = unit_name("unit", OuterRef("day_of_names"))
    return rows.annotate(unit_name=Coalesce(of_day, unit_name("unit", date.max)))


@require_safe
def conferences(request):
    """The conferences that the person may see, newest first."""
    visible = Conference.objects.visible_to(request.user)
    filterset = ConferenceFilter(request.GET, queryset=visible)
    rows = filterset.qs.newest_first().select_related("unit", "period")
    shown = page_of(request, with_unit_names(rows).defer("agenda", "summary", "search_text"))
    found = list(shown.page)
    for conference in found:
        conference.badge = state_badge(conference)
    context = {
        "nav": NAV,
        "filter": filterset,
        "chips": chips_of(filterset, request),
        "more_open": any(request.GET.get(name) for name in MORE_FILTERS),
        "shown": shown,
        "conferences": found,
        "may_add": bool(unit_ids_with(request.user, Role.AUTHOR, Role.APPROVER)),
        **illustrative_of(conference.unit.illustrative for conference in found),
    }
    return render(request, "staff/conferences/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conference_new(request):
    """Thêm hội nghị: the few facts that name it; the rest follows on its page."""
    units = units_kept(request.user, "nhập được hội nghị", also_ended=True)
    form = ConferenceDataForm(posted(request), units=units)
    if request.method == "POST" and form.is_valid():
        conference = Conference(unit=form.chosen_unit)
        try:
            domain.save_conference(conference, form.values, actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, "Đã thêm hội nghị. Ghi tiếp người dự, tài liệu, kết luận ở trang này.")
            return redirect(conference)
    context = {"nav": NAV, "form": form, "units": units, "illustrative": all(u.illustrative for u in units)}
    return render(request, "staff/conferences/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conference_edit(request, pk):
    """Sửa: everything said of the conference itself."""
    conference = visible_conference(request.user, pk)
    domain.require_keeper(conference, request.user)
    form = ConferenceDataForm(posted(request), conference=conference)
    if request.method == "POST" and form.is_valid():
        try:
            domain.save_conference(
                conference, form.values, revision=form.cleaned_data["revision"], actor=request.user
            )
        except ExpectedError as error:
            say(form, error, revision=Conference.objects.values_list("revision", flat=True).get(pk=pk))
        else:
            messages.success(request, f"Đã lưu hội nghị.{posts_renewed(conference)}")
            return redirect(conference)
    context = {"nav": NAV, "form": form, "conference": visible_conference(request.user, pk)}
    return render(request, "staff/conferences/edit.html", context, status=422 if form.errors else 200)


def posts_renewed(conference: Conference) -> str:
    """Whose posts were looked up anew for a mended day, and what they are now."""
    told = [
        f"{one.person.name}: {', '.join(one.person.post_lines) or 'danh sách cán bộ không ghi chức vụ nào'}"
        for one in conference.renewed
    ]
    if not told:
        return ""
    rest = f"; và {len(told) - NAMED} người nữa" if len(told) > NAMED else ""
    return f" Chức vụ của người dự lấy lại theo ngày mới: {'; '.join(told[:NAMED])}{rest}."


@require_safe
def conference_ics(request, pk):
    """The conference for one's own calendar; 404 while its day is not known."""
    conference = visible_conference(request.user, pk)
    event = event_of(conference, url=request.build_absolute_uri(conference.get_absolute_url()))
    if event is None:
        raise Http404(NO_DAY)
    return calendar_answer(event)
