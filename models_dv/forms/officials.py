"""What a person enters about officials: name, posts and work contact; nothing private fits in (domain.md §9)."""

import re
from copy import deepcopy

from django import forms
from django.core.exceptions import ValidationError

from models_dv import clock
from models_dv.domain.officials import Post, same_name
from models_dv.enums import Organ, PostRank
from models_dv.forms.fields import DateField, WordsField, name_missing_fields
from models_dv.forms.tasks import RevisionForm
from models_dv.models import Appointment, Official, Unit
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.personal_data import IDENTITY, find_personal_data

ROWS = 3
NOTHING_PRIVATE = (
    "Chỉ ghi họ tên, chức vụ, cơ quan và liên hệ công vụ; không ghi thông tin riêng của cá nhân."
)
_PHONE = re.compile(r"[0-9 +().-]*")


class PublicWordsField(WordsField):
    """Words in which no telephone or identity number may stand."""

    def validate(self, value):
        """Refuse what looks like one, naming it."""
        super().validate(value)
        found = find_personal_data(value)
        if found:
            raise ValidationError(f"Bỏ “{found[0].found}”: có thể là {found[0].kind}")


class WorkPhoneField(WordsField):
    """The telephone of the office; an identity number typed there is refused."""

    def __init__(self, **options):
        super().__init__(longest=30, one_line=True, **options)

    def validate(self, value):
        """Digits and the signs between them, no identity number."""
        super().validate(value)
        if not _PHONE.fullmatch(value):
            raise ValidationError("Chỉ ghi số điện thoại của cơ quan, ví dụ 0239 3856 000")
        found = [item for item in find_personal_data(value) if item.kind == IDENTITY]
        if found:
            raise ValidationError(f"Bỏ “{found[0].found}”: có thể là {IDENTITY}")


