"""The form of a period in the admin."""

from django import forms

from models_dv.enums import PeriodKind
from models_dv.models import Period

#: How often a kind of period comes in a year.
TIMES_A_YEAR = {
    PeriodKind.HALF_YEAR: 2,
    PeriodKind.QUARTER: 4,
    PeriodKind.NINE_MONTHS: 1,
    PeriodKind.ANNUAL: 1,
}
FIRST_YEAR, LAST_YEAR = 1990, 2100


class PeriodForm(forms.ModelForm):
    """Kind, year, number and the usual window."""

    class Meta:
        model = Period
        fields = ["kind", "year", "number", "window_from", "window_to"]

    def clean(self):
        """The number fits the kind, the window lies near the year."""
        cleaned = super().clean()
        kind, year, number = (cleaned.get(name) for name in ("kind", "year", "number"))
        if year and not FIRST_YEAR <= year <= LAST_YEAR:
            self.add_error("year", f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
        most = TIMES_A_YEAR.get(kind)
        if number is not None and (number < 1 or (most and number > most)):
            few = f"từ 1 đến {most}" if most and most > 1 else "là 1" if most else "từ 1 trở lên"
            self.add_error("number", f"Thứ tự của loại kỳ này phải {few}.")
        return cleaned
