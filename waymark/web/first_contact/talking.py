"""The conversation, one thing at a time: questions, support, the offer, the view, a colleague asked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waymark.interviews import queries, verbs
from waymark.interviews.queries import Talk
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.first_contact import page as pages
from waymark.web.first_contact.facts import FactForm
from waymark.web.first_contact.forms import WANTED, BreakOffForm, OfferForm, SupportForm, ViewForm
from waymark.web.ui.forms import refuse

both = require_http_methods(["GET", "POST"])


@both
def talk(request: Asked, ref: str) -> HttpResponse:
    """The question that can change the advice most, or the one jumped to."""
    found = pages.load_talk(request, ref)
    if found.conversation.state == "finished":
        return redirect("first_contact:done", ref)
    question = asked_now(request, found)
    if request.method == "POST":
        return take_answers(request, found)
    form = question and FactForm(found.facts_on(question), found.rules.facts, found.facts)
    return show_question(request, found, question, form)


def asked_now(request: Asked, found: Talk) -> Any:
    return found.page(pages.skipped(request, found.conversation.ref))


def show_question(request: Asked, found: Talk, question: Any, form: Any) -> HttpResponse:
    url, label = pages.next_url(found)
    skipped = [
        found.script.questions[one]
        for one in pages.skipped(request, found.conversation.ref)
        if one in found.script.questions and set(found.script.questions[one].facts) & set(found.advice.to_ask)
    ]
    return pages.talk_page(
        request,
        found,
        "first_contact/talk.html",
        "talk",
        question=question,
        form=form,
        skipped=skipped,
        probes=found.probes(),
        nothing_left=nothing_left(found),
        next_url=url,
        next_label=label,
    )


def nothing_left(found: Talk) -> str:
    """Why no question is shown."""
    if found.advice.settled:
        return _("Nothing more need be asked")
    if set(found.advice.to_ask) <= found.script.at_offer:
        return _("Only the offer of the interview is left")
    return _("Only what was skipped is left")


def take_answers(request: Asked, found: Talk) -> HttpResponse:
    """Keep the answers of the page that was sent; what is wrong comes back with what was typed."""
    ref, conversation = found.conversation.ref, found.conversation
    question = found.script.questions.get(request.POST.get("page", ""))
    if question is None:
        return pages.act(request, ref, lambda talk: None)
    names = found.facts_on(question)
    form = FactForm(names, found.rules.facts, found.facts, request.POST, rest_no="rest_no" in request.POST)
    try:
        pages.keep_notes(request, conversation)
        if "take_back" in request.POST:
            verbs.answer(conversation, dict.fromkeys(question.facts), by=request.post, now=request.now)
        elif form.is_valid():
            verbs.answer(conversation, form.given(), by=request.post, now=request.now)
        else:
            return show_question(request, found, question, form)
    except Refused as refusal:
        return pages.refused(request, refusal, ref)
    pages.unskip(request, ref, question.id)
    return redirect("first_contact:talk", ref)


@require_POST
def skip(request: Asked, ref: str) -> HttpResponse:
    """Leave a question for now; it comes again at the end."""

    def leave(found: Talk) -> None:
        pages.skip(request, ref, request.POST.get("page", ""))
        verbs.jump_to(found.conversation, "", by=request.post, now=request.now)

    return pages.act(request, ref, leave)


@require_POST
def go(request: Asked, ref: str) -> HttpResponse:
    """Jump to a question of the script; without one, back to the order of the script."""

    def jump(found: Talk) -> None:
        wanted = request.POST.get("question", "")
        if wanted and wanted not in found.script.questions:
            raise Refused("no_such_question", _("The script has no such question."))
        pages.unskip(request, ref, wanted or None)
        verbs.jump_to(found.conversation, wanted, by=request.post, now=request.now)

    return pages.act(request, ref, jump)


@require_POST
def notes(request: Asked, ref: str) -> HttpResponse:
    """Keep the notes: in the background with the script, by a button without."""
    conversation = pages.load(request, ref)
    quiet = request.headers.get("X-Quiet") == "yes"
    try:
        pages.keep_notes(request, conversation)
    except Refused as refusal:
        if quiet:
            return JsonResponse({"saved": False, "why": f"{refusal.message} {refusal.cure}"}, status=409)
        return pages.refused(request, refusal, ref)
    if quiet:
        request.customer_read = ""
        return JsonResponse({"saved": True, "at": f"{request.now.astimezone():%H:%M:%S}"})
    return redirect(back_to(request, ref))


def back_to(request: Asked, ref: str) -> str:
    """The page of the conversation on which a button of the side column was pressed."""
    names = {"support", "offer", "view", "decide"}
    step = request.POST.get("step", "")
    return reverse(f"first_contact:{step if step in names else 'talk'}", args=[ref])


@require_POST
def say(request: Asked, ref: str) -> HttpResponse:
    """Tick off what was said to the customer."""

    def keep(found: Talk) -> None:
        shown = [one.item for one in found.script.to_say("always")]
        kept = [item for item in found.said if item not in shown]
        verbs.say(
            found.conversation, [*kept, *pages.ticked(request, shown)], by=request.post, now=request.now
        )

    response = pages.act(request, ref, keep)
    return redirect(back_to(request, ref)) if response.status_code == 302 else response


def step_page(
    request: Asked,
    ref: str,
    step: str,
    form_of: Callable[[Talk, Any], Any],
    do: Callable[[Talk, Any], object],
) -> HttpResponse:
    """A step with one form: shown, or sent and its verb called; a refusal stands in the form."""
    found = pages.load_talk(request, ref)
    if found.conversation.state == "finished":
        return redirect("first_contact:done", ref)
    form = form_of(found, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            pages.keep_notes(request, found.conversation)
            if form.is_valid():
                do(found, form.cleaned_data)
                return redirect(after(request, ref))
        except Refused as refusal:
            refuse(form, refusal)
    words = found.script.words.get({"support": "explain", "view": "customer_view"}.get(step, step))
    shown = request.POST.get("notes", found.conversation.notes)
    return pages.talk_page(
        request, found, f"first_contact/{step}.html", step, form=form, words=words, shown_notes=shown
    )


def after(request: Asked, ref: str) -> str:
    """Where the conversation goes on: an open question first, otherwise the next step."""
    found = pages.load_talk(request, ref)
    if asked_now(request, found) is not None:
        return reverse("first_contact:talk", args=[ref])
    return pages.next_url(found)[0]


@both
def support(request: Asked, ref: str) -> HttpResponse:
    """Explain the help there is, before anything is offered."""
    return step_page(
        request,
        ref,
        "support",
        lambda found, data: SupportForm(found.script.support_for(found.group), found.said, data),
        lambda found, said: verbs.explain_support(
            found.conversation, said["items"], by=request.post, now=request.now
        ),
    )


@both
def offer(request: Asked, ref: str) -> HttpResponse:
    """Offer the interview to everybody."""

    def form_of(found: Talk, data: Any) -> OfferForm:
        form = OfferForm(data)
        words: dict[object, str] = {True: "yes", False: "no"}
        known = words.get(found.facts.get("wants_interview"))
        form.fields["wanted"].initial = known or ("unsure" if found.conversation.offered_at else None)
        return form

    return step_page(
        request,
        ref,
        "offer",
        form_of,
        lambda found, said: verbs.offer_interview(
            found.conversation, wanted=WANTED[said["wanted"]], by=request.post, now=request.now
        ),
    )


@both
def view(request: Asked, ref: str) -> HttpResponse:
    """The four answers of the customer."""
    return step_page(
        request,
        ref,
        "view",
        lambda found, data: ViewForm(found, found.rules.reasons("not_asked", request.post.role), data),
        lambda found, said: verbs.give_view(found.conversation, by=request.post, now=request.now, **said),
    )


@require_POST
def hold(request: Asked, ref: str) -> HttpResponse:
    return pages.act(
        request, ref, lambda found: verbs.hold(found.conversation, by=request.post, now=request.now)
    )


@require_POST
def resume(request: Asked, ref: str) -> HttpResponse:
    """Go on; a colleague who resumes takes the conversation over."""
    conversation = pages.load(request, ref)
    try:
        verbs.resume(conversation, by=request.post, now=request.now)
    except Refused as refusal:
        return pages.refused(request, refusal, ref)
    return redirect("first_contact:talk", ref)


@both
def break_off(request: Asked, ref: str) -> HttpResponse:
    """The call ends before the decision: why, and when to go on."""
    found = pages.load_talk(request, ref)
    sent = request.method == "POST" and "why" in request.POST
    form = BreakOffForm(request.now, request.POST if sent else None)
    try:
        if request.method == "POST":
            pages.keep_typed(request, found)
        if sent and form.is_valid():
            said = form.cleaned_data["why"]
            verbs.break_off(
                found.conversation, why=said, window=form.window, by=request.post, now=request.now
            )
            messages.success(request, _("The call is broken off. All that was said is kept."))
            return redirect("first_contact:queue")
    except Refused as refusal:
        refuse(form, refusal) if sent else messages.error(request, str(refusal))
    return pages.talk_page(request, pages.load_talk(request, ref), "first_contact/break_off.html", form=form)


@require_POST
def ask(request: Asked, ref: str) -> HttpResponse:
    """Ask a team leader in the middle of the call."""
    words = request.POST.get("consult", "")

    def put(found: Talk) -> None:
        verbs.consult(found.conversation, words, by=request.post, now=request.now)
        pages.forget_question(request, ref)

    response = pages.act(request, ref, put)
    return redirect(back_to(request, ref)) if response.status_code == 302 else response


@require_GET
def answers(request: Asked, ref: str) -> HttpResponse:
    """The questions to team leaders of this conversation, as a piece of the page."""
    conversation = pages.load(request, ref)
    request.customer_read = ""
    asked = list(queries.questions_in(conversation))
    context = {
        "questions": asked,
        "conversation": conversation,
        "unanswered": any(not one.answer for one in asked),
    }
    return render(request, "first_contact/_answers.html", context)
