"""Outlines: versions with their parts, groups, indicators and rules. A locked version is only read."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from models_dv.admin.base import AuditedAdmin, PageLink, linked, related_with
from models_dv.admin.rows import AuditedTabular, ReadOnlyTabular
from models_dv.admin.searching import texts_of, with_words
from models_dv.enums import UnitLevel
from reports.domain.outlines import copy_version
from reports.forms.admin_outlines import (
    IndicatorForm,
    RuleForm,
    RuleFormSet,
    SectionForm,
    SectionFormSet,
    headings_of,
    users_of,
)
from reports.models import (
    Indicator,
    IndicatorGroup,
    Outline,
    OutlineRule,
    OutlineSection,
    OutlineVersion,
)

LOCKED = (
    "Phiên bản này đã dùng để mở đợt báo cáo nên chỉ xem: báo cáo giữ đề cương của ngày mở đợt. "
    "Muốn sửa, bấm “Tạo phiên bản mới” rồi sửa ở bản sao."
)


YES_NO = {True: "có", False: "không"}


class UnlockedRows(AuditedTabular):
    """Rows of a version; not changed once it is locked."""

    def _open(self, obj) -> bool:
        return obj is None or obj.locked_at is None

    def has_add_permission(self, request, obj=None):
        """While unlocked."""
        return super().has_add_permission(request, obj) and self._open(obj)

    def has_change_permission(self, request, obj=None):
        """While unlocked."""
        return super().has_change_permission(request, obj) and self._open(obj)

    def has_delete_permission(self, request, obj=None):
        """While unlocked."""
        return super().has_delete_permission(request, obj) and self._open(obj)


class SectionRows(UnlockedRows):
    """The parts in their order."""

    model = OutlineSection
    form = SectionForm
    formset = SectionFormSet
    fields = ["order", "code", "title", "parent", "is_leaf", "visibility", "periods", "hint"]
    ordering = ["order"]

    def get_fields(self, request, obj=None):
        """Yes and no in words where the page is only read."""
        if self.has_change_permission(request, obj):
            return self.fields
        return ["written" if name == "is_leaf" else name for name in self.fields]

    def get_readonly_fields(self, request, obj=None):
        """What is only shown."""
        return [] if self.has_change_permission(request, obj) else ["written"]

    @admin.display(description="là phần soạn thảo")
    def written(self, section):
        """Whether it is a page of the editor."""
        return YES_NO[section.is_leaf]

    def get_queryset(self, request):
        """With the headings above."""
        return super().get_queryset(request).select_related("parent")

    def get_formset(self, request, obj=None, **kwargs):
        """Headings of the same version to choose from, read once."""
        formset = super().get_formset(request, obj, **kwargs)
        parent = formset.form.base_fields.get("parent")
        if parent:
            rows = OutlineSection.objects.filter(version=obj) if obj else OutlineSection.objects.none()
            parent.queryset = rows
            parent.choices = [("", "–"), *(headings_of(obj) if obj else [])]
            parent.widget.can_view_related = False
        return formset

    def audit_label(self, row):
        """A part is known by its code."""
        return f"phần {row.code}"


class GroupRows(UnlockedRows):
    """The groups of indicators."""

    model = IndicatorGroup
    fields = ["order", "code", "name"]
    ordering = ["order"]

    def audit_label(self, row):
        """A group is known by its code."""
        return f"nhóm {row.code}"


class IndicatorRows(ReadOnlyTabular):
    """The indicators, each with a page of its own."""

    model = Indicator
    fields = readonly_fields = ["page", "unit_name", "op", "group_name"]
    ordering = ["order"]

    def get_queryset(self, request):
        """With the groups and what a row's own name needs."""
        return super().get_queryset(request).select_related("group")

    @admin.display(description="chỉ tiêu")
    def page(self, indicator):
        """Code and name, leading to the page."""
        return linked("admin:reports_indicator_change", indicator)

    @admin.display(description="nhóm")
    def group_name(self, indicator):
        """The name of the group."""
        return indicator.group.name


