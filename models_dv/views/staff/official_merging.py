"""Gộp hồ sơ: look the second record up, see what moves, confirm."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from models_dv import clock
from models_dv.domain.official_merging import merge_officials, plan_merge
from models_dv.domain.officials import may_mend
from models_dv.domain.search import read_query, word_beginnings
from models_dv.domain.unit_names import unit_name
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.forms.officials import days_of
from models_dv.models import Appointment, Official
from models_dv.views.staff.officials import NAV, standing_official
from models_dv.views.staff.refusals import refusals_as_page

MOST_FOUND = 20
STALE_FORM = "Trang này đã cũ. Xem lại những gì sẽ chuyển rồi gộp."


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def official_merge(request, pk):
    """``?q=`` looks the other record up, ``?voi=`` shows what would move; POST merges."""
    kept = standing_official(request, pk)
    if not may_mend(request.user, kept):
        raise NotAllowed("Chỉ người soạn thảo hoặc duyệt của đơn vị có chức vụ của cán bộ này mới gộp được.")
    named = request.POST.get("voi") or request.GET.get("voi", "")
    if not named:
        return _look_up(request, kept)
    other = _other(request, named)
    if request.method == "POST":
        return _merge(request, kept, other)
    return _preview(request, kept, other)


def _other(request, named: str) -> Official:
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        raise Http404
    return standing_official(request, int(named))


def _look_up(request, kept: Official):
    typed = request.GET.get("q", kept.name)
    rows = Official.objects.visible_to(request.user).present().exclude(pk=kept.pk)
    query = read_query(typed)
    found = (
        rows.filter(word_beginnings("name_folded", query)).order_by("name_sort", "pk")
        if query
        else rows.none()
    )
    posts = Appointment.objects.annotate(unit_name=unit_name("unit", clock.today())).order_by("rank", "pk")
    people = list(found.prefetch_related(Prefetch("appointments", posts))[: MOST_FOUND + 1])
    for person in people:
        for post in person.appointments.all():
            post.days = days_of(post)
    context = {
        "nav": NAV,
        "official": kept,
        "typed": query.text,
        "people": people[:MOST_FOUND],
        "has_more": len(people) > MOST_FOUND,
    }
    return render(request, "staff/officials/merge_look_up.html", context)


def _preview(request, kept: Official, other: Official, refused: str = "", status: int = 200):
    plan = plan_merge(kept, other)
    if not refused and not may_mend(request.user, other):
        refused = f"Tài khoản này không có quyền sửa hồ sơ của {other} nên không gộp được."
    for post in (*plan.posts, *plan.same_posts):
        post.days = days_of(post)
    context = {"nav": NAV, "official": kept, "plan": plan, "refused": refused or plan.refused}
    return render(request, "staff/officials/merge.html", context, status=status)


def _merge(request, kept: Official, other: Official):
    try:
        seen = [int(request.POST.get(name, "")) for name in ("kept_revision", "other_revision")]
    except ValueError:
        return _preview(request, kept, other, STALE_FORM, 422)
    try:
        merge_officials(kept, other, kept_revision=seen[0], other_revision=seen[1], actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        for official in (kept, other):
            official.refresh_from_db()
        return _preview(request, kept, other, error.message, 409)
    messages.success(request, f"Đã gộp hồ sơ {other} vào hồ sơ này.")
    return redirect(kept)
