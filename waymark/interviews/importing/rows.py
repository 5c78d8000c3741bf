"""Understanding a row by itself: the claim it tells of, or all that is wrong with it."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from waymark.customers.enums import Route
from waymark.customers.rules import Identity, NotRight, tidy
from waymark.interviews.importing.columns import LONGEST, LONGEST_KEY, NEED_TEXTS, NEEDS
from waymark.interviews.importing.shapes import Contact, Incoming, Line, Setting
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Office

YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
BRITISH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _Reader:
    """Takes one row apart and gathers all that is wrong with it."""

    def __init__(self, line: Line, setting: Setting) -> None:
        self.cells, self.setting = line.cells, setting
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        british = BRITISH_DATE.fullmatch(text)
        try:
            return (
                date(int(british[3]), int(british[2]), int(british[1]))
                if british
                else date.fromisoformat(text)
            )
        except ValueError:
            self.problems.append(f"{name}: “{text}” is no date. Write 2004-05-04 or 04/05/2004.")
            return None

    def truth(self, name: str, empty: bool) -> bool:
        text = self.text(name).casefold()
        if not text:
            return empty
        if text not in YES | NO:
            self.problems.append(f"{name}: “{text}” is neither yes nor no.")
        return text in YES

    def one_of(self, name: str, known: Mapping[str, str]) -> str:
        """The code of a benefit or group given by code or title."""
        text = self.text(name)
        code = known.get(text.casefold(), "")
        if not text:
            self.problems.append(f"{name}: is empty. It can be: {', '.join(dict.fromkeys(known.values()))}.")
        elif not code:
            self.problems.append(
                f"{name}: “{text}” is not known. It can be: {', '.join(dict.fromkeys(known.values()))}."
            )
        return code

    def fit(self, benefit: str, group: str) -> None:
        """Whether the group may claim the benefit; nothing where one of them is not known."""
        may = self.setting.fits.get(benefit, ())
        if benefit and group and group not in may:
            self.problems.append(f"group: “{group}” does not claim “{benefit}”. It can be: {', '.join(may)}.")

    def office(self) -> Office | None:
        text = self.text("office")
        office = self.setting.offices.get(text.casefold())
        if office is None:
            codes = ", ".join(sorted({one.code for one in self.setting.offices.values()})[:20])
            self.problems.append(f"office: “{text}” is not known. Give a code, such as: {codes}.")
        elif (office.pk, TeamKind.FIRST_CONTACT) not in self.setting.teams:
            self.problems.append(
                f"office: no first-contact team works for {office.name}. An administrator can open one."
            )
        return office

    def route(self) -> Route:
        text = self.text("route").casefold()
        if text and text not in Route.values:
            self.problems.append(f"route: “{text}” is not known. It can be: {', '.join(Route.values)}.")
            return Route.FILE
        return Route(text or Route.FILE)

    def identity(self) -> Identity | None:
        given = Identity(
            given_names=self.text("given_names"),
            family_name=self.text("family_name"),
            born_on=self.day("date_of_birth"),
            ni_number=self.text("ni_number"),
            ni_unknown_because=self.text("ni_unknown_because"),
            title=self.text("title"),
            address=self.text("address"),
            postcode=self.text("postcode"),
            telephone=self.text("telephone"),
            email=self.text("email"),
        )
        try:
            return tidy(given, self.setting.on, synthetic=self.setting.synthetic)
        except NotRight as problem:
            names = {"born_on": "date_of_birth"}
            self.problems += [f"{names.get(name, name)}: {said}" for name, said in problem.problems.items()]
            return None

    def dates(self) -> tuple[date | None, date | None, date | None]:
        """The day of the claim and the period claimed for, in order."""
        claimed_on, until = self.day("claimed_on"), self.day("period_until")
        start = self.day("period_from") or claimed_on
        if not self.text("claimed_on"):
            self.problems.append("claimed_on: is empty. Give the day of the claim.")
        if claimed_on and claimed_on > self.setting.on:
            self.problems.append(f"claimed_on: {claimed_on} is in the future.")
        if claimed_on and claimed_on < self.setting.begins:
            self.problems.append(f"claimed_on: the programme holds from {self.setting.begins} only.")
        if until and start and until < start:
            self.problems.append("period_until: lies before period_from.")
        return claimed_on, start, until

    def odd_text(self) -> None:
        """Too long, or with signs no keyboard makes."""
        for name, longest in LONGEST.items():
            if len(self.text(name)) > longest:
                self.problems.append(f"{name}: is longer than {longest} characters.")
        for name, text in self.cells.items():
            if CONTROL.search(text):
                self.problems.append(f"{name}: holds signs that cannot be read.")
        if self.text(""):
            self.problems.append(
                "The row has more cells than the first line. Put text with commas in quotation marks."
            )

    def email(self) -> None:
        if self.text("email"):
            try:
                validate_email(self.text("email"))
            except ValidationError:
                self.problems.append(f"email: “{self.text('email')}” is no e-mail address.")

    def contact(self) -> Contact:
        may_ring = self.truth("safe_to_ring", True)
        may_leave = self.truth("safe_to_leave_message", True)
        return Contact(
            may_ring,
            may_ring and may_leave,
            self.truth("safe_to_write", True),
            warning=self.text("contact_warning"),
        )

    def needs(self) -> tuple[bool | str, ...]:
        return (*(self.truth(name, False) for name in NEEDS), *(self.text(name) for name in NEED_TEXTS))


def understood(line: Line, setting: Setting) -> tuple[Incoming | None, list[str]]:
    """The row, or all that is wrong with it."""
    read = _Reader(line, setting)
    identity = read.identity()
    benefit, group = read.one_of("benefit", setting.benefits), read.one_of("group", setting.groups)
    read.fit(benefit, group)
    office, route = read.office(), read.route()
    claimed_on, start, until = read.dates()
    contact, needs = read.contact(), read.needs()
    read.email()
    read.odd_text()
    if read.problems or not identity or not office or not claimed_on or not start:
        return None, read.problems
    key = _source_key(setting.programme, read.text("reference"), identity, benefit, claimed_on)
    if len(key) > LONGEST_KEY:
        return None, [f"reference: is longer than {LONGEST_KEY - len(setting.programme) - 1} characters."]
    return Incoming(
        line,
        identity,
        benefit,
        group,
        office,
        claimed_on,
        start,
        until,
        route,
        key,
        contact,
        needs,
        read.text("another_than").upper(),
    ), []


def _source_key(programme: str, reference: str, identity: Identity, benefit: str, claimed_on: date) -> str:
    """The sender's own reference; without one, a digest of who claimed what and when."""
    if reference:
        return f"{programme}:{reference}"
    who = identity.ni_number or f"{identity.name.casefold()}|{identity.born_on}|{identity.postcode}"
    digest = hashlib.sha256(f"{programme}|{who}|{benefit}|{claimed_on}".encode()).hexdigest()
    return f"no-reference:{digest[:40]}"
