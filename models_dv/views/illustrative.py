"""Saying that data are made up: above a page where all of it is, else beside each row that is."""

from collections.abc import Iterable


def illustrative_of(rows: Iterable[bool]) -> dict[str, bool]:
    """For the page: ``illustrative`` (every row is made up) and ``some_illustrative`` (only some: mark each)."""
    flags = list(rows)
    return {"illustrative": bool(flags) and all(flags), "some_illustrative": any(flags) and not all(flags)}
