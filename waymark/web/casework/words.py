"""Cases in words: rows and tables of their pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.casework.enums import Held, Told, TransferState
from waymark.directory.enums import ContactDuring
from waymark.web.ui.components import Column, Row, Table
from waymark.web.ui.templatetags.ui import day, day_time, long_day, tag, telephone

TONES = {
    TransferState.PROPOSED: "waiting",
    TransferState.ACCEPTED: "waiting",
    TransferState.RUNNING: "info",
    TransferState.DONE: "good",
    TransferState.RETURNED: "good",
}


def named(name: str, place: str) -> str:
    """Lee Marsh, Calder Steps; the name alone where they are the same."""
    return name if not place or name == place else f"{name}, {place}"


def manager_rows(found: Any, today: date) -> list[Row]:
    """Who is responsible: where, at which number, since when, and until when if it is for a time."""
    manager = found.manager
    rows = [
        Row(_("Case manager"), named(manager.name, manager.place)),
        Row(_("Telephone"), telephone(manager.telephone)),
        Row(_("Since"), long_day(manager.since, today)),
    ]
    if manager.kind == Held.TEMPORARY and manager.lent_by is not None:
        loan = found.loan
        until = loan.returns_on if loan else None
        when = long_day(until, today) if until else (loan.returns_when if loan else "")
        rows.append(Row(_("For a time, until"), when))
        rows.append(Row(_("Then again"), manager.lent_by.name))
    if found.case.preferred_manager:
        rows.append(Row(_("The customer’s wish"), found.case.preferred_manager))
    return rows


def workers_table(found: Sequence[tuple[Any, str]], today: date) -> Table:
    """Who helps with a part: each case worker with the rule for contact meanwhile."""
    return Table(
        _("Who helps with a part"),
        [
            Column(_("Who")),
            Column(_("With what")),
            Column(_("Since")),
            Column(_("Until")),
            Column(_("Contact meanwhile")),
        ],
        [
            [
                _who(worker),
                worker.part,
                day(worker.since, today),
                day(worker.expected_until, today) if worker.expected_until else _("not known"),
                capfirst(str(ContactDuring(rule).label)),
            ]
            for worker, rule in found
        ],
        empty=_("Nobody helps with a part at present."),
    )


def _who(worker: Any) -> Any:
    place = "" if worker.place == worker.name else worker.place
    return format_html(
        '{}<br><span class="govuk-hint">{}{}{}</span>',
        worker.name,
        place,
        ", " if place and worker.telephone else "",
        telephone(worker.telephone) if worker.telephone else "",
    )


def ended_table(workers: Sequence[Any], today: date) -> Table:
    return Table(
        _("Help that has ended"),
        [Column(_("Who")), Column(_("With what")), Column(_("From")), Column(_("To")), Column(_("Why"))],
        [
            [
                named(w.name, w.place),
                w.part,
                day(w.since, today),
                day(w.ended_on, today),
                w.ended_why,
            ]
            for w in workers
        ],
    )


def managers_table(managers: Sequence[Any], today: date) -> Table:
    return Table(
        _("Who has been responsible"),
        [Column(_("Who")), Column(_("From")), Column(_("To")), Column(_("Why"))],
        [
            [
                format_html(
                    "{} {}", m.name, tag(_("for a time"), "info") if m.kind == Held.TEMPORARY else ""
                ),
                day(m.since, today),
                day(m.until, today) if m.until else _("now"),
                m.why,
            ]
            for m in reversed(managers)
        ],
    )


def steady_words(steady: Any) -> str:
    """How steady it has been, in a sentence."""
    if steady.people <= 1:
        return _("One person from the beginning.")
    changes = ngettext("%(n)d change", "%(n)d changes", steady.changes) % {"n": steady.changes}
    if steady.share is None:
        return _("%(people)d people, %(changes)s.") % {"people": steady.people, "changes": changes}
    return _("%(people)d people, %(changes)s; %(share)d %% of the days with the same one.") % {
        "people": steady.people,
        "changes": changes,
        "share": steady.share,
    }


def contacts_table(contacts: Sequence[Any], today: date) -> Table:
    return Table(
        _("Contact between interviews"),
        [
            Column(_("When")),
            Column(_("With whom")),
            Column(_("How")),
            Column(_("What for, and what was said")),
            Column(_("Minutes"), numeric=True),
        ],
        [
            [
                day_time(c.at, today),
                _with_whom(c),
                _how(c),
                format_html(
                    '{}<br><span class="govuk-hint">{}</span>', capfirst(c.get_purpose_display()), c.words
                )
                if c.words
                else capfirst(c.get_purpose_display()),
                c.minutes or "–",
            ]
            for c in contacts
        ],
        empty=_("Nobody has been in touch between interviews yet."),
    )


def _with_whom(made: Any) -> str:
    if made.contact is not None:
        return named(made.contact.name, made.contact.organisation.name)
    return capfirst(str(made.get_whom_display()))


def _how(made: Any) -> Any:
    began = _("begun by %(who)s") % {"who": made.get_begun_by_display()}
    how = capfirst(str(made.get_channel_display()))
    if not made.reached:
        return format_html("{}<br>{}", how, tag(_("not reached"), "quiet"))
    return format_html('{}<br><span class="govuk-hint">{}</span>', how, began)


def enquiries_table(enquiries: Sequence[Any], today: date, *, caption: str = "") -> Table:
    return Table(
        caption or _("Questions to services"),
        [Column(_("Service")), Column(_("Asked")), Column(_("Answered")), Column(_("What became of it"))],
        [
            [
                format_html(
                    '<a class="govuk-link" href="{}">{}</a><br><span class="govuk-hint">{}</span>',
                    reverse("casework:enquiry", args=[e.ref]),
                    e.service.name,
                    e.service.organisation.name,
                ),
                format_html('{}<br><span class="govuk-hint">{}</span>', day(e.asked_at, today), e.question),
                format_html('{}<br><span class="govuk-hint">{}</span>', day(e.answered_at, today), e.answer)
                if e.answered_at
                else tag(_("waiting until %(day)s") % {"day": day(e.answer_by, today)}, "waiting"),
                capfirst(str(e.get_led_to_display() or _("not decided yet"))),
            ]
            for e in enquiries
        ],
    )


def parties_table(parties: Sequence[Any], today: date) -> Table:
    tones = {Told.YES: "good", Told.NO: "quiet", Told.NOT_ASKED: "waiting"}
    return Table(
        _("Who hears how it goes"),
        [Column(_("Who")), Column(_("Their interest")), Column(_("The customer agrees")), Column(_("Asked"))],
        [
            [
                named(p.name, p.place),
                capfirst(p.part),
                tag(p.get_may_be_told_display(), tones.get(Told(p.may_be_told), "quiet")),
                day(p.asked_on, today) if p.asked_on else "–",
            ]
            for p in parties
        ],
        empty=_("Nobody but the case manager."),
    )


def transfers_table(transfers: Sequence[Any], today: date, *, caption: str, names: bool = True) -> Table:
    """Transfers with where they stand; `names`: with the customer they are about."""
    columns = [Column(_("From")), Column(_("To")), Column(_("For how long")), Column(_("State"))]
    if names:
        columns.insert(0, Column(_("Customer")))
    rows = []
    for t in transfers:
        row = [t.from_manager.name, named(t.to_name, t.to_place), how_long(t, today), _state(t, today)]
        if names:
            row.insert(0, _link(reverse("casework:transfer", args=[t.ref]), t.case.claim.customer.name))
        else:
            row[0] = _link(reverse("casework:transfer", args=[t.ref]), t.from_manager.name)
        rows.append(row)
    late = frozenset(
        n
        for n, t in enumerate(transfers)
        if t.state == TransferState.PROPOSED and t.answer_by and t.answer_by < today
    )
    return Table(caption, columns, rows, late_rows=late, empty=_("Nothing."))


def how_long(transfer: Any, today: date) -> str:
    if transfer.kind == "permanent":
        return _("for good")
    if transfer.returns_on:
        return _("until %(day)s") % {"day": day(transfer.returns_on, today)}
    return _("until: %(what)s") % {"what": transfer.returns_when}


def _state(transfer: Any, today: date) -> Any:
    word = transfer.get_state_display()
    tone = TONES.get(TransferState(transfer.state), "quiet")
    if transfer.state == TransferState.PROPOSED and transfer.answer_by:
        return format_html(
            '{}<br><span class="govuk-hint">{}</span>',
            tag(word, "late" if transfer.answer_by < today else tone),
            _("answer by %(day)s") % {"day": day(transfer.answer_by, today)},
        )
    return tag(word, tone)


def _link(url: str, words: str) -> Any:
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)


def customer_link(claim: Any) -> Any:
    return _link(reverse("casework:case", args=[claim.ref]), claim.customer.name)


def because_words(because: str) -> str:
    """Why the next contact is then."""
    return {
        "agreed": _("as agreed with this customer"),
        "usual": _("as usual"),
        "waits": _("after the help has ended: until then we wait"),
        "waits_long": _("nobody knows when the help ends, so we ask"),
        "session": _("at the last session"),
        "more": _("more often than usual, as this help asks"),
    }.get(because, "")


def arrangement_words(arrangement: Any) -> str:
    """How disability advisers and personal advisers work together here, for who hands over."""
    return {
        "separate": _("Here disability advisers and personal advisers are different people."),
        "dual": _("Here some advisers are disability advisers too. Say in which role you act."),
        "merged": _("Here every adviser is a disability adviser too: nobody needs to be passed on for that."),
    }.get(str(arrangement), "")
