"""One entry, whole: what an adviser must know before they speak of a service."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory import access, queries
from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import Channel, ContactDuring, Knowledge
from waymark.directory.rules import freshness
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.directory.asking import claim_asked_for
from waymark.web.directory.forms import PARTS
from waymark.web.directory.knowing_forms import KnowForm
from waymark.web.directory.own_figures import came_back, real_waits
from waymark.web.directory.searching import codes_of
from waymark.web.directory.why import ages, wait_words, who_refers
from waymark.web.ui.components import Action, Row
from waymark.web.ui.markup import lines_html, link_html
from waymark.web.ui.templatetags.ui import day, telephone
from waymark.web.worklist.next_action import open_page

form_view = require_http_methods(["GET", "POST"])


def service_or_404(ref: str) -> Any:
    try:
        return queries.get_service(ref)
    except ObjectDoesNotExist:
        raise Http404 from None


@require_safe
def entry(request: Asked, ref: str) -> HttpResponse:
    """Everything an adviser must know before they speak of a service."""
    codes, service, claim = codes_of(request), service_or_404(ref), claim_asked_for(request)
    known = queries.known_by(service, request.post)
    refused = access.may_change(service, request.post)
    context = {
        "heading": service.name,
        "service": service,
        "groups": groups(service, codes, request, editable=refused is None and service.withdrawn_on is None),
        "contacts": [_contact(one, service, request) for one in queries.contacts_of(service, request.today)],
        "changes": queries.changes_of(service, request.today),
        "experiences": queries.experiences_of(service),
        "views": queries.views_of(service),
        "real_wait": real_waits([service]).get(service.pk, ""),
        "came_back": came_back(service, codes),
        "refer": _refer(service, claim, request),
        "claim": claim,
        "last_contact": queries.last_contact(service.organisation, request.today),
        "fresh": freshness(service.confirmed_on, request.today, codes.confirm_every_days),
        "every": codes.confirm_every_days,
        "confirm": Action(
            _("It is still right"),
            reverse("directory:confirm", args=[ref]),
            "post",
            refused=str(refused) if refused else None,
        ),
        "may_know": access.may_know(request.post) is None,
        "know": KnowForm(
            initial={"level": known.mine.level, "often": known.mine.often} if known.mine else None
        ),
        "levels": [(label, known.levels.get(value, 0)) for value, label in Knowledge.choices],
        "actions": _actions(service, refused, request),
        "organisation_url": reverse("directory:organisation", args=[service.organisation.ref]),
        "back_url": reverse("directory:search"),
        "back_label": _("Find help"),
    }
    return render(request, "directory/entry.html", context)


def _actions(service: Any, refused: Refused | None, request: Asked) -> list[Action]:
    """What may be done about the entry besides changing its parts."""
    wanted = [
        (_("Note news"), "directory:change"),
        (_("Write what you know"), "directory:experience"),
        (_("Write what a customer thought"), "directory:view"),
    ]
    # Why somebody else's entry cannot be changed stands beside its confirmation, once.
    if refused is None:
        wanted.append((_("Say who keeps it true"), "directory:give"))
    if refused is None and service.withdrawn_on is None:
        wanted.append((_("Withdraw it"), "directory:withdraw"))
    actions = [
        Action(label, url)
        for label, name in wanted
        if (url := open_page(request.post.role, name, service.ref))
    ]
    if service.withdrawn_on is not None:
        back = open_page(request.post.role, "directory:bring_back", service.ref)
        actions.append(Action(_("Bring it back"), back, "post", refused=str(refused) if refused else None))
    return actions


def _refer(service: Any, claim: Any, request: Asked) -> Action | None:
    """The way on to a referral of the customer the search was for."""
    if claim is None or service.withdrawn_on is not None:
        return None
    url = open_page(request.post.role, "referrals:propose", claim.customer.ref, service.ref)
    label = _("Talk about it with %(name)s") % {"name": claim.customer.name}
    return Action(label, url, primary=True) if url else None


def _contact(contact: Any, service: Any, request: Asked) -> dict[str, Any]:
    return {
        "contact": contact,
        "telephone": telephone(contact.telephone),
        "for_all": contact.service_id is None,
        "end_url": open_page(request.post.role, "directory:end_contact", contact.ref),
    }


def groups(service: Any, codes: Catalogue, request: Asked, *, editable: bool) -> list[dict[str, Any]]:
    """The entry in groups of lines; what is not known is said to be not known."""
    tellers = {"what": _what, "who": _who, "how": _how, "places": _places}
    found = []
    for part, (title, _form) in PARTS.items():
        rows = [
            Row(label, value if value else _("not known"))
            for label, value in tellers[part](service, codes, request)
        ]
        url = reverse("directory:edit", args=[service.ref, part]) if editable else ""
        found.append({"title": title, "rows": rows, "url": url})
    where = [(_("Place"), _place(place)) for place in service.locations.all()] or [
        (_("Place"), _("not known"))
    ]
    found.insert(
        3,
        {
            "title": _("Where"),
            "rows": [Row(label, value) for label, value in where],
            "url": reverse("directory:where", args=[service.ref]) if editable else "",
        },
    )
    return found


Lines = list[tuple[str, object]]


def _what(service: Any, codes: Catalogue, request: Asked) -> Lines:
    return [
        (_("What happens there"), service.about),
        (_("Helps with"), lines_html(codes.words("need", service.needs))),
        (_("Kind"), codes.title("provision", service.provision) if service.provision else ""),
        (_("How near to work"), codes.title("level", service.level) if service.level else ""),
        (_("How they work"), service.approach),
        (_("Employers"), service.employer_links),
        (_("When"), service.hours),
        (_("Telephone"), telephone(service.telephone)),
        (_("E-mail"), service.email),
        (
            _("Website"),
            link_html(service.website, service.website) if _is_web(service.website) else service.website,
        ),
    ]


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _who(service: Any, codes: Catalogue, request: Asked) -> Lines:
    area = ", ".join(service.postcodes) or service.area_words
    districts = ", ".join(one.name for one in service.districts.all())
    benefits = ", ".join(codes.benefits.get(code, code) for code in service.benefits)
    left_out = lines_html(codes.words("exclusion", service.excludes))
    return [
        (_("Who it is for"), service.for_whom),
        (_("Who it is not for"), service.not_for),
        (_("It does not take somebody who"), left_out or _("nobody is left out")),
        (_("Benefits"), benefits or _("any, or none")),
        (_("Age"), ages(service) or _("any")),
        (_("Lives in"), area or _("anywhere")),
        (_("Districts"), districts or _("all")),
    ]


def _how(service: Any, codes: Catalogue, request: Asked) -> Lines:
    channels = [str(label) for value, label in Channel.choices if value in service.channels]
    paid = (
        who_refers(service.paid_when_referred_by)
        if service.paid_when_referred_by
        else _("it makes no difference")
    )
    return [
        (_("Who may refer"), capfirst(who_refers(service.referred_by))),
        (_("How"), capfirst(str(service.get_route_display()))),
        (_("In words"), service.how),
        (_("Papers and details travel"), ", ".join(channels) or _("any way")),
        (_("Form"), service.form_name or _("none")),
        (_("Documents"), lines_html(codes.words("document", service.documents)) or _("none")),
        (
            _("Needs to know"),
            lines_html(codes.words("information", service.information)) or _("name and contact only"),
        ),
        (_("Paid only when referred by"), paid),
    ]


def _places(service: Any, codes: Catalogue, request: Asked) -> Lines:
    until = (
        _(", until %(day)s") % {"day": day(service.funded_until, request.today)}
        if service.funded_until
        else ""
    )
    funder = f": {service.funder}" if service.funder else ""
    return [
        (_("Places and wait"), capfirst(wait_words(service))),
        (
            _("Lasts"),
            _("%(n)s weeks") % {"n": service.lasts_weeks} if service.lasts_weeks is not None else "",
        ),
        (_("The customer pays"), service.fees),
        (
            _("Benefits"),
            lines_html([capfirst(str(service.get_benefit_effect_display())), service.benefit_words]),
        ),
        (_("A place costs the programme"), capfirst(str(service.get_cost_display()))),
        (_("Who pays"), f"{capfirst(str(service.get_funding_display()))}{funder}{until}"),
        (_("Keeping in touch meanwhile"), capfirst(str(ContactDuring(service.contact_during).label))),
        (_("They tell us how it goes"), service.feedback_points),
    ]


def _place(place: Any) -> object:
    steps = {True: _("Step-free"), False: _("Not step-free"), None: _("Whether it is step-free is not known")}
    return lines_html([str(place), place.travel, steps[place.step_free]])
