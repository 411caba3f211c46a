"""Short writes that must come through although the database is locked or away for a moment."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

logger = logging.getLogger(__name__)

#: So long it is tried again. SQLite itself waits for a lock in each try, but not where the connection still
#: reads from before another one wrote: there it refuses at once.
SECONDS_OF_PATIENCE = 120
SECONDS_BETWEEN_TRIES = 0.2

T = TypeVar("T")


def patiently(write: Callable[[], T]) -> T:
    """What ``write`` answers, tried on a fresh connection while the database does not take it.

    ``write`` must be safe to do again. Inside a transaction it is tried once: what went before is lost with it.
    Raises OperationalError or InterfaceError when patience ends.
    """
    deadline = time.monotonic() + SECONDS_OF_PATIENCE
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            logger.warning("the database does not take a write, trying again: %s", error)
        connection.close()
        time.sleep(SECONDS_BETWEEN_TRIES)
