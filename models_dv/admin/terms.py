"""Terms of committees as suggestions of a choice field; they are entered on the page of their unit."""

from django.contrib import admin

from models_dv import clock
from models_dv.admin.base import ReadOnlyAdmin
from models_dv.domain.unit_search import find_units
from models_dv.models import CommitteeTerm, Unit


@admin.register(CommitteeTerm)
class CommitteeTermAdmin(ReadOnlyAdmin):
    """Terms of the units whose numbers the portal keeps: nothing else asks for a term."""

    list_display = ["__str__", "unit", "starts_on", "ends_on"]
    search_fields = ["unit__code"]  # get_search_results looks further
    search_help_text = "Tên đơn vị (có dấu hoặc không dấu) hoặc mã đơn vị."
    ordering = ["unit__code", "-starts_on"]
    fields = ["unit", "name", "starts_on", "ends_on"]

    def has_module_permission(self, request):
        """Entered on the page of the unit."""
        return False

    def get_queryset(self, request):
        """With the names of the units."""
        terms = super().get_queryset(request).filter(unit__portal_numbers=True)
        return terms.select_related("unit").prefetch_related("unit__versions").order_by(*self.ordering)

    def get_search_results(self, request, queryset, search_term):
        """By the unit."""
        if not search_term.strip():
            return queryset, False
        units = find_units(Unit.objects.all(), search_term, clock.today()).order_by()
        return queryset.filter(unit__in=units.values("pk")), False