class VersionRows(ReadOnlyTabular):
    """The versions, each with a page of its own."""

    model = OutlineVersion
    fields = readonly_fields = ["page", "note", "locked_at"]

    @admin.display(description="phiên bản")
    def page(self, version):
        """The version, leading to its page."""
        return linked("admin:reports_outlineversion_change", version)


@admin.register(Outline)
class OutlineAdmin(AuditedAdmin):
    """Families of versions."""

    list_display = ["name", "code"]
    inlines = [VersionRows]
    stays_after_adding = True
    instead_of_deleting = "Đề cương đã có phiên bản thì giữ lại; xoá từng phiên bản chưa dùng trước."

    def parts(self, request, obj):
        """A version refers to its outline and is deleted by itself."""
        return ()

    def page_links(self, request, obj):
        """A first version is made by itself, later ones as copies."""
        if obj.versions.exists():
            return []
        return [
            PageLink("Thêm phiên bản đầu", reverse("admin:reports_outlineversion_add") + f"?outline={obj.pk}")
        ]


@admin.register(OutlineVersion)
class OutlineVersionAdmin(AuditedAdmin):
    """One version: parts and groups here, indicators on pages of their own."""

    fields = ["outline", "number", "note", "locked_at"]
    readonly_fields = ["locked_at"]
    inlines = [SectionRows, GroupRows, IndicatorRows]
    own_parts = (Indicator, OutlineRule)
    list_display = ["__str__", "note", "indicator_count", "locked_at"]
    list_filter = ["outline"]
    list_select_related = ["outline"]
    search_fields = ["outline__name", "note"]
    stays_after_adding = True
    instead_of_deleting = "Phiên bản đã dùng cho đợt báo cáo thì giữ lại."

    def get_queryset(self, request):
        """With the number of indicators."""
        return (
            super()
            .get_queryset(request)
            .select_related("outline")
            .annotate(indicators_in=Count("indicators"))
        )

    @admin.display(description="số chỉ tiêu", ordering="indicators_in")
    def indicator_count(self, version):
        """How many indicators."""
        return version.indicators_in

    def get_inlines(self, request, obj):
        """A new version gets its rows once it is saved."""
        return self.inlines if obj else [GroupRows]

    def get_readonly_fields(self, request, obj=None):
        """The outline and number stay."""
        return ["outline", "number", "locked_at"] if obj else ["locked_at"]

    def has_change_permission(self, request, obj=None):
        """While unlocked."""
        return super().has_change_permission(request, obj) and (obj is None or obj.locked_at is None)

    def has_delete_permission(self, request, obj=None):
        """While unlocked."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.locked_at is None)

    def page_note(self, request, obj):
        """Why a locked version cannot be changed."""
        return LOCKED if obj.locked_at else ""

    def page_links(self, request, obj):
        """To the indicators, and to a copy."""
        indicators = reverse("admin:reports_indicator_changelist") + f"?version__id__exact={obj.pk}"
        links = [PageLink("Các chỉ tiêu", indicators)]
        if not obj.locked_at:
            add = reverse("admin:reports_indicator_add") + f"?version={obj.pk}"
            links.append(PageLink("Thêm chỉ tiêu", add))
        copy = reverse("admin:reports_outlineversion_copy", args=[obj.pk])
        return [*links, PageLink("Tạo phiên bản mới", copy, posts=True)]

    def get_urls(self):
        """With the address that copies a version."""
        copy = self.admin_site.admin_view(self.copy_view)
        return [path("<int:pk>/copy/", copy, name="reports_outlineversion_copy"), *super().get_urls()]

    @method_decorator([csrf_protect, require_POST])
    def copy_view(self, request, pk):
        """Make a new, unlocked version with the same content."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        version = get_object_or_404(OutlineVersion, pk=pk)
        copy = copy_version(version, actor=request.user)
        self.message_user(request, f"Đã tạo phiên bản {copy.number}. Sửa ở trang này.", messages.SUCCESS)
        return redirect("admin:reports_outlineversion_change", copy.pk)


