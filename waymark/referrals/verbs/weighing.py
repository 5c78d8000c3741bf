"""Whether help fits this customer now: questions to think with, and what the tables say. It advises; people decide."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.directory.enums import Funding
from waymark.interviews.advice import age_on
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.referrals.common import draft, note, rules_on
from waymark.referrals.models import Fit, Referral

# A row that says so is gone on from only with a reason, which stays with the referral (P:L783).
SAY_WHY = "say_why"
FIT_TABLES = ("referral-fit", "referral-cmp", "referral-dea", "referral-payment")


def derived_facts(referral: Referral, rules: Rules, on: date) -> dict[str, object]:
    """What the tables are told without asking anybody."""
    service, claim = referral.service, referral.claim
    provisions = rules.facts["referral_provision"].choices
    known: dict[str, object] = {
        "referral_provision": service.provision if service.provision in provisions else "other",
        "referral_funding": Funding(service.funding).value,
        "referrer_role": referral.made_as
        if referral.made_as in {Role.ADVISER, Role.DISABILITY_ADVISER}
        else "other",
        "service_excludes_substances": "using_drugs_alcohol" in service.excludes,
    }
    if service.benefits:
        known["service_takes_benefit"] = claim.benefit in service.benefits
    if service.paid_when_referred_by:
        known["service_paid_for_role"] = referral.made_as in service.paid_when_referred_by
    if claim.customer.born_on and service.greatest_age and service.lasts_weeks:
        later = date.fromordinal(on.toordinal() + 7 * service.lasts_weeks)
        known["past_age_during_help"] = age_on(claim.customer.born_on, later) > service.greatest_age
    earlier = Claim.objects.filter(customer=claim.customer_id).exclude(pk=claim.pk)
    known["claimed_before"] = earlier.exists()
    return known


@transaction.atomic
def ask_fit(referral: Referral, answers: Mapping[str, object], *, by: Post, now: datetime) -> Fit:
    """Put the answers to the tables and keep what they say. It advises; it never stands in the way.

    answers: facts by name as `rules.facts.parse` takes them; what is not known is left out.
    """
    referral = draft(referral, by)
    on = day_of(now)
    rules = rules_on(referral, now)
    given = {name: value for name, value in answers.items() if value not in ("", None)}
    made = Fit.objects.create(
        referral=referral,
        facts=given,
        hints=hints_of(referral, given, rules, on),
        pack=rules.version,
        at=now,
        by=by,
    )
    note(Happened.REFERRAL_FIT_ASKED, referral, by=by, now=now, hints=len(made.hints))
    return made


def hints_of(
    referral: Referral, answers: Mapping[str, object], rules: Rules, on: date
) -> list[dict[str, str]]:
    """Every row of the tables that certainly matches: what to do, why, and where that comes from."""
    facts = rules.facts.parse({**answers, **derived_facts(referral, rules, on)})
    found = []
    for name in FIT_TABLES:
        table = rules.table(name)
        for row in table.evaluate(facts, on).matches:
            words = table.words_of(row)
            found.append(
                {
                    "table": name,
                    "row": row.id,
                    "hint": str(words["hint"]),
                    "do": str(words["do"] or ""),
                    "because": row.because,
                    "source": row.source,
                }
            )
    return found


def wants_a_reason(referral: Referral, rules: Rules, on: date) -> str:
    """What speaks against it so that going on needs a reason, by the last answers there are; empty where nothing does."""
    last = referral.fits.first()
    hints = hints_of(referral, last.facts if last else {}, rules, on)
    return next((hint["because"] for hint in hints if hint["hint"] == SAY_WHY), "")
