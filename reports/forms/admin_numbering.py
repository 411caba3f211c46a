"""The form of a number series in the admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max

from reports.models import DocumentNumber, NumberSeries


class NumberSeriesForm(forms.ModelForm):
    """Where the portal's own series stands; it never goes back behind a number that is used."""

    class Meta:
        model = NumberSeries
        fields = ["term", "document_type", "last_number"]
        labels = {"term": "Nhiệm kỳ"}
        help_texts = {"last_number": "Số gần nhất đã dùng trong sổ; hệ thống cấp tiếp từ số sau."}

    def clean(self):
        """The last number is at least the highest one used."""
        cleaned = super().clean()
        term = cleaned["term"].pk if cleaned.get("term") else self.instance.term_id
        document_type = cleaned.get("document_type") or self.instance.document_type
        used = DocumentNumber.objects.filter(term_id=term, document_type=document_type)
        highest = used.aggregate(highest=Max("number"))["highest"] or 0
        last = cleaned.get("last_number")
        if last is not None and last < highest:
            raise ValidationError({"last_number": f"Đã dùng đến số {highest}. Nhập từ {highest} trở lên."})
        return cleaned
