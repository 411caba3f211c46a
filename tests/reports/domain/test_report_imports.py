"""What is read from a file: kept for a day, saved all or nothing, taken back, forgotten."""

from datetime import timedelta
from decimal import Decimal

import pytest

from models_dv import clock
from models_dv.enums import Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.models import AuditEntry
from models_dv.models.files import private_files
from reports.domain import filling, report_imports
from reports.domain.filling import FigureEntry
from reports.domain.report_imports import ImportConflict, TextChange
from reports.enums import Action, AttachmentPurpose, ImportKind, ImportState, State, ValueState
from reports.errors import StaleEdition
from reports.models import Figure, ReportAttachment, ReportEdition, ReportImport, SectionText
from tests.factories.world import make_user
from tests.models_dv.domain.uploaded import brought, office

pytestmark = pytest.mark.django_db


def waiting(world, actor=None) -> ReportImport:
    content = {"pieces": [], "grids": []}
    return report_imports.keep_waiting(
        world.edition(),
        brought(office(), "bao cao.docx"),
        source=ImportKind.WORD,
        content=content,
        actor=actor or world.author,
    )


def text(world, code: str, words: str, base=0) -> TextChange:
    return TextChange(world.section(code), words, base)


def number(world, code: str, value: int, base=0) -> dict[int, FigureEntry]:
    entry = FigureEntry(ValueState.NUMBER, Decimal(value), base_revision=base)
    return {world.indicator(code).pk: entry}


def save(world, imported, *, texts=(), figures=None, actor=None):
    imported.edition = world.edition()
    return report_imports.save(
        imported, texts=list(texts), figures=figures or {}, actor=actor or world.author
    )


def texts_of(world) -> dict[str, str]:
    rows = SectionText.objects.filter(edition=world.edition()).select_related("section")
    return {row.section.code: row.text for row in rows}


def test_saved_together_with_its_file_as_attachment(world):
    imported = waiting(world)
    attachment = save(
        world,
        imported,
        texts=[text(world, "S1", "Ổn định."), text(world, "S2.1", "Tốt.")],
        figures=number(world, "K4", 25),
    )
    assert texts_of(world) == {"S1": "Ổn định.", "S2.1": "Tốt."}
    assert Figure.objects.get(indicator__code="K4").value == 25
    assert (attachment.purpose, attachment.original_name, attachment.file) == (
        AttachmentPurpose.IMPORTED_WORD,
        "bao cao.docx",
        imported.file,
    )
    assert (imported.state, imported.content) == (ImportState.SAVED, {})
    assert world.edition().state == State.DRAFTING
    entry = AuditEntry.objects.get(action="Nhập báo cáo từ tệp Word")
    assert entry.after == {"tệp": "bao cao.docx", "phần": ["S1", "S2.1"], "số chỉ tiêu": 1}


def test_saved_once(world):
    imported, again = waiting(world), ReportImport.objects.get()
    save(world, imported, texts=[text(world, "S1", "Một.")])
    with pytest.raises(ExpectedError) as refused:
        save(world, again, texts=[text(world, "S1", "Hai.", 1)])
    assert refused.value.message == report_imports.SAVED_ALREADY
    assert texts_of(world) == {"S1": "Một."}
    assert ReportAttachment.objects.count() == 1


def test_nothing_chosen(world):
    with pytest.raises(ExpectedError) as refused:
        save(world, waiting(world))
    assert refused.value.message == report_imports.NOTHING_CHOSEN
    assert ReportImport.objects.get().state == ImportState.READ


def test_a_conflict_names_every_part_and_saves_nothing(world):
    imported = waiting(world)
    other = make_user("second", "Soạn thứ hai", world.communes[0], Role.AUTHOR)
    world.write(code="S1", text="Người khác viết.", K4=20, actor=other)
    with pytest.raises(ImportConflict) as refused:
        save(
            world,
            imported,
            texts=[text(world, "S1", "Từ tệp."), text(world, "S2.1", "Mới.")],
            figures=number(world, "K4", 25),
        )
    assert refused.value.message == (
        "Soạn thứ hai vừa sửa phần “Tình hình Nhân dân”, 1 ô số liệu sau khi trang này được mở, nên chưa nhập gì. "
        "Xem lại nội dung hiện có bên dưới rồi bấm nhập lần nữa."
    )
    assert texts_of(world) == {"S1": "Người khác viết."}
    assert ReportImport.objects.get().state == ImportState.READ
    assert not ReportAttachment.objects.exists()
    save(world, imported, texts=[text(world, "S1", "Từ tệp.", 1)], figures=number(world, "K4", 25, base=1))
    assert texts_of(world) == {"S1": "Từ tệp."}


