"""What those who know the customer do in a case: one form, one act each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waymark.kernel.refusal import Refused
from waymark.sanctions import queries, verbs
from waymark.sanctions.enums import Channel
from waymark.sanctions.rules import pounds, shut
from waymark.web.asking import Asked
from waymark.web.sanctions import forms
from waymark.web.sanctions.pages import about, act_page, form_view, page_about
from waymark.web.sanctions.words import case_url_of
from waymark.web.ui.forms import refuse


@form_view
@about(queries.get_case)
def attempt(request: Asked, breach: Any) -> HttpResponse:
    """Somebody tried to reach the customer."""
    form = forms.AttemptForm(request.POST or None)

    def act(data: dict[str, Any]) -> object:
        return verbs.note_attempt(
            breach,
            Channel(data["channel"]),
            reached=data["reached"] == "yes",
            words=data["words"],
            by=request.post,
            now=request.now,
        )

    return act_page(
        request,
        breach,
        form,
        act,
        said=_("The attempt is noted."),
        heading=_("An attempt to reach %(name)s"),
        button=_("Save"),
        back=case_url_of(breach),
    )


@form_view
@about(queries.get_case)
def reason(request: Asked, breach: Any) -> HttpResponse:
    """The customer's own words. A reason is heard at any time."""
    form = forms.ReasonForm(request.POST or None, initial={"way": "call"})

    def act(data: dict[str, Any]) -> object:
        return verbs.give_reason(breach, data["words"], way=data["way"], by=request.post, now=request.now)

    return act_page(
        request,
        breach,
        form,
        act,
        said=_("The reason is noted. Somebody decides about it next."),
        heading=_("What %(name)s says"),
        button=_("Save"),
        back=case_url_of(breach),
    )


@form_view
@about(queries.get_case)
def judge(request: Asked, breach: Any) -> HttpResponse:
    """Whether there was good cause."""
    causes = queries.rules_of(breach, request.today).reasons("good_cause", request.post.role)
    form = forms.JudgeForm(request.POST or None, causes)

    def act(data: dict[str, Any]) -> object:
        return verbs.judge_reason(
            breach,
            data["cause"],
            good=data["good"] == "yes",
            why=data["why"],
            by=request.post,
            now=request.now,
        )

    return act_page(
        request,
        breach,
        form,
        act,
        said=_("Your decision about the reason is noted."),
        heading=_("The reason %(name)s gave"),
        button=_("Save"),
        back=case_url_of(breach),
        quoted=breach.reason_words,
    )


@form_view
@about(queries.get_case)
def questions(request: Asked, breach: Any) -> HttpResponse:
    """Health and vulnerability, before anything follows."""
    found = queries.rules_of(breach, request.today).reasons("safeguard")
    answered = {one.question: one for one in breach.safeguards.all()}
    form = forms.QuestionsForm(request.POST or None, found, answered)

    return act_page(
        request,
        breach,
        form,
        lambda data: verbs.answer_safeguards(breach, form.said, by=request.post, now=request.now),
        said=_("The answers are kept."),
        heading=_("Health and vulnerability: %(name)s"),
        button=_("Save"),
        back=case_url_of(breach),
        intro=_(
            "Ask the customer, somebody close to them, or look at the record. “Not known” is an answer too; for"
            " some questions it means that somebody visits first."
        ),
    )


@form_view
@about(queries.get_case)
def visit(request: Asked, breach: Any) -> HttpResponse:
    """Plan a visit; a letter tells of it."""
    form = forms.VisitForm(request.POST or None, queries.visitors(breach, request.today))

    return act_page(
        request,
        breach,
        form,
        lambda data: verbs.plan_visit(breach, form.when, visitor=form.who, by=request.post, now=request.now),
        said=_("The visit is planned. A letter tells the customer that it is no inspection."),
        heading=_("A visit to %(name)s"),
        button=_("Plan the visit"),
        back=case_url_of(breach),
    )


@form_view
@about(queries.get_case)
def visited(request: Asked, breach: Any) -> HttpResponse:
    """What the visit found."""
    planned = queries.get_visit(breach)
    if planned is None:
        return redirect("sanctions:visit", breach.ref)
    form = forms.VisitedForm(request.POST or None)

    def act(data: dict[str, Any]) -> object:
        return verbs.note_visit(
            planned, met=data["met"] == "yes", found=data["found"], by=request.post, now=request.now
        )

    return act_page(
        request,
        breach,
        form,
        act,
        said=_("The visit is noted."),
        heading=_("The visit to %(name)s"),
        button=_("Save"),
        back=case_url_of(breach),
    )


@form_view
@about(queries.get_case)
def close(request: Asked, breach: Any) -> HttpResponse:
    """Nothing follows."""
    reasons = queries.rules_of(breach, request.today).reasons("breach_closed")
    form = forms.CloseForm(request.POST or None, reasons)

    def act(data: dict[str, Any]) -> object:
        return verbs.close(breach, data["reason"], words=data["words"], by=request.post, now=request.now)

    return act_page(
        request,
        breach,
        form,
        act,
        said=_("The case is closed. Nothing follows."),
        heading=_("Close the case: %(name)s"),
        button=_("Close the case"),
        back=case_url_of(breach),
    )


@form_view
@about(queries.get_case)
def refer(request: Asked, breach: Any) -> HttpResponse:
    """Hand it to a decision maker; what would be left to live on is shown before it is sent (P:L686)."""
    form = forms.ReferForm(request.POST or None)
    gates = queries.gates_of(breach, request.today)
    missing = _("Not yet: something is missing. The list says what, and what would put it right.")
    shown: dict[str, Any] = {"gates": gates, "refused": missing if shut(gates) else ""}
    words = {"heading": _("Refer the case of %(name)s"), "back": case_url_of(breach)}
    if request.method == "POST" and "sure" not in request.POST and form.is_valid():
        try:
            left = verbs.would_be_paid(queries.rules_of(breach, request.today), form.cleaned_data["paid_now"])
        except Refused as refused:
            refuse(form, refused, on="paid_now")
        else:
            return _sure(request, breach, form, left, **words)

    def act(data: dict[str, Any]) -> object:
        return verbs.refer(
            breach,
            adviser_view=data["adviser_view"],
            paid_now=data["paid_now"],
            by=request.post,
            now=request.now,
        )

    said = _("The case is with the decision makers. A letter tells the customer.")
    if "sure" in request.POST:
        return act_page(request, breach, form, act, said=said, button=_("Go on"), **words, **shown)
    context = page_about(
        request, breach, form=form, button_label=_("Go on"), back_label=_("The case"), **shown
    )
    name = breach.interview.claim.customer.name
    context |= {"heading": words["heading"] % {"name": name}, "back_url": words["back"]}
    return render(request, "sanctions/form.html", context)


def _sure(
    request: Asked, breach: Any, form: forms.ReferForm, left: int, *, heading: str, back: str
) -> HttpResponse:
    """The last page before it is sent: the sums, and the words as the decision maker gets them."""
    data = form.cleaned_data
    context = page_about(
        request,
        breach,
        heading=heading % {"name": breach.interview.claim.customer.name},
        back_url=back,
        back_label=_("The case"),
        sums=[
            (_("Paid now, a week"), pounds(data["paid_now"])),
            (_("Would be taken off, a week"), pounds(data["paid_now"] - left)),
            (_("Would be left, a week"), pounds(left)),
        ],
        view=data["adviser_view"],
        paid_now=request.POST["paid_now"],
    )
    return render(request, "sanctions/sure.html", context)
