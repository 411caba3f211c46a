"""What a person enters of a model: the registration in sections, results in numbers, a dated fact."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from models_dv import clock
from models_dv.domain.dan_van_kheo import FIELDS, ResultFigure, origins
from models_dv.domain.kheo_facts import BODY_KINDS, FactEntry
from models_dv.domain.search import read_query
from models_dv.enums import AwardKind, FactKind, KheoField, KheoKind, Role, Subject, UnitLevel
from models_dv.forms.fields import DateField, WordsField, name_missing_fields
from models_dv.models import DanVanKheo, Unit
from models_dv.scopes import unit_ids_with
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import NumberError, format_number, parse_number

LONGEST_TEXT = 10_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
BLANK_RESULTS, MOST_RESULTS = 3, 20
_CODE = re.compile(r"(?:.*/lam-viec/mo-hinh/|.*\(mã |mã )?0*([1-9][0-9]{0,17})(?:/.*|\))?", re.DOTALL)
_PUBLIC = re.compile(r".*/mo-hinh/([\w-]+)/?(?:[?#].*)?", re.ASCII | re.DOTALL)
NO_ORIGIN = (
    "Không tìm thấy mô hình này. Ghi tên hoặc mã mô hình, hoặc chép địa chỉ trang của mô hình đã công bố"
)
#: Models that a name may mean: looked through, and offered to choose from.
MOST_LOOKED_THROUGH, MOST_OFFERED = 100, 5


class NumberField(forms.CharField):
    """A number as it is written here: 1.250; 6,5. Its value is a Decimal, or None where nothing is written."""

    def __init__(self, *, integer: bool, digits: int, unit: str = "", **options):
        options.setdefault("required", False)
        widget = forms.TextInput(
            attrs={"inputmode": "numeric" if integer else "decimal", "autocomplete": "off"}
        )
        super().__init__(widget=widget, **options)
        self.integer, self.digits, self.unit = integer, digits, unit

    def prepare_value(self, value):
        """A number as it is typed; what was typed stays."""
        return format_number(value) if isinstance(value, Decimal | int) else value

    def clean(self, value) -> Decimal | None:
        """Read the number; the error says how to type it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_number(text, integer=self.integer, unit=self.unit)
        except NumberError as error:
            raise ValidationError(str(error)) from None
        if number.qualifier:
            raise ValidationError("Ghi đúng số, không ghi gần, hơn, trên, ước")
        if number.value >= 10**self.digits:
            raise ValidationError("Số quá lớn. Kiểm tra xem có thừa chữ số không")
        return number.value


class OriginField(forms.CharField):
    """A model that this one was copied from: by its name, its code or its address; its value is the model.

    ``user`` (set by the form) chooses among what he may see and what is public; ``kept`` is the id of the
    origin that the model names already.
    """

    def __init__(self, **options):
        super().__init__(max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)
        self.user = None
        self.kept: int | None = None

    def prepare_value(self, value):
        """A model by its name and code; what was typed stays."""
        return f"{value.name} (mã {value.pk})" if isinstance(value, DanVanKheo) else value

    def clean(self, value) -> DanVanKheo | None:
        """Find the model."""
        text = super().clean(value).strip()
        if not text:
            return None
        public, code = _PUBLIC.fullmatch(text), _CODE.fullmatch(text)
        if public and "/lam-viec/" not in text:
            found = Q(publication__slug=public[1])
        elif code:
            found = Q(pk=int(code[1]))
        else:
            return self._named(text)
        known = DanVanKheo.objects.filter(Q(pk__in=origins(self.user).values("pk")) | Q(pk=self.kept))
        model = known.filter(found).first()
        if model is None:
            raise ValidationError(NO_ORIGIN)
        return model

    def _named(self, text: str) -> DanVanKheo:
        """The one model of this name; of several, or where the words only stand in names, a person chooses."""
        words = read_query(text).words
        known = origins(self.user).filter(search_text__words=words) if words else DanVanKheo.objects.none()
        near = [
            model for model in known[:MOST_LOOKED_THROUGH] if all(word in fold(model.name) for word in words)
        ]
        same = [model for model in near if fold(model.name) == fold(text)]
        if len(same) == 1:
            return same[0]
        if not near:
            raise ValidationError(NO_ORIGIN)
        offered = "; ".join(
            f"“{model.name}”, {model.address}: mã {model.pk}" for model in (same or near)[:MOST_OFFERED]
        )
        raise ValidationError(f"Chọn một mô hình và ghi mã của nó. {offered}")


def units_kept(user):
    """Units that stand, in whose registry the user enters."""
    kept = unit_ids_with(user, Role.AUTHOR, Role.APPROVER)
    return Unit.objects.filter(pk__in=kept).alive(clock.today()).prefetch_related("versions")


def _text(label: str, hint: str = "", rows: int = 4) -> WordsField:
    return WordsField(
        longest=LONGEST_TEXT, label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )


