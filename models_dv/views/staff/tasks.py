"""Tasks: the table and the board, one task, giving one and editing it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from models_dv import clock
from models_dv.domain import task_sources
from models_dv.domain import tasks as domain
from models_dv.domain.task_lists import (
    COLUMNS,
    DONE,
    IN_TIME,
    OVERDUE,
    SOON,
    board,
    column_counts,
    pressing_first,
    with_names,
)
from models_dv.domain.unit_names import unit_name
from models_dv.domain.units import heir_of
from models_dv.enums import TaskState
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.filters import tasks as filters
from models_dv.forms.tasks import (
    LONGEST_TITLE,
    UNIT_NAMES,
    ProgressForm,
    TaskForm,
    initial_of,
    typed_with_more_units,
)
from models_dv.models import AuditEntry, Conclusion, Conference, Task, TaskExtension, TaskProgress, Unit
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import chips_of, page_of
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.own_units import keeps_standing_unit, units_kept
from models_dv.views.staff.refusals import refusals_as_page
from models_dv.views.staff.task_words import REPORT, acts_for, due_badge, task_badge

NAV = "tasks"
BOARD = "bang"
#: Name of the button that asks for more places for units.
MORE_UNITS = "them_o"
CARDS_A_COLUMN = 12
#: Filters that stand behind “Thêm bộ lọc”.
MORE_FILTERS = ("giao", "tu", "den", "nguon")
#: What of the list shows the whole of a column.
WHOLE_COLUMN = {
    OVERDUE: {"han": filters.OVERDUE},
    SOON: {"han": filters.SOON},
    IN_TIME: {"han": filters.LATER},
    DONE: {"tinh_trang": TaskState.DONE.value},
}
#: Told elsewhere on the page of a task.
TOLD = ("Báo tiến độ nhiệm vụ", "Gia hạn nhiệm vụ")


@require_safe
def tasks(request):
    """The tasks that the person may see: a table, or with ``?xem=bang`` the same by columns."""
    today = clock.today()
    visible = Task.objects.visible_to(request.user)
    as_board = request.GET.get("xem") == BOARD
    filterset = filters.TaskFilter(request.GET, queryset=visible, today=today, nested=as_board)
    context = {
        "nav": NAV,
        "filter": filterset,
        "chips": chips_of(filterset, request),
        "clear_url": f"{request.path}?xem={BOARD}" if as_board else request.path,
        "more_open": any(request.GET.get(name) for name in MORE_FILTERS),
        "as_board": as_board,
        "may_give": keeps_standing_unit(request.user),
    }
    shown = _board(request, filterset.qs, today) if as_board else _table(request, filterset.qs, today)
    template = "staff/tasks/board.html" if as_board else "staff/tasks/list.html"
    return render(request, template, context | shown)


def _table(request, rows, today) -> dict:
    shown = page_of(request, pressing_first(with_names(rows, today)))
    found = list(shown.page)
    sources = task_sources.texts(found)
    for task in found:
        _dress(task, today)
        task.source = sources[task.pk]
    return {"shown": shown, "tasks": found, **illustrative_of(t.giving_unit.illustrative for t in found)}


def _dress(task, today) -> None:
    task.state_badge, task.due_badge = task_badge(task), due_badge(task, today)


@dataclass(frozen=True)
class Column:
    """One column of the board: its first tasks, and the way to all of them."""

    key: str
    title: str
    count: int
    tasks: list[Task]
    url: str


def _board(request, rows, today) -> dict:
    counts, found = column_counts(rows, today), board(rows, today, size=CARDS_A_COLUMN)
    for task in (task for tasks in found.values() for task in tasks):
        _dress(task, today)
        task.acts = acts_for(request.user, task)
    columns = []
    for key, title in COLUMNS.items():
        query = request.GET.copy()
        query.pop("xem", None)
        query.pop("han", None)
        for name, value in WHOLE_COLUMN[key].items():
            query[name] = value
        columns.append(Column(key, title, counts[key], found[key], f"?{query.urlencode()}"))
    flags = illustrative_of(task.giving_unit.illustrative for column in columns for task in column.tasks)
    return {"columns": columns, "count": sum(counts.values()), **flags}


# --- one task ----------------------------------------------------------------------------------------


def visible_task(request, pk: int) -> Task:
    """The task with the names of its units; Http404 for whom it does not exist."""
    rows = with_names(Task.objects.visible_to(request.user), clock.today())
    rows = rows.select_related("lead_unit", "created_by").prefetch_related("joining_units__versions")
    return get_object_or_404(rows, pk=pk)


def units_to_report_for(user, task: Task) -> list[Unit]:
    """The units for which the person reports on the task, with their names."""
    ids = domain.reporting_unit_ids(user, task)
    units = Unit.objects.filter(pk__in=ids).prefetch_related("versions").in_bulk() if ids else {}
    return [units[pk] for pk in ids]


@require_safe
@refusals_as_page(NAV)
def task(request, pk):
    """Everything about one task: who, by when, what was done, what happened, what may be done now."""
    found, today = visible_task(request, pk), clock.today()
    _dress(found, today)
    progress = list(
        TaskProgress.objects.filter(task=found)
        .annotate(unit_name=unit_name("unit", today))
        .select_related("written_by")
        .prefetch_related("files")
    )
    own = (row for row in progress if row.unit_id == found.lead_unit_id)
    reports_for = units_to_report_for(request.user, found) if found.is_open else []
    context = {
        "nav": NAV,
        "task": found,
        "heir": heir_of(found.lead_unit),
        "source": task_sources.link_of(found, request.user),
        "progress": progress,
        "percent": next((row.percent for row in own if row.percent is not None), None),
        "extensions": TaskExtension.objects.filter(task=found).select_related("by"),
        "history": AuditEntry.objects.filter(object_type=Task._meta.label, object_id=str(found.pk))
        .exclude(action__in=TOLD)
        .select_related("actor"),
        "acts": [
            replace(act, url="#report") if act.label == REPORT else act
            for act in acts_for(request.user, found)
        ],
        "form": ProgressForm(units=reports_for) if reports_for else None,
    }
    return render(request, "staff/tasks/task.html", context)


# --- giving and editing ------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def task_new(request):
    """Giao nhiệm vụ, by hand or with ``?ket-luan=`` out of a conclusion that binds."""
    givers = units_kept(request.user, "giao được nhiệm vụ")
    conclusion = _conclusion(request)
    if conclusion is None:
        return give_task(
            request,
            givers=givers,
            initial={},
            give=lambda unit, values: domain.create_task(values, giving_unit=unit, actor=request.user),
        )
    owners = domain.givers_of(conclusion, {unit.pk for unit in givers})
    owner = [unit for unit in givers if unit.pk in owners]
    if not owner:
        raise NotAllowed(domain.OTHER_CONFERENCE)
    if not domain.binds(conclusion):
        context = {"nav": NAV, "title": "Chưa giao được nhiệm vụ", "reason": domain.UNSIGNED}
        return render(request, "staff/refused.html", context, status=409)
    return give_task(
        request,
        givers=owner,
        initial={"title": conclusion.text[:LONGEST_TITLE], "content": _rest(conclusion.text)},
        give=lambda unit, values: domain.create_task(
            values, giving_unit=unit, actor=request.user, conclusion=conclusion
        ),
        source=f"Kết luận: {conclusion.conference.title}",
    )


def _conclusion(request) -> Conclusion | None:
    """The conclusion that the address names; Http404 for one that the person may not see."""
    asked = request.GET.get("ket-luan", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404
    visible = Conference.objects.visible_to(request.user)
    rows = Conclusion.objects.select_related("conference").filter(conference__in=visible)
    return get_object_or_404(rows, pk=asked)


def _rest(text: str) -> str:
    """The whole conclusion as the content, where it says more than the title can."""
    return text if len(text) > LONGEST_TITLE or "\n" in text else ""


def give_task(
    request, *, givers: list[Unit], initial: dict, give: Callable, source: str = "", back_url: str = ""
):
    """The page on which a task is given. ``give(unit, values)`` is the one call into the domain;
    ``source`` says in words what the task comes out of, ``back_url`` where “Huỷ” leads.
    """
    initial = {"given_on": clock.today(), **initial}
    form = _form(request, givers=givers, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            task = give(form.giver, form.values)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, "Đã giao nhiệm vụ.")
            return redirect(task)
    context = {
        "nav": NAV,
        "form": form,
        "title": "Giao nhiệm vụ",
        "source": source,
        "giver": givers[0] if len(givers) == 1 else None,
        "list_id": UNIT_NAMES,
        "more_units": MORE_UNITS,
        "is_typed": request.method == "POST",
        "back_url": back_url or reverse("staff:tasks"),
        "illustrative": all(unit.illustrative for unit in givers),
    }
    return render(request, "staff/tasks/form.html", context, status=422 if form.errors else 200)


def _form(request, *, initial: dict, **options) -> TaskForm:
    """The form; with “Thêm ô” pressed it has more places for units, and nothing is saved or complained of."""
    if MORE_UNITS in request.POST:
        return TaskForm(initial=initial | typed_with_more_units(request.POST), **options)
    return TaskForm(posted(request), initial=initial, **options)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def task_edit(request, pk):
    """Sửa: what the task says, by the giving unit, while it is open."""
    found = visible_task(request, pk)
    if not domain.may_steer(request.user, found):
        raise NotAllowed("Chỉ đơn vị giao mới sửa được nhiệm vụ này.")
    if not found.is_open:
        messages.error(request, domain.TaskClosed(found, "sửa").message)
        return redirect(found)
    giver = heir_of(found.giving_unit)
    form = _form(request, givers=[giver], task=found, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_task(found, form.values, revision=form.cleaned_data["revision"], actor=request.user)
        except ExpectedError as error:
            say(form, error, revision=Task.objects.values_list("revision", flat=True).get(pk=pk))
        else:
            messages.success(request, "Đã lưu nhiệm vụ.")
            return redirect(found)
    context = {
        "nav": NAV,
        "form": form,
        "title": "Sửa nhiệm vụ",
        "task": found,
        "giver": giver,
        "list_id": UNIT_NAMES,
        "more_units": MORE_UNITS,
        "is_typed": request.method == "POST",
        "back_url": found.get_absolute_url(),
        "illustrative": found.giving_unit.illustrative,
    }
    return render(request, "staff/tasks/form.html", context, status=422 if form.errors else 200)
