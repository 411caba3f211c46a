"""Files kept with an edition."""

import pytest

from models_dv.domain.file_refusals import MacroFile, WrongFileType
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.models import AuditEntry
from models_dv.models.files import private_files
from reports.domain import attachments
from reports.enums import Action, RoundState
from reports.errors import StaleEdition
from reports.models import ReportAttachment, ReportingRound
from tests.models_dv.domain.uploaded import PDF, archive, brought, office, types

pytestmark = pytest.mark.django_db


def attach(world, data=PDF, name="phu luc.pdf", **options):
    options = {"actor": world.author, **options}
    return attachments.attach(world.edition(), brought(data, name), **options)


def test_kept_whole_under_a_name_that_nobody_guesses(world):
    attached = attach(world, title="Phụ lục")
    assert (str(attached), attached.original_name, attached.size) == ("Phụ lục", "phu luc.pdf", len(PDF))
    with private_files().open(attached.file) as file:
        assert file.read() == PDF
    assert "phu" not in attached.file
    entry = AuditEntry.objects.get(action="Thêm tệp kèm báo cáo")
    assert entry.after == {"tệp": "phu luc.pdf", "loại": "Tài liệu kèm theo", "sha256": attached.sha256}


def test_removed_with_its_file(world, django_capture_on_commit_callbacks):
    attached = attach(world)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(attached, actor=world.author)
    assert not ReportAttachment.objects.exists()
    assert not private_files().exists(attached.file)
    assert AuditEntry.objects.filter(action="Gỡ tệp kèm báo cáo").count() == 1


@pytest.mark.parametrize("who", ["approver", "clerk", "reader", "reviewer", "province_author", "stranger"])
def test_only_authors_of_the_unit(world, who):
    attached = attach(world)
    with pytest.raises(NotAllowed):
        attach(world, actor=getattr(world, who))
    with pytest.raises(NotAllowed):
        attachments.remove(attached, actor=getattr(world, who))


def test_only_while_it_is_written(world):
    world.write()
    attached = attach(world)
    attached.edition = world.edition()
    world.do(Action.SUBMIT, world.author)
    with pytest.raises(StaleEdition):
        attach(world)
    with pytest.raises(StaleEdition):
        attachments.remove(attached, actor=world.author)
    assert not attachments.may_attach(world.author, world.edition())


def test_not_after_the_round_was_closed(world):
    ReportingRound.objects.update(state=RoundState.CLOSED)
    with pytest.raises(StaleEdition):
        attach(world)
    assert not attachments.may_attach(world.author, world.edition())


def test_checked_by_content_and_nothing_kept(world):
    files = set(private_files().listdir("")[0])
    macro = archive({"[Content_Types].xml": types("x"), "_rels/.rels": b"<R/>", "word/vbaProject.bin": b"x"})
    for data, refusal in ((macro, MacroFile), (b"MZ\x90", WrongFileType)):
        with pytest.raises(refusal):
            attach(world, data)
    assert set(private_files().listdir("")[0]) == files
    assert not ReportAttachment.objects.exists()


def test_not_without_end(world, django_capture_on_commit_callbacks):
    for _number in range(attachments.MOST):
        attach(world)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ExpectedError) as refused:
        attach(world, office())
    assert refused.value.message == attachments.TOO_MANY
    assert ReportAttachment.objects.count() == attachments.MOST
