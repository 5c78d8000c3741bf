"""Distance travelled: drawn, and as a table behind the drawing."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.actionplans import verbs
from waymark.actionplans.distance import NEARNESS, Distance, Sign, View, distance
from waymark.actionplans.enums import SeenBy
from waymark.actionplans.queries import OnClaim
from waymark.web.actionplans.forms import SignsForm
from waymark.web.actionplans.pages import form_view, head, of_claim, one_form, posted
from waymark.web.asking import Asked
from waymark.web.ui.components import Column, Table
from waymark.web.ui.templatetags.ui import day
from waymark.web.worklist.next_action import open_page

WIDTH, LEFT, RIGHT, ROW, TOP = 640, 150, 30, 34, 18
SHORT = 24


@dataclass(frozen=True)
class Dot:
    """A point of the drawing; `label` says it in words."""

    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Chart:
    """A drawing of how near to work somebody seemed: two lines over time, with the words at the side."""

    width: int
    height: int
    levels: tuple[tuple[int, str], ...]
    left: int
    right: int
    adviser: tuple[Dot, ...]
    customer: tuple[Dot, ...]
    days: tuple[tuple[int, str], ...]

    @property
    def adviser_line(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.adviser)

    @property
    def customer_line(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.customer)


@require_safe
@of_claim
def show(request: Asked, found: OnClaim) -> HttpResponse:
    """The seven signs and the two views over time."""
    seen = distance(found.claim, found.rules)
    context = {
        **head(request, found, _("Distance travelled by %(name)s") % {"name": found.claim.customer.name}),
        "back_url": reverse("actionplans:plan", args=[found.claim.ref]),
        "back_label": _("Plan"),
        "seen": seen,
        "signs": [_row(sign, request) for sign in seen.signs],
        "chart": chart_of(seen, request) if seen.views else None,
        "table": views_table(seen, request),
        "see_url": open_page(request.post.role, "actionplans:see_signs", found.claim.ref)
        if found.claim.status == "live"
        else "",
    }
    return render(request, "actionplans/distance.html", context)


@form_view
@of_claim
def see(request: Asked, found: OnClaim) -> HttpResponse:
    """Mark what was seen."""
    seen = distance(found.claim, found.rules)
    form = SignsForm(seen.signs, posted(request), initial={"seen_by": SeenBy.ADVISER, "on": request.today})

    def act(data: dict[str, Any]) -> object:
        return verbs.see_signs(
            found.claim,
            form.seen(),
            seen_by=data["seen_by"],
            who=data["who"],
            words=data["words"],
            on=data["on"],
            by=request.post,
            now=request.now,
        )

    return one_form(
        request,
        found.claim,
        form,
        act,
        said=_("Kept. Nothing follows from it but a picture of the way so far."),
        heading=_("What have you seen of %(name)s’s progress?") % {"name": found.claim.customer.name},
        button=_("Keep it"),
        back=reverse("actionplans:distance", args=[found.claim.ref]),
        back_label=_("Distance travelled"),
        template="actionplans/signs.html",
    )


def _row(sign: Sign, request: Asked) -> dict[str, Any]:
    """One sign: a row of squares, the newest last, and the same in a sentence."""
    words = {-2: _("less than at first"), -1: _("less than at first"), 0: _("as at first")}
    marks = [
        {
            "x": 4 + 30 * number,
            "filled": one.step,
            "by_customer": one.whose == SeenBy.CUSTOMER,
            "label": _("%(day)s: %(seen)s, as %(who)s sees it")
            % {"day": day(one.on, request.today), "seen": one.seen, "who": one.who},
            "words": one.words,
        }
        for number, one in enumerate(sign.glimpses[-SHORT:])
    ]
    return {
        "sign": sign,
        "marks": marks,
        "width": 8 + 30 * max(len(marks), 1),
        "now": sign.last.seen if sign.last else _("not looked at yet"),
        "moved": words.get(sign.moved, _("more than at first")) if len(sign.glimpses) > 1 else "",
        "when": day(sign.last.on, request.today) if sign.last else "",
    }


def chart_of(seen: Distance, request: Asked) -> Chart:
    """Points laid out by day, as far apart as the days are; levels from not foreseen (below) to ready (above)."""
    views = seen.views
    first, last = views[0].on, views[-1].on
    span = max((last - first).days, 1)
    room = WIDTH - LEFT - RIGHT

    def across(view: View) -> int:
        return LEFT + (room * (view.on - first).days // span if last > first else room // 2)

    def down(level: int) -> int:
        return TOP + ROW * (len(NEARNESS) - 1 - level)

    def dots(whose: str) -> tuple[Dot, ...]:
        return tuple(
            Dot(
                across(view),
                down(level),
                f"{day(view.on, request.today)}: {getattr(view, f'{whose}_words')}",
            )
            for view in views
            if (level := getattr(view, whose)) is not None
        )

    ends = [views[0]] if first == last else [views[0], views[-1]]
    return Chart(
        width=WIDTH,
        height=TOP + ROW * (len(NEARNESS) - 1) + 40,
        levels=tuple((down(number), str(level.label)) for number, level in enumerate(NEARNESS)),
        left=LEFT,
        right=WIDTH - RIGHT,
        adviser=dots("adviser"),
        customer=dots("customer"),
        days=tuple((across(view), day(view.on, request.today)) for view in ends),
    )


def views_table(seen: Distance, request: Asked) -> Table:
    """The same as the drawing, in words."""
    return Table(
        _("How far from work, as each of them sees it"),
        [Column(_("Day")), Column(_("Adviser")), Column(_("Customer")), Column(_("Seen by"))],
        [
            [
                day(view.on, request.today),
                view.adviser_words or _("not asked"),
                view.customer_words or _("not asked"),
                view.who,
            ]
            for view in seen.views
        ],
        empty=_("Nobody was asked yet. It is asked in interviews."),
        caption_size="s",
    )
