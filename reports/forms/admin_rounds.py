"""Forms of rounds in the admin."""

from django import forms

from reports.models import ReportingRound, RoundDueDate


class RoundForm(forms.ModelForm):
    """A round; an empty window is that of the period."""

    class Meta:
        model = ReportingRound
        fields = ["root_unit", "period", "outline_version", "window_from", "window_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"window_from", "window_to"} & self.fields.keys():  # a page that is only read has none
            self.fields[name].required = False
            self.fields[name].help_text = "Để trống: lấy theo kỳ báo cáo."

    def clean(self):
        """Fill the window from the period."""
        cleaned = super().clean()
        period = cleaned.get("period")
        for name in ("window_from", "window_to"):
            if period and name not in self.errors and not cleaned.get(name):
                cleaned[name] = getattr(period, name)
        return cleaned


class DueDateForm(forms.ModelForm):
    """When the units of a level hand in."""

    class Meta:
        model = RoundDueDate
        fields = ["level", "due_at"]


class DueDateFormSet(forms.BaseInlineFormSet):
    """The due dates of one round."""

    def clean(self):
        """Nobody hands in before the window begins (it may end later: figures are then “ước”)."""
        super().clean()
        last_day = self.instance.window_to
        for form in self.forms:
            due_at = form.cleaned_data.get("due_at") if hasattr(form, "cleaned_data") else None
            if due_at and last_day and due_at.date() < self.instance.window_from:
                form.add_error("due_at", "Hạn gửi phải sau ngày đầu của kỳ số liệu.")
