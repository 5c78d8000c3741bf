"""Guidance found by words, and programmes as people read them."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from waymark.organisations.enums import Role
from waymark.programme.models import LocalSetting
from waymark.programme.queries import holding
from waymark.web.guidance.packs import rows_of

pytestmark = pytest.mark.django_db
SLUG = "jobcentre-plus-2002"


def shown(client, name, *args, query="", status=200) -> str:
    answer = client.get(reverse(f"guidance:{name}", args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def local(place, now):
    return LocalSetting.objects.create(
        slug=SLUG,
        key="timings.recontact_days_before_end",
        value=9,
        office_code=place.office.code,
        valid_from=date(2002, 4, 22),
        because="Many customers here are hard to reach.",
        set_by="Rosa Finch",
        set_at=now,
    )


def test_guidance_is_found_by_words_wherever_they_stand(advises):
    text = shown(advises, "search", query="?q=terminal+illness")
    assert "The call before the end" in text
    assert "How to count" not in text


def test_items_with_the_words_in_their_title_stand_first(advises):
    text = shown(advises, "search", query="?q=call")
    first = text.index("wm-card__title")
    assert "call" in text[first : first + 200].lower()


def test_guidance_is_narrowed_to_what_it_is_about(advises):
    text = shown(advises, "search", query="?topic=days_long")
    assert "For how long" in text
    assert "1 item" in text


def test_words_that_stand_nowhere_find_nothing_and_say_so(advises):
    assert "Nothing found" in shown(advises, "search", query="?q=zebra")


def test_an_item_shows_level_source_and_since_when(advises):
    text = shown(advises, "item", SLUG, "how_long")
    for expected in ("national", "D:L719", "22 Apr 2002", "A few weeks to three months are usual."):
        assert expected in text, expected


def test_an_item_that_is_not_there_is_not_found(advises):
    shown(advises, "item", SLUG, "no_such_item", status=404)
    shown(advises, "item", "no-such-programme", "how_long", status=404)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_programme(role, client, place):
    client.force_login(make.post(role, office=place.office).person)
    assert "Jobcentre Plus interviews, 2002" in shown(client, "programmes")
    assert "Recontact days before end" in shown(client, "programme", SLUG)


def test_a_value_shows_its_unit_source_and_what_other_places_do(advises):
    text = shown(advises, "programme", SLUG)
    for expected in ("5 days", "D:L838", "one office: about a week"):
        assert expected in text, expected


def test_a_local_value_is_shown_with_its_because_beside_the_programmes_own(advises, local):
    text = shown(advises, "programme", SLUG)
    assert "Held otherwise at Calder office" in text
    assert "Many customers here are hard to reach." in text
    assert "where the programme says 5 days." in text


def test_another_office_does_not_see_the_local_value_as_its_own(client, place, local):
    client.force_login(make.post(Role.ADVISER, office=make.office(district=place.district)).person)
    assert "Held otherwise" not in shown(client, "programme", SLUG)


def test_a_table_shows_every_row_with_because_and_source(advises, now):
    text = shown(advises, "table", SLUG, "authority")
    for expected in ("A040", "Chain number: &gt;= 3", "authorise before", "three times in a row", "D:L852"):
        assert expected in text, expected
    assert len(rows_of(holding(SLUG, now.date()), "first-contact")) == len(
        holding(SLUG, now.date()).table("first-contact").rows
    )


def test_a_table_that_is_not_there_is_not_found(advises):
    shown(advises, "table", SLUG, "no-such-table", status=404)


def test_version_and_digest_are_shown(advises, now):
    digest = holding(SLUG, now.date()).version.digest
    assert digest in shown(advises, "programme", SLUG)
