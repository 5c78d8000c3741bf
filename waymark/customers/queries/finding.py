"""Finding a customer by whatever somebody has at hand."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _

from waymark.customers.access import has_claim_within_reach, without_claim_within_reach
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim, Customer
from waymark.customers.queries.reach import visible_to
from waymark.customers.rules import keys_by_word, near, parse_ni, parse_phone
from waymark.kernel.composed import composed
from waymark.organisations.models import Post

MOST = 50
CANDIDATES = 200  # how many near names are ranked; the exact ones come first
# Two hundred rows are read to show fifty: without their moments, whose reading takes longer than all the rest.
SHOWN = ("ref", "given_names", "family_name", "born_on", "ni_number")
CUSTOMER_REF = re.compile(r"C[0-9A-Z]{9}")
CLAIM_REF = re.compile(r"L[0-9A-Z]{9}")
DATE_IN_TEXT = re.compile(
    r"\b(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2}) (?P<word>[A-Za-z]{3,9}) (?P<y3>\d{4}))\b"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Found:
    """One customer found: who, where their claim is, and by what they were found."""

    ref: str
    name: str
    family_name: str
    born_on: date | None
    ni_number: str
    office: str
    benefit: str
    programme: str
    claim_ref: str
    claim_live: bool
    claim_id: int | None
    by: str
    exact: bool


def search(post: Post, text: str, on: date) -> list[Found]:
    """Customers within reach of `post`: by reference, NI number, telephone, date of birth or name.

    Exact finds first, then near names, the nearest first; fifty at most. Two queries, four for a name.
    A name and a date of birth may stand together. `on` is today: nobody is born later.
    """
    text = " ".join(text.split())
    if not text:
        return []
    number = _by_number(text)
    if number is not None:
        wanted, by = number
        return _all_found(post, wanted, by)
    born_on, name = _taken_apart(text, on)
    if not name:
        wanted = Q(born_on=born_on) if born_on else Q(pk__in=[])
        return _all_found(post, wanted, _("date of birth"))
    return _by_name(post, name, born_on)


def _by_number(text: str) -> tuple[Q, str] | None:
    """What to look for when the text is a reference or a number; None when it is a name or a date."""
    packed = re.sub(r"[\s\-]", "", text).upper()
    if CUSTOMER_REF.fullmatch(packed):
        asked = Customer.objects.filter(ref=packed)
        return Q(pk__in=asked.values(now=Coalesce("merged_into", "pk"))), _("customer reference")
    if CLAIM_REF.fullmatch(packed):
        return Q(claims__ref=packed), _("claim reference")
    if re.fullmatch(r"[A-Z]{2}\d{6}[A-Z]?", packed):
        return _ni_wanted(packed), _("NI number")
    if re.fullmatch(r"\+?[\d()]{7,16}", packed) and not DATE_IN_TEXT.fullmatch(text):
        try:
            return Q(telephone=parse_phone(packed)), _("telephone number")
        except ValueError:
            return None
    return None


def _ni_wanted(packed: str) -> Q:
    """The number itself, or every last letter where it was not said."""
    try:
        return Q(ni_number=parse_ni(packed, synthetic=True))
    except ValueError:
        return Q(ni_number__in=[packed[:8] + letter for letter in "ABCD"])


def _taken_apart(text: str, on: date) -> tuple[date | None, str]:
    """A date of birth and the rest, which is a name."""
    match = DATE_IN_TEXT.search(text)
    if match is None:
        return None, text
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
    born_on = _date_of(match)
    return (born_on if born_on and born_on <= on else None), rest


def _date_of(match: re.Match[str]) -> date | None:
    year = match["y"] or match["y2"] or match["y3"]
    day = match["d"] or match["d2"] or match["d3"]
    month = match["m"] or match["m2"]
    if match["word"]:
        short = match["word"][:3].lower()
        month = str(MONTHS.index(short) + 1) if short in MONTHS else "0"
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _by_name(post: Post, name: str, born_on: date | None) -> list[Found]:
    wanted = Q(born_on=born_on, merged_into=None) if born_on else Q(merged_into=None)
    words = keys_by_word(name)
    if not words:
        return []
    for keys in words:
        wanted &= Q(name_keys__overlap=keys)
    # Two queries, because one with an OR would look at every claim of the district (see access).
    like = _in_order(Customer.objects.filter(wanted), likest_to=name).only(*SHOWN)
    found = [
        *like.filter(has_claim_within_reach(post))[:CANDIDATES],
        *like.filter(without_claim_within_reach(post))[:MOST],
    ]
    rank = {customer.pk: near(name, customer.name) for customer in found}
    ranked = sorted(found, key=lambda c: (-rank[c.pk], c.family_name, c.given_names))[:MOST]
    return [_named(customer, rank[customer.pk] == 1) for customer in _with_claims(ranked)]


def _all_found(post: Post, wanted: Q, by: str) -> list[Found]:
    found = _in_order(visible_to(post).filter(wanted))[:MOST]
    return [_found(customer, by, True) for customer in _with_claims(found)]


def _named(customer: Customer, exact: bool) -> Found:
    return _found(customer, _("name") if exact else _("a name like it"), exact)


def _in_order(customers: QuerySet[Customer], likest_to: str = "") -> QuerySet[Customer]:
    """By name; exact names in front so that the cut never takes them away."""
    order: Sequence[Case | str] = ["family_name", "given_names", "id"]
    if likest_to:
        customers = customers.annotate(lower_family=Lower("family_name"), lower_given=Lower("given_names"))
        order = [_exact_first(likest_to), *order]
    return customers.order_by(*order)


def _with_claims(customers: Iterable[Customer]) -> list[Customer]:
    """The customers with all their claims, the live one first: one query for all."""
    found = list(customers)
    claims: dict[int, list[Claim]] = defaultdict(list)
    for claim in _claims(found):
        claims[claim.customer_id].append(claim)
    for customer in found:
        customer.shown_claims = claims[customer.pk]  # type: ignore[attr-defined]  # for `_found`
    return found


@composed
def _claims(customers: Collection[Customer]) -> QuerySet[Claim]:
    shown = ("ref", "customer", "benefit", "programme", "status", "office__name")
    claims = Claim.objects.filter(customer__one_of=customers).select_related("office").only(*shown)
    return claims.order_by(_live_first(), "-claimed_on", "-id")


def _live_first() -> Case:
    return Case(When(status=ClaimStatus.LIVE, then=Value(0)), default=Value(1), output_field=IntegerField())


def _exact_first(name: str) -> Case:
    words = [word.lower() for word in name.split()]
    return Case(
        When(Q(lower_family__in=words) & Q(lower_given__in=words), then=Value(0)),
        When(lower_family__in=words, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _found(customer: Customer, by: str, exact: bool) -> Found:
    claim: Claim | None = next(iter(customer.shown_claims), None)  # type: ignore[attr-defined]  # by `_with_claims`
    return Found(
        ref=customer.ref,
        name=customer.name,
        family_name=customer.family_name,
        born_on=customer.born_on,
        ni_number=customer.ni_number or "",
        office=claim.office.name if claim else "",
        benefit=claim.benefit if claim else "",
        programme=claim.programme if claim else "",
        claim_ref=claim.ref if claim else "",
        claim_live=claim is not None and claim.status == ClaimStatus.LIVE,
        claim_id=claim.pk if claim else None,
        by=by,
        exact=exact,
    )
