"""Saving while somebody types: what can be saved is saved, the rest is named, and the same save twice is one.

A retried save shows itself: the revisions it began with are no longer those that are stored. Only then its
receipt is looked for, so an ordinary save asks nothing about it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from models_dv import clock
from models_dv.models import User
from reports.domain import filling
from reports.domain.filling import FigureEntry
from reports.enums import FIGURES_PART, FigureSource
from reports.errors import StepNotPossible
from reports.models import Figure, OutlineSection, ReportEdition, SaveReceipt, SectionText

#: No browser retries a save for longer.
RECEIPTS_KEPT = timedelta(days=7)


@dataclass(frozen=True)
class TextEntry:
    """What a person put into one part; ``base_revision`` 0 = nothing was stored when he began."""

    section: OutlineSection
    text: str
    done: bool
    base_revision: int

    def same_as(self, stored: SectionText | None) -> bool:
        """Whether the stored part already says this."""
        if stored is None:
            return not self.text and not self.done
        return (stored.text, stored.done) == (self.text, self.done)


@dataclass
class Outcome:
    """What became of one save.

    ``texts`` by part code and ``figures`` by indicator id: the revisions under which what was sent is stored.
    ``their_texts`` and ``their_figures``: what somebody else saved there meanwhile, with who and when; what was
    sent of these is not saved.
    """

    at: datetime
    texts: dict[str, int] = field(default_factory=dict)
    figures: dict[int, int] = field(default_factory=dict)
    their_texts: dict[str, SectionText] = field(default_factory=dict)
    their_figures: dict[int, Figure] = field(default_factory=dict)

    @property
    def has_conflicts(self) -> bool:
        """Whether somebody else's version stands against something that was sent."""
        return bool(self.their_texts or self.their_figures)


def autosave(
    edition: ReportEdition,
    texts: Sequence[TextEntry],
    figures: Mapping[int, FigureEntry],
    *,
    actor,
    key: str,
) -> Outcome:
    """Save parts and own figures (by indicator id) in one transaction; ``key`` is the save's idempotency key.

    Six statements for figures, five for one part. Raises NotAllowed, StaleEdition; then nothing is saved.
    """
    try:
        with transaction.atomic():
            return _save(edition, texts, figures, actor, key)
    except IntegrityError:
        receipt = _receipt(edition, actor, key)
        if receipt is None:
            raise StepNotPossible("Lần lưu này đã dùng cho một báo cáo khác. Tải lại trang.") from None
        return _replay(receipt, _read(edition, texts, figures), texts, figures)


def forget_old(now: datetime) -> int:
    """Remove receipts that nobody will ask for; returns how many."""
    return SaveReceipt.objects.filter(at__lt=now - RECEIPTS_KEPT).delete()[0]


@dataclass
class _Stored:
    """What stands in the places that a save names."""

    texts: dict[int, SectionText]
    figures: dict[int, Figure]


def _save(edition, texts, figures, actor, key) -> Outcome:
    parts = [entry.section.code for entry in texts] + ([FIGURES_PART] if figures else [])
    filling.open_for_writing(edition, parts, actor, indicator_ids=figures)
    stored = _read(edition, texts, figures)
    if _has_moved(stored, texts, figures):
        receipt = _receipt(edition, actor, key)
        if receipt is not None:
            outcome = _replay(receipt, stored, texts, figures)
            transaction.set_rollback(True)
            return outcome
    outcome = Outcome(clock.now())
    written = _write_texts(edition, stored, texts, outcome, actor)
    written |= _write_figures(edition, stored, figures, outcome, actor)
    if not written:
        transaction.set_rollback(True)
        return outcome
    codes = {str(pk): revision for pk, revision in outcome.figures.items()}
    SaveReceipt.objects.create(
        edition=edition,
        actor=actor,
        key=key,
        at=outcome.at,
        answer={"texts": outcome.texts, "figures": codes, "at": outcome.at.isoformat()},
    )
    return outcome


def _read(edition, texts, figures) -> _Stored:
    found = _Stored({}, {})
    if texts:
        sections = [entry.section.pk for entry in texts]
        rows = SectionText.objects.filter(edition=edition, section_id__in=sections)
        found.texts = {row.section_id: row for row in rows.select_related("updated_by")}
    if figures:
        cells = Figure.objects.filter(
            edition=edition, source=FigureSource.OWN, indicator_id__in=list(figures)
        )
        found.figures = {cell.indicator_id: cell for cell in cells}
    return found


def _has_moved(stored: _Stored, texts, figures) -> bool:
    """Whether something that is named is not at the revision that the save began with."""
    seen = [(entry.base_revision, stored.texts.get(entry.section.pk)) for entry in texts]
    seen += [(entry.base_revision, stored.figures.get(pk)) for pk, entry in figures.items()]
    return any(base != (row.revision if row else 0) for base, row in seen)


def _receipt(edition, actor, key) -> SaveReceipt | None:
    return SaveReceipt.objects.filter(actor=actor, key=key, edition=edition).first()


def _write_texts(edition, stored: _Stored, texts, outcome: Outcome, actor) -> bool:
    written = False
    for entry in texts:
        code, row = entry.section.code, stored.texts.get(entry.section.pk)
        if entry.same_as(row):
            outcome.texts[code] = row.revision if row else 0
        elif row is not None and row.revision != entry.base_revision:
            outcome.their_texts[code] = row
        else:
            row = filling.write_text(
                edition, entry.section, row, text=entry.text, done=entry.done, actor=actor, at=outcome.at
            )
            outcome.texts[code] = row.revision
            written = True
    return written


def _write_figures(edition, stored: _Stored, figures, outcome: Outcome, actor) -> bool:
    changed, theirs = filling.compare(figures, stored.figures)
    rows = filling.write_figures(
        edition, changed, stored.figures, actor=actor, at=outcome.at, source=FigureSource.OWN
    )
    now = stored.figures | rows
    outcome.figures = {pk: now[pk].revision if pk in now else 0 for pk in figures if pk not in theirs}
    outcome.their_figures = _with_names(theirs)
    return bool(rows)


def _with_names(theirs: Mapping[int, Figure]) -> dict[int, Figure]:
    """The figures with who saved them; one query, none where there are none."""
    if not theirs:
        return {}
    people = User.objects.in_bulk({figure.updated_by_id for figure in theirs.values()})
    for figure in theirs.values():
        figure.updated_by = people[figure.updated_by_id]
    return dict(theirs)


def _replay(receipt: SaveReceipt, stored: _Stored, texts, figures) -> Outcome:
    """The answer of the save that was made under this key; what it did not save stands against what is stored."""
    answer = receipt.answer
    outcome = Outcome(datetime.fromisoformat(answer["at"]), dict(answer["texts"]))
    outcome.figures = {int(pk): revision for pk, revision in answer["figures"].items()}
    outcome.their_texts = {
        entry.section.code: stored.texts[entry.section.pk]
        for entry in texts
        if entry.section.code not in outcome.texts and entry.section.pk in stored.texts
    }
    theirs = {pk: stored.figures[pk] for pk in figures if pk not in outcome.figures and pk in stored.figures}
    outcome.their_figures = _with_names(theirs)
    return outcome
