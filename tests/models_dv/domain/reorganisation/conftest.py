"""The province in which everything happens, on the day that the plans come into force."""

import pytest

from models_dv import clock
from tests.factories.land import make_land
from tests.factories.world import local


@pytest.fixture(autouse=True)
def on_the_day():
    """``ON`` of the factory, in the afternoon."""
    with clock.fixed(local(2026, 12, 1)):
        yield


@pytest.fixture
def land(db):
    """An Bình with its communes."""
    return make_land()