def _line(label: str, longest: int, hint: str = "", **options) -> WordsField:
    return WordsField(longest=longest, one_line=True, label=label, help_text=hint, **options)


class RegistrationForm(forms.Form):
    """Everything that the registration asks for (domain.md §5); the texts may be left for later.

    Of a stored ``model`` unit and day of registration stay, and ``revision`` says what the person saw.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label=None)
    name = _line("Tên mô hình, điển hình", 250, required=True)
    kind = forms.ChoiceField(
        label="Loại",
        choices=KheoKind.choices,
        widget=forms.RadioSelect,
        help_text="Mô hình là cách làm nhân rộng được; điển hình là tập thể hoặc cá nhân tiêu biểu.",
    )
    subject = forms.ChoiceField(
        label="Tập thể hoặc cá nhân", choices=Subject.choices, widget=forms.RadioSelect
    )
    field = forms.ChoiceField(label="Lĩnh vực", choices=[("", "Chọn lĩnh vực"), *KheoField.choices])
    level = forms.ChoiceField(label="Cấp đăng ký", choices=[("", "Chọn cấp"), *UnitLevel.choices])
    year = forms.IntegerField(
        label="Năm đăng ký",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Ghi năm bằng bốn chữ số, ví dụ 2026",
            "min_value": f"Năm phải từ {FIRST_YEAR} trở lên",
            "max_value": f"Năm không được sau {LAST_YEAR}",
        },
    )
    registered_on = DateField(
        label="Ngày đăng ký",
        required=False,
        help_text="Ví dụ 05/02/2026; để trống nếu chỉ biết năm.",
    )
    address = _line("Địa chỉ cụ thể", 250, "Thôn, tổ dân phố, xã; nơi đến xem được.", required=True)
    situation = _text("Tình hình, lý do", "Vấn đề đặt ra khi bắt đầu.")
    aims = _text("Mục tiêu, tiêu chí", rows=3)
    method = _text("Nội dung, cách làm", rows=6)
    duration = _line("Thời gian thực hiện", 120, "Ví dụ: từ tháng 3/2026, hai năm.")
    product = _line("Sản phẩm", 300)
    leads = _line("Chủ trì", 200)
    joins = _line("Phối hợp", 300)
    people_served = NumberField(label="Số người hưởng lợi", integer=True, digits=9)
    served_note = _line("Đối tượng hưởng lợi", 250)
    funds = NumberField(label="Kinh phí (triệu đồng)", integer=False, digits=11, unit="triệu đồng")
    resources = _text("Nguồn lực", "Tiền, ngày công, hiện vật; ai đóng góp.", rows=3)
    results = _text("Kết quả", "Kể bằng lời; số ghi ở các dòng trên.")
    lasting = _text("Khả năng duy trì, nhân rộng", rows=3)
    experience = _text("Kinh nghiệm", rows=3)
    origin = OriginField(
        label="Nhân rộng từ",
        required=False,
        help_text="Tên hoặc mã mô hình gốc, hoặc địa chỉ trang công khai của nó. Để trống nếu là cách làm mới.",
    )

    SECTIONS = (
        (
            "ten",
            "Tên và phân loại",
            ("unit", "name", "kind", "subject", "field", "level", "year", "registered_on"),
        ),
        ("dia-chi", "Địa chỉ", ("address",)),
        ("tinh-hinh", "Tình hình, mục tiêu", ("situation", "aims")),
        ("cach-lam", "Cách làm", ("method", "duration", "product")),
        ("nguoi", "Người thực hiện và người hưởng lợi", ("leads", "joins", "people_served", "served_note")),
        ("nguon-luc", "Nguồn lực", ("funds", "resources")),
        ("ket-qua", "Kết quả và kinh nghiệm", ("results", "lasting", "experience")),
        ("nhan-rong", "Nhân rộng", ("origin",)),
    )

    def __init__(self, *args, user, model: DanVanKheo | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["origin"].user = user
        if model is not None:
            del self.fields["unit"], self.fields["registered_on"]
            self.fields["origin"].kept = model.origin_id
            self.initial = {name: getattr(model, name) for name in FIELDS} | {"revision": model.revision}
        else:
            del self.fields["revision"]
            units = self.fields["unit"].queryset = units_kept(user)
            if len(units) == 1 and units[0].current:
                self.initial.setdefault("level", units[0].current.level)
        name_missing_fields(self)
        self.fields["field"].error_messages["required"] = "Chọn lĩnh vực"
        self.fields["address"].error_messages["required"] = (
            "Ghi địa chỉ cụ thể: thôn, tổ dân phố, xã; nơi đến xem được"
        )

    @property
    def sections(self):
        """(id, heading, bound fields) as the form lays them out."""
        return [
            (anchor, title, [self[name] for name in names if name in self.fields])
            for anchor, title, names in self.SECTIONS
        ]

    @property
    def has_one_unit(self) -> bool:
        """Whether there is nothing to choose."""
        return "unit" in self.fields and len(self.fields["unit"].queryset) == 1

    @property
    def values(self) -> dict:
        """What the domain takes."""
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in FIELDS if name in cleaned}
        served = values.get("people_served")
        return values | {"people_served": None if served is None else int(served)}

    def clean(self):
        """The day of registration belongs to the year; a missing hidden field is one sentence."""
        cleaned = super().clean()
        if "revision" in self.errors:
            del self.errors["revision"]
            raise ValidationError("Trang này đã cũ. Tải lại trang rồi làm lại.")
        day, year = cleaned.get("registered_on"), cleaned.get("year")
        if day and year and day.year not in (year, year - 1):
            self.add_error("registered_on", f"Ngày đăng ký không thuộc năm {year}. Sửa ngày hoặc năm")
        elif day and day > clock.today():
            self.add_error("registered_on", "Ngày này chưa đến. Ghi ngày đã đăng ký, hoặc để trống")
        elif year and not day and date(year, 1, 1) > clock.today():
            self.add_error("year", f"Năm {year} chưa đến. Ghi năm đã đăng ký")
        return cleaned


class ResultForm(forms.Form):
    """One result in numbers; a row left empty is none."""

    name = _line("Tên kết quả", 160)
    value = NumberField(label="Số", integer=False, digits=12)
    unit_name = _line("Đơn vị tính", 40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted, self.use_required_attribute = True, False

    def clean(self):
        """A name needs its number, a number its name."""
        cleaned = super().clean()
        name, value = cleaned.get("name"), cleaned.get("value")
        if "value" not in self.errors and value is None and (name or cleaned.get("unit_name")):
            self.add_error("value", "Ghi số của kết quả này, hoặc xoá cả dòng")
        if value is not None and not name:
            self.add_error("name", "Ghi tên kết quả của số này")
        return cleaned


class BaseResultFormSet(forms.BaseFormSet):
    """Rows of results."""

    @property
    def results(self) -> list[ResultFigure]:
        """The rows that say something, in their order."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [ResultFigure(row["name"], row["value"], row["unit_name"]) for row in rows]

    @classmethod
    def showing(cls, results) -> "BaseResultFormSet":
        """The rows of stored results, with some empty ones."""
        return cls(initial=[result.__dict__ for result in results], prefix="kq")


