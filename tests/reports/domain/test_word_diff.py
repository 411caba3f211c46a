"""Two texts in one, word by word: what is put in and taken out, lines kept, and work that stays bounded."""

import random
import sys

import pytest

from reports.domain.word_diff import IN, OUT, SAME, compare, lines_of


def told(old: str, new: str) -> list[str]:
    """Each line as “[-out-]{+in+}same”."""
    marks = {SAME: "{}", OUT: "[-{}-]", IN: "{{+{}+}}"}
    return ["".join(marks[kind].format(words) for kind, words in line.runs) for line in compare(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "mới", ["{+mới+}"]),
        ("cũ", "", ["[-cũ-]"]),
        ("Không đổi.", "Không  đổi.\n", ["Không đổi."]),
        (
            "Đến nay có 41 mô hình, tăng 5.",
            "Đến nay có 43 mô hình, tăng 7.",
            ["Đến nay có [-41-]{+43+} mô hình, tăng [-5-]{+7+}."],
        ),
        ("góp 1.743 ngày công", "góp 1.734 ngày công", ["góp [-1.743-]{+1.734+} ngày công"]),
        ("Thôn họp bàn.", "Có 12 thôn họp bàn.", ["[-Thôn-]{+Có 12 thôn+} họp bàn."]),
        ("Một.\nHai.\nBa.", "Một.\nBa.", ["Một.", "[-Hai.-]", "Ba."]),
        ("Một.\nBa.", "Một.\nHai.\nBa.", ["Một.", "{+Hai.+}", "Ba."]),
        ("Câu một. Câu hai.", "Câu một.\nCâu hai.", ["Câu một.", "Câu hai."]),
        ("Một câu cũ hẳn", "Lời khác mới toàn", ["[-Một câu cũ hẳn-]{+Lời khác mới toàn+}"]),
    ],
)
def test_what_is_put_in_and_taken_out(old, new, expected):
    assert told(old, new) == expected


def test_lines_are_counted_as_paragraphs_of_the_new_text():
    lines = compare("Một.\nHai.\nBa.", "Một.\n\nBa sửa.\nBốn.")
    assert [line.number for line in lines if line.number] == [1, 2, 3]
    assert lines_of("Một.\n\nBa sửa.\nBốn.") == ["Một.", "Ba sửa.", "Bốn."]
    assert [line.is_changed for line in compare("a", "a")] == [False]


def test_nothing_of_either_text_is_lost():
    chance = random.Random(7)
    words = ["thôn", "bản", "Nhân dân", "1.743", "góp", "<b>", "&", "“khéo”", ".", ",", "\n", "- "]
    for _round in range(200):
        old, new = (" ".join(chance.choices(words, k=chance.randrange(40))) for _side in range(2))
        lines = compare(old, new)
        for kind, text in ((OUT, old), (IN, new)):
            kept = "".join(words for line in lines for run, words in line.runs if run in (SAME, kind))
            assert "".join(kept.split()) == "".join(text.split())


def steps_of(old: str, new: str) -> int:
    """How many calls, of Python's own functions too, the comparison makes."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        compare(old, new)
    finally:
        sys.setprofile(None)
    return count


def thirty_kilobytes(changed: float) -> tuple[str, str]:
    """A long report of ordinary sentences, and the same with a share of its words changed."""
    chance = random.Random(3)
    vocabulary = [f"từ{number}" for number in range(700)]
    lines = [
        ". ".join(" ".join(chance.choices(vocabulary, k=14)) for _sentence in range(4))
        for _line in range(100)
    ]
    mended = [
        " ".join(f"{word}x" if chance.random() < changed else word for word in line.split()) for line in lines
    ]
    return "\n".join(lines), "\n".join(mended)


@pytest.mark.parametrize("changed", [0.01, 0.1, 0.9])
def test_a_long_report_takes_few_steps(changed):
    old, new = thirty_kilobytes(changed)
    assert len(old) > 30_000
    assert steps_of(old, new) < 600_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 7_500, "b a " * 7_400),
        ("x\n" * 15_000, "x\ny\n" * 7_500),
        ("Một hai. " * 3_400, "Hai một. " * 3_400),
        (" ".join(map(str, range(6_000))), " ".join(map(str, range(6_000, 0, -1)))),
    ],
)
def test_texts_made_to_be_slow_take_few_steps(old, new):
    assert steps_of(old, new) < 600_000
