"""Choosing what a difficulty continues."""

from datetime import date

import pytest

from models_dv.forms.conference_rows import DifficultyForm
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
