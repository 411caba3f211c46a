"""Rows under an object of the admin: their changes stand in its audit row, or they are only looked at."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from models_dv.admin.changes import snapshot
from models_dv.admin.permitted import AdministratorOnly
from models_dv.admin.references import references, sentence


class RowForm:
    """Mixed into the form of an inline row: deleting is refused where something refers to the row."""

    def hand_clean_DELETE(self):  # noqa: N802 (Django's name)
        """Django lists every protected object here; counts are enough."""
        if not self.cleaned_data.get("DELETE") or self.instance.pk is None:
            return
        counts = references(self.instance, self.own_parts)
        if counts:
            raise ValidationError(f"Không xoá được “{self.instance}”: còn {sentence(counts)}. Bỏ dấu Xoá.")


class AuditedRows(AdministratorOnly):
    """Rows under an object; their changes stand in the audit row of the object."""

    extra = 0
    view_on_site = False
    own_parts: tuple[type, ...] = ()

    def get_formset(self, request, obj=None, **kwargs):
        """Django's formset, knowing its inline, with our words about deleting."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.inline = self
        formset.form = type("Form", (RowForm, formset.form), {"own_parts": self.own_parts})
        return formset

    def rows_of(self, obj):
        """The rows of ``obj`` as they stand."""
        return self.model._base_manager.filter(**{self.link(): obj})

    def link(self) -> str:
        """Name of the foreign key to the parent."""
        return self.fk_name or next(
            field.name for field in self.opts.concrete_fields if field.related_model is self.parent_model
        )

    def audit_label(self, row) -> str:
        """How the audit row names this row."""
        return f"{self.verbose_name}: {row}"

    def audit_values(self, row) -> dict:
        """What the audit row says of this row."""
        return snapshot(row, without=(self.link(),))


class AuditedTabular(AuditedRows, admin.TabularInline):
    """Rows in a table, whose columns name every field also to who does not see them."""

    def get_formset(self, request, obj=None, **kwargs):
        """Fields stand under the heads of the columns, without labels of their own."""
        formset = super().get_formset(request, obj, **kwargs)

        class Named(formset):
            def add_fields(self, form, index):
                super().add_fields(form, index)
                for name, field in form.fields.items():
                    if not field.widget.is_hidden:
                        field.widget.attrs.setdefault("aria-label", str(field.label or capfirst(name)))

        Named.inline = self
        return Named


class AuditedStacked(AuditedRows, admin.StackedInline):
    """Rows as blocks of fields."""


class ReadOnlyTabular(AdministratorOnly, admin.TabularInline):
    """Rows to look at."""

    extra = 0
    max_num = 0
    view_on_site = False
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Never."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never."""
        return False
