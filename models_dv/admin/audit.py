"""The audit rows: who changed what, before → after, when. Read-only for everybody."""

from django.apps import apps
from django.contrib import admin
from django.db.models import Max
from django.utils.html import format_html, format_html_join

from models_dv.admin.base import ReadOnlyAdmin, is_key, titled
from models_dv.admin.changes import compared
from models_dv.models import AuditEntry, User

ACTORS_SHOWN = 30
SUMMARY_LENGTH = 160


class Actor(admin.SimpleListFilter):
    """By person: those who acted last, and the one that a link chose."""

    title = "người thực hiện"
    parameter_name = "nguoi"

    def lookups(self, request, model_admin):
        """(id, name) of the people, and the system itself."""
        rows = AuditEntry.objects.filter(actor__isnull=False).order_by().values("actor")
        latest = rows.annotate(last=Max("pk")).order_by("-last")[:ACTORS_SHOWN]
        ids = [row["actor"] for row in latest]
        chosen = request.GET.get(self.parameter_name, "")
        if is_key(chosen) and int(chosen) not in ids:
            ids.append(int(chosen))
        people = User.objects.in_bulk(ids)
        return [(str(pk), str(people[pk])) for pk in ids if pk in people] + [("he-thong", "Hệ thống")]

    def queryset(self, request, queryset):
        """Rows as chosen."""
        if self.value() == "he-thong":
            return queryset.filter(actor=None)
        return queryset.filter(actor=self.value()) if is_key(self.value()) else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Looking changes up."""

    list_display = ["at", "actor_name", "action", "object_label", "summary"]
    list_display_links = ["at", "action"]
    list_filter = [("at", titled(admin.DateFieldListFilter, "ngày")), "action", Actor]
    list_select_related = ["actor"]
    search_fields = ["object_label", "action", "note", "actor__username", "actor__full_name"]
    search_help_text = "Tên đối tượng, việc, ghi chú hoặc người thực hiện (gõ đúng dấu)."
    show_full_result_count = False
    ordering = ["-pk"]
    fields = ["at", "actor_name", "action", "kind", "object_label", "changes", "note"]

    @admin.display(description="người thực hiện", ordering="actor")
    def actor_name(self, entry):
        """The person, or the system."""
        return f"{entry.actor} ({entry.actor.username})" if entry.actor else "Hệ thống"

    @admin.display(description="loại đối tượng")
    def kind(self, entry):
        """The Vietnamese name of the object's type."""
        try:
            return apps.get_model(entry.object_type)._meta.verbose_name
        except (LookupError, ValueError):
            return entry.object_type

    @admin.display(description="thay đổi")
    def summary(self, entry):
        """The changes in one line."""
        text = "; ".join(f"{name}: {old} → {new}" for name, old, new in compared(entry))
        return text if len(text) <= SUMMARY_LENGTH else text[: SUMMARY_LENGTH - 1].rstrip() + "…"

    @admin.display(description="thay đổi")
    def changes(self, entry):
        """A table: field, before, after."""
        rows = compared(entry)
        if not rows:
            return "–"
        body = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', rows)
        head = '<thead><tr><th scope="col">Mục</th><th scope="col">Trước</th><th scope="col">Sau</th></tr></thead>'
        return format_html('<table class="changes">' + head + "<tbody>{}</tbody></table>", body)
