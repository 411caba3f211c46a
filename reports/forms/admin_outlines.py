"""Forms of outlines in the admin: codes, formulas and rules must fit each other."""

import re

from django import forms
from django.core.exceptions import ValidationError

from models_dv.enums import UnitLevel
from reports.domain.checks import FIGURES_PART
from reports.domain.expressions import Expression, ExpressionError, parse
from reports.enums import IndicatorKind, IndicatorOp
from reports.models import Indicator, IndicatorGroup, OutlineRule, OutlineSection, OutlineVersion

SECTION_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
INDICATOR_CODE = re.compile(r"[A-Z][A-Za-z0-9_]*")
COMPUTED = (IndicatorOp.RATIO, IndicatorOp.CALC)


class SectionForm(forms.ModelForm):
    """One part or heading."""

    def clean_code(self):
        """Codes stand in addresses; the figures' own is taken."""
        code = self.cleaned_data["code"].strip()
        if code == FIGURES_PART:
            raise ValidationError(f"Mã {FIGURES_PART} dành cho bảng số liệu. Chọn mã khác.")
        if not SECTION_CODE.fullmatch(code):
            raise ValidationError("Mã phần chỉ gồm chữ không dấu, chữ số, dấu . - và _, ví dụ S2.1.")
        return code


class SectionFormSet(forms.BaseInlineFormSet):
    """The parts of one version: a heading has parts, a part is written."""

    def clean(self):
        """A part with parts below is a heading; one without is written."""
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        headings = {form.cleaned_data["parent"].pk for form in kept if form.cleaned_data.get("parent")}
        for form in kept:
            section, parent = form.instance, form.cleaned_data.get("parent")
            if parent and (parent.pk == section.pk or parent.parent_id):
                form.add_error("parent", "Đề cương có hai bậc: chọn một đề mục không thuộc phần nào khác.")
            elif section.pk in headings and form.cleaned_data.get("is_leaf"):
                form.add_error("is_leaf", "Phần này có phần con nên là đề mục. Bỏ dấu “là phần soạn thảo”.")


