"""Forms of units in the admin: choosing a unit, and what must hold of its versions through time."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from models_dv.models import CommitteeTerm, Unit, UnitVersion
from models_dv.vietnamese.dates import format_date

CODE = re.compile("[a-z0-9][a-z0-9_-]*")
Row = tuple[date, int | None]  # (valid from, parent's id)


def units_with_names() -> QuerySet[Unit]:
    """Units with what ``unit_label`` reads, in a fixed number of queries."""
    return Unit.objects.prefetch_related("versions__parent__versions")


def unit_label(unit: Unit) -> str:
    """“Đảng uỷ xã Phú Lâm – Tỉnh uỷ An Bình (xa-1)”: a name alone may occur in several places."""
    version = unit.current
    parts = [version.name] if version else []
    if version and version.parent:
        parts.append(str(version.parent))
    ended = f", kết thúc {format_date(unit.ended_on)}" if unit.ended_on else ""
    return f"{' – '.join(parts)} ({unit.code}{ended})"


def term_label(term: CommitteeTerm) -> str:
    """“Tỉnh uỷ An Bình – nhiệm kỳ 2025 - 2030”."""
    return f"{term.unit} – nhiệm kỳ {term.name}"


class UnitSelect(AutocompleteSelect):
    """A unit looked up by typing; what stands in the empty field is also its name for a screen reader."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """The framework's, with words."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": "Gõ tên để tìm đơn vị"}


class UnitChoiceField(forms.ModelChoiceField):
    """A unit by its full label."""

    def label_from_instance(self, obj):
        """The label of one unit."""
        return unit_label(obj)


class UnitsChoiceField(forms.ModelMultipleChoiceField):
    """Several units by their full labels."""

    def label_from_instance(self, obj):
        """The label of one unit."""
        return unit_label(obj)


class TermChoiceField(forms.ModelChoiceField):
    """A term with its unit."""

    def label_from_instance(self, obj):
        """The label of one term."""
        return term_label(obj)


class TreeForm(forms.Form):
    """The day on which the tree of units is looked at."""

    ngay = forms.DateField(label="Tại ngày", required=False, widget=forms.DateInput(attrs={"size": 10}))


class UnitForm(forms.ModelForm):
    """The unit itself; its names stand in the versions."""

    def clean_code(self):
        """Codes stand in addresses."""
        code = self.cleaned_data["code"].strip().lower()
        if not CODE.fullmatch(code):
            raise ValidationError(
                "Mã đơn vị chỉ gồm chữ thường không dấu, chữ số, dấu - và _, ví dụ ha-tinh."
            )
        return code

    def clean_territory_code(self):
        """Digits, as a text: leading zeros belong to the code."""
        code = self.cleaned_data["territory_code"].strip()
        if code and not (code.isascii() and code.isdigit()):
            raise ValidationError("Mã địa bàn chỉ gồm chữ số, ví dụ 01 hoặc 00004.")
        return code


class UnitVersionFormSet(forms.BaseInlineFormSet):
    """The versions of one unit: where it stands in the tree must make sense on every day."""

    def clean(self):
        """Check the versions together with the rest of the tree."""
        super().clean()
        if any(self.errors):
            return
        rows = {
            form.cleaned_data["valid_from"]: form
            for form in self.forms
            if form.cleaned_data.get("valid_from") and not form.cleaned_data.get("DELETE")
        }
        if not rows:
            raise ValidationError("Thêm ít nhất một phiên bản: đơn vị phải có tên và cấp từ một ngày.")
        own = [(start, _id(rows[start].cleaned_data.get("parent"))) for start in sorted(rows)]
        self._check_end(own[-1][0], rows)
        self._check_children(own[0][0])
        tree = Tree(self.instance.pk, own, self.instance.ended_on)
        for start, sentence in tree.problems():
            rows[start].add_error("parent", sentence)

    def _check_end(self, last_start: date, rows) -> None:
        ended_on = self.instance.ended_on
        if ended_on and ended_on <= last_start:
            rows[last_start].add_error(
                "valid_from",
                f"Đơn vị kết thúc ngày {format_date(ended_on)}: phiên bản phải bắt đầu trước ngày đó.",
            )

    def _check_children(self, first_start: date) -> None:
        if self.instance.pk is None:
            return
        before = UnitVersion.objects.filter(parent=self.instance, valid_from__lt=first_start)
        count, first = before.count(), before.order_by("valid_from").first()
        if count:
            raise ValidationError(
                f"{count} phiên bản đơn vị cấp dưới bắt đầu từ {format_date(first.valid_from)}, trước khi đơn vị "
                f"này có ({format_date(first_start)}). Lùi ngày của phiên bản đầu."
            )


