"""Who may use the admin, and what all its fields do: units chosen by name, texts stored in their one form."""

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from models_dv.forms.admin_units import UnitChoiceField, UnitsChoiceField, UnitSelect, units_with_names
from models_dv.models import Unit
from models_dv.vietnamese.fold import normalize


class AdministratorOnly:
    """Administrators (active, “quản trị viên”) may do what the page offers; nobody else sees it."""

    def has_module_permission(self, request):
        """Whether the pages stand in the menu."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        """Look."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request, obj=None):
        """Add."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request, obj=None):
        """Change."""
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request, obj=None):
        """Delete; what refers to the object is asked afterwards."""
        return self.admin_site.has_permission(request)

    def get_autocomplete_fields(self, request):
        """A unit is looked up by its name, never chosen from a list of all."""
        units = [
            field.name
            for field in self.opts.get_fields()
            if field.concrete and field.related_model is Unit and field.editable
        ]
        return [*self.autocomplete_fields, *(name for name in units if name not in self.autocomplete_fields)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Units are chosen by name and code, because names occur more than once."""
        if db_field.related_model is Unit:
            kwargs["form_class"] = UnitChoiceField
            kwargs["queryset"] = units_with_names()
            kwargs.setdefault("widget", UnitSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Several units likewise."""
        if db_field.related_model is Unit:
            kwargs["form_class"] = UnitsChoiceField
            kwargs["queryset"] = units_with_names()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Text is stored in its one form; another object is made or changed on its own page, not here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            field.to_python = normalized(field.to_python)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = False
        return field


def normalized(to_python):
    """A text field's ``to_python`` that answers in NFC, with Đ for eth (domain.md §8)."""

    def read(value):
        value = to_python(value)
        return normalize(value) if isinstance(value, str) else value

    return read
