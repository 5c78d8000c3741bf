"""The published examples come in and go out again without loss, and what goes out is valid by the published schemas."""

import json

import pytest

from tests.directory.making import bring_in, service
from tests.factories import TODAY
from waymark.directory import hsds
from waymark.directory.hsds.writing import location_document, organisation_document, service_document
from waymark.directory.models import Contact, Location, Loose, Organisation, Service

pytestmark = pytest.mark.django_db

PAGES = [("hsds-3", "service_full"), ("open-referral-uk-3", "service_full")]


def leaves(found, path=""):
    """Every single value of a document with where it stands; parts of lists go by their id where they have one."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from leaves(value, f"{path}.{name}")
    elif isinstance(found, list):
        for n, value in enumerate(found):
            yield from leaves(value, f"{path}[{value.get('id', n) if isinstance(value, dict) else n}]")
    else:
        yield path, found


def everything(codes):
    """The export as it would be read from its file."""
    return json.loads(json.dumps(hsds.bundle(codes, TODAY)))


@pytest.mark.parametrize(("standard", "name"), PAGES)
def test_every_field_of_the_example_of_a_whole_service_comes_out_as_it_went_in(
    standard, name, example, codes
):
    given = example(standard, name)
    _report, refused = bring_in(given, codes)
    assert refused == []
    [made] = everything(codes)["contents"]
    assert dict(leaves(given)) == dict(leaves(made))


@pytest.mark.parametrize("standard", ["hsds-3", "open-referral-uk-3"])
def test_every_field_of_the_example_of_an_organisation_comes_out_as_it_went_in(standard, example, codes):
    given = example(standard, "organization_full")
    _report, refused = bring_in(given, codes)
    assert refused == []
    mother = Organisation.objects.get()
    made = organisation_document(mother, TODAY)
    if "services" in given:
        made["services"] = [service_document(one, codes, TODAY, within=True) for one in mother.services.all()]
    assert dict(leaves(given)) == dict(leaves(json.loads(json.dumps(made))))


@pytest.mark.parametrize("standard", ["hsds-3", "open-referral-uk-3"])
def test_every_field_of_the_example_of_a_page_comes_out_as_it_went_in(standard, example, codes):
    given = example(standard, "service_list")
    report, refused = bring_in(given, codes)
    assert (report.added, refused) == (len(given["contents"]), [])
    assert dict(leaves(given["contents"])) == dict(leaves(everything(codes)["contents"]))


def test_every_row_of_the_tabular_example_is_somewhere_in_the_export(example, codes):
    """Numbers in text columns, such as a company's number, come out as the texts that the schema asks for."""
    given = example("hsds-3", "tabular")
    _report, refused = bring_in(given, codes)
    assert refused == []
    rows = {}
    gather(everything(codes), rows)
    for table, wanted in given.items():
        for row in wanted:
            copies = rows[row["id"]]
            assert any(
                all(str(copy.get(name)) == str(value) for name, value in row.items()) for copy in copies
            ), f"{table}: {row['id']}"


def gather(found, rows):
    if isinstance(found, dict):
        if "id" in found:
            rows.setdefault(found["id"], []).append(found)
        for value in found.values():
            gather(value, rows)
    elif isinstance(found, list):
        for value in found:
            gather(value, rows)


def test_the_examples_bring_the_columns_that_advisers_read(example, codes):
    bring_in(example("hsds-3", "service_full"), codes)
    made = Service.objects.get()
    assert made.name == "Community Counselling"
    assert (made.least_age, made.greatest_age) == (12, 100)
    assert made.telephone == "+44 1234 234567"
    assert made.for_whom.startswith("This service is intended for all people aged 12 and over")
    assert made.fees.startswith("Non-NHS patients are expected to pay")
    assert made.locations.get().town == "MyCity"
    assert Contact.objects.get().job == "Reception Manager"


def test_a_second_import_of_the_same_file_changes_nothing(example, codes):
    given = example("hsds-3", "service_full")
    bring_in(given, codes)
    before = everything(codes), rows()
    report, _refused = bring_in(given, codes)
    assert (report.added, report.changed, report.already_there) == (0, 0, 1)
    assert (everything(codes), rows()) == before


def test_what_goes_out_comes_in_again_and_changes_nothing(example, codes):
    bring_in(example("open-referral-uk-3", "service_full"), codes)
    bring_in(example("hsds-3", "tabular"), codes)
    before = everything(codes), rows()
    report, refused = bring_in(everything(codes), codes)
    assert (report.added, refused) == (0, [])
    assert (everything(codes), rows()) == before


def test_an_entry_written_here_is_the_same_after_a_way_out_and_in_again(codes):
    """What the standard has no field for travels among the attributes."""
    service(
        codes,
        name="Condition management",
        where=[("CA1 2BB", 54.9, -2.9)],
        provision="cmp",
        needs=["health_condition", "confidence"],
        referred_by=["adviser"],
        excludes=["in_crisis"],
        documents=["action_plan"],
        postcodes=["CA1", "CA2"],
        taking="waiting",
        wait_weeks=4,
        route="formal",
        channels=["paper"],
        benefit_effect="none",
        contact_during="hold_off",
        cost="high",
        paid_when_referred_by=["adviser"],
    )
    out, before = everything(codes), columns()
    for model in (Service, Location, Organisation):
        model.objects.all().delete()
    _report, refused = bring_in(out, codes)
    assert refused == []
    assert columns() == before


def columns():
    unlike = {"id", "ref", "organisation_id", "published", "search", "added_on", "confirmed_by_id"}
    return [
        {k: v for k, v in row.items() if k not in unlike} for row in Service.objects.order_by("uid").values()
    ]


def rows():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Organisation, Location, Service, Contact, Loose)
    ]


@pytest.mark.parametrize(
    ("standard", "name"), [("hsds-3", "service_with_definitions"), ("open-referral-uk-3", "service")]
)
def test_what_goes_out_is_valid_by_the_published_schema(standard, name, example, schema, codes):
    wrong = schema(standard, name)
    for source in ("hsds-3", "open-referral-uk-3"):
        bring_in(example(source, "service_full"), codes)
    service(
        codes,
        name="Ours",
        where=["CA1 2BB"],
        needs=["alcohol"],
        taking="full",
        postcodes=["CA1"],
        least_age=18,
    )
    service(codes, name="Bare")
    contents = everything(codes)["contents"]
    assert len(contents) == 3
    assert [problem for one in contents for problem in wrong(one)] == []


@pytest.mark.parametrize("standard", ["hsds-3", "open-referral-uk-3"])
def test_the_lines_of_lists_are_valid_by_the_published_schema(standard, schema, codes):
    made = service(codes, name="Ours", where=["CA1 2BB"], needs=["alcohol"])
    assert schema(standard, "service_list")(hsds.service_line(made, codes, TODAY)) == []


def test_a_place_written_here_is_whole_when_it_goes_out(codes):
    made = service(codes, where=[("CA1 2BB", 54.9, -2.9)])
    [address] = location_document(made.locations.get())["addresses"]
    assert (address["city"], address["postal_code"], address["country"]) == ("Calder", "CA1 2BB", "GB")
