"""What a person enters for a conference: few fields at a time, days as 05/02/2026, nothing that must be guessed."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F

from models_dv import clock
from models_dv.domain.changes import fingerprint
from models_dv.enums import (
    AwardKind,
    ConferenceForm,
    ConferenceKind,
    ConferenceState,
    Duty,
    PaperKind,
    PaperStage,
    PostRank,
    Subject,
)
from models_dv.forms.fields import ClockField, DateField, WordsField, name_missing_fields
from models_dv.forms.uploads import DocumentField, PhotoField
from models_dv.models import Conference, Period, Unit

STALE_FORM = "Trang này đã cũ. Tải lại trang rồi làm lại."
WITH_POINTS = (ConferenceForm.ONLINE, ConferenceForm.MIXED)
FIRST_YEAR, LAST_YEAR = 1945, 2100


def lines(rows: int, **attrs) -> forms.Textarea:
    """An input of several lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


class ConferenceDataForm(forms.Form):
    """The conference itself. ``units``: those whose conferences the person keeps; asked for where several."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label="Đơn vị tổ chức", empty_label=None)
    kind = forms.ChoiceField(label="Loại", choices=[("", "Chọn loại"), *ConferenceKind.choices])
    title = WordsField(
        label="Tên hội nghị",
        longest=300,
        one_line=True,
        required=True,
        widget=lines(2),
        help_text="Ví dụ: Sơ kết công tác dân vận 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2026.",
    )
    period = forms.ModelChoiceField(
        queryset=Period.objects.all(),
        required=False,
        label="Kỳ",
        empty_label="Không gắn với kỳ nào",
        help_text="Kỳ công tác mà hội nghị sơ kết, tổng kết. Giao ban, đối thoại … không theo kỳ báo cáo thì bỏ qua: "
        "hội nghị đứng theo ngày tổ chức.",
    )
    held_on = DateField(label="Ngày tổ chức", required=False, help_text="Không rõ ngày thì để trống.")
    starts_at = ClockField(label="Giờ bắt đầu", required=False, help_text="Ví dụ 8:00.")
    place = WordsField(label="Địa điểm", longest=200, one_line=True)
    form = forms.ChoiceField(
        label="Hình thức", required=False, choices=[("", "Chưa rõ"), *ConferenceForm.choices]
    )
    online_points = forms.IntegerField(
        label="Số điểm cầu",
        required=False,
        min_value=1,
        max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Chỉ ghi khi họp trực tuyến.",
        error_messages={"invalid": "Chỉ nhập số, ví dụ 12"},
    )
    state = forms.ChoiceField(label="Tình trạng", choices=ConferenceState.choices)
    year = forms.IntegerField(
        label="Năm",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Để trống thì lấy theo kỳ, không có kỳ thì theo ngày tổ chức.",
        error_messages={"invalid": "Ghi năm bằng bốn chữ số, ví dụ 2026"},
    )
    organiser = WordsField(
        label="Cơ quan tổ chức",
        longest=200,
        one_line=True,
        help_text="Chỉ ghi khi khác cơ quan ban hành văn bản của đơn vị.",
    )
    agenda = WordsField(
        label="Chương trình", longest=5_000, widget=lines(6), help_text="Mỗi nội dung một dòng."
    )
    summary = WordsField(
        label="Nội dung chính",
        longest=10_000,
        widget=lines(8),
        help_text="Kết quả được đánh giá, hạn chế được chỉ ra. Dòng bắt đầu bằng “- ” thành gạch đầu dòng.",
    )
    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    #: Fields of a new conference; the others are filled in afterwards.
    of_new = (
        "unit",
        "kind",
        "title",
        "period",
        "held_on",
        "starts_at",
        "place",
        "form",
        "online_points",
        "agenda",
    )

    def __init__(self, data=None, *, conference: Conference | None = None, units=(), **options):
        self.conference = conference
        if conference is not None:
            stored = {name: getattr(conference, name) for name in self.base_fields if name != "unit"}
            options["initial"] = stored | options.get("initial", {})
        super().__init__(data, **options)
        if conference is None:
            for name in set(self.fields) - set(self.of_new):
                del self.fields[name]
        if conference is not None or len(units) == 1:
            del self.fields["unit"]
        else:
            chosen = Unit.objects.filter(pk__in=[unit.pk for unit in units]).prefetch_related("versions")
            self.fields["unit"].queryset = chosen.order_by(F("ended_on").asc(nulls_first=True), "code")
        self.units = units
        name_missing_fields(self)

    @property
    def chosen_unit(self) -> Unit:
        """The unit of a new conference."""
        return self.cleaned_data.get("unit") or self.units[0]

    def clean(self):
        """Points only online; a day to come is planned; a year from somewhere."""
        cleaned = super().clean()
        if self.conference is not None and cleaned.get("revision") is None:
            self.errors.pop("revision", None)
            raise ValidationError(STALE_FORM)
        self._check_points(cleaned)
        self._settle_state(cleaned)
        if "year" not in self.errors and not cleaned.get("year"):
            period, day = cleaned.get("period"), cleaned.get("held_on")
            year = period.year if period else day.year if day else None
            if year is None and not {"period", "held_on"} & self.errors.keys():
                self.add_error("period", "Chọn kỳ hoặc ghi ngày tổ chức, để biết hội nghị của năm nào")
            cleaned["year"] = year
        return cleaned

    def _check_points(self, cleaned) -> None:
        if cleaned.get("online_points") and cleaned.get("form") not in WITH_POINTS:
            self.add_error(
                "online_points",
                "Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp. Đổi hình thức hoặc bỏ số này",
            )

    def _settle_state(self, cleaned) -> None:
        """A new conference is planned when its day is still to come; a stored one says so itself."""
        day = cleaned.get("held_on")
        is_to_come = day is not None and day > clock.today()
        if "state" not in self.fields:
            cleaned["state"] = ConferenceState.PLANNED if is_to_come else ConferenceState.HELD
        elif is_to_come and cleaned.get("state") == ConferenceState.HELD:
            self.add_error("state", "Ngày tổ chức còn ở phía trước. Chọn “Dự kiến” hoặc sửa ngày")

    @property
    def values(self) -> dict:
        """What ``domain.conferences.save_conference`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "revision")}


class RowForm(forms.Form):
    """A row of a conference. ``row`` None: a new one; else ``seen`` says in which state the person saw it."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, conference: Conference, row=None, **options):
        self.conference, self.row = conference, row
        if row is not None:
            stored = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
            options["initial"] = stored | {"seen": fingerprint(row)} | options.get("initial", {})
        super().__init__(data, files, **options)
        if row is None:
            del self.fields["seen"]
        name_missing_fields(self)

    @property
    def seen_code(self) -> str:
        """The state seen."""
        return self.cleaned_data.get("seen", "")

    @property
    def values(self) -> dict:
        """What was entered, without the hidden field and the file."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "file")}


class PersonForm(RowForm):
    """Somebody at the conference. An official keeps his name; posts and rank come from the day's posts."""

    name = WordsField(label="Họ và tên", longest=120, one_line=True, required=True)
    posts = WordsField(
        label="Chức vụ khi đó", longest=1_000, widget=lines(3), help_text="Mỗi chức vụ một dòng."
    )
    duties = forms.MultipleChoiceField(
        label="Vai trò tại hội nghị",
        choices=Duty.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một vai trò"},
    )
    rank = forms.TypedChoiceField(
        label="Bậc trong danh sách",
        choices=PostRank.choices,
        coerce=int,
        initial=PostRank.OTHER,
        help_text="Người có bậc cao hơn đứng trước.",
    )

    def __init__(self, *args, official=None, **options):
        super().__init__(*args, **options)
        self.official = official or (self.row and self.row.official)
        if self.official:
            self.fields["name"].disabled = True
            self.fields["name"].initial = self.initial["name"] = self.official.name


class PaperForm(RowForm):
    """A paper: its file only when it is new."""

    file = DocumentField(label="Tệp")
    paper_kind = forms.ChoiceField(label="Loại tài liệu", choices=[("", "Chọn loại"), *PaperKind.choices])
    stage = forms.ChoiceField(
        label="Bản",
        choices=PaperStage.choices,
        initial=PaperStage.FINAL,
        widget=forms.RadioSelect,
        help_text="Bản trình hội nghị và bản chính thức được giữ riêng.",
    )
    title = WordsField(
        label="Tên tài liệu",
        longest=250,
        one_line=True,
        required=True,
        help_text="Ví dụ: Báo cáo sơ kết công tác dân vận 6 tháng đầu năm 2026.",
    )
    number = WordsField(label="Số, ký hiệu", longest=60, one_line=True, help_text="Ví dụ: 138-BC/BTGDVTU.")
    dated = DateField(label="Ngày văn bản", required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.row is not None:
            del self.fields["file"]


class PhotoForm(RowForm):
    """A photo: described, with the consent of those in it before the public may see it."""

    file = PhotoField(label="Tệp ảnh")
    alt = WordsField(
        label="Mô tả ảnh cho người không xem được",
        longest=300,
        one_line=True,
        required=True,
        help_text="Trong ảnh có gì, ví dụ: Đại biểu ngồi kín hội trường, trên bục là bàn chủ trì.",
    )
    caption = WordsField(label="Chú thích", longest=300, one_line=True, help_text="Dòng chữ dưới ảnh.")
    credit = WordsField(label="Nguồn ảnh, người chụp", longest=150, one_line=True)
    consent = forms.BooleanField(
        label="Người trong ảnh đồng ý cho công bố",
        required=False,
        help_text="Chưa đồng ý thì ảnh chỉ lưu nội bộ.",
    )
    consent_note = WordsField(
        label="Căn cứ đồng ý",
        longest=200,
        one_line=True,
        help_text="Ví dụ: thông báo chụp ảnh trong giấy mời ngày 02/6/2026.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.row is not None:
            del self.fields["file"]

    def clean(self):
        """Consent says on what ground; the description is not the caption again."""
        cleaned = super().clean()
        if cleaned.get("consent") and not cleaned.get("consent_note") and "consent_note" not in self.errors:
            self.add_error("consent_note", "Ghi căn cứ đồng ý, hoặc bỏ chọn ô đồng ý cho công bố")
        if cleaned.get("alt") and cleaned.get("alt") == cleaned.get("caption"):
            self.add_error("alt", "Mô tả phải khác chú thích: mô tả nói trong ảnh có gì")
        return cleaned


class AwardForm(RowForm):
    """What was given, by whom, to whom; the number stays empty where it is not known."""

    kind = forms.ChoiceField(label="Hình thức", choices=[("", "Chọn hình thức"), *AwardKind.choices])
    issuer = WordsField(
        label="Cơ quan khen",
        longest=200,
        one_line=True,
        required=True,
        help_text="Ví dụ: Ban Tuyên giáo và Dân vận Tỉnh uỷ.",
    )
    subject = forms.ChoiceField(label="Đối tượng", choices=Subject.choices, widget=forms.RadioSelect)
    count = forms.IntegerField(
        label="Số lượng",
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Không rõ thì để trống.",
        error_messages={"invalid": "Chỉ nhập số, ví dụ 12"},
    )
    recipients = WordsField(
        label="Danh sách", longest=5_000, widget=lines(4), help_text="Mỗi tập thể, cá nhân một dòng."
    )
    decision = WordsField(
        label="Quyết định", longest=200, one_line=True, help_text="Số, ngày quyết định khen thưởng."
    )
