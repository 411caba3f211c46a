"""The dry run: kinds of edges, and a code of everything it saw."""

from datetime import timedelta

import pytest

from models_dv.domain.reorganisation.effects import dry_run
from models_dv.domain.reorganisation.proposing import propose
from models_dv.models import Unit
from tests.factories.conferences import make_conference
from tests.factories.land import ON
from tests.models_dv.domain.reorganisation.dumps import dump


def effects(land, text):
    return dry_run(propose(text, land.frame), land.frame)


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("Hợp nhất xã Phú Lâm và xã Đổi thành xã Mới.", [("phu-lam", "merge"), ("doi", "merge")]),
        ("Nhập xã Phú Lâm vào xã Đổi.", [("phu-lam", "merge")]),
        (
            "Chia xã Phú Lâm thành xã Phú và xã Lâm.",
            [("phu-lam", "split"), ("phu-lam", "split")],
        ),
        ("Tách một phần diện tích của xã Phú Lâm để thành lập xã Lâm.", [("phu-lam", "split")]),
        (
            "Nhập một phần diện tích của xã Phú Lâm và toàn bộ xã Đổi thành xã Mới.",
            [("phu-lam", "partial"), ("doi", "merge")],
        ),
        ("Điều chỉnh 3 km2 của xã Phú Lâm vào xã Đổi.", [("phu-lam", "partial")]),
        ("Đổi tên xã Phú Lâm thành xã Lâm.", []),
    ],
)
def test_kinds_of_edges(land, text, edges):
    assert [(land.code_of(edge.predecessor), edge.kind) for edge in effects(land, text).edges] == edges


def test_nothing_is_written(land):
    before = dump()
    effects(land, "Hợp nhất xã Phú Lâm và xã Đổi thành xã Mới.")
    assert dump() == before


def test_the_code_changes_with_what_was_seen_and_with_nothing_else(land):
    text = "Hợp nhất xã Phú Lâm và xã Đổi thành xã Mới."
    seen = effects(land, text).fingerprint()
    assert effects(land, text).fingerprint() == seen
    Unit.objects.filter(code="cua-nam").update(territory_code="00004")
    assert effects(land, text).fingerprint() == seen
    Unit.objects.filter(code="doi").update(territory_code="00005")
    assert effects(land, text).fingerprint() != seen


def test_a_plan_of_a_day_gone_by_says_what_was_held_afterwards(land):
    make_conference(land["phu-lam"], held_on=ON - timedelta(days=1))
    make_conference(land["phu-lam"], held_on=ON)
    (one,) = effects(land, "Hợp nhất xã Phú Lâm và xã Đổi thành xã Mới.").written
    assert (one.conferences, one.late) == (2, 1)
