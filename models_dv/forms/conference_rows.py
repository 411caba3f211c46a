"""Forms of difficulties and conclusions of a conference, of choosing officials, and of the steps taken on them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from models_dv import clock
from models_dv.domain.conference_people import PostsOfDay
from models_dv.domain.difficulties import OFFERED, earlier_ones
from models_dv.domain.signing import Signer, signers_on
from models_dv.enums import Duty
from models_dv.forms.conferences import STALE_FORM, RowForm, lines
from models_dv.forms.fields import DateField, WordsField, name_missing_fields
from models_dv.models import Difficulty, DifficultyTopic, Official, Unit
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import format_number

LONGEST_REASON = 1_000
SHOWN_OF_TEXT = 110
LONGEST_CONCLUSION, LONGEST_CONCLUSIONS = 5_000, 50_000
#: What stands before an item of a list that was pasted: “1.”, “2)”, “a)”, “-”, “+”, “•”.
LIST_MARK = re.compile(r"^\s*(?:\d{1,3}[.)/]|[a-zđ][)]|[-–+*•])\s+")


class EarlierDifficultyField(forms.ModelChoiceField):
    """An earlier difficulty, by its day and words."""

    def label_from_instance(self, difficulty: Difficulty) -> str:
        """“05/07/2025 · Đất đai khu tái định cư… (Đang theo dõi)”."""
        text = difficulty.text
        if len(text) > SHOWN_OF_TEXT:
            text = f"{text[:SHOWN_OF_TEXT].rsplit(' ', 1)[0]}…"
        day = format_date(difficulty.raised_on) if difficulty.raised_on else "không rõ ngày"
        return f"{day} · {text} ({difficulty.get_state_display()})"


class DifficultyForm(RowForm):
    """A difficulty raised at the conference; ``continues`` where it was raised before."""

    text = WordsField(label="Khó khăn, vướng mắc", longest=500, required=True, widget=lines(3))
    raised_by = WordsField(
        label="Đơn vị nêu", longest=200, one_line=True, help_text="Ví dụ: Đảng uỷ xã Phú Lâm."
    )
    topics = forms.ModelMultipleChoiceField(
        queryset=DifficultyTopic.objects.all(),
        label="Chủ đề",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    continues = EarlierDifficultyField(
        queryset=Difficulty.objects.none(),
        label="Đã nêu ở hội nghị trước",
        required=False,
        empty_label="Nêu lần đầu",
        help_text="Chọn để theo dõi một vướng mắc qua các kỳ.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rows = earlier_ones(self.conference, but=self.row)
        field = self.fields["continues"]
        field.queryset = rows
        offered = list(rows[:OFFERED])
        stands = self.row and self.row.continues
        if stands and stands not in offered:
            offered.append(stands)
        field.widget.choices = [
            ("", field.empty_label),
            *((row.pk, field.label_from_instance(row)) for row in offered),
        ]
        if self.row is not None:
            self.initial["topics"] = list(self.row.topics.all())


class ReasonForm(forms.Form):
    """One reason in a few lines."""

    note = WordsField(label="Lý do", longest=LONGEST_REASON, required=True, widget=lines(3))

    def __init__(self, *args, label: str = "Lý do", hint: str = "", **options):
        super().__init__(*args, **options)
        self.fields["note"].label, self.fields["note"].help_text = label, hint
        name_missing_fields(self)


class SettleForm(forms.Form):
    """Giải quyết xong: the day and how."""

    on = DateField(label="Ngày giải quyết")
    note = WordsField(
        label="Cách giải quyết",
        longest=500,
        required=True,
        widget=lines(3),
        help_text="Ai đã làm gì, kết quả thế nào; số, ngày văn bản nếu có.",
    )

    def __init__(self, data=None, **options):
        options["initial"] = {"on": clock.today()} | options.get("initial", {})
        super().__init__(data, **options)
        name_missing_fields(self)


class ConclusionForm(RowForm):
    """One conclusion, or several new ones with a line each, in a group where a notice has several."""

    heading = WordsField(
        label="Nhóm",
        longest=160,
        one_line=True,
        help_text="Ví dụ: Nhiệm vụ 6 tháng cuối năm. Để trống nếu không chia nhóm.",
        widget=forms.TextInput(attrs={"list": "headings", "autocomplete": "off"}),
    )
    text = WordsField(label="Kết luận", longest=LONGEST_CONCLUSIONS, required=True, widget=lines(6))
    each_line = forms.BooleanField(
        label="Mỗi dòng là một kết luận",
        required=False,
        help_text="Dán được cả danh sách từ văn bản; số thứ tự và gạch đầu dòng được bỏ đi.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.row is not None:
            del self.fields["each_line"]
            self.fields["text"].longest = LONGEST_CONCLUSION
        elif not self.is_bound and (last := self.conference.conclusions.last()):
            self.initial["heading"] = last.heading

    def clean(self):
        """A list of several has a limit for each."""
        cleaned = super().clean()
        longest = max(map(len, self.texts), default=0) if "text" in cleaned else 0
        if longest > LONGEST_CONCLUSION:
            self.add_error(
                "text",
                f"Một kết luận đang dài {format_number(longest)} chữ cái. "
                f"Rút gọn còn nhiều nhất {format_number(LONGEST_CONCLUSION)}",
            )
        return cleaned

    @property
    def texts(self) -> list[str]:
        """The conclusions entered, in their order."""
        text = self.cleaned_data.get("text", "")
        if not self.cleaned_data.get("each_line"):
            return [text]
        return [line for row in text.splitlines() if (line := LIST_MARK.sub("", row).strip())]

    @property
    def values(self) -> dict:
        """Of a stored one."""
        return {name: value for name, value in super().values.items() if name != "each_line"}


class OfRevision(forms.Form):
    """A step of the notice as it was seen: ``revision`` is hidden."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self):
        """The hidden field as the page wrote it."""
        cleaned = super().clean()
        if "revision" in self.errors:
            del self.errors["revision"]
            raise ValidationError(STALE_FORM)
        return cleaned


