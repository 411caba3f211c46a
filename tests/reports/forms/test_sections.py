"""The form of one part: what is stored of a text, and when a form that comes back counts as untouched."""

import pytest

from reports.forms.sections import LONGEST_TEXT, SectionForm, fingerprint, joined


def sent(**data) -> SectionForm:
    form = SectionForm({"noi_dung": "", "base_revision": "0", "base_hash": fingerprint("", False), **data})
    form.is_valid()
    return form


def test_text_is_kept_as_typed_but_for_its_stored_form():
    form = sent(noi_dung="  Hội nghị ở Ða\u0323i Từ\r\n\r\nđoạn hai  ")
    assert form.cleaned_data["noi_dung"] == "  Hội nghị ở Đại Từ\n\nđoạn hai  "


def test_characters_that_cannot_be_seen_are_dropped_not_refused():
    assert sent(noi_dung="một\x00hai\u200b").cleaned_data["noi_dung"] == "mộthai"


def test_too_long_a_text_is_refused_with_what_to_do():
    form = sent(noi_dung="a" * (LONGEST_TEXT + 1))
    assert form.errors["noi_dung"] == [
        "Phần này dài 100.001 chữ cái, nhiều nhất 100.000. Chuyển bớt sang phần khác rồi lưu"
    ]


@pytest.mark.parametrize("given", ["", "một", "-1", "1.5", "٣", "9" * 30])
def test_a_broken_base_revision_counts_as_none(given):
    assert sent(base_revision=given).cleaned_data["base_revision"] == 0


def test_a_form_sent_back_as_shown_is_untouched_whatever_the_browser_does_to_its_lines():
    shown = SectionForm.showing("một\nhai", True, 3)
    back = {name: shown.initial[name] for name in ("base_revision", "base_hash")}
    assert sent(noi_dung="một\r\nhai", xong="on", **back).is_untouched


@pytest.mark.parametrize("change", [{"noi_dung": "một\nba"}, {"noi_dung": "một\nhai", "xong": ""}])
def test_a_changed_text_or_mark_is_not_untouched(change):
    back = {"base_revision": "3", "base_hash": fingerprint("một\nhai", True), "xong": "on"}
    assert not sent(**back | change).is_untouched


@pytest.mark.parametrize(
    ("text", "result"), [("", "cũ"), (" \n", "cũ"), ("mới\n", "mới\n\ncũ"), ("mới", "mới\n\ncũ")]
)
def test_earlier_text_fills_an_empty_part_and_follows_a_written_one(text, result):
    assert joined(text, "cũ") == result
