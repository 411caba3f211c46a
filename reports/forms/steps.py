"""What a person enters for a step of a report. Every form carries ``key``, ``revision`` and ``edition``."""

import re
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from models_dv import clock
from models_dv.forms.fields import CleanField, ClockField, DateField
from models_dv.forms.uploads import DocumentField
from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.numbers import format_number

STALE_FORM = "Trang này đã cũ. Tải lại trang rồi làm lại."
LONGEST_REASON = 2000
DAYS_TO_MEND = 3
CLOSING_TIME = "17:00"
HEAD, DEPUTY = "head", "deputy"

_ACADEMIC = re.compile(r"((GS|PGS|TSKH|TS|ThS|CN|KS|BS|CKI|CKII)\.\s*)+", re.IGNORECASE)


class KeyField(forms.RegexField):
    """An idempotency key as pages write it: letters, digits and hyphens; the domain’s own have colons."""

    widget = forms.HiddenInput

    def __init__(self, **options):
        super().__init__(r"^[0-9A-Za-z-]{1,64}\Z", **options)


class StepForm(forms.Form):
    """The hidden fields: idempotency key, and number and revision of the edition that the person saw."""

    key = KeyField()
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    edition = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.label:
                field.error_messages["required"] = f"Chưa nhập {field.label[0].lower()}{field.label[1:]}"

    def clean(self):
        """A missing hidden field is one sentence, not an error at a field that nobody sees."""
        cleaned = super().clean()
        broken = [name for name in ("key", "revision", "edition") if name in self.errors]
        for name in broken:
            del self.errors[name]
        if broken:
            raise ValidationError(STALE_FORM)
        return cleaned


def reason_field(label: str, hint: str = "") -> forms.CharField:
    """A reason in a few lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Ghi gọn trong {format_number(LONGEST_REASON)} chữ cái"},
    )


class RecallForm(StepForm):
    """Thu hồi báo cáo: why."""

    note = reason_field("Lý do thu hồi")

    def clean_note(self):
        """The reason as it is stored."""
        return normalize(self.cleaned_data["note"]).strip()


class CorrectForm(RecallForm):
    """Đính chính: what was wrong."""

    note = reason_field(
        "Lý do đính chính", "Nêu nội dung sai và căn cứ sửa. Bản đang có hiệu lực vẫn giữ nguyên."
    )


class ReturnForm(RecallForm):
    """Trả lại để bổ sung: why, which parts, what to mend in each, until when; within the unit that may stay open.

    ``parts`` are the parts of the report; ``needs_due`` for a report that was already sent.
    """

    note = reason_field("Lý do trả lại", "Nêu việc phải sửa để đơn vị làm được ngay.")
    action = forms.CharField(required=False, widget=forms.HiddenInput)
    parts = forms.MultipleChoiceField(
        label="Phần phải bổ sung",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Phần đã chọn không có trong đề cương. Tải lại trang rồi chọn lại"},
    )

    file = DocumentField(
        label="Tệp góp ý của lãnh đạo",
        required=False,
        help_text="Bản Word đã sửa, hoặc bản chụp có bút phê; lớn nhất 10 MB. Đơn vị soạn xem được cùng lời trả lại.",
    )

    def __init__(self, *args, parts, needs_due: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_due = needs_due
        self.fields["parts"].choices = [(part.code, part_label(part)) for part in parts]
        for part in parts:
            name = word_name(part.code)
            # The form carries what it suggested: words that the person left as they were tick no part.
            suggested = f"initial-{name}" in self.data if self.is_bound else bool(self.initial.get(name))
            self.fields[name] = forms.CharField(
                label=f"Việc phải sửa ở phần {part_label(part)}",
                required=False,
                max_length=500,
                show_hidden_initial=suggested,
            )
        hint = "Đánh dấu phần phải sửa, ghi việc phải sửa vào ô bên cạnh."
        first = _day_to_mend if needs_due else None
        self.fields["due_date"] = DateField(label="Hạn nộp lại, ngày", initial=first, required=needs_due)
        self.fields["due_time"] = ClockField(
            label="Hạn nộp lại, giờ", initial=CLOSING_TIME, required=needs_due
        )
        if needs_due:
            for name in ("due_date", "due_time"):
                self.fields[name].error_messages["required"] = "Ghi hạn nộp lại."
        else:
            self.fields["due_date"].help_text = "Hạn trong đơn vị; để trống thì theo hạn gửi của báo cáo."
            hint += " Không đánh dấu phần nào thì cả báo cáo mở lại để sửa."
        self.fields["parts"].help_text = hint

    @property
    def part_rows(self):
        """(checkbox, field of words) of each part, for the template."""
        codes = [code for code, _label in self.fields["parts"].choices]
        boxes = self["parts"].subwidgets
        return list(zip(boxes, [self[word_name(code)] for code in codes], strict=True))

    def clean(self):
        """Gather the words by part; a part with words that the person wrote himself counts as chosen."""
        cleaned = super().clean()
        words = {
            code: normalize(cleaned.get(word_name(code), "")).strip()
            for code, _label in self.fields["parts"].choices
        }
        chosen = {*cleaned.get("parts", [])}
        chosen |= {code for code in words if words[code] and word_name(code) in self.changed_data}
        cleaned["parts_to_mend"] = {code: words[code] for code in words if code in chosen}
        if self.needs_due and not cleaned["parts_to_mend"] and "parts" not in self.errors:
            self.add_error("parts", "Chọn ít nhất một phần phải bổ sung.")
        return cleaned

    @property
    def due_at(self) -> datetime | None:
        """The new due date, in Việt Nam's time."""
        return moment(self.cleaned_data.get("due_date"), self.cleaned_data.get("due_time"))


