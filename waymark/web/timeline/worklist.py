"""What is noted about tasks."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because
from waymark.worklist.enums import TaskKind
from waymark.worklist.rules import TO_MANAGER


def _task(told: Told) -> str:
    label = told.word("task", TaskKind)
    return label[:1].lower() + label[1:]


def task_taken(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s took the task “%(task)s”."), task=_task(told)))


def task_given(told: Told) -> Sentence:
    return Sentence(
        told.say(_("%(who)s gave the task “%(task)s” to %(to)s."), task=_task(told), to=told.get("to"))
    )


def task_moved(told: Told) -> Sentence:
    said = _("%(who)s moved the task “%(task)s” from %(old)s to %(new)s")
    words = {"task": _task(told), "old": told.day("old"), "new": told.day("new")}
    return Sentence(because(told.say(said, **words), told.why))


def task_escalated(told: Told) -> Sentence:
    to = _("the manager") if told.number("level") >= TO_MANAGER else _("the team leader")
    said = _("The task “%(task)s”, due on %(day)s, is late and was raised to %(to)s.")
    return Sentence(told.say(said, task=_task(told), day=told.day("due"), to=to))


def work_handed_over(told: Told) -> Sentence:
    n = told.number("tasks")
    said = ngettext(
        "%(n)d task of %(person)s went back to the team.",
        "%(n)d tasks of %(person)s went back to the team.",
        n,
    )
    return Sentence(told.say(said, n=n, person=told.get("person")))


PRESENTERS: Mapping[str, Presenter] = {
    Happened.TASK_TAKEN: task_taken,
    Happened.TASK_GIVEN: task_given,
    Happened.TASK_MOVED: task_moved,
    Happened.TASK_ESCALATED: task_escalated,
    Happened.WORK_HANDED_OVER: work_handed_over,
}
