"""A file of claims: all of it or a reason, and never anything twice."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection

from tests import factories as make
from tests.customers.made_up import write_file
from tests.factories import NOW, TODAY
from waymark.cli.claims import import_
from waymark.customers import queries
from waymark.customers.models import Claim, Customer
from waymark.interviews.importing import COLUMNS, Unreadable, import_claims
from waymark.interviews.models import Interview
from waymark.organisations.enums import Role, TeamKind
from waymark.record.models import Event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db

GOOD = {
    "reference": "VAN-1",
    "given_names": "Joan",
    "family_name": "Price",
    "date_of_birth": "1961-03-12",
    "ni_number": "AB 12 34 56 C",
    "telephone": "01632 960123",
    "benefit": "ib",
    "group": "sick_or_disabled",
    "office": "CALDER",
    "claimed_on": "2004-05-04",
}


@pytest.fixture
def office(pack):
    office = make.office(code="CALDER", name="Calder office")
    make.team(TeamKind.FIRST_CONTACT, office=make.contact_centre(district=office.district))
    return office


def as_file(*rows, columns=None):
    file = io.StringIO()
    writer = csv.DictWriter(file, columns or list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def bring_in(*rows, **more):
    """The report, and the problems of rejected rows in order."""
    problems = []
    report = import_claims(
        io.StringIO(as_file(*rows)),
        programme="jobcentre-plus-2002",
        on=TODAY,
        now=NOW,
        reject=lambda _cells, problem: problems.append(problem),
        **more,
    )
    return report, problems


def row(number=1, **changes):
    return GOOD | {"reference": f"VAN-{number}", "ni_number": f"AB{number:06d}C"} | changes


def test_a_row_becomes_customer_claim_interview_first_call_and_one_event(office):
    report, problems = bring_in(
        GOOD | {"safe_to_ring": "no", "step_free": "yes", "contact_warning": "write only"}
    )
    assert (report.added, report.new_customers, problems) == (1, 1, [])
    claim = Claim.objects.get()
    assert claim.customer.ni_number == "AB123456C"
    assert claim.customer.telephone == "+441632960123"
    assert claim.customer.safe_contact.may_ring is False
    assert claim.customer.access_needs.step_free is True
    interview = Interview.objects.get()
    # Four working days after Tuesday 4 May is Monday 10 May.
    assert (interview.number, interview.mandatory, interview.due_by) == (1, True, date(2004, 5, 10))
    task = Task.objects.get()
    assert (task.kind, task.due_on, task.team.kind) == (
        TaskKind.FIRST_CALL,
        date(2004, 5, 5),
        TeamKind.FIRST_CONTACT,
    )
    assert Event.objects.get().claim_ref == claim.ref


def test_who_came_in_with_a_file_is_found_by_name(office):
    bring_in(GOOD)
    adviser = make.post(Role.ADVISER, office=office)
    assert queries.search(adviser, "Prise", TODAY)[0].name == "Joan Price"


def test_the_same_file_again_changes_nothing(office):
    rows = [row(n) for n in range(1, 6)] + [row(6, reference="")]
    bring_in(*rows)
    report, problems = bring_in(*rows)
    assert (report.added, report.already_there, problems) == (0, 6, [])
    assert Claim.objects.count() == 6


def test_the_same_reference_twice_in_one_file_comes_in_once(office):
    report, _ = bring_in(row(1), row(1))
    assert (report.added, report.already_there) == (1, 1)


@pytest.mark.parametrize("batch", [1, 1000])
def test_a_second_live_claim_of_one_person_is_rejected_in_any_batch(office, batch):
    report, problems = bring_in(row(1), row(1, reference="VAN-2"), batch=batch)
    assert (report.added, report.rejected) == (1, 1)
    assert "live claim in this programme already" in problems[0]


def test_a_known_customer_gets_the_claim_added(office):
    joan = make.customer(given_names="Joan", family_name="Price", ni_number="AB123456C")
    report, _ = bring_in(GOOD)
    assert (report.added, report.new_customers) == (1, 0)
    assert Claim.objects.get().customer == joan


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date_of_birth": "1962-03-12"}, "another date of birth"),
        ({"given_names": "Tom", "family_name": "Walsh"}, "another name"),
    ],
)
def test_a_known_number_with_another_person_is_rejected_with_what_to_do(office, change, said):
    make.customer(given_names="Joan", family_name="Price", ni_number="AB123456C")
    report, problems = bring_in(GOOD | change)
    assert report.rejected == 1
    assert said in problems[0]
    assert "correct the customer's record first" in problems[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"family_name": " "}, "family_name: Enter the family name."),
        ({"ni_number": ""}, "or say why it is not known"),
        ({"ni_number": "TN120361F"}, "temporary"),
        ({"date_of_birth": "31/02/1961"}, "date_of_birth: “31/02/1961” is no date"),
        ({"date_of_birth": "2005-01-01"}, "in the future"),
        ({"benefit": "esa"}, "benefit: “esa” is not known. It can be: ib"),
        ({"group": ""}, "group: is empty"),
        ({"office": "Nowhere"}, "Give a code, such as: CALDER"),
        ({"claimed_on": ""}, "claimed_on: is empty"),
        ({"claimed_on": "2004-05-05"}, "in the future"),
        ({"claimed_on": "2001-05-05"}, "the programme holds from 2002-04-22"),
        ({"period_until": "2004-05-03"}, "lies before period_from"),
        ({"telephone": "12"}, "too few or too many digits"),
        ({"postcode": "CA1"}, "Give both halves"),
        ({"email": "joan"}, "is no e-mail address"),
        ({"safe_to_ring": "perhaps"}, "neither yes nor no"),
        ({"route": "pigeon"}, "It can be: call, form, file"),
        ({"address": "x" * 301}, "longer than 300 characters"),
        ({"address": "2 Mill\x00 Lane"}, "signs that cannot be read"),
        ({"reference": "x" * 80}, "reference: is longer than"),
    ],
)
def test_a_row_that_cannot_come_in_says_why_and_what_would_be_right(office, change, said):
    report, problems = bring_in(row(1, **change), row(2))
    assert (report.added, report.rejected) == (1, 1)
    assert problems[0].startswith("line 2: ")
    assert said in problems[0]


def test_all_that_is_wrong_with_a_row_is_said_at_once(office):
    _, problems = bring_in(row(1, benefit="esa", office="Nowhere", date_of_birth="yesterday"))
    assert [name in problems[0] for name in ("benefit:", "office:", "date_of_birth:")] == [True] * 3


def test_titles_british_dates_and_semicolons_are_understood(office):
    text = as_file(row(1, benefit="Incapacity Benefit", office="calder office", claimed_on="04/05/2004"))
    problems = []
    report = import_claims(
        io.StringIO(text.replace(",", ";")),
        programme="jobcentre-plus-2002",
        on=TODAY,
        now=NOW,
        reject=lambda _cells, problem: problems.append(problem),
    )
    assert (report.added, problems) == (1, [])


NOBODYS_NUMBER = {"ni_number": "", "ni_unknown_because": "newly arrived"}


def test_a_row_without_a_number_that_may_be_a_known_customer_is_rejected_with_the_reference(office):
    bring_in(row(1))
    known = Customer.objects.get()
    report, (problem,) = bring_in(row(2, **NOBODYS_NUMBER, given_names="Jone"))
    assert (report.added, report.rejected) == (0, 1)
    assert f"customer {known.ref} has this name and date of birth" in problem
    assert f"write {known.ref} in another_than if it is somebody else" in problem


def test_somebody_else_of_the_same_name_and_birthday_comes_in_when_the_row_says_so(office):
    bring_in(row(1))
    known = Customer.objects.get()
    report, problems = bring_in(row(2, **NOBODYS_NUMBER, another_than=known.ref))
    assert (report.new_customers, problems) == (1, [])


def test_the_same_person_twice_without_a_number_in_one_file_is_noticed(office):
    report, (problem,) = bring_in(row(1, **NOBODYS_NUMBER), row(2, **NOBODYS_NUMBER))
    assert (report.added, report.rejected) == (1, 1)
    assert "has this name and date of birth" in problem


@pytest.mark.parametrize("change", [{"date_of_birth": "1961-03-13"}, {"family_name": "Oakwood"}])
def test_another_birthday_or_name_without_a_number_is_somebody_new(office, change):
    report, problems = bring_in(row(1), row(2, **NOBODYS_NUMBER, **change))
    assert (report.new_customers, problems) == (2, [])


def test_a_file_with_people_without_a_number_can_be_read_again(office):
    rows = [row(1, **NOBODYS_NUMBER), row(2, **NOBODYS_NUMBER, family_name="Oakwood")]
    bring_in(*rows)
    report, problems = bring_in(*rows)
    assert (report.already_there, problems) == (2, [])


def test_a_group_that_does_not_claim_the_benefit_is_rejected_with_those_that_do(office):
    report, (problem,) = bring_in(row(benefit="is", group="jobseeker"))
    assert report.added == 0
    assert (
        "group: “jobseeker” does not claim “is”. It can be: lone_parent, carer, sick_or_disabled." in problem
    )


def test_a_row_the_database_refuses_is_rejected_alone(office):
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE customers_claim ADD CONSTRAINT no_third CHECK (source_key NOT LIKE '%VAN-3')"
        )
    report, problems = bring_in(*(row(n) for n in range(1, 8)))
    assert (report.added, report.rejected) == (6, 1)
    assert "no_third" in problems[0]


def test_an_office_that_nobody_calls_for_takes_no_claims(pack):
    make.office(code="CALDER", name="Calder office")
    _, problems = bring_in(GOOD)
    assert "no first-contact team works for Calder office" in problems[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        ("given_names,family_name\n", "Columns missing: benefit, group, office, claimed_on"),
        (as_file(GOOD | {"shoe_size": "6"}), "Columns not known: shoe_size"),
        (as_file(GOOD).replace("reference", "benefit", 1), "Columns twice: benefit"),
    ],
)
def test_a_file_that_is_not_one_of_claims_says_what_is_wrong(office, text, said):
    with pytest.raises(Unreadable, match=said):
        import_claims(
            io.StringIO(text), programme="jobcentre-plus-2002", on=TODAY, now=NOW, reject=lambda _c, _p: None
        )


# The command


def run(*arguments):
    return CliRunner().invoke(import_, ["claims", *map(str, arguments), "--on", "2004-05-04"])


def test_rejected_rows_can_be_mended_and_brought_in(office, tmp_path):
    (tmp_path / "claims.csv").write_text(as_file(row(1), row(2, benefit="esa")), encoding="utf-8")
    rejects = tmp_path / "rejects.csv"
    assert run(tmp_path / "claims.csv", "--rejects", rejects).exit_code == 1
    mended = rejects.read_text(encoding="utf-8").replace(",esa,", ",ib,")
    assert mended.splitlines()[0].endswith(",problem")
    (tmp_path / "mended.csv").write_text(mended, encoding="utf-8")
    result = run(tmp_path / "mended.csv")
    assert (result.exit_code, Claim.objects.count()) == (0, 2)


def test_the_command_prints_one_json_document(office, tmp_path):
    (tmp_path / "claims.csv").write_text(as_file(row(1), row(2, benefit="esa")), encoding="utf-8")
    told = json.loads(run(tmp_path / "claims.csv", "--json").output)
    assert (told["rows"], told["added"], told["rejected"]) == (2, 1, 1)


def test_a_file_from_a_spreadsheet_with_its_mark_at_the_start_is_read(office, tmp_path):
    (tmp_path / "claims.csv").write_text(as_file(row(1)), encoding="utf-8-sig")
    assert run(tmp_path / "claims.csv").exit_code == 0


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00nothing", as_file(GOOD).encode("utf-16")])
def test_an_unreadable_file_ends_with_two_and_a_sentence(office, tmp_path, content):
    file = tmp_path / "claims.csv"
    if content is not None:
        file.write_bytes(content)
    result = run(file)
    assert result.exit_code == 2
    assert result.output.strip()
    assert "Traceback" not in result.output


def test_the_rejects_never_overwrite_the_file_that_is_read(office, tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text(as_file(row(1)), encoding="utf-8")
    assert run(file, "--rejects", file).exit_code == 2
    assert "VAN-1" in file.read_text(encoding="utf-8")


def test_every_column_is_explained_in_the_help():
    told = CliRunner().invoke(import_, ["claims", "--help"]).output
    assert [name for name in COLUMNS if name not in told] == []


def address_of_database():
    """Where the tests' own database is, for a process of its own."""
    to = settings.DATABASES["default"]
    who = f"{quote(to['USER'])}:{quote(to['PASSWORD'])}@" if to["PASSWORD"] else f"{quote(to['USER'])}@"
    if to["HOST"].startswith("/"):
        return f"postgresql://{who}/{to['NAME']}?host={to['HOST']}"
    return f"postgresql://{who}{to['HOST']}:{to['PORT'] or 5432}/{to['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_half_way_leaves_whole_batches_and_can_be_done_again(office, tmp_path):
    file = tmp_path / "claims.csv"
    write_file(file, 6000, ["CALDER"])
    env = os.environ | {"DATABASE_URL": address_of_database(), "WAYMARK_DEBUG": "1"}
    env.pop("PYTEST_VERSION", None)
    command = [sys.executable, "-c", "from waymark.cli import main; main()", "import", "claims", str(file)]
    process = subprocess.Popen([*command, "--on", "2004-05-04"], env=env, stdout=subprocess.DEVNULL)
    patience = time.monotonic() + 60
    while Claim.objects.count() < 1000 and process.poll() is None and time.monotonic() < patience:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = Claim.objects.count()
    assert left % 1000 == 0
    assert 0 < left < 6000
    assert Task.objects.count() == Interview.objects.count() == Event.objects.count() == left
    with file.open(newline="", encoding="utf-8") as opened:
        report = import_claims(
            opened, programme="jobcentre-plus-2002", on=TODAY, now=NOW, reject=lambda _c, _p: None
        )
    assert (report.already_there, report.added) == (left, 6000 - left)
    assert Customer.objects.count() == 6000
