"""Changing a programme: proposed, tried, published by a second person; then settled claim by claim by people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from waymark.customers.models import Claim
from waymark.interviews import access as interviews_access
from waymark.interviews import notice_words
from waymark.interviews.enums import Standing
from waymark.interviews.models import Replay, TouchedClaim
from waymark.interviews.publishing import access
from waymark.interviews.publishing.claims import known_of, under
from waymark.interviews.publishing.rules import Says
from waymark.interviews.publishing.trying import held_beside
from waymark.interviews.series.queries import compulsory, counted, requirement_of
from waymark.interviews.series.verbs import ask_again, change_standing
from waymark.interviews.verbs.common import refs, rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.catalogue import lint_pack
from waymark.notices.enums import NoticeKind
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.policy import LintErrors
from waymark.programme import verbs as packs
from waymark.programme.models import PackVersion, Publication
from waymark.programme.pack import Pack
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

FRESH = timedelta(days=7)  # a comparison older than this says too little about today's claims (local)
Progress = Callable[[int], object]


@transaction.atomic
def propose(pack: Pack, *, why: str, by: Post, now: datetime) -> Publication:
    """Propose a changed pack, with the reason. It is kept and can be read and tried; nothing holds otherwise yet.

    Refused with the first findings where a table, a fact or a letter is wrong.
    """
    insist(access.may_change_rules(by))
    if not why.strip():
        raise Refused("no_reason", "A change of the rules needs a reason.", "Write what it is for.")
    letters = lint_pack(pack)
    if letters:
        raise Refused("letters_wrong", f"{len(letters)} letters cannot be sent: {letters[0]}", "Mend them.")
    try:
        proposed = packs.keep_proposal(pack, who=by.person.ref, name=by.person.name, why=why.strip(), now=now)
    except LintErrors as wrong:
        first = wrong.findings[0]
        raise Refused(
            "pack_wrong", f"{len(wrong.findings)} mistakes; the first: {first}", first.cure
        ) from wrong
    note_event(Happened.PACK_PROPOSED, by=by, now=now, why=why.strip(), **_about(proposed.version))
    return proposed


@transaction.atomic
def publish(version: PackVersion, *, by: Post, now: datetime) -> Publication:
    """A second person publishes a proposal: from now on it holds. What it means for each claim, people settle.

    Refused before it was seen whom it touches: compared with the version that holds, in the last seven days.
    """
    insist(access.may_change_rules(by))
    tried = last_replay(version)
    beside = held_beside(version)
    if tried is None or tried.against_id != beside.pk or tried.made_at < now - FRESH:
        raise Refused(
            "not_tried",
            "Nobody has looked in the last seven days whom this change touches.",
            "Compare it with the version that holds, and read the result.",
        )
    published = packs.mark_published(version, who=by.person.ref, name=by.person.name, now=now)
    note_event(
        Happened.PACK_PUBLISHED,
        by=by,
        now=now,
        why=published.why,
        proposed_by=published.proposed_by_name,
        **_about(version),
    )
    return published


@transaction.atomic
def withdraw(version: PackVersion, *, because: str, by: Post, now: datetime) -> Publication:
    """A proposal is given up; it stays to be read with the reason. The proposer may do it too."""
    insist(access.may_change_rules(by))
    found = packs.mark_withdrawn(version, who=by.person.ref, name=by.person.name, because=because, now=now)
    note_event(Happened.PACK_WITHDRAWN, by=by, now=now, why=because.strip(), **_about(version))
    return found


def last_replay(version: PackVersion) -> Replay | None:
    """The newest comparison of a version, or None."""
    return Replay.objects.filter(version=version).select_related("against", "made_by__person").first()


# What a published change means for a claim


@dataclass(frozen=True)
class Settled:
    """What became of several claims: for how many it was settled, and who could not be, with the reason."""

    done: int
    refused: tuple[tuple[TouchedClaim, str], ...]


@transaction.atomic
def settle_touched(touched: TouchedClaim, *, by: Post, now: datetime) -> TouchedClaim:
    """A person puts a published change into effect for one claim: its standing by the rules of today.

    The customer is told what changes. Where the rules of today no longer differ from what holds, nothing changes.
    Refused before the change is published, and where a person has settled the standing meanwhile.
    """
    touched = _locked(touched)
    claim = _claim(touched.claim_id)
    insist(interviews_access.may_settle(claim, by))
    if touched.settled_at is not None:
        raise Refused("settled_already", "This has been settled already.", "Open the customer's record.")
    if touched.replay.version.publication.published_at is None:
        raise Refused("not_published", "This change is not published.", "It holds for nobody yet.")
    how = _put_into_effect(claim, by=by, now=now)
    touched.settled_at, touched.settled_by, touched.settled_how = now, by, how[:300]
    touched.save(update_fields=["settled_at", "settled_by", "settled_how"])
    note_event(Happened.CHANGE_SETTLED, by=by, now=now, why=how, **refs(claim))
    return touched


@transaction.atomic
def settle_all(
    some: Iterable[TouchedClaim], *, by: Post, now: datetime, progress: Progress | None = None
) -> Settled:
    """Settle several claims at once, each in a savepoint of its own; what is refused stays on the list."""
    done = 0
    refused: list[tuple[TouchedClaim, str]] = []
    for each in some:
        try:
            settle_touched(each, by=by, now=now)
            done += 1
        except Refused as refusal:
            refused.append((each, refusal.message))
        if progress is not None:
            progress(1)
    return Settled(done, tuple(refused))


def _put_into_effect(claim: Claim, *, by: Post, now: datetime) -> str:
    on = day_of(now)
    rules = rules_for(claim, on)
    held = requirement_of(claim)
    code = held.because if held else ""
    reason = rules.pack.reasons("standing").get(code)
    if reason is not None and reason.columns["settled_by"] == "person":
        return _("It stays as a person has settled it: %(why)s.") % {"why": reason.title}
    said = under(rules, known_of(claim, compulsory(claim)), organisations.holidays())
    standing = Standing.MANDATORY if said.compulsory else Standing.VOLUNTARY
    if held is not None and held.standing == standing:
        return _one_more(claim, said, rules, by=by, now=now)
    change_standing(claim, said.because, rules=rules, by=by, now=now)
    title = rules.pack.reasons("standing")[said.because].title
    if standing == Standing.MANDATORY:
        _tell_of_change(claim, said.total, on, by=by, now=now)
        return _("Interviews are compulsory now: %(why)s.") % {"why": title}
    return _("Interviews are the customer’s choice now: %(why)s.") % {"why": title}


def _one_more(claim: Claim, said: Says, rules: Rules, *, by: Post, now: datetime) -> str:
    """Who had done all that was asked for may have another interview to come, with the same standing."""
    waits = claim.interviews.filter(state__in=["due", "booked", "deferred", "waived"]).exists()
    if not said.compulsory or waits or counted(claim) >= said.total:
        return _("By the rules of today nothing changes for this customer.")
    ask_again(claim, rules=rules, by=by, now=now)
    _tell_of_change(claim, said.total, day_of(now), by=by, now=now)
    return _("One more interview is compulsory now.")


def _tell_of_change(claim: Claim, total: int, on: date, *, by: Post, now: datetime) -> None:
    words = {
        **notice_words.advisers_of(claim.office),
        "effective_date": on,
        "change_words": _("From that day you have to come to up to %(n)s interviews in all.") % {"n": total},
        "next_words": _("We will write to you or ring you to agree a day."),
        "next_on": "",
    }
    notices.queue_notice(
        claim, NoticeKind.REQUIREMENT_CHANGED, words=words, rules=rules_for(claim, on), by=by, now=now
    )


def _locked(touched: TouchedClaim) -> TouchedClaim:
    return (
        TouchedClaim.objects.select_for_update(of=("self",))
        .select_related("replay__version__publication")
        .get(pk=touched.pk)
    )


def _claim(pk: int) -> Claim:
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=pk)
    )


def _about(version: PackVersion) -> dict[str, str]:
    return {"programme": version.slug, "title": version.title, "version": version.digest[:12]}
