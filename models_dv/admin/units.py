"""Units: the reporting bodies, their versions, terms and successions."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import OuterRef, Q, Subquery
from django.urls import path, reverse
from django.utils.html import format_html

from models_dv import clock
from models_dv.admin.base import AuditedAdmin, PageLink
from models_dv.admin.rows import AuditedStacked, AuditedTabular
from models_dv.admin.unit_tree import tree_view
from models_dv.domain.officials import end_appointments_of_body
from models_dv.domain.unit_search import find_units
from models_dv.domain.units import rebuild_paths
from models_dv.enums import UnitLevel
from models_dv.forms.admin_units import (
    UnitForm,
    UnitVersionFormSet,
    hanging_below,
    units_with_names,
)
from models_dv.models import (
    CommitteeTerm,
    Notification,
    Unit,
    UnitPath,
    UnitRole,
    UnitSuccession,
    UnitVersion,
)
from models_dv.vietnamese.dates import format_date


class UnitVersionRows(AuditedStacked):
    """What the unit is called and where it stands, from a day on."""

    model = UnitVersion
    fk_name = "unit"
    formset = UnitVersionFormSet
    autocomplete_fields = ["parent"]
    readonly_fields = ["valid_to"]
    ordering = ["-valid_from"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("valid_from", "valid_to"),
                    ("name", "short_name"),
                    ("type", "level"),
                    ("parent", "place_name"),
                    "legal_basis",
                ]
            },
        ),
        (
            "Văn bản và người ký",
            {
                "classes": ["collapse"],
                "fields": [
                    ("issuer_name", "symbol"),
                    ("header_superior", "header_issuer"),
                    ("signing_form", "signing_authority"),
                    ("head_post", "deputy_post"),
                ],
            },
        ),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        """A new unit begins with its first version."""
        return 0 if obj else 1

    def get_fieldsets(self, request, obj=None):
        """Nothing is folded away where all has to be filled in."""
        if obj:
            return self.fieldsets
        return [(title, {"fields": options["fields"]}) for title, options in self.fieldsets]

    def get_queryset(self, request):
        """With the versions that follow."""
        return super().get_queryset(request).prefetch_related("unit__versions")

    @admin.display(description="đến ngày")
    def valid_to(self, version):
        """The start of the unit's next version or the unit's end; nothing while it is in force."""
        if version.pk is None:
            return "–"
        later = [row.valid_from for row in version.unit.versions.all() if row.valid_from > version.valid_from]
        end = min(later, default=version.unit.ended_on)
        return format_date(end) if end else "nay"

    def audit_label(self, row):
        """A version is known by its day."""
        return f"phiên bản từ {format_date(row.valid_from)}"


class TermRows(AuditedTabular):
    """Terms of the unit's committee."""

    model = CommitteeTerm


class PredecessorRows(AuditedTabular):
    """Units that this one came out of."""

    model = UnitSuccession
    fk_name = "successor"
    autocomplete_fields = ["predecessor"]
    verbose_name = "đơn vị tiền thân"
    verbose_name_plural = "đơn vị tiền thân"


class SuccessorRows(AuditedTabular):
    """Units that came out of this one."""

    model = UnitSuccession
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    verbose_name = "đơn vị kế thừa"
    verbose_name_plural = "đơn vị kế thừa"


class LevelToday(admin.SimpleListFilter):
    """By the level of today's version."""

    title = "cấp"
    parameter_name = "cap"

    def lookups(self, request, model_admin):
        """Every level."""
        return UnitLevel.choices

    def queryset(self, request, queryset):
        """Units of the level chosen."""
        if self.value() not in UnitLevel.values:
            return queryset
        today = UnitVersion.objects.as_of(clock.today()).filter(level=self.value())
        return queryset.filter(pk__in=today.values("unit_id"))


class ExistsToday(admin.SimpleListFilter):
    """Existing units, or those that have ended."""

    title = "tình trạng"
    parameter_name = "con"

    def lookups(self, request, model_admin):
        """Two answers."""
        return [("co", "Đang hoạt động"), ("khong", "Đã kết thúc")]

    def queryset(self, request, queryset):
        """Units as chosen."""
        ended = Q(ended_on__lte=clock.today())
        choices = {"co": queryset.exclude(ended), "khong": queryset.filter(ended)}
        return choices.get(self.value(), queryset)


