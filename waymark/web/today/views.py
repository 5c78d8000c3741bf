"""Today: what is due, late or waiting for me, in the order to do it, with the one button that does the next thing."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.casework import queries as casework
from waymark.directory import queries as directory
from waymark.kernel.clock import LONDON
from waymark.organisations.enums import Role
from waymark.web.asking import Asked
from waymark.web.today import administration, deciding, management, services, work
from waymark.web.ui.components import Count
from waymark.web.ui.templatetags.ui import long_day
from waymark.worklist import queries as worklist

# Who keeps entries of the directory and manages cases as a rule; others find theirs there.
OWN_ENTRIES = (Role.ADVISER, Role.DISABILITY_ADVISER, Role.ADVISER_MANAGER)
RUNS_BY = 6  # the daily run has finished by six in the morning
PAGES = {
    Role.AGENT: work.agent,
    Role.TEAM_LEADER: work.leader,
    Role.ADVISER: work.adviser,
    Role.DISABILITY_ADVISER: work.disability_adviser,
    Role.ASSESSOR: work.assessor,
    Role.ADVISER_MANAGER: management.manager,
    Role.DECISION_MAKER: deciding.decision_maker,
    Role.PROVIDER: services.provider,
    Role.ADMINISTRATOR: administration.administrator,
    Role.POLICY_OWNER: administration.policy_owner,
}


@require_safe
def today(request: Asked) -> HttpResponse:
    """The home page of every role."""
    context = {
        "heading": _("Today, %(day)s") % {"day": long_day(request.today, request.today)},
        "behind": behind(request),
        **PAGES[Role(request.post.role)](request),
    }
    if request.post.role in OWN_ENTRIES:
        context["counts"] = [*context.get("counts", []), *to_confirm(request), *news(request)]
    return render(request, "today/today.html", context)


def to_confirm(request: Asked) -> list[Count]:
    """The entries of the directory that who asks keeps, and that nobody has confirmed for too long."""
    number = directory.how_many_to_confirm(request.post, request.today)
    if not number:
        return []
    return [Count(number, _("entries to confirm"), reverse("directory:to_confirm"))]


def news(request: Asked) -> list[Count]:
    """What there is to read of customers the person has to do with: handed over, back, help ended."""
    number = casework.how_many_news(request.post)
    return [Count(number, _("news of customers to read"), reverse("casework:news"))] if number else []


def behind(request: Asked) -> date | None:
    """The first day whose daily run is missing; in the small hours yesterday's is enough."""
    last = worklist.last_day_run()
    if last is None:
        return request.today
    early = request.now.astimezone(LONDON).hour < RUNS_BY
    wanted = request.today - timedelta(days=1) if early else request.today
    return last.on + timedelta(days=1) if last.on < wanted else None
