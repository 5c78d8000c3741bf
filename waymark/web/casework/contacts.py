"""Pages of being in touch: a contact, how often, and who hears how it goes."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.casework.enums import BegunBy, ContactChannel, Purpose, Told, With
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.casework import words
from waymark.web.casework.choosing import holder_chosen, open_case, people_to_choose
from waymark.web.casework.forms.contacts import ContactForm, PartyForm, RhythmForm
from waymark.web.casework.pages import about, act_page, form_view


@form_view
@about(queries.claim_for)
def log(request: Asked, claim: Any) -> HttpResponse:
    """Write down a contact."""
    case = open_case(request, claim)
    contacts = list(queries.contacts_of_case(case))
    form = ContactForm(
        request.POST or None,
        contacts=contacts,
        initial={
            "whom": With.CUSTOMER,
            "channel": ContactChannel.PHONE,
            "begun_by": BegunBy.US,
            "reached": "yes",
            "purpose": Purpose.ENCOURAGE,
        },
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.log_contact(
            case,
            whom=With(data["whom"]),
            contact=next((c for c in contacts if c.ref == data.get("contact")), None)
            if data["whom"] != With.CUSTOMER
            else None,
            channel=ContactChannel(data["channel"]),
            begun_by=BegunBy(data["begun_by"]),
            reached=data["reached"] == "yes",
            purpose=Purpose(data["purpose"]),
            minutes=data["minutes"] or 0,
            words=data["words"],
            next_on=data["next_on"],
            by=request.post,
            now=request.now,
        ),
        said=_("The contact is kept."),
        heading=_("A contact about %(name)s"),
        button=_("Keep it"),
    )


@form_view
@about(queries.claim_for)
def rhythm(request: Asked, claim: Any) -> HttpResponse:
    """How often we are in touch with this customer."""
    case = open_case(request, claim)
    contacts = list(queries.contacts_of_case(case))
    usual: int = queries.rules_of(claim, request.today).value("casework.contact_every_days")
    form = RhythmForm(
        request.POST or None,
        usual=usual,
        contacts=contacts,
        initial={
            "how": "agreed" if case.contact_days else "usual",
            "every_days": case.contact_days,
            "because": case.contact_because,
            "via": case.contact_via.ref if case.contact_via else "",
        },
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.set_rhythm(
            case,
            every_days=_days(data),
            because=data["because"],
            via=next((c for c in contacts if c.ref == data["via"]), None),
            by=request.post,
            now=request.now,
        ),
        said=_("It is kept, and the next contact is planned with it."),
        heading=_("How often we are in touch with %(name)s"),
        button=_("Keep it"),
    )


def _days(data: dict[str, Any]) -> int | None:
    if data["how"] == "usual":
        return None
    if not data["every_days"]:
        raise Refused("no_such_rhythm", _("It is not said how often."), _("Give a number of days."))
    return int(data["every_days"])


@form_view
@about(queries.claim_for)
def party(request: Asked, claim: Any) -> HttpResponse:
    """Who has an interest in the case, and whether the customer agrees that they hear how it goes."""
    case = open_case(request, claim)
    return act_page(
        request,
        claim,
        PartyForm(request.POST or None, holders=people_to_choose(claim, request)),
        lambda data: verbs.set_party(
            case,
            holder_chosen(claim, request, data["who"]),
            part=data["part"],
            may_be_told=Told(data["may_be_told"]),
            by=request.post,
            now=request.now,
        ),
        said=_("It is kept."),
        heading=_("Who hears how it goes with %(name)s"),
        button=_("Keep it"),
        table=words.parties_table(queries.case_page(case, request.now).parties, request.today),
    )