class PersonFields(forms.Form):
    """Name and work contact; ``same`` is asked where somebody of that name stands already."""

    name = PublicWordsField(
        label="Họ và tên", longest=120, one_line=True, required=True, help_text="Không ghi học hàm, học vị."
    )
    work_phone = WorkPhoneField(label="Điện thoại cơ quan")
    work_email = forms.EmailField(
        label="Thư điện tử công vụ",
        required=False,
        max_length=254,
        error_messages={"invalid": "Ghi đủ địa chỉ thư, ví dụ vanphong@anbinh.gov.vn"},
    )
    same = forms.BooleanField(label="Đây là một người khác cùng tên", required=False)

    def __init__(self, *args, official: Official | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.official = official
        self.namesakes: list[Official] = []
        name_missing_fields(self)

    def clean(self):
        """Ask once whether a namesake is the same person."""
        cleaned = super().clean()
        name = cleaned.get("name")
        if name and (self.official is None or self.official.name != name):
            self.namesakes = same_name(name, without=self.official)
            if self.namesakes and not cleaned.get("same"):
                self.add_error(
                    "same",
                    "Đã có cán bộ cùng tên, nêu ở đầu biểu mẫu. Nếu là một người thì mở hồ sơ đó; "
                    "nếu là người khác thì đánh dấu vào ô này",
                )
        return cleaned


class PersonForm(RevisionForm, PersonFields):
    """Sửa hồ sơ: name and work contact."""

    field_order = ["revision", "name", "work_phone", "work_email", "same"]


class PostFields(forms.Form):
    """One post. ``unit`` where there is a choice among ``units``."""

    unit = forms.ChoiceField(label="Đơn vị")
    organ = forms.ChoiceField(label="Cơ quan", choices=[("", "Chọn cơ quan"), *Organ.choices])
    post = PublicWordsField(
        label="Chức vụ",
        longest=160,
        one_line=True,
        required=True,
        help_text="Ví dụ: Phó Bí thư Thường trực Đảng uỷ.",
    )
    rank = forms.TypedChoiceField(
        label="Bậc trong danh sách", coerce=int, choices=[("", "Chọn bậc"), *PostRank.choices]
    )
    order = forms.IntegerField(
        label="Thứ tự cùng bậc",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Số nhỏ đứng trước; để trống thì xếp theo tên.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Chỉ nhập số, từ 1 đến 999",
            "min_value": "Thứ tự từ 1 đến 999",
            "max_value": "Thứ tự từ 1 đến 999",
        },
    )
    from_on = DateField(label="Từ ngày", required=False, help_text="Không rõ thì để trống.")
    attested_on = DateField(
        label="Ghi nhận ngày",
        required=False,
        help_text="Chỉ khi không rõ từ ngày nào: ngày mà nguồn cho biết đang giữ chức vụ.",
    )
    decision = PublicWordsField(
        label="Quyết định", longest=200, one_line=True, help_text="Số, ngày, cơ quan ký."
    )

    def __init__(self, *args, units: list[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        if len(units) == 1:
            del self.fields["unit"]
        else:
            self.fields["unit"].choices = [(key, str(unit)) for key, unit in self.units.items()]
        name_missing_fields(self)

    def clean(self):
        """A post begins on a day, or is attested on one."""
        cleaned = super().clean()
        days = {"from_on", "attested_on"}
        if not days & self.errors.keys() and not any(cleaned.get(name) for name in days):
            self.add_error("from_on", "Ghi ngày bắt đầu giữ chức vụ, hoặc ngày có nguồn ghi nhận")
        return cleaned

    @property
    def chosen_unit(self) -> Unit:
        """The unit of the post."""
        return self.units[self.cleaned_data.get("unit") or next(iter(self.units))]

    def as_post(self, **changes) -> Post:
        """What the domain takes."""
        cleaned = self.cleaned_data
        values = {
            name: cleaned[name] for name in Post.__dataclass_fields__ if name != "unit" and name in cleaned
        }
        values["order"] = cleaned.get("order") or Appointment._meta.get_field("order").default
        return Post(unit=self.chosen_unit, **{**values, **changes})


class NewOfficialForm(PostFields, PersonFields):
    """Thêm cán bộ: the person with his first post."""

    field_order = ["name", "unit", "organ", "post", "rank", "order", "from_on", "attested_on", "decision"]


class AppointmentForm(RevisionForm, PostFields):
    """Sửa chức vụ: what was entered wrongly, the end included."""

    to_on = DateField(
        label="Thôi giữ từ ngày", required=False, help_text="Từ ngày này không còn giữ chức vụ."
    )

    @classmethod
    def showing(cls, appointment: Appointment) -> dict:
        """Its values as the form begins."""
        names = ("organ", "post", "rank", "from_on", "attested_on", "to_on", "decision")
        values = {name: getattr(appointment, name) for name in names}
        default = Appointment._meta.get_field("order").default
        order = None if appointment.order == default else appointment.order
        return values | {"order": order, "revision": appointment.official.revision}


class AppointForm(RevisionForm, PostFields):
    """Thêm chức vụ: one decision, up to ROWS posts."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = {name: self.fields.pop(name) for name in ("organ", "post", "rank", "order")}
        for number in range(1, ROWS + 1):
            for name in ("organ", "post", "rank"):
                field = deepcopy(type(self).base_fields[name])
                field.error_messages = dict(named[name].error_messages)
                field.required = number == 1
                field.widget.is_required = field.required
                if name == "post" and number > 1:
                    field.help_text = ""
                self.fields[f"{name}_{number}"] = field

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each post, for the template."""
        return [[self[f"{name}_{n}"] for name in ("organ", "post", "rank")] for n in range(1, ROWS + 1)]

    def clean(self):
        """A row that says something says everything."""
        cleaned = super().clean()
        for number in range(2, ROWS + 1):
            names = [f"{name}_{number}" for name in ("organ", "post", "rank")]
            filled = [name for name in names if cleaned.get(name)]
            if filled and len(filled) < len(names):
                for name in set(names) - set(filled) - self.errors.keys():
                    self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    def as_posts(self) -> list[Post]:
        """What the domain takes."""
        cleaned = self.cleaned_data
        numbers = [n for n in range(1, ROWS + 1) if cleaned.get(f"post_{n}")]
        return [
            self.as_post(organ=cleaned[f"organ_{n}"], post=cleaned[f"post_{n}"], rank=cleaned[f"rank_{n}"])
            for n in numbers
        ]


class EndForm(RevisionForm):
    """Thôi giữ chức vụ: from when, and why."""

    to_on = DateField(label="Thôi giữ từ ngày", help_text="Từ ngày này không còn giữ chức vụ.")
    reason = PublicWordsField(
        label="Lý do", longest=200, one_line=True, help_text="Ví dụ: nghỉ hưu; chuyển công tác."
    )


class DelegationForm(forms.Form):
    """Uỷ quyền ký: who, with which post, which days, by which paper. ``people``: pairs (id, label)."""

    delegate = forms.ChoiceField(label="Người được uỷ quyền ký")
    post = PublicWordsField(
        label="Ký với chức vụ",
        longest=160,
        one_line=True,
        required=True,
        help_text="Chức vụ ghi dưới thẩm quyền ký, ví dụ: Phó Trưởng ban.",
    )
    from_on = DateField(label="Từ ngày")
    to_on = DateField(label="Đến hết ngày")
    scope = PublicWordsField(
        label="Phạm vi", longest=250, one_line=True, help_text="Ví dụ: báo cáo, công văn."
    )
    decision = PublicWordsField(
        label="Văn bản uỷ quyền", longest=200, one_line=True, required=True, help_text="Số, ngày, người ký."
    )

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delegate"].choices = [("", "Chọn người"), *people]
        name_missing_fields(self)


class RevokeForm(forms.Form):
    """Thôi uỷ quyền: from which day."""

    revoked_on = DateField(label="Thôi uỷ quyền từ ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revoked_on"].initial = clock.today()
        name_missing_fields(self)


def people_for(holders) -> list[tuple[str, str]]:
    """Choices of the people of a unit: “Lý Văn Mẫu – Phó Bí thư”."""
    return [
        (str(holder.official.pk), f"{holder.official.name} – {holder.posts[0].post}") for holder in holders
    ]


def days_of(appointment: Appointment) -> str:
    """“từ 01/07/2025”, “được nêu ngày 05/01/2026, thôi giữ từ 01/08/2026”."""
    words = []
    if appointment.from_on:
        words.append(f"từ {format_date(appointment.from_on)}")
    elif appointment.attested_on:
        words.append(f"được nêu ngày {format_date(appointment.attested_on)}")
    if appointment.to_on:
        words.append(f"thôi giữ từ {format_date(appointment.to_on)}")
    return ", ".join(words)
