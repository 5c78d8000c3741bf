"""How long each step takes: the middle case and the longest, with what is measured."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from waymark.interviews.queries import current_rules
from waymark.sanctions import queries
from waymark.web.asking import Asked
from waymark.web.people.pages import as_csv
from waymark.web.sanctions.forms import TimesFilter
from waymark.web.ui.components import Column, Table
from waymark.web.ui.templatetags.ui import long_day

A_YEAR = timedelta(days=365)


@require_safe
def times(request: Asked) -> HttpResponse:
    """The times of the cases this post sees."""
    form = TimesFilter(request.GET or None)
    given: date | None = form.cleaned_data["since"] if form.is_bound and form.is_valid() else None
    since = given or request.today - A_YEAR
    rules = next(iter(current_rules(request.today).values()), None)
    steps = queries.times(request.post, since, rules) if rules else []
    few = rules.value("limits.small_number_hidden_below") if rules else 0
    if request.GET.get("format") == "csv":
        columns = ["step", "cases", "middle, days", "longest, days", "what is measured"]
        rows = [
            [s.title, count_words(s.pace.count, few), s.pace.days, s.pace.longest, s.definition]
            for s in steps
        ]
        return as_csv("times.csv", columns, rows)
    context = {
        "heading": _("How long cases take"),
        "filter": form,
        "since": since,
        "few": few,
        "table": Table(
            _("Cases opened since %(day)s") % {"day": long_day(since, request.today)},
            [
                Column(_("Step")),
                Column(_("Cases"), numeric=True),
                Column(_("Middle"), numeric=True),
                Column(_("Longest"), numeric=True),
            ],
            [
                [
                    step.title,
                    count_words(step.pace.count, few),
                    days_words(step.pace.days),
                    days_words(step.pace.longest),
                ]
                for step in steps
            ],
        ),
        "definitions": [(step.title, step.definition) for step in steps],
        "back_url": reverse("sanctions:list"),
        "back_label": _("Cases"),
    }
    return render(request, "sanctions/times.html", context)


def count_words(count: int, few: int) -> str:
    """How many; of few, only that they are few."""
    return _("fewer than %(n)d") % {"n": few} if 0 < count < few else str(count)


def days_words(days: float | None) -> str:
    if days is None:
        return _("too few to show")
    whole = int(days) if float(days).is_integer() else days
    return ngettext("%(n)s day", "%(n)s days", int(days) if days == 1 else 2) % {"n": whole}
