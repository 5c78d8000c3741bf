"""The first page, the chooser of people in the demonstration, and one's own account."""

from collections import Counter
from itertools import groupby

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from waymark.organisations.enums import Role
from waymark.staffing import queries as staffing
from waymark.web.asking import Asked

BACKEND = "waymark.web.signin.Backend"
WHAT_THEY_DO = {
    Role.AGENT: _("Makes and takes the first calls, offers the interview, books it or puts it off."),
    Role.TEAM_LEADER: _("Authorises and checks decisions, answers questions, sees what is late."),
    Role.ADVISER: _("Holds the interviews, looks again at what was put off, owns the customer's next step."),
    Role.DISABILITY_ADVISER: _(
        "Helps people with a health problem or disability whose way into work is complex, as their choice."
    ),
    Role.ASSESSOR: _("Looks at the benefit side of the visit, before the adviser does the rest."),
    Role.ADVISER_MANAGER: _("Sees to diaries, to work nobody has picked up, and to who is away."),
    Role.DECISION_MAKER: _(
        "Decides what others refer about missed interviews, and looks at decisions again."
    ),
    Role.PROVIDER: _("Works at a service: sees what was sent to it, answers, says who came and how it goes."),
    Role.ADMINISTRATOR: _("Adds people, gives posts, opens and closes teams, keeps the bank holidays."),
    Role.POLICY_OWNER: _("Reads the programme as it holds, and what a change of rules would do."),
}
ORDER = list(WHAT_THEY_DO)


@require_GET
def home(request: Asked) -> HttpResponse:
    """Today for who has signed in; otherwise the way in."""
    if request.user.is_authenticated:
        return redirect("today")
    return redirect("choose_role" if settings.DEMO else "account_login")


@require_http_methods(["GET", "POST"])
def choose_role(request: Asked) -> HttpResponse:
    """Be somebody of the demonstration. Elsewhere this page does not exist."""
    if not settings.DEMO:
        raise Http404
    posts = staffing.demo_people(request.today)
    if request.method == "POST":
        person, _at, team = request.POST.get("person", "").partition("@")
        chosen = posts.filter(person__ref=person)
        post = (chosen.filter(team__code=team) if team else chosen).first()
        if post is None:
            raise Http404
        login(request, post.person, backend=BACKEND)
        request.session["post"] = post.pk
        return redirect("today")
    in_order = sorted(posts, key=lambda post: ORDER.index(Role(post.role)))
    # Who holds the same role twice is told apart by the team.
    held = Counter((post.role, post.person_id) for post in posts)
    groups = [
        {
            "role": Role(role).label,
            "does": WHAT_THEY_DO[Role(role)],
            "posts": [(post, held[role, post.person_id] > 1) for post in group],
        }
        for role, group in groupby(in_order, key=lambda post: post.role)
    ]
    return render(request, "people/choose_role.html", {"groups": groups})


@require_GET
def account(request: Asked) -> HttpResponse:
    """What is known of oneself, and the ways to change a password or add a second step."""
    return render(request, "people/account.html", {"heading": _("Your account")})
