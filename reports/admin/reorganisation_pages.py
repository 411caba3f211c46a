"""The pages of the wizard: the plan with its open questions, one change, the dry run, what was done, undo."""

from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from models_dv import clock
from models_dv.admin.changes import compared
from models_dv.domain.reorganisation import drafts, settling
from models_dv.domain.reorganisation.applying import apply
from models_dv.domain.reorganisation.checking import problems
from models_dv.domain.reorganisation.effects import Effects, dry_run
from models_dv.domain.reorganisation.plan import Change, Plan
from models_dv.domain.reorganisation.remaining import remaining
from models_dv.domain.reorganisation.undoing import StandsInTheWay, obstacles, undo
from models_dv.enums import ReorganisationState
from models_dv.errors import ExpectedError
from models_dv.forms.admin_reorganisations import ChangeForm, SourceForm, SourceFormSet
from models_dv.forms.reorganisation_questions import (
    Labels,
    questions,
    questions_of_heirs,
    questions_of_parts,
)
from models_dv.models import AuditEntry, Reorganisation, Unit
from reports.admin.reorganisation_rows import plan_rows, preview_of, without_anybody
from reports.domain.reorganisation_effects import report_effects

APPLIED = "Đã áp dụng sắp xếp đơn vị."
#: Others were dropped meanwhile, and the number is now that of another change.
OTHER_CHANGE = "Chỗ này nay là việc khác. Quay lại phương án rồi mở đúng việc."
UNDONE = "Đã hoàn tác: mọi đơn vị trở lại như trước."


def address(name: str, *args) -> str:
    """Address of a page of the wizard."""
    return reverse(f"admin:models_dv_reorganisation_{name}", args=args)


def where(row: Reorganisation) -> str:
    """The page at which the reorganisation stands."""
    return address("plan" if row.state == ReorganisationState.DRAFT else "result", row.pk)


def page(view):
    """A page about one reorganisation, for administrators; what cannot be done becomes a message."""

    @wraps(view)
    def shown(model_admin, request, pk, **more):
        if not model_admin.admin_site.has_permission(request):
            raise PermissionDenied
        rows = Reorganisation.objects.select_related("scope", "applied_by", "undone_by")
        row = get_object_or_404(rows, pk=pk)
        try:
            return view(model_admin, request, row, **more)
        except ExpectedError as error:
            model_admin.message_user(request, error.message, messages.ERROR)
            return redirect(where(row))

    return shown


def _answer(model_admin, request, row, template: str, title: str, **context):
    context |= model_admin.admin_site.each_context(request) | {
        "title": title,
        "opts": model_admin.opts,
        "original": row,
        "is_draft": row.state == ReorganisationState.DRAFT,
    }
    return TemplateResponse(request, f"admin/reorganisation/{template}.html", context)


