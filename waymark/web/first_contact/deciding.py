"""The decision: what is advised, what is chosen, check your answers with the letter, done."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waymark.interviews import queries, verbs
from waymark.interviews.diary.queries import SlotSearch, find_slots, slot_sentence
from waymark.interviews.enums import Authority, Choice, Mode
from waymark.interviews.queries import Talk
from waymark.interviews.taken_hours import not_at
from waymark.interviews.verbs import Wish
from waymark.interviews.verbs.decisions import rehearse
from waymark.kernel.refusal import Refused
from waymark.notices.enums import Channel
from waymark.web.asking import Asked
from waymark.web.first_contact import page as pages
from waymark.web.first_contact.forms import (
    AUTHORITY_WORDS,
    CHOICES_OF_A_DECISION,
    DecisionForm,
    first_draft,
    initial_of,
    slot_is_old,
    wish_of,
)
from waymark.web.first_contact.picture import draw
from waymark.web.ui.components import Action, Link, Row
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import long_day

both = require_http_methods(["GET", "POST"])
# Nobody can be told of a time and be there at once (local: the reports are silent).
TO_GET_READY = timedelta(hours=2)
SAY_WHEN = {Choice.BOOK: "booked", Choice.DEFER: "deferred", Choice.WAIVE: "waived"}
FIELD_OF = {
    "no_reason": {"defer": "reason", "waive": "waive_reason"},
    "no_end": {"defer": "until"},
    "no_evidence": {"defer": "evidence"},
    "unusual_length": {"defer": "length_reason"},
    "not_asked_yet": {"defer": "reason"},
    "not_at_the_office": {"book": "mode"},
}
OTHERWISE = {
    "other_than_advised": "otherwise_code",
    "no_such_reason": "otherwise_code",
    "no_words": "otherwise_words",
}


@both
def decide(request: Asked, ref: str) -> HttpResponse:
    """Three plain options, the advised one chosen beforehand, with who must agree said before."""
    found = pages.load_talk(request, ref)
    if found.conversation.state == "finished":
        return redirect("first_contact:done", ref)
    form = decision_form(request, found)
    if request.method == "POST":
        try:
            pages.keep_notes(request, found.conversation)
            if "find" not in request.POST and form.is_valid():
                draft = form.draft()
                rehearse(
                    queries.get_conversation(request.post, ref),
                    wish_of(draft),
                    by=request.post,
                    now=request.now,
                )
                pages.keep_draft(request, ref, draft)
                return redirect("first_contact:check", ref)
        except Refused as refusal:
            say_where(form, refusal)
        if "find" in request.POST:
            form = decision_form(request, found, again=True)
    return show_decision(request, found, form)


def decision_form(request: Asked, found: Talk, *, again: bool = False) -> DecisionForm:
    """The form as sent, as drafted before, or as advised. `again`: the times are shown anew, nothing is checked."""
    sent = request.POST if request.method == "POST" else None
    draft = pages.draft_of(request, found.conversation.ref)
    initial = initial_of(draft) if draft else first_draft(found)
    said: Mapping[str, Any] = sent if sent is not None else initial
    search = times(request, found, said)
    authority = {
        str(choice): queries.authority_of(found, Wish(choice, until=found.advice.until), request.post)
        for choice in Choice
    }
    if again and sent is not None:
        initial = typed(sent)
        sent = None
    return DecisionForm(found, search, request.post.role, authority, sent, initial)


def typed(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed so far as values to show again, without complaints about what is not finished yet."""
    days = {
        name: [sent.get(f"{name}_{part}", "") for part in ("day", "month", "year")]
        for name in ("until", "review_on")
    }
    return {**{name: value for name, value in sent.items() if name != "slot"}, **days}


def times(request: Asked, found: Talk, said: Mapping[str, Any]) -> SlotSearch:
    """The next times at the customer's office for the way of meeting that is chosen."""
    rules = found.rules
    needs = getattr(found.claim.customer, "access_needs", None)
    mode = str(said.get("mode") or Mode.OFFICE)
    return find_slots(
        found.claim.office,
        kind="adviser_interview",
        minutes=rules.value("visit.adviser_minutes"),
        mode=mode if mode in Mode.values else Mode.OFFICE,
        not_before=request.now + TO_GET_READY,
        until=queries.target_day(found),
        with_assessor_minutes=rules.value("visit.financial_assessor_minutes")
        if said.get("with_assessor")
        else 0,
        private_room=bool(said.get("private_room")),
        step_free=needs is not None and needs.step_free,
        not_at=not_at(found.claim.pk),
        limit=9,
        per_day=3,
        now=request.now,
    )


