"""Reading a file of claims from its first line to its last."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TextIO

from waymark.customers.models import Claim, Customer
from waymark.interviews.importing.file import in_batches, lines_of
from waymark.interviews.importing.rows import understood
from waymark.interviews.importing.shapes import Reject, Report, Setting
from waymark.interviews.importing.storing import store_batch, turn_down
from waymark.interviews.models import Interview, Requirement
from waymark.interviews.series.beginning import beginning
from waymark.kernel.copying import analyse
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.enums import OfficeKind, TeamKind
from waymark.organisations.models import District, Office, Post, Team
from waymark.programme.queries import Place, holding
from waymark.record.models import Event
from waymark.worklist.models import Task

BATCH = 1000
ANALYSE_FROM = 1000  # so many new rows change which way to them is the quickest


def import_claims(
    file: TextIO,
    *,
    programme: str,
    on: date,
    now: datetime,
    reject: Reject,
    by: Post | None = None,
    synthetic: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
    batch: int = BATCH,
) -> Report:
    """Read claims from an open CSV file (opened with newline="").

    `on`: today; `synthetic`: QQ
    numbers of made-up people pass; `reject(cells, problem)` takes each row that cannot come in; `progress(n)`
    hears of n more rows. Raises Unreadable; what came in before stays, whole batches only.
    """
    setting = _setting(programme, on, now, by, synthetic)
    report = Report()
    for lines in in_batches(lines_of(file), batch):
        good = []
        for line in lines:
            incoming, problems = understood(line, setting)
            if incoming is None:
                turn_down(line, problems, reject, report)
            else:
                good.append(incoming)
        store_batch(good, setting, reject, report)
        report.rows += len(lines)
        progress(len(lines))
    if report.added >= ANALYSE_FROM:
        analyse(District, Office, Team, Post, Customer, Claim, Requirement, Interview, Task, Event)
    return report


def _setting(programme: str, on: date, now: datetime, by: Post | None, synthetic: bool) -> Setting:
    rules = holding(programme, on)
    holidays = organisations.holidays()
    offices = [office for office in organisations.offices() if office.kind == OfficeKind.OFFICE]
    teams = {
        (office.pk, kind): organisations.team_of(office, kind)
        for office in offices
        for kind in (TeamKind.FIRST_CONTACT, TeamKind.ADVISERS)
    }
    rules_at = cache(lambda district, office: holding(programme, on, Place(district, office)))
    return Setting(
        programme=programme,
        # Where claims of long ago are called in, none is too old (E:L5-10).
        begins=date.min if "existing" in rules.value("regime.claim_kinds") else rules.version.valid_from,
        on=on,
        now=now,
        by=by,
        synthetic=synthetic,
        benefits=_by_code_and_title(rules.benefits),
        groups=_by_code_and_title(rules.groups),
        fits={benefit: rules.groups_of(benefit) for benefit in rules.benefits},
        offices={word.casefold(): office for office in offices for word in (office.code, office.name)},
        teams={place: team for place, team in teams.items() if team is not None},
        pack=rules.version,
        begin=lambda row: beginning(
            rules_at(row.office.district.code, row.office.code),
            benefit=row.benefit,
            claimed_on=row.claimed_on,
            born_on=row.identity.born_on,
            on=on,
            holidays=holidays,
        ),
        # A file often comes in late in the day: nobody is late with it before the next one.
        first_day=add_working_days(on, 1, holidays),
    )


def _by_code_and_title(titles: Mapping[str, str]) -> dict[str, str]:
    return {word.casefold(): code for code, title in titles.items() for word in (title, code)}
