"""What a draft may choose from: parts of a citation too, and what was left out before."""

import pytest

from reports.domain.publication_content import SectionChoice
from reports.domain.publication_offer import offer
from tests.factories.archive import PARTS, archive, correction, save

pytestmark = pytest.mark.django_db


def test_parts_of_a_citation_are_offered_one_by_one():
    version, _actor = correction(archive(figures=[("K0", "Mô hình", 1743, True)]))
    offered = offer(version)
    assert [(s.code, s.heading, s.text, s.is_chosen) for s in offered.sections] == [
        ("p1", *PARTS[0], True),
        ("p2", *PARTS[1], True),
        ("p3", *PARTS[2], True),
    ]
    assert offered.figures_fixed
    assert [figure.shown.value for figure in offered.figures] == ["1.743"]


def test_a_part_left_out_of_a_correction_can_be_chosen_again():
    version, actor = correction(archive())
    saved = save(version, actor, [SectionChoice("p1", *PARTS[0]), SectionChoice("p3", "Nhiệm vụ", "Khác.")])
    offered = [(s.code, s.text, s.is_chosen) for s in offer(saved).sections]
    assert offered == [("p1", PARTS[0][1], True), ("p2", PARTS[1][1], False), ("p3", "Khác.", True)]
