"""Tasks: looked up and mended here; given, reported on and ended on the staff pages."""

from datetime import timedelta

from django.contrib import admin

from models_dv import clock
from models_dv.admin.base import AuditedAdmin
from models_dv.admin.rows import AuditedStacked, ReadOnlyTabular
from models_dv.domain.search import read_query
from models_dv.domain.unit_names import unit_name
from models_dv.enums import TaskState
from models_dv.models import Task, TaskExtension, TaskProgress
from models_dv.models.tasks import SOON_DAYS


class ProgressRows(AuditedStacked):
    """What units reported; mended here, written on the page of the task."""

    model = TaskProgress
    fields = [("unit", "on", "percent"), "text", "evidence", ("written_by", "at")]
    readonly_fields = ["unit", "written_by", "at"]
    max_num = 0

    def get_queryset(self, request):
        """With who wrote, and the names of the units."""
        rows = super().get_queryset(request).select_related("written_by", "unit")
        return rows.prefetch_related("unit__versions")


class ExtensionRows(ReadOnlyTabular):
    """More time that was given."""

    model = TaskExtension
    fields = ["due_before", "due_on", "reason", "by", "at"]

    def get_queryset(self, request):
        """With who gave it."""
        return super().get_queryset(request).select_related("by")


class IsOverdue(admin.SimpleListFilter):
    """Open tasks whose due day has passed."""

    title = "hạn"
    parameter_name = "han"

    def lookups(self, request, model_admin):
        """One answer, and soon."""
        return [("qua-han", "Quá hạn"), ("gap", "Quá hạn hoặc trong 7 ngày")]

    def queryset(self, request, queryset):
        """Tasks as chosen."""
        today = clock.today()
        last = {"qua-han": today - timedelta(days=1), "gap": today + timedelta(days=SOON_DAYS)}
        if self.value() not in last:
            return queryset
        return queryset.filter(state=TaskState.OPEN, due_on__lte=last[self.value()])


@admin.register(Task)
class TaskAdmin(AuditedAdmin):
    """Tasks; who leads, by when and how it stands changes on the staff pages, where it is checked."""

    fields = [
        "title",
        "content",
        ("giving_unit", "lead_unit"),
        "lead_post",
        "joining_others",
        ("given_on", "due_on"),
        "product",
        "state",
        ("ended_on", "result"),
    ]
    readonly_fields = ["giving_unit", "lead_unit", "given_on", "due_on", "state", "ended_on"]
    inlines = [ProgressRows, ExtensionRows]
    instead_of_deleting = "Nhiệm vụ không làm nữa thì huỷ kèm lý do ở trang nhiệm vụ, không xoá."
    list_display = ["title", "lead", "due_on", "state", "giver"]
    list_filter = ["state", IsOverdue]
    search_fields = ["title"]  # get_search_results looks further
    search_help_text = "Nội dung nhiệm vụ, có dấu hoặc không dấu."
    show_full_result_count = False
    ordering = ["due_on", "pk"]

    def get_queryset(self, request):
        """With the names of today of the units."""
        today = clock.today()
        rows = super().get_queryset(request)
        return rows.annotate(
            giving_name=unit_name("giving_unit", today), lead_name=unit_name("lead_unit", today)
        )

    def get_search_results(self, request, queryset, search_term):
        """Every word, through the index."""
        words = read_query(search_term).words
        return queryset.filter(search_text__words=words) if words else queryset, False

    def has_add_permission(self, request):
        """On the staff pages, in the name of a unit."""
        return False

    def save_model(self, request, obj, form, change):
        """Who has the task open elsewhere is told that it changed."""
        obj.revision += 1
        super().save_model(request, obj, form, change)

    def page_note(self, request, obj):
        """Where the rest is done."""
        if obj.state != TaskState.OPEN:
            return "Nhiệm vụ đã kết thúc; mở lại ở trang nhiệm vụ."
        return "Đơn vị, hạn và tình trạng đổi ở trang nhiệm vụ, kèm lý do."

    @admin.display(description="đơn vị chủ trì")
    def lead(self, task):
        """The unit that leads."""
        return task.lead_name

    @admin.display(description="đơn vị giao")
    def giver(self, task):
        """The unit that gave it."""
        return task.giving_name
