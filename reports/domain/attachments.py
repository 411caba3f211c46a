"""Files kept with an edition: brought while the unit writes it, taken away only then."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from models_dv.domain.audit import record
from models_dv.domain.uploads import StoredFile, remove_stored, store_file, with_their_row
from models_dv.errors import ExpectedError
from reports import permissions
from reports.enums import Action, AttachmentPurpose, RoundState
from reports.errors import StaleEdition, StepNotPossible
from reports.models import ReportAttachment, ReportEdition

FOLDER = "bao-cao"
MOST = 30
#: Annotation of a step: whether files came with it.
WITH_FILES = Exists(ReportAttachment.objects.filter(event=OuterRef("pk")))
TOO_MANY = f"Báo cáo đã có {MOST} tệp kèm theo. Gỡ bớt tệp không cần rồi tải lên"


def may_attach(user, edition: ReportEdition) -> bool:
    """Whether the user may add and remove files of the edition now."""
    return permissions.may_write(user, edition) and edition.report.round.state != RoundState.CLOSED


def shown_to(inside: bool) -> Q:
    """Files that somebody may have; what went along with a return inside the unit stays in the unit."""
    return Q() if inside else ~Q(event__action=Action.RETURN)


def require_open(edition: ReportEdition, *, actor) -> None:
    """Raise NotAllowed or StaleEdition unless the actor writes the edition and it is open."""
    permissions.require_author(actor, edition.report)
    if not edition.is_writable:
        state = edition.get_state_display()
        raise StaleEdition(f"Báo cáo đang ở tình trạng “{state}” nên không thêm, gỡ tệp được.")
    if edition.report.round.state == RoundState.CLOSED:
        raise StaleEdition("Đợt báo cáo đã khoá sổ nên không thêm, gỡ tệp được.")


def attach(edition: ReportEdition, uploaded, *, title: str = "", actor) -> ReportAttachment:
    """Keep a file with the edition. Raises NotAllowed, StaleEdition, FileRefused, StorageFailed."""
    require_open(edition, actor=actor)
    stored = store_file(uploaded, folder=FOLDER)
    with with_their_row(stored.name):
        _lock(edition, actor)
        if edition.attachments.count() >= MOST:
            raise ExpectedError(TOO_MANY)
        return keep(edition, stored, AttachmentPurpose.OTHER, title=title, actor=actor)


def keep(
    edition, stored: StoredFile, purpose: str, *, title: str = "", event=None, actor
) -> ReportAttachment:
    """The row of a file that is kept already, in the caller's transaction; ``event``: the return it came with."""
    attachment = ReportAttachment.objects.create(
        edition=edition, purpose=purpose, title=title, event=event, uploaded_by=actor, **stored.fields()
    )
    record(
        actor=actor,
        action="Thêm tệp kèm báo cáo",
        obj=edition,
        after={
            "tệp": attachment.original_name,
            "loại": attachment.get_purpose_display(),
            "sha256": stored.sha256,
        },
    )
    return attachment


@transaction.atomic
def remove(attachment: ReportAttachment, *, actor) -> None:
    """Take a file away. Raises NotAllowed, StaleEdition: what was handed in stays."""
    require_open(attachment.edition, actor=actor)
    _lock(attachment.edition, actor)
    if attachment.event_id is not None:
        raise StepNotPossible("Tệp này đi cùng lần trả lại nên không gỡ được.")
    record(
        actor=actor,
        action="Gỡ tệp kèm báo cáo",
        obj=attachment.edition,
        before={"tệp": attachment.original_name, "sha256": attachment.sha256},
    )
    name = attachment.file
    attachment.delete()
    remove_stored([name])


def _lock(edition: ReportEdition, actor) -> None:
    """No step is taken between the check and the end of the transaction."""
    now = ReportEdition.objects.select_for_update().get(pk=edition.pk)
    now.report = edition.report
    require_open(now, actor=actor)
