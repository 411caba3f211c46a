"""Difficulties, to look up: raised, followed and settled on the staff pages."""

from django.contrib import admin
from django.db.models import F

from models_dv import clock
from models_dv.admin.base import ReadOnlyAdmin, titled
from models_dv.admin.searching import by_words_or_unit
from models_dv.domain.unit_names import unit_name
from models_dv.models import Difficulty


@admin.register(Difficulty)
class DifficultyAdmin(ReadOnlyAdmin):
    """Which difficulty was raised where, and what became of it."""

    list_display = ["text", "unit_today", "raised_on", "state"]
    list_filter = ["state", ("topics", titled(admin.RelatedOnlyFieldListFilter, "chủ đề"))]
    search_fields = ["text"]  # get_search_results looks further
    search_help_text = "Nội dung hoặc tên đơn vị, có dấu hoặc không dấu."
    show_full_result_count = False
    ordering = [F("raised_on").desc(nulls_last=True), "-pk"]
    fields = [
        "text",
        "unit_today",
        "raised_by",
        "conference",
        "raised_on",
        "topics",
        "state",
        "settled_on",
        "settled_note",
        "continues",
    ]

    def get_queryset(self, request):
        """With the name of the unit."""
        rows = super().get_queryset(request).select_related("conference", "continues")
        return rows.annotate(unit_name=unit_name("unit", clock.today()))

    @admin.display(description="đơn vị", ordering="unit_name")
    def unit_today(self, difficulty):
        """The unit that keeps it, under its last name."""
        return difficulty.unit_name

    def get_search_results(self, request, queryset, search_term):
        """Every word in the difficulty, through the index, or in the unit's name."""
        return by_words_or_unit(queryset, search_term), False
