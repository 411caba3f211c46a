"""Every page costs the same number of queries with one row as with three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv.domain.units import rebuild_paths
from models_dv.enums import PeriodKind
from reports.models import Report
from tests.access.addresses import let_go
from tests.access.scenes import publish
from tests.access.table import PUBLIC, PUBLICATION_ADDRESSES, REPORT, SIGNED_IN
from tests.factories.world import make_commune, make_province, make_round, make_world

pytestmark = pytest.mark.django_db
#: Who looks at the lists: somebody of the commune, and three of the province above it.
READERS = ("author", "reviewer", "province_author", "publisher")
#: Pages that must have grown, or the comparison would say nothing.
LISTS = {
    ("province_author", "/lam-viec/"),
    ("reviewer", "/lam-viec/"),
    ("author", "/lam-viec/bao-cao/"),
    ("reviewer", "/lam-viec/bao-cao/"),
    ("reviewer", "/lam-viec/tien-do/"),
    ("reviewer", "/lam-viec/tong-hop/"),
    ("publisher", "/lam-viec/cong-bo/"),
    ("anonymous", "/"),
    ("anonymous", "/bao-cao/"),
    ("anonymous", "/bao-cao/feed.xml"),
    ("anonymous", "/don-vi/"),
    ("anonymous", "/tim-kiem/?q=ket+qua"),
    ("anonymous", "/so-lieu-mo/so-lieu-cong-bo.csv"),
    ("anonymous", "/so-lieu-mo/bao-cao.json"),
}


@pytest.fixture
def world():
    """One row in every list: one year, and of the three communes the first alone."""
    world = make_world(year=2024)
    leave_only_the_first_commune(world)
    fill_year(world, 2024)
    return world


def leave_only_the_first_commune(world) -> None:
    reports = Report.objects.filter(round=world.round, unit__in=world.communes[1:])
    reports.update(latest=None)
    for report in reports:
        report.editions.all().delete()
    reports.delete()
    for unit in world.communes[1:]:
        unit.versions.update(valid_from="2030-01-01")
    rebuild_paths()


def fill_year(world, year: int) -> None:
    """The half year is over: accepted, issued, published. Of the year itself both bodies write."""
    half_year, number = world.round, year - 2000
    world.accepted(number=number, K4=250)
    world.issued(world.province, number=number, K4=20)
    publish(world, world.report(world.province))
    world.round = make_round(world.province, kind=PeriodKind.ANNUAL, year=year, opened_by=world.admin)
    world.issued(number=number + 100, K4=250)
    world.write(world.province, K4=20)
    world.round = half_year


def grow(world) -> None:
    """Two more rows wherever rows are listed."""
    first = world.round
    for year in (2025, 2026):
        world.round = make_round(world.province, year=year, opened_by=world.admin)
        fill_year(world, year)
        unit = make_province(f"tinh-{year}", f"Tỉnh của năm {year}")
        make_commune(unit, f"Xã của năm {year}", code=f"xa-{year}")
    rebuild_paths()
    world.round = first


def addresses(world) -> list[tuple[str, str]]:
    """(who looks, address) of everything that answers GET."""
    publication = world.report(world.province).publication
    listed = [("anonymous", reverse(name, kwargs=filled(kwargs, publication))) for name, kwargs, _ in PUBLIC]
    listed += [
        ("anonymous", f"{reverse('public:reports')}?q=ket+qua&don_vi=an&loai=so-ket"),
        ("anonymous", f"{reverse('public:search')}?q=ket+qua"),
        ("anonymous", f"{reverse('public:units')}?q=tinh"),
    ]
    for reader in READERS:
        listed += [(reader, reverse(name, kwargs=arguments)) for name, arguments in SIGNED_IN]
        listed.append((reader, reverse("staff:progress", args=[world.round.pk])))
    for address in (address for address in REPORT if address.get):
        for who, report in (("author", world.report()), ("reviewer", world.report(world.province))):
            listed.append((who, reverse(address.name, kwargs={"pk": report.pk, **address.arguments})))
    for address in (address for address in PUBLICATION_ADDRESSES if address.get):
        listed.append(("publisher", reverse(address.name, args=[publication.current_id])))
    return listed


def filled(arguments: dict, publication) -> dict:
    return {key: publication.slug if value == "{slug}" else value for key, value in arguments.items()}


def asked(world) -> dict[tuple[str, str], tuple[int, int]]:
    """(queries, bytes) of each address, once everything is warm."""
    clients = {"anonymous": Client()}
    for reader in READERS:
        clients[reader] = Client()
        clients[reader].force_login(getattr(world, reader))
    found = {}
    for who, url in addresses(world):
        let_go(clients[who].get(url))
        with CaptureQueriesContext(connection) as queries:
            answer = clients[who].get(url)
            size = len(answer.getvalue())
        let_go(answer)
        assert answer.status_code < 500
        found[who, url] = len(queries), size
    return found


def test_three_rows_cost_as_many_queries_as_one(world):
    one = asked(world)
    grow(world)
    three = asked(world)
    assert {where for where in LISTS if three[where][1] <= one[where][1]} == set()
    more = {where: (one[where][0], three[where][0]) for where in one if one[where][0] != three[where][0]}
    assert more == {}
