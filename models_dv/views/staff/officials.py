"""Officials: the list as of a day, one person with his posts through time, entering and mending."""

from datetime import date

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from models_dv import clock
from models_dv.domain import officials as domain
from models_dv.domain.unit_names import unit_name
from models_dv.enums import ConferenceState, Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.filters.officials import BY_RANK, OfficialFilter
from models_dv.forms.officials import (
    NOTHING_PRIVATE,
    AppointForm,
    AppointmentForm,
    EndForm,
    NewOfficialForm,
    PersonForm,
    days_of,
)
from models_dv.models import Appointment, Conference, ConferencePerson, Official, SigningDelegation, Unit
from models_dv.permissions import may_keep
from models_dv.scopes import unit_ids_with
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import chips_of, page_of
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.own_units import units_kept
from models_dv.views.staff.refusals import refusals_as_page

NAV = "officials"
MORE_FILTERS = ("co_quan", "ngay", "ca_cu")


@require_safe
def officials(request):
    """Who holds a post on the day: by given name, or within a unit by rank."""
    visible = Official.objects.visible_to(request.user).present()
    filterset = OfficialFilter(request.GET, queryset=visible)
    order = filterset.order
    rows = filterset.qs.order_by("name_sort", "pk")
    shown = page_of(request, filterset.by_rank(rows) if order == BY_RANK else rows)
    people = list(shown.page)
    held = _posts_of(people, filterset.day, with_former=filterset.with_former)
    for person in people:
        person.posts = [post for post in held if post.official_id == person.pk]
        if order == BY_RANK:
            person.group = filterset.unit_of(person.best_place)
            names = (post.unit_name for post in person.posts if post.unit_id == person.group)
            person.group_name = next(names, "")
    context = {
        "nav": NAV,
        "filter": filterset,
        "shown": shown,
        "people": people,
        "day": filterset.day,
        "order": order,
        "holding": filterset.holding(filterset.qs).count(),
        "chips": chips_of(filterset, request),
        "more_open": any(request.GET.get(name) for name in MORE_FILTERS),
        "may_add": bool(unit_ids_with(request.user, Role.AUTHOR, Role.APPROVER)),
        **illustrative_of(person.illustrative for person in people),
    }
    return render(request, "staff/officials/list.html", context)


def _posts_of(people: list[Official], day: date, *, with_former: bool) -> list[Appointment]:
    """The posts of all people of a page, the highest first; one query."""
    rows = Appointment.objects.filter(official__in=people)
    if not with_former:
        rows = rows.not_ended(day)
    rows = list(rows.annotate(unit_name=unit_name("unit", day, short=True)).order_by("rank", "order", "pk"))
    for post in rows:
        post.is_held, post.days = post.is_in_force(day), days_of(post)
    return sorted(rows, key=lambda post: not post.is_held)


# --- one person --------------------------------------------------------------------------------------


def visible_official(request, pk: int) -> Official:
    """The person; Http404 for whom there is nobody."""
    rows = Official.objects.visible_to(request.user).select_related("merged_into")
    return get_object_or_404(rows, pk=pk)


def standing_official(request, pk: int) -> Official:
    """The same for what is done with the record; one that was merged away is not worked on."""
    official = visible_official(request, pk)
    if official.merged_into_id:
        raise NotAllowed(domain.MERGED)
    return official


def posts_through_time(official: Official, day: date) -> list[Appointment]:
    """All posts: those held on the day first, then the latest. Units under the name of their day."""
    rows = Appointment.objects.filter(official=official).annotate(begun=Coalesce("from_on", "attested_on"))
    rows = rows.annotate(
        name_now=unit_name("unit", day), name_then=unit_name("unit", OuterRef("begun"))
    ).select_related("unit")
    rows = rows.order_by(F("to_on").desc(nulls_first=True), "rank", "order", "pk")
    posts = list(rows.prefetch_related("unit__versions"))
    for post in posts:
        post.is_held, post.days = post.is_in_force(day), days_of(post)
        post.is_unsure = post.is_unsure_on(day)
        post.unit_name = (post.name_now if post.is_held else post.name_then) or str(post.unit)
    return sorted(posts, key=lambda post: not post.is_held)


@require_safe
@refusals_as_page(NAV)
def official(request, pk):
    """One person: posts through time, conferences, delegations. A merged record leads to the kept one."""
    found = visible_official(request, pk)
    if found.merged_into_id:
        messages.info(request, f"Hồ sơ {found} đã gộp vào hồ sơ này.")
        return redirect(found.merged_into)
    filterset = OfficialFilter(request.GET, queryset=Official.objects.none())
    posts = posts_through_time(found, filterset.day)
    for post in posts:
        post.may_keep = may_keep(request.user, post.unit_id)
    visible = Conference.objects.visible_to(request.user)
    context = {
        "nav": NAV,
        "official": found,
        "posts": posts,
        "day": filterset.day,
        "day_field": filterset.form["ngay"],
        "attended": attended(found, visible),
        "delegations": SigningDelegation.objects.visible_to(request.user)
        .filter(delegate=found)
        .annotate(unit_name=unit_name("unit", OuterRef("from_on"))),
        "may_mend": domain.may_mend(request.user, found),
        "may_appoint": bool(unit_ids_with(request.user, Role.AUTHOR, Role.APPROVER)),
    }
    return render(request, "staff/officials/official.html", context)