class SignForm(OfRevision):
    """Ký, ban hành: number, date, signer; ``revision`` of the notice as it was seen."""

    number = WordsField(
        label="Số, ký hiệu",
        longest=60,
        one_line=True,
        required=True,
        help_text="Theo sổ công văn, ví dụ 25-TB/BTGDVTU.",
    )
    signed_on = DateField(label="Ngày ký")
    signer_name = WordsField(
        label="Họ và tên người ký",
        longest=120,
        one_line=True,
        required=True,
        help_text="Không ghi học hàm, học vị.",
    )
    signer_post = WordsField(
        label="Chức vụ người ký",
        longest=160,
        one_line=True,
        required=True,
        help_text="Để trống thì lấy chức vụ của người ký trong danh sách.",
    )

    def __init__(self, *args, unit: Unit, **options):
        super().__init__(*args, **options)
        self.unit = unit
        for name, choices in (("signer_name", "signers"), ("signer_post", "signer-posts")):
            self.fields[name].widget.attrs |= {"list": choices, "autocomplete": "off"}
        name_missing_fields(self)

    @cached_property
    def signing_day(self) -> date:
        """The day that stands in the form, today without one."""
        shown = self.cleaned_data.get("signed_on") if self.is_bound else self.initial.get("signed_on")
        return shown or clock.today()

    @cached_property
    def signers(self) -> list[Signer]:
        """Who signs for the unit on that day: the head, deputies, delegates. Suggestions, nothing is forced."""
        return signers_on(self.unit, self.signing_day)

    def clean(self):
        """The post of a signer who is known need not be typed."""
        cleaned = super().clean()
        if self.has_error("signer_post", "required") and cleaned.get("signer_name"):
            name = fold(cleaned["signer_name"])
            posts = [signer.post for signer in self.signers if fold(signer.name) == name]
            if posts:
                del self.errors["signer_post"]
                cleaned["signer_post"] = posts[0]
        return cleaned


class ReopenForm(ReasonForm, OfRevision):
    """Mở lại để sửa: why."""


@dataclass(frozen=True)
class OfficialRow:
    """An official that may be added, with his posts of the day and his two fields."""

    official: Official
    posts: PostsOfDay
    chosen: forms.BoundField
    duty: forms.BoundField


class OfficialsForm(forms.Form):
    """Several officials at once, each ticked, with one duty; more duties are given on his own page."""

    def __init__(self, data=None, *, officials: list[Official], posts: dict[int, PostsOfDay]):
        super().__init__(data)
        self.officials = {official.pk: official for official in officials}
        self.posts = posts
        for official in officials:
            self.fields[f"o_{official.pk}"] = forms.BooleanField(required=False, label=official.name)
            self.fields[f"d_{official.pk}"] = forms.ChoiceField(
                required=False,
                choices=Duty.choices,
                initial=Duty.ATTEND,
                label=f"Vai trò của {official.name}",
            )

    @property
    def rows(self) -> list[OfficialRow]:
        """The officials in their order, with bound fields."""
        return [
            OfficialRow(official, self.posts.get(pk, PostsOfDay()), self[f"o_{pk}"], self[f"d_{pk}"])
            for pk, official in self.officials.items()
        ]

    def clean(self):
        """Somebody must be ticked."""
        cleaned = super().clean()
        if not any(cleaned.get(f"o_{pk}") for pk in self.officials):
            raise ValidationError("Chưa chọn ai. Đánh dấu những người dự rồi bấm “Thêm những người đã chọn”.")
        return cleaned

    @property
    def chosen(self) -> dict[Official, list[str]]:
        """{official: [code of his duty]} of those ticked."""
        return {
            official: [self.cleaned_data.get(f"d_{pk}") or Duty.ATTEND.value]
            for pk, official in self.officials.items()
            if self.cleaned_data.get(f"o_{pk}")
        }
