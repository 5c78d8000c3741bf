"""What the pages of a record share: whose it is, the head of the page, the way between its parts."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.customers import queries as customers
from waymark.interviews.advice import age_on
from waymark.interviews.queries import Summary
from waymark.web.asking import Asked
from waymark.web.ui.components import Action, Link
from waymark.web.ui.templatetags.ui import long_day, ni
from waymark.web.worklist.next_action import open_page


def find_customer(request: Asked, ref: str) -> Any:
    """The customer of this reference, or the one they were merged into; 404 for strangers."""
    try:
        return customers.get_customer(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None


def head(request: Asked, customer: Any, current: str) -> dict[str, Any]:
    """The context every page of a record has; notes that the record was read."""
    request.customer_read = customer.ref
    return {"customer": customer, "heading": full_name(customer), "parts": parts(request, customer, current)}


def full_name(customer: Any) -> str:
    return f"{customer.title} {customer.name}".strip()


def parts(request: Asked, customer: Any, current: str) -> list[Link]:
    """The parts of the record this role may open."""
    pages = [
        (_("Timeline"), "customers:record"),
        (_("Interviews"), "record:interviews"),
        (_("Referrals"), "referrals:of_customer"),
        (_("Help and work"), "record:help"),
        (_("Letters"), "notices:of_customer"),
        (_("People and contact"), "record:people"),
        (_("Who looked"), "record:looked"),
    ]
    found = [(label, open_page(request.post.role, name, customer.ref), name) for label, name in pages]
    return [Link(label, url, name == current) for label, url, name in found if url]


def who_words(customer: Any, summary: Summary, today: date) -> list[str]:
    """Who this is, in the words that tell people apart."""
    number = (
        ni(customer.ni_number)
        if customer.ni_number
        else _("no NI number: %(why)s") % {"why": customer.ni_unknown_because}
    )
    words = [number]
    if customer.born_on:
        words.append(
            _("born %(day)s (%(age)d)")
            % {"day": long_day(customer.born_on).partition(" ")[2], "age": age_on(customer.born_on, today)}
        )
    else:
        words.append(_("date of birth not known"))
    if summary.claim:
        since = long_day(summary.claim.claimed_on).partition(" ")[2]
        words.append(_("%(benefit)s since %(day)s") % {"benefit": summary.benefit, "day": since})
        words.append(summary.claim.office.name)
    return words


def actions(request: Asked, customer: Any, summary: Summary) -> list[Action]:
    """What may be done from the record besides the next step; pages that are not for this role are left out."""
    role = request.post.role
    now = summary.now
    interview = now.ref if now else ""
    live = summary.claim.ref if summary.claim and summary.claim.status == "live" else ""
    put_off = interview if now and now.state in {"deferred", "waived"} else ""
    booked = now.appointment_ref if now else ""
    wanted = [
        (_("They told us something"), "inbound:log", customer.ref if summary.claim else ""),
        (_("Record a contact"), "record:contact", customer.ref),
        (
            _("Make a promise"),
            "record:promise",
            customer.ref if summary.claim and summary.claim.status == "live" else "",
        ),
        (_("Plan"), "actionplans:plan", summary.claim.ref if summary.claim else ""),
        (_("Work"), "employment:work", summary.claim.ref if summary.claim else ""),
        (_("Bring the interview forward"), "interviews:bring_forward", put_off),
        (
            _("Put the interview off"),
            "interviews:defer",
            interview if now and now.state in {"due", "booked"} else "",
        ),
        (_("Open the interview"), "sittings:before", booked),
        (_("Agree a talk by choice"), "series:voluntary", "" if now and now.unsettled else live),
        (_("Move the interview"), "diaries:move", booked),
        (_("Cancel the interview"), "diaries:cancel", booked),
    ]
    found = [(label, open_page(role, page, ref)) for label, page, ref in wanted]
    search = open_page(role, "directory:search") if summary.claim else ""
    found.append((_("Find help"), f"{search}?customer={customer.ref}" if search else ""))
    return [Action(label, url) for label, url in found if url]


def other_pages(request: Asked, customer: Any, claim: Any = None) -> list[Link]:
    """Where what stands on the record is changed."""
    live = claim.ref if claim and claim.status == "live" else ""
    wanted = [
        (_("Who the customer is"), "customers:identity", customer.ref),
        (_("Safe contact"), "customers:contact", customer.ref),
        (_("Access needs"), "customers:needs", customer.ref),
        (_("How they would like to be seen"), "series:preferences", live),
        (_("Hours in which they cannot come"), "series:hours", live),
        (_("Help to come"), "series:help", live),
        (_("They are against the interview"), "series:against", live),
        (_("Whether interviews are compulsory"), "series:requirement", live),
        (_("Who may speak or be told"), "customers:people", customer.ref),
        (_("Notes"), "customers:notes", customer.ref),
        (_("Money"), "awards:money", claim.ref if claim else ""),
        (_("Their own page"), "inbound:keys", customer.ref),
        (_("Stop calls and letters"), "customers:stop", customer.ref),
        (_("The same person as …"), "customers:merge", customer.ref),
        (_("New claim"), "customers:new_claim", customer.ref),
        (_("Another benefit"), "customers:benefit", live),
        (_("End the claim"), "customers:end_claim", live),
    ]
    found = [(label, open_page(request.post.role, page, ref)) for label, page, ref in wanted]
    return [Link(label, url) for label, url in found if url]


def record_url(customer: Any) -> str:
    return reverse("customers:record", args=[customer.ref])
