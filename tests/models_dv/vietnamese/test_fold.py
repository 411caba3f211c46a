import pytest

from models_dv.vietnamese.fold import fold, normalize, slugify_vi, standardised, standardised_words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Da\u0302n va\u0323\u0302n", "Dân vận"),
        ("\u00d0ảng và \u00f0oàn", "Đảng và đoàn"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("một\x0bhai\x0cba", "một\nhai\nba"),
        ("a\u200bb\ufeffc\u200dd\u00ade\u202ef\u2066g\u034fh", "abcdefgh"),
        ("a\x00b\x07c\x7fd\x85e", "abcd\ne"),
        ("cột\tcột\nhàng", "cột\tcột\nhàng"),
        ("hở\ud800n", "hởn"),
        ("a\u200b\u0301", "á"),
        ("  “Dân vận khéo” – 6,5\u00a0tỷ ", "  “Dân vận khéo” – 6,5\u00a0tỷ "),
        ("", ""),
    ],
)
def test_normalize_keeps_what_is_seen_in_one_form(typed, stored):
    assert normalize(typed) == stored
    assert normalize(stored) == stored


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Dân vận khéo", "dan van kheo"),
        ("“DÂN VẬN  KHÉO”", "dan van kheo"),
        ("Đặng Đức Ðô", "dang duc do"),
        ("khoẻ", "khoe"),
        ("khỏe", "khoe"),
        ("uỷ ban", "uy ban"),
        ("ủy ban", "uy ban"),
        ("ươ ƯƠ ẵ Ộ ỹ", "uo uo a o y"),
        ("Ea H’leo, R'lấp", "ea hleo, rlap"),
        ("văn hoá – xã hội", "van hoa - xa hoi"),
        ("\n một\t\u00a0hai \u2003", "mot hai"),
        ("m²", "m2"),
        ("STRASSE ß İ", "strasse ss i"),
        ("", ""),
    ],
)
def test_fold_gives_one_key_for_every_way_of_writing(text, key):
    assert fold(text) == key
    assert fold(key) == key


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đảng uỷ xã Phú Lâm", "dang-uy-xa-phu-lam"),
        ("Báo cáo 6 tháng đầu năm 2026: “Dân vận khéo”", "bao-cao-6-thang-dau-nam-2026-dan-van-kheo"),
        ("  --Đắk Lắk-- ", "dak-lak"),
        ("Ea H'leo", "ea-hleo"),
        ("漢字 …", ""),
    ],
)
def test_slug_keeps_d_and_digits(text, slug):
    assert slugify_vi(text) == slug


def test_what_is_stored_otherwise_is_counted_and_said():
    assert standardised("Đảng, Nhân dân\r\nHà\u00a0Nội\t") == 0
    typed = "\u00d0ảng Ha\u0300nh\u200b"
    assert (standardised(typed), standardised(normalize(typed))) == (3, 0)
    assert standardised_words(typed) == "đã chuẩn hoá 3 ký tự"
    assert standardised_words("Đảng") == ""


def test_slug_is_cut_between_words_where_it_can_be():
    assert slugify_vi("công tác dân vận", max_length=12) == "cong-tac-dan"
    assert slugify_vi("công tác dân vận", max_length=11) == "cong-tac"
    assert slugify_vi("công tác dân vận", max_length=3) == "con"
