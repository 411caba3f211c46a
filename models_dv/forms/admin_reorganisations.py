"""Forms of the wizard that reorganises units: what it is about, and one change of its plan."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from models_dv.domain.reorganisation.drafts import StalePlan
from models_dv.domain.reorganisation.kinds import kind_and_place
from models_dv.domain.reorganisation.listing import Extent
from models_dv.domain.reorganisation.plan import NAMES, Change, Result, Source
from models_dv.forms.admin_units import UnitChoiceField, UnitSelect, units_with_names
from models_dv.forms.fields import CleanField
from models_dv.models import Reorganisation

LONGEST_TEXT = 400_000
EXTENTS = [
    (Extent.UNCLEAR, "— Chọn —"),
    (Extent.WHOLE, "Toàn bộ"),
    (Extent.PART, "Một phần"),
    (Extent.REST, "Phần còn lại"),
]
NEW, KEPT = "new", "kept"


def unit_field(label: str, **options) -> UnitChoiceField:
    """A unit that is looked up by its name, as everywhere in the admin."""
    widget = UnitSelect(Reorganisation._meta.get_field("scope"), admin.site)
    return UnitChoiceField(units_with_names(), label=label, widget=widget, **options)


class ReorganisationForm(forms.ModelForm):
    """Title, basis, day, scope and the text; ``read_again`` on the page of a draft that has a plan."""

    read_again = forms.BooleanField(
        label="đọc lại văn bản",
        required=False,
        help_text="Lập lại phương án từ văn bản; những gì đã chọn và thêm tay sẽ mất.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Reorganisation
        fields = ["title", "legal_basis", "effective_on", "scope", "under_scope", "source_text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.revision

    def clean(self):
        """Nobody else has saved the plan since the page was opened."""
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen") != self.instance.revision:
            raise ValidationError(StalePlan().message)
        return cleaned

    def clean_source_text(self):
        """A resolution, not a library."""
        text = self.cleaned_data["source_text"]
        if len(text) > LONGEST_TEXT:
            raise ValidationError("Văn bản quá dài. Chỉ dán các điều khoản về sắp xếp.")
        return text


class ChangeForm(forms.Form):
    """The result of a change."""

    words = CleanField(
        label="Sau sắp xếp là",
        max_length=120,
        required=False,
        help_text="Loại và tên, ví dụ: xã Phú Lâm. Để trống khi đơn vị được giữ không đổi tên.",
    )
    kind = forms.ChoiceField(
        label="Đơn vị",
        choices=[(NEW, "Lập đơn vị mới"), (KEPT, "Giữ một đơn vị đang có")],
        widget=forms.RadioSelect,
    )
    unit = unit_field("Đơn vị được giữ", required=False)
    parent = unit_field(
        "Đơn vị cấp trên",
        required=False,
        help_text="Để trống: lấy theo các đơn vị cũ khi chúng thuộc một nơi.",
    )
    is_root = forms.BooleanField(label="Không có đơn vị cấp trên", required=False)
    code = forms.RegexField(
        "^[a-z0-9][a-z0-9_-]*$",
        label="Mã đơn vị mới",
        max_length=40,
        required=False,
        help_text="Chữ thường không dấu. Để trống: hệ thống đặt.",
        error_messages={
            "invalid": "Mã đơn vị chỉ gồm chữ thường không dấu, chữ số, dấu - và _, ví dụ ha-tinh."
        },
    )
    territory_code = forms.RegexField(
        "^[0-9]*$",
        label="Mã địa bàn",
        max_length=8,
        required=False,
        error_messages={"invalid": "Mã địa bàn chỉ gồm chữ số, ví dụ 01 hoặc 00004."},
    )
    name = CleanField(label="Tên đơn vị", max_length=200, required=False)
    short_name = CleanField(label="Tên ngắn", max_length=120, required=False)
    place_name = CleanField(label="Địa danh", max_length=120, required=False)
    issuer_name = CleanField(label="Cơ quan ban hành", max_length=200, required=False)
    header_superior = CleanField(label="Dòng cơ quan cấp trên", max_length=200, required=False)
    header_issuer = CleanField(label="Dòng cơ quan ban hành", max_length=200, required=False)

    def main_fields(self):
        """What has to be looked at."""
        return [field for field in self if field.name not in NAMES]

    def name_fields(self):
        """What follows from the rest, unless somebody writes it."""
        return [field for field in self if field.name in NAMES]

    def clean(self):
        """A new unit has a name with its kind; a kept one is named."""
        cleaned = super().clean()
        words, kind = cleaned.get("words") or "", cleaned.get("kind")
        if words and not kind_and_place(words)[0]:
            self.add_error("words", "Ghi cả loại ở trước, ví dụ: xã Phú Lâm, phường Cửa Nam.")
        if kind == NEW and "words" not in self.errors and not words:
            self.add_error("words", "Ghi tên đơn vị mới, có loại ở trước, ví dụ: xã Phú Lâm.")
        if kind == KEPT and "unit" not in self.errors and not cleaned.get("unit"):
            self.add_error("unit", "Chọn đơn vị được giữ.")
        return cleaned

    @staticmethod
    def initial_of(change: Change) -> dict:
        """What the form shows of a change."""
        result = change.result
        shown = {name: getattr(result, name) for name in (*NAMES, "code", "territory_code", "is_root")}
        kept = not result.is_new
        return shown | {
            "words": "" if result.keeps_name else result.words,
            "kind": KEPT if kept else NEW,
            "unit": result.unit,
            "parent": result.parent,
        }

    def result(self, before: Result | None) -> Result:
        """The result as typed; names that were made from other words are made anew."""
        typed = self.cleaned_data
        is_new = typed["kind"] == NEW
        unit = None if is_new else typed["unit"]
        kind, place = kind_and_place(typed["words"] or (unit.current.short_name if unit else ""))
        words = f"{kind} {place}".strip()
        result = Result(words, unit and unit.pk, is_new, keeps_name=not (is_new or typed["words"]))
        result.code, result.territory_code = typed["code"] if is_new else "", typed["territory_code"]
        result.parent = typed["parent"] and typed["parent"].pk
        result.is_root = typed["is_root"] and result.parent is None
        is_same = before is not None and (before.words, before.unit) == (result.words, result.unit)
        if is_same:
            result.type, result.level = before.type, before.level
        for name in NAMES:
            by_hand = before is None or typed[name] != getattr(before, name)
            setattr(result, name, typed[name] if is_same or by_hand else "")
        return result


class SourceForm(forms.Form):
    """One unit that goes into the result."""

    unit = unit_field("Đơn vị cũ")
    extent = forms.ChoiceField(label="Phần lấy", choices=EXTENTS, initial=Extent.WHOLE)
    words = forms.CharField(required=False, widget=forms.HiddenInput)

    def source(self) -> Source:
        """As it stands in the plan."""
        unit = self.cleaned_data["unit"]
        words = self.cleaned_data["words"] or (unit.current.short_name if unit.current else unit.code)
        return Source(words, unit.pk, self.cleaned_data["extent"])

    @staticmethod
    def initial_of(source: Source) -> dict:
        """What the row shows of a source."""
        return {"unit": source.unit, "extent": source.extent, "words": source.words}


SourceFormSet = forms.formset_factory(SourceForm, extra=2, can_delete=True, max_num=60, absolute_max=80)
