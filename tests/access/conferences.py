"""Conferences and difficulties: who may what, over a conference of the first commune and one of the province."""

from dataclasses import replace

from django.utils import timezone

from models_dv.domain import conclusions
from models_dv.domain.changes import fingerprint
from models_dv.models import Conference
from models_dv.vietnamese.dates import format_date
from reports.domain import conference_links
from tests.access.table import UNSEEN, Address, Rule
from tests.factories import conferences as made
from tests.factories.world import World, make_world

#  The people: see tests/access/table.py.
#
# fmt: off
OF_COMMUNE = {          # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   + + + +   + 0 0   0 0",
    "keep":             "> 0   + + - -   - 0 0   0 0",
    "sign":             "> 0   - + + -   - 0 0   0 0",
    "reopen":           "> 0   - + - -   - 0 0   0 0",
    "follow":           "> 0   + + - -   + 0 0   0 0",
    "publish":          "> 0   - - - -   - 0 0   0 0",
}
OF_PROVINCE = {         # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   0 0 0 0   + + +   0 0",
    "keep":             "> 0   0 0 0 0   - - +   0 0",
    "publish":          "> 0   0 0 0 0   - + -   0 0",
}
# fmt: on
DRAFT, SIGNED = ("draft",), ("signed",)
PERSON = {"part": "nguoi-du", "row": "{person}"}

ADDRESSES = (
    Address("staff:conference", Rule("see"), None),
    Address("staff:conference_edit", Rule("keep"), Rule("keep", 302)),
    Address("staff:conference_ics", Rule("see"), None),
    Address("staff:conference_officials", Rule("keep"), Rule("keep", 422)),
    Address("staff:conference_part", Rule("see"), Rule("keep", 302), {"part": "nguoi-du"}),
    # A file is needed there.
    Address("staff:conference_part", Rule("see"), Rule("keep", 422), {"part": "tai-lieu"}),
    Address("staff:conference_part", Rule("see"), Rule("keep", 422), {"part": "anh"}),
    Address("staff:conference_part", Rule("see"), Rule("keep", 302), {"part": "vuong-mac"}),
    # Signed conclusions bind.
    Address("staff:conference_part", Rule("see"), Rule("keep", 302, DRAFT, 422), {"part": "ket-luan"}),
    Address("staff:conference_part", Rule("see"), Rule("keep", 302), {"part": "khen-thuong"}),
    Address(
        "staff:conference_part", Rule("see", UNSEEN), Rule("see", UNSEEN), {"part": "khong-co"}, only_at=DRAFT
    ),
    Address("staff:conference_row", Rule("keep"), Rule("keep", 302), PERSON),
    Address("staff:conference_row_remove", None, Rule("keep", 302), PERSON),
    Address("staff:conference_row_move", None, Rule("keep", 302), PERSON),
    Address("staff:conference_paper", Rule("see"), None, {"row": "{paper}"}),
    Address("staff:conference_photo", Rule("see"), None, {"row": "{photo}", "size": "small"}),
    Address("staff:conclusions_sign", Rule("sign", 200, DRAFT, 302), Rule("sign", 302)),
    Address("staff:conclusions_reopen", Rule("reopen", 200, SIGNED, 302), Rule("reopen", 302)),
    Address("staff:conference_link", Rule("keep"), Rule("keep", 302)),
    Address("staff:conference_unlink", None, Rule("keep", 302), {"link": "{link}"}),
    Address("staff:conference_publish", Rule("publish"), Rule("publish")),
    Address("staff:conference_withdraw", Rule("publish"), Rule("publish", 302)),
)
PUBLISHING = ("staff:conference_publish", "staff:conference_withdraw")
DIFFICULTY_ADDRESSES = (
    Address("staff:difficulty", Rule("see"), Rule("follow", 302)),
    # It is being followed: the form comes back.
    Address("staff:difficulty_reopen", Rule("follow"), Rule("follow", 422)),
)
#: For everybody: name, further arguments.
PUBLIC_CONFERENCE = (
    ("public:conference", {}),
    ("public:conference_ics", {}),
    ("public:conference_paper", {"number": "{paper}"}),
    ("public:conference_photo", {"number": "{photo}", "size": "small"}),
)


def known() -> set[tuple[str, frozenset[str]]]:
    """Names and arguments of every address in this file."""
    found = {(a.name, frozenset({"pk", *a.arguments})) for a in (*ADDRESSES, *DIFFICULTY_ADDRESSES)}
    return found | {(name, frozenset({"slug", *more})) for name, more in PUBLIC_CONFERENCE}


def conference_scene(owner: str, moment: str) -> tuple[World, Conference]:
    """(world, conference) with a row in every part; its conclusions a draft, or signed."""
    world = make_world()
    unit = world.communes[0] if owner == "commune" else world.province
    conference = made.full_conference(world, unit)
    link = conference_links.targets(conference)[-1]
    conference_links.link(conference, link.code, actor=world.author_of(unit))
    if moment == "draft":
        notice = conclusions.notice_of(conference)
        approver = world.approver_of(unit)
        conclusions.reopen(notice, reason="Sửa", revision=notice.revision, actor=approver)
    return world, conference


def ids_of(conference: Conference) -> dict[str, int]:
    """What stands for the placeholders in arguments."""
    return {
        "{person}": conference.people.first().pk,
        "{paper}": conference.papers.first().pk,
        "{photo}": conference.photos.first().pk,
        "{link}": conference.report_links.first().pk,
    }


def filled(arguments: dict, conference: Conference) -> dict:
    """The arguments with ids."""
    ids = ids_of(conference)
    return {name: ids.get(value, value) for name, value in arguments.items()}


def addresses_of(conference: Conference, *names: str) -> list[Address]:
    """The addresses (of these names) with ids."""
    return [
        replace(address, arguments=filled(address.arguments, conference))
        for address in ADDRESSES
        if not names or address.name in names
    ]


def values_of(conference: Conference) -> dict:
    """What the forms of a conference ask for, filled in as a person would."""
    notice = conclusions.notice_of(conference)
    targets = conference_links.targets(conference)
    return {
        "revision": str(notice.revision if notice else conference.revision),
        "seen": fingerprint(conference.people.first()),
        "kind": "giay_khen",
        "state": "held",
        "title": "Hội nghị giao ban",
        "held_on": "09/07/2026",
        "name": "Trần Thị Khách",
        "duties": "attend",
        "rank": "99",
        "text": "Một việc nữa.",
        "issuer": "Đảng uỷ xã",
        "subject": "collective",
        "huong": "len",
        "number": "7-TB/ĐU",
        "signed_on": format_date(timezone.localdate()),
        "signer_name": "Nguyễn Văn Mẫu",
        "signer_post": "Bí thư",
        "on": format_date(timezone.localdate()),
        "note": "Đã làm xong",
        "target": targets[0].code,
    }
