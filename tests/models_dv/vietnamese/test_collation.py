"""The stored sort keys order as ICU `vi`, on both databases and under any collation of the column."""

import json
from pathlib import Path

import pytest
from django.db import connection

from models_dv.vietnamese.collation import SORT_KEY_MAX_LENGTH, given_name_key, sort_key

from .vietnamese_texts import generated_texts

# Sorted by PostgreSQL 15 (ICU 72): SELECT … ORDER BY text COLLATE "vi-x-icu".
ICU_ORDER = (Path(__file__).parent / "icu_vi_order.txt").read_text(encoding="utf-8").splitlines()

# Collations that have contractions, other orders of capitals, or no language at all.
COLUMN_COLLATIONS = [
    "C",
    "POSIX",
    "default",
    "und-x-icu",
    "vi-x-icu",
    "en-US-x-icu",
    "cs-x-icu",
    "cy-x-icu",
    "da-x-icu",
    "hu-x-icu",
]


def in_key_order(texts):
    return sorted(texts, key=lambda text: (sort_key(text), text))


def ordered_by_postgresql(texts, collation):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t FROM unnest(%s) AS t ORDER BY t COLLATE "{collation}"', [texts])
        return [row[0] for row in cursor.fetchall()]


def ordered_by_sqlite(texts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM json_each(%s) ORDER BY value COLLATE BINARY", [json.dumps(texts)])
        return [row[0] for row in cursor.fetchall()]


def test_keys_order_the_list_that_icu_sorted():
    assert len(ICU_ORDER) == 1193
    assert in_key_order(reversed(ICU_ORDER)) == ICU_ORDER


def test_each_text_of_the_list_stands_truly_before_the_next():
    keys = [sort_key(text) for text in ICU_ORDER]
    assert [
        text for text, key, following in zip(ICU_ORDER, keys, keys[1:], strict=False) if key >= following
    ] == []


def test_keys_order_generated_texts_as_icu_on_postgresql(on_postgresql):
    texts = generated_texts(seed=40, count=3000)
    if on_postgresql:
        assert in_key_order(texts) == ordered_by_postgresql(texts, "vi-x-icu")
    else:
        assert sorted(sort_key(text) for text in texts) == ordered_by_sqlite(
            [sort_key(text) for text in texts]
        )


def test_the_collation_of_the_column_makes_no_difference(on_postgresql):
    keys = [sort_key(text) for text in ICU_ORDER]
    if on_postgresql:
        orders = {name: ordered_by_postgresql(keys[::-1], name) for name in COLUMN_COLLATIONS}
        assert orders == dict.fromkeys(COLUMN_COLLATIONS, keys)
    else:
        assert ordered_by_sqlite(keys[::-1]) == keys


@pytest.mark.parametrize(
    "texts",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v", "x", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["da", "Da", "DA", "đa", "Đa", "e"],
        ["Đà Lạt", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Hà Nội"],
        ["a b", "a-b", "ab", "áb", "ac"],
        ["Phường 1", "Phường 10", "Phường 2"],
        ["m2", "m²", "m3", "z", "я", "漢"],
        ["", " ", "0", "a"],
    ],
)
def test_order_by_letters_then_tones_then_case(texts):
    assert in_key_order(reversed(texts)) == texts


def test_keys_are_digits_only():
    assert sort_key("") == "000"
    assert sort_key("Ân") == "32" + "47" + "00" + "" + "0" + "2"
    assert sort_key("đã") == "36" + "30" + "00" + "14" + "0" + ""
    assert sort_key("я") == "90001103" + "00" + "0"
    assert {char for text in ICU_ORDER for char in sort_key(text)} <= set("0123456789")


def test_decomposed_text_and_eth_have_the_same_key():
    assert sort_key("Da\u0302n va\u0323\u0302n") == sort_key("Dân vận")
    assert sort_key("\u00d0ảng") == sort_key("Đảng")


def test_long_texts_keep_their_order_and_a_bounded_key():
    first, second = "ạ" * 150 + "a", "ạ" * 150 + "b"
    assert sort_key(first) < sort_key(second)
    assert len(sort_key("漢" * 5000)) == SORT_KEY_MAX_LENGTH


def test_people_sort_by_given_name_then_family_then_middle_names():
    people = [
        "Bùi Văn An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Nguyễn Văn Ân",
        "Đỗ Bình",
        "Trần Thị Minh Châu",
        "Trần Văn Châu",
        "Trần Danh Đạt",
        "Lê Hà",
        "Đinh Hạ",
        "Hoàng Yến",
    ]
    backwards = people[::-1]
    backwards.sort(key=given_name_key)
    assert backwards == people


def test_capitals_and_one_word_names_in_lists_of_people():
    assert given_name_key("NGUYỄN VĂN  AN") == given_name_key("Nguyễn Văn An ")
    assert sorted(["Nguyễn An", "An", ""], key=given_name_key) == ["", "An", "Nguyễn An"]
