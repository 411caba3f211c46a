"""“Dân vận khéo”: models and examples with their facts, and what was published of them."""

from django.contrib import admin
from django.db.models import Exists

from models_dv import clock
from models_dv.admin.base import AuditedAdmin, ReadOnlyAdmin
from models_dv.admin.rows import AuditedStacked, AuditedTabular
from models_dv.domain.search import read_query
from models_dv.domain.unit_names import unit_name
from models_dv.domain.uploads import remove_stored
from models_dv.enums import FactKind
from models_dv.forms.admin_kheo import KheoFactForm, KheoFactFormSet, KheoForm
from models_dv.models import (
    DanVanKheo,
    KheoEvidence,
    KheoFact,
    KheoPhoto,
    KheoPublication,
    KheoResult,
)
from models_dv.models.dan_van_kheo import facts_of
from models_dv.scopes import whole_edges


class FactRows(AuditedStacked):
    """Dated facts, each as a block: eight columns side by side cut the words off."""

    model = KheoFact
    form = KheoFactForm
    formset = KheoFactFormSet
    verbose_name = "mốc của mô hình"
    verbose_name_plural = "các mốc của mô hình"
    fields = [("kind", "on", "year_only"), ("level", "award_kind"), ("issuer", "decision"), "note"]

    def audit_label(self, row):
        """“Ra mắt 05/02/2026”."""
        return f"{row} {row.when}"


class ResultRows(AuditedTabular):
    """Results in numbers."""

    model = KheoResult
    fields = ["order", "name", "value", "unit_name"]


class Standing(admin.SimpleListFilter):
    """By what has happened to a model."""

    title = "tình trạng"
    parameter_name = "tinh-trang"

    def lookups(self, request, model_admin):
        """Three answers."""
        return [("co", "Đang duy trì"), ("dung", "Đã dừng"), ("chua", "Chưa ra mắt")]

    def queryset(self, request, queryset):
        """Models as chosen."""
        launched = Exists(facts_of(FactKind.LAUNCHED, None, clock.today()))
        stopped = Exists(facts_of(FactKind.STOPPED, None, clock.today()))
        choices = {"co": (launched, ~stopped), "dung": (stopped,), "chua": (~launched,)}
        return queryset.filter(*choices[self.value()]) if self.value() in choices else queryset


class Searched:
    """Looked up through the index of words."""

    search_fields = ["name"]  # get_search_results looks further
    show_full_result_count = False

    def get_search_results(self, request, queryset, search_term):
        """Every word, with or without accents."""
        words = read_query(search_term).words
        return queryset.filter(search_text__words=words) if words else queryset, False


@admin.register(DanVanKheo)
class KheoAdmin(Searched, AuditedAdmin):
    """The registry; files, photos and publishing are on the staff pages."""

    form = KheoForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "unit",
                    "name",
                    ("kind", "subject"),
                    ("field", "level", "year"),
                    "address",
                    "origin",
                ]
            },
        ),
        (
            "Nội dung",
            {
                "classes": ["collapse"],
                "fields": [
                    "situation",
                    "aims",
                    "method",
                    ("people_served", "served_note"),
                    ("leads", "joins"),
                    "resources",
                    ("funds", "duration"),
                    "product",
                    "results",
                    "lasting",
                    "experience",
                ],
            },
        ),
    ]
    autocomplete_fields = ["unit", "origin"]
    inlines = [FactRows, ResultRows]
    own_parts = (KheoEvidence, KheoPhoto)
    instead_of_deleting = "Mô hình không còn hoạt động thì ghi mốc “Dừng hoạt động”, không xoá."
    list_display = ["name", "unit_today", "kind", "field", "year"]
    list_filter = ["field", "kind", "level", Standing]
    search_help_text = "Tên, địa chỉ, đơn vị chủ trì, sản phẩm; có dấu hoặc không dấu."
    ordering = ["-year", "-pk"]

    def get_queryset(self, request):
        """With the name of the unit, in the same query."""
        return super().get_queryset(request).annotate(unit_name=unit_name("unit", clock.today()))

    def get_readonly_fields(self, request, obj=None):
        """A model stays in the registry of its unit; that of a divided unit is given to one side by hand."""
        is_divided = obj and obj.unit.ended_on and not whole_edges().filter(predecessor=obj.unit_id).exists()
        return ["unit"] if obj and not is_divided else []

    def save_model(self, request, obj, form, change):
        """Who has the model open elsewhere is told that it changed."""
        obj.revision += 1
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        """With its files."""
        photos = obj.photos.values_list("small", "large")
        names = [*obj.evidence.values_list("file", flat=True), *(name for pair in photos for name in pair)]
        super().delete_model(request, obj)
        remove_stored(names)

    @admin.display(description="đơn vị")
    def unit_today(self, model):
        """The unit under today's name."""
        return model.unit_name


@admin.register(KheoPublication)
class KheoPublicationAdmin(Searched, ReadOnlyAdmin):
    """What the public reads; published and taken down on the staff pages."""

    fields = [
        "name",
        ("unit_name", "year"),
        ("kind", "field", "is_typical"),
        ("slug", "version"),
        ("published_at", "published_by", "withdrawn_at"),
        "lead",
    ]
    list_display = ["name", "unit_name", "field", "year", "version", "published_at", "withdrawn_at"]
    list_filter = ["field", "is_typical", ("withdrawn_at", admin.EmptyFieldListFilter)]
    search_help_text = "Tên, đơn vị, nội dung công bố; có dấu hoặc không dấu."
    ordering = ["-published_at", "-pk"]
