"""While an award runs: what was seen, what changed, and when it stops. Nothing is ever taken back by itself."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from waymark.awards import access
from waymark.awards.advice import Advised, Had, advise, had_of
from waymark.awards.enums import (
    AWARD_LIFE,
    HOLDING,
    WEEKLY,
    Advice,
    AwardKind,
    AwardState,
    ChangeKind,
    EntryKind,
)
from waymark.awards.models import Award, AwardEvidence, Change, Entry, Fund, Instalment
from waymark.awards.rules import Part, pounds, settle, weeks_due
from waymark.awards.verbs.common import (
    answers_of,
    finish,
    keep_answers,
    lock_award,
    note,
    others_open,
    reason_named,
    rules_for,
    tell,
)
from waymark.awards.verbs.waiting import shown_again
from waymark.kernel.clock import day_of, words
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.record.enums import Happened
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task

CODES = {
    ChangeKind.JOB_ENDED: "job_ended",
    ChangeKind.ACTIVITY_ENDED: "activity_ended",
}
ENDS = frozenset({ChangeKind.JOB_ENDED, ChangeKind.ACTIVITY_ENDED})
NOTHING_TAKEN = (
    "Nothing is taken back by this letter. If anything is to be said about it, we talk with you first."
)


@transaction.atomic
def see_evidence(
    award: Award, kind: str, *, on: date, words_about: str = "", by: Post, now: datetime
) -> AwardEvidence:
    """Something was seen for an award: a pay slip, a receipt. What shows that it goes on lets its payments go."""
    award = lock_award(award)
    insist(access.may_show(award, by))
    rules = rules_for(award.claim, day_of(now))
    reason = reason_named(rules, "award_evidence", kind, award.kind)
    if on > day_of(now):
        raise Refused("seen_later", "That day has not come yet.", "Give the day on which it was seen.")
    seen, made = AwardEvidence.objects.get_or_create(
        award=award,
        kind=reason.code,
        seen_on=on,
        defaults={"words": words_about.strip()[:300], "seen_by": by},
    )
    if not made:
        raise Refused("seen_already", "That was seen on that day already.")
    freed = shown_again(award, by=by, now=now) if reason.yes("shows_it_goes_on") else 0
    note(Happened.AWARD_EVIDENCE_SEEN, award, by=by, now=now, what=reason.title, freed=freed)
    return seen


def advise_on_change(award: Award, given: Mapping[str, str], on: date) -> Advised:
    """What the tables say of a running award with new answers, as if it did not run itself."""
    claim, kind = award.claim, AwardKind(award.kind)
    others = list(Award.objects.filter(claim__customer=claim.customer_id).exclude(pk=award.pk))
    had: Had = had_of(claim.customer_id, others)
    return advise(
        kind,
        claim,
        {**answers_of(claim), **given},
        had,
        rules_for(claim, on),
        on,
    )


@transaction.atomic
def note_change(
    award: Award,
    kind: ChangeKind,
    *,
    effective_on: date,
    given: Mapping[str, str] | None = None,
    goes_on: bool,
    stop_code: str = "",
    words_about: str = "",
    why: str = "",
    by: Post,
    now: datetime,
) -> Award:
    """The job or the activity has changed from a day on. The tables advise; `goes_on` is what a person decides.

    effective_on: the first day of the change. given: the new answers, such as hours. Another decision than
    advised needs `why`. When it does not go on, it stops with the day before as its last.
    """
    award = lock_award(award)
    insist(access.may_change(award, by))
    on = day_of(now)
    if award.state not in HOLDING:
        raise Refused("not_agreed_yet", "Nobody has agreed to it yet.", "It is agreed to first, or declined.")
    advised = advise_on_change(award, given or {}, on)
    against = kind in ENDS or (advised.settled and advised.advice == Advice.NO)
    if goes_on == against and not why.strip():
        raise Refused(
            "other_than_advised",
            "The rules advise otherwise."
            if kind in ENDS
            else f"The rules advise otherwise: {advised.because}",
            "Say why this customer is another case.",
        )
    keep_answers(award.claim, given or {}, job_ref=award.job_ref, by=by, now=now)
    Change.objects.create(
        award=award,
        kind=kind,
        effective_on=effective_on,
        words=words_about.strip()[:300],
        advised=advised.advice if advised.settled and kind not in ENDS else "",
        because="" if kind in ENDS else advised.because[:300],
        goes_on=goes_on,
        why=why.strip()[:300],
        noted_by=by,
        noted_at=now,
    )
    finish(award, TaskKind.AWARD_CHANGE, origin=Happened.AWARD_CHANGED, by=by, now=now)
    if goes_on:
        note(
            Happened.AWARD_CHANGED,
            award,
            by=by,
            now=now,
            why=why.strip(),
            change=kind.value,
            since=effective_on.isoformat(),
        )
        return award
    code = stop_code or CODES.get(kind, "")
    return _stop(award, code, _day_before(effective_on), words_about, by, now)


@transaction.atomic
def stop(award: Award, code: str, *, last_day: date, words_about: str = "", by: Post, now: datetime) -> Award:
    """Stop an award with `last_day` as its last. What was paid beyond it is said plainly, and nothing more."""
    award = lock_award(award)
    insist(access.may_change(award, by))
    return _stop(award, code, last_day, words_about, by, now)


@transaction.atomic
def talk_about_end(award: Award, *, words_about: str, by: Post, now: datetime) -> Award:
    """Somebody has talked with the customer about what comes after an award; its task is done."""
    award = lock_award(award)
    insist(access.may_decide(award.claim, by))
    said = words_about.strip()
    if not said:
        raise Refused("no_words", "It is not said what was talked about.", "Write it in a few words.")
    tasks = Task.objects.filter(claim=award.claim_id, kind=TaskKind.AWARD_ENDING, closed_at=None)
    for asked in tasks.select_related("claim"):
        if not others_open(asked):
            raise Refused(
                "only_next_step",
                "This is the only next step of the claim; without it the customer would be lost.",
                "Say what comes next first, with a promise or a task.",
            )
        close_task(asked, outcome=Outcome.DONE, by=by, now=now)
    note(Happened.AWARD_END_TALKED, award, by=by, now=now, why=said)
    return award


def stop_with_claim(award: Award, code: str, *, by: Post | None, now: datetime) -> Award:
    """The claim an award goes with has ended; called in the transaction that ends it. `code` is the pack's."""
    award = lock_award(award)
    last = award.claim.ended_on or day_of(now)
    if award.starts_on is not None and last < award.starts_on:
        last = _day_before(award.starts_on)
    if award.until is not None:
        last = min(last, award.until)
    return _stop(award, code, last, "", by, now)


