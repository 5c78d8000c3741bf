"""The rows of a batch as they are copied into the tables."""

import json

from waymark.customers.enums import ClaimStatus
from waymark.customers.models import AccessNeeds, Claim, Customer, SafeContact
from waymark.customers.rules import Identity, name_keys
from waymark.interviews.importing.columns import NEED_TEXTS, NEEDS
from waymark.interviews.importing.shapes import ANYTHING_GOES, Drafts, Incoming, Known, Setting
from waymark.interviews.models import Interview, Requirement
from waymark.interviews.series.beginning import Beginning
from waymark.kernel.copying import copy_rows, next_ids, text_array
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import TeamKind
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.worklist.models import Task

CUSTOMER_COLUMNS = (
    "id",
    "ref",
    "title",
    "given_names",
    "family_name",
    "born_on",
    "ni_number",
    "ni_unknown_because",
    "address",
    "postcode",
    "telephone",
    "email",
    "language",
    "added_at",
    "added_by_id",
    "name_keys",
)
CONTACT_COLUMNS = (
    "customer_id",
    "may_ring",
    "may_leave_message",
    "may_write",
    "may_email",
    "may_text",
    "warning",
)
CLAIM_COLUMNS = (
    "id",
    "ref",
    "customer_id",
    "programme",
    "benefit",
    "group",
    "office_id",
    "claimed_on",
    "period_from",
    "period_until",
    "route",
    "status",
    "end_reason",
    "source_key",
    "added_at",
)
TASK_COLUMNS = (
    "ref",
    "kind",
    "claim_id",
    "team_id",
    "due_on",
    "origin",
    "words",
    "opened_at",
    "opened_by_id",
    "escalation",
    "outcome",
)
EVENT_COLUMNS = ("kind", "at", "by_id", "customer_ref", "claim_ref", "why", "details")


def insert_batch(drafts: Drafts, setting: Setting) -> None:
    """Everything of a batch, parents first. A claim's first step is written with it: nobody is lost."""
    copy_rows(Customer, CUSTOMER_COLUMNS, (_customer(who, row.identity, setting) for who, row in drafts.new))
    contacts = [(who.pk, *row.contact) for who, row in drafts.new if row.contact != ANYTHING_GOES]
    copy_rows(SafeContact, CONTACT_COLUMNS, contacts)
    needs = [(who.pk, *row.needs, "") for who, row in drafts.new if any(row.needs)]
    copy_rows(AccessNeeds, ("customer_id", *NEEDS, *NEED_TEXTS, "other"), needs)
    numbered = list(zip(next_ids(Claim, len(drafts.claims)), drafts.claims, strict=True))
    refs = [new_ref("L") for _ in numbered]
    copy_rows(
        Claim,
        CLAIM_COLUMNS,
        (_claim(pk, ref, who, row, setting) for ref, (pk, (who, row)) in zip(refs, numbered, strict=True)),
    )
    begun = [(pk, row, setting.begin(row)) for pk, (_, row) in numbered]
    copy_rows(
        Requirement,
        ("claim_id", "standing", "because", "words", "pack_id", "since", "settled_by_id"),
        (
            (pk, first.standing, first.because, "", setting.pack.pk, setting.on, None)
            for pk, _, first in begun
        ),
    )
    copy_rows(
        Interview,
        ("ref", "claim_id", "number", "mandatory", "state", "due_by"),
        (
            (new_ref("V"), pk, 1, True, "due", first.interview_due_by)
            for pk, _, first in begun
            if first.interview_due_by is not None
        ),
    )
    copy_rows(Task, TASK_COLUMNS, (_first_step(pk, row, first, setting) for pk, row, first in begun))
    copy_rows(
        Event,
        EVENT_COLUMNS,
        (_event(ref, who, row, setting) for ref, (_, (who, row)) in zip(refs, numbered, strict=True)),
    )


Values = tuple[object, ...]


def _customer(who: Known, identity: Identity, setting: Setting) -> Values:
    return (
        who.pk,
        who.ref,
        identity.title,
        identity.given_names,
        identity.family_name,
        identity.born_on,
        identity.ni_number or None,
        "" if identity.ni_number else identity.ni_unknown_because,
        identity.address,
        identity.postcode,
        identity.telephone,
        identity.email,
        identity.language,
        setting.now,
        setting.by.pk if setting.by else None,
        text_array(sorted(name_keys(identity.name))),
    )


def _claim(pk: int, ref: str, who: Known, row: Incoming, setting: Setting) -> Values:
    return (
        pk,
        ref,
        who.pk,
        setting.programme,
        row.benefit,
        row.group,
        row.office.pk,
        row.claimed_on,
        row.period_from,
        row.period_until,
        row.route.value,
        ClaimStatus.LIVE.value,
        "",
        row.source_key,
        setting.now,
    )


def _first_step(claim: int, row: Incoming, first: Beginning, setting: Setting) -> Values:
    team = (
        setting.teams.get((row.office.pk, first.team)) or setting.teams[row.office.pk, TeamKind.FIRST_CONTACT]
    )
    return (
        new_ref("T"),
        first.task.value,
        claim,
        team.pk,
        max(first.due_on, setting.first_day),
        Happened.CLAIM_IMPORTED.value,
        first.words,
        setting.now,
        setting.by.pk if setting.by else None,
        0,
        "",
    )


def _event(claim_ref: str, who: Known, row: Incoming, setting: Setting) -> Values:
    details = {
        "benefit": row.benefit,
        "office": row.office.name,
        "reference": row.line.cells.get("reference", ""),
    }
    return (
        Happened.CLAIM_IMPORTED.value,
        setting.now,
        setting.by.pk if setting.by else None,
        who.ref,
        claim_ref,
        "",
        json.dumps(details),
    )