class IndicatorForm(forms.ModelForm):
    """One indicator; formulas name codes of the same version."""

    level_choices = forms.MultipleChoiceField(
        label="Cấp phải nhập",
        choices=UnitLevel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn cấp nào: mọi cấp.",
    )

    class Meta:
        model = Indicator
        fields = [
            "version",
            "group",
            "order",
            "code",
            "name",
            "unit_name",
            "kind",
            "op",
            "numerator_code",
            "denominator_code",
            "expression",
            "visibility",
            "attested",
            "definition",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [part.strip() for part in self.instance.levels.split(",")]
        self.fields["level_choices"].initial = [level for level in chosen if level]
        if "group" in self.fields:
            self.fields["group"].queryset = self._groups()

    def _groups(self):
        groups = IndicatorGroup.objects.select_related("version__outline")
        if self.instance.version_id:
            return groups.filter(version=self.instance.version_id)
        return groups.filter(version__locked_at=None)

    def clean_code(self):
        """Codes stand in formulas; one that is used there keeps its name."""
        code = self.cleaned_data["code"].strip()
        if not INDICATOR_CODE.fullmatch(code):
            raise ValidationError(
                "Mã chỉ tiêu bắt đầu bằng chữ hoa không dấu, sau đó là chữ hoặc số, ví dụ K3a."
            )
        old = self.initial.get("code")
        users = users_of(self.instance.version_id, old) if old and old != code else []
        if users:
            raise ValidationError(f"Mã {old} đang dùng trong công thức của {', '.join(users)}. Giữ mã cũ.")
        return code

    def clean(self):
        """Group and version go together; ratio and formula name what is there."""
        cleaned = super().clean()
        self.instance.levels = ",".join(cleaned.get("level_choices", []))
        version, group, op = self.version(), cleaned.get("group"), cleaned.get("op")
        if version is None:
            return cleaned
        if version.locked_at:
            raise ValidationError("Phiên bản đề cương này đã khoá. Tạo phiên bản mới rồi sửa ở đó.")
        if group and group.version_id != version.pk:
            self.add_error("group", "Nhóm thuộc phiên bản đề cương khác. Chọn nhóm của phiên bản này.")
        if op == IndicatorOp.RATIO:
            self._check_ratio(version)
        if op == IndicatorOp.CALC and cleaned.get("expression"):
            self._check_formula(version, cleaned["expression"])
        if (op == IndicatorOp.TEXT) != (cleaned.get("kind") == IndicatorKind.TEXT):
            self.add_error("kind", "Kiểu “Chữ” đi với cách tổng hợp “Không cộng”, và ngược lại.")
        return cleaned

    def version(self) -> OutlineVersion | None:
        """The version of the indicator: chosen when it is new, kept afterwards."""
        if self.instance.version_id:
            return self.instance.version
        return self.cleaned_data.get("version")

    def _others(self, version) -> dict[str, Indicator]:
        return {found.code: found for found in version.indicators.exclude(pk=self.instance.pk)}

    def _check_ratio(self, version) -> None:
        codes = self._others(version).keys()
        for name in ("numerator_code", "denominator_code"):
            code = self.cleaned_data.get(name)
            if code and code not in codes:
                self.add_error(name, f"Không có chỉ tiêu mã {code} trong phiên bản này. Xem lại mã.")

    def _check_formula(self, version, text: str) -> None:
        others = self._others(version)
        try:
            expression = _read(text, {*others, self.cleaned_data.get("code", "")})
        except ValidationError as error:
            self.add_error("expression", error)
            return
        if expression.is_rule:
            self.add_error("expression", "Công thức chỉ tính ra một số, không so sánh. Bỏ phép so sánh.")
        elif any(scope for scope, _code in expression.references):
            self.add_error("expression", "Công thức chỉ dùng số liệu của kỳ này. Bỏ cung_ky. và ky_truoc.")
        elif self.cleaned_data.get("code") in expression.codes:
            self.add_error("expression", "Công thức không dùng mã của chính chỉ tiêu này. Bỏ mã đó.")
        else:
            self._check_order(expression, others)

    def _check_order(self, expression: Expression, others) -> None:
        order = self.cleaned_data.get("order")
        late = [
            code
            for code in sorted(expression.codes)
            if others[code].op in COMPUTED and order is not None and others[code].order >= order
        ]
        if late:
            self.add_error(
                "expression", f"{', '.join(late)} được tính sau chỉ tiêu này. Xếp chỉ tiêu này xuống sau."
            )


class RuleForm(forms.ModelForm):
    """One rule of an indicator."""

    class Meta:
        model = OutlineRule
        fields = ["level", "scope", "expression", "say"]


class RuleFormSet(forms.BaseInlineFormSet):
    """The rules of one indicator, checked against the codes of its version."""

    def clean(self):
        """Every rule can be read, compares, and names codes of the version."""
        super().clean()
        version_id = self.instance.version_id
        if version_id is None:
            return
        codes = set(Indicator.objects.filter(version=version_id).values_list("code", flat=True))
        codes.add(self.instance.code)
        for form in self.forms:
            text = form.cleaned_data.get("expression") if hasattr(form, "cleaned_data") else ""
            if not text or form.cleaned_data.get("DELETE"):
                continue
            try:
                if not _read(text, codes).is_rule:
                    form.add_error("expression", "Điều kiện phải có phép so sánh, ví dụ C5 <= C4.")
            except ValidationError as error:
                form.add_error("expression", error)


def _read(text: str, codes: set[str]) -> Expression:
    """The expression; ValidationError when it cannot be read or names a code that is not in ``codes``."""
    try:
        expression = parse(text)
    except ExpressionError as error:
        raise ValidationError(str(error)) from None
    unknown = sorted({code for _scope, code in expression.references} - codes)
    if unknown:
        raise ValidationError(f"Không có chỉ tiêu mã {', '.join(unknown)} trong phiên bản này. Xem lại mã.")
    return expression


def users_of(version_id: int, code: str) -> list[str]:
    """Codes of the other indicators of the version whose ratio, formula or rules name ``code``."""
    found = []
    for indicator in (
        Indicator.objects.filter(version=version_id).exclude(code=code).prefetch_related("rules")
    ):
        texts = [indicator.expression, *(rule.expression for rule in indicator.rules.all())]
        named = {indicator.numerator_code, indicator.denominator_code}
        if code in named or any(code in _codes(text) for text in texts):
            found.append(indicator.code)
    return found


def _codes(text: str) -> set[str]:
    try:
        return {code for _scope, code in parse(text).references} if text else set()
    except ExpressionError:
        return set()


def headings_of(version: OutlineVersion) -> list[tuple[int, str]]:
    """(id, label) of the parts that may have parts below."""
    rows = OutlineSection.objects.filter(version=version, parent=None).order_by("order")
    return [(section.pk, f"{section.code} {section.title}") for section in rows]