def say_where(form: DecisionForm, refusal: Refused) -> None:
    """A refusal of the verb beside the field it is about."""
    choice = form.cleaned_data.get("choice", "")
    refuse(form, refusal, OTHERWISE.get(refusal.code) or FIELD_OF.get(refusal.code, {}).get(choice))


def show_decision(request: Asked, found: Talk, form: DecisionForm) -> HttpResponse:
    advice = found.advice
    chosen = str(form["reason"].value() or "")
    return pages.talk_page(
        request,
        found,
        "first_contact/decide.html",
        "decide",
        form=form,
        search=form.search,
        advice=advice,
        advice_sentence=advice_sentence(found),
        line=draw(found),
        why=queries.why_and_why_not(found),
        probes=found.probes(chosen),
        may_not=pages.may_go_on(found),
        next_url=pages.next_url(found)[0],
        next_label=pages.next_url(found)[1],
        wrong_otherwise=bool(set(form.otherwise) & set(form.errors)) or not advice.settled,
        words=found.script.words.get("decision"),
        options=options(form, advice.choice if advice.settled else ""),
        otherwise_fields=[form[name] for name in form.otherwise],
        shown_notes=request.POST.get("notes", found.conversation.notes),
    )


def options(form: DecisionForm, advised: str) -> list[dict[str, Any]]:
    """The three choices with what each needs, and which of them is advised."""
    fields = {Choice.BOOK: form.booking, Choice.DEFER: form.deferring, Choice.WAIVE: form.waiving}
    return [
        {
            "value": value,
            "label": label,
            "chosen": form["choice"].value() == value,
            "advised": advised == value,
            "authority": AUTHORITY_WORDS[form.authority[value]],
            "fields": [form[name] for name in fields[Choice(value)]],
        }
        for value, label in CHOICES_OF_A_DECISION
    ]


def advice_sentence(found: Talk) -> str:
    """What the tables advise, in one sentence."""
    advice, on = found.advice, found.on
    if not advice.settled:
        return _("The advice is not settled: answers are still missing. You may decide, and say why.")
    reason = {"reason": found.reason_words}
    if advice.choice == Choice.DEFER:
        until = {"until": long_day(advice.until, on)} if advice.until else {"until": _("a day you agree")}
        return _("Put the interview off until %(until)s, because of: %(reason)s.") % {**reason, **until}
    if advice.choice == Choice.WAIVE:
        return _("Do not ask for an interview, because of: %(reason)s.") % reason
    ways = ", ".join(str(Mode(mode).label) for mode in advice.modes)
    if ways:
        return _("Book the interview now (%(ways)s).") % {"ways": ways}
    return _("Book the interview now.")


@both
def check(request: Asked, ref: str) -> HttpResponse:
    """Check your answers: everything once more, the letter as the customer will get it, what is to be said."""
    found = pages.load_talk(request, ref)
    draft = pages.draft_of(request, ref)
    if found.conversation.state == "finished":
        return redirect("first_contact:done", ref)
    if draft is None:
        return redirect("first_contact:decide", ref)
    wish = wish_of(draft)
    refusal = old_slot() if slot_is_old(draft) else None
    if request.method == "POST" and refusal is None:
        try:
            pages.keep_notes(request, found.conversation)
            tell(request, found, wish)
            verbs.decide(found.conversation, wish, by=request.post, now=request.now)
        except Refused as refused:
            refusal = refused
        else:
            pages.drop_draft(request, ref)
            return redirect("first_contact:done", ref)
    return show_check(request, pages.load_talk(request, ref), wish, refusal)


def old_slot() -> Refused:
    return Refused("slot_old", _("The time was chosen too long ago."), _("Choose it again."))


def items_for(found: Talk, wish: Wish) -> list[Any]:
    return [*found.script.to_say("always"), *found.script.to_say(SAY_WHEN[Choice(wish.choice)])]