@admin.register(Unit)
class UnitAdmin(AuditedAdmin):
    """Units with everything that changes through time."""

    form = UnitForm
    fields = [
        ("code", "territory_code"),
        ("ended_on", "end_basis"),
        ("portal_numbers", "allows_self_approval", "illustrative"),
    ]
    inlines = [UnitVersionRows, TermRows, PredecessorRows, SuccessorRows]
    own_parts = (Notification, UnitPath)
    instead_of_deleting = "Đơn vị không còn hoạt động thì ghi ngày kết thúc, không xoá."
    list_display = ["name", "level", "parent", "code", "territory_code", "is_illustrative"]
    list_filter = [LevelToday, ExistsToday, "illustrative"]
    search_fields = ["code"]  # get_search_results looks further
    search_help_text = (
        "Tên (có dấu hoặc không dấu, cả tên cũ), mã đơn vị hoặc mã địa bàn. "
        "Ghi thêm tên đơn vị cấp trên ở sau để thu hẹp: tan lap an binh."
    )
    show_full_result_count = False
    ordering = ["code"]

    def get_queryset(self, request):
        """With the names of today, in a fixed number of queries."""
        latest = UnitVersion.objects.filter(unit=OuterRef("pk"), valid_from__lte=clock.today())
        sort = latest.order_by("-valid_from").values("name_sort")[:1]
        return units_with_names().annotate(name_sort=Subquery(sort)).order_by("code")

    def get_search_results(self, request, queryset, search_term):
        """By any name the unit ever had, or a code; best first unless another order was asked for."""
        found = find_units(queryset, search_term, clock.today())
        return found.order_by(*queryset.query.order_by) if ORDER_VAR in request.GET else found, False

    def get_urls(self):
        """With the page of the tree."""
        tree = self.admin_site.admin_view(partial(tree_view, self))
        return [path("cay/", tree, name="models_dv_unit_tree"), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        """The code stands in addresses and stays."""
        return ["code"] if obj else []

    @admin.display(description="tên", ordering="name_sort")
    def name(self, unit):
        """Today's name."""
        ended = unit.ended_on and unit.ended_on <= clock.today()
        if ended:
            return format_html('{} <span class="quiet">(đến {})</span>', unit, format_date(unit.ended_on))
        return str(unit)

    @admin.display(description="cấp")
    def level(self, unit):
        """Today's level."""
        return unit.current.get_level_display() if unit.current else ""

    @admin.display(description="đơn vị cấp trên")
    def parent(self, unit):
        """Today's body above."""
        return (unit.current and unit.current.parent) or ""

    @admin.display(description="dữ liệu", ordering="illustrative")
    def is_illustrative(self, unit):
        """Whether the unit is made up."""
        return "Minh hoạ" if unit.illustrative else "Thật"

    def parts(self, request, obj):
        """Edges of succession refer to other units; they do not go with this one."""
        return tuple(part for part in super().parts(request, obj) if part is not UnitSuccession)

    def save_related(self, request, form, formsets, change):
        """Save the rows, then lay the tree out once when it changed."""
        super().save_related(request, form, formsets, change)
        versions = next(formset for formset in formsets if formset.model is UnitVersion)
        moved = any({"valid_from", "parent", "DELETE"} & set(row.changed_data) for row in versions.forms)
        if not change or moved or "ended_on" in form.changed_data:
            rebuild_paths([form.instance.pk])
        if change and form.instance.ended_on and "ended_on" in form.changed_data:
            self._end_posts(request, form.instance)
        left = hanging_below(form.instance)
        if left:
            self.message_user(
                request,
                f"{left} đơn vị cấp dưới chưa có phiên bản mới từ {format_date(form.instance.ended_on)}: từ ngày đó "
                "chúng đứng ngoài cây. Thêm phiên bản với đơn vị cấp trên mới cho từng đơn vị.",
                messages.WARNING,
            )

    def _end_posts(self, request, unit):
        """A body that is no more has no posts; what begins later is left to a person."""
        reason = unit.end_basis or "Đơn vị kết thúc hoạt động"
        posts = end_appointments_of_body(unit, unit.ended_on, reason, actor=request.user)
        day = format_date(unit.ended_on)
        if posts.ended:
            self.message_user(
                request,
                f"Đã ghi thôi giữ {len(posts.ended)} chức vụ trong đơn vị từ {day}.",
                messages.SUCCESS,
            )
        if posts.left:
            names = "; ".join(f"{row.official}, {row.post}" for row in posts.left)
            self.message_user(
                request,
                f"Còn chức vụ ghi bắt đầu từ {day} trở đi: {names}. Sửa ở trang của từng cán bộ.",
                messages.WARNING,
            )

    def page_links(self, request, obj):
        """Its place in the tree, and the people of the unit."""
        people = UnitRole.objects.filter(unit=obj).values("user_id").distinct().count()
        links = [PageLink("Xem trong cây", f"{reverse('admin:models_dv_unit_tree')}?thuoc={obj.pk}")]
        if people:
            links.append(PageLink(f"Tài khoản của đơn vị ({people})", f"../../../user/?don-vi={obj.pk}"))
        return links
