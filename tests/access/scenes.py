"""The same small world at different moments, and who looks at it."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from models_dv.domain.signing import delegate_signing
from models_dv.domain.tasks import add_progress, complete_task
from models_dv.enums import JobState
from models_dv.models import Job, Official, Task
from models_dv.vietnamese.dates import format_date
from reports.domain import publishing
from reports.domain.publication_content import FigureChoice, SectionChoice
from reports.enums import Action, PublicationAction
from tests.factories.nouns import make_official, make_task
from tests.factories.world import World, make_world
from tests.models_dv.domain.uploaded import PDF, brought

#: In the order of the columns of the tables.
PERSONAS = (
    "anonymous",
    "admin",
    "author",
    "approver",
    "clerk",
    "reader",
    "reviewer",
    "publisher",
    "province_author",
    "child_author",
    "stranger",
)


def person(world: World, persona: str):
    """The user; None for somebody who has not signed in.

    author … reader are of the first commune; reviewer, publisher and province_author of the province above
    it; child_author writes for another commune of the same province; stranger works in another province.
    """
    if persona == "anonymous":
        return None
    if persona == "child_author":
        return world.author_of(world.communes[1])
    return getattr(world, persona)


# --- reports -----------------------------------------------------------------------------------------


def report_scene(owner: str, moment: str) -> tuple[World, object]:
    """(world, report) with the report of the commune or of the province in a state."""
    world = make_world()
    unit = world.communes[0] if owner == "commune" else world.province
    _bring(world, unit, moment)
    return world, world.report(unit)


def _bring(world: World, unit, moment: str) -> None:
    world.write(unit, K4=250)
    bring_on(world, unit, moment)


def bring_on(world: World, unit, moment: str) -> None:
    """From a draft that is written to a later moment."""
    if moment == "draft":
        return
    world.do(Action.SUBMIT, world.author_of(unit), unit)
    if moment == "in_review":
        return
    world.do(Action.APPROVE, world.approver_of(unit), unit)
    if moment == "approved":
        return
    world.issue(unit)
    if moment == "accepted":
        world.do(Action.ACCEPT, world.reviewer, unit)


def step_values(report) -> dict[str, str]:
    """What the forms of all steps ask for, filled in as a person would."""
    edition = report.latest
    due = timezone.localdate() + timedelta(days=20)
    return {
        "key": "matrix",
        "revision": str(edition.revision),
        "edition": str(edition.number),
        "note": "Bổ sung số liệu",
        "parts": "S2.1",
        "word_S2.1": "Ghi rõ địa chỉ",
        "due_date": format_date(due),
        "due_time": "17:00",
        "reason": "Chờ số liệu của công an xã",
        "number": "7",
        "issued_on": format_date(timezone.localdate()),
        "signer_name": "Nguyễn Văn Mẫu",
        "signer_rank": "head",
        "noi_dung": "Lời mới của phần này.",
        "phan": "S2.1",
        "base_revision": "1",
    }


# --- publications ------------------------------------------------------------------------------------


def publication_scene(moment: str) -> tuple[World, object]:
    """(world, version) with the province's publication in a state."""
    world = make_world()
    world.issued(world.province, K4=250)
    return world, publish(world, world.report(world.province), moment)


def publish(world: World, report, moment: str = "published"):
    """A publication of the province's report, written by the publisher."""
    version = publishing.start(report, actor=world.publisher)
    version = publishing.save_version(
        version,
        title="Kết quả công tác dân vận",
        lead="Lời dẫn.",
        sections=[SectionChoice("S2.1", "Cấp uỷ lãnh đạo", "Lời công khai.")],
        figures=[FigureChoice("K4", is_key=True)],
        base_revision=version.revision,
        actor=world.publisher,
    )
    steps = {
        "draft": (),
        "in_review": (PublicationAction.ASK,),
        "published": (PublicationAction.ASK, PublicationAction.PUBLISH),
        "withdrawn": (PublicationAction.ASK, PublicationAction.PUBLISH, PublicationAction.WITHDRAW),
    }[moment]
    for step in steps:
        actor = world.publisher if step == PublicationAction.ASK else world.second_publisher
        publishing.step(version, step, actor=actor, key=world.key(), note="Chờ số liệu")
        version.refresh_from_db()
    return version


def publication_values(version) -> dict[str, str]:
    """What the forms of a publication ask for."""
    return {
        "key": "matrix",
        "revision": str(version.revision),
        "base_revision": str(version.revision),
        "note": "Chờ thống nhất số liệu",
        "title": "Kết quả công tác dân vận 6 tháng",
        "lead": "Lời dẫn khác.",
    }


# --- long work ---------------------------------------------------------------------------------------


def job_scene() -> tuple[World, Job]:
    """(world, job): long work that the author of the first commune asked for, done, with a file."""
    world = make_world()
    job = Job(kind="test", title="Xuất Excel", owner=world.author, key="k", state=JobState.DONE)
    job.result.save("ket-qua.xlsx", ContentFile(b"ket qua"), save=False)
    job.result_name = "ket-qua.xlsx"
    job.save()
    return world, job


# --- tasks and officials -----------------------------------------------------------------------------


def task_scene(moment: str) -> tuple[World, Task]:
    """(world, task): open, or done; its leading unit has reported, with a file."""
    world = make_world()
    task = make_task(world, joining_units=(world.communes[1],))
    values = {"unit": world.communes[0], "on": task.given_on, "text": "Đang làm"}
    add_progress(task, **values, uploaded=brought(PDF), actor=world.author)
    if moment == "done":
        complete_task(
            task, result="Xong", ended_on=task.given_on, revision=task.revision, actor=world.province_author
        )
    return world, task


def task_values(task) -> dict[str, str]:
    """What the forms of a task ask for."""
    today = timezone.localdate()
    return {
        "revision": str(task.revision),
        "title": "Rà soát điển hình",
        "lead_unit": "Đảng uỷ xã Phú Lâm",
        "given_on": format_date(today),
        "due_on": format_date(today + timedelta(days=60)),
        "on": format_date(today),
        "text": "Đã rà soát 12 mô hình",
        "reason": "Chờ kinh phí",
        "ended_on": format_date(today),
        "result": "Đã rà soát xong",
    }


def official_scene() -> tuple[World, Official]:
    """(world, official): with one post in the first commune, a namesake there and a delegation."""
    world = make_world()
    official = make_official("Nguyễn Văn Mẫu", world.communes[0], actor=world.author)
    make_official("Nguyễn Văn Mẫu", world.communes[0], "Uỷ viên", actor=world.author)
    today = timezone.localdate()
    delegate_signing(
        world.communes[0],
        official,
        post="Phó Bí thư",
        from_on=today,
        to_on=today + timedelta(days=5),
        decision="05-UQ/ĐU",
        actor=world.author,
    )
    return world, official


def official_values(official) -> dict[str, str]:
    """What the forms about an official ask for."""
    today = timezone.localdate()
    namesake = Official.objects.exclude(pk=official.pk).get()
    return {
        "revision": str(official.revision),
        "name": official.name,
        "organ": "front",
        "post": "Chủ tịch",
        "rank": "60",
        "organ_1": "front",
        "post_1": "Chủ tịch",
        "rank_1": "60",
        "from_on": "01/07/2025",
        "to_on": format_date(today),
        "revoked_on": format_date(today),
        "voi": str(namesake.pk),
        "kept_revision": str(official.revision),
        "other_revision": str(namesake.revision),
    }
