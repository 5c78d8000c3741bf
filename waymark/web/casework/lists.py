"""Lists: my customers, what is to be answered, what waits, who may be for a disability adviser, figures."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.casework import queries
from waymark.web.asking import Asked
from waymark.web.casework import words
from waymark.web.casework.forms.reasons import PeriodForm
from waymark.web.people.pages import as_csv
from waymark.web.ui.components import Action, Column, Count, Link, Row, Table
from waymark.web.ui.templatetags.ui import day, day_time, tag
from waymark.web.worklist.next_action import open_page

QUARTER = timedelta(days=91)


def tabs(request: Asked, current: str) -> list[Link]:
    """The pages of this part that the role may open."""
    pages = [
        (_("My customers"), "casework:mine"),
        (_("Handing over"), "casework:transfers"),
        (_("Questions to services"), "casework:enquiries"),
        (_("For a disability adviser?"), "casework:held_on"),
        (_("Nobody responsible"), "casework:missing"),
        (_("Figures"), "casework:figures"),
    ]
    shown = [(label, name, open_page(request.post.role, name)) for label, name in pages]
    return [Link(label, url, name == current) for label, name, url in shown if url]


@require_safe
def mine(request: Asked) -> HttpResponse:
    """Customers I am responsible for, the next contact first; what I am asked; meetings; what I have lent."""
    today = request.today
    rows = queries.my_cases(request.post)
    asked = queries.transfers_to_answer(request.post)
    lent = queries.lent_by(request.post)
    news = queries.how_many_news(request.post)
    late = sum(1 for one in rows if one.case.next_contact_on and one.case.next_contact_on < today)
    context = {
        "heading": _("My customers"),
        "tabs": tabs(request, "casework:mine"),
        "counts": [
            Count(len(rows), _("customers")),
            Count(late, _("to be in touch with, late"), late=bool(late)),
            Count(len(asked), _("asked to take over"), "#asked" if asked else ""),
            Count(len(lent), _("lent to others"), "#lent" if lent else ""),
            Count(news, _("news to read"), reverse("casework:news") if news else ""),
        ],
        "asked": words.transfers_table(asked, today, caption=_("You are asked to take over"))
        if asked
        else None,
        "table": mine_table(rows, today),
        "meetings": meetings_table(queries.meetings_ahead(request.post, request.now), today),
        "lent": lent_table(lent, today) if lent else None,
        "meaning": queries.meaning_of_role(request.post, today),
    }
    return render(request, "casework/mine.html", context)


def mine_table(rows: Any, today: Any) -> Table:
    return Table(
        _("My customers, the next contact first"),
        [
            Column(_("Customer")),
            Column(_("Be in touch by")),
            Column(_("Last contact")),
            Column(_("Others who help"), numeric=True),
            Column(_("For how long")),
        ],
        [
            [
                words.customer_link(one.case.claim),
                day(one.case.next_contact_on, today) if one.case.next_contact_on else "–",
                day(one.last_contact, today) if one.last_contact else _("not yet"),
                one.helpers,
                _lent(one, today),
            ]
            for one in rows
        ],
        late_rows=frozenset(
            n for n, one in enumerate(rows) if one.case.next_contact_on and one.case.next_contact_on < today
        ),
        empty=_(
            "You are responsible for nobody yet. A customer is taken on with the first interview or plan."
        ),
    )


def _lent(one: Any, today: Any) -> Any:
    if one.lent_until:
        return tag(_("until %(day)s") % {"day": day(one.lent_until, today)}, "info")
    if one.lent_when:
        return tag(_("until: %(what)s") % {"what": one.lent_when}, "info")
    return ""


def meeting_link(meeting: Any) -> Any:
    return format_html(
        '<a class="govuk-link" href="{}">{}</a>',
        reverse("casework:meeting", args=[meeting.ref]),
        meeting.get_kind_display(),
    )


def meetings_table(meetings: Any, today: Any) -> Table | None:
    if not meetings:
        return None
    return Table(
        _("Meetings to come"),
        [Column(_("When")), Column(_("Customer")), Column(_("What")), Column(_("Where"))],
        [
            [
                day_time(m.starts_at, today),
                words.customer_link(m.case.claim),
                meeting_link(m),
                m.place,
            ]
            for m in meetings
        ],
    )


def lent_table(lent: Any, today: Any) -> Table:
    return Table(
        _("With others for a time"),
        [Column(_("Customer")), Column(_("With")), Column(_("Comes back"))],
        [
            [words.customer_link(t.case.claim), words.named(t.to_name, t.to_place), words.how_long(t, today)]
            for t in lent
        ],
    )


@require_safe
def transfers(request: Asked) -> HttpResponse:
    """What I am asked, and what is being handed over among the customers I reach."""
    asked = queries.transfers_to_answer(request.post)
    under_way = queries.transfers_seen_by(request.post)
    context = {
        "heading": _("Handing over"),
        "tabs": tabs(request, "casework:transfers"),
        "tables": [
            words.transfers_table(asked, request.today, caption=_("You are asked to take over")),
            words.transfers_table(
                list(under_way), request.today, caption=_("Being handed over, or lent, at present")
            ),
        ],
    }
    return render(request, "casework/tables.html", context)


@require_safe
def missing(request: Asked) -> HttpResponse:
    """Cases without a case manager: always empty. And whom nobody has been in touch with as planned."""
    without = list(queries.cases_without_one_manager())
    quiet = list(queries.not_seen_for(request.post, request.today, 0))
    tables = [
        Table(
            _("Without one case manager"),
            [Column(_("Customer")), Column(_("Office"))],
            [[words.customer_link(c.claim), c.claim.office.name] for c in without],
            empty=_("Nobody. The database refuses to leave a customer without one, and to give them two."),
        ),
        Table(
            _("Nobody has been in touch as planned"),
            [Column(_("Customer")), Column(_("Office")), Column(_("It was planned by"))],
            [
                [words.customer_link(c.claim), c.claim.office.name, day(c.next_contact_on, request.today)]
                for c in quiet
            ],
            empty=_("Nobody waits for a contact that is late."),
        ),
    ]
    context = {
        "heading": _("Nobody responsible, nobody in touch"),
        "tabs": tabs(request, "casework:missing"),
        "tables": tables,
    }
    return render(request, "casework/tables.html", context)


@require_safe
def held_on(request: Asked) -> HttpResponse:
    """Customers who may be for a disability adviser, and were neither passed on nor kept for a reason (R:L581)."""
    rows = queries.held_on(request.post, request.today)
    table = Table(
        _("Neither passed on nor kept for a reason"),
        [
            Column(_("Customer")),
            Column(_("Case manager")),
            Column(_("Barriers, health among them"), numeric=True),
            Column(_("Seen on")),
            Column(_("What to do"), hidden=True),
        ],
        [
            [
                words.customer_link(one.case.claim),
                one.manager.name,
                one.barriers,
                day(one.seen_on, request.today),
                Action(
                    _("Decide"),
                    reverse("casework:keep", args=[one.case.claim.ref]),
                    about=one.case.claim.customer.name,
                ),
            ]
            for one in rows
        ],
        empty=_("Nobody: each of them was passed on, or it is said why they stay."),
    )
    context = {
        "heading": _("For a disability adviser?"),
        "tabs": tabs(request, "casework:held_on"),
        "intro": _(
            "At their last interview these customers had several barriers, health among them. Nobody is passed on by"
            " this list: look at each, pass them on or say why they stay."
        ),
        "tables": [table],
    }
    return render(request, "casework/tables.html", context)


@require_safe
def enquiries(request: Asked) -> HttpResponse:
    """What I have asked services, without or with a customer."""
    rows = list(queries.enquiries_of(request.post)[:100])
    ask = open_page(request.post.role, "casework:ask")
    context = {
        "heading": _("Questions to services"),
        "tabs": tabs(request, "casework:enquiries"),
        "intro": _(
            "Ask before you refer: is it right for somebody like this? A question leads to a referral or to none."
        ),
        "actions": [Action(_("Ask a service"), ask, primary=True)] if ask else [],
        "tables": [words.enquiries_table(rows, request.today)],
    }
    return render(request, "casework/tables.html", context)


@require_safe
def figures(request: Asked) -> HttpResponse:
    """How steady cases are and how we keep in touch. Figures to learn from, never targets."""
    form = PeriodForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    until = chosen.get("until") or request.today
    since = chosen.get("since") or until - QUARTER
    found = queries.figures(request.post, since, until, request.now)
    if request.GET.get("format") == "csv":
        return _csv(found)
    context = {
        "heading": _("How steady, and how we keep in touch"),
        "tabs": tabs(request, "casework:figures"),
        "filter": form,
        "found": found,
        "rows": figure_rows(found),
        "table": advisers_table(found),
    }
    return render(request, "casework/figures.html", context)


def figure_rows(found: queries.Figures) -> list[Row]:
    return [
        Row(_("Customers with a case manager now"), found.open),
        Row(
            _("With the same one from the beginning"),
            _share(found.one_person, found.one_person_share),
        ),
        Row(_("Taken on"), found.taken_on),
        Row(_("Cases closed"), found.closed),
        Row(_("Changes of case manager"), found.changes),
        Row(
            _("Handed over for good, of them after the customer had met the next one"),
            _("%(all)d, %(met)s") % {"all": found.handed_over, "met": _share(found.met, found.met_share)},
        ),
        Row(_("Not taken over by who was asked"), found.declined),
        Row(
            _("Contacts with customers, of them begun by the customer"),
            f"{found.contacts}, {found.begun_by_customer}",
        ),
        Row(_("Time for them"), _("%(n)d minutes") % {"n": found.minutes}),
        Row(
            _("Usually from one contact to the next"),
            _("%(n)d days") % {"n": found.between} if found.between is not None else _("not known yet"),
        ),
        Row(_("Contacts that are late now"), found.overdue),
    ]


def _share(count: int, share: int | None) -> str:
    return f"{count} ({share} %)" if share is not None else str(count)


def advisers_table(found: queries.Figures) -> Table:
    return Table(
        _("By case manager"),
        [
            Column(_("Who")),
            Column(_("Customers"), numeric=True),
            Column(_("Of them for a time"), numeric=True),
            Column(_("Contacts"), numeric=True),
            Column(_("Minutes"), numeric=True),
            Column(_("Late now"), numeric=True),
        ],
        [[a.person, a.cases, a.lent, a.contacts, a.minutes, a.overdue] for a in found.advisers],
        empty=_("No case has a case manager yet."),
    )


def _csv(found: queries.Figures) -> HttpResponse:
    columns = ["case manager", "customers", "for a time", "contacts", "minutes", "late"]
    lines = [[a.person, a.cases, a.lent, a.contacts, a.minutes, a.overdue] for a in found.advisers]
    return as_csv("cases.csv", columns, lines)