def test_of_his_own_other_tab_one_is_not_told_by_name(world):
    imported = waiting(world)
    world.write(code="S1", text="Viết ở thẻ kia.")
    with pytest.raises(ImportConflict) as refused:
        save(world, imported, texts=[text(world, "S1", "Từ tệp.")])
    assert refused.value.message.startswith(
        "Đồng chí, ở thẻ hoặc máy khác, vừa sửa phần “Tình hình Nhân dân” sau"
    )


def test_a_part_that_is_locked_stops_all(world):
    world.write(code="S1")
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Bổ sung")
    ReportEdition.objects.filter(pk=world.edition().pk).update(unlocked_parts=["S1"])
    imported = waiting(world)
    with pytest.raises(StaleEdition):
        save(world, imported, texts=[text(world, "S1", "Sửa.", 1), text(world, "S4", "Khoá.")])
    assert texts_of(world) == {"S1": "Nội dung phần này."}


def test_undo_puts_everything_back(world):
    world.write(code="S1", text="Cũ.", K4=20)
    imported = waiting(world)
    figures = number(world, "K4", 25, base=1) | number(world, "A1", 3)
    save(world, imported, texts=[text(world, "S1", "Mới.", 1), text(world, "S2.1", "Thêm.")], figures=figures)
    imported.edition = world.edition()
    undone = report_imports.undo(imported, actor=world.author)
    assert undone.restored == [
        "Tình hình Nhân dân",
        "Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận",
        "2 chỉ tiêu",
    ]
    assert undone.kept == []
    assert texts_of(world) == {"S1": "Cũ.", "S2.1": ""}
    assert SectionText.objects.get(section__code="S1").done
    figures = dict(Figure.objects.values_list("indicator__code", "value"))
    assert figures == {"K4": 20, "A1": None}
    assert imported.state == ImportState.UNDONE
    assert ReportAttachment.objects.count() == 1
    with pytest.raises(ExpectedError):
        report_imports.undo(imported, actor=world.author)


def test_undo_leaves_what_was_changed_since(world):
    imported = waiting(world)
    save(
        world,
        imported,
        texts=[text(world, "S1", "Từ tệp."), text(world, "S2.1", "Từ tệp.")],
        figures=number(world, "K4", 25) | number(world, "A1", 3),
    )
    filling.save_section(
        world.edition(), world.section("S1"), text="Sửa tay.", done=True, base_revision=1, actor=world.author
    )
    world.enter(K4=26)
    imported.edition = world.edition()
    undone = report_imports.undo(imported, actor=world.author)
    assert undone.kept == ["Tình hình Nhân dân", "1 chỉ tiêu"]
    assert texts_of(world) == {"S1": "Sửa tay.", "S2.1": ""}
    assert Figure.objects.get(indicator__code="K4").value == 26


def test_no_undo_once_it_is_handed_in(world):
    imported = waiting(world)
    save(world, imported, texts=[text(world, "S1", "Từ tệp.")])
    world.do(Action.SUBMIT, world.author)
    imported.edition = world.edition()
    with pytest.raises(StaleEdition):
        report_imports.undo(imported, actor=world.author)
    assert ReportImport.objects.get().state == ImportState.SAVED


def test_who_does_not_write_brings_nothing(world):
    for who in (world.approver, world.reviewer, world.stranger):
        with pytest.raises(NotAllowed):
            waiting(world, actor=who)
    assert not ReportImport.objects.exists()


def test_discarded_with_its_file(world, django_capture_on_commit_callbacks):
    imported = waiting(world)
    with pytest.raises(ExpectedError):
        report_imports.discard(imported, actor=world.province_author)
    with django_capture_on_commit_callbacks(execute=True):
        report_imports.discard(imported, actor=world.author)
    assert not ReportImport.objects.exists()
    assert not private_files().exists(imported.file)


def test_forgotten_after_a_day_but_for_what_was_saved(world, django_capture_on_commit_callbacks):
    now = clock.now()
    old, young, saved = waiting(world), waiting(world), waiting(world)
    save(world, saved, texts=[text(world, "S1", "Từ tệp.")])
    ReportImport.objects.exclude(pk=young.pk).update(uploaded_at=now - timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        assert report_imports.forget_old() == 1
    assert set(ReportImport.objects.values_list("pk", flat=True)) == {young.pk, saved.pk}
    assert [private_files().exists(one.file) for one in (old, young, saved)] == [False, True, True]
    ReportImport.objects.filter(pk=saved.pk).update(saved_at=now - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert report_imports.forget_old() == 1
    assert private_files().exists(saved.file)
    assert ReportAttachment.objects.get().file == saved.file


def test_bringing_a_file_forgets_old_ones(world):
    old = waiting(world)
    ReportImport.objects.update(uploaded_at=clock.now() - timedelta(hours=25))
    assert waiting(world).pk != old.pk
    assert ReportImport.objects.count() == 1
