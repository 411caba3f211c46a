"""Asking for addresses as one person after another, without doing twice what says nothing new the second time."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from models_dv.models import AuditEntry
from reports.models import EditionEvent, Figure, PublicationEvent, ReportEdition, SectionText
from tests.access.addresses import let_go
from tests.access.scenes import PERSONAS, person
from tests.access.table import SIGN_IN, WRONG_METHOD
from tests.factories.papers import kept_papers

SIGN_IN_PAGE = "/dang-nhap/?next="
#: Who sent something typed gets it back on a page that asks him to sign in.
SIGNED_OUT = 401
#: What no statement begins with that writes.
READING = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
#: Pages that say no: all that differs in them is the address that is refused and the person's own bar.
REFUSALS = ("404.html", "staff/refused.html")


class Visits:
    """Asks for addresses as one person after another; what each does is undone. Gathers wrong answers."""

    def __init__(self, world):
        self.world = world
        self.clients = {persona: self.client_of(persona) for persona in PERSONAS}
        self.written = written()
        self.refusals_seen: set[tuple[str, str]] = set()
        self.wrong: list[str] = []

    def client_of(self, persona: str) -> Client:
        """A browser in which the person has signed in."""
        client = Client()
        user = person(self.world, persona)
        if user is not None:
            client.force_login(user)
        return client

    def expect(self, persona: str, method: str, url: str, status: int, values=None) -> None:
        """One request; a wrong status, or a refused request that wrote something, is noted."""
        with transaction.atomic():
            answer, may_have_written = self.ask(persona, method, url, values or {})
            leads_to_sign_in = answer.get("Location", "").startswith(SIGN_IN_PAGE)
            keeps_the_form = method == "post" and answer.status_code == SIGNED_OUT
            is_refused = answer.status_code >= 400 or leads_to_sign_in
            wrote = method != "get" and is_refused and may_have_written and written() != self.written
            transaction.set_rollback(True)
        asked = f"{method.upper()} {url} by {persona}"
        if persona == "anonymous" and status == SIGN_IN and keeps_the_form:
            status, leads_to_sign_in = SIGNED_OUT, True
        if answer.status_code != status:
            self.wrong.append(f"{asked}: {answer.status_code}, expected {status}")
        if wrote:
            self.wrong.append(f"{asked}: refused, and yet it wrote")
        if persona == "anonymous" and status == SIGN_IN and not leads_to_sign_in:
            self.wrong.append(f"{asked}: led to {answer.get('Location')}")

    def expect_wrong_method(self, method: str, url: str) -> None:
        """The same answer with and without a right."""
        for persona in ("author", "stranger"):
            self.expect(persona, method, url, WRONG_METHOD)

    def ask(self, persona: str, method: str, url: str, values: dict):
        """(answer, whether anything but reading was asked of the database)."""
        places = {persona, url}
        with kept_papers(), refusals_laid_out_once(places, self.refusals_seen), writing_watched() as writing:
            answer = getattr(self.clients[persona], method)(url, values)
            let_go(answer)
        return answer, bool(writing)


@contextmanager
def refusals_laid_out_once(places: set[str], seen: set[tuple[str, str]]) -> Iterator[None]:
    """A page that says no is left empty where every one of ``places`` (who asks, what for) has shown it before."""
    lay_out = Template.render

    def render(template, context=None, request=None):
        name = template.template.name
        shown = {(name, place) for place in places}
        if name in REFUSALS and shown <= seen:
            return ""
        seen.update(shown)
        return lay_out(template, context, request)

    with patch.object(Template, "render", render):
        yield


@contextmanager
def writing_watched() -> Iterator[list[str]]:
    """The statements, gathered while it is open, that are more than reading."""
    statements = []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(READING):
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield statements


def written() -> tuple[int, ...]:
    """How much stands in the tables that people write."""
    tables = (AuditEntry, EditionEvent, Figure, PublicationEvent, ReportEdition, SectionText)
    return tuple(model.objects.count() for model in tables)


def walk(world, addresses, people: dict[str, str], state: str, pk: int, values: dict) -> list[str]:
    """Ask for every address as everybody, with every method; the wrong answers."""
    visits = Visits(world)
    for address in addresses:
        if address.only_at and state not in address.only_at:
            continue
        url = reverse(address.name, kwargs={"pk": pk, **address.arguments})
        for method, rule in (("get", address.get), ("post", address.post), ("delete", None)):
            if rule is None:
                visits.expect_wrong_method(method, url)
                continue
            for persona, mark in zip(PERSONAS, people[rule.row_in(state)].split(), strict=True):
                visits.expect(persona, method, url, rule.answer(mark, state), values)
    return visits.wrong
