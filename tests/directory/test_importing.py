"""A file of services: what is right comes in, what is not comes back with what would be right."""

import io
import json

import pytest
from click.testing import CliRunner

from tests.directory.making import bring_in, record, service, uid
from tests.factories import NOW, TODAY
from waymark.cli.commands import waymark
from waymark.directory import hsds, verbs
from waymark.directory.hsds import Unreadable
from waymark.directory.models import Contact, Organisation, Service
from waymark.record.models import Event

pytestmark = pytest.mark.django_db


def problems(document, codes) -> list[str]:
    report, refused = bring_in({"contents": [document]}, codes)
    assert report.added == 0
    return [problem for _record, said in refused for problem in said]


@pytest.mark.parametrize(
    ("change", "where", "cure"),
    [
        ({"name": None}, "contents[0].name: is missing", "Write it as text"),
        ({"status": "open"}, "contents[0].status: “open” is not known", "active, inactive, defunct"),
        ({"id": "17"}, "contents[0].id: “17” is no UUID", "Write one like"),
        ({"minimum_age": "16"}, "contents[0].minimum_age: “16” is no number", "without quotation marks"),
        ({"email": "somebody"}, "contents[0].email: “somebody” is no e-mail address", "name@place"),
        ({"assured_date": "May"}, "contents[0].assured_date: “May” is no day", "2004-05-04"),
        ({"phones": {}}, "contents[0].phones: is no list", "[ ]"),
        (
            {"organization": {"id": uid("x"), "name": "X"}},
            "contents[0].organization.description: is missing",
            "text",
        ),
        (
            {
                "service_at_locations": [
                    {"id": uid("a"), "location": {"id": uid("b"), "location_type": "hut"}}
                ]
            },
            "contents[0].service_at_locations[0].location.location_type: “hut” is not known",
            "physical, postal, virtual",
        ),
    ],
)
def test_a_refusal_says_which_record_which_field_and_what_would_be_right(codes, change, where, cure):
    document = {name: value for name, value in {**record(), **change}.items() if value is not None}
    [said] = problems(document, codes)
    assert said.startswith(where)
    assert cure in said


def test_all_that_is_wrong_with_a_record_is_said_at_once(codes):
    assert len(problems({**record(), "status": "open", "minimum_age": "x"}, codes)) == 2


def test_a_service_that_nobody_offers_is_refused(codes):
    document = record()
    del document["organization"]
    [said] = problems(document, codes)
    assert said.startswith("contents[0].organization: nobody offers this service")


def test_an_organisation_that_is_known_may_be_named_by_its_id_alone(codes):
    bring_in(record(), codes)
    second = {**record("Second"), "organization_id": record()["organization"]["id"]}
    del second["organization"]
    report, refused = bring_in(second, codes)
    assert (report.added, refused) == (1, [])


def test_the_others_come_in_beside_a_refused_one(codes):
    bad = {**record("Bad"), "status": "open"}
    report, refused = bring_in([record("Good"), bad, record("Better")], codes)
    assert (report.added, report.rejected, len(refused)) == (2, 1, 1)


def test_the_same_id_twice_in_a_file_is_refused_the_second_time(codes):
    report, [(_record, [said])] = bring_in([record(), record()], codes)
    assert report.added == 1
    assert "twice" in said


def test_a_record_that_is_no_object_is_refused(codes):
    _report, [(_record, [said])] = bring_in([17], codes)
    assert said.startswith("[0]: is “17”. It must be an object")


@pytest.mark.parametrize("text", ["{", "[]"])
def test_what_is_no_file_of_services_is_not_read(codes, text):
    with pytest.raises(Unreadable):
        bring_in_text(text, codes)


def bring_in_text(text, codes):
    hsds.import_services(io.StringIO(text), codes=codes, on=TODAY, now=NOW, reject=lambda record, said: None)


def test_what_our_people_changed_stays_when_the_file_says_nothing_new(codes):
    bring_in(record(description="From the file"), codes)
    made = Service.objects.get()
    verbs.amend(made, fields={"about": "Better said", "taking": "full"}, codes=codes, by=None, now=NOW)
    bring_in(record(description="From the file", alert="Closed on Friday"), codes)
    made.refresh_from_db()
    assert (made.about, made.taking) == ("Better said", "full")
    assert made.published["alert"] == "Closed on Friday"


