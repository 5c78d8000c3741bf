"""People: the list, one person, and what an administrator or a manager does about them."""

from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waymark.interviews.diary import queries as diary
from waymark.interviews.managing import verbs as managing
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.staffing import access, verbs
from waymark.staffing import queries as staffing
from waymark.web.asking import Asked
from waymark.web.people import forms
from waymark.web.people.pages import as_csv, day_in_path, done, form_page, one_form, sections
from waymark.web.signin import forget_failures
from waymark.web.ui.components import Action
from waymark.worklist import people as worklist

PAGE = 50
SORTS = {"name": "name", "-name": "-name", "started": "started_on", "-started": "-started_on"}
form_view = require_http_methods(["GET", "POST"])


def person_or_404(request: Asked, ref: str) -> Any:
    """A person this post sees; strangers do not exist."""
    return get_object_or_404(staffing.people_seen_by(request.post), ref=ref)


def chosen_people(request: Asked, form: forms.FilterPeople) -> Any:
    wanted = form.cleaned_data if form.is_valid() else {}
    found = staffing.people(
        request.post,
        request.today,
        text=wanted.get("text", ""),
        office=wanted.get("office", ""),
        role=wanted.get("role", ""),
        state=wanted.get("state") or "here",
    )
    return found.order_by(SORTS.get(request.GET.get("sort", ""), "name"), "id")


@require_GET
def index(request: Asked) -> HttpResponse:
    """The people of the district, or of one's own office, filtered, sorted, page by page or as CSV."""
    offices = list(staffing.offices_seen_by(request.post))
    form = forms.FilterPeople(request.GET or None, offices=offices)
    found = chosen_people(request, form)
    if request.GET.get("format") == "csv":
        return people_csv(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("People"),
        "filters": form,
        "page": page,
        "sections": sections(request, "people:list"),
        "may_add": request.post.role == Role.ADMINISTRATOR,
    }
    return render(request, "people/index.html", context)


def people_csv(found: Any) -> HttpResponse:
    columns = ["reference", "name", "email", "started", "left", "posts", "away until", "covered by"]
    rows = [
        (
            person.ref,
            person.name,
            person.email,
            person.started_on,
            person.left_on,
            "; ".join(f"{post.get_role_display()}, {post.team.name}" for post in person.posts_now),
            person.away_now[0].last_day if person.away_now else "",
            person.away_now[0].cover or "" if person.away_now else "",
        )
        for person in found
    ]
    return as_csv("people.csv", columns, rows)


@form_view
def add(request: Asked) -> HttpResponse:
    """Somebody starts work."""
    teams = staffing.teams_of(request.post.office.district)
    form = forms.AddPerson(request.POST or None, teams=teams)
    return one_form(
        request,
        form,
        lambda data: verbs.add_person(**data, by=request.post, now=request.now),
        said=lambda person: (
            _("%(name)s is added. Now make a link to set a password.") % {"name": person.name}
        ),
        then=lambda person: reverse("people:show", args=[person.ref]),
        heading=_("Add a person"),
        button=_("Add the person"),
        back=reverse("people:list"),
    )


@require_GET
def show(request: Asked, ref: str) -> HttpResponse:
    """One person: posts with their days, absences, cover, and what can be done."""
    person = person_or_404(request, ref)
    posts = list(staffing.posts_of(person))
    context = {
        "heading": person.name,
        "person": person,
        "held": [{"post": post, "number": len(posts) - place} for place, post in enumerate(posts)],
        "absences": staffing.absences_of(person),
        "covers": staffing.covers_for(person, request.today),
        "piles": worklist.work_of(person, request.today),
        "actions": actions_for(request, person),
        "administers": request.post.role == Role.ADMINISTRATOR,
        "back_url": reverse("people:list"),
        "back_label": _("People"),
    }
    return render(request, "people/show.html", context)


def actions_for(request: Asked, person: Any) -> list[Action]:
    """What this post may do about a person; what it may not stands there with the reason."""
    left = person.left_on is not None
    gone = _("%(name)s has left.") % {"name": person.name} if left else None
    absence_refused = access.may_note_absence(request.post, person)
    absence = Action(
        _("Note an absence"),
        reverse("people:absence", args=[person.ref]),
        refused=gone or (absence_refused.message if absence_refused else None),
    )
    if request.post.role != Role.ADMINISTRATOR:
        return [absence]
    if left:
        return [Action(_("Has come back"), reverse("people:come_back", args=[person.ref]), primary=True)]
    return [
        absence,
        Action(_("Give a post"), reverse("people:give_post", args=[person.ref])),
        Action(_("Make a sign-in link"), reverse("people:sign_in_link", args=[person.ref]), method="post"),
        Action(
            _("Has left"),
            reverse("people:leave", args=[person.ref]),
            refused=refused_leaving(request, person),
        ),
    ]


def booked_with(request: Asked, person: Any, first: date, last: date) -> int:
    """How many appointments stand in the person's diary in these days: somebody must move them."""
    entries = diary.live_entries(first, last, request.now).filter(person=person, appointment__isnull=False)
    return entries.values("appointment").distinct().count()


def say_to_move(request: Asked, person: Any, first: date, last: date) -> None:
    """Say that appointments in days on which the person will not be there are to be moved, if any are."""
    booked = booked_with(request, person, first, last)
    if booked:
        said = ngettext(
            "%(n)d appointment stands in their diary then: move it.",
            "%(n)d appointments stand in their diary then: move them.",
            booked,
        )
        messages.warning(request, said % {"n": booked})