def tell(request: Asked, found: Talk, wish: Wish) -> None:
    """Keep which of the things to be said were said."""
    shown = [one.item for one in items_for(found, wish)]
    kept = [item for item in found.said if item not in shown]
    verbs.say(found.conversation, [*kept, *pages.ticked(request, shown)], by=request.post, now=request.now)


def show_check(request: Asked, found: Talk, wish: Wish, refusal: Refused | None) -> HttpResponse:
    authority = queries.authority_of(found, wish, request.post)
    preview, gap = None, None
    try:
        preview = queries.notice_of(found, wish, by=request.post, now=request.now)
    except Refused as refused:
        gap = refused
    return pages.talk_page(
        request,
        found,
        "first_contact/check.html",
        "decide",
        rows=rows(found, wish),
        wish=wish,
        choice=Choice(wish.choice),
        authority_words=AUTHORITY_WORDS[authority],
        waits=authority == Authority.AUTHORISE_BEFORE,
        preview=preview,
        gap=gap,
        channel=Channel(preview.way.channel).label if preview and preview.way else "",
        to_say=[(one, one.item in found.said) for one in items_for(found, wish)],
        says=[],
        refusal=refusal,
        change_url=reverse("first_contact:decide", args=[found.conversation.ref]),
    )


def rows(found: Talk, wish: Wish) -> list[Row]:
    """What was chosen, line by line, each with a way to change it."""
    on, rules = found.on, found.rules
    url = reverse("first_contact:decide", args=[found.conversation.ref])
    lists = {Choice.DEFER: "deferral", Choice.WAIVE: "waiver"}
    reason = rules.reasons(lists[Choice(wish.choice)]).get(wish.reason) if wish.reason else None
    evidence = rules.reasons("evidence").get(wish.evidence)
    other = rules.reasons("other_than_advised").get(wish.otherwise_code)
    _until, review_on = verbs.wishes.days_for(wish, found.advice, rules, on)
    lines = [
        (_("Decision"), Choice(wish.choice).label.capitalize(), "id_choice_0"),
        (_("Time"), slot_sentence(wish.slot) if wish.slot else no_time(wish), "id_slot_0"),
        (_("How to meet"), Mode(wish.slot.mode).label if wish.slot else "", "id_mode_0"),
        (_("Reason"), reason.title if reason else "", "id_reason"),
        (_("Until"), long_day(wish.until, on), "id_until_0"),
        (_("Somebody gets in touch"), contact_day(found, wish), "id_until_0"),
        (_("Looked at again"), long_day(review_on, on), "id_review_on_0"),
        (_("It rests on"), evidence.title if evidence else "", "id_evidence"),
        (_("Why this length"), wish.length_reason, "id_length_reason"),
        (_("Why, for the customer"), wish.because, "id_because"),
        (_("Other than advised"), other.title if other else "", "id_otherwise_code"),
        (_("In your words"), wish.otherwise_words, "id_otherwise_words"),
        (
            _("Calls and letters"),
            _("stopped until somebody looks again") if wish.stop_contact else "",
            "id_choice_0",
        ),
    ]
    return [Row(key, value, [Link(_("Change"), f"{url}#{field}")]) for key, value, field in lines if value]


def no_time(wish: Wish) -> str:
    return _("none yet: finding one is the next step") if wish.choice == Choice.BOOK else ""


def contact_day(found: Talk, wish: Wish) -> str:
    return long_day(queries.recontact_on(found, wish.until), found.on) if wish.until else ""


@require_GET
def done(request: Asked, ref: str) -> HttpResponse:
    """What was decided, what happens next, by whom and when, and the way to the next call."""
    conversation = pages.load(request, ref)
    if conversation.state != "finished":
        return redirect("first_contact:talk", ref)
    settled = queries.settled(conversation, request.now)
    return pages.render(
        request,
        "first_contact/done.html",
        {
            "heading": _("Decided"),
            "conversation": conversation,
            "claim": conversation.interview.claim,
            "customer": conversation.interview.claim.customer,
            "settled": settled,
            "authority_words": AUTHORITY_WORDS[settled.decision.authority] if settled.decision else "",
            "next_call": Action(
                _("Start next call"), reverse("first_contact:next"), "post", primary=True, key="n"
            ),
            "queue": Action(_("Calls to make"), reverse("first_contact:queue")),
        },
    )
