"""A corrected rule or fact: which decisions would have been different, and a letter for each, sent by a person."""

import json
from datetime import time, timedelta

import pytest
from click.testing import CliRunner

from tests.conftest import pack_of
from tests.recontact.makers import deferred
from tests.sanctions import making
from tests.sanctions.making import moment
from waymark.cli.redress import redress as command
from waymark.interviews.models import Decision, Requirement
from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.programme.pack import Pack
from waymark.programme.queries import Rules
from waymark.sanctions import verbs
from waymark.sanctions.models import PuttingRight, Sanction
from waymark.sanctions.redress import Corrected, affected

pytestmark = pytest.mark.django_db
SLUG = "jobcentre-plus-2002"
FAR = making.day(400)


def found(corrected: Corrected, **more):
    return list(affected(corrected, programme=SLUG, since=making.day(-400), until=FAR, **more))


def with_setting(name: str, old: str, new: str) -> Rules:
    """The pack with one value corrected."""
    pack = pack_of(SLUG)
    section = f"[[settings.sanctions.{name}]]\nvalue = {old}"
    text = pack.files["programme.toml"]
    assert section in text
    files = {**pack.files, "programme.toml": text.replace(section, section.replace(old, new))}
    return Rules(Pack(files), FAR)


def test_nothing_is_found_when_nothing_was_wrong(place, centre):
    making.in_effect(place, centre)
    assert found(Corrected()) == []


def test_a_letter_that_never_arrived_undoes_the_reduction_that_rested_on_it(place, centre):
    sanction = making.in_effect(place, centre)
    until = sanction.starts_on + timedelta(days=7)
    corrected = Corrected(undelivered={sanction.ruling.bundle.proof.ref}, because="Our letter never arrived.")
    one = next(iter(affected(corrected, programme=SLUG, since=making.day(0), until=until)))
    assert (one.about, one.would_be) == (sanction.ref, "nothing would have been taken off")
    assert "no proof that the customer was told" in one.because
    assert one.pence == 1444


def test_a_customer_who_had_a_choice_all_along_is_found(place, centre):
    sanction = making.in_effect(place, centre)
    claim = sanction.ruling.bundle.breach.interview.claim
    Requirement.objects.filter(claim=claim).update(standing="voluntary", because="exempt")
    assert [one.about for one in found(Corrected())] == [sanction.ref]


def test_a_smaller_reduction_in_the_corrected_rules_gives_the_difference(place, centre):
    sanction = making.in_effect(place, centre)
    rules = with_setting("reduction_percent", "20", "10")
    one = next(iter(found(Corrected(rules=rules))))
    assert one.about == sanction.ref
    assert one.would_be == "£7.22 a week would have been taken off"


def test_more_attempts_in_the_corrected_rules_are_held_against_us_and_not_the_customer(place, centre):
    making.in_effect(place, centre)
    one = next(iter(found(Corrected(rules=with_setting("attempts", "3", "5")))))
    assert "Not enough has been tried" in one.because


def test_a_corrected_fact_shows_the_decision_about_an_interview_that_rested_on_it(place, moment):
    deferred(place, moment())
    decision = Decision.objects.get()
    name, value = next((k, v) for k, v in decision.facts.items() if v is True and k != "wants_interview")
    facts = {"wants_interview": True, name: False}
    one = next(iter(found(Corrected(facts=facts))))
    assert (one.about, one.was) == (decision.ref, "defer")
    assert value is True


def test_a_draft_is_made_once_and_nothing_is_sent_by_it(place, centre):
    sanction = making.in_effect(place, centre)
    letters = Notice.objects.count()
    corrected = Corrected(undelivered={sanction.ruling.bundle.proof.ref})
    for expected in (1, 0):
        made = verbs.draft_letters(
            found(corrected), because="Our letter never arrived.", by=None, now=moment(60)
        )
        assert len(made) == expected
    assert Notice.objects.count() == letters


def test_a_person_puts_it_right_and_the_letter_says_what_and_how_much(place, centre):
    sanction = making.in_effect(place, centre)
    corrected = Corrected(undelivered={sanction.ruling.bundle.proof.ref})
    verbs.draft_letters(found(corrected), because="Our letter never arrived.", by=None, now=moment(60))
    draft = PuttingRight.objects.get()
    now = at(sanction.starts_on + timedelta(days=30), time(10))
    with pytest.raises(Refused, match="It is not said what was put right"):
        verbs.put_right(draft, " ", by=place.manager, now=now)
    with pytest.raises(Refused, match="A leader, a manager or a decision maker"):
        verbs.put_right(draft, "Paid back.", by=place.adviser, now=now)
    verbs.put_right(draft, "We have paid you back.", by=place.manager, now=now)
    told = Notice.objects.get(kind="redress").html
    for said in ("Our letter never arrived.", "We have paid you back.", "nothing would have been taken off"):
        assert said in told
    with pytest.raises(Refused, match="settled already"):
        verbs.leave_as_is(draft, "Again.", by=place.manager, now=now)


def test_the_command_lists_drafts_and_exits_well(place, centre):
    sanction = making.in_effect(place, centre)
    ref = sanction.ruling.bundle.proof.ref
    options = ["--programme", SLUG, "--since", "2004-05-01", "--undelivered", ref, "--json"]
    shown = CliRunner().invoke(command, options)
    assert json.loads(shown.stdout)["findings"][0]["decision"] == sanction.ref
    assert CliRunner().invoke(command, [*options, "--draft"]).exit_code == 2
    drafted = CliRunner().invoke(command, [*options, "--draft", "--because", "Our letter never arrived."])
    assert json.loads(drafted.stdout)["drafted"] == 1
    assert Sanction.objects.get().state == "in_effect"
