"""Bodies that contribute to a report, and what is given to them."""

from dataclasses import dataclass
from datetime import date

from models_dv.domain.units import rebuild_paths
from models_dv.enums import Role, SigningForm, UnitLevel, UnitType
from models_dv.models import Unit, UnitVersion, User
from reports.domain import contributing
from reports.domain.contributing import Task
from reports.models import PartAssignment
from tests.factories.world import World, make_user


@dataclass
class Body:
    """A body without territory and its author."""

    unit: Unit
    author: User | None


def make_body(world: World, *, code="mttq-xa-1", name="Uỷ ban MTTQ xã Phú Lâm", with_author=True) -> Body:
    """A body under the first commune, in no round."""
    unit = Unit.objects.create(code=code, illustrative=True)
    UnitVersion.objects.create(
        unit=unit,
        valid_from=date(2020, 1, 1),
        name=name,
        short_name=name,
        place_name="Phú Lâm",
        type=UnitType.BODY,
        level=UnitLevel.COMMUNE,
        parent=world.communes[0],
        issuer_name=name,
        header_superior="Đảng uỷ xã Phú Lâm",
        header_issuer=name,
        symbol="MT",
        signing_form=SigningForm.HEAD,
        signing_authority="Chủ tịch",
        head_post="Chủ tịch",
        deputy_post="Phó Chủ tịch",
    )
    rebuild_paths()
    author = make_user(f"author-{code}", f"Soạn {code}", unit, Role.AUTHOR) if with_author else None
    return Body(unit, author)


def give(
    world: World,
    unit: Unit,
    *,
    parts=("S2.5",),
    groups=("E",),
    person=None,
    note="",
    due_on=None,
    actor=None,
    report=None,
) -> PartAssignment:
    """Give parts of the first commune's report."""
    return contributing.assign(
        report or world.report(),
        Task(tuple(parts), tuple(groups), note, due_on),
        unit=unit,
        person=person,
        actor=actor or world.author,
    )