class IssueForm(StepForm):
    """Phát hành, gửi: number, date and signer. Without number where the portal keeps the series."""

    number = forms.RegexField(
        regex=r"^\s*0*[1-9][0-9]{0,5}\s*$",
        label="Số văn bản",
        help_text="Số trong sổ công văn, chỉ phần số, ví dụ 138.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Số văn bản chỉ gồm chữ số, từ 1 trở lên, ví dụ 138"},
    )
    issued_on = DateField(label="Ngày ban hành", help_text="Ngày ghi trên văn bản, ví dụ 05/02/2026.")
    signer_name = CleanField(
        label="Họ và tên người ký",
        max_length=150,
        help_text="Không ghi học hàm, học vị.",
        widget=forms.TextInput(attrs={"list": "signers", "autocomplete": "off"}),
    )
    signer_rank = forms.ChoiceField(label="Chức vụ người ký", widget=forms.RadioSelect)

    def __init__(self, *args, unit_version, portal_numbers: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.posts = {HEAD: unit_version.head_post, DEPUTY: unit_version.deputy_post}
        self.fields["signer_rank"].choices = [
            (HEAD, f"{unit_version.head_post} (cấp trưởng)"),
            (DEPUTY, f"{unit_version.deputy_post} (cấp phó)"),
        ]
        self.fields["signer_rank"].error_messages["required"] = "Chọn chức vụ người ký"
        if portal_numbers:
            self.fields["number"] = forms.CharField(
                label="Số văn bản",
                required=False,
                help_text="Hệ thống cấp số khi phát hành; đây là số tiếp theo.",
                widget=forms.TextInput(attrs={"readonly": True}),
            )
        self.portal_numbers = portal_numbers

    def clean_signer_name(self) -> str:
        """The name alone: a Party paper is signed without academic title (domain.md §4)."""
        name = self.cleaned_data["signer_name"]
        title = _ACADEMIC.match(name)
        if title:
            raise ValidationError(f"Bỏ học hàm, học vị “{title[0].strip()}”, chỉ ghi họ và tên")
        return name

    def clean_number(self) -> int | None:
        """The clerk's number; None where the portal gives it."""
        return None if self.portal_numbers else int(self.cleaned_data["number"])

    @property
    def is_deputy(self) -> bool:
        """Whether a deputy signs."""
        return self.cleaned_data["signer_rank"] == DEPUTY

    @property
    def post(self) -> str:
        """Post of the signer."""
        return self.posts[self.cleaned_data["signer_rank"]]


class ExtendForm(forms.Form):
    """Gia hạn: the later due date and why."""

    due_date = DateField(label="Hạn mới, ngày", error_messages={"required": "Ghi ngày của hạn mới"})
    due_time = ClockField(
        label="Hạn mới, giờ", initial=CLOSING_TIME, error_messages={"required": "Ghi giờ của hạn mới"}
    )
    reason = reason_field("Lý do gia hạn")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Ghi lý do gia hạn."

    @property
    def due_at(self) -> datetime:
        """The new due date, in Việt Nam's time."""
        return moment(self.cleaned_data["due_date"], self.cleaned_data["due_time"])


def part_label(part) -> str:
    """“III.2. Dân vận của cơ quan nhà nước …”; the table of figures has no number."""
    return f"{part.number}. {part.title}" if part.number else part.title


def word_name(code: str) -> str:
    """Name of the field that says what to mend in a part."""
    return f"word_{code}"


def moment(day: date | None, at: time | None) -> datetime | None:
    """A day and a time of day in Việt Nam's time; None while one of them is missing."""
    if day is None or at is None:
        return None
    return timezone.make_aware(datetime.combine(day, at))


def _day_to_mend() -> date:
    return clock.today() + timedelta(days=DAYS_TO_MEND)
