"""How a person wants to be told by mail."""

from django import forms

from models_dv.enums import MailHabit

LABELS = {
    MailHabit.EACH: "Từng việc: mỗi thông báo một thư",
    MailHabit.DAILY: "Tổng hợp mỗi ngày: một thư buổi sáng, chỉ khi có thông báo chưa đọc",
    MailHabit.NEVER: "Không gửi thư: chỉ xem trong cổng",
}


class MailHabitForm(forms.Form):
    """One of three."""

    gui_thu = forms.ChoiceField(
        label="Nhận thông báo qua thư",
        choices=[(habit.value, LABELS[habit]) for habit in MailHabit],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chọn một cách gửi thư",
            "invalid_choice": "Chọn một trong ba cách gửi thư",
        },
    )
