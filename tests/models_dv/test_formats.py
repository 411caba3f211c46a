"""Dates and numbers are read and shown the Vietnamese way, whatever Django's own catalogue says."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats

FEBRUARY_5 = datetime.date(2026, 2, 5)


def test_dates_and_numbers_are_shown_our_way():
    assert formats.date_format(FEBRUARY_5) == "05/02/2026"
    assert formats.date_format(FEBRUARY_5, "SHORT_DATE_FORMAT") == "05/02/2026"
    assert formats.date_format(datetime.datetime(2026, 2, 5, 7, 30), "DATETIME_FORMAT") == "07:30 05/02/2026"
    assert formats.number_format(Decimal("1743.5"), use_l10n=True, force_grouping=True) == "1.743,5"


@pytest.mark.parametrize("typed", ["05/02/2026", "5/2/2026", "05-02-2026", "5.2.2026", "2026-02-05"])
def test_the_fifth_of_february_is_read_day_first(typed):
    assert forms.DateField().clean(typed) == FEBRUARY_5


@pytest.mark.parametrize("typed", ["02/13/2026", "05/02/26", "31/02/2026", "2026"])
def test_what_could_be_read_wrongly_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_a_date_field_shows_what_it_reads():
    assert forms.DateInput().format_value(FEBRUARY_5) == "05/02/2026"
