"""Two pages before a decision to put an interview off or not to ask for it: the reason, and what it rests on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waymark.interviews.queries import recontact as reading
from waymark.web.asking import Asked
from waymark.web.interviews import forms
from waymark.web.interviews.pages import page_about

DEFERRAL, WAIVER = "deferral", "waiver"


def reason_page(
    request: Asked,
    interview: Any,
    *,
    then: Callable[[str], str],
    reasons: str = DEFERRAL,
    **more: Any,
) -> HttpResponse:
    """Why the interview cannot be held; the reason decides what is asked. then: the address of the next page."""
    rules = reading.rules_of(interview, request.today)
    form = forms.ReasonForm(rules, request.post.role, request.POST or None, reasons=reasons)
    if request.method == "POST" and form.is_valid():
        return redirect(then(form.cleaned_data["reason"]))
    heading = _("Put off the interview of %(name)s") % {"name": interview.claim.customer.name}
    context = page_about(interview, request, heading=heading, form=form, button_label=_("Go on"))
    return render(request, "interviews/form.html", context | more)


def circumstances_page(
    request: Asked,
    interview: Any,
    reason: str,
    *,
    draft: Mapping[str, Any],
    keep: Callable[[Mapping[str, Any]], str],
    reasons: str = DEFERRAL,
    **more: Any,
) -> HttpResponse:
    """What the customer says, and the questions that this reason rests on.

    draft: `given` and `words` as kept before. keep: keeps `given`, `words` and `reason`, and says where to go on.
    """
    rules = reading.rules_of(interview, request.today)
    chosen = rules.reasons(reasons, request.post.role).get(reason)
    if chosen is None:
        raise Http404
    known = {**reading.known_facts(interview, rules), **draft.get("given", {})}
    names = reading.facts_behind(rules, reason, known, request.today)
    form = forms.ChangedForm(
        names,
        rules.facts,
        rules.facts.parse(known),
        request.POST or None,
        words=draft.get("words", ""),
        label=_("What does the customer say?"),
    )
    if request.method == "POST" and form.is_valid():
        given = {**known, **form.given()}
        return redirect(keep({"given": given, "words": form.cleaned_data["words"], "reason": reason}))
    context = page_about(
        interview, request, heading=chosen.title, form=form, button_label=_("See the advice")
    )
    return render(request, "interviews/form.html", context | more)
