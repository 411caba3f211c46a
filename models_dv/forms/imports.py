"""Bringing a file of rows."""

import uuid

from django import forms

from models_dv import clock
from models_dv.enums import FileKind, Role
from models_dv.forms.uploads import DocumentField
from models_dv.models import Unit
from models_dv.scopes import unit_ids_with


def units_kept(user):
    """Units that stand, whose things the user enters and mends."""
    kept = unit_ids_with(user, Role.AUTHOR, Role.APPROVER)
    return Unit.objects.filter(pk__in=kept).alive(clock.today()).prefetch_related("versions")


class ImportForm(forms.Form):
    """The file, the unit where there is a choice, and the key that makes a second press count once."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label=None)
    file = DocumentField(label="Tệp Excel đã điền", kinds={FileKind.XLSX})

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4().hex)
        self.fields["unit"].queryset = units_kept(user)
        self.fields["unit"].error_messages["required"] = "Chọn đơn vị"
        self.fields["unit"].error_messages["invalid_choice"] = "Chọn một đơn vị trong danh sách"
        self.fields["file"].help_text = "Tệp .xlsx theo mẫu; lớn nhất 10 MB"

    @property
    def has_one_unit(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.fields["unit"].queryset) == 1
