"""The report's cases as customers to try: each record says what the customer tells and what should happen."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from waymark.customers import verbs as customers
from waymark.customers.enums import NoteKind, Route
from waymark.customers.models import Customer
from waymark.customers.rules import name_keys
from waymark.demo.district import PROGRAMME, Demo
from waymark.interviews import verbs
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

FILE = Path(__file__).with_name("cases.toml")
FIRST_NUMBER = 3_900_000


def load_cases() -> list[dict[str, Any]]:
    """The cases: id, title, situation, tells, should, source, benefit, group, facts."""
    return list(tomllib.loads(FILE.read_text(encoding="utf-8"))["cases"])


def make_cases(demo: Demo, now: datetime) -> int:
    """One customer a case, with a claim to call about today. Says how many."""
    cases = load_cases()
    for index, case in enumerate(cases):
        _make(demo, case, index, now)
    return len(cases)


def _make(demo: Demo, case: dict[str, Any], index: int, now: datetime) -> None:
    agent, office = demo.agents[index % len(demo.agents)], demo.offices[index % 3]
    customer = _customer(case, index, agent, now)
    on = day_of(now)
    verbs.open_claim(
        customer,
        benefit=case["benefit"],
        group=case["group"],
        programme=PROGRAMME,
        office=office,
        claimed_on=on,
        period_from=on,
        route=Route.CALL,
        by=agent,
        now=now,
    )
    text = (
        f"Demonstration case {case['id']}: {case['title']} ({case['source']}).\n\n{case['situation']}\n\n"
        f"What the customer tells: {case['tells']}\n\nWhat should happen: {case['should']}"
    )
    customers.write_note(customer, kind=NoteKind.ORDINARY, text=text, by=agent, now=now)


def _customer(case: dict[str, Any], index: int, agent: Any, now: datetime) -> Customer:
    """Written as a row: a synthetic NI number is refused by the verb, and rightly so."""
    number = FIRST_NUMBER + index
    given, family = f"Case {case['id']}", case["title"]
    customer = Customer.objects.create(
        ref=new_ref("C"),
        given_names=given,
        family_name=family,
        born_on=date(day_of(now).year - case.get("age", 43), 3, 12),
        ni_number=f"QQ{number // 4:06d}{'ABCD'[number % 4]}",
        address="1 Example Street, Calder",
        postcode="ZZ1 9ZZ",
        telephone=f"+44770090{index % 1000:04d}",
        added_at=now,
        added_by=agent,
        name_keys=sorted(name_keys(f"{given} {family}")),
    )
    note_event(Happened.CUSTOMER_ADDED, by=agent, now=now, customer=customer.ref)
    return customer
