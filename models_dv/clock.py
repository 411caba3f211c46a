"""The one clock of the domain: the present moment, or a fixed one while data are laid out or tested."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed moment", default=None)


def now() -> datetime:
    """The moment at which an act happens (aware)."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """Today in Vietnam."""
    return timezone.localdate(now())


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Let ``now`` answer with ``moment`` inside the block."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