class RuleRows(UnlockedRows):
    """The rules of the indicator."""

    model = OutlineRule
    form = RuleForm
    formset = RuleFormSet
    fields = ["level", "scope", "expression", "say"]
    verbose_name_plural = (
        "quy tắc kiểm tra (mã chỉ tiêu, số, + - * ( ), so sánh <= < = >= >, when; cung_ky.X, ky_truoc.X)"
    )

    def _open(self, obj):
        return obj is None or obj.version_id is None or obj.version.locked_at is None

    def audit_label(self, row):
        """A rule is known by its condition."""
        return f"quy tắc {row.expression}"


@admin.register(Indicator)
class IndicatorAdmin(AuditedAdmin):
    """One indicator with its rules."""

    form = IndicatorForm
    inlines = [RuleRows]
    list_display = ["code", "name", "unit_name", "op", "group_name", "of_version"]
    list_filter = [("version", related_with("outline")), "op", "visibility"]
    list_select_related = ["group", "version__outline"]
    search_fields = ["code"]  # get_search_results looks further
    search_help_text = "Mã hoặc tên chỉ tiêu (có dấu hoặc không dấu)."
    ordering = ["version__outline", "-version__number", "order"]
    instead_of_deleting = "Chỉ tiêu đã có số liệu thì giữ lại; bỏ nó trong một phiên bản đề cương mới."
    fields = [
        ("version", "group", "order"),
        ("code", "unit_name"),
        "name",
        ("kind", "op"),
        ("numerator_code", "denominator_code"),
        "expression",
        "level_choices",
        "visibility",
        "attested",
        "definition",
    ]

    def get_queryset(self, request):
        """With the version and the group."""
        return super().get_queryset(request).select_related("version__outline", "group")

    def get_search_results(self, request, queryset, search_term):
        """Every word in code or name."""
        return with_words(queryset, search_term, texts_of(queryset, "code", "name")), False

    @admin.display(description="đề cương", ordering="version")
    def of_version(self, indicator):
        """The outline and the number of its version."""
        return f"{indicator.version.outline.name}, phiên bản {indicator.version.number}"

    @admin.display(description="cấp phải nhập")
    def level_choices(self, indicator):
        """The levels in words, where the page is only read."""
        levels = [UnitLevel(level.strip()).label for level in indicator.levels.split(",") if level.strip()]
        return ", ".join(levels) or "mọi cấp"

    @admin.display(description="nhóm", ordering="group__order")
    def group_name(self, indicator):
        """The name of the group."""
        return indicator.group.name

    def get_fields(self, request, obj=None):
        """Yes and no in words where the page is only read."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return ["seen" if name == "attested" else name for name in self.fields]

    def get_readonly_fields(self, request, obj=None):
        """The version stays."""
        if obj is None:
            return []
        return ["version"] if self.has_change_permission(request, obj) else ["version", "seen"]

    @admin.display(description="đã thấy trong báo cáo thật")
    def seen(self, indicator):
        """Whether it stands in a real report."""
        return YES_NO[indicator.attested]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only versions that may still change, without doors to other pages."""
        if db_field.name == "version":
            kwargs["queryset"] = OutlineVersion.objects.filter(locked_at=None).select_related("outline")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """While the version is unlocked."""
        return super().has_change_permission(request, obj) and (obj is None or obj.version.locked_at is None)

    def has_delete_permission(self, request, obj=None):
        """While the version is unlocked and no formula names the code."""
        allowed = super().has_delete_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.version.locked_at is None and not users_of(obj.version_id, obj.code)

    def page_note(self, request, obj):
        """Why it cannot be changed or deleted."""
        if obj.version.locked_at:
            return "Phiên bản đề cương của chỉ tiêu này đã khoá nên chỉ xem. Sửa ở phiên bản mới."
        users = users_of(obj.version_id, obj.code)
        named = (
            f"Công thức của {', '.join(users)} dùng mã này nên không đổi mã và không xoá được."
            if users
            else ""
        )
        return named

    def page_links(self, request, obj):
        """Back to the version."""
        return [
            PageLink(
                "Phiên bản đề cương", reverse("admin:reports_outlineversion_change", args=[obj.version_id])
            )
        ]
