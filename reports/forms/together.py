"""Giving parts of a report to others, and asking the body above for advice."""

from django import forms
from django.core.exceptions import ValidationError

from models_dv import clock
from models_dv.enums import Role, UnitType
from models_dv.forms.fields import DateField, WordsField
from models_dv.forms.unit_fields import UnitNameField, suggestions
from models_dv.models import Unit, UnitRole, UnitVersion
from reports.domain.contributing import Task
from reports.enums import ShareScope

LONGEST_NOTE = 500
BODY_NAMES = "body-names"
NOBODY = "Chọn đơn vị phối hợp, hoặc chọn đồng nghiệp"
NO_COLLEAGUE = "Chọn đồng nghiệp nhận việc"
BOTH = "Chỉ chọn một: đơn vị phối hợp hoặc đồng nghiệp"


class AssignmentForm(forms.Form):
    """Who fills which parts and groups of figures, by when. ``parts`` and ``groups`` are pairs (code, name)."""

    unit = UnitNameField(
        label="Đơn vị phối hợp",
        list_id=BODY_NAMES,
        required=False,
        help_text="Ghi tên, có dấu hoặc không dấu: công an, mặt trận, uỷ ban … có tài khoản soạn thảo.",
    )
    person = forms.ChoiceField(label="Hoặc đồng nghiệp trong đơn vị", required=False)
    parts = forms.MultipleChoiceField(label="Các phần", required=False, widget=forms.CheckboxSelectMultiple)
    groups = forms.MultipleChoiceField(
        label="Các nhóm chỉ tiêu", required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = DateField(label="Hạn gửi", required=False)
    note = WordsField(label="Yêu cầu", longest=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, report, parts, groups, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        today = clock.today()
        with_authors = UnitRole.objects.filter(role=Role.AUTHOR, user__is_active=True).values("unit")
        units = Unit.objects.filter(pk__in=with_authors).exclude(pk=report.unit_id)
        self.fields["unit"].among(units, today)
        bodies = UnitVersion.objects.as_of(today).filter(type=UnitType.BODY)
        self.body_names = suggestions(units.filter(pk__in=bodies.values("unit")), today)
        self.colleagues = {str(person.pk): person for person in colleagues}
        self.fields["person"].choices = [("", "(không chọn)")] + [
            (key, str(person)) for key, person in self.colleagues.items()
        ]
        if not self.colleagues:
            del self.fields["person"]
        elif not self.body_names:
            self.fields["person"].label = "Đồng nghiệp trong đơn vị"
        if not self.body_names:
            del self.fields["unit"]
        self.fields["parts"].choices, self.fields["groups"].choices = parts, groups
        self.report = report

    def clean(self):
        """One receiver, and something to fill."""
        cleaned = super().clean()
        unit, person = cleaned.get("unit"), cleaned.get("person")
        if "unit" not in self.errors:
            if unit and person:
                self.add_error("unit", BOTH)
            elif not unit and not person and "person" not in self.errors:
                self._say_nobody()
        if not cleaned.get("parts") and not cleaned.get("groups") and "parts" not in self.errors:
            self.add_error("parts", "Chọn ít nhất một phần hoặc một nhóm chỉ tiêu")
        return cleaned

    def _say_nobody(self) -> None:
        if "unit" in self.fields:
            self.add_error("unit", NOBODY)
        else:
            self.add_error("person" if "person" in self.fields else None, NO_COLLEAGUE)

    @property
    def has_receivers(self) -> bool:
        """Whether there is anybody to whom something can be given."""
        return bool(self.body_names or self.colleagues)

    @property
    def receiver(self) -> dict:
        """``unit`` and ``person`` as the domain takes them."""
        person = self.colleagues.get(self.cleaned_data.get("person") or "")
        return {"unit": self.report.unit if person else self.cleaned_data["unit"], "person": person}

    @property
    def task(self) -> Task:
        """What is given."""
        cleaned = self.cleaned_data
        return Task(tuple(cleaned["parts"]), tuple(cleaned["groups"]), cleaned["note"], cleaned["due_on"])


class ShareForm(forms.Form):
    """Xin ý kiến cấp trên: the whole draft or its figures, and what is asked."""

    scope = forms.ChoiceField(
        label="Cấp trên được xem",
        choices=ShareScope.choices,
        initial=ShareScope.ALL,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn cả bản dự thảo hoặc chỉ bảng số liệu"},
    )
    note = WordsField(
        label="Nội dung xin ý kiến", longest=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReopenForm(forms.Form):
    """Mở lại để sửa: what is to be mended."""

    note = WordsField(label="Cần sửa gì", longest=LONGEST_NOTE, one_line=True)

    def clean(self):
        """A note that is too long is refused in one sentence."""
        if "note" in self.errors:
            raise ValidationError(f"Ghi gọn trong {LONGEST_NOTE} chữ cái")
        return super().clean()
