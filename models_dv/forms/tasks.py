"""What a person enters about a task: the task itself, and what happens to it afterwards."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from models_dv import clock
from models_dv.domain.task_notices import units_at_work
from models_dv.domain.tasks import TaskValues, may_move_due
from models_dv.domain.unit_names import units_from
from models_dv.forms.fields import DateField, WordsField, name_missing_fields
from models_dv.forms.unit_fields import UnitNameField, UnitNamesField, suggestions
from models_dv.forms.uploads import DocumentField
from models_dv.models import Task, Unit

LONGEST_TITLE, LONGEST_LINE, LONGEST_POST, LONGEST_TEXT = 300, 300, 160, 4000
#: Id of the list of names that both fields of units suggest.
UNIT_NAMES = "unit-names"
#: How many places for units that join a press on “Thêm ô” adds.
PLACES_ADDED = 3
STALE_FORM = "Trang này đã cũ. Tải lại trang rồi làm lại."


class RevisionForm(forms.Form):
    """Carries the revision that the person saw."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_missing_fields(self)

    def clean(self):
        """A missing hidden field is one sentence, not an error at a field that nobody sees."""
        cleaned = super().clean()
        if "revision" in self.errors:
            del self.errors["revision"]
            raise ValidationError(STALE_FORM)
        return cleaned


