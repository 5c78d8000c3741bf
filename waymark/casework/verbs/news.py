"""Telling those with an interest in a case: colleagues on Today, people of services by an e-mail that names nobody."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.casework.enums import NewsKind
from waymark.casework.models import Case, CaseNews
from waymark.casework.queries.cases import interested
from waymark.casework.verbs.common import refs, rules_for
from waymark.directory.models import Contact
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.notices.enums import MailKind
from waymark.notices.mailing import digest_for, queue_mail
from waymark.organisations.models import Person, Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

LINK_DAYS = 28


def tell_interested(
    case: Case,
    kind: NewsKind,
    words: str,
    *,
    but_not: Collection[Person | None] = (),
    by: Post | None,
    now: datetime,
) -> list[CaseNews]:
    """Everybody who may hear how it goes hears this: the case manager, and all to whom the customer said yes.

    but_not: colleagues who know anyway, as they are asked or hear by a task of their own. Part of another verb,
    whose event says what happened; this adds one that says who was told.
    """
    found = interested(case.claim, day_of(now))
    return _tell(
        case,
        kind,
        words,
        people=[one.post.person for one in found if one.post is not None],
        contacts=[one.contact for one in found if one.contact is not None],
        but_not=but_not,
        by=by,
        now=now,
    )


def tell_these(
    case: Case,
    kind: NewsKind,
    words: str,
    *,
    people: Collection[Person],
    contacts: Collection[Contact],
    by: Post | None,
    now: datetime,
) -> list[CaseNews]:
    """Those who are asked to something hear of it; somebody of a service in writing only with the customer's yes."""
    agreed = {one.contact.pk for one in interested(case.claim, day_of(now)) if one.contact is not None}
    return _tell(
        case,
        kind,
        words,
        people=people,
        contacts=[one for one in contacts if one.pk in agreed],
        but_not=(),
        by=by,
        now=now,
    )


def _tell(
    case: Case,
    kind: NewsKind,
    words: str,
    *,
    people: Collection[Person],
    contacts: Collection[Contact],
    but_not: Collection[Person | None],
    by: Post | None,
    now: datetime,
) -> list[CaseNews]:
    know = {person.pk for person in but_not if person is not None} | ({by.person_id} if by else set())
    here = {person.pk: person for person in people if person.pk not in know and person.left_on is None}
    there = {contact.pk: contact for contact in contacts if contact.email}
    rules = rules_for(case.claim, day_of(now))
    told = [_to_colleague(case, kind, words, person, rules, by=by, now=now) for person in here.values()]
    told += [_to_service(case, kind, words, contact, rules, by=by, now=now) for contact in there.values()]
    by_word = [one.name for one in contacts if not one.email]
    if told or by_word:
        note_event(
            Happened.CASE_NEWS_TOLD,
            by=by,
            now=now,
            news=kind,
            who=[*(one.name for one in here.values()), *(one.name for one in there.values())],
            by_word=by_word,
            case=case.ref,
            **refs(case.claim),
        )
    return told


def _to_colleague(
    case: Case, kind: NewsKind, words: str, person: Person, rules: Rules, *, by: Post | None, now: datetime
) -> CaseNews:
    mail = None
    if value_of(rules, "colleagues_by_email", False):
        mail = queue_mail(
            MailKind.CASE_NEWS,
            office=case.claim.office,
            to_name=person.name,
            address=person.email,
            subject=_("News of a customer in Waymark"),
            body=_(
                "Hello %(name)s,\n\nthere is news of a customer you have to do with (%(ref)s). So that nobody is named"
                " by e-mail, it is in Waymark only. Sign in to read it:\n{link}\n"
            )
            % {"name": person.name, "ref": case.ref},
            link=reverse("casework:news"),
            claim=case.claim,
            by=by,
            now=now,
        )
    return CaseNews.objects.create(
        ref=new_ref("Z"),
        case=case,
        kind=kind,
        words=words[:300],
        person=person,
        at=now,
        by=by,
        mail=mail,
    )


def _to_service(
    case: Case, kind: NewsKind, words: str, contact: Contact, rules: Rules, *, by: Post | None, now: datetime
) -> CaseNews:
    office, days = case.claim.office, int(value_of(rules, "news_link_days", LINK_DAYS))
    until = now + timedelta(days=days)
    mail = queue_mail(
        MailKind.CASE_NEWS,
        office=office,
        to_name=contact.name,
        address=contact.email,
        subject=_("News from %(office)s (%(ref)s)") % {"office": office.name, "ref": case.ref},
        body=_(
            "Hello %(name)s,\n\nthere is news of somebody who has agreed that you hear how it goes. So that nobody is"
            " named by e-mail, it is behind this link, for %(days)d days:\n{link}\n\nYou can also ring us, and give this"
            " reference: %(ref)s.\n\n%(office)s\n%(telephone)s\n"
        )
        % {
            "name": contact.name,
            "days": days,
            "ref": case.ref,
            "office": office.name,
            "telephone": office.telephone,
        },
        link=reverse("casework:outside", args=["SECRET"]).replace("SECRET", "{secret}"),
        claim=case.claim,
        by=by,
        now=now,
    )
    assert mail is not None  # only what is said once may have been said before
    return CaseNews.objects.create(
        ref=new_ref("Z"),
        case=case,
        kind=kind,
        words=words[:300],
        contact=contact,
        at=now,
        by=by,
        mail=mail,
        digest=digest_for(mail),
        opens_until=until,
    )


def value_of(rules: Rules, key: str, otherwise: Any) -> Any:
    """A setting of casework, or what is given where a programme loaded earlier does not have it."""
    name = f"casework.{key}"
    return rules.value(name) if name in rules.pack.settings else otherwise
