"""Versions of programmes to read: tables with their rows, what differs from another, and what if a fact were another."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.policy import BadFacts, Contradiction, Finding, Table, Trace, explain
from waymark.programme import queries as programme
from waymark.programme.differences import differences as compared
from waymark.programme.queries import Rules, as_decided
from waymark.web.asking import Asked
from waymark.web.guidance import packs
from waymark.web.programmes.facts import WhatIfForm
from waymark.web.programmes.pages import held_of, history, pages, state_of, version_or_404
from waymark.web.ui.components import Action, Column, Link
from waymark.web.ui.components import Table as Shown
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import chosen_words, day_time, tag

# With facts to try, what decides comes first, then what matches too, then what may still.
PLACES = {"good": 0, "info": 1, "waiting": 2}
STATES = {"matched": ("matches too", "info"), "undecided": ("still open", "waiting")}


@dataclass(frozen=True)
class RowTried:
    """A row as it is shown: what it asks and says, what the linter found, and how it stands to the tried facts."""

    row: packs.RowShown
    findings: tuple[str, ...]
    word: str = ""
    tone: str = "quiet"


@require_safe
def listed(request: Asked) -> HttpResponse:
    """Every programme with the version that holds, and what is proposed."""
    held = list(programme.newest())
    waiting = {one.slug: one for one in programme.proposals()}
    rows = [
        [
            link_html(reverse("programmes:versions", args=[one.slug]), one.title),
            one.digest[:12],
            day_time(one.publication.published_at, request.today),
            _("proposed by %(name)s") % {"name": waiting[one.slug].publication.proposed_by_name}
            if one.slug in waiting
            else "–",
        ]
        for one in held
    ]
    rows += [
        [
            link_html(reverse("programmes:versions", args=[slug]), one.title),
            "–",
            _("not yet"),
            _("proposed by %(name)s") % {"name": one.publication.proposed_by_name},
        ]
        for slug, one in waiting.items()
        if slug not in {each.slug for each in held}
    ]
    columns = [Column(_("Programme")), Column(_("Version")), Column(_("Holds since")), Column(_("Change"))]
    context = {
        "heading": _("Changes of rules"),
        "table": Shown(_("Programmes"), columns, rows, _("No programme is loaded."), caption_hidden=True),
        "actions": [Action(_("Propose a change"), reverse("programmes:propose"), primary=True)],
    }
    return render(request, "programmes/list.html", context)


@require_safe
def versions(request: Asked, slug: str) -> HttpResponse:
    """All versions of one programme, the newest first."""
    found = list(programme.every_version(slug))
    if not found:
        raise Http404
    held = held_of(slug)
    numbers = {one.pk: number for number, one in enumerate(sorted(found, key=lambda one: one.pk), start=1)}
    rows = []
    for one in found:
        word, tone = state_of(one, held)
        publication = one.publication
        rows.append(
            [
                link_html(
                    reverse("programmes:version", args=[slug, numbers[one.pk]]),
                    _("Version %(n)d") % {"n": numbers[one.pk]},
                ),
                tag(word, tone),
                day_time(publication.published_at or publication.proposed_at, request.today),
                publication.why or _("installed"),
                publication.proposed_by_name or "–",
                publication.published_by_name or "–",
            ]
        )
    columns = [
        Column(_("Version")),
        Column(_("State")),
        Column(_("Since")),
        Column(_("Why")),
        Column(_("Proposed by")),
        Column(_("Published by")),
    ]
    context = {
        "heading": found[0].title,
        "table": Shown(_("Versions"), columns, rows, caption_hidden=True),
        "back_url": reverse("programmes:list"),
        "back_label": _("Changes of rules"),
    }
    return render(request, "programmes/list.html", context)


@require_safe
def version(request: Asked, slug: str, number: int) -> HttpResponse:
    """One version: its history, its tables and values, and what can be done about it."""
    shown = version_or_404(slug, number)
    rules = rules_of(shown, request.today)
    word, tone = state_of(shown, held_of(slug))
    proposed = shown.publication.is_open
    own = shown.publication.proposed_by == request.post.person.ref
    actions = [
        Action(
            _("Publish it"),
            reverse("programmes:publish", args=[slug, number]),
            refused=_("You proposed it: somebody else publishes it.") if own else None,
            primary=True,
        ),
        Action(_("Withdraw it"), reverse("programmes:withdraw", args=[slug, number])),
    ]
    context = {
        "heading": _("%(title)s, version %(n)d") % {"title": shown.title, "n": number},
        "pages": pages(shown, number, "programmes:version"),
        "word": word,
        "tone": tone,
        "rows": history(shown, request),
        "actions": actions if proposed else [],
        "tables": [
            Link(
                rules.table(name).title,
                reverse("programmes:table", args=[slug, number, name]),
                count=len(rules.table(name).rows),
            )
            for name in rules.pack.table_names
        ],
        "sections": [(packs.words_of(name), values) for name, values in packs.sections(rules).items()],
        "back_url": reverse("programmes:versions", args=[slug]),
        "back_label": shown.title,
    }
    return render(request, "programmes/version.html", context)


@require_safe
def table(request: Asked, slug: str, number: int, name: str) -> HttpResponse:
    """A table as a table, with what the linter found beside the row, and a box to try facts on it."""
    shown = version_or_404(slug, number)
    rules = rules_of(shown, request.today)
    if name not in rules.pack.table_names:
        raise Http404
    its_table = rules.table(name)
    form = WhatIfForm(its_table.facts_in_use, rules.facts, request.GET or None)
    given = form.given()
    trace, problem = tried(its_table, given, request.today)
    held = held_of(slug)
    context = {
        "heading": its_table.title,
        "table": its_table,
        "rows": _rows(rules, name, trace),
        "said": _said(trace, rules) if trace else [],
        "beside": _beside(held, shown, name, given, request) if trace else [],
        "chosen": [f"{form[name].label} {value}" for name, value in chosen_words(form) if name != "rest"],
        "problem": problem,
        "filters": form,
        "version": shown.digest[:12],
        "number": number,
        "back_url": reverse("programmes:version", args=[slug, number]),
        "back_label": _("%(title)s, version %(n)d") % {"title": shown.title, "n": number},
    }
    return render(request, "programmes/table.html", context)


@require_safe
def differences(request: Asked, slug: str, number: int) -> HttpResponse:
    """What is otherwise than in the version that holds, or than in another that is asked for, row by row."""
    shown = version_or_404(slug, number)
    other_number = request.GET.get("with", "")
    other = version_or_404(slug, int(other_number)) if other_number.isdigit() else _beside_of(shown)
    kept = list(programme.every_version(slug).order_by("pk"))
    found = compared(programme.pack_of(other.pk), programme.pack_of(shown.pk)) if other else None
    address = reverse("programmes:differences", args=[slug, number])
    context = {
        "heading": _("%(title)s, version %(n)d: differences") % {"title": shown.title, "n": number},
        "pages": pages(shown, number, "programmes:differences"),
        "found": found,
        "other": other,
        "other_number": programme.number_of(other) if other else 0,
        "others": [
            Link(
                _("Version %(n)d") % {"n": each},
                f"{address}?with={each}",
                other is not None and one.pk == other.pk,
            )
            for each, one in enumerate(kept, start=1)
            if one.pk != shown.pk
        ],
        "titles": {
            name: programme.pack_of(shown.pk).table(name).title
            for name in programme.pack_of(shown.pk).table_names
        },
        "today": request.today,
        "back_url": reverse("programmes:version", args=[slug, number]),
        "back_label": _("%(title)s, version %(n)d") % {"title": shown.title, "n": number},
    }
    return render(request, "programmes/differences.html", context)


def rules_of(version: Any, on: date) -> Rules:
    """The rules of a version on a day, or on its first where that is later."""
    return as_decided(version, max(on, version.valid_from))


def tried(table: Table, given: Mapping[str, Any], on: date) -> tuple[Trace | None, str]:
    """The trace of the tried facts, or what is wrong with them."""
    if not given:
        return None, ""
    try:
        return table.trace(given, on), ""
    except (BadFacts, Contradiction) as wrong:
        return None, str(wrong)


def _beside_of(version: Any) -> Any:
    """What a version is compared with: what holds, or for that one what it replaced."""
    found = programme.versions().filter(slug=version.slug).exclude(pk=version.pk)
    if version.publication.published_at is not None:
        found = found.filter(publication__published_at__lte=version.publication.published_at)
    return found.first()


def _rows(rules: Rules, name: str, trace: Trace | None) -> list[RowTried]:
    lines = _lines(rules.pack.files[f"tables/{name}.csv"])
    findings = [one for one in rules.pack.lint() if one.path.endswith(f"tables/{name}.csv")]
    verdicts = {each.row.id: each.verdict for each in trace.verdicts} if trace else {}
    decides = trace.evaluation.row.id if trace and trace.evaluation.row else ""
    rows = []
    for row in packs.rows_of(rules, name):
        word, tone = ("", "quiet")
        if row.id == decides:
            word, tone = _("decides"), "good"
        elif verdicts.get(row.id) == "matched" and not decides:
            word, tone = _("leads so far"), "info"
        elif verdicts.get(row.id) in STATES:
            said, tone = STATES[verdicts[row.id]]
            word = _(said)
        rows.append(RowTried(row, _found_at(findings, lines.get(row.id, 0)), word, tone))
    return sorted(rows, key=lambda one: PLACES.get(one.tone, len(PLACES)) if trace else 0)


def _lines(text: str) -> dict[str, int]:
    """The line of each row in its file, counted as the linter counts."""
    plain = [
        (number, line) for number, line in enumerate(text.splitlines(), start=1) if not line.startswith("#")
    ]
    names = next(csv.reader([plain[0][1]]), []) if plain else []
    place = names.index("id") if "id" in names else 0
    found = {}
    for number, line in plain[1:]:
        cells = next(csv.reader(io.StringIO(line)), [])
        if len(cells) > place:
            found[cells[place]] = number
    return found


def _found_at(findings: list[Finding], line: int) -> tuple[str, ...]:
    return tuple(f"{one.message} {one.cure}".strip() for one in findings if one.line == line)


def _said(trace: Trace, rules: Rules) -> list[str]:
    told = explain(trace, rules.facts)
    return [words for words in (told.headline, told.because) if words]


def _beside(held: Any, shown: Any, name: str, given: Mapping[str, Any], request: Asked) -> list[str]:
    """What the version that holds would say of the same facts, when another one is looked at."""
    if held is None or held.pk == shown.pk:
        return []
    rules = rules_of(held, request.today)
    if name not in rules.pack.table_names:
        return [_("There is no such table.")]
    known = {fact: value for fact, value in given.items() if fact in rules.facts}
    trace, problem = tried(rules.table(name), known, request.today)
    if trace is None:
        return [problem]
    return _said(trace, rules)