ResultFormSet = forms.formset_factory(
    ResultForm,
    formset=BaseResultFormSet,
    extra=BLANK_RESULTS,
    max_num=MOST_RESULTS,
    absolute_max=MOST_RESULTS,
)


class FactForm(forms.Form):
    """A dated fact: which, when, and what belongs to its kind. ``kinds`` are those that the person may say."""

    kind = forms.ChoiceField(label="Mốc", widget=forms.RadioSelect)
    on = DateField(label="Ngày", required=False, help_text="Ví dụ 05/02/2026.")
    year = forms.IntegerField(
        label="Hoặc chỉ biết năm",
        required=False,
        help_text="Khi không rõ ngày, ví dụ 2026.",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Ghi năm bằng bốn chữ số, ví dụ 2026"},
    )
    level = forms.ChoiceField(
        label="Cấp công nhận, khen", required=False, choices=[("", "Không ghi"), *UnitLevel.choices]
    )
    award_kind = forms.ChoiceField(
        label="Hình thức khen", required=False, choices=[("", "Không ghi"), *AwardKind.choices]
    )
    issuer = _line("Cơ quan quyết định", 200)
    decision = _line("Số quyết định", 60, "Ví dụ 15-QĐ/ĐU.")
    note = _line("Ghi chú, lý do", 300, "Dừng hoạt động thì phải ghi lý do.")

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, FactKind(kind).label) for kind in kinds]
        self.decides = any(kind in BODY_KINDS for kind in kinds)
        if not self.decides:
            for name in ("level", "award_kind", "issuer", "decision"):
                del self.fields[name]
        self.fields["kind"].error_messages["required"] = "Chọn mốc"

    def clean(self):
        """A day or a year, not both."""
        cleaned = super().clean()
        if "on" in self.errors or "year" in self.errors:
            return cleaned
        if cleaned.get("on") and cleaned.get("year"):
            self.add_error("year", "Đã ghi ngày thì để trống năm")
        elif not cleaned.get("on") and not cleaned.get("year"):
            self.add_error("on", "Ghi ngày, hoặc ghi năm ở ô bên cạnh")
        return cleaned

    @property
    def entry(self) -> FactEntry:
        """What the domain takes."""
        cleaned = self.cleaned_data
        day = cleaned.get("on")
        return FactEntry(
            kind=cleaned["kind"],
            on=day or date(cleaned["year"], 12, 31),
            year_only=day is None,
            **{name: cleaned.get(name, "") for name in ("level", "award_kind", "issuer", "decision", "note")},
        )