class Tree:
    """The versions of one unit, as typed, among those of the units above it, as stored."""

    def __init__(self, unit_id: int | None, own: list[Row], ended_on: date | None):
        self.unit_id = unit_id
        self.own = own
        self.ended_on = ended_on
        self.rows: dict[int, list[Row]] = {}
        self.units: dict[int, Unit] = {}
        self._load({parent for _start, parent in own if parent})

    def _load(self, wanted: set[int]) -> None:
        while wanted:
            self.units.update({unit.pk: unit for unit in units_with_names().filter(pk__in=wanted)})
            rows = defaultdict(list)
            found = UnitVersion.objects.filter(unit_id__in=wanted).order_by("valid_from")
            for unit_id, start, parent_id in found.values_list("unit_id", "valid_from", "parent_id"):
                rows[unit_id].append((start, parent_id))
            self.rows.update({unit_id: rows[unit_id] for unit_id in wanted})
            above = {parent for unit_id in wanted for _start, parent in rows[unit_id] if parent}
            wanted = above - self.rows.keys() - {self.unit_id}

    def problems(self) -> Iterable[tuple[date, str]]:
        """(start of the version, sentence) for each version that cannot stand where it is put."""
        for start, end, parent_id in _stretches(self.own, self.ended_on):
            if parent_id is None:
                continue
            sentence = self._problem_of_parent(parent_id, start)
            if not sentence and self.unit_id is not None:
                sentence = self._problem_of_cycle(parent_id, start, end)
            if sentence:
                yield start, sentence

    def _problem_of_parent(self, parent_id: int, start: date) -> str:
        parent = self.units[parent_id]
        rows = self.rows[parent_id]
        if not rows or rows[0][0] > start:
            since = f"chỉ có từ {format_date(rows[0][0])}" if rows else "chưa có phiên bản nào"
            return f"“{parent}” {since}. Chọn đơn vị khác hoặc lùi ngày có hiệu lực."
        if parent.ended_on and parent.ended_on <= start:
            return f"“{parent}” đã kết thúc ngày {format_date(parent.ended_on)}. Chọn đơn vị khác."
        return ""

    def _problem_of_cycle(self, parent_id: int, start: date, end: date) -> str:
        day = self._meets_itself(parent_id, start, end, ())
        if day is None:
            return ""
        return (
            f"“{self.units[parent_id]}” nằm dưới chính đơn vị này từ {format_date(day)}. "
            "Chọn đơn vị không thuộc nhánh này."
        )

    def _meets_itself(self, unit_id: int, start: date, end: date, seen: tuple[int, ...]) -> date | None:
        """The first day from ``start`` to before ``end`` on which the way up comes back to the unit."""
        if unit_id == self.unit_id:
            return start
        if unit_id in seen:
            return None
        days = []
        for begin, until, parent_id in _stretches(self.rows[unit_id], self.units[unit_id].ended_on):
            first, last = max(start, begin), min(end, until)
            if parent_id is not None and first < last:
                days.append(self._meets_itself(parent_id, first, last, (*seen, unit_id)))
        return min((day for day in days if day), default=None)


def hanging_below(unit: Unit) -> int:
    """How many units still stand under ``unit`` on the day it ends: they would stand outside the tree."""
    if not unit.ended_on:
        return 0
    on_that_day = UnitVersion.objects.as_of(unit.ended_on).filter(parent=unit)
    return on_that_day.exclude(unit__ended_on__lte=unit.ended_on).count()


def _stretches(rows: list[Row], ended_on: date | None) -> Iterable[tuple[date, date, int | None]]:
    """(from, until, parent) of each version; a version ends where the next begins or the unit ends."""
    ends = [start for start, _parent in rows[1:]] + [date.max]
    for (start, parent_id), end in zip(rows, ends, strict=True):
        yield start, min(end, ended_on or date.max), parent_id


def _id(unit: Unit | None) -> int | None:
    return unit.pk if unit else None
