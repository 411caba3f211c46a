"""Stored search text and the needles that find words in it."""

import pytest

from models_dv.vietnamese.search_text import needle, search_text


@pytest.mark.parametrize(
    ("parts", "stored"),
    [
        ((), ""),
        (("", "  "), ""),
        (("Dân vận khéo",), "  dan  van  kheo"),
        (("Tổ tự quản", "", "Đường Ánh Sáng"), "  to  tu  quan  duong  anh  sang"),
        (("số 5,\nthôn 2",), "  so  5,  thon  2"),
    ],
)
def test_words_folded_and_set_apart(parts, stored):
    assert search_text(*parts) == stored


@pytest.mark.parametrize(
    ("word", "looked_for"), [("kheo", "kheo"), ("dan", "dan"), ("an", " an"), ("a", "  a"), ("5", "  5")]
)
def test_a_needle_is_never_shorter_than_a_trigram(word, looked_for):
    assert needle(word) == looked_for


def test_a_short_word_is_found_only_where_a_word_begins():
    stored = search_text("Thanh An, Tân Hoà")
    assert needle("an") in stored
    assert needle("n") not in stored
    assert needle("oa") not in stored
    assert needle("hanh") in stored
