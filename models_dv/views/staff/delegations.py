"""Uỷ quyền ký of the person's units: the list, a new one, revoking."""

from datetime import date

from django.contrib import messages
from django.db.models import OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from models_dv import clock
from models_dv.domain import signing
from models_dv.domain.officials import officials_of
from models_dv.domain.unit_names import unit_name
from models_dv.enums import Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.filters.officials import DelegationFilter
from models_dv.forms.officials import DelegationForm, RevokeForm, people_for
from models_dv.models import Official, SigningDelegation, Unit
from models_dv.permissions import may_keep
from models_dv.scopes import unit_ids_with
from models_dv.views.badges import Badge
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import chips_of, page_of
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.officials import NAV, form_page, keeping_units
from models_dv.views.staff.refusals import refusals_as_page

REVOKE = "Thôi uỷ quyền"


def standing(row: SigningDelegation, today: date) -> Badge:
    """How the delegation stands on the day, in words."""
    if row.revoked_on and row.revoked_on <= today:
        return Badge("Đã thôi", "", "close")
    if row.to_on < today:
        return Badge("Đã hết hạn", "", "clock")
    if row.from_on > today:
        return Badge("Sắp tới", "info", "clock")
    return Badge("Đang có hiệu lực", "ok", "check")


@require_safe
def delegations(request):
    """The delegations of the units whose things the person reads, of all days or of one, the latest first."""
    today = clock.today()
    visible = SigningDelegation.objects.visible_to(request.user).select_related("delegate", "unit")
    filterset = DelegationFilter(request.GET, queryset=visible)
    shown = page_of(request, filterset.qs.annotate(unit_name=unit_name("unit", OuterRef("from_on"))))
    rows = list(shown.page)
    for row in rows:
        row.badge = standing(row, today)
        row.may_revoke = signing.can_revoke(row, today) and may_keep(request.user, row.unit_id)
    context = {
        "nav": NAV,
        "filter": filterset,
        "chips": chips_of(filterset, request),
        "shown": shown,
        "rows": rows,
        "may_add": bool(unit_ids_with(request.user, Role.AUTHOR, Role.APPROVER)),
        **illustrative_of(row.unit.illustrative for row in rows),
    }
    return render(request, "staff/officials/delegations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def delegation_new(request):
    """Uỷ quyền ký in one of the person's units; with several of them ``?don-vi=`` says in which."""
    units = keeping_units(request.user)
    unit = _chosen(request, units)
    people = people_for(officials_of(unit, clock.today()))
    form = DelegationForm(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        delegate = Official.objects.get(pk=values.pop("delegate"))
        try:
            made = signing.delegate_signing(unit, delegate, actor=request.user, **values)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã ghi uỷ quyền ký cho {delegate}.")
            if made.warning:
                messages.warning(request, made.warning)
            return redirect("staff:delegations")
    return form_page(
        request,
        form,
        title="Uỷ quyền ký",
        submit="Ghi uỷ quyền ký",
        unit=unit,
        back_url=reverse("staff:delegations"),
        other_units=[other for other in units if other != unit],
        nobody=not people,
    )


def _chosen(request, units: list[Unit]) -> Unit:
    asked = request.GET.get("don-vi", "")
    return next((unit for unit in units if str(unit.pk) == asked), units[0])


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def delegation_revoke(request, pk):
    """Thôi uỷ quyền before the last day."""
    visible = SigningDelegation.objects.visible_to(request.user).select_related("delegate", "unit")
    row = get_object_or_404(visible, pk=pk)
    if not may_keep(request.user, row.unit_id):
        raise NotAllowed("Chỉ người soạn thảo hoặc duyệt của đơn vị mới ghi thôi uỷ quyền ký.")
    if not signing.can_revoke(row):
        messages.error(request, "Uỷ quyền này đã hết hạn hoặc đã thôi trước đó.")
        return redirect("staff:delegations")
    form = RevokeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            signing.revoke_delegation(row, actor=request.user, **form.cleaned_data)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã ghi thôi uỷ quyền ký của {row.delegate}.")
            return redirect("staff:delegations")
    return form_page(
        request,
        form,
        title=REVOKE,
        submit=REVOKE,
        unit=row.unit,
        back_url=reverse("staff:delegations"),
        about=f"{row.delegate}, {row.post}; văn bản {row.decision}",
    )
