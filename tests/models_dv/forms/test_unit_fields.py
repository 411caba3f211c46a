"""Choosing units by name: typed with or without accents, asked about where several fit."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from models_dv.domain.units import rebuild_paths
from models_dv.forms.unit_fields import UnitNameField, UnitNamesField, find_one, suggestions
from models_dv.models import Unit
from tests.factories.world import make_commune, make_province

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.fixture
def province():
    province = make_province()
    for number, place in enumerate(("Phú Lâm", "Phú Lâm Tây", "Tân Hoà"), start=1):
        make_commune(province, place, code=f"xa-{number}")
    rebuild_paths()
    return province


class ChoiceForm(forms.Form):
    one = UnitNameField(label="Đơn vị", list_id="names", required=False)
    several = UnitNamesField(label="Đơn vị phối hợp", list_id="names", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.among(Unit.objects.all(), DAY)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Đảng uỷ xã Phú Lâm", "xa-1"),
        ("xa phu lam", "xa-1"),
        ("phú lâm", "xa-1"),
        ("phu lam tay", "xa-2"),
        ("tân hoà", "xa-3"),
        ("Đảng uỷ xã Tân Hoà (xa-3)", "xa-3"),
        ("xa-2", "xa-2"),
        ("Tỉnh uỷ An Bình", "an-binh"),
    ],
)
def test_the_exact_name_wins(province, typed, code):
    assert find_one(Unit.objects.all(), typed, DAY).code == code


def test_several_are_named_none_is_told(province):
    with pytest.raises(ValidationError) as several:
        find_one(Unit.objects.all(), "phú", DAY)
    assert several.value.messages == [
        "Có nhiều đơn vị khớp “phú”: Đảng uỷ xã Phú Lâm (xa-1); Đảng uỷ xã Phú Lâm Tây (xa-2). "
        "Ghi rõ một tên, kèm mã trong ngoặc"
    ]
    with pytest.raises(ValidationError) as none:
        find_one(Unit.objects.all(), "cao sơn", DAY)
    assert none.value.messages == [
        "Không có đơn vị “cao sơn” trong các đơn vị được chọn. Chọn một tên trong gợi ý"
    ]


def test_two_of_one_name_are_suggested_with_their_codes(province):
    make_commune(province, "Tân Hoà", code="xa-4")
    names = suggestions(Unit.objects.all(), DAY)
    assert [name for name in names if "Tân Hoà" in name] == [
        "Đảng uỷ xã Tân Hoà (xa-3)",
        "Đảng uỷ xã Tân Hoà (xa-4)",
    ]


def test_several_inputs_under_one_name(province):
    form = ChoiceForm(QueryDict("one=&several=tan+hoa&several=&several=phu+lam&several=xa-3"))
    assert form.is_valid()
    assert form.cleaned_data["one"] is None
    assert [unit.code for unit in form.cleaned_data["several"]] == ["xa-3", "xa-1"]


def test_what_was_typed_stays_with_empty_places_after_it(province):
    form = ChoiceForm(QueryDict("several=Cao+Sơn&several=Tân+Hoà"))
    assert not form.is_valid()
    html = str(form["several"])
    assert html.count("<input") == 4
    assert 'value="Cao Sơn"' in html and 'value="Tân Hoà"' in html
    assert html.count('list="names"') == 4
    assert html.count('id="id_several"') == 1
    assert 'aria-label="Đơn vị phối hợp, ô 2"' in html


def test_units_chosen_already_stand_by_name(province):
    units = list(Unit.objects.filter(code__in=["xa-1", "xa-3"]).order_by("code"))
    form = ChoiceForm(initial={"one": units[0], "several": units})
    assert form["one"].value() == "Đảng uỷ xã Phú Lâm"
    assert form["several"].value() == ["Đảng uỷ xã Phú Lâm", "Đảng uỷ xã Tân Hoà"]
