"""Rounds: laid out, opened (which creates the reports), closed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.views.decorators.csrf import csrf_protect

from models_dv.admin.base import AuditedAdmin, PageLink, is_key
from models_dv.admin.rows import AuditedTabular
from models_dv.enums import UnitLevel
from models_dv.errors import ExpectedError
from models_dv.models import UnitVersion
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import format_number
from reports.domain.rounds import close_round, expected_by_level, open_round, reopen_round
from reports.enums import RoundState, State
from reports.forms.admin_rounds import DueDateForm, DueDateFormSet, RoundForm
from reports.models import OutlineVersion, Report, ReportingRound, RoundDueDate


class DueDateRows(AuditedTabular):
    """When each level hands in."""

    model = RoundDueDate
    form = DueDateForm
    formset = DueDateFormSet

    def get_extra(self, request, obj=None, **kwargs):
        """A new round usually has two levels."""
        return 0 if obj else 2

    def audit_label(self, row):
        """A due date is known by its level."""
        return f"hạn gửi {row.get_level_display()}"


@admin.register(ReportingRound)
class ReportingRoundAdmin(AuditedAdmin):
    """Rounds. An opened one is only read: its reports are made of it."""

    form = RoundForm
    fieldsets = [
        (None, {"fields": [("root_unit", "period"), "outline_version", ("window_from", "window_to")]}),
        ("Tình trạng", {"fields": [("state", "opened_at", "opener"), "reports_by_state"]}),
    ]
    add_fieldsets = fieldsets[:1]
    readonly_fields = ["state", "opened_at", "opener", "reports_by_state"]
    autocomplete_fields = ["root_unit", "period"]
    inlines = [DueDateRows]
    list_display = ["__str__", "root_unit", "window", "state", "report_count"]
    list_filter = ["state", ("period", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["period__year"]  # get_search_results looks further
    search_help_text = "Tên đơn vị mở đợt (có dấu hoặc không dấu) hoặc năm."
    ordering = ["-window_to", "root_unit"]
    stays_after_adding = True
    instead_of_deleting = "Đợt đã mở có báo cáo thì khoá sổ, không xoá."

    def get_queryset(self, request):
        """With names and the number of reports, in a fixed number of queries."""
        rows = super().get_queryset(request).select_related("period", "opened_by", "outline_version__outline")
        return rows.prefetch_related("root_unit__versions").annotate(reports_in=Count("reports"))

    def get_search_results(self, request, queryset, search_term):
        """Every word in a name of the root unit or the year; accents do not matter."""
        for word in fold(search_term).split():
            named = UnitVersion.objects.filter(name_folded__contains=word).values("unit_id")
            by_unit = queryset.filter(root_unit__in=named)
            queryset = by_unit | queryset.filter(period__year=word) if is_key(word) else by_unit
        return queryset, False

    def get_fieldsets(self, request, obj=None):
        """A new round has no state yet."""
        return self.fieldsets if obj else self.add_fieldsets

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Versions of outlines by name, newest first."""
        if db_field.name == "outline_version":
            kwargs["queryset"] = OutlineVersion.objects.select_related("outline")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """Until it is opened."""
        return super().has_change_permission(request, obj) and _is_planned(obj)

    def has_delete_permission(self, request, obj=None):
        """Until it is opened."""
        return super().has_delete_permission(request, obj) and _is_planned(obj)

    @admin.display(description="kỳ số liệu", ordering="window_to")
    def window(self, round_):
        """“15/12/2025 – 14/06/2026”."""
        return f"{format_date(round_.window_from)} – {format_date(round_.window_to)}"

    @admin.display(description="số báo cáo", ordering="reports_in")
    def report_count(self, round_):
        """How many reports."""
        return round_.reports_in or "–"

    @admin.display(description="người mở")
    def opener(self, round_):
        """Who opened it."""
        return round_.opened_by or "–"

    @admin.display(description="báo cáo theo tình trạng")
    def reports_by_state(self, round_):
        """A count for each state, in the order of the way."""
        rows = Report.objects.filter(round=round_).order_by().values_list("latest__state")
        counts = dict(rows.annotate(Count("pk")))
        if not counts:
            return "Chưa có báo cáo"
        shown = [
            (State(state).label, format_number(counts[state])) for state in State.values if state in counts
        ]
        items = format_html_join("", "<li>{}: {}</li>", shown)
        return format_html('<ul class="counts">{}</ul>', items)

    def page_note(self, request, obj):
        """Why an opened round cannot be changed."""
        if obj.state == RoundState.OPEN:
            return "Đợt đã mở nên không sửa được: các báo cáo đã tạo theo đợt này. Gia hạn cho từng đơn vị ở báo cáo."
        if obj.state == RoundState.CLOSED:
            return "Đã khoá sổ, chỉ xem."
        return "Đợt chưa mở. Ghi hạn gửi cho từng cấp, lưu lại rồi bấm “Mở đợt báo cáo”."

    def page_links(self, request, obj):
        """The step that the state allows, and the reports."""
        step = {
            RoundState.PLANNED: ("Mở đợt báo cáo", "open"),
            RoundState.OPEN: ("Khoá sổ", "close"),
            RoundState.CLOSED: ("Mở lại đợt báo cáo", "reopen"),
        }[obj.state]
        links = [PageLink(step[0], reverse(f"admin:reports_reportinground_{step[1]}", args=[obj.pk]))]
        if obj.state != RoundState.PLANNED:
            reports = reverse("admin:reports_report_changelist") + f"?round__id__exact={obj.pk}"
            links.append(PageLink("Các báo cáo", reports))
        return links

    # --- steps -------------------------------------------------------------------------------------

    def get_urls(self):
        """With a confirmation page for each step."""
        views = {"open": self.open_view, "close": self.close_view, "reopen": self.reopen_view}
        steps = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"reports_reportinground_{name}")
            for name, view in views.items()
        ]
        return [*steps, *super().get_urls()]

    @method_decorator(csrf_protect)
    def open_view(self, request, pk):
        """Say how many reports would be made at which level; POST opens."""
        round_ = self._round(request, pk)

        def act():
            count = open_round(round_, actor=request.user)
            return f"Đã mở đợt báo cáo: {format_number(count)} báo cáo."

        if request.method == "POST":
            return self._take(request, round_, act)
        try:
            counts = expected_by_level(round_)
        except ExpectedError as error:
            return self._refuse(request, round_, error)
        due = dict(round_.due_dates.values_list("level", "due_at"))
        levels = [
            {"label": UnitLevel(level).label, "count": counts[level], "due_at": due.get(level)}
            for level in UnitLevel.values
            if level in counts
        ]
        say = "Mở đợt tạo một báo cáo cho mỗi đơn vị dưới đây và khoá phiên bản đề cương. Việc này không hoàn tác được."
        return self._ask(request, round_, "Mở đợt báo cáo", say, levels)

    @method_decorator(csrf_protect)
    def close_view(self, request, pk):
        """Ask, then close."""
        round_ = self._round(request, pk)

        def act():
            close_round(round_, actor=request.user)
            return "Đã khoá sổ. Báo cáo của đợt này chỉ còn xem."

        if request.method == "POST":
            return self._take(request, round_, act)
        say = "Sau khi khoá sổ, không đơn vị nào soạn, gửi, tiếp nhận hay trả lại được báo cáo của đợt này."
        return self._ask(request, round_, "Khoá sổ", say)

    @method_decorator(csrf_protect)
    def reopen_view(self, request, pk):
        """Ask, then open a closed round again."""
        round_ = self._round(request, pk)

        def act():
            reopen_round(round_, actor=request.user)
            return "Đã mở lại đợt báo cáo."

        if request.method == "POST":
            return self._take(request, round_, act)
        say = "Mở lại để các đơn vị tiếp tục soạn, gửi và tiếp nhận báo cáo của đợt này."
        return self._ask(request, round_, "Mở lại đợt báo cáo", say)

    def _round(self, request, pk) -> ReportingRound:
        if not self.admin_site.has_permission(request):
            raise PermissionDenied
        return get_object_or_404(ReportingRound.objects.select_related("period", "root_unit"), pk=pk)

    def _ask(self, request, round_, label, say, levels=()):
        context = {
            **self.admin_site.each_context(request),
            "title": f"{label}: {round_}",
            "opts": self.opts,
            "original": round_,
            "label": label,
            "say": say,
            "levels": levels,
            "missing": [level["label"] for level in levels if level["due_at"] is None],
            "total": sum(level["count"] for level in levels),
        }
        return TemplateResponse(request, "admin/round_step.html", context)

    def _take(self, request, round_, act):
        try:
            self.message_user(request, act(), messages.SUCCESS)
        except ExpectedError as error:
            return self._refuse(request, round_, error)
        return redirect("admin:reports_reportinground_change", round_.pk)

    def _refuse(self, request, round_, error):
        self.message_user(request, error.message, messages.ERROR)
        return redirect("admin:reports_reportinground_change", round_.pk)


def _is_planned(round_) -> bool:
    return round_ is None or round_.state == RoundState.PLANNED
