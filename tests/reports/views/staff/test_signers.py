"""Phát hành, gửi: the people who sign on the day are suggested, nothing is forced."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from models_dv import clock
from models_dv.domain.signing import delegate_signing
from models_dv.enums import PostRank
from tests.factories.nouns import make_official
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    world.approved()
    return world


@pytest.fixture
def clerk(client, world):
    client.force_login(world.clerk)
    return client


def url(world) -> str:
    return reverse("staff:issue", args=[world.report().pk])


def official(world, name, post, rank):
    return make_official(name, world.communes[0], post, actor=world.author, rank=rank)


def test_head_deputies_and_delegates_of_the_day_are_suggested(clerk, world):
    official(world, "Hà Thị Bí", "Bí thư", PostRank.SECRETARY)
    official(world, "Lý Văn Phó", "Phó Bí thư Thường trực", PostRank.STANDING_DEPUTY)
    member = official(world, "Mai Thị Viên", "Uỷ viên", PostRank.STANDING_MEMBER)
    today = clock.today()
    delegate_signing(
        world.communes[0],
        member,
        post="Phó Bí thư",
        from_on=today,
        to_on=today + timedelta(days=2),
        decision="05-UQ/ĐU",
        actor=world.author,
    )
    page = clerk.get(url(world))
    assert [signer.name for signer in page.context["signers"]] == ["Hà Thị Bí", "Lý Văn Phó", "Mai Thị Viên"]
    text = page.content.decode()
    assert '<option value="Mai Thị Viên">Phó Bí thư (uỷ quyền theo 05-UQ/ĐU)</option>' in text
    assert 'list="signers"' in text


def test_the_day_typed_in_the_form_counts(clerk, world):
    former = official(world, "Hà Thị Cũ", "Bí thư", PostRank.SECRETARY).appointments.get()
    former.to_on = date(2026, 1, 10)
    former.save()
    hidden = clerk.get(url(world)).context["form"].initial
    assert clerk.get(url(world)).context["signers"] == []
    values = {
        "key": hidden["key"],
        "revision": hidden["revision"],
        "edition": hidden["edition"],
        "number": "",
        "issued_on": "05/01/2026",
        "signer_name": "",
        "signer_rank": "head",
    }
    page = clerk.post(url(world), values)
    assert [signer.name for signer in page.context["signers"]] == ["Hà Thị Cũ"]


def test_the_rank_of_who_approved_is_that_of_his_post(clerk, world):
    form = clerk.get(url(world)).context["form"]
    assert (form["signer_name"].value(), form["signer_rank"].value()) == ("Duyệt xa-1", "head")
    official(world, "Duyệt xa-1", "Phó Bí thư", PostRank.DEPUTY_SECRETARY)
    assert clerk.get(url(world)).context["form"]["signer_rank"].value() == "deputy"


def test_without_officials_the_page_is_as_it_was(clerk, world):
    text = clerk.get(url(world)).content.decode()
    assert "Người ký ngày" not in text
