"""Counting wrong passwords, so that nobody can guess one and nobody can lock everyone out.

Within five minutes: 5 wrong ones for one account from one address, 50 for one account from anywhere,
100 from one address. A right password gives its place back, so an office behind one address is not slowed.
"""

import hashlib
import math
import time
import unicodedata
from dataclasses import dataclass

from django.core.cache import cache

from models_dv.errors import ExpectedError

WINDOW_SECONDS = 300
PAIR_LIMIT = 5
ACCOUNT_LIMIT = 50
ADDRESS_LIMIT = 100


class TooManyAttempts(ExpectedError):
    """The password is not looked at; ``seconds`` until the next try is."""

    def __init__(self, seconds: float):
        self.seconds = max(1, math.ceil(seconds))
        super().__init__(f"Đăng nhập sai nhiều lần. Thử lại sau {math.ceil(self.seconds / 60)} phút")


@dataclass(frozen=True)
class Attempt:
    """One try: it counts as wrong until ``forget`` is called."""

    places: tuple[str, ...]

    def forget(self) -> None:
        """Give the places back: the password was right."""
        cache.delete_many(self.places)


def begin(*, login: str, address: str) -> Attempt:
    """Count one try for ``login`` (as typed) from ``address``. Raises TooManyAttempts, counting nothing."""
    # By capitals, as databases compare names without regard to case: “ı” is the same letter as “i”.
    name = unicodedata.normalize("NFC", login).strip().upper().casefold()
    taken: list[str] = []
    try:
        for key, limit in (
            (f"{name}\n{address}", PAIR_LIMIT),
            (f"{name}\n", ACCOUNT_LIMIT),
            (f"\n{address}", ADDRESS_LIMIT),
        ):
            taken.append(take_place(key, limit))
    except TooManyAttempts:
        cache.delete_many(taken)
        raise
    return Attempt(tuple(taken))


def take_place(key: str, limit: int) -> str:
    """Take one of ``limit`` places of ``key`` for the length of the window; the cache's add decides races."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    places = [f"sign-in:{digest}:{number}" for number in range(limit)]
    taken = cache.get_many(places)
    now = time.time()
    for place in places:
        if place not in taken and cache.add(place, now, WINDOW_SECONDS):
            return place
    oldest = min(taken.values(), default=now)
    raise TooManyAttempts(oldest + WINDOW_SECONDS - now)
