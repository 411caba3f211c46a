"""Where tasks come from, as kinds that can be named, filtered and led back to.

Conclusions of conferences and tasks given by hand stand here; the app above adds its own kind when it is
ready (``add_source``), so that nothing here knows of it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Q

from models_dv.models import Conference, Task

BY_HAND = "truc-tiep"
BY_HAND_WORDS = "Giao trực tiếp"


@dataclass(frozen=True)
class SourceLink:
    """A source in words; ``url`` is empty where the person may not open it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class TaskSource:
    """One kind. ``tasks``: the condition for its tasks; ``texts``: {task id: words} of those among the tasks
    given (one query at most); ``link``: the source of one task for a person, None where it is of another kind.
    """

    key: str
    label: str
    tasks: Callable[[], Q]
    texts: Callable[[Collection[Task]], dict[int, str]]
    link: Callable[[Task, object], SourceLink | None]


_sources: dict[str, TaskSource] = {}


def add_source(source: TaskSource) -> None:
    """Make a kind known; once a key."""
    _sources[source.key] = source


def choices() -> list[tuple[str, str]]:
    """(key, label) of every kind, for a filter."""
    return [*((source.key, source.label) for source in _sources.values()), (BY_HAND, BY_HAND_WORDS)]


def of_kind(key: str) -> Q:
    """The condition for tasks of one kind; by hand is whatever is of no other."""
    if key in _sources:
        return _sources[key].tasks()
    condition = Q()
    for source in _sources.values():
        condition &= ~source.tasks()
    return condition


def texts(tasks: Collection[Task]) -> dict[int, str]:
    """{task id: where it comes from, in words}; a query for each kind that needs one."""
    found = {task.pk: BY_HAND_WORDS for task in tasks}
    for source in _sources.values():
        found.update(source.texts(tasks))
    return found


def link_of(task: Task, user) -> SourceLink:
    """Where one task comes from, with the way back for who may go it."""
    for source in _sources.values():
        link = source.link(task, user)
        if link:
            return link
    return SourceLink(BY_HAND_WORDS)


# --- conclusions -------------------------------------------------------------------------------------


def _conclusion_texts(tasks: Collection[Task]) -> dict[int, str]:
    """The tasks carry ``conclusion__conference``: no query."""
    return {task.pk: f"Kết luận: {task.conclusion.conference.title}" for task in tasks if task.conclusion_id}


def _conclusion_link(task: Task, user) -> SourceLink | None:
    if not task.conclusion_id:
        return None
    conference = task.conclusion.conference
    may_open = Conference.objects.visible_to(user).filter(pk=conference.pk).exists()
    return SourceLink(f"Kết luận: {conference.title}", conference.get_absolute_url() if may_open else "")


add_source(
    TaskSource(
        "ket-luan",
        "Kết luận hội nghị",
        lambda: Q(conclusion__isnull=False),
        _conclusion_texts,
        _conclusion_link,
    )
)
