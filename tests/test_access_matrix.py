"""Every address × everybody × the states that matter: who is answered, who is refused, who sees nothing at all.

The tables stand in tests/access/table.py. An address that stands in none of them fails.
"""

import pytest
from django.urls import reverse

from models_dv.models import TaskFile
from reports.models import Publication
from tests.access import conferences, imports, models, notifications, report_files, review, together
from tests.access.addresses import declared
from tests.access.scenes import (
    PERSONAS,
    job_scene,
    official_scene,
    official_values,
    publication_scene,
    publication_values,
    report_scene,
    step_values,
    task_scene,
    task_values,
)
from tests.access.table import (
    ACCOUNT,
    APPOINTMENT_ADDRESSES,
    COMMUNE,
    DELEGATION_ADDRESSES,
    JOB,
    JOB_ADDRESSES,
    NEW,
    NEW_ADDRESSES,
    OFFICIAL,
    OFFICIAL_ADDRESSES,
    PROVINCE,
    PUBLIC,
    PUBLICATION,
    PUBLICATION_ADDRESSES,
    REPORT,
    SIGN_IN,
    SIGNED_IN,
    TASK,
    TASK_ADDRESSES,
    WRONG_METHOD,
    Address,
    Rule,
)
from tests.access.visits import Visits, walk

pytestmark = pytest.mark.django_db


def test_every_address_stands_in_the_tables():
    known = {(name, frozenset(arguments)) for name, arguments, *_rest in (*PUBLIC, *SIGNED_IN)}
    known |= {(name, frozenset()) for name, *_rest in ACCOUNT}
    known |= {
        (a.name, frozenset({"pk", *a.arguments})) for a in (*REPORT, *PUBLICATION_ADDRESSES, *JOB_ADDRESSES)
    }
    nouns = (*TASK_ADDRESSES, *OFFICIAL_ADDRESSES, *APPOINTMENT_ADDRESSES, *DELEGATION_ADDRESSES)
    known |= {(address.name, frozenset({"pk"})) for address in nouns}
    known |= {(name, frozenset()) for name in NEW_ADDRESSES}
    known |= conferences.known() | imports.known() | models.known() | notifications.known()
    known |= report_files.known() | review.known() | together.known()
    known |= {("staff:task_file", frozenset({"pk", "row"}))}
    known |= {("staff:progress", frozenset({"pk"})), ("staff:unit", frozenset({"code"}))}
    assert set(declared()) == known


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "issued", "accepted"])
def test_the_report_of_a_commune(state):
    world, report = report_scene("commune", state)
    assert walk(world, REPORT, COMMUNE, state, report.pk, step_values(report)) == []


@pytest.mark.parametrize("state", ["draft", "issued"])
def test_the_report_of_a_province(state):
    world, report = report_scene("province", state)
    assert walk(world, REPORT, PROVINCE, state, report.pk, step_values(report)) == []


@pytest.mark.parametrize(
    ("owner", "people", "state"),
    [("commune", COMMUNE, "draft"), ("commune", COMMUNE, "issued"), ("province", PROVINCE, "draft")],
)
def test_files_of_a_report(owner, people, state):
    world, report, addresses = report_files.scene(owner, state)
    assert walk(world, addresses, people, state, report.pk, {}) == []


@pytest.mark.parametrize(
    ("owner", "people", "state"),
    [
        ("commune", COMMUNE, "draft"),
        ("commune", COMMUNE, "issued"),
        ("province", PROVINCE, "draft"),
        ("province", PROVINCE, "issued"),
    ],
)
def test_what_is_said_of_a_report_and_what_it_was(owner, people, state):
    world, report, addresses = review.scene(owner, state)
    assert walk(world, addresses, people, state, report.pk, {"noi_dung": "Đã bổ sung"}) == []


