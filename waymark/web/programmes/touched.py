"""Whom a change touches: the kept comparison, by office and claim by claim, by reference and without names."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from waymark.interviews.enums import Standing
from waymark.interviews.publishing import queries
from waymark.interviews.publishing.trying import DAYS, held_beside, size_of, try_out
from waymark.kernel.refusal import Refused
from waymark.programme import queries as programme
from waymark.programme.differences import differences
from waymark.web.asking import Asked
from waymark.web.people.pages import as_csv
from waymark.web.programmes.pages import pages, version_or_404
from waymark.web.ui.components import Column, Table
from waymark.web.ui.forms import DateField, refuse
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day

form_view = require_http_methods(["GET", "HEAD", "POST"])
MOST = 3000  # claims and decisions a page compares while somebody waits; more is for the command
PAGE = 50
CLAIM_COLUMNS = (
    "claim",
    "office",
    "standing before",
    "because",
    "standing after",
    "because",
    "interviews before",
    "interviews after",
    "next before",
    "next after",
)


class TryForm(forms.Form):
    """The day whose rules are compared."""

    on = DateField(
        label=gettext_lazy("Compare the rules of which day?"),
        what=gettext_lazy("the day"),
        help_text=gettext_lazy("Today, or the day from which the change holds."),
    )


@form_view
def touched(request: Asked, slug: str, number: int) -> HttpResponse:
    """The newest comparison of a version with the one that holds, and a button to make another."""
    version = version_or_404(slug, number)
    size = size_of(slug, request.today - timedelta(days=DAYS))
    form = TryForm(
        request.POST if request.method == "POST" else None, initial={"on": _first_day(version, request.today)}
    )
    if request.method == "POST" and form.is_valid() and size <= MOST:
        try:
            try_out(version, on=form.cleaned_data["on"], by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Compared. What differs is listed here and kept."))
            return redirect("programmes:touched", slug, number)
    replay = queries.replays_of(version).first()
    context = {
        "heading": _("%(title)s, version %(n)d: whom it touches") % {"title": version.title, "n": number},
        "pages": pages(version, number, "programmes:touched"),
        "version": version,
        "form": form,
        "size": size,
        "too_many": size > MOST,
        "replay": replay,
        "offices": _offices(replay, slug, number) if replay else None,
        "moves": _moves(replay) if replay else None,
        "claims": replay.touched.count() if replay else 0,
        "decisions": replay.decisions_touched.count() if replay else 0,
        "links": [
            reverse(f"programmes:touched_{what}", args=[slug, number]) for what in ("claims", "decisions")
        ],
        "back_url": reverse("programmes:version", args=[slug, number]),
        "back_label": _("%(title)s, version %(n)d") % {"title": version.title, "n": number},
    }
    return render(request, "programmes/touched.html", context)


@require_safe
def claims(request: Asked, slug: str, number: int) -> HttpResponse:
    """The touched claims, by reference."""
    version, replay = _replay(slug, number)
    found = queries.touched_claims(replay, office=request.GET.get("office", ""))
    titles = _titles(version)
    if request.GET.get("format") == "csv":
        return as_csv(
            "touched-claims.csv", CLAIM_COLUMNS, (_claim_cells(one, titles) for one in found.iterator())
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    columns_shown = [
        Column(_("Claim")),
        Column(_("Office")),
        Column(_("As it holds")),
        Column(_("By the change")),
    ]
    rows = [
        [
            one.claim.ref,
            one.claim.office.name,
            _words(
                one.standing_before, one.because_before, one.total_before, one.next_before, titles, request
            ),
            _words(one.standing_after, one.because_after, one.total_after, one.next_after, titles, request),
        ]
        for one in page
    ]
    context = {
        "heading": _("Touched claims"),
        "intro": _(
            "By reference, without names: the offices see whose they are once the change is published."
        ),
        "page": page,
        "table": Table(_("Touched claims"), columns_shown, rows, _("None."), caption_hidden=True),
        "back_url": reverse("programmes:touched", args=[slug, number]),
    }
    return render(request, "programmes/touched_list.html", context)


@require_safe
def decisions(request: Asked, slug: str, number: int) -> HttpResponse:
    """Past decisions for which the advice would be another one."""
    _version, replay = _replay(slug, number)
    found = queries.touched_decisions(replay)
    if request.GET.get("format") == "csv":
        columns = ["decision", "on", "office", "decided", "advice before", "row", "advice after", "row"]
        return as_csv("touched-decisions.csv", columns, _decision_cells(found))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    columns_shown = [
        Column(_("Decision")),
        Column(_("On")),
        Column(_("Decided")),
        Column(_("Advice as it holds")),
        Column(_("Advice by the change")),
    ]
    rows = [
        [
            one.decision.ref,
            day(one.decision.on, request.today),
            one.decision.get_choice_display(),
            _advice(one.advice_before, one.row_before, one.because_before),
            _advice(one.advice_after, one.row_after, one.because_after),
        ]
        for one in page
    ]
    context = {
        "heading": _("Decisions for which the advice would be another"),
        "intro": _(
            "What was decided stays. This only shows what the tables would have said on the same facts."
        ),
        "page": page,
        "table": Table(_("Decisions"), columns_shown, rows, _("None."), caption_hidden=True),
        "back_url": reverse("programmes:touched", args=[slug, number]),
    }
    return render(request, "programmes/touched_list.html", context)


def _replay(slug: str, number: int) -> tuple[Any, Any]:
    version = version_or_404(slug, number)
    replay = queries.replays_of(version).first()
    if replay is None:
        raise Http404
    return version, replay


def _first_day(version: Any, today: date) -> date:
    """Today, or the first later day from which a changed value holds."""
    try:
        held = held_beside(version)
    except Refused:
        return today
    found = differences(programme.pack_of(held.pk), programme.pack_of(version.pk))
    later = found.days_after(today)
    changed_now = any(one.holds_from <= today for one in found.settings) or found.tables or found.reasons
    return today if changed_now or not later else later[0]


def _offices(replay: Any, slug: str, number: int) -> Table:
    address = reverse("programmes:touched_claims", args=[slug, number])
    rows = [
        [
            link_html(f"{address}?office={one.code}", one.name),
            one.claims,
            one.called_in,
            one.freed,
            one.number,
            one.pace,
        ]
        for one in queries.touched_by_office(replay)
    ]
    columns = [
        Column(_("Office")),
        Column(_("Claims"), numeric=True),
        Column(_("Compulsory anew"), numeric=True),
        Column(_("No longer compulsory"), numeric=True),
        Column(_("Another number"), numeric=True),
        Column(_("Another day"), numeric=True),
    ]
    return Table(_("Live claims, by office"), columns, rows, _("No live claim is touched."))


def _moves(replay: Any) -> Table:
    rows = [[_word(before), _word(after), n] for before, after, n in queries.advice_moves(replay)]
    columns = [
        Column(_("Advice as it holds")),
        Column(_("Advice by the change")),
        Column(_("Decisions"), numeric=True),
    ]
    return Table(_("Past decisions"), columns, rows, _("No past decision would be advised otherwise."))


def _word(advice: str) -> str:
    return _("ask more") if advice == "ask" else advice.replace("_", " ")


def _advice(advice: str, row: str, because: str) -> str:
    said = _word(advice)
    return f"{said} ({row}): {because}" if row else said


def _titles(version: Any) -> dict[str, str]:
    reasons = programme.pack_of(version.pk).reasons("standing")
    return {code: reason.title for code, reason in reasons.items()}


def _words(
    standing: str, because: str, total: int, next_on: date | None, titles: dict[str, str], request: Asked
) -> str:
    said = f"{Standing(standing).label.capitalize()}: {titles.get(because, because)}."
    if standing == Standing.MANDATORY:
        said += " " + _("Up to %(n)d interviews.") % {"n": total}
        if next_on:
            said += " " + _("The following one about %(day)s.") % {"day": day(next_on, request.today)}
    return said


def _claim_cells(one: Any, titles: dict[str, str]) -> tuple[object, ...]:
    return (
        one.claim.ref,
        one.claim.office.name,
        one.standing_before,
        titles.get(one.because_before, one.because_before),
        one.standing_after,
        titles.get(one.because_after, one.because_after),
        one.total_before,
        one.total_after,
        one.next_before,
        one.next_after,
    )


def _decision_cells(found: Any) -> Iterator[tuple[object, ...]]:
    for one in found.iterator():
        decision = one.decision
        yield (
            decision.ref,
            decision.on,
            decision.interview.claim.office.name,
            decision.choice,
            one.advice_before,
            one.row_before,
            one.advice_after,
            one.row_after,
        )
