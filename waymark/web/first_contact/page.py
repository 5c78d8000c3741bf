"""What the pages of a conversation share: loading it, keeping what is typed, what stands beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.interviews import access, queries, verbs
from waymark.interviews.enums import CallState, Choice
from waymark.interviews.queries import Talk
from waymark.interviews.rules import may_decide
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.first_contact.facts import FactForm

SKIPPED, DRAFTS, UNASKED = "skipped", "drafts", "unasked"


@dataclass(frozen=True)
class Step:
    """A step of the conversation: its page, whether it is done, whether it is this one."""

    label: str
    url: str
    done: bool
    current: bool


def load(request: Asked, ref: str) -> Any:
    """The conversation of this reference; for strangers there is none."""
    try:
        conversation = queries.get_conversation(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = conversation.interview.claim.customer.ref
    return conversation


def load_talk(request: Asked, ref: str) -> Talk:
    return queries.talk(load(request, ref), request.today)


def keep_notes(request: Asked, conversation: Any) -> None:
    """Every form of a conversation carries the notes, so that no button loses them.

    A question to a team leader that is typed and not yet put is kept in the session.
    """
    unasked = request.POST.get("consult", "").strip()
    if unasked != request.session.get(UNASKED, {}).get(conversation.ref, ""):
        request.session[UNASKED] = {**request.session.get(UNASKED, {}), conversation.ref: unasked}
    notes = request.POST.get("notes")
    if notes is not None and tidy(notes) != conversation.notes:
        verbs.write_notes(conversation, tidy(notes), by=request.post, now=request.now)


def tidy(text: str) -> str:
    """Typed text with the line ends that are kept everywhere."""
    return text.replace("\r\n", "\n")


def keep_typed(request: Asked, talk: Talk) -> None:
    """What stands in the question when another button is pressed: notes, and the answers that are right."""
    keep_notes(request, talk.conversation)
    page = talk.script.questions.get(request.POST.get("page", ""))
    if page is None:
        return
    form = FactForm(talk.facts_on(page), talk.rules.facts, talk.facts, request.POST)
    form.is_valid()
    given = {name: value for name, value in form.given().items() if name not in form.errors}
    if given:
        current = talk.conversation.current
        verbs.answer(talk.conversation, given, by=request.post, now=request.now)
        verbs.jump_to(talk.conversation, current, by=request.post, now=request.now)


def act(request: Asked, ref: str, do: Callable[[Talk], object]) -> HttpResponse:
    """Keep what is typed, do one thing, and go back to the conversation; a refusal is said there."""
    talk = load_talk(request, ref)
    try:
        keep_typed(request, talk)
        do(talk)
    except Refused as refusal:
        return refused(request, refusal, ref)
    return redirect("first_contact:talk", ref)


def refused(request: Asked, refusal: Refused, ref: str) -> HttpResponse:
    """The conversation again with the refusal above it. What was typed in the notes still stands in the box."""
    messages.error(request, f"{refusal.message} {refusal.cure}".strip())
    talk = load_talk(request, ref)
    typed = request.POST.get("notes")
    return talk_page(request, talk, "first_contact/refused.html", refusal=refusal, typed_notes=typed)


def talk_page(request: Asked, talk: Talk, template: str, step: str = "", **more: Any) -> HttpResponse:
    """A page of the conversation: its main column from `template`, beside it what must always be in sight."""
    return render(request, template, {**around(request, talk, step), **more})


def around(request: Asked, talk: Talk, step: str) -> dict[str, Any]:
    """What stands round every page of a conversation."""
    conversation, claim = talk.conversation, talk.claim
    may_not = access.may_talk(conversation, request.post)
    prompts = talk.prompts
    return {
        "heading": _("Call with %(name)s") % {"name": claim.customer.name},
        "talk": talk,
        "conversation": conversation,
        "claim": claim,
        "customer": claim.customer,
        "benefit": talk.rules.benefits.get(claim.benefit, claim.benefit),
        "must_know": must_know_of(talk),
        "steps": steps(talk, step),
        "leaning": leaning(talk),
        "open_answers": open_answers(talk),
        "prompts": prompts,
        "open_prompts": sum(not prompt.followed for prompt in prompts),
        "guidance": talk.guidance,
        "says": [(say, say.item in talk.said) for say in talk.script.to_say("always")],
        "safe_start": talk.script.safe_start,
        "unanswered": any(not question.answer for question in talk.questions),
        "mine": conversation.agent.person_id == request.post.person_id,
        "open": conversation.state == CallState.OPEN,
        "may_write": may_not is None and conversation.state == CallState.OPEN,
        "back_url": reverse("first_contact:queue"),
        "back_label": _("Calls to make"),
        "shown_notes": conversation.notes,
        "unasked": request.session.get(UNASKED, {}).get(conversation.ref, ""),
    }


def must_know_of(talk: Talk) -> list[str]:
    """The card, with the sentence that all is safe where nothing is known against it."""
    said = talk.must_know.sentences
    return said if talk.must_know.safe_contact else [_("safe to call: nothing is known against it"), *said]


def leaning(talk: Talk) -> str:
    """The advice in one line: "Leaning to: defer, because of hospital treatment"."""
    advice = talk.advice
    if not advice.choice:
        return _("Nothing yet")
    word = Choice(verbs.decisions.ADVISED_CHOICE[advice.choice]).label
    because = _("%(choice)s, because of: %(reason)s") % {"choice": word, "reason": talk.reason_words}
    said = because if talk.reason_words else str(word)
    return (_("Advice: %(said)s") if advice.settled else _("Leaning to: %(said)s")) % {"said": said}


def open_answers(talk: Talk) -> str:
    """How many answers can still change the advice, in words."""
    number = len(talk.advice.to_ask)
    if talk.advice.settled:
        return _("No answer can change it any more.")
    return ngettext("%(n)d answer can still change it.", "%(n)d answers can still change it.", number) % {
        "n": number
    }


def steps(talk: Talk, current: str) -> list[Step]:
    """The steps in the order in which they must be gone through."""
    conversation = talk.conversation
    done = {
        "talk": talk.advice.settled,
        "support": conversation.support_explained_at is not None,
        "offer": conversation.offered_at is not None,
        "view": talk.view is not None,
        "decide": conversation.state == CallState.FINISHED,
    }
    labels = {
        "talk": _("Questions"),
        "support": _("Explain the help"),
        "offer": _("Offer the interview"),
        "view": _("The customer’s view"),
        "decide": _("Decision"),
    }
    return [
        Step(label, reverse(f"first_contact:{name}", args=[conversation.ref]), done[name], name == current)
        for name, label in labels.items()
    ]


def step_after(talk: Talk) -> tuple[str, str]:
    """The next step that is not done: its page and the words of the button that leads there."""
    conversation = talk.conversation
    if conversation.support_explained_at is None:
        return "support", _("Explain the help")
    if conversation.offered_at is None:
        return "offer", _("Offer the interview")
    if talk.view is None and not talk.wants_interview:
        return "view", _("Ask for the customer’s view")
    return "decide", _("Go on to the decision")


def next_url(talk: Talk) -> tuple[str, str]:
    name, label = step_after(talk)
    return reverse(f"first_contact:{name}", args=[talk.conversation.ref]), label


def may_go_on(talk: Talk) -> Refused | None:
    """Whether anything can be decided yet; the choice that needs least is booking."""
    return may_decide(talk.so_far, Choice.BOOK)


# What a session remembers of a conversation: questions skipped for now, a decision not yet made.


def skipped(request: Asked, ref: str) -> frozenset[str]:
    return frozenset(request.session.get(SKIPPED, {}).get(ref, []))


def skip(request: Asked, ref: str, page: str) -> None:
    kept = request.session.get(SKIPPED, {})
    request.session[SKIPPED] = {**kept, ref: sorted({*kept.get(ref, []), page})}


def unskip(request: Asked, ref: str, page: str | None = None) -> None:
    kept = request.session.get(SKIPPED, {})
    left = [] if page is None else [one for one in kept.get(ref, []) if one != page]
    request.session[SKIPPED] = {**kept, ref: left}


def forget_question(request: Asked, ref: str) -> None:
    """The question to a team leader has been put."""
    request.session[UNASKED] = {key: kept for key, kept in request.session[UNASKED].items() if key != ref}


def draft_of(request: Asked, ref: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = request.session.get(DRAFTS, {}).get(ref)
    return found


def keep_draft(request: Asked, ref: str, draft: Mapping[str, Any]) -> None:
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), ref: dict(draft)}


def drop_draft(request: Asked, ref: str) -> None:
    for name in (SKIPPED, DRAFTS, UNASKED):
        request.session[name] = {
            key: kept for key, kept in request.session.get(name, {}).items() if key != ref
        }


def ticked(request: Asked, items: Sequence[str]) -> list[str]:
    """Which of these were ticked in the form that was sent."""
    sent = set(request.POST.getlist("said"))
    return [item for item in items if item in sent]
