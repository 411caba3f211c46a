"""Officials of An Bình and of three communes, and one delegation (data: ``reports/data/an_binh_officials.toml``)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

from models_dv import clock
from models_dv.domain.officials import Post, add_official, end_appointment
from models_dv.domain.signing import delegate_signing
from models_dv.models import Official
from reports.management.demo.acts import at
from reports.management.demo.cast import Cast

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "an_binh_officials.toml"
ENTERED_ON = date(2026, 1, 12)


def add_officials(cast: Cast, today: date) -> None:
    """Enter everybody on one day, then the delegation that is in force on ``today``."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known: dict[str, Official] = {}
    for row in data["officials"]:
        with clock.fixed(at(ENTERED_ON)):
            known[row["name"]] = _add(cast, row)
        _end(cast, known[row["name"]], row)
    for row in data["delegations"]:
        first = today + timedelta(days=row["from"])
        with clock.fixed(at(first - timedelta(days=1), 15)):
            delegate_signing(
                cast.unit(row["unit"]),
                known[row["delegate"]],
                post=row["post"],
                from_on=first,
                to_on=today + timedelta(days=row["to"]),
                scope=row["scope"],
                decision=row["decision"],
                actor=cast.author(row["unit"]),
            )


def _post(cast: Cast, row: dict, post: dict, **changes) -> Post:
    return Post(
        unit=cast.unit(row["unit"]),
        organ=post["organ"],
        post=post["post"],
        rank=post["rank"],
        from_on=post.get("from"),
        attested_on=post.get("attested"),
        decision=post.get("decision", ""),
        **changes,
    )


def _add(cast: Cast, row: dict) -> Official:
    official = add_official(
        name=row["name"],
        posts=[_post(cast, row, post) for post in row["posts"]],
        work_phone=row.get("phone", ""),
        work_email=row.get("email", ""),
        illustrative=True,
        actor=cast.author(row["unit"]),
    )
    if "account" in row:
        official.user = cast.users[row["account"]]
        official.save(update_fields=["user"])
    return official


def _end(cast: Cast, official: Official, row: dict) -> None:
    """Posts that have ended, each written down on the day it ended or when the record was made."""
    for appointment, post in zip(official.appointments.order_by("pk"), row["posts"], strict=True):
        if "to" not in post:
            continue
        with clock.fixed(at(max(post["to"], ENTERED_ON), 10)):
            end_appointment(
                appointment,
                to_on=post["to"],
                reason=post["reason"],
                revision=appointment.official.revision,
                actor=cast.author(row["unit"]),
            )
