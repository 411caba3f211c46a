"""What a person writes about a report. The fields bear the names that survive a session that ended."""

from dataclasses import dataclass

from django import forms

from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.numbers import format_number
from reports.domain.comments import LONGEST
from reports.enums import Audience

SPOKEN = {
    "required": "Chưa nhập góp ý",
    "max_length": f"Ghi gọn trong {format_number(LONGEST)} chữ cái",
}


@dataclass(frozen=True)
class Spot:
    """A place in a part that may be chosen: ``value`` as ``comments.pin_at`` reads it."""

    value: str
    label: str


class WordsForm(forms.Form):
    """The words alone: an answer."""

    noi_dung = forms.CharField(
        label="Trả lời",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=SPOKEN,
    )

    def clean_noi_dung(self):
        """The words as they are stored."""
        return normalize(self.cleaned_data["noi_dung"]).strip()


class CommentForm(WordsForm):
    """A comment: on what in the part, the words, who hears it.

    ``spots``: the paragraphs to choose from; None where a figure is named by its code.
    """

    phan = forms.CharField(max_length=16, widget=forms.HiddenInput)
    cho = forms.ChoiceField(
        label="Về",
        required=False,
        error_messages={"invalid_choice": "Đoạn vừa chọn đã được sửa. Chọn lại đoạn."},
    )
    ai_xem = forms.ChoiceField(label="Ai xem", choices=Audience.choices, required=False)
    field_order = ("phan", "cho", "noi_dung", "ai_xem")

    def __init__(self, *args, spots: list[Spot] | None, audiences: list[Audience], **options):
        super().__init__(*args, **options)
        self.fields["noi_dung"].label = "Góp ý"
        self.fields["noi_dung"].widget.attrs["rows"] = 3
        if spots is None:
            self.fields["cho"] = forms.CharField(
                label="Mã chỉ tiêu",
                required=False,
                max_length=12,
                help_text="Ví dụ K4; để trống: cả bảng.",
                widget=forms.TextInput(attrs={"autocomplete": "off", "data-figure-code": ""}),
            )
            self.order_fields(self.field_order)
        else:
            self.fields["cho"].choices = [("", "Cả phần"), *((spot.value, spot.label) for spot in spots)]
        if len(audiences) > 1:
            self.fields["ai_xem"].choices = [(value, value.label) for value in audiences]
        else:
            del self.fields["ai_xem"]
