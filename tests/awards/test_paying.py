"""The file of payments: made once, nothing twice, also when two ask at once; a fund that two draw on at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction

from tests import factories
from tests.awards.making import DAY, NOW, ask_fund, claim_in, credit, fund, later
from tests.conftest import pack_of
from tests.place import make_place
from waymark.awards import verbs
from waymark.awards.enums import AwardState, EntryKind
from waymark.awards.models import Award, Batch, Entry, Fund, Instalment
from waymark.cli.commands import waymark
from waymark.kernel.refusal import Refused
from waymark.programme.verbs import load_pack

RACERS = 6


@pytest.mark.django_db
def test_what_is_due_is_paid_and_the_rest_waits(paying, place):
    credit(place, claim_in(place))
    batch = verbs.pay(DAY + timedelta(days=14), by=None, now=later(14))
    assert (batch.lines, batch.pence) == (1, 8000)
    assert Instalment.objects.filter(batch=None).count() == 25


@pytest.mark.django_db
def test_running_it_again_gives_the_same_file_and_pays_nothing_twice(paying, place):
    credit(place, claim_in(place))
    first = verbs.pay(DAY + timedelta(days=30), by=None, now=later(30))
    credit(place, claim_in(place))
    again = verbs.pay(DAY + timedelta(days=30), by=None, now=later(45))
    assert (again.pk, again.content, again.digest) == (first.pk, first.content, first.digest)
    assert Instalment.objects.filter(batch=first).count() == 2


@pytest.mark.django_db
def test_what_came_too_late_for_a_day_goes_into_the_next_file(paying, place):
    verbs.pay(DAY + timedelta(days=14), by=None, now=later(14))
    credit(place, claim_in(place))
    later_on = verbs.pay(DAY + timedelta(days=15), by=None, now=later(15))
    assert later_on.lines == 1


@pytest.mark.django_db
def test_the_command_writes_the_same_bytes_twice(paying, place, tmp_path):
    credit(place, claim_in(place))
    made = []
    for name in ("one.csv", "two.csv"):
        result = CliRunner().invoke(
            waymark, ["awards", "pay", "--on", "2005-05-30", "--file", str(tmp_path / name)]
        )
        assert result.exit_code == 0, result.output
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    lines = made[0].decode().splitlines()
    assert lines[0].split(",")[0] == "payment"
    assert lines[1].endswith(",80.00")


@pytest.mark.django_db
def test_an_award_from_the_fund_is_over_when_it_is_paid(paying, place):
    fund(place)
    award = ask_fund(place, claim_in(place), 60)
    verbs.pay(DAY, by=None, now=NOW)
    award.refresh_from_db()
    assert award.state == AwardState.ENDED


@pytest.mark.django_db
def test_a_paid_instalment_stays_as_it_was_paid(paying, place):
    credit(place, claim_in(place))
    verbs.pay(DAY + timedelta(days=14), by=None, now=later(14))
    paid = Instalment.objects.filter(batch__isnull=False)
    with pytest.raises(Exception, match="paid_stays_paid"), transaction.atomic():
        paid.update(batch=None, paid_at=None)


@pytest.mark.django_db
def test_no_week_of_an_award_is_paid_twice(paying, place):
    award = credit(place, claim_in(place))
    part = award.instalments.first()
    with pytest.raises(IntegrityError, match="no_week_is_paid_twice"), transaction.atomic():
        Instalment.objects.create(
            award=award,
            number=99,
            covers_from=part.covers_until,
            covers_until=part.covers_until,
            due_on=part.due_on,
            pence=4000,
        )


@pytest.mark.django_db
def test_what_a_fund_has_left_cannot_be_written_beside_its_ledger(paying, place):
    account = fund(place, 100)
    with pytest.raises(IntegrityError, match="comes from its ledger"), transaction.atomic():
        Fund.objects.filter(pk=account.pk).update(left_pence=999_999)


@pytest.mark.django_db
def test_the_database_refuses_an_entry_that_would_overspend(paying, place):
    account = fund(place, 10)
    with pytest.raises(IntegrityError, match="not enough left"), transaction.atomic():
        Entry.objects.create(fund=account, kind=EntryKind.TAKEN_OUT, pence=-1001, why="x", at=NOW)


@pytest.mark.django_db
def test_the_ledger_is_only_added_to(paying, place):
    fund(place, 10)
    with pytest.raises(Exception, match="ledger_is_kept"), transaction.atomic():
        Entry.objects.update(why="Something else.")


@pytest.fixture
def open_district(transactional_db):
    """A district in a database whose transactions are real."""
    load_pack(pack_of("jobcentre-plus-2002"), now=factories.NOW)
    load_pack(pack_of("pathways-existing-2005"), now=factories.NOW)
    return make_place()


def at_once(act, people):
    """Let everybody go at the same moment; gives each one's answer or refusal."""
    gate = Barrier(len(people))

    def one(who):
        gate.wait()
        try:
            return act(who)
        except (Refused, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


def test_of_six_advisers_at_once_a_fund_of_three_awards_serves_three(open_district):
    place = open_district
    fund(place, 180)
    claims = [claim_in(place) for _ in range(RACERS)]
    answers = at_once(lambda claim: ask_fund(place, claim, 60), claims)
    given = [one for one in answers if isinstance(one, Award)]
    assert len(given) == 3
    account = Fund.objects.get()
    assert account.left_pence == 0
    assert sum(Entry.objects.values_list("pence", flat=True)) == 0


def test_one_customer_asked_for_at_once_still_has_one_hundred_pounds(open_district):
    place = open_district
    fund(place, 1000)
    claim = claim_in(place)
    answers = at_once(lambda _n: ask_fund(place, claim, 40), list(range(4)))
    assert len([one for one in answers if isinstance(one, Award)]) == 2
    assert -sum(Entry.objects.filter(kind="promised").values_list("pence", flat=True)) == 8000


def test_two_runs_at_once_make_one_file(open_district):
    place = open_district
    for _ in range(3):
        credit(place, claim_in(place))
    on = DAY + timedelta(days=14)
    made = at_once(lambda _n: verbs.pay(on, by=None, now=later(14)), list(range(4)))
    assert {one.pk for one in made} == {Batch.objects.get().pk}
    assert Instalment.objects.filter(batch__isnull=False).count() == 3
