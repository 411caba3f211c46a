"""Publications, to look up: what stands at which public address since when."""

from django.contrib import admin

from models_dv.admin.base import PageLink, ReadOnlyAdmin, titled
from models_dv.admin.rows import ReadOnlyTabular
from models_dv.templatetags.vi import datetime_vi
from models_dv.vietnamese.fold import fold
from reports.enums import PublicationState
from reports.models import Publication, PublicationVersion


class VersionRows(ReadOnlyTabular):
    """The versions of a publication; the words stand on the staff's own pages."""

    model = PublicationVersion
    fk_name = "publication"
    fields = readonly_fields = ["number", "state", "published_at", "ended_at", "writer", "confirmer"]

    def get_queryset(self, request):
        """With the people."""
        return super().get_queryset(request).select_related("written_by", "confirmed_by")

    @admin.display(description="người soạn")
    def writer(self, version):
        """Who wrote it."""
        return version.written_by or "–"

    @admin.display(description="người xác nhận")
    def confirmer(self, version):
        """The second person."""
        return version.confirmed_by or "–"


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """Public addresses."""

    list_display = ["slug", "unit_name", "period_name", "state", "first_published"]
    list_filter = ["current__state", ("period", titled(admin.RelatedOnlyFieldListFilter, "kỳ"))]
    list_select_related = ["unit_version", "period", "current"]
    search_fields = ["slug"]  # get_search_results folds the words
    search_help_text = "Địa chỉ hoặc tên đơn vị (có dấu hoặc không dấu)."
    ordering = ["-period__window_to", "slug"]
    fields = ["slug", "unit_name", "period_name", "source", "state", "first_published"]
    inlines = [VersionRows]

    def get_queryset(self, request):
        """With what a page shows."""
        return (
            super()
            .get_queryset(request)
            .for_list()
            .select_related("report__unit_version", "report__round__period")
        )

    def get_search_results(self, request, queryset, search_term):
        """Every word in the address or the unit's name; accents do not matter."""
        for word in fold(search_term).split():
            named = queryset.filter(unit_version__name_folded__contains=word)
            queryset = named | queryset.filter(slug__contains=word)
        return queryset, False

    @admin.display(description="đơn vị", ordering="unit_version__name_sort")
    def unit_name(self, publication):
        """The name of the day."""
        return publication.unit_version.name

    @admin.display(description="kỳ", ordering="period__window_to")
    def period_name(self, publication):
        """The period told of."""
        return publication.period.label

    @admin.display(description="nguồn")
    def source(self, publication):
        """The report or the citation behind it."""
        return str(publication.report or publication.citation)

    @admin.display(description="tình trạng", ordering="current__state")
    def state(self, publication):
        """The state of what stands at the address."""
        return publication.current.get_state_display() if publication.current else "Chưa công bố"

    @admin.display(description="công bố lần đầu", ordering="first_published_at")
    def first_published(self, publication):
        """When the address first answered."""
        return datetime_vi(publication.first_published_at)

    def page_links(self, request, obj):
        """The public page, where there is one."""
        current = obj.current
        shown = current is not None and current.state in (
            PublicationState.PUBLISHED,
            PublicationState.WITHDRAWN,
        )
        return [PageLink("Xem trang công khai", obj.get_absolute_url())] if shown else []
