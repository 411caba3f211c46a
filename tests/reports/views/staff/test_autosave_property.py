"""A thousand random scripts of two people, two tabs and a failing network: nothing acknowledged is lost, nothing is
called saved that is not."""

import json
import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from models_dv.enums import Role
from reports.views.staff.autosave import autosave
from tests.factories.typist import FATES, Typist, stored_rows
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db
SCRIPTS = 1_000
STEPS = 5
#: Every tenth script goes the whole way through the portal.
WHOLE_WAY = 10
CELLS = ("A1", "A2")


@pytest.fixture
def desks(world):
    """For two people of one unit: his id, the way through the whole portal, the way straight to the address."""
    colleague = make_user("colleague", "Lê Thị Hai", world.communes[0], Role.AUTHOR)
    pk = world.report().pk
    return [
        (user.pk, through_the_portal(user, reverse("staff:autosave", args=[pk])), straight_in(user, pk))
        for user in (world.author, colleague)
    ]


def through_the_portal(user, url):
    """With cookies, session and everything that stands before a page."""
    inside, outside = Client(), Client()
    inside.force_login(user)

    def post(body, is_signed_in):
        client = inside if is_signed_in else outside
        answer = client.post(url, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    return post


def straight_in(user, pk):
    """The same address without what stands before it: four times as many scripts in the same time."""
    requests = RequestFactory()

    def post(body, is_signed_in):
        request = requests.post("/", json.dumps(body), content_type="application/json")
        request.user = user if is_signed_in else AnonymousUser()
        answer = autosave(request, pk)
        return answer.status_code, json.loads(answer.content)

    return post


class Script:
    """Two windows, perhaps of one person. ``words``: every word typed that was not taken back knowingly."""

    def __init__(self, desks, seed):
        self.chance = chance = random.Random(seed)
        way = 2 if seed % WHOLE_WAY else 1
        chosen = [desks[0], desks[chance.random() < 0.7]]
        self.windows = [Typist(desk[way], desk[0], chance) for desk in chosen]
        self.words: set[str] = set()
        self.count = 0

    def run(self):
        for _step in range(STEPS):
            self.act(self.chance.choice(self.windows))
        for _round in range(2 * STEPS):
            for window in self.windows:
                self.settle(window)
                if window.send("answered"):
                    self.check(window)
            if all(window.is_saved for window in self.windows):
                break
        assert all(window.is_saved for window in self.windows)
        saved = stored_rows().get(("texts", "S2.1"), (0, {"text": ""}))[1]["text"].split()
        assert self.words == set(saved)

    def act(self, window):
        doing = self.chance.random()
        if doing < 0.55:
            self.type(window)
        if doing < 0.15:
            self.settle(window)
        if doing > 0.3 and window.send(self.chance.choices(FATES, (6, 1, 2, 1))[0]):
            self.check(window)

    def type(self, window):
        self.count += 1
        if self.chance.random() < 0.35:
            code = self.chance.choice(CELLS)
            window.type("figures", code, {"value": str(self.count), "state": "", "note": f"lần {self.count}"})
            return
        word = f"w{self.count}"
        self.words.add(word)
        known = window.fields.get(("texts", "S2.1"))
        before = known.value["text"] if known else ""
        window.type("texts", "S2.1", {"text": f"{before} {word}".strip(), "done": self.count % 2 == 0})

    def settle(self, window):
        """Both versions of a text are put together; of a cell one is chosen."""
        for kind, code in window.conflicts:
            known = window.fields[kind, code]
            mine, theirs = known.value, known.theirs
            if kind == "texts":
                words = dict.fromkeys(f"{theirs['text']} {mine['text']}".split())
                window.decide(kind, code, {"text": " ".join(words), "done": mine["done"]})
            else:
                keeps = self.chance.choice(
                    [mine, {name: theirs[name] for name in ("value", "state", "note")}]
                )
                window.decide(kind, code, dict(keeps))

    def check(self, window):
        """Whatever the window holds for saved is there, at that revision, or somebody has gone on from it since."""
        rows = stored_rows()
        for place, known in window.fields.items():
            if known.waits or known.held or window.flight:
                continue
            revision, value = rows[place]
            assert revision >= known.base
            if revision == known.base:
                assert value == known.value
        if window.is_saved:
            text = rows.get(("texts", "S2.1"), (0, {"text": ""}))[1]["text"].split()
            mine = window.fields.get(("texts", "S2.1"))
            assert mine is None or set(mine.value["text"].split()) <= set(text)


def test_a_thousand_scripts(desks, on_postgresql):
    # The second database sees a fifth of them.
    for seed in range(SCRIPTS // 5 if on_postgresql else SCRIPTS):
        with transaction.atomic():
            try:
                Script(desks, seed).run()
            except AssertionError as lost:
                raise AssertionError(f"script {seed}") from lost
            transaction.set_rollback(True)
