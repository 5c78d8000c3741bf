"""A programme changes by two people, who have seen whom it touches; what it means for a claim a person settles."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.conftest import pack_of
from tests.factories import NOW, TODAY
from tests.interviews.sitting import book, sit
from tests.interviews.talking import talk
from tests.interviews.test_deciding import HOSPITAL, HOSPITAL_WISH
from tests.publishing.conftest import TWO, changed
from waymark.interviews import verbs as interviews
from waymark.interviews.models import Interview, Replay, TouchedClaim
from waymark.interviews.publishing import queries, verbs
from waymark.interviews.publishing.counting import counted_pack
from waymark.interviews.publishing.trying import try_out
from waymark.interviews.series import verbs as series
from waymark.interviews.series.queries import requirement_of, way
from waymark.interviews.sittings import settling
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.policy import Trace
from waymark.programme.models import PackVersion, Publication
from waymark.programme.queries import holding, version_numbered
from waymark.programme.verbs import load_pack
from waymark.record.models import Event

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def propose(by, *, pack=None, why="To see whether a second talk helps."):
    return verbs.propose(pack or changed(TWO), why=why, by=by, now=NOW).version


def published(proposer, publisher, **others):
    version = propose(proposer, **others)
    try_out(version, by=proposer, now=NOW)
    verbs.publish(version, by=publisher, now=LATER)
    return version


def code(refused) -> str:
    return refused.value.code


class TestTwoPeople:
    def test_a_proposal_holds_for_nobody(self, place, proposer):
        propose(proposer)
        assert holding("jobcentre-plus-2002", TODAY).value("regime.mandatory_interviews") == 1

    def test_the_proposer_does_not_publish(self, place, proposer):
        version = propose(proposer)
        try_out(version, by=proposer, now=NOW)
        with pytest.raises(Refused) as refused:
            verbs.publish(version, by=proposer, now=NOW)
        assert code(refused) == "own_proposal"

    def test_the_database_knows_it_too(self, place, proposer):
        version = propose(proposer)
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.filter(version=version).update(
                published_at=NOW, published_by=proposer.person.ref, published_by_name="one"
            )

    def test_nobody_publishes_what_was_not_tried(self, place, proposer, publisher):
        version = propose(proposer)
        with pytest.raises(Refused) as refused:
            verbs.publish(version, by=publisher, now=NOW)
        assert code(refused) == "not_tried"

    def test_a_comparison_of_last_month_is_too_old(self, place, proposer, publisher):
        version = propose(proposer)
        try_out(version, by=proposer, now=NOW)
        with pytest.raises(Refused) as refused:
            verbs.publish(version, by=publisher, now=NOW + timedelta(days=30))
        assert code(refused) == "not_tried"

    def test_published_by_a_second_person_it_holds(self, place, proposer, publisher):
        version = published(proposer, publisher)
        rules = holding("jobcentre-plus-2002", TODAY)
        assert rules.version == version
        assert rules.value("regime.mandatory_interviews") == 2
        assert Event.objects.filter(kind="pack_published").count() == 1

    def test_what_is_published_is_not_changed_afterwards(self, place, proposer, publisher):
        version = published(proposer, publisher)
        with pytest.raises(Refused) as refused:
            verbs.withdraw(version, because="Second thoughts.", by=publisher, now=LATER)
        assert code(refused) == "settled_already"

    def test_a_withdrawn_proposal_leaves_room_for_another(self, place, proposer):
        version = propose(proposer)
        with pytest.raises(Refused) as refused:
            propose(proposer, pack=changed(("value = 1", "value = 3")))
        assert code(refused) == "proposed_already"
        verbs.withdraw(version, because="A better one comes.", by=proposer, now=NOW)
        assert propose(proposer).publication.is_open

    def test_others_do_not_change_the_rules(self, place):
        with pytest.raises(Refused) as refused:
            propose(place.manager)
        assert code(refused) == "not_a_policy_owner"

    def test_a_pack_that_the_linter_refuses_is_not_proposed(self, place, proposer):
        wrong = changed(("R019,19,", "R019,nineteen,"), path="tables/first-contact.csv")
        with pytest.raises(Refused) as refused:
            propose(proposer, pack=wrong)
        assert code(refused) == "pack_wrong"
        assert "first-contact.csv" in refused.value.message

    def test_the_same_pack_again_is_no_change(self, place, pack, proposer):
        with pytest.raises(Refused) as refused:
            propose(proposer, pack=pack)
        assert code(refused) == "nothing_changed"

    def test_versions_are_numbered_from_the_first(self, place, proposer):
        version = propose(proposer)
        assert version_numbered("jobcentre-plus-2002", 2) == version
        assert version_numbered("jobcentre-plus-2002", 3) is None


class TestInstalling:
    def test_an_upgrade_holds_at_once_where_nobody_published_their_own(self, place):
        load_pack(changed(TWO), now=LATER)
        assert holding("jobcentre-plus-2002", TODAY).value("regime.mandatory_interviews") == 2

    def test_loading_the_same_files_again_does_not_undo_what_people_published(
        self, place, pack, proposer, publisher
    ):
        version = published(proposer, publisher)
        load_pack(pack, now=LATER)
        assert holding("jobcentre-plus-2002", TODAY).version == version

    def test_changed_files_do_not_replace_what_people_published(self, place, proposer, publisher):
        published(proposer, publisher)
        with pytest.raises(Refused) as refused:
            load_pack(changed(("value = 1", "value = 3")), now=LATER)
        assert code(refused) == "own_version_holds"


class TestWhomItTouches:
    def test_a_claim_of_the_programme_is_listed_with_before_and_after(self, place, proposer):
        claim = place.claim().claim
        replay = try_out(propose(proposer), by=proposer, now=NOW)
        touched = queries.touched_claims(replay).get()
        assert touched.claim == claim
        assert (touched.total_before, touched.total_after) == (1, 2)
        (office,) = queries.touched_by_office(replay)
        assert (office.name, office.claims, office.number) == (place.office.name, 1, 1)

    def test_nothing_changes_by_looking(self, place, proposer):
        claim = place.claim().claim
        before = way(claim, TODAY)
        try_out(propose(proposer), by=proposer, now=NOW)
        assert way(claim, TODAY) == before
        assert Interview.objects.count() == 1

    def test_what_a_person_settled_is_not_touched(self, place, proposer):
        claim = place.claim().claim
        series.settle_requirement(claim, because="exempt", words="Seen.", by=place.adviser, now=NOW)
        assert not queries.touched_claims(try_out(propose(proposer), by=proposer, now=NOW)).exists()

    def test_a_change_that_begins_later_touches_from_that_day(self, place, proposer):
        place.claim()
        later = TODAY + timedelta(days=60)
        pack = changed(
            (
                TWO[0] + '\nunit = "interviews"\nfrom = 2002-04-22',
                f'[[settings.regime.mandatory_interviews]]\nvalue = 2\nunit = "interviews"\nfrom = {later}\n'
                f'source = "local"\n\n{TWO[0]}\nunit = "interviews"\nfrom = 2002-04-22\n'
                f"until = {later - timedelta(days=1)}",
            )
        )
        version = propose(proposer, pack=pack)
        assert not queries.touched_claims(try_out(version, by=proposer, now=NOW)).exists()
        assert queries.touched_claims(try_out(version, on=later, by=proposer, now=NOW)).count() == 1

    def test_past_decisions_are_listed_where_the_advice_would_differ(self, place, proposer):
        conversation = talk(place, place.claim(), HOSPITAL, now=NOW)
        decision = interviews.decide(conversation, HOSPITAL_WISH, by=place.agent, now=NOW)
        row = Trace.from_json(decision.trace).evaluation.row.id
        replay = try_out(propose(proposer, pack=without_row(row)), by=proposer, now=NOW)
        touched = queries.touched_decisions(replay).get()
        assert (touched.decision, touched.advice_before, touched.row_before) == (decision, "defer", row)
        assert touched.row_after != row

    def test_files_are_compared_without_keeping_anything(self, place):
        place.claim()
        found = counted_pack(changed(TWO), on=None, days=90, now=NOW)
        assert (found.claims, found.touched) == (1, 1)
        assert not Replay.objects.exists()
        assert PackVersion.objects.count() == 1


class TestSettling:
    def free(self, proposer, publisher):
        """A change by which nobody with this benefit is asked to come any more."""
        return published(proposer, publisher, pack=without_benefit())

    def test_only_a_person_frees_a_customer_and_the_customer_is_told(self, place, proposer, publisher):
        claim = place.claim().claim
        self.free(proposer, publisher)
        assert requirement_of(claim).standing == "mandatory"
        (touched,) = queries.to_settle(place.manager)
        verbs.settle_touched(touched, by=place.manager, now=LATER)
        assert requirement_of(claim).standing == "voluntary"
        assert Notice.objects.filter(claim=claim, kind="requirement_ended").exists()
        assert not queries.to_settle(place.manager).exists()

    def test_who_is_called_in_again_gets_an_interview_and_a_letter(self, place, pack, proposer, publisher):
        load_pack(without_benefit(), now=NOW)
        claim = open_claim(place)
        assert requirement_of(claim).standing == "voluntary"
        published(proposer, publisher, pack=pack)
        (touched,) = queries.to_settle(place.manager)
        verbs.settle_touched(touched, by=place.manager, now=LATER)
        assert requirement_of(claim).standing == "mandatory"
        assert claim.interviews.filter(state="due", mandatory=True).exists()
        assert Notice.objects.filter(claim=claim, kind="requirement_changed").exists()

    def test_somebody_who_had_done_all_is_asked_once_more(self, place, proposer, publisher):
        interview = place.claim()
        appointment = book(place, interview, now=NOW)
        when = appointment.ends_at
        sitting = sit(place, appointment)
        settling.settle(
            sitting,
            Ended(outcome="held", agreed="yes", understood="yes"),
            NextWish(kind="follow_up", on=when.date() + timedelta(days=30), about="How it goes."),
            by=place.adviser,
            now=when,
        )
        version = propose(proposer)
        try_out(version, by=proposer, now=when)
        verbs.publish(version, by=publisher, now=when)
        (touched,) = queries.to_settle(place.manager)
        verbs.settle_touched(touched, by=place.manager, now=when)
        assert interview.claim.interviews.filter(state="due", mandatory=True).exists()

    def test_what_is_not_published_is_not_settled(self, place, proposer):
        place.claim()
        try_out(propose(proposer, pack=without_benefit()), by=proposer, now=NOW)
        assert not queries.to_settle(place.manager).exists()
        with pytest.raises(Refused) as refused:
            verbs.settle_touched(TouchedClaim.objects.get(), by=place.manager, now=NOW)
        assert code(refused) == "not_published"

    def test_a_stranger_settles_nothing_and_the_others_go_on(self, place, proposer, publisher):
        place.claim()
        self.free(proposer, publisher)
        touched = list(TouchedClaim.objects.all())
        result = verbs.settle_all(touched, by=place.elsewhere, now=LATER)
        assert result.done == 0 and len(result.refused) == 1
        assert verbs.settle_all(touched, by=place.manager, now=LATER).done == 1


def open_claim(place):
    """A claim without an interview: coming is the customer's choice."""
    return interviews.open_claim(
        factories.customer(added_by=place.agent),
        programme="jobcentre-plus-2002",
        benefit="ib",
        group="sick_or_disabled",
        office=place.office,
        claimed_on=TODAY,
        period_from=TODAY,
        route="call",
        by=place.agent,
        now=NOW,
    )


def without_benefit():
    return changed(('value = ["ib", "is",', 'value = ["is",'))


def without_row(row):
    text = pack_of("jobcentre-plus-2002").files["tables/first-contact.csv"]
    line = next(line for line in text.splitlines() if line.startswith(f"{row},"))
    return changed((f"{line}\n", ""), path="tables/first-contact.csv")