@pytest.mark.parametrize("state", ["draft", "in_review", "published", "withdrawn"])
def test_a_publication(state):
    world, version = publication_scene(state)
    values = publication_values(version)
    assert walk(world, PUBLICATION_ADDRESSES, PUBLICATION, state, version.pk, values) == []


def test_what_is_public_is_the_same_for_everybody():
    world, version = publication_scene("published")
    visits = Visits(world)
    for name, arguments, status in PUBLIC:
        url = reverse(
            name, kwargs={key: _filled(value, version.publication) for key, value in arguments.items()}
        )
        for persona in ("anonymous", "admin", "author", "publisher", "stranger"):
            visits.expect(persona, "get", url, status)
            visits.expect(persona, "post", url, WRONG_METHOD)
    assert [line for line in visits.wrong if "led to" not in line] == []


def _filled(value, publication: Publication):
    return publication.slug if value == "{slug}" else value


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
def test_what_is_not_published_is_public_for_nobody(state, status):
    world, version = publication_scene(state)
    slug, visits = version.publication.slug, Visits(world)
    for name in ("report", "report_pdf", "report_csv"):
        for persona in PERSONAS:
            visits.expect(persona, "get", reverse(f"public:{name}", args=[slug]), status)
    assert visits.wrong == []


def test_pages_for_whoever_signed_in():
    world, _report = report_scene("commune", "issued")
    visits = Visits(world)
    for name, arguments in SIGNED_IN:
        url = reverse(name, kwargs=arguments)
        for persona in PERSONAS:
            visits.expect(persona, "get", url, SIGN_IN if persona == "anonymous" else 200)
        visits.expect_wrong_method("post", url)
        visits.expect_wrong_method("delete", url)
    assert visits.wrong == []


def test_the_progress_of_a_round_is_for_who_sees_a_report_in_it():
    world, _report = report_scene("commune", "issued")
    visits, url = Visits(world), reverse("staff:progress", args=[world.round.pk])
    for persona in PERSONAS:
        expected = {"anonymous": SIGN_IN, "admin": 404, "stranger": 404}.get(persona, 200)
        visits.expect(persona, "get", url, expected)
    visits.expect_wrong_method("post", url)
    assert visits.wrong == []


@pytest.mark.parametrize(("code", "people"), [("xa-1", COMMUNE), ("an-binh", PROVINCE)])
def test_the_page_of_a_unit_is_for_who_sees_its_reports(code, people):
    world, _report = report_scene("commune", "draft")
    visits, url = Visits(world), reverse("staff:unit", args=[code])
    for persona, mark in zip(PERSONAS, people["see"].split(), strict=True):
        visits.expect(persona, "get", url, Rule("see").answer(mark, ""))
    visits.expect_wrong_method("post", url)
    assert visits.wrong == []


def test_long_work_is_its_owners_alone():
    world, job = job_scene()
    assert walk(world, JOB_ADDRESSES, JOB, "done", job.pk, {}) == []


def test_what_somebody_was_told_is_his_alone():
    world, told = notifications.scene()
    assert walk(world, notifications.ADDRESSES, notifications.OWN, "told", told.pk, {}) == []
    visits = Visits(world)
    for url in notifications.button_urls():
        for persona in PERSONAS:
            expected = SIGN_IN if persona == "anonymous" else 302
            visits.expect(persona, "post", url, expected, notifications.VALUES)
        visits.expect_wrong_method("get", url)
    assert visits.wrong == []


@pytest.mark.parametrize("state", ["open", "done"])
def test_a_task(state):
    world, task = task_scene(state)
    file = Address("staff:task_file", Rule("see"), None, {"row": TaskFile.objects.get().pk})
    assert walk(world, (*TASK_ADDRESSES, file), TASK, state, task.pk, task_values(task)) == []


