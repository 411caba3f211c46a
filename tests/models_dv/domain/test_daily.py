"""Work of a day: once, from its hour on, and again when it failed."""

from datetime import time

import pytest

from models_dv.domain import daily
from tests.factories.world import local

pytestmark = pytest.mark.usefixtures("empty_cache")


@pytest.fixture
def done(monkeypatch):
    """What was done; only the works of the test are known."""
    monkeypatch.setattr(daily, "_works", {})
    done = []
    daily.daily("early", after=time(3, 0))(lambda: done.append("early"))
    daily.daily("late", after=time(17, 30))(lambda: done.append("late"))
    return done


def test_nothing_before_its_hour(done):
    assert daily.do_todays(local(2026, 11, 22, 2, 59)) == []
    assert daily.do_todays(local(2026, 11, 22, 3, 0)) == ["early"]
    assert done == ["early"]


def test_once_a_day_and_anew_the_next(done):
    for moment in (local(2026, 11, 22, 18), local(2026, 11, 22, 23, 59), local(2026, 11, 23, 4)):
        daily.do_todays(moment)
    assert done == ["early", "late", "early"]


def test_what_fails_is_tried_again(done):
    tries = []

    def fail_once():
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError

    daily.daily("weak", after=time(3, 0))(fail_once)
    with pytest.raises(ZeroDivisionError):
        daily.do_todays(local(2026, 11, 22, 4))
    assert daily.do_todays(local(2026, 11, 22, 4)) == ["weak"]
    assert done == ["early"]


def test_one_name_has_one_function(done):
    with pytest.raises(ValueError, match="two functions"):
        daily.daily("early", after=time(3, 0))(lambda: None)
