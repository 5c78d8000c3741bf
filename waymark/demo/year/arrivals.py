"""Who comes in: claims of years ago by monthly file, new ones by call or form."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from waymark.customers import queries as customers
from waymark.customers import verbs as customer_verbs
from waymark.customers.enums import Route
from waymark.customers.models import Claim, Customer
from waymark.customers.rules import Identity, tidy
from waymark.demo import names
from waymark.demo.year.day import Day
from waymark.demo.year.place import EXISTING, ONE_INTERVIEW, PATHWAYS
from waymark.interviews import verbs
from waymark.interviews.importing import import_claims
from waymark.organisations.models import Office

COLUMNS = (
    "reference",
    "given_names",
    "family_name",
    "date_of_birth",
    "ni_number",
    "address",
    "postcode",
    "telephone",
    "email",
    "benefit",
    "group",
    "office",
    "claimed_on",
)
FIRST_CLAIM, LAST_CLAIM = date(1990, 1, 1), date(2005, 2, 4)
YOUNGEST, OLDEST = 20, 59
HAS_EMAIL, MAY_TEXT = 0.1, 0.3  # local
# Benefit and group of those who meet one interview; the others claim an incapacity benefit.
ONE = (("ib", "sick_or_disabled"), ("is", "lone_parent"), ("ica", "carer"), ("bereavement", "bereaved"))
SICK = (("ib", "sick_or_disabled"), ("ib", "sick_or_disabled"), ("is", "sick_or_disabled"))


def bring_in(day: Day, count: int) -> int:
    """A monthly file of claims from before the pilot; says how many came in. Namesakes are turned down."""
    first = Customer.objects.count()
    turned_down: list[str] = []

    def import_file(*, now: object) -> int:
        report = import_claims(
            io.StringIO(file_of(day, first, count)),
            programme=EXISTING,
            on=day.on,
            now=day.now,
            reject=lambda _cells, problem: turned_down.append(problem),
            synthetic=True,
        )
        return report.added

    return day.do(import_file) or 0


def file_of(day: Day, first: int, count: int) -> str:
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow(COLUMNS)
    out.writerows(_rows(day, first, count))
    return written.getvalue()


def _rows(day: Day, first: int, count: int) -> Iterator[tuple[object, ...]]:
    random = day.random
    span = (LAST_CLAIM - FIRST_CLAIM).days
    for number in range(first, first + count):
        office = random.choice(day.place.offices)
        who = identity(random, number, office, day.on)
        benefit, group = random.choice(SICK)
        yield (
            f"S{number:06d}",
            who.given_names,
            who.family_name,
            who.born_on,
            who.ni_number,
            who.address,
            who.postcode,
            who.telephone,
            who.email,
            benefit,
            group,
            office.code,
            FIRST_CLAIM + timedelta(days=random.randrange(span)),
        )


def identity(random: Random, number: int, office: Office, on: date) -> Identity:
    """Somebody made up: the NI prefix is never issued, the telephone numbers are for drama."""
    given, family = names.a_name(random)
    age = random.randrange(YOUNGEST * 365, OLDEST * 365)
    email = f"c{number}@demo.waymark.example" if random.random() < HAS_EMAIL else ""
    return Identity(
        given_names=given,
        family_name=family,
        born_on=on - timedelta(days=age),
        ni_number=names.ni_number(number),
        address=names.address(random, office.name.split(" office")[0]),
        postcode=names.postcode(random, office.address.split()[-2]),
        telephone=names.telephone(random),
        email=email,
    )


def new_claim(day: Day, number: int) -> Claim | None:
    """A customer nobody knew, with a claim of today."""
    random, agent = day.random, day.agent()
    office = random.choice(day.place.offices)
    who = tidy(identity(random, number, office, day.on), day.on, synthetic=True)
    looked_at = [one.ref for one in customers.likely_duplicates(who, agent)]
    customer = day.do(customer_verbs.add_customer, who, by=agent, none_of=looked_at)
    if customer is None:
        return None
    programme = PATHWAYS if day.chance(day.rates.six_interviews) else ONE_INTERVIEW
    benefit, group = random.choice(SICK if programme == PATHWAYS else ONE)
    claim = day.do(
        verbs.open_claim,
        customer,
        benefit=benefit,
        group=group,
        programme=programme,
        office=office,
        claimed_on=day.on,
        period_from=day.on,
        route=Route.CALL if day.chance(0.7) else Route.FORM,
        by=agent,
    )
    if claim is not None and day.chance(MAY_TEXT):
        day.do(
            customer_verbs.set_safe_contact,
            customer,
            may_ring=True,
            may_leave_message=True,
            may_write=True,
            may_email=True,
            may_text=True,
            by=agent,
        )
    return claim
