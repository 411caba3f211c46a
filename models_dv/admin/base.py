"""What all pages of the admin share: who may, what is written down, what may be deleted."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from models_dv.admin.changes import Change, compared, snapshot
from models_dv.admin.permitted import AdministratorOnly
from models_dv.admin.references import references
from models_dv.admin.rows import AuditedRows
from models_dv.domain.audit import record
from models_dv.models import AuditEntry

HISTORY_ROWS = 200
LONGEST_KEY = 18


@dataclass(frozen=True)
class PageLink:
    """A button over a change page; ``posts`` sends a form instead of following a link."""

    label: str
    url: str
    posts: bool = False


def is_key(text: str | None) -> bool:
    """Whether a parameter of an address can be the id of a row."""
    return bool(text) and text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def titled(filter_class, title: str):
    """A field's list filter under another title."""

    class Titled(filter_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled


def related_with(*joins: str):
    """A filter by a related object in use, whose name needs ``joins``: one query however many there are."""

    class RelatedWith(admin.RelatedOnlyFieldListFilter):
        def field_choices(self, field, request, model_admin):
            used = model_admin.get_queryset(request).order_by().values(field.name)
            rows = field.related_model.objects.filter(pk__in=used).select_related(*joins)
            return [(row.pk, str(row)) for row in rows]

    return RelatedWith


def linked(name: str, obj):
    """The object's name as a link to the page ``name`` about it."""
    return format_html('<a href="{}">{}</a>', reverse(name, args=[obj.pk]), obj)


class PageAdmin(AdministratorOnly, admin.ModelAdmin):
    """A page with its history from the audit rows, a note on top and buttons of its own."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def changelist_view(self, request, extra_context=None):
        """Django's list; a filter typed by hand with what no text holds counts as any other wrong one."""
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        return super().changelist_view(request, extra_context)

    def get_changeform_initial_data(self, request):
        """What the address fills in: of other objects only ids."""
        values = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {name: value for name, value in values.items() if name not in relations or is_key(value)}

    def page_note(self, request, obj) -> str:
        """A sentence over the fields, for instance why they cannot be changed."""
        return ""

    def page_links(self, request, obj) -> list[PageLink]:
        """Buttons over the fields, besides “Lịch sử”."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Django's page with the note and the buttons."""
        if obj is not None and obj.pk:
            context["page_note"] = self.page_note(request, obj)
            context["page_links"] = self.page_links(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(self, request, object_id, extra_context=None):
        """The audit rows of one object, newest first."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        rows = AuditEntry.objects.filter(object_type=self.opts.label, object_id=str(obj.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Lịch sử thay đổi: {obj}",
            "entries": [
                {"row": row, "changes": compared(row)} for row in rows.select_related("actor")[:HISTORY_ROWS]
            ],
            "limit": HISTORY_ROWS,
            "object": obj,
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class ReadOnlyAdmin(PageAdmin):
    """Rows that are looked up here and changed, if at all, elsewhere."""

    def has_add_permission(self, request, obj=None):
        """Never."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never."""
        return False


class AuditedAdmin(PageAdmin):
    """Every add, change and deletion writes one audit row in the same transaction.

    A save of a page is one change: the object's own fields and the rows under it. ``audit_names`` gives
    fields another name in the row. ``own_parts`` are models besides the inlines whose rows go with a
    deleted object; anything else that refers to it forbids deleting. ``instead_of_deleting`` says what
    to do then. ``stays_after_adding``: a new object's page opens, because it goes on there.
    """

    audit_names: dict[str, str] = {}
    own_parts: tuple[type, ...] = ()
    instead_of_deleting = ""
    stays_after_adding = False

    # --- what is written down ----------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        """Save, and keep what the object's own fields were before."""
        before = snapshot(self.model._base_manager.get(pk=obj.pk), self.audit_names) if change else {}
        super().save_model(request, obj, form, change)
        request.admin_change = Change()
        request.admin_change.fields(before, snapshot(obj, self.audit_names))

    def save_formset(self, request, form, formset, change):
        """Save the rows under the object, and keep what they were before."""
        inline = getattr(formset, "inline", None)
        if inline is None:  # rows that are only looked at
            return
        deleted = {row.instance.pk for row in formset.deleted_forms}
        touched = {row.instance.pk for row in formset.initial_forms if row.has_changed()} | deleted
        old = inline.model._base_manager.in_bulk(touched - {None})
        before = {pk: (inline.audit_label(row), inline.audit_values(row)) for pk, row in old.items()}
        super().save_formset(request, form, formset, change)
        written: Change = request.admin_change
        for pk in sorted(deleted & before.keys()):
            written.row(*before[pk], None)
        for row, _fields in formset.changed_objects:
            written.row(*before[row.pk], inline.audit_values(row))
        for row in formset.new_objects:
            written.row(inline.audit_label(row), None, inline.audit_values(row))

    def construct_change_message(self, request, form, formsets, add=False):
        """The framework's own words about a change are not used."""
        return ""

    def log_addition(self, request, obj, message):
        """One audit row for a new object."""
        self.write_audit(request, "Thêm", obj, request.admin_change)

    def log_change(self, request, obj, message):
        """One audit row when something changed."""
        if request.admin_change:
            self.write_audit(request, "Sửa", obj, request.admin_change)

    def log_deletions(self, request, queryset):
        """One audit row for each object, with what goes with it."""
        for obj in queryset:
            gone = Change()
            gone.row("", snapshot(obj, self.audit_names), None)
            gone.before = gone.before.get("", {})
            inlines = self.get_inline_instances(request, obj)
            for inline in (found for found in inlines if isinstance(found, AuditedRows)):
                for row in inline.rows_of(obj):
                    gone.row(inline.audit_label(row), inline.audit_values(row), None)
            self.write_audit(request, "Xoá", obj, gone)

    def write_audit(self, request, verb: str, obj, change: Change):
        """One row: “Sửa đơn vị” with what changed."""
        action = f"{verb} {self.opts.verbose_name}"
        record(actor=request.user, action=action, obj=obj, before=change.before, after=change.after)

    def response_add(self, request, obj, post_url_continue=None):
        """Back to the list, or on to the new object's page."""
        if self.stays_after_adding and not {"_addanother", IS_POPUP_VAR} & request.POST.keys():
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_add(request, obj, post_url_continue)

    # --- deleting ----------------------------------------------------------------------------------

    def parts(self, request, obj) -> tuple[type, ...]:
        """Models whose rows belong to the object."""
        inlines = self.get_inline_instances(request, obj)
        mended = (inline.model for inline in inlines if isinstance(inline, AuditedRows))
        return (*mended, *self.own_parts)

    def get_deleted_objects(self, objs, request):
        """What goes, and what stands against it, in counts."""
        counts = references(objs[0], self.parts(request, objs[0]))
        protected = [f"{capfirst(name)}: {count}" for name, count in counts.items()]
        return [str(obj) for obj in objs], {self.opts.verbose_name_plural: len(objs)}, set(), protected

    def render_delete_form(self, request, context):
        """Django's page with our advice."""
        context["instead_of_deleting"] = self.instead_of_deleting
        return super().render_delete_form(request, context)

    def delete_view(self, request, object_id, extra_context=None):
        """Django's page; a reference made a moment ago becomes a message, and nothing is written."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProtectedError, RestrictedError):
            self.message_user(
                request,
                f"Không xoá được: vừa có dữ liệu khác nhắc tới {self.opts.verbose_name} này. "
                f"{self.instead_of_deleting}",
                messages.ERROR,
            )
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[object_id]))