def test_what_the_file_says_anew_is_taken_over(codes):
    bring_in(record(description="Old", wait_time="2 weeks"), codes)
    report, _refused = bring_in(record(description="New", wait_time="4 to 8 weeks"), codes)
    made = Service.objects.get()
    assert (report.changed, made.about, made.wait_weeks) == (1, "New", 8)


def test_a_service_published_as_no_longer_offered_is_withdrawn_with_a_reason(codes):
    bring_in(record(status="defunct", last_modified="2004-03-01T10:00:00Z"), codes)
    made = Service.objects.get()
    assert (made.taking, made.withdrawn_on.isoformat(), bool(made.withdrawn_why)) == (
        "withdrawn",
        "2004-03-01",
        True,
    )


def test_terms_of_others_that_mean_our_needs_become_them(codes):
    term = {"id": uid("t"), "name": "Money advice", "description": "", "taxonomy": "Others"}
    bring_in(record(attributes=[{"id": uid("a"), "taxonomy_term": term}]), codes)
    assert Service.objects.get().needs == ["debt"]


def test_somebody_who_has_left_goes_out_no_more(codes):
    bring_in(
        record(contacts=[{"id": uid("c"), "name": "Ann", "phones": [{"id": uid("p"), "number": "1"}]}]), codes
    )
    verbs.end_contact(Contact.objects.get(), on=TODAY.replace(day=1), by=None, now=NOW)
    [document] = hsds.bundle(codes, TODAY)["contents"]
    assert document["contacts"] == []


def test_what_we_know_of_a_contact_goes_out_instead_of_what_came_in(codes):
    bring_in(record(contacts=[{"id": uid("c"), "name": "Ann", "department": "Desk"}]), codes)
    Contact.objects.update(name="Anne")
    [document] = hsds.bundle(codes, TODAY)["contents"]
    assert document["contacts"] == [{"id": uid("c"), "name": "Anne", "department": "Desk"}]


def test_an_import_is_one_event(codes):
    bring_in([record("One"), record("Two")], codes)
    assert Event.objects.get(kind="services_imported").details["added"] == 2


@pytest.fixture
def run(pack):
    runner = CliRunner()
    return lambda *words: runner.invoke(
        waymark, [*words, "--on", "2004-05-04"] if words[0] == "import" else list(words)
    )


def test_refused_services_are_mended_in_their_file_and_come_in(run, tmp_path):
    file, rejects = tmp_path / "services.json", tmp_path / "rejects.json"
    bad = {**record("Bad"), "status": "open"}
    file.write_text(json.dumps({"contents": [record("Good"), bad]}), encoding="utf-8")
    answer = run("import", "services", str(file), "--rejects", str(rejects))
    assert answer.exit_code == 1, answer.output
    assert "contents[1].status: “open” is not known" in answer.output
    back = json.loads(rejects.read_text(encoding="utf-8"))
    [said] = back["contents"][0]["problem"]
    assert said.endswith("It can be: active, inactive, defunct, temporarily closed.")
    rejects.write_text(rejects.read_text(encoding="utf-8").replace('"open"', '"active"'), encoding="utf-8")
    answer = run("import", "services", str(rejects))
    assert answer.exit_code == 0, answer.output
    assert Service.objects.count() == 2


def test_the_command_says_what_came_of_it_and_again_that_nothing_changed(run, tmp_path):
    file = tmp_path / "services.json"
    file.write_text(json.dumps([record()]), encoding="utf-8")
    assert "1 added" in run("import", "services", str(file)).output
    assert "0 added, 0 changed, 1 as they were" in run("import", "services", str(file)).output


def test_the_rejects_may_not_overwrite_the_file_that_is_read(run, tmp_path):
    file = tmp_path / "services.json"
    file.write_text("[]", encoding="utf-8")
    answer = run("import", "services", str(file), "--rejects", str(file))
    assert (answer.exit_code, file.read_text(encoding="utf-8")) == (2, "[]")


def test_an_export_can_be_imported_again(run, tmp_path, codes):
    service(codes, name="Ours", needs=["debt"])
    file = tmp_path / "out.json"
    assert run("export", "services", str(file)).exit_code == 0
    assert "0 added" in run("import", "services", str(file)).output
    assert (Service.objects.count(), Organisation.objects.count()) == (1, 1)
