"""What a conference reviewed."""

import pytest

from models_dv.errors import MissingInput, NotAllowed
from reports.domain.conference_links import link, links_of, targets, unlink, words_of
from reports.models import ConferenceLink
from tests.factories import conferences as made
from tests.factories.publications import cite

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(world):
    return made.make_conference(world.province)


def test_what_may_be_linked_is_the_unit_s_own(world, conference):
    report = world.report(world.province)
    cite(world.province, 2025, title="Tư liệu của tỉnh")
    words = {target.code: target.words for target in targets(conference)}
    assert f"bao-cao-{report.pk}" in words and f"bao-cao-{world.report().pk}" not in words
    assert words[f"dot-{world.round.pk}"] == "Đợt báo cáo 6 tháng đầu năm 2026"
    assert "Tư liệu của tỉnh" in words.values()


def test_linking_and_taking_the_link_away(world, conference):
    report = world.report(world.province)
    made_link = link(conference, f"bao-cao-{report.pk}", actor=world.province_author)
    assert words_of(links_of(conference).get()) == report.title
    assert f"bao-cao-{report.pk}" not in [target.code for target in targets(conference)]
    unlink(made_link, actor=world.province_author)
    assert not ConferenceLink.objects.exists()
    assert [entry.action for entry in made.audit()] == ["Liên kết hội nghị", "Bỏ liên kết hội nghị"]


def test_what_is_not_offered_is_not_linked(world, conference):
    for code in ("", "bao-cao-0", f"bao-cao-{world.report().pk}", "dot-abc"):
        with pytest.raises(MissingInput):
            link(conference, code, actor=world.province_author)


def test_only_the_unit_links(world, conference):
    code = targets(conference)[0].code
    for actor in (world.stranger, world.reviewer, world.publisher):
        with pytest.raises(NotAllowed):
            link(conference, code, actor=actor)
