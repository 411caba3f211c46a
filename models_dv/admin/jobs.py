"""Work in the background and files that were read in, to look up when somebody asks what became of his."""

from django.contrib import admin

from models_dv import clock
from models_dv.admin.base import ReadOnlyAdmin
from models_dv.domain.unit_names import unit_name
from models_dv.models import ImportBatch, Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Jobs of everybody; started, cancelled and tried again by who asked for them."""

    list_display = ["title", "owner", "state", "done", "total", "created_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["owner"]
    search_fields = ["title", "owner__username", "owner__full_name"]
    search_help_text = "Tên việc hoặc người yêu cầu (gõ đúng dấu)."
    show_full_result_count = False
    ordering = ["-pk"]
    fields = [
        "title",
        "kind",
        "owner",
        "state",
        ("done", "total", "counted"),
        "message",
        "error",
        "attempt",
        "worker",
        ("created_at", "started_at", "heartbeat_at", "finished_at"),
    ]


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """Excel files and what became of their rows; read in and taken back on the staff pages."""

    list_display = ["original_name", "unit_today", "brought_by", "state", "saved", "uploaded_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["uploaded_by", "committed_by", "undone_by"]
    search_fields = ["original_name", "uploaded_by__username", "uploaded_by__full_name"]
    search_help_text = "Tên tệp hoặc người tải lên (gõ đúng dấu)."
    show_full_result_count = False
    ordering = ["-pk"]
    fields = [
        "original_name",
        "kind",
        "unit_today",
        ("brought_by", "uploaded_at"),
        "state",
        ("valid", "wrong", "duplicates", "saved"),
        ("saved_by", "committed_at"),
        ("taken_back_by", "undone_at"),
    ]

    def get_queryset(self, request):
        """With the name of the unit."""
        return super().get_queryset(request).annotate(unit_name=unit_name("unit", clock.today()))

    @admin.display(description="người tải lên", ordering="uploaded_by")
    def brought_by(self, batch):
        """Who brought the file."""
        return batch.uploaded_by

    @admin.display(description="người nhập")
    def saved_by(self, batch):
        """Who had its rows saved."""
        return batch.committed_by

    @admin.display(description="người hoàn tác")
    def taken_back_by(self, batch):
        """Who took them back."""
        return batch.undone_by

    @admin.display(description="đơn vị", ordering="unit_name")
    def unit_today(self, batch):
        """The unit that the rows are of, under its last name."""
        return batch.unit_name
