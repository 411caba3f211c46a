"""Looking for words: what was typed, what matches, what is marked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_dv.domain.search import (
    LONGEST_QUERY,
    MOST_WORDS,
    Piece,
    all_words,
    excerpt,
    fold_with_positions,
    has_hit,
    mark,
    read_query,
    word_beginnings,
)
from models_dv.vietnamese.fold import fold
from reports.models import PublicationVersion
from tests.factories.publications import cite, make_unit


def marked(text, typed):
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in mark(text, read_query(typed)))


def cut(text, typed, length=60):
    pieces = excerpt(text, read_query(typed), length=length)
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


def test_a_query_is_folded_words_each_once():
    query = read_query("  Dân   VẬN, khéo dân ")
    assert (query.text, query.words, query.was_cut) == ("Dân VẬN, khéo dân", ("dan", "van", "kheo"), False)


@pytest.mark.parametrize("typed", [None, "", "   ", "\x00", "“”", "\u200b"])
def test_nothing_is_no_query(typed):
    assert not read_query(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Đảng uỷ", ("dang", "uy")),
        (unicodedata.normalize("NFD", "Đảng uỷ"), ("dang", "uy")),
        ("ủy", ("uy",)),
        ("%", ("%",)),
        ("a_b 100%", ("a_b", "100%")),
        ("'; DROP TABLE--", ("drop", "table--")),
        ("(tỉnh)", ("tinh",)),
    ],
)
def test_words_of_a_query(typed, words):
    assert read_query(typed).words == words


def test_a_long_query_is_cut_and_says_so():
    query = read_query("khéo " * 2_000)
    assert (len(query.text), query.words, query.was_cut) == (LONGEST_QUERY, ("kheo",), True)


def test_too_many_words_are_cut():
    query = read_query(" ".join(f"w{number}" for number in range(30)))
    assert (len(query.words), query.was_cut) == (MOST_WORDS, True)


@given(st.text())
def test_reading_a_query_never_fails(typed):
    query = read_query(typed)
    assert len(query.text) <= LONGEST_QUERY and len(query.words) <= MOST_WORDS
    assert mark(typed, query) is not None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_folding_with_positions_folds_as_the_search_key_does(text):
    folded, positions = fold_with_positions(text)
    assert folded.strip() == fold(text)
    assert len(positions) == len(folded) and positions == sorted(positions)


@given(st.text(), st.text())
def test_marking_changes_no_letter(text, typed):
    assert "".join(piece.text for piece in mark(text, read_query(typed))) == text


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Phong trào “Dân vận khéo”", "dan van kheo", "Phong trào “[Dân vận khéo]”"),
        ("Tỉnh uỷ Đắk Lắk", "dak", "Tỉnh uỷ [Đắk] Lắk"),
        ("Khoẻ và khỏe", "khoẻ", "[Khoẻ] và [khỏe]"),
        ("Công tác dân vận", "vận dân", "Công tác [dân vận]"),
        ("đang duy trì 79 mô hình của Nhân dân", "dân", "đang duy trì 79 mô hình của Nhân [dân]"),
        ("Tỉnh Thanh Hoá, Hà Tĩnh", "ha tinh", "Tỉnh Thanh Hoá, [Hà Tĩnh]"),
        ("Tổng kết", "ket qua", "Tổng [kết]"),
        ("Thanh tra", "an", "Thanh tra"),
        ("An sinh", "a", "[A]n sinh"),
        ("Liên thôn", "ien", "L[iên] thôn"),
        ("Không có gì", "zzz", "Không có gì"),
    ],
)
def test_marks_stand_on_the_text_as_written(text, typed, shown):
    assert marked(text, typed) == shown


def test_marks_keep_letters_made_of_several_characters_whole():
    text = unicodedata.normalize("NFD", "Hà Tĩnh")
    assert mark(text, read_query("hà tĩnh")) == (Piece(text, hit=True),)


LONG = " ".join(f"từ{number}" for number in range(40)) + " hà tĩnh " + " ".join(f"sau{n}" for n in range(40))


def test_an_excerpt_begins_at_the_beginning_without_a_hit():
    assert cut(LONG, "zzz", 20) == "từ0 từ1 từ2 từ3 từ4…"


def test_an_excerpt_stands_around_the_first_hit():
    shown = cut(LONG, "ha tinh")
    assert shown == "… từ36 từ37 từ38 từ39 [hà tĩnh] sau0 sau1 sau2 sau3 sau4 sau5…"


def test_a_short_text_is_shown_whole():
    assert cut("Lời dẫn\nhai dòng", "dẫn") == "Lời [dẫn] hai dòng"


def test_whether_a_text_holds_a_word():
    assert has_hit("Dân vận khéo", read_query("kheo")) and not has_hit("Dân vận khéo", read_query("giỏi"))


@pytest.fixture
def stored(db):
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    return cite(unit, title="Đối thoại 100% xã", sections={"Phần": "Khoẻ; bảo_đảm đúng hạn"}).current


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("đối thoại", True),
        ("doi thoai", True),
        ("khỏe", True),
        ("100%", True),
        ("%%", False),
        ("bao_dam", True),
        ("bao-dam", False),
        ("x", True),
        ("oi", False),
        ("ha tinh", True),
        ("ha noi", False),
        ("' or 1=1", False),
    ],
)
def test_every_word_must_stand_in_what_is_published(stored, typed, is_found):
    rows = PublicationVersion.objects.filter(all_words("search_text", read_query(typed)))
    assert list(rows) == ([stored] if is_found else [])


def test_names_are_matched_from_the_beginning_of_a_word(stored):
    rows = PublicationVersion.objects.all()
    assert rows.filter(word_beginnings("search_text", read_query("thoai"))).exists()
    assert not rows.filter(word_beginnings("search_text", read_query("hoai"))).exists()
