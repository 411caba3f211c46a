"""What a unit came from: whole units, parts, chains, and the days that bound the question."""

from datetime import date
from itertools import pairwise

import pytest

from models_dv.domain.lineage import CHANGES_FOLLOWED, TOO_MANY_CHANGES, read_lineage
from models_dv.enums import SuccessionKind
from models_dv.models import Unit, UnitSuccession
from tests.factories.publications import make_unit

pytestmark = pytest.mark.django_db
BEFORE, CHANGE, AFTER = date(2025, 6, 14), date(2025, 7, 1), date(2026, 6, 14)


def unit(code, since=None) -> Unit:
    made = make_unit(code, code.upper())
    if since:
        made.versions.update(valid_from=since)
    return made


def edge(old, new, kind=SuccessionKind.MERGE, on=CHANGE):
    UnitSuccession.objects.create(predecessor=old, successor=new, kind=kind, on=on)


def origin(of, after=BEFORE, until=AFTER):
    return read_lineage(of.pk, after=after, until=until).origin()


def codes(found):
    units = Unit.objects.in_bulk(found.unit_ids)
    return [units[pk].code for pk in found.unit_ids]


def test_without_changes_a_unit_is_its_own_origin():
    lineage = read_lineage(unit("a").pk, after=BEFORE, until=AFTER)
    assert (lineage.edges, lineage.last_change, len(lineage.origin().unit_ids)) == ((), None, 1)


def test_a_new_unit_is_what_it_was_made_of_and_an_old_one_itself_and_what_it_took_in():
    a, b, new = unit("a"), unit("b"), unit("c", CHANGE)
    edge(a, new)
    edge(b, new)
    assert (codes(origin(new)), origin(new).broken) == (["a", "b"], "")
    assert origin(new).names == {a.pk: "A", b.pk: "B"}
    taking = unit("d")
    other = unit("e")
    edge(other, taking)
    assert codes(origin(taking)) == ["d", "e"]


def test_only_changes_between_the_days_count():
    a, new = unit("a"), unit("c", CHANGE)
    edge(a, new)
    assert codes(origin(new, after=CHANGE)) == ["c"]
    assert codes(origin(new, until=date(2025, 6, 30))) == ["c"]
    assert codes(origin(new, until=CHANGE)) == ["a"]
    lineage = read_lineage(new.pk, after=date.min, until=date.max)
    assert (lineage.last_change, lineage.origin(after=CHANGE).unit_ids) == (CHANGE, (new.pk,))


def test_a_part_first_and_the_rest_later_are_the_whole():
    a, new = unit("a"), unit("c", CHANGE)
    edge(a, new, SuccessionKind.PARTIAL, date(2025, 6, 20))
    edge(a, new, SuccessionKind.MERGE)
    assert (codes(origin(new)), origin(new).broken) == (["a"], "")


def test_a_predecessor_that_had_been_split_breaks_the_chain():
    a, b, middle, last = unit("a"), unit("b"), unit("m", CHANGE), unit("z", date(2026, 1, 1))
    edge(a, middle, SuccessionKind.SPLIT)
    edge(a, b, SuccessionKind.SPLIT)
    edge(middle, last, on=date(2026, 1, 1))
    assert origin(last).broken == "A được chia cho nhiều đơn vị ngày 01/07/2025"


def test_a_long_chain_is_followed_so_far():
    days = [date(2025, 7 + number, 1) for number in range(CHANGES_FOLLOWED + 1)]
    units = [unit("u0"), *(unit(f"u{number}", day) for number, day in enumerate(days, start=1))]
    for old, new, day in zip(units, units[1:], days, strict=False):
        edge(old, new, SuccessionKind.RENAME, day)
    assert codes(origin(units[CHANGES_FOLLOWED])) == ["u0"]
    assert origin(units[CHANGES_FOLLOWED + 1]).broken == TOO_MANY_CHANGES


def test_a_circle_ends():
    a, b = unit("a"), unit("b")
    edge(a, b, SuccessionKind.RENAME)
    edge(b, a, SuccessionKind.RENAME, date(2026, 1, 1))
    assert origin(a).broken == "Một phần của A chuyển sang B ngày 01/07/2025"


def test_a_unit_that_gave_something_away_is_not_what_it_was():
    a, b = unit("a"), unit("b")
    edge(a, b, SuccessionKind.PARTIAL)
    assert origin(a).broken == "Một phần của A chuyển sang B ngày 01/07/2025"
    assert origin(b).broken == "Một phần của A nhập vào B ngày 01/07/2025"


def test_a_query_for_each_change_in_a_row(django_assert_num_queries):
    units = [unit("u0"), unit("u1", CHANGE), unit("u2", date(2025, 9, 1)), unit("u3", date(2026, 1, 1))]
    for old, new in pairwise(units):
        edge(old, new, on=new.versions.get().valid_from)
    for of, changes, queries in ((0, 2, 1), (1, 2, 1), (2, 2, 2), (3, 2, 2), (3, 0, 1)):
        with django_assert_num_queries(queries):
            read_lineage(units[of].pk, after=BEFORE, until=AFTER, changes=changes)