def _revision(request) -> int:
    posted = request.POST.get("revision", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else -1


@page
def plan_page(model_admin, request, row):
    """Step 2: the changes, and everything that has to be chosen; POST saves answers or drops something."""
    if row.state != ReorganisationState.DRAFT:
        return redirect(where(row))
    if request.method == "POST":
        drafts.change_plan(row, _edit(request.POST), revision=_revision(request), actor=request.user)
        return redirect(address("preview" if "preview" in request.POST else "plan", row.pk))
    plan, frame = drafts.plan_of(row), drafts.frame_of(row)
    labels, found = Labels(plan), problems(plan, frame)
    asked = questions(plan, frame, labels)
    answered = {one.change for of_change in asked for one in of_change.questions}
    return _answer(
        model_admin,
        request,
        row,
        "plan",
        f"Phương án: {row}",
        plan=plan,
        rows=plan_rows(plan, labels, found),
        asked=asked,
        parts=questions_of_parts(plan, labels),
        heirs=questions_of_heirs(plan, frame) if not asked else [],
        problems=[one for one in found if one.change is None or one.change not in answered],
        is_ready=not found,
    )


def _edit(posted):
    """What the pressed button does to the plan."""

    def edit(plan: Plan) -> None:
        word, _, number = posted.get("do", "").partition("-")
        place = int(number) if number.isdecimal() and len(number) < 6 else -1
        settling.settle(plan, posted)
        if word == "drop":
            settling.drop_change(plan, place)
        elif word == "read":
            settling.drop_unread(plan, place)

    return edit


@page
def change_page(model_admin, request, row, number: int | None = None):
    """One change of the plan, by hand."""
    if row.state != ReorganisationState.DRAFT:
        return redirect(where(row))
    plan = drafts.plan_of(row)
    if number is not None and number >= len(plan.changes):
        raise Http404
    change = plan.changes[number] if number is not None else None
    posted = request.POST if request.method == "POST" else None
    was = change.result.words if change else ""
    shown = change and ChangeForm.initial_of(change)
    form = ChangeForm(posted, initial=shown or {"kind": "new"})
    sources = [SourceForm.initial_of(source) for source in change.sources] if change else []
    formset = SourceFormSet(posted, initial=sources, prefix="sources")
    if posted is not None and form.is_valid() and formset.is_valid():
        typed = _change(form, formset, change)
        put = partial(settling.put_change, number=number, change=typed)
        try:
            if posted.get("was", "") == was:
                drafts.change_plan(row, put, revision=_revision(request), actor=request.user)
                return redirect(where(row))
            form.add_error(None, OTHER_CHANGE)
        except drafts.StalePlan as error:
            form.add_error(None, error.message)
    title = f"Việc: {change.result.words}" if change else "Thêm việc"
    context = {"form": form, "formset": formset, "change": change, "was": (posted or {}).get("was", was)}
    return _answer(model_admin, request, row, "change", title, **context)


def _change(form, formset, before: Change | None) -> Change:
    """The change as typed; what was open in it is settled by that."""
    kept = [one for one in formset.forms if one.has_changed() or one.initial.get("unit")]
    sources = [one.source() for one in kept if not one.cleaned_data.get("DELETE")]
    change = Change(form.result(before and before.result), sources)
    if before:
        change.label, change.text = before.label, before.text
    return change


@page
def preview_page(model_admin, request, row):
    """Step 3: the dry run; POST carries the plan out."""
    if request.method == "POST":
        ids = {int(value) for value in request.POST.getlist("role") if value.isdecimal() and len(value) < 18}
        seen = request.POST.get("seen", "")
        plan, frame = drafts.plan_of(row), drafts.frame_of(row)
        waiting = report_effects(plan.ended(), frame.on).waiting
        try:
            if row.state == ReorganisationState.DRAFT and "nobody" not in request.POST:
                _require_somebody(dry_run(plan, frame), ids, seen)
            apply(
                row,
                revision=_revision(request),
                seen=seen,
                role_ids=ids,
                actor=request.user,
                busy_units=waiting,
                child_names=_child_names(request.POST),
            )
        except ExpectedError as error:
            model_admin.message_user(request, error.message, messages.ERROR)
            return redirect(address("preview", row.pk))
        model_admin.message_user(request, APPLIED, messages.SUCCESS)
        return redirect(address("result", row.pk))
    plan, frame = drafts.plan_of(row), drafts.frame_of(row)
    if row.state != ReorganisationState.DRAFT or problems(plan, frame):
        return redirect(where(row))
    effects = dry_run(plan, frame)
    reports = report_effects(plan.ended(), frame.on)
    preview = preview_of(effects, Labels(plan), reports, tick_all="tat-ca" in request.GET)
    return _answer(
        model_admin,
        request,
        row,
        "preview",
        f"Xem trước: {row}",
        preview=preview,
        reports=reports,
        seen=effects.fingerprint(),
        unread=plan.unread,
        is_to_come=frame.on > clock.today(),
    )


def _require_somebody(effects: Effects, role_ids: set[int], seen: str) -> None:
    """A new unit in which nobody could do anything is asked about once more, if all is as it was seen."""
    alone = without_anybody(effects, role_ids)
    if alone and effects.fingerprint() == seen:
        raise ExpectedError(
            f"Chưa chuyển vai trò nào sang {', '.join(f'“{name}”' for name in alone)}: sau khi áp dụng chưa ai soạn "
            "thảo, duyệt được ở đó. Đánh dấu vai trò cần chuyển, hoặc chọn “Áp dụng khi chưa chuyển vai trò”."
        )


def _child_names(posted) -> dict[int, str]:
    """{unit: name} of the units below that get a new one."""
    typed = {key.partition("-")[2]: name for key, name in posted.items() if key.startswith("child-")}
    return {int(unit): name for unit, name in typed.items() if unit.isdecimal() and len(unit) < 18}


@page
def result_page(model_admin, request, row):
    """Step 4: what was done, with its audit row, and what is left to do by hand."""
    if row.state == ReorganisationState.DRAFT:
        return redirect(where(row))
    of_units = [entry for entry in row.undo if entry["model"] == "models_dv.unit"]
    made = [entry["pk"] for entry in of_units if entry["before"] is None]
    audit = AuditEntry.objects.filter(object_type=row._meta.label, object_id=str(row.pk))
    return _answer(
        model_admin,
        request,
        row,
        "result",
        str(row),
        entries=[
            {"row": entry, "changes": compared(entry)}
            for entry in audit.select_related("actor").order_by("pk")
        ],
        made=Unit.objects.filter(pk__in=made).prefetch_related("versions").order_by("code"),
        remaining=remaining(entry["pk"] for entry in of_units),
        is_applied=row.state == ReorganisationState.APPLIED,
    )


@page
def undo_page(model_admin, request, row):
    """What stands in the way of taking it back; POST does it."""
    if row.state != ReorganisationState.APPLIED and request.method != "POST":
        return redirect(where(row))
    reasons = []
    if request.method == "POST":
        try:
            undo(row, revision=_revision(request), actor=request.user)
        except StandsInTheWay as error:
            reasons = error.reasons
            row.refresh_from_db()
        else:
            model_admin.message_user(request, UNDONE, messages.SUCCESS)
            return redirect(where(row))
    reasons = reasons or obstacles(row)
    return _answer(model_admin, request, row, "undo", f"Hoàn tác: {row}", reasons=reasons)


@page
def again_page(model_admin, request, row):
    """A new draft from one that was undone (POST only)."""
    if request.method != "POST":
        return redirect(where(row))
    return redirect(where(drafts.draft_again(row, actor=request.user)))
