"""Work that is done once a day by the worker for long work, registered by a decorator::

    @daily("name", after=time(6, 0))
    def work(): ...

The note that the day's work is done stands in the shared cache. The cache may forget, and a worker may die in
the middle: a function must be safe to run twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from django.core.cache import cache
from django.utils import timezone

SECONDS_NOTED = 26 * 3600


@dataclass(frozen=True)
class _Daily:
    work: Callable[[], object]
    after: time


_works: dict[str, _Daily] = {}


def daily(name: str, *, after: time) -> Callable:
    """Register the work of a day, to be done from ``after`` on (Việt Nam's time). Imported by ``ready``."""

    def register(work: Callable[[], object]) -> Callable[[], object]:
        if name in _works and _works[name].work is not work:
            raise ValueError(f"two functions for the daily work {name}")
        _works[name] = _Daily(work, after)
        return work

    return register


def do_todays(now: datetime) -> list[str]:
    """Do what is due today and not yet done; its names. What fails is tried again the next time."""
    local, did = timezone.localtime(now), []
    for name, found in _works.items():
        noted = f"daily:{name}:{local:%Y-%m-%d}"
        if local.time() < found.after or not cache.add(noted, True, SECONDS_NOTED):
            continue
        finished = False
        try:
            found.work()
            finished = True
        finally:
            if not finished:
                cache.delete(noted)
        did.append(name)
    return did