def stop_with_job(award: Award, *, last_day: date, by: Post | None, now: datetime) -> Award:
    """The job an award goes with has ended; called in the transaction that notes it."""
    return _stop(lock_award(award), "job_ended", last_day, "", by, now)


def _stop(award: Award, code: str, last_day: date, words_about: str, by: Post | None, now: datetime) -> Award:
    rules = rules_for(award.claim, day_of(now))
    reason = reason_named(rules, "award_stopped", code, award.kind)
    if award.state == AwardState.PROPOSED:
        raise Refused("not_agreed_yet", "Nobody has agreed to it yet.", "Decline it instead.")
    if award.until is not None and last_day > award.until:
        raise Refused(
            "ends_before", "It ends before that day anyway.", f"Give a day before {words(award.until)}."
        )
    AWARD_LIFE.insist(award.state, AwardState.STOPPED)
    award.overpaid_pence = _settle(award, last_day, by, now)
    if award.kind in WEEKLY and award.starts_on is not None:
        award.weeks = weeks_due(award.starts_on, last_day, award.weeks)
    award.state, award.ended_on = AwardState.STOPPED, last_day
    award.stopped_code, award.stopped_words, award.stopped_by = reason.code, words_about.strip()[:300], by
    award.save(
        update_fields=[
            "state",
            "ended_on",
            "weeks",
            "stopped_code",
            "stopped_words",
            "stopped_by",
            "overpaid_pence",
        ]
    )
    finish(award, TaskKind.AWARD_EVIDENCE, origin=Happened.AWARD_STOPPED, by=by, now=now)
    if reason.yes("tells"):
        _tell_stopped(award, reason, last_day, by, now)
    note(
        Happened.AWARD_STOPPED,
        award,
        by=by,
        now=now,
        why=award.stopped_words,
        reason=reason.title,
        last_day=last_day.isoformat(),
        overpaid=award.overpaid_pence,
    )
    return award


def _settle(award: Award, last_day: date, by: Post | None, now: datetime) -> int:
    """Cut or drop what is not paid; gives back to the fund what was not used. Says what was paid too much."""
    rows = list(award.instalments.select_for_update().order_by("number"))
    # What is left is for days that somebody has looked at now: it waits no longer.
    award.instalments.filter(held_at__isnull=False).update(held_at=None, held_because="")
    if award.kind in WEEKLY:
        parts = [Part(r.number, r.covers_from, r.covers_until, r.due_on, r.pence) for r in rows]
        paid = {row.number for row in rows if row.batch_id}
        settled = settle(parts, paid, last_day, award.weekly_pence)
        for number, until, pence in settled.shortened:
            Instalment.objects.filter(award=award, number=number).update(covers_until=until, pence=pence)
        Instalment.objects.filter(award=award, number__in=settled.dropped).update(dropped_at=now)
        return settled.overpaid
    return _settle_fund(award, rows, by, now) if award.kind == AwardKind.DISCRETION_FUND else 0


def _settle_fund(award: Award, rows: list[Instalment], by: Post | None, now: datetime) -> int:
    if any(row.batch_id for row in rows):
        return award.amount_pence
    Instalment.objects.filter(award=award).update(dropped_at=now)
    promised = award.entries.get(kind=EntryKind.PROMISED)
    fund = Fund.objects.get(pk=promised.fund_id)
    Entry.objects.create(
        fund=fund, kind=EntryKind.GIVEN_BACK, pence=award.amount_pence, award=award, by=by, at=now
    )
    return 0


def _tell_stopped(award: Award, reason: Reason, last_day: date, by: Post | None, now: datetime) -> None:
    said = {
        "award_name": AwardKind(award.kind).label,
        "effective_date": last_day,
        "reason": reason.columns["letter_words"],
        "paid_words": paid_words(award),
        "ask_again_words": "If you get another job, or things change, ask us again: you are welcome.",
    }
    tell(award.claim, NoticeKind.AWARD_STOPPED, said, by=by or award.decided_by, now=now)


def paid_words(award: Award) -> str:
    """What has been paid and what becomes of it, said plainly to the customer."""
    if award.kind == AwardKind.PERMITTED_WORK:
        return "There is nothing to pay back."
    rows = award.instalments.filter(dropped_at=None)
    paid = sum(row.pence for row in rows if row.batch_id)
    to_come = sum(row.pence for row in rows if not row.batch_id)
    said = [f"We have paid you {pounds(paid)}." if paid else "Nothing has been paid yet."]
    if to_come:
        said.append(f"You still get {pounds(to_come)}.")
    if award.overpaid_pence:
        said.append(f"{pounds(award.overpaid_pence)} of it was for the time after that. {NOTHING_TAKEN}")
    elif not to_come:
        said.append("There is nothing more to come.")
    return " ".join(said)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
