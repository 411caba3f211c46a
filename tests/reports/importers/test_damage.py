"""Words that look damaged are mended only where a person says so."""

from reports.importers.damage import damage_of, mended

TEXT = "Công tác cơng khai, khơng để mơ hình dàn trải.\nDân vận trong cơng tác bầu cử."


def test_damage_is_counted_with_its_surroundings():
    found = damage_of([TEXT, "khơng có"])
    assert [(one.found, one.suggested, one.count) for one in found] == [
        ("cơng", "công", 2),
        ("khơng", "không", 2),
        ("mơ", "mô", 1),
    ]
    assert (found[0].before, found[0].after) == ("Công tác ", " khai, khơng để mơ hình ")


def test_only_chosen_words_are_mended():
    assert mended(TEXT, {"cơng→công"}) == TEXT.replace("cơng", "công")
    assert mended(TEXT, set()) == TEXT
    assert mended(TEXT, {"tác→tát"}) == TEXT
