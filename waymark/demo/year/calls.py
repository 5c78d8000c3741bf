"""What agents and advisers do on the telephone before an interview is settled."""

from dataclasses import replace
from typing import Any

from waymark.demo.year.booking import OPEN, book, first_day, open_interviews, take_one, times_for
from waymark.demo.year.day import Day
from waymark.demo.year.talking import FIRST_CONTACT, hear, story_for, wish_of
from waymark.interviews import verbs
from waymark.interviews.diary.rules import Slot
from waymark.interviews.models import HelpToAttend, Interview
from waymark.interviews.series import before
from waymark.interviews.verbs import Wish
from waymark.kernel.working_days import add_working_days
from waymark.organisations.models import Post
from waymark.worklist.models import Task

NOBODY = ("no_answer", "no_answer", "left_message", "engaged", "third_party")
WORRIES = ("benefit_stopped", "forced_to_work", "getting_there", "privacy")


def interview_of(task: Task, *states: str) -> Interview | None:
    """The interview a task is about: the claim's one that is open."""
    return open_interviews.first(task.claim_id, states or OPEN)


def first_call(task: Task, day: Day) -> None:
    """Reached: the whole conversation, up to the decision. Not reached: the next call is set."""
    interview, agent = interview_of(task, "due"), day.agent()
    if interview is None:
        return
    if not day.chance(day.rates.reached):
        day.do(verbs.attempt_call, interview, outcome=day.random.choice(NOBODY), by=agent)
        return
    talk_and_decide(day, interview, agent)


def talk_and_decide(day: Day, interview: Interview, agent: Post) -> None:
    claim, story = interview.claim, story_for(day, interview.claim)
    talk = day.do(verbs.start_conversation, interview, direction="out", by=agent)
    if talk is None:
        return
    wanted = not story.in_days
    heard = hear(day, claim, story, wants_interview=wanted)
    day.do(verbs.answer, talk, heard.given, by=agent)
    if day.chance(0.01):
        day.do(verbs.consult, talk, "Would you put this off?", by=agent)
    day.do(verbs.explain_support, talk, ["better_off"], by=agent)
    day.do(verbs.offer_interview, talk, wanted=wanted, by=agent)
    view: dict[str, Any] = dict(heard.view)
    day.do(verbs.give_view, talk, by=agent, **view)
    if day.chance(0.01):
        day.do(verbs.break_off, talk, why="The line went dead.", by=agent)
        return
    talk.refresh_from_db()
    wish = wish_of(day, claim, heard.advice)
    if wish.choice != "book":
        day.do(verbs.decide, talk, wish, by=agent)
        return

    def decide_at(slot: Slot, **said: Any) -> object:
        return verbs.decide(talk, replace(wish, slot=slot), **said)

    slots = times_for(day, interview, first=first_day(day, interview))
    if take_one(day, slots, decide_at, by=agent) is None:
        day.do(verbs.decide, talk, wish, by=agent)


def finish_call(task: Task, day: Day) -> None:
    """A conversation that broke off is begun anew, and goes on where it was."""
    interview = interview_of(task, "due")
    if interview is not None and day.chance(day.rates.reached):
        talk_and_decide(day, interview, day.agent())


def letter_instead(task: Task, day: Day) -> None:
    """Nobody answered: a time is chosen, and a letter tells it."""
    interview = interview_of(task, "due", "deferred")
    if interview is None:
        return
    by = day.owner(task)
    notice = day.rules(interview.claim).value("timings.notice_of_appointment_working_days")
    first = add_working_days(day.on, notice + 1, day.holidays)
    take_one(day, times_for(day, interview, first=first), verbs.book_by_letter, interview, by=by)


def find_time(task: Task, day: Day) -> None:
    interview = interview_of(task, "due")
    if interview is None:
        return
    made = book(day, interview, day.owner(task))
    if made is not None and day.chance(day.rates.help_to_come):
        kind = day.random.choice(["childcare", "travel"])
        day.do(before.ask_for_help, interview, kind=kind, words="Asked when booking.", by=day.owner(task))


