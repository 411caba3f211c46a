"""Every address of conferences and difficulties × everybody, as in tests/test_access_matrix.py."""

from dataclasses import replace

import pytest
from django.urls import reverse

from models_dv.domain.conference_publishing import withdraw
from tests.access.conferences import (
    DIFFICULTY_ADDRESSES,
    OF_COMMUNE,
    OF_PROVINCE,
    PUBLIC_CONFERENCE,
    PUBLISHING,
    addresses_of,
    conference_scene,
    filled,
    values_of,
)
from tests.access.scenes import PERSONAS
from tests.access.table import WRONG_METHOD
from tests.access.visits import Visits, walk
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db


def test_the_conference_of_a_commune():
    world, conference = conference_scene("commune", "draft")
    values = values_of(conference)
    addresses = [a for a in addresses_of(conference) if a.name != "staff:conference_edit"]
    assert walk(world, addresses, OF_COMMUNE, "draft", conference.pk, values) == []
    values |= {"kind": "giao_ban", "revision": str(conference.revision)}
    edit = addresses_of(conference, "staff:conference_edit")
    assert walk(world, edit, OF_COMMUNE, "draft", conference.pk, values) == []


def test_signed_conclusions_of_a_commune():
    world, conference = conference_scene("commune", "signed")
    names = ("staff:conclusions_sign", "staff:conclusions_reopen", "staff:conference_part")
    addresses = [
        a for a in addresses_of(conference, *names) if a.arguments.get("part", "ket-luan") == "ket-luan"
    ]
    values = values_of(conference)
    assert walk(world, addresses, OF_COMMUNE, "signed", conference.pk, values) == []


def test_publishing_the_conference_of_a_province():
    world, conference = conference_scene("province", "signed")
    made.put_up(world, conference)
    values = values_of(conference)
    addresses = addresses_of(conference, *PUBLISHING, "staff:conference", "staff:conference_part")
    addresses = [
        replace(a, post=None) if a.name == "staff:conference" else a
        for a in addresses
        if a.arguments.get("part") in (None, "nguoi-du")
    ]
    assert walk(world, addresses, OF_PROVINCE, "signed", conference.pk, values) == []


def test_the_difficulty_of_a_commune():
    world, conference = conference_scene("commune", "signed")
    pk, values = conference.difficulties.get().pk, values_of(conference)
    assert walk(world, DIFFICULTY_ADDRESSES, OF_COMMUNE, "signed", pk, values) == []


@pytest.mark.parametrize(("moment", "status"), [("never", 404), ("public", 200), ("withdrawn", 410)])
def test_what_is_public_is_the_same_for_everybody(moment, status):
    world, conference = conference_scene("province", "signed")
    slug = "so-ket-2026-07-09-an-binh"
    if moment != "never":
        publication = made.put_up(world, conference)
        assert publication.slug == slug
    if moment == "withdrawn":
        withdraw(publication, version=1, note="Sai", actor=world.publisher)
    visits = Visits(world)
    for name, more in PUBLIC_CONFERENCE:
        url = reverse(name, kwargs={"slug": slug, **filled(more, conference)})
        for persona in PERSONAS:
            visits.expect(persona, "get", url, status)
        visits.expect_wrong_method("post", url)
    assert visits.wrong == []
    assert WRONG_METHOD == 405
