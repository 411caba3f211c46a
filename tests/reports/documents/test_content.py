"""What contents refuse, and how they compare."""

from datetime import date

import pytest

from reports.documents.content import DocumentSection
from tests.reports.documents.samples import HEAD, SENTENCE, a_report, a_summary


def test_lists_and_tuples_make_the_same_content():
    section = DocumentSection("I", "Đặc điểm tình hình", 1, SENTENCE)
    assert a_report(sections=[section]) == a_report(sections=(section,))
    assert hash(a_report(sections=[section])) == hash(a_report(sections=(section,)))


def test_a_document_needs_a_date():
    with pytest.raises(ValueError, match="date of its draft"):
        a_report(issued_on=None)


def test_a_draft_follows_the_day_it_was_written():
    assert a_report(issued_on=None, drafted_on=date(2026, 5, 26)).dated == date(2026, 5, 26)


@pytest.mark.parametrize("number", [0, -1])
def test_numbers_start_at_one(number):
    with pytest.raises(ValueError, match="start at 1"):
        a_report(number=number)


def test_versions_start_at_one():
    with pytest.raises(ValueError, match="start at 1"):
        a_summary(version=0)


@pytest.mark.parametrize("level", [0, 5])
def test_headings_have_four_levels(level):
    with pytest.raises(ValueError, match="1 to 4"):
        DocumentSection("I", "Phần", level)


def test_the_full_name_of_the_issuer_is_the_short_one_unless_given():
    assert a_report(issuer_full_name="").issuer == "Ban Tuyên giáo và Dân vận"
    assert a_report().issuer == "Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà Tĩnh"
    assert a_report().signature == HEAD
