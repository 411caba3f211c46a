"""Fields of the forms of steps: days and times as people type them."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from reports.forms.steps import CleanField, ClockField, DateField, KeyField


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("05/02/2026", date(2026, 2, 5)),
        (" 5-2-2026 ", date(2026, 2, 5)),
        ("2026-02-05", date(2026, 2, 5)),
    ],
)
def test_a_day_is_read_day_first(typed, read):
    assert DateField().clean(typed) == read


@pytest.mark.parametrize("typed", ["5/2", "31/02/2026", "hôm nay", "05/13/2026"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValidationError):
        DateField().clean(typed)


def test_a_day_is_shown_as_it_is_typed():
    field = DateField()
    assert field.prepare_value(date(2026, 2, 5)) == "05/02/2026"
    assert field.prepare_value("31/02/2026") == "31/02/2026"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("17:00", time(17)),
        ("8h30", time(8, 30)),
        ("16 giờ", time(16)),
        ("16 giờ 05", time(16, 5)),
        ("00:00", time(0)),
    ],
)
def test_a_time_of_day(typed, read):
    assert ClockField().clean(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "17", "17:60", "chiều"])
def test_what_is_no_time_of_day_is_refused(typed):
    with pytest.raises(ValidationError) as error:
        ClockField().clean(typed)
    assert error.value.messages == ["Nhập giờ và phút, ví dụ 17:00"]


def test_nothing_is_nothing_where_it_may_be():
    assert DateField(required=False).clean("") is None
    assert ClockField(required=False).clean("") is None


@pytest.mark.parametrize("key", ["", "a" * 65, "replace:1:2", "begin:1", "a\n", "khoá", "a\x00"])
def test_a_key_that_no_page_wrote_is_refused(key):
    with pytest.raises(ValidationError):
        KeyField().clean(key)


def test_the_key_of_a_page_is_taken():
    assert KeyField().clean("0f" * 16) == "0f" * 16


def test_a_length_is_that_of_what_is_stored():
    grows_threefold = "\U0001d160"
    field = CleanField(max_length=150)
    assert len(field.clean(grows_threefold * 50)) == 150
    with pytest.raises(ValidationError):
        field.clean(grows_threefold * 51)
