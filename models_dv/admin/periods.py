"""Periods: kind, year, number and the usual data window."""

from django.contrib import admin

from models_dv.admin.base import AuditedAdmin
from models_dv.admin.references import references, sentence
from models_dv.admin.searching import with_words
from models_dv.forms.admin_periods import PeriodForm
from models_dv.models import Period


@admin.register(Period)
class PeriodAdmin(AuditedAdmin):
    """Periods; one in use keeps its kind, year and number, because reports are titled by them."""

    form = PeriodForm
    fields = [("kind", "year", "number"), ("window_from", "window_to")]
    list_display = ["label", "kind", "year", "number", "window_from", "window_to"]
    list_filter = ["kind", "year"]
    search_fields = ["year"]
    search_help_text = "Tên kỳ hoặc năm, ví dụ: 6 thang 2026."
    ordering = ["-window_to", "-window_from"]
    instead_of_deleting = "Kỳ đã dùng thì giữ nguyên."

    @admin.display(description="kỳ báo cáo", ordering="window_to")
    def label(self, period):
        """“6 tháng đầu năm 2026”."""
        return period.label

    def get_search_results(self, request, queryset, search_term):
        """Periods whose words, with or without accents, hold every word typed; there are few of them."""
        texts = ((period.pk, period.label) for period in queryset)
        return with_words(queryset, search_term, texts), False

    def get_readonly_fields(self, request, obj=None):
        """What names the reports of a period in use."""
        return ["kind", "year", "number"] if obj and references(obj) else []

    def page_note(self, request, obj):
        """Why some fields cannot be changed."""
        counts = references(obj)
        if not counts:
            return ""
        return (
            f"Kỳ này đã dùng cho {sentence(counts)} nên giữ nguyên loại kỳ, năm và thứ tự. "
            "Khoảng ngày chỉ là gợi ý cho đợt báo cáo sau; đợt đã tạo giữ khoảng ngày của mình."
        )
