"""Excel: a file that the author of the first commune brought, with right and wrong rows; templates and exports."""

from models_dv.domain.sheets import sheet_kind
from models_dv.importers import batches
from models_dv.models import ImportBatch
from tests.access.table import Address, Rule
from tests.factories.world import World, make_world
from tests.models_dv.importers.workbooks import GOOD, models, upload, xlsx

#  The people: see tests/access/table.py.
#
# fmt: off
BATCH = {               # an ad  au ap cl rd  rv pu pa  ch st
    "keep":             "> 0   + + 0 0   0 0 0   0 0",
}
#: Whoever enters things in some unit.
KEEPERS =               "> -   + + - -   - - +   + +"
# fmt: on
ADDRESSES = (
    Address("staff:import_batch", Rule("keep"), None),
    Address("staff:import_errors", Rule("keep"), None),
    Address("staff:import_commit", None, Rule("keep", 302)),
    Address("staff:import_undo", None, Rule("keep", 302)),
)
KIND = {"kind": "dan-van-kheo"}


def known() -> set[tuple[str, frozenset[str]]]:
    """Names and arguments of every address in this file."""
    of_kind = {(name, frozenset(KIND)) for name in ("staff:import_start", "staff:import_template")}
    return (
        of_kind | {(a.name, frozenset({"pk"})) for a in ADDRESSES} | {("staff:export", frozenset({"name"}))}
    )


def scene(state: str) -> tuple[World, ImportBatch]:
    """(world, batch): checked, or saved besides."""
    world = make_world()
    batch = batches.take_in(
        upload(xlsx([*models(2), ("", *GOOD[1:])])),
        kind=sheet_kind(KIND["kind"]),
        unit=world.communes[0],
        actor=world.author,
        key="k",
    )
    return world, batches.ask_to_commit(batch, actor=world.author) if state == "committed" else batch