def attended(found: Official, visible: QuerySet[Conference]) -> list[ConferencePerson]:
    """Conferences at which he was: among those that the person may see, and those whose public page names him.

    Newest first, each with ``url``. Planned ones are to come. One query.
    """
    rows = ConferencePerson.objects.filter(official=found, conference__state=ConferenceState.HELD)
    public = Q(conference__publication__isnull=False, conference__publication__withdrawn_at__isnull=True)
    rows = rows.annotate(is_seen=Exists(visible.filter(pk=OuterRef("conference")))).filter(
        Q(is_seen=True) | public
    )
    rows = rows.select_related("conference__publication")
    rows = rows.order_by("-conference__year", F("conference__held_on").desc(nulls_last=True), "-pk")
    return [row for row in rows if _place_of(row)]


def _place_of(row: ConferencePerson) -> str:
    """Where the conference is read, kept as ``url``; "" where only the rest of it is public."""
    if row.is_seen:
        row.url = reverse("staff:conference", args=[row.conference_id])
    else:
        public = row.conference.publication
        row.url = public.get_absolute_url() if row.pk in public.content["choice"]["people"] else ""
    return row.url


# --- entering and mending ----------------------------------------------------------------------------


def keeping_units(user) -> list[Unit]:
    """The units whose officials the person enters, those that have ended too; NotAllowed without one."""
    return units_kept(user, "ghi được cán bộ của đơn vị đó", also_ended=True)


def form_page(request, form, *, title: str, submit: str, official: Official | None = None, **context):
    """The page with one form about an official."""
    base = {
        "nav": NAV,
        "form": form,
        "title": title,
        "submit": submit,
        "official": official,
        "hint": NOTHING_PRIVATE,
        "back_url": official.get_absolute_url() if official else reverse("staff:officials"),
    }
    template = context.pop("template", "staff/officials/form.html")
    return render(request, template, base | context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def official_new(request):
    """Thêm cán bộ with his first post."""
    units = keeping_units(request.user)
    form = NewOfficialForm(posted(request), units=units, initial={"name": request.GET.get("ten", "")[:120]})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            made = domain.add_official(
                name=cleaned["name"],
                work_phone=cleaned["work_phone"],
                work_email=cleaned["work_email"],
                posts=[form.as_post()],
                illustrative=form.chosen_unit.illustrative,
                actor=request.user,
            )
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã thêm {made}.")
            return redirect(made)
    return form_page(
        request, form, title="Thêm cán bộ", submit="Thêm cán bộ", unit=units[0] if len(units) == 1 else None
    )


def _revision(official: Official) -> int:
    return Official.objects.values_list("revision", flat=True).get(pk=official.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def official_edit(request, pk):
    """Sửa: name and work contact."""
    found = standing_official(request, pk)
    if not domain.may_mend(request.user, found):
        raise NotAllowed("Chỉ người soạn thảo hoặc duyệt của đơn vị có chức vụ của cán bộ này mới sửa được.")
    initial = {name: getattr(found, name) for name in ("name", "work_phone", "work_email", "revision")}
    form = PersonForm(posted(request), official=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in initial}
        try:
            domain.edit_official(found, actor=request.user, **values)
        except ExpectedError as error:
            say(form, error, revision=_revision(found))
        else:
            messages.success(request, "Đã lưu hồ sơ.")
            return redirect(found)
    return form_page(request, form, title="Sửa hồ sơ", submit="Lưu", official=found)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def official_appoint(request, pk):
    """Thêm chức vụ: several at once by one decision."""
    found, units = standing_official(request, pk), keeping_units(request.user)
    form = AppointForm(posted(request), units=units, initial={"revision": found.revision})
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.appoint(
                found, form.as_posts(), revision=form.cleaned_data["revision"], actor=request.user
            )
        except ExpectedError as error:
            say(form, error, revision=_revision(found))
        else:
            messages.success(request, f"Đã thêm {len(made)} chức vụ.")
            return redirect(found)
    return form_page(
        request,
        form,
        title="Thêm chức vụ",
        submit="Thêm chức vụ",
        official=found,
        unit=units[0] if len(units) == 1 else None,
        template="staff/officials/appoint.html",
    )


def own_appointment(request, pk: int) -> Appointment:
    """A post of a unit that the person keeps; Http404 where there is none to see."""
    rows = Appointment.objects.select_related("official", "unit").prefetch_related("unit__versions")
    found = get_object_or_404(rows, pk=pk)
    if not unit_ids_with(request.user):
        raise Http404
    if not may_keep(request.user, found.unit_id):
        raise NotAllowed("Chỉ người soạn thảo hoặc duyệt của đơn vị mới sửa chức vụ trong đơn vị.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def appointment_edit(request, pk):
    """Sửa chức vụ: what was entered wrongly."""
    found = own_appointment(request, pk)
    form = AppointmentForm(posted(request), units=[found.unit], initial=AppointmentForm.showing(found))
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_appointment(
                found, form.as_post(), revision=form.cleaned_data["revision"], actor=request.user
            )
        except ExpectedError as error:
            say(form, error, revision=_revision(found.official))
        else:
            messages.success(request, "Đã lưu chức vụ.")
            return redirect(found.official)
    return form_page(
        request, form, title="Sửa chức vụ", submit="Lưu", official=found.official, unit=found.unit
    )


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def appointment_end(request, pk):
    """Thôi giữ chức vụ."""
    found = own_appointment(request, pk)
    form = EndForm(posted(request), initial={"to_on": clock.today(), "revision": found.official.revision})
    if request.method == "POST" and form.is_valid():
        try:
            domain.end_appointment(found, actor=request.user, **form.cleaned_data)
        except ExpectedError as error:
            say(form, error, revision=_revision(found.official))
        else:
            messages.success(request, f"Đã ghi thôi giữ chức vụ “{found.post}”.")
            return redirect(found.official)
    return form_page(
        request,
        form,
        title="Thôi giữ chức vụ",
        submit="Ghi thôi giữ chức vụ",
        official=found.official,
        unit=found.unit,
        about=f"{found.post}, {days_of(found)}",
    )
