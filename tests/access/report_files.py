"""Files of a report: reading Word and Excel into it, and what is kept with it; brought by the unit's author."""

from models_dv.domain.uploads import store_file
from reports.enums import ImportKind
from reports.models import ReportAttachment, ReportImport
from tests.access.scenes import report_scene
from tests.access.table import OPEN, Address, Rule
from tests.factories.world import World
from tests.models_dv.domain.uploaded import PDF, brought

CONTENT = {"grids": [], "codes": {}, "notes": [], "pieces": [], "left_out": [], "has_headings": True}
#: A page to bring a file: shown while the report is written, else the report with the reason.
BRING = (Rule("write", 200, OPEN, 302), Rule("write", 422, OPEN, 302))
WITHOUT_ROW = (
    Address("staff:import_word", *BRING),
    Address("staff:import_excel_figures", *BRING),
    Address("staff:attachment_add", *BRING),
    Address("staff:figures_template", Rule("write"), None, only_at=("draft", "issued")),
)
LOOK = (Rule("write"), Rule("write", anonymous=401))
WITH_ROW = {
    "staff:import_word_preview": LOOK,
    "staff:import_excel_preview": LOOK,
    "staff:report_import_undo": (None, Rule("write", 302)),
    "staff:report_import_discard": (None, Rule("write", 302)),
    "staff:attachment": (Rule("read"), None),
    "staff:attachment_remove": (None, Rule("write", 302)),
}


def known() -> set[tuple[str, frozenset[str]]]:
    """Names and arguments of every address in this file."""
    names = {(address.name, frozenset({"pk"})) for address in WITHOUT_ROW}
    return names | {(name, frozenset({"pk", "row"})) for name in WITH_ROW}


def scene(owner: str, moment: str) -> tuple[World, object, list[Address]]:
    """(world, report, addresses): an attachment, and a file of each kind that waits for the unit's author."""
    world, report = report_scene(owner, moment)
    unit = world.communes[0] if owner == "commune" else world.province
    stored = {"uploaded_by": world.author_of(unit), **store_file(brought(PDF), folder="thu").fields()}
    rows = {
        source: ReportImport.objects.create(edition=report.latest, source=source, content=CONTENT, **stored)
        for source in ImportKind
    }
    attachment = ReportAttachment.objects.create(edition=report.latest, **stored)
    addresses = [
        Address(name, *rules, {"row": _row(name, rows, attachment).pk}) for name, rules in WITH_ROW.items()
    ]
    return world, report, [*WITHOUT_ROW, *addresses]


def _row(name: str, rows: dict, attachment: ReportAttachment):
    if "attachment" in name:
        return attachment
    return rows[ImportKind.EXCEL if "excel" in name else ImportKind.WORD]