def refused_leaving(request: Asked, person: Any) -> str | None:
    if person.pk == request.post.person_id:
        return _("Another administrator notes that you have left.")
    return None


@form_view
def give_post(request: Asked, ref: str) -> HttpResponse:
    person = person_or_404(request, ref)
    form = forms.GivePost(request.POST or None, teams=staffing.teams_of(request.post.office.district))
    return one_form(
        request,
        form,
        lambda data: verbs.give_post(person, **data, by=request.post, now=request.now),
        said=_("The post is given."),
        heading=_("Give %(name)s a post") % {"name": person.name},
        button=_("Give the post"),
        back=reverse("people:show", args=[ref]),
    )


@form_view
def end_post(request: Asked, ref: str, number: int) -> HttpResponse:
    """End the person's post of that number, counted from their first."""
    person = person_or_404(request, ref)
    posts = list(reversed(staffing.posts_of(person)))
    if not 1 <= number <= len(posts):
        raise Http404
    post = posts[number - 1]
    form = forms.LastDay(request.POST or None, initial={"ends_on": request.today})
    return one_form(
        request,
        form,
        lambda data: worklist.post_ends(post, **data, by=request.post, now=request.now),
        said=lambda tasks: _("The post ends.") + " " + handed_back(tasks),
        heading=_("End the post of %(name)s") % {"name": person.name},
        button=_("End the post"),
        back=reverse("people:show", args=[ref]),
        intro=_("%(role)s, %(team)s. Tasks taken in this team go back to the team after the last day.")
        % {"role": post.get_role_display().capitalize(), "team": post.team.name},
    )


def handed_back(tasks: int) -> str:
    return (
        ngettext("%(n)d task went back to its team.", "%(n)d tasks went back to their teams.", tasks)
        % {"n": tasks}
        if tasks
        else _("No task was left behind.")
    )


@form_view
def absence(request: Asked, ref: str) -> HttpResponse:
    person = person_or_404(request, ref)
    form = forms.NoteAbsence(request.POST or None, colleagues=staffing.may_be_cover(person, request.today))
    if done(request, form, lambda data: verbs.note_absence(person, **data, by=request.post, now=request.now)):
        messages.success(request, _("The absence is noted."))
        say_to_move(request, person, form.cleaned_data["first_day"], form.cleaned_data["last_day"])
        return redirect("people:show", ref)
    return form_page(
        request,
        form,
        heading=_("Note an absence of %(name)s") % {"name": person.name},
        button=_("Note the absence"),
        back=reverse("people:show", args=[ref]),
    )


@form_view
def end_absence(request: Asked, ref: str, first_day: str) -> HttpResponse:
    """Another last day for the absence that began on `first_day`, or none of it."""
    person = person_or_404(request, ref)
    noted = get_object_or_404(staffing.absences_of(person), first_day=day_in_path(first_day))
    form = forms.EndAbsence(request.POST or None, initial={"last_day": noted.last_day})

    def act(data: dict[str, Any]) -> None:
        last_day = data["last_day"] if data["how"] == "day" else None
        verbs.end_absence(noted, last_day=last_day, by=request.post, now=request.now)

    return one_form(
        request,
        form,
        act,
        said=_("The absence is changed."),
        heading=_("Change the absence of %(name)s") % {"name": person.name},
        button=_("Change the absence"),
        back=reverse("people:show", args=[ref]),
    )


@form_view
def leave(request: Asked, ref: str) -> HttpResponse:
    """The person has left. What happens to their work is said before."""
    person = person_or_404(request, ref)
    form = forms.Leave(request.POST or None, initial={"on": request.today})
    handed: list[int] = []
    if done(
        request,
        form,
        lambda data: handed.append(managing.adviser_leaves(person, **data, by=request.post, now=request.now)),
    ):
        messages.success(
            request, _("%(name)s has left.") % {"name": person.name} + " " + handed_back(handed[0])
        )
        return redirect("people:show", ref)
    context = {
        "heading": _("%(name)s has left") % {"name": person.name},
        "form": form,
        "person": person,
        "piles": worklist.work_of(person, request.today),
        "covers": staffing.covers_for(person, request.today),
        "held_back": managing.what_holds_back(person, request.today),
        "back_url": reverse("people:show", args=[ref]),
    }
    return render(request, "people/leave.html", context)


@form_view
def come_back(request: Asked, ref: str) -> HttpResponse:
    person = person_or_404(request, ref)
    form = forms.ComeBack(request.POST or None, teams=staffing.teams_of(request.post.office.district))
    return one_form(
        request,
        form,
        lambda data: verbs.come_back(person, **data, by=request.post, now=request.now),
        said=_("%(name)s works here again.") % {"name": person.name},
        heading=_("%(name)s has come back") % {"name": person.name},
        button=_("Has come back"),
        back=reverse("people:show", args=[ref]),
    )


@require_POST
def sign_in_link(request: Asked, ref: str) -> HttpResponse:
    """A link by which the person sets a password. It is shown here, once, and kept nowhere."""
    person = person_or_404(request, ref)
    try:
        verbs.note_sign_in_link(person, by=request.post, now=request.now)
    except Refused as refusal:
        back = reverse("people:show", args=[ref])
        return render(request, "ui/refused.html", {"refusal": refusal, "return_url": back}, status=409)
    forget_failures(person.email)
    parts = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    link = reverse("account_reset_password_from_key", kwargs=parts)
    context = {
        "heading": _("A link for %(name)s") % {"name": person.name},
        "person": person,
        "link": request.build_absolute_uri(link),
        "back_url": reverse("people:show", args=[ref]),
    }
    return render(request, "people/link.html", context)
