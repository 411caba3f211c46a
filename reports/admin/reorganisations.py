"""The wizard that merges, splits and renames units: it stands here because its dry run looks at reports too."""

from functools import partial

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html

from models_dv.admin.base import AuditedAdmin, PageLink
from models_dv.admin.changes import Change
from models_dv.admin.searching import texts_of, with_words
from models_dv.domain.reorganisation import drafts
from models_dv.enums import ReorganisationState
from models_dv.errors import ExpectedError
from models_dv.forms.admin_reorganisations import ReorganisationForm
from models_dv.models import Reorganisation
from models_dv.templatetags.vi import datetime_vi
from reports.admin import reorganisation_pages as pages

VIEWS = {
    "plan": ("<int:pk>/phuong-an/", pages.plan_page),
    "new_change": ("<int:pk>/phuong-an/moi/", pages.change_page),
    "change_of_plan": ("<int:pk>/phuong-an/<int:number>/", pages.change_page),
    "preview": ("<int:pk>/xem-truoc/", pages.preview_page),
    "result": ("<int:pk>/ket-qua/", pages.result_page),
    "undo": ("<int:pk>/hoan-tac/", pages.undo_page),
    "again": ("<int:pk>/lap-lai/", pages.again_page),
}


@admin.register(Reorganisation)
class ReorganisationAdmin(AuditedAdmin):
    """Plans, from a draft to what was carried out."""

    form = ReorganisationForm
    fields = [
        "title",
        ("legal_basis", "effective_on"),
        ("scope", "under_scope"),
        "source_text",
    ]
    list_display = ["page", "effective_on", "scope_name", "state", "applied"]
    list_display_links = None
    list_filter = ["state"]
    search_fields = ["title"]  # get_search_results folds the words
    search_help_text = "Tên việc sắp xếp hoặc căn cứ (có dấu hoặc không dấu)."
    ordering = ["-effective_on", "-pk"]
    instead_of_deleting = "Phương án đã áp dụng thì hoàn tác, không xoá."

    def get_urls(self):
        """With the pages of the wizard."""
        steps = [
            path(
                address,
                self.admin_site.admin_view(partial(view, self)),
                name=f"models_dv_reorganisation_{name}",
            )
            for name, (address, view) in VIEWS.items()
        ]
        return [*steps, *super().get_urls()]

    def get_queryset(self, request):
        """With what a row shows."""
        rows = super().get_queryset(request).select_related("scope", "applied_by")
        return rows.prefetch_related("scope__versions").defer("source_text", "plan", "undo")

    def get_search_results(self, request, queryset, search_term):
        """Every word in the title or the basis."""
        return with_words(queryset, search_term, texts_of(queryset, "title", "legal_basis")), False

    def get_fields(self, request, obj=None):
        """A draft can be read again from its text."""
        is_draft = obj is not None and obj.state == ReorganisationState.DRAFT
        return [*self.fields, "read_again", "seen"] if is_draft else self.fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Fields of the form that are none of the model are always there."""
        kwargs["fields"] = [name for row in self.fields for name in ([row] if isinstance(row, str) else row)]
        return super().get_form(request, obj, change, **kwargs)

    def has_change_permission(self, request, obj=None):
        """Until it is carried out."""
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request, obj=None):
        """Until it is carried out."""
        return super().has_delete_permission(request, obj) and _is_draft(obj)

    @admin.display(description="việc sắp xếp", ordering="title")
    def page(self, row):
        """Its title, leading to where it stands."""
        return format_html('<a href="{}">{}</a>', pages.where(row), row)

    @admin.display(description="trong đơn vị")
    def scope_name(self, row):
        """Where."""
        return row.scope or "Toàn quốc"

    @admin.display(description="áp dụng", ordering="applied_at")
    def applied(self, row):
        """When, and by whom."""
        return f"{datetime_vi(row.applied_at)}, {row.applied_by}" if row.applied_at else "–"

    def page_links(self, request, obj):
        """On to the plan, or to what was done."""
        label = "Phương án" if obj.state == ReorganisationState.DRAFT else "Kết quả"
        return [PageLink(label, pages.where(obj))]

    # --- saving --------------------------------------------------------------------------------------

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Through the domain, which writes the audit row."""
        request.admin_change = Change()
        if not change:
            drafts.start(obj, actor=request.user)
            return
        typed = form.cleaned_data
        drafts.change_frame(
            obj, revision=typed["seen"], read_again=bool(typed.get("read_again")), actor=request.user
        )

    def log_addition(self, request, obj, message):
        """The domain has written it down."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's page; what cannot be saved becomes a message."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ExpectedError as error:
            self.message_user(request, error.message, messages.ERROR)
            return HttpResponseRedirect(request.path)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Django's page; one button saves and goes on."""
        context |= {"show_save_and_add_another": False, "show_save_and_continue": change}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        """On to the plan."""
        return HttpResponseRedirect(pages.where(obj))

    def response_change(self, request, obj):
        """On to the plan."""
        if "_continue" in request.POST:
            return HttpResponseRedirect(reverse("admin:models_dv_reorganisation_change", args=[obj.pk]))
        return HttpResponseRedirect(pages.where(obj))


def _is_draft(obj) -> bool:
    return obj is None or obj.state == ReorganisationState.DRAFT