class TaskForm(forms.Form):
    """A new task of one of ``givers``, or an open one that is edited.

    ``revision`` is there for a task that stands; ``giving_unit`` where there is a choice.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    giving_unit = forms.ChoiceField(label="Đơn vị giao")
    title = WordsField(
        label="Nhiệm vụ",
        longest=LONGEST_TITLE,
        one_line=True,
        required=True,
        help_text=f"Một câu, bắt đầu bằng động từ. Nhiều nhất {LONGEST_TITLE} chữ cái.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    content = WordsField(
        label="Nội dung, yêu cầu", longest=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    lead_unit = UnitNameField(
        label="Đơn vị chủ trì",
        list_id=UNIT_NAMES,
        help_text="Ghi tên, có dấu hoặc không dấu: chính đơn vị giao hoặc một đơn vị cấp dưới.",
    )
    lead_post = WordsField(
        label="Chức vụ chủ trì",
        longest=LONGEST_POST,
        one_line=True,
        help_text="Ví dụ: Phó Bí thư Thường trực.",
    )
    joining_units = UnitNamesField(
        label="Đơn vị phối hợp",
        list_id=UNIT_NAMES,
        required=False,
        help_text="Mỗi ô một đơn vị.",
    )
    joining_others = WordsField(
        label="Cơ quan phối hợp khác",
        longest=LONGEST_LINE,
        one_line=True,
        help_text="Cơ quan chưa có trong hệ thống.",
    )
    given_on = DateField(label="Ngày giao")
    due_on = DateField(label="Hạn hoàn thành", required=False)
    product = WordsField(
        label="Sản phẩm", longest=LONGEST_LINE, one_line=True, help_text="Ví dụ: kế hoạch, báo cáo."
    )

    def __init__(self, *args, givers: list[Unit], task: Task | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        today, self.givers = clock.today(), {str(unit.pk): unit for unit in givers}
        units = units_from([unit.pk for unit in givers], today)
        if task is not None:  # a unit that has ended may keep what it has
            units = Unit.objects.filter(Q(pk__in=units.values("pk")) | Q(pk__in=units_at_work(task)))
        self.fields["lead_unit"].among(units, today)
        self.fields["joining_units"].among(units, today)
        self.unit_names = suggestions(units, today)
        if task is None:
            del self.fields["revision"]
        elif not may_move_due(task):
            due = self.fields["due_on"]
            due.disabled, due.initial = True, task.due_on
            due.help_text = "Đã có tiến độ hoặc lần gia hạn: đổi hạn bằng nút “Gia hạn”."
        if task is not None or len(givers) == 1:
            del self.fields["giving_unit"]
        else:
            self.fields["giving_unit"].choices = [(key, str(unit)) for key, unit in self.givers.items()]
        name_missing_fields(self)

    def clean(self):
        """A missing hidden field is one sentence."""
        cleaned = super().clean()
        if "revision" in self.errors:
            del self.errors["revision"]
            raise ValidationError(STALE_FORM)
        return cleaned

    @property
    def giver(self) -> Unit:
        """The unit that gives the task."""
        if "giving_unit" in self.fields:
            return self.givers[self.cleaned_data["giving_unit"]]
        return next(iter(self.givers.values()))

    @property
    def values(self) -> TaskValues:
        """What the domain takes."""
        cleaned = self.cleaned_data
        names = (name for name in TaskValues.__dataclass_fields__ if name in cleaned)
        return TaskValues(**{name: cleaned[name] for name in names})


def typed_with_more_units(data) -> dict:
    """What was typed, as a form begins with it, with more places for units that join."""
    typed = {name: data[name] for name in TaskForm.base_fields if name in data}
    return typed | {"joining_units": [*data.getlist("joining_units"), *[""] * PLACES_ADDED]}


def initial_of(task: Task) -> dict:
    """The task as its form shows it."""
    values = {
        name: getattr(task, name) for name in TaskValues.__dataclass_fields__ if name != "joining_units"
    }
    return values | {"joining_units": list(task.joining_units.all()), "revision": task.revision}


class ProgressForm(forms.Form):
    """Báo tiến độ: what was done by a day, how far, with what evidence."""

    unit = forms.ChoiceField(label="Đơn vị báo")
    on = DateField(label="Tính đến ngày")
    percent = forms.IntegerField(
        label="Mức hoàn thành (%)",
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Chỉ nhập số, từ 0 đến 100",
            "min_value": "Mức hoàn thành từ 0 đến 100",
            "max_value": "Mức hoàn thành từ 0 đến 100",
        },
    )
    text = WordsField(
        label="Kết quả đã làm",
        longest=LONGEST_TEXT,
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = WordsField(
        label="Minh chứng",
        longest=LONGEST_LINE,
        one_line=True,
        help_text="Số, ngày văn bản hoặc địa chỉ sản phẩm.",
    )
    uploaded = DocumentField(label="Tệp minh chứng", required=False)

    def __init__(self, *args, units: list[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        if len(units) == 1:
            del self.fields["unit"]
        else:
            self.fields["unit"].choices = [(key, str(unit)) for key, unit in self.units.items()]
        if self.fields["on"].initial is None:
            self.fields["on"].initial = clock.today()
        name_missing_fields(self)

    @property
    def values(self) -> dict:
        """What the domain takes."""
        cleaned = dict(self.cleaned_data)
        key = cleaned.pop("unit", next(iter(self.units)))
        return {**cleaned, "unit": self.units[key]}


class ExtendForm(RevisionForm):
    """Gia hạn: the later due date and why."""

    due_on = DateField(label="Hạn mới")
    reason = WordsField(
        label="Lý do gia hạn", longest=LONGEST_LINE, required=True, widget=forms.Textarea(attrs={"rows": 3})
    )


class CompleteForm(RevisionForm):
    """Hoàn thành: when, and what came out."""

    ended_on = DateField(label="Ngày hoàn thành")
    result = WordsField(
        label="Kết quả",
        longest=LONGEST_TEXT,
        required=True,
        help_text="Nêu kết quả so với yêu cầu và sản phẩm; câu này đi vào báo cáo kỳ này.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CancelForm(RevisionForm):
    """Huỷ nhiệm vụ: why."""

    reason = WordsField(
        label="Lý do huỷ", longest=LONGEST_LINE, required=True, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReopenForm(RevisionForm):
    """Mở lại: why."""

    reason = WordsField(
        label="Lý do mở lại", longest=LONGEST_LINE, required=True, widget=forms.Textarea(attrs={"rows": 3})
    )
