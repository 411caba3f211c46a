"""Who is signed in comes with what he may do, in one query, as it stands at every request."""

import pytest

from models_dv.backends import WithRoles
from models_dv.enums import Role
from models_dv.models import UnitPath, UnitRole, User
from models_dv.scopes import covered_paths, role_rows, unit_ids_with

pytestmark = pytest.mark.django_db


def known(user) -> User:
    return WithRoles().get_user(user.pk)


def test_roles_and_paths_come_with_the_user_in_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = known(world.reviewer)
        held = role_rows(found), covered_paths(found), unit_ids_with(found)
    fresh = User.objects.get(pk=world.reviewer.pk)
    assert found == fresh
    assert held == (role_rows(fresh), covered_paths(fresh), unit_ids_with(fresh))
    assert set(held[0]) == set(fresh.unit_roles.values_list("unit_id", "role", "covers_below"))
    assert held[1] == sorted(
        UnitPath.objects.filter(unit=world.province).values_list("path", flat=True).distinct()
    )


def test_a_unit_with_two_places_in_time_is_one_role(world):
    path = UnitPath.objects.get(unit=world.province)
    UnitPath.objects.create(
        unit=world.province, path=f"{path.path}00000009", depth=2, valid_from="2030-01-01"
    )
    found = known(world.reviewer)
    assert len(role_rows(found)) == world.reviewer.unit_roles.count()
    assert covered_paths(found) == [path.path, f"{path.path}00000009"]


def test_a_role_given_or_taken_counts_at_the_next_request(world):
    UnitRole.objects.filter(user=world.author).delete()
    assert role_rows(known(world.author)) == []
    UnitRole.objects.create(user=world.author, unit=world.province, role=Role.VIEWER)
    assert unit_ids_with(known(world.author)) == {world.province.pk}


def test_who_may_not_sign_in_any_more_is_nobody(world):
    User.objects.filter(pk=world.author.pk).update(is_active=False)
    assert known(world.author) is None
    assert WithRoles().get_user(0) is None
