"""Choosing what a difficulty continues."""

from datetime import date

import pytest

from models_dv.forms.conference_rows import ConclusionForm, DifficultyForm
from tests.factories import conferences as made
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


def test_an_earlier_difficulty_is_named_by_its_day_and_words():
    world = make_world()
    earlier = made.add_difficulty(
        made.make_conference(world.province, held_on=date(2025, 7, 1)), "Giá đất " + "rất dài " * 30
    )
    form = DifficultyForm(conference=made.make_conference(world.province))
    (_first, (value, label)) = form.fields["continues"].widget.choices
    assert value == earlier.pk
    assert label.startswith("01/07/2025 · Giá đất rất dài") and label.endswith("… (Đang theo dõi)")
    assert len(label) < 150


def test_a_stored_row_is_shown_with_what_it_continues():
    world = make_world()
    earlier = made.add_difficulty(made.make_conference(world.province, held_on=date(2025, 7, 1)))
    conference = made.make_conference(world.province)
    row = made.add_difficulty(conference, continues=earlier)
    form = DifficultyForm(conference=conference, row=row)
    assert form["continues"].value() == earlier.pk
    assert [value for value, _label in form.fields["continues"].widget.choices] == ["", earlier.pk]
    assert f'value="{earlier.pk}" selected' in str(form["continues"])


PASTED = "1. Tổ chức đối thoại.\n\n2) Rà soát danh mục;\n- Kiểm tra.\n   + 25 xã báo cáo.\na) Nêu gương."


def test_a_pasted_list_is_a_conclusion_a_line_without_its_marks():
    conference = made.make_conference(make_world().province)
    form = ConclusionForm({"text": PASTED, "each_line": "on"}, conference=conference)
    assert form.is_valid()
    assert form.texts == [
        "Tổ chức đối thoại.",
        "Rà soát danh mục;",
        "Kiểm tra.",
        "25 xã báo cáo.",
        "Nêu gương.",
    ]
    whole = ConclusionForm({"text": PASTED}, conference=conference)
    assert whole.is_valid() and whole.texts == [PASTED]


def test_each_of_several_conclusions_has_its_limit():
    conference = made.make_conference(make_world().province)
    long = {"text": "dài " * 1_250 + "thêm"}
    assert ConclusionForm(long, conference=conference).errors == {
        "text": ["Một kết luận đang dài 5.004 chữ cái. Rút gọn còn nhiều nhất 5.000"]
    }
    lines = {"text": "\n".join(["dài " * 1_000] * 3), "each_line": "on"}
    assert ConclusionForm(lines, conference=conference).is_valid()
