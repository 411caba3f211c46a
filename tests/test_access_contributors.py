"""A contributor of another body × every address of a report: his parts and figures, and nothing else at all."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import PartAssignment
from tests.access import together
from tests.access.addresses import declared, let_go
from tests.access.scenes import PERSONAS, bring_on, report_scene
from tests.access.table import COMMUNE, SIGN_IN
from tests.access.visits import Visits, walk
from tests.factories.together import give, make_body

pytestmark = pytest.mark.django_db

#: Where addresses of one report stand.
OF_A_REPORT = (
    "lam-viec/bao-cao/<int:pk>/",
    "lam-viec/tong-hop/<int:pk>/",
    "lam-viec/cong-bo/bao-cao/<int:pk>/",
)
#: What he is answered: {method: {state: status}}; whatever is not named here does not exist for him.
EVERY = ("draft", "in_review", "issued")


def always(status: int) -> dict[str, int]:
    return dict.fromkeys(EVERY, status)


MAY = {
    "staff:assigned": {"get": always(200)},
    "staff:assigned_done": {"post": always(302)},
    "staff:assignment_reopen": {"post": always(302)},
    "staff:part": {"get": always(200), "post": {"draft": 302, "in_review": 409, "issued": 409}},
    "staff:presence": {"post": always(200)},
    "staff:part_preview": {"post": always(200)},
    "staff:part_doctor": {"post": always(200)},
    "staff:part_numbers": {"get": always(200)},
    # He is heard; what is sent here cannot be read (views/staff/test_pasting.py).
    "staff:paste_figures": {"post": always(400)},
}
VALUES = {"noi_dung": "Lời mới của phần này.", "base_revision": "1", "ct_K4": "7"}


def scene(state: str):
    """(world, report, body, assignment): the first commune's report, of which a body was given S2.1 and group K."""
    world, report = report_scene("commune", "draft")
    body = make_body(world)
    made = give(world, body.unit, parts=("S2.1",), groups=("K",), report=report)
    bring_on(world, world.communes[0], state)
    return world, world.report(), body, made


def addresses(report, row: int, code: str) -> list[tuple[str, str]]:
    """(name, address) of everything there is about one report."""
    filled = {"pk": report.pk, "number": 1, "row": row, "code": code}
    return [
        (name, reverse(name, kwargs={argument: filled.get(argument, 1) for argument in arguments}))
        for (name, arguments), path in declared().items()
        if path.startswith(OF_A_REPORT)
    ]


@pytest.mark.parametrize("state", EVERY)
def test_his_parts_and_nothing_else(state):
    _world, report, body, made = scene(state)
    client = Client()
    client.force_login(body.author)
    wrong = []
    for name, url in addresses(report, made.pk, "S2.1"):
        for method in ("get", "post"):
            answer = getattr(client, method)(url, VALUES)
            let_go(answer)
            expected = MAY.get(name, {}).get(method, {}).get(state)
            PartAssignment.objects.update(handed_in_at=None, handed_in_by=None)
            if answer.status_code not in ([expected] if expected else [404, 405]):
                wrong.append(f"{method} {url}: {answer.status_code}, expected {expected or '404 or 405'}")
    assert wrong == []


@pytest.mark.parametrize("code", ["S2.2", "A1", "S9"])
def test_of_another_part_nothing_exists(code):
    _world, report, body, made = scene("draft")
    client = Client()
    client.force_login(body.author)
    for name, url in addresses(report, made.pk, code):
        if f"/{code}/" in url:
            for method in ("get", "post"):
                answer = getattr(client, method)(url, VALUES)
                assert answer.status_code in (404, 405), (name, method)


@pytest.mark.parametrize("state", EVERY)
def test_what_the_unit_and_the_bodies_above_may(state):
    world, report, _body, made = scene(state)
    assert walk(world, together.addresses_of(made), COMMUNE, state, report.pk, {}) == []


def test_what_was_given_to_a_body_is_for_nobody_else():
    world, report, _body, made = scene("draft")
    visits = Visits(world)
    for persona in PERSONAS:
        expected = SIGN_IN if persona == "anonymous" else 404
        visits.expect(persona, "get", reverse("staff:assigned", args=[report.pk]), expected)
        visits.expect(persona, "post", reverse("staff:assigned_done", args=[report.pk, made.pk]), expected)
    assert visits.wrong == []
