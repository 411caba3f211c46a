"""Officials with their posts, and delegations of signing."""

from django.contrib import admin
from django.db.models import Exists, OuterRef

from models_dv import clock
from models_dv.admin.base import AuditedAdmin, titled
from models_dv.admin.rows import AuditedStacked
from models_dv.domain.officials import words_of
from models_dv.domain.search import all_words, read_query, word_beginnings
from models_dv.domain.unit_names import unit_name
from models_dv.enums import Organ
from models_dv.models import Appointment, Official, SigningDelegation

POSTS_SHOWN = 3


class AppointmentRows(AuditedStacked):
    """The posts, the highest first."""

    model = Appointment
    autocomplete_fields = ["unit"]
    ordering = ["rank", "order", "pk"]
    fields = [
        ("unit", "organ"),
        ("post", "rank", "order"),
        ("from_on", "attested_on", "to_on"),
        ("decision", "end_reason"),
    ]

    def get_queryset(self, request):
        """With the names of the units."""
        return super().get_queryset(request).prefetch_related("unit__versions")

    def audit_label(self, row):
        """“chức vụ: Bí thư, Đảng uỷ xã Phú Lâm (xa-1), từ 01/07/2025”."""
        return f"chức vụ: {words_of(row)}"


class HoldsOrgan(admin.SimpleListFilter):
    """By the organ of a post that is held today."""

    title = "cơ quan"
    parameter_name = "co-quan"

    def lookups(self, request, model_admin):
        """Every organ."""
        return Organ.choices

    def queryset(self, request, queryset):
        """Officials as chosen."""
        if self.value() not in Organ.values:
            return queryset
        held = Appointment.objects.in_force(clock.today()).filter(official=OuterRef("pk"), organ=self.value())
        return queryset.filter(Exists(held))


@admin.register(Official)
class OfficialAdmin(AuditedAdmin):
    """Persons in office; a record merged into another is only looked up."""

    fields = ["name", ("work_phone", "work_email"), "user", "illustrative", "merged_into"]
    readonly_fields = ["merged_into"]
    autocomplete_fields = ["user"]
    inlines = [AppointmentRows]
    instead_of_deleting = (
        "Hai hồ sơ của một người thì gộp ở trang cán bộ; người thôi việc thì ghi ngày thôi giữ chức vụ."
    )
    list_display = ["name", "posts", "user", "is_merged"]
    list_filter = [HoldsOrgan, ("illustrative", titled(admin.BooleanFieldListFilter, "dữ liệu minh hoạ"))]
    list_select_related = ["user", "merged_into"]
    search_fields = ["name"]  # get_search_results looks further
    search_help_text = "Họ tên hoặc chức vụ, có dấu hoặc không dấu."
    show_full_result_count = False
    ordering = ["name_sort", "pk"]

    def get_queryset(self, request):
        """With the posts, in one query more."""
        return super().get_queryset(request).prefetch_related("appointments")

    def get_search_results(self, request, queryset, search_term):
        """Every word begins one of the name, or stands in a post."""
        for word in read_query(search_term).words:
            query = read_query(word)
            posts = Appointment.objects.filter(all_words("post_folded", query), official=OuterRef("pk"))
            queryset = queryset.filter(word_beginnings("name_folded", query) | Exists(posts))
        return queryset, False

    def has_change_permission(self, request, obj=None):
        """A merged record stays as it was."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def save_model(self, request, obj, form, change):
        """Who has the record open elsewhere is told that it changed."""
        obj.revision += change
        super().save_model(request, obj, form, change)

    def page_note(self, request, obj):
        """Where a merged record leads."""
        return f"Hồ sơ này đã gộp vào hồ sơ {obj.merged_into} nên giữ nguyên." if obj.merged_into_id else ""

    @admin.display(description="chức vụ hôm nay")
    def posts(self, official):
        """The posts held today, the highest first."""
        today = clock.today()
        held = [row for row in official.appointments.all() if row.is_in_force(today)]
        words = [row.post for row in sorted(held, key=lambda row: (row.rank, row.order, row.pk))]
        more = f" và {len(words) - POSTS_SHOWN} chức vụ khác" if len(words) > POSTS_SHOWN else ""
        return "; ".join(words[:POSTS_SHOWN]) + more

    @admin.display(description="gộp vào")
    def is_merged(self, official):
        """The record that it was merged into."""
        return official.merged_into or ""


@admin.register(SigningDelegation)
class SigningDelegationAdmin(AuditedAdmin):
    """Delegations of signing."""

    fields = ["unit", ("delegate", "post"), ("from_on", "to_on", "revoked_on"), "scope", "decision"]
    autocomplete_fields = ["unit", "delegate"]
    instead_of_deleting = "Uỷ quyền không dùng nữa thì ghi ngày thôi uỷ quyền, không xoá."
    list_display = ["delegate", "post", "of_unit", "from_on", "to_on", "revoked_on"]
    list_select_related = ["delegate"]
    search_fields = ["decision"]  # get_search_results looks further
    search_help_text = "Tên người được uỷ quyền, có dấu hoặc không dấu."
    ordering = ["-from_on", "pk"]

    def get_queryset(self, request):
        """With the name of the unit on the first day."""
        return super().get_queryset(request).annotate(unit_name=unit_name("unit", OuterRef("from_on")))

    def get_search_results(self, request, queryset, search_term):
        """By the delegate."""
        query = read_query(search_term)
        return queryset.filter(word_beginnings("delegate__name_folded", query)), False

    @admin.display(description="đơn vị")
    def of_unit(self, delegation):
        """The unit under its name of then."""
        return delegation.unit_name or delegation.unit
