"""Document numbers: the register to look up, and where the portal's own series stand."""

from django.contrib import admin

from models_dv.admin.base import AuditedAdmin, ReadOnlyAdmin, is_key, linked
from models_dv.forms.admin_units import TermChoiceField
from models_dv.models import CommitteeTerm, UnitVersion
from models_dv.templatetags.vi import date_vi
from models_dv.vietnamese.fold import fold
from reports.forms.admin_numbering import NumberSeriesForm
from reports.models import DocumentNumber, NumberSeries


def _of_units(queryset, search_term: str):
    """Rows whose unit has every word in one of its names; accents do not matter."""
    for word in fold(search_term).split():
        named = UnitVersion.objects.filter(name_folded__contains=word).values("unit_id")
        found = queryset.filter(term__unit__in=named)
        queryset = found | queryset.filter(number=word) if is_key(word) else found
    return queryset


@admin.register(DocumentNumber)
class DocumentNumberAdmin(ReadOnlyAdmin):
    """Numbers used."""

    list_display = ["full_number", "unit", "term_name", "issued_on"]
    list_filter = ["document_type"]
    search_fields = ["number"]  # get_search_results looks further
    search_help_text = "Số, hoặc tên đơn vị (có dấu hoặc không dấu)."
    show_full_result_count = False
    ordering = ["-pk"]
    fields = ["full_number", "unit", "term_name", "issued_on", "report"]

    def get_queryset(self, request):
        """With what a row shows."""
        rows = super().get_queryset(request).select_related("term", "edition__report__unit_version")
        return rows.select_related("edition__report__round__period").prefetch_related("term__unit__versions")

    def get_search_results(self, request, queryset, search_term):
        """By number or unit."""
        return _of_units(queryset, search_term), False

    @admin.display(description="số, ký hiệu", ordering="number")
    def full_number(self, entry):
        """“05-BC/BTGDVTU”."""
        return entry.edition.full_number

    @admin.display(description="đơn vị")
    def unit(self, entry):
        """The issuing unit's name of the day."""
        return entry.edition.report.unit_version.name

    @admin.display(description="nhiệm kỳ", ordering="term__starts_on")
    def term_name(self, entry):
        """The term in which the number runs."""
        return entry.term.name

    @admin.display(description="báo cáo")
    def report(self, entry):
        """The edition that took the number."""
        return linked("admin:reports_reportedition_change", entry.edition)

    @admin.display(description="ngày ban hành", ordering="edition__issued_on")
    def issued_on(self, entry):
        """The date of the document."""
        return date_vi(entry.edition.issued_on)


@admin.register(NumberSeries)
class NumberSeriesAdmin(AuditedAdmin):
    """Series kept by the portal; set once where a paper register is taken over in mid-term."""

    form = NumberSeriesForm
    fields = ["term", "document_type", "last_number"]
    audit_names = {"term": "nhiệm kỳ"}
    autocomplete_fields = ["term"]
    list_display = ["unit", "term_name", "document_type", "last_number"]
    ordering = ["term__unit__code", "document_type"]

    def get_queryset(self, request):
        """With the names of the units."""
        return super().get_queryset(request).select_related("term").prefetch_related("term__unit__versions")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Terms of the units whose numbers the portal keeps."""
        if db_field.name == "term":
            terms = CommitteeTerm.objects.filter(unit__portal_numbers=True)
            kwargs["queryset"] = terms.select_related("unit").prefetch_related("unit__versions")
            kwargs["form_class"] = TermChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        """The series stays what it is."""
        return ["unit", "term_name", "document_type"] if obj else []

    def get_fields(self, request, obj=None):
        """With the unit, once it is known."""
        return ["unit", "term_name", "document_type", "last_number"] if obj else self.fields

    def has_delete_permission(self, request, obj=None):
        """Never: numbers would be given twice."""
        return False

    @admin.display(description="đơn vị", ordering="term__unit__code")
    def unit(self, series):
        """The unit's name of today."""
        return str(series.term.unit)

    @admin.display(description="nhiệm kỳ", ordering="term__starts_on")
    def term_name(self, series):
        """The term in which the numbers run."""
        return series.term.name
