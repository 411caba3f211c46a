"""A publication from the press and a correction of it: cheap, no report stands behind it."""

from models_dv.enums import Role
from reports.domain import publishing
from tests.factories.publications import cite, figure, make_unit
from tests.factories.world import make_user

PARTS = [("Kết quả", "- một\n- hai"), ("Hội nghị", "Có 40 vụ hoà giải."), ("Nhiệm vụ", "Làm tiếp.")]


def archive(figures=(), lead="Lời dẫn."):
    """Published words with three parts; figures as (code, name, value, is_key)."""
    rows = [figure(code, name, value, is_key=is_key) for code, name, value, is_key in figures]
    return cite(make_unit("tinh-mau", "Mẫu"), sections=dict(PARTS), figures=rows, lead=lead)


def correction(publication):
    """The draft that corrects it, and who writes it."""
    actor = make_user("cong-bo", "Công bố", publication.unit, Role.PUBLISHER)
    return publishing.start_correction(publication, actor=actor), actor


def save(version, actor, sections, **words):
    """Save the draft with these parts; ``words``: title, lead."""
    return publishing.save_version(
        version,
        sections=sections,
        figures=[],
        correction_note="Sửa",
        base_revision=version.revision,
        actor=actor,
        **{"title": version.title, "lead": version.lead} | words,
    )
