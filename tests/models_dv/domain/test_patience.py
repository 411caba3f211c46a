"""Writes that are tried again while the database does not take them."""

import pytest
from django.db import DatabaseError, OperationalError, transaction

from models_dv.domain import patience
from models_dv.domain.patience import patiently


class Write:
    """A write that the database refuses so often."""

    def __init__(self, refused: int, error=OperationalError):
        self.left, self.error, self.tries = refused, error, 0

    def __call__(self) -> str:
        """One try."""
        self.tries += 1
        if self.tries <= self.left:
            raise self.error("database is locked")
        return "written"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Tests do not wait."""
    monkeypatch.setattr(patience, "SECONDS_BETWEEN_TRIES", 0)


def test_a_locked_database_is_tried_again():
    write = Write(refused=3)
    assert (patiently(write), write.tries) == ("written", 4)


def test_patience_ends(monkeypatch):
    monkeypatch.setattr(patience, "SECONDS_OF_PATIENCE", 0)
    with pytest.raises(OperationalError):
        patiently(Write(refused=10**9))


def test_another_error_is_not_tried_again():
    write = Write(refused=1, error=DatabaseError)
    with pytest.raises(DatabaseError):
        patiently(write)
    assert write.tries == 1


@pytest.mark.django_db
def test_a_transaction_is_not_broken_by_trying_again():
    write = Write(refused=1)
    with pytest.raises(OperationalError), transaction.atomic():
        patiently(write)
    assert write.tries == 1