def test_an_official_his_posts_and_delegations():
    world, official = official_scene()
    values, state = official_values(official), "now"
    post, delegation = official.appointments.get(), official.signing_delegations.get()
    wrong = walk(world, OFFICIAL_ADDRESSES, OFFICIAL, state, official.pk, values)
    wrong += walk(world, APPOINTMENT_ADDRESSES, OFFICIAL, state, post.pk, values)
    wrong += walk(world, DELEGATION_ADDRESSES, OFFICIAL, state, delegation.pk, values)
    assert wrong == []


def test_something_new_of_ones_own_unit():
    world, _official = official_scene()
    visits = Visits(world)
    for name in NEW_ADDRESSES:
        url = reverse(name)
        for persona, mark in zip(PERSONAS, NEW.split(), strict=True):
            visits.expect(persona, "get", url, {">": SIGN_IN, "+": 200, "-": 403}[mark])
            visits.expect(persona, "post", url, {">": SIGN_IN, "+": 422, "-": 403}[mark])
        visits.expect_wrong_method("delete", url)
    assert visits.wrong == []


@pytest.mark.parametrize("owner", ["commune", "province"])
@pytest.mark.parametrize("state", ["registered", "published"])
def test_a_model_of_dan_van_kheo(owner, state):
    world, model = models.scene(owner, state)
    people = models.OF_COMMUNE if owner == "commune" else models.OF_PROVINCE
    addresses = models.addresses_of(model)
    assert walk(world, addresses, people, state, model.pk, models.values_of(model)) == []


@pytest.mark.parametrize(("state", "status"), [("registered", 404), ("published", 200)])
def test_the_public_page_of_a_model(state, status):
    world, model = models.scene("commune", state)
    visits = Visits(world)
    slug = model.publication.slug if state == "published" else "to-tu-quan-bao-ve-moi-truong-phu-lam"
    for name, more in models.PUBLIC_MODEL:
        url = reverse(name, kwargs={"slug": slug, **more})
        for persona in PERSONAS:
            visits.expect(persona, "get", url, status)
        visits.expect_wrong_method("post", url)
    assert visits.wrong == []


@pytest.mark.parametrize("state", ["checked", "committed"])
def test_a_file_brought_for_a_commune(state):
    world, batch = imports.scene(state)
    assert walk(world, imports.ADDRESSES, imports.BATCH, state, batch.pk, {}) == []


def test_bringing_files_is_for_who_enters_things_in_a_unit():
    world, _report = report_scene("commune", "draft")
    visits = Visits(world)
    start, template = (reverse(f"staff:import_{name}", kwargs=imports.KIND) for name in ("start", "template"))
    for persona, mark in zip(PERSONAS, imports.KEEPERS.split(), strict=True):
        visits.expect(persona, "get", start, {">": SIGN_IN, "+": 200, "-": 403}[mark])
        visits.expect(persona, "post", start, {">": SIGN_IN, "+": 422, "-": 403}[mark])
        visits.expect(persona, "get", template, {">": SIGN_IN, "+": 200, "-": 403}[mark])
    visits.expect_wrong_method("delete", start)
    visits.expect_wrong_method("post", template)
    assert visits.wrong == []


def test_taking_a_list_away_is_for_whoever_signed_in():
    world, _report = report_scene("commune", "draft")
    visits, url = Visits(world), reverse("staff:export", args=["dan-van-kheo"])
    for persona in PERSONAS:
        visits.expect(persona, "post", url, SIGN_IN if persona == "anonymous" else 200)
    visits.expect_wrong_method("get", url)
    assert visits.wrong == []


def test_signing_in_and_out():
    world, _report = report_scene("commune", "draft")
    visits = Visits(world)
    for name, get, post in ACCOUNT:
        for persona in ("anonymous", "admin", "author", "stranger"):
            signed_in = persona != "anonymous"
            visits.expect(persona, "get", reverse(name), get[signed_in])
            visits.expect(persona, "post", reverse(name), post[signed_in])
            visits.clients[persona] = visits.client_of(persona)
    assert [line for line in visits.wrong if "led to" not in line] == []
