"""Fields that the forms of both apps share: days, times of day and words as people type them."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError

from models_dv.forms.fields import CleanField, ClockField, DateField, WordsField, name_missing_fields


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


def test_a_length_is_that_of_what_is_stored():
    grows_threefold = "\U0001d160"
    field = CleanField(max_length=150)
    assert len(field.clean(grows_threefold * 50)) == 150
    with pytest.raises(ValidationError):
        field.clean(grows_threefold * 51)


def test_a_time_is_shown_as_it_is_typed():
    assert ClockField().prepare_value(time(8)) == "08:00"
    assert ClockField().prepare_value("8 giờ") == "8 giờ"


def test_words_say_by_how_many_letters_they_are_too_long():
    field = WordsField(longest=5, one_line=True)
    assert field.clean(" một\n hai".replace("một", "a").replace("hai", "b")) == "a b"
    with pytest.raises(ValidationError) as error:
        field.clean("sáu chữ")
    assert error.value.messages == ["Đang dài 7 chữ cái. Rút gọn còn nhiều nhất 5"]


def test_required_fields_say_what_is_missing():
    class Form(forms.Form):
        name = WordsField(longest=10, required=True, label="Tên hội nghị")
        kind = forms.ChoiceField(label="Loại", choices=[("a", "A")])
        own = forms.CharField(label="Lý do", error_messages={"required": "Ghi lý do gia hạn"})

    form = Form({})
    name_missing_fields(form)
    assert form.errors == {
        "name": ["Chưa nhập tên hội nghị"],
        "kind": ["Chọn loại"],
        "own": ["Ghi lý do gia hạn"],
    }
