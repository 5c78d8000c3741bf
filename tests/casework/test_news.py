"""At a transfer, and when help ends, all who may hear it do: colleagues on Today, people of services by a safe link."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.casework.making import (
    check_now,
    disability_adviser,
    helpers,
    lend,
    moment,
    open_tasks,
    taken_on,
    wanted,
)
from waymark.casework import queries, verbs
from waymark.casework.enums import Told
from waymark.casework.models import Case, CaseNews
from waymark.casework.verbs.hearing import mail_failed
from waymark.directory.models import Contact
from waymark.kernel.refusal import Refused
from waymark.notices import mailing
from waymark.notices.models import Mail
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.portal.secrets import secret_of
from waymark.record.models import Event
from waymark.staffing.verbs import set_local_value

pytestmark = pytest.mark.django_db


def agreed(case: Case, who: Contact | Post, by: Post, told: Told = Told.YES) -> None:
    verbs.set_party(case, who, part="helps with confidence", may_be_told=told, by=by, now=moment())


def at_a_service(name: str = "Calder Steps", email: str = "lee@steps.example") -> Contact:
    contact = helpers(name).contact
    contact.email = email
    contact.save()
    return contact


def heard(who: Contact | Post) -> list[str]:
    """What somebody was told, in order."""
    rows = CaseNews.objects.order_by("id")
    mine = rows.filter(person=who.person) if isinstance(who, Post) else rows.filter(contact=who)
    return list(mine.values_list("kind", flat=True))


def secret_for(contact: Contact) -> str:
    news = CaseNews.objects.filter(contact=contact).latest("id")
    return secret_of(news.mail.ref, "mail")


def asks(place, case: Case, dea: Post, **more):
    wish = wanted(dea, reason="disability_adviser", remit=("complex_health",), **more)
    return verbs.propose_transfer(case, wish, by=place.adviser, now=moment())


# Who is told what


def test_from_the_question_to_the_new_case_manager_everybody_concerned_hears(place):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    agreed(case, place.second_adviser, place.adviser)
    transfer = asks(place, case, dea)
    verbs.answer_transfer(transfer, accept=True, by=dea, now=moment(1))
    assert heard(lee) == ["asked", "changed"]
    assert heard(place.second_adviser) == ["asked", "changed"]
    assert heard(dea) == [], "who is asked, and takes over, has tasks that say it"


def test_a_case_that_waits_for_a_meeting_is_told_as_that(place):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    transfer = asks(place, case, dea, hold_until_met=True)
    verbs.answer_transfer(transfer, accept=True, by=dea, now=moment(1))
    assert heard(lee) == ["asked", "accepted"]


@pytest.mark.parametrize("how", ["declined", "withdrawn", "lapsed"])
def test_where_nothing_comes_of_it_the_customer_stays_and_nobody_learns_why(place, how):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    transfer = asks(place, case, dea)
    if how == "declined":
        verbs.answer_transfer(
            transfer, accept=False, reason="nothing_to_add", words="Too unwell.", by=dea, now=moment(1)
        )
    elif how == "withdrawn":
        verbs.withdraw_transfer(transfer, words="Too unwell.", by=place.adviser, now=moment(1))
    else:
        verbs.lapse_transfer(transfer, now=moment(30))
    assert heard(lee) == ["asked", "stays"]
    assert not CaseNews.objects.filter(words__contains="unwell").exists()


def test_a_loan_and_its_end_are_told(place):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    transfer = lend(case, dea, place.adviser, reason="disability_adviser", remit=("complex_health",))
    verbs.return_case(transfer, by=dea, now=moment(5))
    assert heard(lee) == ["changed", "returned"]


def test_help_that_ends_is_told(place):
    case, lee, other = taken_on(place), at_a_service(), at_a_service("Northgate", "mo@northgate.example")
    agreed(case, lee, place.adviser)
    verbs.add_worker(
        case.claim,
        organisation=other.organisation,
        contact=other,
        part="confidence",
        until=None,
        origin_ref="R1",
        by=place.adviser,
        now=moment(),
    )
    verbs.end_worker(case.claim, origin_ref="R1", by=None, now=moment(1), why="The course is over.")
    assert heard(lee) == ["help_ended"]
    assert heard(place.adviser) == ["help_ended"]


@pytest.mark.parametrize("said", [Told.NO, Told.NOT_ASKED])
def test_nobody_outside_is_told_without_a_yes(place, said):
    """R:L861, R:L960: not asked is not yes."""
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser, said)
    asks(place, case, dea)
    assert heard(lee) == []
    assert not Mail.objects.exists()


def test_somebody_without_an_address_is_named_as_to_be_rung(place):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service(email="")
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    assert not Mail.objects.exists()
    assert Event.objects.get(kind="case_news_told").details["by_word"] == [lee.name]


def test_a_meeting_is_told_to_those_of_services_only_with_a_yes(place):
    case, lee, other = taken_on(place), at_a_service(), at_a_service("Northgate", "mo@northgate.example")
    agreed(case, lee, place.adviser)
    meeting = verbs.plan_meeting(
        case,
        kind="conference",
        starts_at=moment(1, 11),
        place="Calder office",
        objectives="",
        invited=[verbs.Invited(one.name, one.organisation.name, contact=one) for one in (lee, other)],
        by=place.adviser,
        now=moment(),
    )
    verbs.cancel_meeting(
        meeting, why="Ill.", again=False, customer_knows=True, by=place.adviser, now=moment()
    )
    assert (heard(lee), heard(other)) == (["meeting", "meeting_cancelled"], [])


# The e-mail


def test_the_e_mail_names_no_customer(place, mailoutbox):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    assert mailing.deliver_mails(moment()) == 1
    [message] = mailoutbox
    whole = f"{message.subject} {message.body}"
    customer = case.claim.customer
    assert message.to == ["lee@steps.example"]
    assert case.ref in whole and "/casework/news/l/" in message.body
    assert place.office.telephone in message.body
    for secret in (customer.family_name, customer.given_names, customer.ref, dea.person.name):
        assert secret not in whole


def test_colleagues_get_an_e_mail_only_where_the_district_says_so(place, mailoutbox):
    case, dea = taken_on(place), disability_adviser(place)
    agreed(case, place.second_adviser, place.adviser)
    asks(place, case, dea)
    assert not Mail.objects.exists()
    set_local_value(
        slug="jobcentre-plus-2002",
        key="casework.colleagues_by_email",
        text="true",
        place=place.district,
        valid_from=factories.TODAY,
        valid_until=None,
        because="Many work from other offices.",
        by=factories.post(Role.ADMINISTRATOR, office=place.office),
        now=moment(),
    )
    verbs.withdraw_transfer(case.transfers.get(), words="Not now.", by=place.adviser, now=moment())
    mailing.deliver_mails(moment())
    [message] = mailoutbox
    assert message.to == [place.second_adviser.person.email]
    assert case.claim.customer.family_name not in message.subject + message.body


def broken(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = ""


def give_up() -> None:
    """Try until it is given up."""
    now = moment()
    for _try in range(40):
        mailing.deliver_mails(now, on_failed=mail_failed)
        mail = Mail.objects.get()
        if mail.state == "failed":
            return
        now = mail.try_at
    raise AssertionError("it was never given up")


def test_an_e_mail_that_cannot_be_sent_makes_a_task_and_telling_by_word_ends_it(place, settings):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    broken(settings)
    give_up()
    [task] = open_tasks(case, "tell_by_word")
    assert lee.telephone in task.words
    verbs.told_by_word(task.case_news, by=place.adviser, now=moment(3))
    assert open_tasks(case, "tell_by_word") == []
    assert Mail.objects.get().state == "withdrawn"
    check_now()
    with pytest.raises(Refused, match="already"):
        verbs.told_by_word(task.case_news, by=place.adviser, now=moment(3))


def test_the_page_of_that_task_says_whom_to_ring_and_what_to_say(place, settings, client):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    broken(settings)
    give_up()
    [task] = open_tasks(case, "tell_by_word")
    client.force_login(place.adviser.person, backend="waymark.web.signin.Backend")
    address = reverse("casework:told_by_word", args=[task.ref])
    shown = client.get(address).content.decode()
    assert lee.name in shown and "is asked to take over" in shown and "I have told them" in shown
    agreed(case, lee, place.adviser, Told.NO)
    assert "do not tell them anything" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert open_tasks(case, "tell_by_word") == []


# The link


def test_the_link_shows_no_name_before_somebody_says_who_they_are(place, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(1))
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    address = reverse("casework:outside", args=[secret_for(lee)])
    door = client.get(address)
    name = case.claim.customer.name
    assert door.status_code == 200 and name not in door.content.decode()
    nameless = client.post(address, {"said_by": ""})
    assert name not in nameless.content.decode()
    inside = client.post(address, {"said_by": "Lee Marsh"})
    assert name in inside.content.decode()
    assert inside["Cache-Control"] == "no-store"
    assert Event.objects.latest("id").details["said_by"] == "Lee Marsh"


def test_a_yes_taken_back_closes_the_link_at_once(place, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(1))
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    secret = secret_for(lee)
    agreed(case, lee, place.adviser, Told.NO)
    answer = client.post(reverse("casework:outside", args=[secret]), {"said_by": "Lee Marsh"})
    assert answer.status_code == 410
    assert case.claim.customer.name not in answer.content.decode()


def test_the_link_opens_for_some_weeks_and_a_made_up_one_never(place):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    secret = secret_for(lee)
    assert verbs.open_news(secret, said_by="Lee", now=moment(27)).contact == lee
    for wrong, now in ((secret, moment() + timedelta(days=28)), ("A" * 20, moment())):
        with pytest.raises(Refused, match="does not open anything"):
            verbs.open_news(wrong, said_by="Lee", now=now)


def test_the_database_keeps_no_secret(place):
    case, dea, lee = taken_on(place), disability_adviser(place), at_a_service()
    agreed(case, lee, place.adviser)
    asks(place, case, dea)
    secret = secret_for(lee)
    news, mail = CaseNews.objects.get(contact=lee), Mail.objects.get()
    kept = [str(getattr(row, one.attname)) for row in (news, mail) for one in row._meta.concrete_fields]
    assert not any(secret in value for value in kept)


# On Today


def test_a_colleague_reads_it_on_today_until_they_say_so(place, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(1))
    case, dea = taken_on(place), disability_adviser(place)
    agreed(case, place.second_adviser, place.adviser)
    asks(place, case, dea)
    client.force_login(place.second_adviser.person, backend="waymark.web.signin.Backend")
    assert "news of customers to read" in client.get(reverse("today")).content.decode()
    page = client.get(reverse("casework:news")).content.decode()
    assert case.claim.customer.name in page and "is asked to take over" in page
    client.post(
        reverse("casework:news_read", args=[CaseNews.objects.get(person=place.second_adviser.person).ref])
    )
    assert queries.how_many_news(place.second_adviser) == 0
    assert "news of customers to read" not in client.get(reverse("today")).content.decode()


def test_nobody_reads_a_colleagues_news(place, client):
    case, dea = taken_on(place), disability_adviser(place)
    agreed(case, place.second_adviser, place.adviser)
    asks(place, case, dea)
    news = CaseNews.objects.get(person=place.second_adviser.person)
    with pytest.raises(Refused, match="for a colleague"):
        verbs.read_news(news, by=place.adviser, now=moment())
    client.force_login(place.adviser.person, backend="waymark.web.signin.Backend")
    assert client.post(reverse("casework:news_read", args=[news.ref])).status_code == 404
