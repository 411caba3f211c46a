"""Reports, editions and their steps, to look up: where they stand, never the text of a draft."""

from django.contrib import admin
from django.db.models import Q

from models_dv.admin.base import ReadOnlyAdmin, linked, related_with
from models_dv.admin.rows import ReadOnlyTabular
from models_dv.models import UnitVersion
from models_dv.vietnamese.fold import fold
from reports.models import EditionEvent, Report, ReportEdition


class EditionRows(ReadOnlyTabular):
    """The editions of a report."""

    model = ReportEdition
    fk_name = "report"
    fields = readonly_fields = ["page", "state", "state_at", "full_number", "issued_on", "signer_name"]

    def get_queryset(self, request):
        """With what a row's own name needs."""
        return super().get_queryset(request).select_related("report__round__period", "report__unit_version")

    @admin.display(description="bản")
    def page(self, edition):
        """The edition, leading to its page."""
        return linked("admin:reports_reportedition_change", edition)

    @admin.display(description="số, ký hiệu")
    def full_number(self, edition):
        """“05-BC/BTGDVTU”."""
        return edition.full_number or "–"


class EventRows(ReadOnlyTabular):
    """The steps of an edition."""

    model = EditionEvent
    fields = readonly_fields = ["at", "action", "person", "to", "receipt", "due_at"]

    def get_queryset(self, request):
        """With the people."""
        return super().get_queryset(request).select_related("actor")

    @admin.display(description="người thực hiện")
    def person(self, event):
        """Who took the step."""
        return event.actor

    @admin.display(description="thành")
    def to(self, event):
        """The state afterwards."""
        return event.get_to_state_display()


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What each unit owes in each round."""

    list_display = ["unit_name", "round", "level", "state", "due_at"]
    list_filter = ["latest__state", "level", ("round", related_with("period"))]
    search_fields = ["unit__code"]  # get_search_results looks further
    search_help_text = "Tên đơn vị (có dấu hoặc không dấu) hoặc mã đơn vị."
    ordering = ["-round__window_to", "path"]
    show_full_result_count = False
    fields = ["round", "unit_name", "level", "parent", "due_at", "state"]
    inlines = [EditionRows]

    def get_queryset(self, request):
        """With what a row shows."""
        return super().get_queryset(request).for_list().select_related("parent__round__period")

    def get_search_results(self, request, queryset, search_term):
        """Every word in the name of that day or in the code; accents do not matter."""
        for word in fold(search_term).split():
            named = UnitVersion.objects.filter(name_folded__contains=word).values("pk")
            queryset = queryset.filter(Q(unit_version__in=named) | Q(unit__code__contains=word))
        return queryset, False

    @admin.display(description="đơn vị", ordering="unit_version__name_sort")
    def unit_name(self, report):
        """The name of the day on which the round was opened."""
        return report.unit_version.name

    @admin.display(description="tình trạng", ordering="latest__state")
    def state(self, report):
        """The state of the latest edition."""
        return report.latest.get_state_display() if report.latest else "–"


@admin.register(ReportEdition)
class ReportEditionAdmin(ReadOnlyAdmin):
    """Editions with their steps."""

    list_display = ["unit_name", "number", "state", "state_at", "full_number", "issued_on"]
    list_filter = ["state"]
    list_select_related = ["report__unit_version"]
    search_fields = ["document_number"]
    search_help_text = "Số văn bản."
    show_full_result_count = False
    ordering = ["-state_at"]
    fields = [
        "report",
        "number",
        "state",
        "state_at",
        "full_number",
        "issued_on",
        "signer_name",
        "signer_post",
        "remarks",
        "replaces",
        "file_sum",
    ]
    inlines = [EventRows]

    def has_module_permission(self, request):
        """Reached from the report."""
        return False

    def get_queryset(self, request):
        """With what its name needs."""
        rows = super().get_queryset(request)
        return rows.select_related("report__unit_version", "report__round__period", "replaces")

    @admin.display(description="đơn vị")
    def unit_name(self, edition):
        """The unit's name of the day."""
        return edition.report.unit_version.name

    @admin.display(description="số, ký hiệu")
    def full_number(self, edition):
        """“05-BC/BTGDVTU”."""
        return edition.full_number or "–"

    @admin.display(description="ghi nhận")
    def remarks(self, edition):
        """A deputy's signature, an approval by the writer himself."""
        said = {"Cấp phó ký": edition.signer_is_deputy, "Tự duyệt": edition.self_approved}
        return ", ".join(words for words, holds in said.items() if holds) or "–"

    @admin.display(description="SHA-256 của tệp PDF")
    def file_sum(self, edition):
        """The sum of the frozen file."""
        return edition.pdf_sha256 or "–"
