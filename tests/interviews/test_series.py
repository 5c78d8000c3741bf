"""The series of interviews through the real verbs: rules.md 1 and 4, report E sections 4 and 5, report M 4."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests import factories
from tests.interviews.sitting import book, called_first, hold, sit
from waymark.interviews import daily, verbs
from waymark.interviews.enums import Capacity, Privacy
from waymark.interviews.models import Interview, Requirement
from waymark.interviews.series import verbs as series
from waymark.interviews.series.before import ask_for_help, attempt_pre_call, note_pre_call, set_preferences
from waymark.interviews.series.queries import adviser_of, way
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import LONDON, day_of
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.programme.models import LocalSetting
from waymark.worklist.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]

NOW = datetime(2006, 5, 2, 9, 30, tzinfo=LONDON)
TODAY = NOW.date()


def claim_of(place, programme, *, now=NOW, claimed_on=None, **fields):
    day = claimed_on or now.date()
    return place.claim(now=now, programme=programme, claimed_on=day, period_from=day, **fields)


def open_tasks(claim):
    return set(Task.objects.filter(claim=claim, closed_at=None).values_list("kind", flat=True))


def kinds_sent(claim):
    return list(Notice.objects.filter(claim=claim).order_by("id").values_list("kind", flat=True))


def area(place, name="first_areas"):
    LocalSetting.objects.create(
        slug="pathways-existing-2005",
        key="regime.area",
        value=name,
        office_code=place.office.code,
        valid_from=date(2005, 2, 7),
        because="One of the first three areas.",
        set_by="test",
        set_at=NOW,
    )


class TestThreeRegimes:
    def test_a_new_claim_meets_its_first_interview_about_eight_weeks_on(self, place):
        """E:L348-351: first at eight weeks, six in all."""
        interview = claim_of(place, "pathways-2003")
        found = way(interview.claim, TODAY)
        assert found.compulsory and found.total == 6 and found.counted == 0
        assert len(found.stops) == 6
        assert TODAY + timedelta(weeks=8) <= interview.due_by <= TODAY + timedelta(weeks=10)

    def test_later_ones_follow_about_every_four_weeks(self, place):
        """M:L1586-1589: five more at roughly four-week intervals."""
        found = way(claim_of(place, "pathways-2003").claim, TODAY)
        days = [stop.on for stop in found.stops]
        assert [later - earlier for earlier, later in zip(days, days[1:], strict=False)] == [
            timedelta(days=28)
        ] * 5

    def test_a_claim_of_the_two_years_before_the_pilot_is_called_in_for_up_to_three(self, place):
        """E:L5-10, E:L353: stage one, up to three."""
        area(place)
        interview = claim_of(place, "pathways-existing-2005", claimed_on=date(2002, 6, 3))
        found = way(interview.claim, TODAY)
        assert (found.compulsory, found.total) == (True, 3)
        assert open_tasks(interview.claim) == {"pre_call"}

    @pytest.mark.parametrize(
        ("claimed_on", "on", "called"),
        [
            (date(2003, 10, 26), date(2005, 3, 1), True),
            (date(2001, 10, 27), date(2005, 3, 1), True),
            (date(2001, 10, 26), date(2005, 3, 1), False),
            (date(2001, 10, 26), date(2006, 4, 3), True),
            (date(1997, 10, 26), date(2006, 4, 3), False),
            (date(2003, 10, 27), date(2006, 4, 3), False),
        ],
    )
    def test_windows_of_the_cohorts(self, place, claimed_on, on, called):
        """E:L333-337: up to two years before the pilot from February 2005, two to six years from April 2006."""
        area(place)
        now = datetime(on.year, on.month, on.day, 10, tzinfo=LONDON)
        wanted = {"programme": "pathways-existing-2005", "claimed_on": claimed_on, "period_from": claimed_on}
        claim = verbs.open_claim(
            factories.customer(added_by=place.agent),
            **wanted,
            benefit="ib",
            group="sick_or_disabled",
            office=place.office,
            route="file",
            by=place.agent,
            now=now,
        )
        assert way(claim, on).compulsory is called
        assert claim.interviews.exists() is called

    def test_the_provider_led_series_is_one_here_and_up_to_five_there(self, place):
        """P:L345-348."""
        now = datetime(2008, 2, 5, 9, 30, tzinfo=LONDON)
        interview = claim_of(place, "provider-led-2007", now=now)
        assert way(interview.claim, now.date()).total == 6

    def test_a_customer_by_choice_has_no_compulsory_interview_and_a_dated_offer_of_help(self, place):
        """M:L1589-1592: stock customers are called to nothing, and the whole range of help is theirs."""
        area(place)
        wanted = {"programme": "pathways-existing-2005", "claimed_on": date(1990, 1, 8)}
        claim = verbs.open_claim(
            factories.customer(added_by=place.agent),
            **wanted,
            period_from=date(1990, 1, 8),
            benefit="ib",
            group="sick_or_disabled",
            office=place.office,
            route="file",
            by=place.agent,
            now=NOW,
        )
        assert Requirement.objects.get(claim=claim).standing == "voluntary"
        assert open_tasks(claim) == {"follow_up"}


class TestBefore:
    @pytest.fixture
    def interview(self, place):
        area(place)
        return claim_of(place, "pathways-existing-2005", claimed_on=date(2002, 6, 3))

    def test_no_letter_goes_before_the_call(self, place, interview):
        """E:L389, REQ-7."""
        with pytest.raises(Refused, match="call before the letter"):
            book(place, interview, now=NOW)
        called_first(place, interview, now=NOW)
        book(place, interview, now=NOW)
        assert kinds_sent(interview.claim) == ["first_interview"]

    def test_new_customers_are_not_affected(self, place):
        """E:REQ-7: new customers not affected."""
        interview = claim_of(place, "pathways-2003")
        book(place, interview, now=NOW)
        assert kinds_sent(interview.claim) == ["first_interview"]

    def test_nobody_could_be_reached_only_after_the_calls_the_programme_asks_for(self, place, interview):
        """E:L87: repeated attempts, each on the record."""
        unreachable = {"result": "unreachable", "reason": "no_answer", "by": place.adviser}
        with pytest.raises(Refused, match="was rung 0 times"):
            note_pre_call(interview, **unreachable, now=NOW)
        for day in range(3):
            attempt_pre_call(interview, outcome="no_answer", by=place.adviser, now=NOW + timedelta(days=day))
        note_pre_call(interview, **unreachable, now=NOW + timedelta(days=3))
        book(place, interview, now=NOW + timedelta(days=3))
        letter = Notice.objects.get(claim=interview.claim)
        assert letter.kind == "first_interview"
        assert "ring" in letter.html.lower()

    def test_where_stress_can_harm_the_call_cannot_be_left_out_for_want_of_time(self, place, interview):
        """E:V10, E:L1226."""
        with pytest.raises(Refused, match="call comes first"):
            note_pre_call(
                interview, result="left_out", reason="no_time", gentle=True, by=place.adviser, now=NOW
            )

    def test_the_gentle_letter_goes_where_stress_can_harm(self, place, interview):
        """E:V10: a gentler letter for anxiety and epilepsy, with no threat in it."""
        called_first(place, interview, now=NOW, gentle=True)
        book(place, interview, now=NOW)
        words = Notice.objects.get(claim=interview.claim).html.lower()
        assert "sanction" not in words and "reduc" not in words

    def test_worries_that_are_not_settled_are_kept_for_the_interview(self, place, interview):
        """E:V7, REQ-3."""
        call = called_first(
            place, interview, now=NOW, concerns={"hidden_reason": False, "benefit_stopped": True}
        )
        assert set(call.concerns.filter(settled=False).values_list("concern", flat=True)) == {"hidden_reason"}

    def test_deferring_before_the_first_letter_is_the_same_typed_decision(self, place, interview):
        """E:V8, REQ-1: the unofficial screening by telephone made official."""
        called_first(place, interview, now=NOW, words="Waiting for an operation.")
        decision = verbs.decide_again(
            interview,
            verbs.Wish(
                "defer",
                reason="awaiting_consultant",
                evidence="medical_certificate",
                because="You wait for an operation.",
                until=TODAY + timedelta(weeks=6),
                otherwise_code="customer_wishes",
                otherwise_words="The operation comes first.",
            ),
            stage="before_interview",
            given={},
            table="first-contact",
            words="Waiting for an operation.",
            view={
                "appropriate_now": "No",
                "when": "After it",
                "return_circumstances": "When healed",
                "support_wanted": "None yet",
            },
            by=place.adviser,
            now=NOW,
        )
        assert decision.stage == "before_interview"
        assert Interview.objects.get(pk=interview.pk).state == "deferred"

    def test_nobody_is_booked_with_a_person_they_asked_not_to_meet(self, place):
        """M:L1722-1749."""
        interview = claim_of(place, "pathways-2003")
        people = [place.adviser.person, place.second_adviser.person]
        set_preferences(interview.claim, privacy=Privacy.PRIVATE, avoid=people, by=place.adviser, now=NOW)
        with pytest.raises(Refused, match="asked not to meet"):
            book(place, interview, now=NOW)

    def test_help_to_come_is_arranged_before_the_day(self, place):
        """M:L5561-5576."""
        interview = claim_of(place, "pathways-2003")
        ask_for_help(interview, kind="childcare", words="two children", by=place.adviser, now=NOW)
        task = Task.objects.get(claim=interview.claim, kind="arrange_help")
        assert task.due_on <= interview.due_by


class TestDuring:
    @pytest.fixture
    def appointment(self, place):
        return book(place, claim_of(place, "pathways-2003"), now=NOW)

    def test_it_cannot_be_settled_before_it_is_said_whether_the_customer_was_able(self, place, appointment):
        """M:L2343."""
        sitting = sittings.open_sitting(appointment, by=place.adviser, now=appointment.starts_at)
        with pytest.raises(Refused, match="able to take part"):
            settling.settle(
                sitting,
                Ended("held", understood="yes"),
                NextWish("find_time"),
                by=place.adviser,
                now=appointment.ends_at,
            )

    def test_at_the_first_interview_every_form_of_help_is_shown_or_it_is_said_why_not(
        self, place, appointment
    ):
        """E:REQ-20, E:V48."""
        sitting = sit(place, appointment, every_option=False)
        with pytest.raises(Refused, match="every form of help"):
            settling.settle(
                sitting,
                Ended("held", understood="yes"),
                NextWish("find_time"),
                by=place.adviser,
                now=appointment.ends_at,
            )
        with pytest.raises(Refused, match="not mentioned"):
            sittings.show_option(
                sitting, "training", "not_shown", by=place.adviser, now=appointment.starts_at
            )

    def test_two_windows_lose_no_word(self, place, appointment):
        sitting = sittings.open_sitting(appointment, by=place.adviser, now=appointment.starts_at)
        save = {"by": place.adviser, "now": appointment.starts_at}
        first, unseen = sittings.save_wording(sitting, "notes", "Sleeps badly.", based_on=0, **save)
        assert unseen is None
        second, unseen = sittings.save_wording(sitting, "notes", "Likes gardens.", based_on=0, **save)
        assert unseen is not None and unseen.text == "Sleeps badly."
        assert {w.text for w in sitting.wordings.all()} == {"Sleeps badly.", "Likes gardens."}
        with pytest.raises(ProgrammingError), transaction.atomic():
            sitting.wordings.all().delete()

    def test_what_the_customer_would_like_has_an_owner_and_a_day(self, place, appointment):
        """E:L2492, PP55."""
        sitting = sittings.open_sitting(appointment, by=place.adviser, now=appointment.starts_at)
        wish = sittings.note_interest(
            sitting, "Work with animals", by=place.adviser, now=appointment.starts_at
        )
        assert wish.task.kind == "answer_interest" and wish.task.due_on == wish.answer_by
        sittings.answer_interest(
            wish, answer="A stable nearby takes helpers.", by=place.adviser, now=appointment.ends_at
        )
        assert "answer_interest" not in open_tasks(appointment.interview.claim)


class TestAfter:
    @pytest.fixture
    def appointment(self, place):
        return book(place, claim_of(place, "pathways-2003"), now=NOW)

    def test_the_next_interview_follows_and_the_customer_gets_a_summary(self, place, appointment):
        """E:REQ-30: number, next date and about, what is compulsory."""
        hold(
            place,
            appointment,
            said=["Your back hurts when you sit."],
            agreed_steps=["Tom finds a course by May."],
        )
        claim = appointment.interview.claim
        found = way(claim, day_of(appointment.ends_at))
        assert (found.counted, found.number) == (1, 2)
        assert found.next.number == 2 and found.next.mandatory
        assert open_tasks(claim) == {"book"}
        letter = Notice.objects.get(claim=claim, kind="summary")
        for words in ("Your back hurts when you sit.", "Tom finds a course by May.", "how the course went"):
            assert words in letter.html

    def test_the_adviser_who_held_it_has_the_claim(self, place, appointment):
        hold(place, appointment)
        assert adviser_of(appointment.interview.claim) == place.adviser.person

    def test_unable_today_is_no_breach_counts_neither_way_and_gets_another_date(self, place, appointment):
        """M:L1766, M:L2343."""
        sitting = sit(place, appointment, capacity=Capacity.UNABLE)
        with pytest.raises(Refused, match="unable to take part"):
            settling.settle(
                sitting,
                Ended("held", understood="yes"),
                NextWish("find_time"),
                by=place.adviser,
                now=appointment.ends_at,
            )
        settling.settle(
            sitting,
            Ended("unable_today", why="You felt faint."),
            NextWish("rebook"),
            by=place.adviser,
            now=appointment.ends_at,
        )
        interview = Interview.objects.get(pk=appointment.interview_id)
        assert interview.state == "due"
        assert way(interview.claim, TODAY).counted == 0
        assert "unable_today" in kinds_sent(interview.claim)

    @pytest.mark.parametrize(("counts", "state"), [(True, "held"), (False, "due")])
    def test_a_shortened_one_is_settled_by_a_person(self, place, appointment, counts, state):
        """D:L1115."""
        sitting = sit(place, appointment)
        cut = {"outcome": "shortened", "why": "The bus was late."}
        with pytest.raises(Refused, match="counts"):
            settling.settle(
                sitting, Ended(**cut), NextWish("rebook"), by=place.adviser, now=appointment.ends_at
            )
        follows = NextWish("find_time" if counts else "rebook")
        settling.settle(
            sitting, Ended(**cut, counts=counts), follows, by=place.adviser, now=appointment.ends_at
        )
        assert Interview.objects.get(pk=appointment.interview_id).state == state
        assert "shortened" in kinds_sent(appointment.interview.claim)

    def test_after_the_sixth_nothing_is_compulsory_and_somebody_looks_back_with_the_customer(self, place):
        """M:L1858-1871: no silence after the last."""
        claim, now = self.six(place)
        assert not way(claim, day_of(now)).compulsory
        assert open_tasks(claim) == {"series_review"}
        with pytest.raises(Refused, match="Either there is a day"):
            series.review_series(claim, achieved="Sleeps better.", by=place.adviser, now=now)
        series.review_series(
            claim,
            achieved="Sleeps better.",
            follow_up_on=day_of(now) + timedelta(days=60),
            by=place.adviser,
            now=now,
        )
        assert open_tasks(claim) == {"follow_up"}

    def test_an_explicit_end_still_has_somebody_look_a_year_later(self, place):
        claim, now = self.six(place)
        series.review_series(
            claim,
            achieved="Nothing yet.",
            no_contact_because="She wants to be left alone.",
            by=place.adviser,
            now=now,
        )
        task = Task.objects.get(claim=claim, closed_at=None)
        assert task.due_on > day_of(now) + timedelta(days=360)

    def test_a_fourth_of_three_is_always_by_choice(self, place):
        """E:V76, REQ-16."""
        claim, now = self.six(place)
        with pytest.raises(Refused, match="not compulsory"):
            series.make_next(claim, due_by=day_of(now), by=place.adviser, now=now)
        talk = series.agree_voluntary(claim, words="He asks for more help.", by=place.adviser, now=now)
        assert talk.mandatory is False

    def test_putting_off_the_next_one_at_the_interview_is_the_usual_decision(self, place, appointment):
        view = {
            "appropriate_now": "No",
            "when": "In July",
            "return_circumstances": "When healed",
            "support_wanted": "None",
        }
        wish = NextWish(
            "defer",
            decision=verbs.Wish(
                "defer",
                reason="awaiting_consultant",
                evidence="medical_certificate",
                because="You wait for an operation.",
                until=day_of(appointment.ends_at) + timedelta(weeks=6),
                otherwise_code="customer_wishes",
                otherwise_words="The operation comes first.",
            ),
            words="The operation has a date now.",
            view=view,
        )
        hold(place, appointment, wish)
        claim = appointment.interview.claim
        assert claim.interviews.get(number=2).state == "deferred"
        assert claim.interviews.get(number=1).state == "held"
        assert open_tasks(claim) == {"recontact"}

    def test_a_hard_interview_keeps_time_free_and_somebody_talks_with_the_adviser(self, place, appointment):
        """M:L300."""
        sitting = sit(place, appointment)
        sittings.note_state(sitting, hard=True, by=place.adviser, now=appointment.starts_at)
        settling.settle(
            sitting,
            Ended("held", understood="yes"),
            NextWish("find_time"),
            by=place.adviser,
            now=appointment.ends_at,
        )
        assert "debrief" in open_tasks(appointment.interview.claim)

    def six(self, place):
        interview, now = claim_of(place, "pathways-2003"), NOW
        for number in range(1, 7):
            appointment = book(place, interview, now=now)
            follows = NextWish("find_time") if number < 6 else NextWish("end_series")
            hold(place, appointment, follows)
            now = appointment.ends_at
            interview = interview.claim.interviews.order_by("-number").first()
        return interview.claim, now


class TestNotComing:
    def test_finding_out_why_is_the_next_step(self, place):
        appointment = book(place, claim_of(place, "pathways-2003"), now=NOW)
        settling.missed(appointment, by=place.adviser, now=appointment.ends_at)
        assert open_tasks(appointment.interview.claim) == {"find_out"}

    def test_a_reason_is_heard_only_of_an_interview_that_was_missed(self, place):
        """Hearing one of a deferred interview would take its re-contact away."""
        appointment = book(place, claim_of(place, "pathways-2003"), now=NOW)
        with pytest.raises(Refused, match="nobody waits to hear"):
            settling.reason_heard(appointment.interview, words="Ill.", by=place.adviser, now=NOW)
        settling.missed(appointment, by=place.adviser, now=appointment.ends_at)
        settling.reason_heard(
            appointment.interview,
            words="Ill.",
            by=place.adviser,
            now=appointment.ends_at + timedelta(hours=1),
        )
        assert open_tasks(appointment.interview.claim) == {"book"}

    def test_of_a_talk_by_choice_nothing_follows_but_a_friendly_call(self, place):
        """E:REQ-22."""
        claim, now = TestAfter().six(place)
        talk = series.agree_voluntary(claim, words="More help.", by=place.adviser, now=now)
        appointment = book(place, talk, now=now)
        assert "voluntary_interview" in kinds_sent(claim)
        settling.missed(appointment, by=place.adviser, now=appointment.ends_at)
        assert open_tasks(claim) >= {"follow_up"} and "find_out" not in open_tasks(claim)

    def test_whether_it_is_compulsory_never_changes(self, place):
        interview = claim_of(place, "pathways-2003")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Interview.objects.filter(pk=interview.pk).update(mandatory=False)


class TestStanding:
    def test_an_exemption_ends_what_is_compulsory_and_the_customer_is_told(self, place):
        """E:L374-378."""
        interview = claim_of(place, "pathways-2003")
        book(place, interview, now=NOW)
        series.settle_requirement(
            interview.claim,
            because="exempt",
            words="Letter of 2 May.",
            by=place.adviser,
            now=NOW + timedelta(hours=1),
        )
        assert Interview.objects.get(pk=interview.pk).state == "closed"
        assert kinds_sent(interview.claim)[-1] == "requirement_ended"
        assert open_tasks(interview.claim) == {"follow_up"}
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_reaching_the_age_at_which_interviews_end_frees_the_customer_that_day(self, place):
        """P:V11: who turns sixty part-way is not called in any more."""
        customer = factories.customer(added_by=place.agent, born_on=date(1946, 7, 20))
        interview = claim_of(place, "pathways-2003", customer=customer)
        birthday = datetime(2006, 7, 20, 6, tzinfo=LONDON)
        found = way(interview.claim, TODAY)
        assert len(found.stops) < 6, "what would follow after the birthday is not shown as compulsory"
        assert daily.run(date(2006, 7, 19), birthday - timedelta(days=1))["no_longer_compulsory_by_age"] == 0
        assert daily.run(birthday.date(), birthday)["no_longer_compulsory_by_age"] == 1
        assert not way(interview.claim, birthday.date()).compulsory
        assert daily.run(birthday.date(), birthday)["no_longer_compulsory_by_age"] == 0

    def test_screening_ends_in_october_2008(self, place):
        """P:L510, M:L243."""
        before, after = (datetime(2008, month, 6, 10, tzinfo=LONDON) for month in (9, 10))
        early = claim_of(place, "pathways-2003", now=before)
        series.screen(early.claim, result="out", settled="out", by=place.adviser, now=before)
        assert not way(early.claim, before.date()).compulsory
        late = claim_of(place, "pathways-2003", now=after)
        with pytest.raises(Refused, match="does not screen"):
            series.screen(late.claim, result="out", settled="out", by=place.adviser, now=after)

    def test_a_person_may_settle_it_other_than_the_tool_did_and_says_why(self, place):
        """P:L489-497."""
        interview = claim_of(place, "pathways-2003")
        with pytest.raises(Refused, match="Write why"):
            series.screen(interview.claim, result="out", settled="in", by=place.adviser, now=NOW)
        series.screen(
            interview.claim,
            result="out",
            settled="in",
            why_other="He looks for work.",
            by=place.adviser,
            now=NOW,
        )
        assert way(interview.claim, TODAY).compulsory
