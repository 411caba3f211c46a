"""Who looks at the admin."""

import pytest

from tests.factories.world import make_user


@pytest.fixture
def administrator(db):
    return make_user("quan-tri", "Lê Thị Quản Trị", is_staff=True)


@pytest.fixture
def admin_pages(client, administrator):
    """A client signed in as an administrator who is no superuser."""
    client.force_login(administrator)
    return client
