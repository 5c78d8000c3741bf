"""The wizard after an interview: what was chosen on its pages, kept with the session until it is settled."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waymark.interviews.advice import FIRST_CONTACT
from waymark.interviews.diary.queries import slot_from_key
from waymark.interviews.enums import Next, SittingOutcome, Stage
from waymark.interviews.sittings.queries import Workspace
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.first_contact.forms import NO_SLOT
from waymark.web.interviews import forms as deciding
from waymark.web.interviews.again import Doing, again_form
from waymark.web.sittings.forms import NO, YES
from waymark.web.sittings.pages import url

DRAFTS = "after"
WITH_TIME = frozenset({Next.INTERVIEW, Next.REBOOK, Next.VOLUNTARY})
WITH_DECISION = frozenset({Next.DEFER, Next.WAIVE})
IN_WRITING = frozenset({SittingOutcome.HELD, SittingOutcome.SHORTENED})


def draft_of(request: Asked, found: Workspace) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(DRAFTS, {}).get(found.appointment.ref, {})
    return kept


def keep(request: Asked, found: Workspace, **said: Any) -> dict[str, Any]:
    """Add to what was chosen."""
    draft = {**draft_of(request, found), **said}
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), found.appointment.ref: draft}
    return draft


def forget(request: Asked, found: Workspace) -> None:
    kept = request.session.get(DRAFTS, {})
    request.session[DRAFTS] = {ref: said for ref, said in kept.items() if ref != found.appointment.ref}


def ended(draft: Mapping[str, Any]) -> Ended:
    """How it went, as the verb takes it."""
    counts = {YES: True, NO: False}.get(draft.get("counts", ""))
    return Ended(
        outcome=draft["outcome"],
        why=draft.get("why", ""),
        counts=counts if draft["outcome"] == SittingOutcome.SHORTENED else None,
        agreed=draft.get("agreed_with", ""),
        understood=draft.get("understood", ""),
        said=draft.get("said", "").splitlines(),
        agreed_steps=draft.get("agreed", "").splitlines(),
    )


def wish(request: Asked, found: Workspace, draft: Mapping[str, Any]) -> NextWish:
    """What comes next, as the verb takes it. Refused where a time was shown too long ago, or a decision is not whole."""
    kind = draft["kind"]
    about, on = draft.get("about", ""), draft.get("on", "")
    if kind in WITH_DECISION:
        form = decision_form(request, found, draft)
        if not form.is_valid():
            raise Refused("no_decision", _("The decision is not whole yet."), _("Go through it again."))
        return NextWish(
            kind,
            about=about,
            decision=form.wish,
            given=draft["decision"]["given"],
            words=draft["decision"]["words"],
            view=form.view,
        )
    slot, key = None, draft.get("slot", "")
    if kind in WITH_TIME and key and key != NO_SLOT:
        slot = slot_from_key(key)
        if slot is None:
            raise Refused("old_time", _("The time was shown too long ago."), _("Choose one again."))
    if kind == Next.INTERVIEW and slot is None:
        kind = Next.FIND_TIME
    day = date.fromisoformat(on) if on and kind == Next.FOLLOW_UP else None
    return NextWish(kind, slot=slot, on=day, about=about, words=about)


def doing(found: Workspace, draft: Mapping[str, Any]) -> Doing:
    """The decision at the interview, on the same page as any other."""
    outcome = deciding.DEFER if draft["kind"] == Next.DEFER else deciding.WAIVE
    kept = draft.get("decision", {})
    back = url("facts", found, kept["reason"]) if kept.get("reason") else url("reason", found)
    return Doing(
        interview=found.interview,
        stage=Stage.AT_INTERVIEW,
        table=FIRST_CONTACT,
        outcomes=(outcome,),
        back_url=back,
        heading=_("What follows for %(name)s?") % {"name": found.customer.name},
    )


def decision_form(request: Asked, found: Workspace, draft: Mapping[str, Any]) -> deciding.AgainForm:
    return again_form(request, doing(found, draft), draft["decision"], draft.get("chosen", {}))


def after_next(draft: Mapping[str, Any]) -> str:
    """The page that follows the choice of what comes next."""
    if draft["kind"] in WITH_TIME:
        return "time"
    return "reason" if draft["kind"] in WITH_DECISION else after_details(draft)


def after_details(draft: Mapping[str, Any]) -> str:
    """The page that follows the details: the summary, where the customer gets one."""
    return "summary" if draft["outcome"] in IN_WRITING else "check"
