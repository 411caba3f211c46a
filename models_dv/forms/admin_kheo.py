"""Forms of “Dân vận khéo” in the admin: the same rules as on the staff pages."""

from django import forms
from django.core.exceptions import ValidationError

from models_dv.domain.kheo_facts import FactRefused, check_fact, check_order
from models_dv.domain.kheo_tree import ancestors


class KheoForm(forms.ModelForm):
    """A model; it is no copy of its own copy."""

    def clean_origin(self):
        """No circle of copies."""
        origin = self.cleaned_data["origin"]
        if origin and self.instance.pk and self.instance.pk in ancestors(origin.pk):
            raise ValidationError("Mô hình gốc đã nhân rộng từ chính mô hình này. Chọn mô hình khác.")
        return origin

    def clean_address(self):
        """Blanks are no address."""
        address = self.cleaned_data["address"].strip()
        if not address:
            raise ValidationError("Ghi địa chỉ cụ thể của mô hình.")
        return address


class KheoFactForm(forms.ModelForm):
    """A dated fact, in the words of the staff pages."""

    class Meta:
        labels = {"kind": "Mốc", "year_only": "Chỉ biết năm"}


class KheoFactFormSet(forms.BaseInlineFormSet):
    """Facts of one model: their order must make sense."""

    def clean(self):
        """Check the facts as they would stand."""
        super().clean()
        if any(self.errors):
            return
        rows = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in rows if not form.cleaned_data.get("DELETE")]
        for form in kept:
            try:
                check_fact(form.instance)
            except FactRefused as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
        try:
            check_order([form.instance for form in kept])
        except FactRefused as error:
            raise ValidationError(error.message) from error
