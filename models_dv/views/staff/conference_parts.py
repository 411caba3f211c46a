"""The parts of a conference: people, papers, photos, difficulties, conclusions, awards. One page a part.

Each page lists its rows and, for who keeps the unit's conferences, takes one more; a row is mended on its
own page, moved and taken away by buttons. What differs between the parts stands in ``PARTS``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from models_dv.domain import (
    conclusions,
    conference_days,
    conference_files,
    conference_people,
    conferences,
    difficulties,
)
from models_dv.domain.changes import fingerprint
from models_dv.errors import ExpectedError, NotAllowed, StaleObject
from models_dv.forms.conference_rows import ConclusionForm, DifficultyForm
from models_dv.forms.conferences import AwardForm, PaperForm, PersonForm, PhotoForm, RowForm
from models_dv.models import Conference, ConferenceAward, Difficulty
from models_dv.permissions import may_keep
from models_dv.views.files import answers_uploads
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.conferences import NAV, visible_conference
from models_dv.views.staff.refusals import refusals_as_page


@dataclass(frozen=True)
class Part:
    """One part: its address and words, its rows, its form, and the domain's verbs over it.

    ``add(conference, form, actor)`` gives the new row, or a list of several; ``change(row, form, actor)``,
    ``remove(row, actor)``, ``move(row, up, actor)``. A part whose order is fixed has no ``move``.
    """

    code: str
    title: str
    noun: str
    form: type[RowForm]
    rows: Callable
    add: Callable
    change: Callable
    remove: Callable
    move: Callable | None = None
    takes_files: bool = False

    @property
    def can_move(self) -> bool:
        """Whether its rows have an order that a person decides."""
        return self.move is not None

    def url(self, conference: Conference) -> str:
        """The page of the part."""
        return reverse("staff:conference_part", args=[conference.pk, self.code])


def _add_person(conference, form, actor):
    return conference_people.add_person(conference, actor=actor, **form.values)


def _change_person(row, form, actor):
    return conference_people.change_person(row, seen=form.seen_code, actor=actor, **form.values)


def _add_paper(conference, form, actor):
    return conference_files.add_paper(conference, form.cleaned_data["file"], form.values, actor=actor)


def _add_photo(conference, form, actor):
    return conference_files.add_photo(conference, form.cleaned_data["file"], form.values, actor=actor)


def _change_file(row, form, actor):
    return conference_files.change_file(row, form.values, seen=form.seen_code, actor=actor)


def _add_difficulty(conference, form, actor):
    row = Difficulty(conference=conference, unit=conference.unit)
    return difficulties.save_difficulty(row, actor=actor, **form.values)


def _change_difficulty(row, form, actor):
    return difficulties.save_difficulty(row, seen=form.seen_code, actor=actor, **form.values)


def _add_conclusions(conference, form, actor):
    heading = form.cleaned_data["heading"]
    return conclusions.add_conclusions(conference, texts=form.texts, heading=heading, actor=actor)


def _change_conclusion(row, form, actor):
    return conclusions.change_conclusion(row, seen=form.seen_code, actor=actor, **form.values)


def _add_award(conference, form, actor):
    return conferences.save_award(ConferenceAward(conference=conference), form.values, actor=actor)


def _change_award(row, form, actor):
    return conferences.save_award(row, form.values, seen=form.seen_code, actor=actor)


PARTS = {
    part.code: part
    for part in (
        Part(
            "nguoi-du",
            "Người dự",
            "người dự",
            PersonForm,
            lambda conference: conference.people.select_related("official"),
            _add_person,
            _change_person,
            lambda row, actor: conference_people.remove_person(row, actor=actor),
            lambda row, up, actor: conference_people.move_person(row, up=up, actor=actor),
        ),
        Part(
            "tai-lieu",
            "Tài liệu",
            "tài liệu",
            PaperForm,
            lambda conference: conference.papers.all(),
            _add_paper,
            _change_file,
            lambda row, actor: conference_files.remove_file(row, actor=actor),
            takes_files=True,
        ),
        Part(
            "anh",
            "Ảnh",
            "ảnh",
            PhotoForm,
            lambda conference: conference.photos.all(),
            _add_photo,
            _change_file,
            lambda row, actor: conference_files.remove_file(row, actor=actor),
            lambda row, up, actor: conference_files.move_photo(row, up=up, actor=actor),
            takes_files=True,
        ),
        Part(
            "vuong-mac",
            "Khó khăn, vướng mắc",
            "khó khăn, vướng mắc",
            DifficultyForm,
            lambda conference: conference.difficulties.select_related("continues").prefetch_related("topics"),
            _add_difficulty,
            _change_difficulty,
            lambda row, actor: difficulties.remove_difficulty(row, actor=actor),
        ),
        Part(
            "ket-luan",
            "Kết luận",
            "kết luận",
            ConclusionForm,
            lambda conference: conference.conclusions.prefetch_related("tasks"),
            _add_conclusions,
            _change_conclusion,
            lambda row, actor: conclusions.remove_conclusion(row, actor=actor),
            lambda row, up, actor: conclusions.move_conclusion(row, up=up, actor=actor),
        ),
        Part(
            "khen-thuong",
            "Khen thưởng",
            "khen thưởng",
            AwardForm,
            lambda conference: conference.awards.all(),
            _add_award,
            _change_award,
            lambda row, actor: conferences.remove_award(row, actor=actor),
        ),
    )
}


def known_part(code: str) -> Part:
    """The part at an address; Http404 for another word."""
    if code not in PARTS:
        raise Http404
    return PARTS[code]


@require_http_methods(["GET", "HEAD", "POST"])
@answers_uploads
@refusals_as_page(NAV)
def conference_part(request, pk, part):
    """The rows of a part; POST takes one more."""
    part, conference = known_part(part), visible_conference(request.user, pk)
    form = part.form(conference=conference)
    if request.method == "POST":
        conferences.require_keeper(conference, request.user)
        form = part.form(request.POST, request.FILES, conference=conference)
        if form.is_valid():
            try:
                added = part.add(conference, form, request.user)
            except ExpectedError as error:
                say(form, error)
            else:
                messages.success(request, f"Đã thêm {_in_words(part, added)}")
                return redirect(part.url(conference))
    return show_part(request, part, conference, form)


def show_part(request, part: Part, conference: Conference, form: RowForm):
    """The page of a part; without a form for who only reads, and for signed conclusions."""
    notice = conclusions.notice_of(conference) if part.code == "ket-luan" else None
    is_keeper = may_keep(request.user, conference.unit_id)
    rows = list(part.rows(conference))
    if part.code == "nguoi-du":
        held = conference_days.told_otherwise(conference, rows)
        for row in rows:
            row.told_otherwise, row.held = row.pk in held, held.get(row.pk, "")
    context = {
        "nav": NAV,
        "conference": conference,
        "part": part,
        "parts": list(PARTS.values()),
        "rows": rows,
        "form": form,
        "is_keeper": is_keeper,
        "notice": notice,
        "is_signed": notice is not None and notice.is_signed,
        "may_write": is_keeper and not (notice is not None and notice.is_signed),
        "may_sign": conclusions.may_sign(request.user, conference),
        "may_reopen": conclusions.may_reopen(request.user, conference),
    }
    template = f"staff/conferences/{part.code}.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _in_words(part: Part, added) -> str:
    """“kết luận: Tổ chức đối thoại…”, “5 kết luận”."""
    rows = added if isinstance(added, list) else [added]
    return f"{len(rows)} {part.noun}" if len(rows) > 1 else f"{part.noun}: {shortened(rows[0])}"


def shortened(row) -> str:
    """The row in a few words, for a message."""
    text = str(row)
    return text if len(text) <= 80 else f"{text[:80].rsplit(' ', 1)[0]}…"


def row_of(part: Part, conference: Conference, row: int):
    """A row of the part; Http404 where the conference has none of this number."""
    found = get_object_or_404(part.rows(conference), pk=row)
    found.conference = conference
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conference_row(request, pk, part, row):
    """Sửa one row; what somebody else changed meanwhile is said, and everything typed stays."""
    part, conference = known_part(part), visible_conference(request.user, pk)
    conferences.require_keeper(conference, request.user)
    found = row_of(part, conference, row)
    form = part.form(posted(request), conference=conference, row=found)
    if request.method == "POST" and form.is_valid():
        try:
            part.change(found, form, request.user)
        except ExpectedError as error:
            say(form, error)
            if isinstance(error, StaleObject):
                go_on_from(form, row_of(part, conference, row))
        else:
            messages.success(request, f"Đã lưu {part.noun}.")
            return redirect(part.url(conference))
    context = {"nav": NAV, "conference": conference, "part": part, "row": found, "form": form}
    return render(request, "staff/conferences/row.html", context, status=422 if form.errors else 200)


def go_on_from(form: RowForm, stored) -> None:
    """Let the next save of the form count from what is stored now."""
    form.data = form.data.copy()
    form.data["seen"] = fingerprint(stored)


@require_POST
@refusals_as_page(NAV)
def conference_row_remove(request, pk, part, row):
    """Gỡ one row."""
    part, conference = known_part(part), visible_conference(request.user, pk)
    conferences.require_keeper(conference, request.user)
    found = row_of(part, conference, row)
    words = shortened(found)
    try:
        part.remove(found, request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Đã gỡ {part.noun}: {words}")
    return redirect(part.url(conference))


@require_POST
@refusals_as_page(NAV)
def conference_row_move(request, pk, part, row):
    """Lên, xuống one place (“huong”)."""
    part, conference = known_part(part), visible_conference(request.user, pk)
    if part.move is None:
        raise Http404
    conferences.require_keeper(conference, request.user)
    found = row_of(part, conference, row)
    try:
        part.move(found, request.POST.get("huong") == "len", request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    return redirect(f"{part.url(conference)}#dong-{row}")
