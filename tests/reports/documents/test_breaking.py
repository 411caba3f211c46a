"""Invisible breaks in words that no line can hold."""

from reports.documents.breaking import break_endless_words

BREAK = "&#8203;"


def test_ordinary_text_and_addresses_stay_as_they_are():
    html = "<p>Dân vận khéo, " + "https://danvan.example/" + "a" * 96 + "</p>"
    assert break_endless_words(html) == html


def test_an_endless_word_may_break_every_30_letters():
    assert break_endless_words(f"<p>{'a' * 120}</p>") == "<p>" + ("a" * 30 + BREAK) * 4 + "</p>"


def test_a_cell_breaks_sooner():
    assert break_endless_words(f"<td class='number'>{'1' * 25}</td>") == (
        "<td class='number'>" + ("1" * 12 + BREAK) * 2 + "1</td>"
    )
    assert break_endless_words("<td>Nghiêng</td>") == "<td>Nghiêng</td>"


def test_an_escaped_letter_stays_whole():
    assert break_endless_words("&amp;" * 120) == ("&amp;" * 30 + BREAK) * 4


def test_letters_around_a_hard_space_are_one_word():
    assert BREAK in break_endless_words("a\u00a0" * 60)