def find_time_at_home(task: Task, day: Day) -> None:
    interview = interview_of(task, "due", "deferred")
    if interview is not None:
        book(day, interview, day.adviser_owning(task), mode="home")


def pre_call(task: Task, day: Day) -> None:
    """The call before the letter (E:L389): reached, another try, or the letter after several."""
    interview, by = interview_of(task, "due"), day.adviser_owning(task)
    if interview is None:
        return
    needed = day.rules(interview.claim).value("series.pre_call_attempts")
    if day.chance(day.rates.call_left_out):
        said = day.do(before.note_pre_call, interview, result="left_out", reason="not_useful", by=by)
    elif day.chance(day.rates.reached):
        worries = {day.random.choice(WORRIES): day.chance(0.8)} if day.chance(0.2) else {}
        said = day.do(
            before.note_pre_call,
            interview,
            result="reached",
            understood="yes" if day.chance(0.9) else "unsure",
            concerns=worries,
            gentle=day.chance(day.rates.gentle),
            by=by,
        )
    elif interview.call_attempts.count() < needed:
        day.do(before.attempt_pre_call, interview, outcome=day.random.choice(NOBODY), by=by)
        return
    else:
        said = day.do(before.note_pre_call, interview, result="unreachable", reason="no_answer", by=by)
    if said is not None:
        settle_before_letter(day, interview, by, talked=said.result == "reached")


def settle_before_letter(day: Day, interview: Interview, by: Post, *, talked: bool) -> None:
    """Booked on the telephone, or put off before the first letter where the customer's circumstances ask for it."""
    story = story_for(day, interview.claim) if talked else None
    if story is not None and story.in_days:
        heard = hear(day, interview.claim, story, wants_interview=False)
        wish: Wish = wish_of(day, interview.claim, heard.advice)
        if wish.choice != "book":
            day.do(
                verbs.decide_again,
                interview,
                wish,
                stage="before_interview",
                given=heard.given,
                table=FIRST_CONTACT,
                words=story.note or "As the customer told on the telephone.",
                view=heard.view,
                by=by,
            )
            return
    book(day, interview, by)


def arrange_help(task: Task, day: Day) -> None:
    by = day.adviser_owning(task)
    for asked in HelpToAttend.objects.filter(interview__claim=task.claim_id, arranged_on=None):
        day.do(before.arrange_help, asked, arrangement="Arranged and told on the telephone.", by=by)


def answer_question(task: Task, day: Day) -> None:
    question = getattr(task, "question", None)
    if question is not None:
        day.do(verbs.answer_question, question, "Ask when it will be over.", by=day.leader())


def check(task: Task, day: Day) -> None:
    """A second person looks: mostly agrees (D:L610-624)."""
    made = getattr(task, "check_made", None)
    if made is None or made.state == "asked_back":
        return
    by = day.leader() if task.team.kind == "leaders" else day.manager(task.claim)
    if made.question == "" and day.chance(day.rates.asked_back):
        day.do(verbs.ask_back, made, "How long will it take?", by=by)
    elif day.chance(day.rates.reversed):
        day.do(verbs.reverse, made, words="The customer could come all the same.", by=by)
    elif day.do(verbs.agree, made, knows_wishes=True, by=by) is None:
        # A proposal that has waited past its day is not agreed to any more.
        day.do(verbs.reverse, made, words="The day proposed has come.", by=by)


def answer_check(task: Task, day: Day) -> None:
    for made in _asked_back(task):
        day.do(verbs.answer_check, made, "As the customer said.", by=day.owner(task))


def _asked_back(task: Task) -> list[object]:
    found = Interview.objects.filter(claim=task.claim_id).prefetch_related("decisions__check_made")
    decisions = [decision for interview in found for decision in interview.decisions.all()]
    return [
        d.check_made for d in decisions if hasattr(d, "check_made") and d.check_made.state == "asked_back"
    ]
