"""A block pasted into the table of figures: which cells it fills; nothing is saved by asking."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from reports import permissions
from reports.domain.known_outlines import known_outline
from reports.enums import FIGURES_PART
from reports.forms.autosave import UnreadableSave, read_pasted_block
from reports.forms.figures import Typed
from reports.importers.figure_grid import IndicatorNames
from reports.importers.pasted_figures import read_pasted
from reports.views.staff.autosave import REFUSED, in_json, said
from reports.views.staff.base import edition_to_write, why_locked
from reports.views.staff.figure_rows import given_of

#: A list of more lines would push the table out of sight.
MOST_SHOWN = 8


@require_POST
@in_json
def paste_figures(request, pk):
    """{"text": the block, "at": code of the cell} → {"cells": by code, "left": what was not taken, and why}."""
    edition = edition_to_write(request.user, pk, FIGURES_PART, for_page=False)
    permissions.require_writer(request.user, edition.report, FIGURES_PART)
    try:
        text, at = read_pasted_block(request.body)
    except UnreadableSave as error:
        return said(REFUSED, str(error), 400)
    locked = why_locked(request.user, edition, FIGURES_PART)
    if locked:
        return said(REFUSED, locked, 409)
    report = edition.report
    outline = known_outline(report.round.outline_version)
    names = IndicatorNames(outline.indicators, report.level, report.round.period.year)
    asked = [i for i in given_of(edition, outline.indicators) if i.is_typed and i.for_level(report.level)]
    pasted = read_pasted(text, names, asked, at)
    cells = {code: Typed.of(entry) for code, entry in pasted.entries.items()}
    return JsonResponse(
        {
            "cells": {
                code: {"value": t.value, "state": t.state, "note": t.note} for code, t in cells.items()
            },
            "left": [pasted.problem] if pasted.problem else _shown(pasted.left),
        }
    )


def _shown(left: list[str]) -> list[str]:
    more = len(left) - MOST_SHOWN
    return [*left[:MOST_SHOWN], f"{more} dòng khác cũng không dán được."] if more > 0 else left
