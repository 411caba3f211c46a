"""A person at the editor, as its script behaves (static/js/editor/queue.js), with a network that may fail him."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from reports.models import Figure, SectionText

#: What becomes of a request: answered; lost on the way; made, but the answer is lost; refused, for the session is over.
FATES = ("answered", "lost", "unanswered", "signed out")
#: What is read after every save; put together once.
TEXTS = SectionText.objects.order_by().values_list("section__code", "revision", "text", "done")
FIGURES = Figure.objects.order_by().values_list("indicator__code", "revision", "value", "note")


@dataclass
class Field:
    """What stands in a field, the revision it was read with, whether it waits or is held, theirs of a conflict."""

    value: dict
    base: int = 0
    waits: bool = False
    held: str = ""
    theirs: dict | None = None


@dataclass
class Typist:
    """``post(body, is_signed_in)`` answers (status, data). ``kind`` of a field: texts or figures."""

    post: Callable
    user_id: int
    chance: random.Random
    fields: dict[tuple[str, str], Field] = field(default_factory=dict)
    flight: tuple[str, dict, dict] | None = None

    def type(self, kind: str, code: str, value: dict) -> None:
        """Put something into a field; a field with two versions waits until it is decided."""
        known = self.fields.setdefault((kind, code), Field(value))
        known.value = value
        if known.held != "conflict":
            known.held, known.waits = "", True

    def decide(self, kind: str, code: str, value: dict) -> None:
        """After seeing both versions: ``value`` goes over theirs."""
        known = self.fields[kind, code]
        known.value, known.base, known.held, known.waits = value, known.theirs["base"], "", True

    @property
    def is_saved(self) -> bool:
        """Whether the page may say so."""
        return self.flight is None and not any(known.waits or known.held for known in self.fields.values())

    @property
    def conflicts(self) -> list[tuple[str, str]]:
        """Fields with two versions."""
        return [place for place, known in self.fields.items() if known.held == "conflict"]

    def send(self, fate: str) -> bool:
        """Send the save that is under way, or else everything that waits; whether an answer came."""
        self.flight = self.flight or self._pack()
        if self.flight is None or fate == "lost":
            return False
        _key, body, sent = self.flight
        status, data = self.post(body, fate != "signed out")
        if fate == "signed out":
            assert (status, data["why"]) == (401, "session")
        if fate != "answered":
            return False
        assert status in (200, 409), data
        self.flight = None
        self._land(data, sent)
        return True

    def _pack(self):
        waiting = {place: known for place, known in self.fields.items() if known.waits}
        if not waiting:
            return None
        key = f"{self.chance.getrandbits(64):016x}"
        body = {"key": key, "user": self.user_id, "texts": {}, "figures": {}}
        for (kind, code), known in waiting.items():
            body[kind][code] = known.value | {"base": known.base}
        return key, body, {place: known.value for place, known in waiting.items()}

    def _land(self, data, sent) -> None:
        for (kind, code), value in sent.items():
            known = self.fields[kind, code]
            is_current = known.value is value
            known.waits = known.waits and not is_current
            if code in data[kind]:
                known.base = data[kind][code]["base"]
            elif code in data["conflicts"]:
                known.held, known.waits, known.theirs = "conflict", False, data["conflicts"][code]
            elif is_current:
                known.held = "error"


def stored_rows() -> dict[tuple[str, str], tuple[int, dict]]:
    """What the database has: (revision, value as it is typed) by kind and code."""
    rows = {
        ("texts", code): (revision, {"text": text, "done": done})
        for code, revision, text, done in TEXTS.all()
    }
    for code, revision, value, note in FIGURES.all():
        typed = "" if value is None else str(int(value))
        rows["figures", code] = revision, {"value": typed, "state": "", "note": note}
    return rows
