"""The province in which everything happens."""

import pytest

from tests.factories.land import make_land


@pytest.fixture
def land(db):
    """An Bình with its communes."""
    return make_land()
