"""Work in the background and files that were read in, to look up when somebody asks what became of his."""

from django.contrib import admin

from models_dv import clock
from models_dv.admin.base import ReadOnlyAdmin
from models_dv.domain.sheets import sheet_kind
from models_dv.domain.unit_names import unit_name
from models_dv.models import ImportBatch, Job
from models_dv.vietnamese.numbers import format_number


def _number(name: str, label: str):
    """A number of the row as it is read here: 3.000."""

    @admin.display(description=label, ordering=name)
    def shown(_admin, row) -> str:
        return format_number(getattr(row, name))

    return shown


def _noun(name: str) -> str:
    """The noun of a kind of sheet: “Hội nghị”."""
    kind = sheet_kind(name)
    return kind.title if kind else name


class KindOfRows(admin.SimpleListFilter):
    """By the noun whose rows the file has."""

    title = "loại dữ liệu"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        """The nouns that were brought."""
        names = ImportBatch.objects.order_by("kind").values_list("kind", flat=True).distinct()
        return [(name, _noun(name)) for name in names]

    def queryset(self, request, queryset):
        """Files of the noun chosen."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


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

    list_display = ["original_name", "unit_today", "brought_by", "state", "saved_rows", "uploaded_at"]
    list_filter = ["state", KindOfRows]
    list_select_related = ["uploaded_by", "committed_by", "undone_by"]
    search_fields = ["original_name", "uploaded_by__username", "uploaded_by__full_name"]
    search_help_text = "Tên tệp hoặc người tải lên (gõ đúng dấu)."
    show_full_result_count = False
    ordering = ["-pk"]
    fields = [
        "original_name",
        "noun",
        "unit_today",
        ("brought_by", "uploaded_at"),
        "state",
        ("valid_rows", "wrong_rows", "double_rows", "saved_rows"),
        ("saved_by", "committed_at"),
        ("taken_back_by", "undone_at"),
    ]

    valid_rows = _number("valid", "dòng hợp lệ")
    wrong_rows = _number("wrong", "dòng lỗi")
    double_rows = _number("duplicates", "dòng trùng")
    saved_rows = _number("saved", "dòng đã nhập")

    def get_queryset(self, request):
        """With the name of the unit."""
        return super().get_queryset(request).annotate(unit_name=unit_name("unit", clock.today()))

    @admin.display(description="loại dữ liệu")
    def noun(self, batch):
        """What its rows are."""
        return _noun(batch.kind)

    @admin.display(description="người tải lên", ordering="uploaded_by")
    def brought_by(self, batch):
        """Who brought the file."""
        return batch.uploaded_by

    @admin.display(description="người nhập")
    def saved_by(self, batch):
        """Who had its rows saved."""
        return batch.committed_by or "–"

    @admin.display(description="người hoàn tác")
    def taken_back_by(self, batch):
        """Who took them back."""
        return batch.undone_by or "–"

    @admin.display(description="đơn vị", ordering="unit_name")
    def unit_today(self, batch):
        """The unit that the rows are of, under its last name."""
        return batch.unit_name
