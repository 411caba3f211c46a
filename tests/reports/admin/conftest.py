"""Who looks at the admin, and at what."""

import pytest

from models_dv.models import AuditEntry
from tests.factories.world import make_world


@pytest.fixture(scope="module")
def scene(rows_of_module):
    """The usual world; what its making wrote in the audit is forgotten."""
    made = make_world()
    AuditEntry.objects.all().delete()
    return made


@pytest.fixture
def admin_pages(client, world):
    """A client signed in as the world's administrator."""
    client.force_login(world.admin)
    return client
