"""Generated data: how many rows, labelled, never twice and never on a real portal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from models_dv.models import (
    Appointment,
    Conference,
    ConferencePublication,
    DanVanKheo,
    KheoFact,
    KheoPublication,
    Official,
    Task,
    Unit,
    UnitPath,
    UnitVersion,
)

pytestmark = pytest.mark.django_db


def generate() -> str:
    """A small set; returns what the command said."""
    said = StringIO()
    call_command("make_scale_data", units=40, models=60, conferences=12, tasks=15, stdout=said)
    return said.getvalue()


def test_as_many_rows_as_asked_for():
    said = generate()
    counts = [model.objects.count() for model in (Unit, UnitVersion, DanVanKheo, Conference, Task)]
    assert counts == [40, 40, 60, 12, 15]
    assert said.splitlines()[:4] == ["40 đơn vị", "60 mô hình, điển hình", "12 hội nghị", "15 nhiệm vụ"]
    assert KheoFact.objects.filter(kind="registered").count() == 60
    assert (KheoPublication.objects.count(), ConferencePublication.objects.count()) == (6, 1)
    assert (Official.objects.count(), Appointment.objects.count()) == (20, 20)


def test_the_tree_stands_and_everything_is_labelled():
    generate()
    tops = Unit.objects.filter(versions__parent__isnull=True)
    below = Unit.objects.filter(versions__parent__in=tops)
    assert (tops.count(), below.count()) == (20, 20)
    assert UnitPath.objects.filter(depth=2).count() == 20
    assert not Unit.objects.filter(illustrative=False).exists()
    assert not KheoPublication.objects.filter(illustrative=False).exists()


def test_generated_models_are_found_by_words():
    generate()
    found = DanVanKheo.objects.filter(search_text__words=["hien", "dat"])
    assert found.exists()
    assert all("hiến đất" in model.name for model in found)


def test_not_twice():
    generate()
    with pytest.raises(CommandError, match="đã có"):
        generate()
    assert Unit.objects.count() == 40


def test_not_on_a_real_portal(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="bản xem thử"):
        generate()
    assert not Unit.objects.exists()
