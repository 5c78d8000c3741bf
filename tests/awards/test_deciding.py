"""A person decides, with reasons; limits hold whatever is decided; a second person agrees where it is asked for."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.awards.making import (
    CREDIT,
    DAY,
    JOB,
    NOW,
    PERMITTED,
    PREMIUM,
    SMALL_JOB,
    ask_fund,
    claim_in,
    credit,
    fund,
    give,
    know,
    later,
    seen,
)
from waymark.awards import verbs
from waymark.awards.enums import Answer, AwardState, EntryKind
from waymark.awards.models import Award, Entry, Offer
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.enums import Role
from waymark.programme.models import LocalSetting
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
PREPARING = {"preparing_for_work": "yes", "preparing_agreed": "yes"}


def refused(code):
    return pytest.raises(Refused, check=lambda e: e.code == code)


def letters(claim):
    return list(Notice.objects.filter(claim=claim).values_list("kind", flat=True))


def test_a_credit_as_advised_holds_at_once_and_the_customer_is_told(paying, place):
    claim = claim_in(place)
    award = credit(place, claim)
    assert award.state == AwardState.RUNNING
    assert (award.weekly_pence, award.weeks) == (4000, 52)
    assert award.until == DAY + timedelta(days=363)
    assert sum(part.pence for part in award.instalments.all()) == 208_000
    assert letters(claim) == ["award_agreed"]
    notice = Notice.objects.get(claim=claim)
    assert "£40 a week" in notice.html and "your choice" in notice.html


def test_the_decision_keeps_the_facts_the_row_and_the_version_it_rested_on(paying, place):
    award = credit(place, claim_in(place))
    assert award.row == "C080"
    assert award.facts["job_hours"] == 16
    assert award.pack.slug == "pathways-existing-2005"
    assert award.trace["table"] == "award-return-to-work-credit"


def test_one_verb_writes_one_event(paying, place):
    claim = claim_in(place)
    know(place, claim, **JOB)
    before = Event.objects.exclude(kind__startswith="notice").count()
    verbs.decide(claim, CREDIT, give(), by=place.adviser, now=NOW)
    kinds = list(
        Event.objects.exclude(kind__startswith="notice").order_by("-id").values_list("kind", flat=True)
    )
    assert len(kinds) == before + 1
    assert kinds[0] == "award_agreed"


def test_the_twenty_seventh_week_of_the_premium_is_refused(paying, place):
    """REQ-47 of report E (E:L2689-2691)."""
    claim = claim_in(place)
    know(place, claim, **PREPARING)
    with refused("too_many_weeks"):
        verbs.decide(claim, PREMIUM, give(weeks=27, purpose="training"), by=place.adviser, now=NOW)
    made = verbs.decide(claim, PREMIUM, give(weeks=26, purpose="training"), by=place.adviser, now=NOW)
    assert made.weekly_pence == 2000


def test_weeks_of_an_earlier_job_count(paying, place):
    claim = claim_in(place)
    award = credit(place, claim, weeks=40)
    verbs.stop(
        award, "job_ended", last_day=DAY + timedelta(days=7 * 30 - 1), by=place.adviser, now=later(220)
    )
    wish = give(starts_on=DAY + timedelta(days=230), weeks=23)
    with refused("too_many_weeks"):
        verbs.decide(claim, CREDIT, wish, by=place.adviser, now=later(230))
    again = verbs.decide(
        claim, CREDIT, give(starts_on=DAY + timedelta(days=230)), by=place.adviser, now=later(230)
    )
    assert again.weeks == 22


def test_the_database_refuses_more_weeks_than_there_are(paying, place):
    award = credit(place, claim_in(place), weeks=40)
    Award.objects.filter(pk=award.pk).update(state="ended", ended_on=award.until)
    copy = Award.objects.get(pk=award.pk)
    copy.pk, copy.ref, copy.state, copy.weeks = None, "WXXXXXXXXX", "running", 13
    with pytest.raises(IntegrityError, match="more weeks than there can be"), transaction.atomic():
        copy.save(force_insert=True)


def test_other_than_advised_needs_a_reason_and_then_a_second_person(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**JOB, "job_hours": "14"})
    with refused("other_than_advised"):
        verbs.decide(claim, CREDIT, give(), by=place.adviser, now=NOW)
    award = verbs.decide(
        claim,
        CREDIT,
        give(why_other="fact_not_in_questions", why="Two more hours begin next month, in writing."),
        by=place.adviser,
        now=NOW,
    )
    assert award.state == AwardState.PROPOSED
    assert award.authorise_task.kind == "agree_award"
    assert letters(claim) == []
    assert award.instalments.count() == 0


def test_a_refusal_other_than_advised_needs_a_reason_too(paying, place):
    claim = claim_in(place)
    know(place, claim, **PREPARING)
    wish = verbs.Wish(give=False, refused_code="not_yet", why="The class has not begun.")
    with refused("other_than_advised"):
        verbs.decide(claim, PREMIUM, wish, by=place.adviser, now=NOW)


def test_a_refusal_says_why_and_how_to_ask_again(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**JOB, "job_hours": "12"})
    award = verbs.decide(
        claim,
        CREDIT,
        verbs.Wish(give=False, refused_code="hours_too_few", why="Twelve hours to begin with."),
        by=place.adviser,
        now=NOW,
    )
    assert award.state == AwardState.REFUSED
    text = Notice.objects.get(claim=claim, kind="award_refused").html
    assert "16 hours a week or more" in text and "look at it again" in text
    assert verbs.decide(
        claim,
        CREDIT,
        verbs.Wish(give=False, refused_code="hours_too_few", why="Asked again."),
        by=place.adviser,
        now=later(3),
    )


def test_a_refusal_without_words_is_refused(paying, place):
    with refused("no_words"):
        verbs.decide(
            claim_in(place),
            CREDIT,
            verbs.Wish(give=False, refused_code="not_yet"),
            by=place.adviser,
            now=NOW,
        )


def test_what_the_programme_does_not_have_no_reason_can_give(paying, place):
    claim = claim_in(place, "jobcentre-plus-2002")
    know(place, claim, **JOB)
    with refused("not_in_programme"):
        verbs.decide(
            claim,
            CREDIT,
            give(why_other="customer_wishes", why="She wishes it."),
            by=place.adviser,
            now=NOW,
        )


def test_nothing_is_given_without_anything_seen(paying, place):
    claim = claim_in(place)
    know(place, claim, **JOB)
    with refused("no_evidence"):
        verbs.decide(claim, CREDIT, give(seen=()), by=place.adviser, now=NOW)


def test_evidence_of_another_kind_is_none(paying, place):
    claim = claim_in(place)
    know(place, claim, **JOB)
    with refused("no_such_reason"):
        verbs.decide(claim, CREDIT, give(seen=seen("receipt")), by=place.adviser, now=NOW)


def test_only_one_of_a_kind_runs(paying, place):
    claim = claim_in(place)
    credit(place, claim, weeks=10)
    with refused("runs_already"):
        verbs.decide(
            claim,
            CREDIT,
            give(why_other="customer_wishes", why="Asked for it."),
            by=place.adviser,
            now=NOW,
        )


def test_the_premium_after_the_fact_waits_for_a_second_person(paying, place):
    """V55: given as a reward afterwards; the guidance is not clear (E:L2699-2709)."""
    claim = claim_in(place)
    know(place, claim, **PREPARING)
    award = verbs.decide(
        claim,
        PREMIUM,
        give(starts_on=DAY - timedelta(days=30), weeks=4, purpose="starting_a_business"),
        by=place.adviser,
        now=NOW,
    )
    assert award.after_the_fact and award.state == AwardState.PROPOSED


def proposed(place):
    claim = claim_in(place)
    know(place, claim, **{**JOB, "job_hours": "15"})
    wish = give(weeks=4, why_other="customer_wishes", why="Sixteen from next month.")
    return verbs.decide(claim, CREDIT, wish, by=place.adviser, now=NOW)


def test_nobody_agrees_to_their_own_decision(paying, place):
    award = proposed(place)
    with refused("own_decision"):
        verbs.agree(award, by=place.adviser, now=later(1))


def test_a_colleague_without_the_authority_cannot_agree(paying, place):
    with refused("not_your_authority"):
        verbs.agree(proposed(place), by=place.second_adviser, now=later(1))


def test_the_second_person_agrees_and_it_holds(paying, place):
    award = verbs.agree(proposed(place), by=place.manager, now=later(1))
    assert award.state == AwardState.RUNNING
    assert award.authorised_by == place.manager
    assert Task.objects.get(pk=award.authorise_task_id).closed_at
    assert letters(award.claim) == ["award_agreed"]


def test_the_second_person_declines_with_a_reason_the_customer_is_told(paying, place):
    award = proposed(place)
    verbs.decline(
        award, refused_code="hours_too_few", why="Ask again next month.", by=place.manager, now=later(1)
    )
    award.refresh_from_db()
    assert award.state == AwardState.REFUSED
    assert letters(award.claim) == ["award_refused"]
    assert award.instalments.count() == 0


def test_the_database_refuses_an_award_nobody_authorised(paying, place):
    award = proposed(place)
    with pytest.raises(IntegrityError, match="award_was_authorised"), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(state="agreed")


def test_a_decision_is_never_rewritten(paying, place):
    award = credit(place, claim_in(place))
    with pytest.raises(Exception, match="award_stays_as_decided|Cannot"), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(weekly_pence=9900)


def test_an_agent_does_not_decide_about_money(paying, place):
    claim = claim_in(place)
    with refused("not_an_adviser"):
        verbs.decide(claim, CREDIT, give(), by=place.agent, now=NOW)


def test_an_adviser_of_elsewhere_does_not_either(paying, place):
    stranger = factories.post(Role.ADVISER, office=factories.office())
    with refused("claim_of_elsewhere"):
        verbs.decide(claim_in(place), CREDIT, give(), by=stranger, now=NOW)


def test_permitted_work_has_an_end_or_none_as_the_rules_say(paying, place):
    with_end, without = claim_in(place), claim_in(place)
    know(place, with_end, **SMALL_JOB)
    know(place, without, **{**SMALL_JOB, "job_weekly_pay": "20"})
    made = verbs.decide(with_end, PERMITTED, give(employer="Corner shop"), by=place.adviser, now=NOW)
    assert made.until == DAY + timedelta(days=52 * 7 - 1)
    open_ended = verbs.decide(without, PERMITTED, give(employer="Corner shop"), by=place.adviser, now=NOW)
    assert open_ended.until is None
    assert open_ended.instalments.count() == 0


# The fund


def test_what_is_promised_leaves_the_fund(paying, place):
    account = fund(place, 250)
    ask_fund(place, claim_in(place), 60)
    account.refresh_from_db()
    assert account.left_pence == 19_000
    assert Entry.objects.get(kind=EntryKind.PROMISED).pence == -6000


def test_a_customer_has_one_hundred_pounds_in_all(paying, place):
    """E:L369-372."""
    fund(place)
    claim = claim_in(place)
    ask_fund(place, claim, 70)
    with refused("other_than_advised"):
        ask_fund(place, claim, 31)
    with refused("over_the_limit"):
        ask_fund(place, claim, 31, why_other="customer_wishes", why="Boots.")
    assert ask_fund(place, claim, 30).amount_pence == 3000


def test_a_local_limit_allows_more_with_a_reason_and_a_second_person(paying, place):
    LocalSetting.objects.create(
        slug="pathways-existing-2005",
        key="awards.fund_limit_pounds",
        value=150,
        district_code="calder",
        valid_from=DAY,
        because="Fares are long here.",
        set_by="Rosa Finch",
        set_at=NOW,
    )
    fund(place)
    claim = claim_in(place)
    with refused("no_words"):
        ask_fund(place, claim, 120)
    made = ask_fund(place, claim, 120, above_usual_because="Safety boots and a coat.")
    assert made.state == AwardState.PROPOSED
    assert verbs.agree(made, by=place.manager, now=later(1)).state == AwardState.AGREED


def test_the_fund_cannot_give_what_it_has_not(paying, place):
    fund(place, 50)
    with refused("other_than_advised"):
        ask_fund(place, claim_in(place), 60)
    with refused("fund_has_not_enough"):
        ask_fund(place, claim_in(place), 60, why_other="customer_wishes", why="Needed.")


def test_money_can_be_put_in_and_taken_out_but_not_what_is_promised(paying, place):
    fund(place, 100)
    ask_fund(place, claim_in(place), 80)
    with refused("fund_has_not_enough"):
        verbs.change_fund(place.office, 2005, -3000, why="Needed elsewhere.", by=place.manager, now=NOW)
    after = verbs.change_fund(place.office, 2005, -2000, why="Needed elsewhere.", by=place.manager, now=NOW)
    assert after.left_pence == 0


def test_only_the_manager_of_the_office_looks_after_its_fund(paying, place):
    with refused("not_your_fund"):
        verbs.change_fund(place.office, 2005, 100, why="x", by=place.adviser, now=NOW)


# Offers


def test_declining_help_is_a_choice_and_not_mentioning_it_needs_a_reason(paying, place):
    claim = claim_in(place)
    verbs.note_offer(claim, PREMIUM, Answer.DECLINES, words="Not now.", by=place.adviser, now=NOW)
    with refused("no_such_reason"):
        verbs.note_offer(claim, PREMIUM, Answer.NOT_MENTIONED, by=place.adviser, now=NOW)
    verbs.note_offer(
        claim, CREDIT, Answer.NOT_MENTIONED, not_mentioned_because="no_time", by=place.adviser, now=NOW
    )
    assert Offer.objects.count() == 2
    assert letters(claim) == []
