"""Fields that the forms of both apps share: days, times of day, words in the form in which they are stored."""

import re
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError

from models_dv.vietnamese.dates import DateError, format_date, parse_date
from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.numbers import format_number

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])\s*(?:[:hg]|giờ)\s*([0-5][0-9])?", re.IGNORECASE)


class DateField(forms.CharField):
    """A day typed as 05/02/2026 (the fifth of February); the value is a ``date``."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "ngày/tháng/năm"}
    )

    def prepare_value(self, value):
        """A date as it is typed; what was typed stays as it was."""
        return format_date(value) if isinstance(value, date) else value

    def clean(self, value) -> date | None:
        """Read the day; the error says how to type it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except DateError as error:
            raise ValidationError(str(error)) from None


class ClockField(forms.CharField):
    """A time of day typed as 17:00, 17h30 or 17 giờ; the value is a ``time``."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def prepare_value(self, value):
        """A time as it is typed; what was typed stays as it was."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value) -> time | None:
        """Read the time; the error says how to type it."""
        text = super().clean(value)
        if not text:
            return None
        found = _CLOCK.fullmatch(text.strip())
        if not found:
            raise ValidationError("Nhập giờ và phút, ví dụ 17:00")
        return time(int(found[1]), int(found[2] or 0))


class CleanField(forms.CharField):
    """Text in the form in which it is stored, before its length is looked at."""

    def to_python(self, value) -> str:
        """NFC, nothing unseen, no space around."""
        return normalize(super().to_python(value)).strip()


class WordsField(forms.CharField):
    """Words in the form in which they are stored; ``longest`` counts letters, and the message says how many.

    ``one_line`` makes a single line of what was pasted in several. In a model form the field's own length counts.
    """

    def __init__(self, *, longest: int | None = None, one_line: bool = False, **options):
        options.setdefault("required", False)
        of_model = options.pop("max_length", None)
        super().__init__(**options)
        self.longest, self.one_line = longest or of_model, one_line

    def to_python(self, value):
        """Clean text; a field left out is as an empty one."""
        text = normalize(super().to_python(value)).strip()
        return " ".join(text.split()) if self.one_line else text

    def validate(self, value):
        """Refuse what does not fit, with both numbers."""
        super().validate(value)
        if self.longest and len(value) > self.longest:
            count, limit = format_number(len(value)), format_number(self.longest)
            raise ValidationError(f"Đang dài {count} chữ cái. Rút gọn còn nhiều nhất {limit}")


def name_missing_fields(form: forms.BaseForm) -> None:
    """Let every required field say “Chưa nhập tên hội nghị”, or “Chọn …” where there is a choice.

    A field that has words of its own keeps them.
    """
    usual = str(forms.Field.default_error_messages["required"])
    for field in form.fields.values():
        if field.label and str(field.error_messages["required"]) == usual:
            verb = "Chọn" if isinstance(field, forms.ChoiceField) else "Chưa nhập"
            field.error_messages["required"] = f"{verb} {field.label[0].lower()}{field.label[1:]}"
