"""How an award is said on a page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.awards import queries
from waymark.awards.enums import AwardKind, AwardState
from waymark.awards.rules import pounds
from waymark.programme.queries import Rules
from waymark.web.awards.pages import kind_words, sum_words
from waymark.web.ui.components import Column, Row, Table
from waymark.web.ui.templatetags.ui import day, long_day, long_day_time, tag


def award_rows(award: Any, rules: Rules, today: Any) -> list[Row]:
    """The facts of an award, for its page and for the second person."""
    rows = [Row(_("What"), kind_words(award.kind))]
    if sum_words(award):
        rows.append(Row(_("How much"), sum_words(award)))
    if award.starts_on:
        rows.append(Row(_("From"), long_day(award.starts_on, today)))
    rows.append(Row(_("Until"), until_words(award, today)))
    if award.employer:
        rows.append(Row(_("Employer"), award.employer))
    if award.purpose:
        rows.append(Row(_("What for"), queries.purpose_words(award, rules)))
    if award.after_the_fact:
        rows.append(Row(_("After the fact"), _("decided after the days it is for had begun")))
    if award.above_usual_because:
        rows.append(Row(_("More than usual"), award.above_usual_because))
    rows += decision_rows(award, rules, today)
    return rows


def until_words(award: Any, today: Any) -> str:
    if award.state == AwardState.STOPPED:
        return _("stopped, last day %(day)s") % {"day": long_day(award.ended_on, today)}
    if award.until:
        weeks = ngettext("%(n)d week", "%(n)d weeks", award.weeks) % {"n": award.weeks}
        return f"{long_day(award.until, today)} ({weeks})"
    if award.kind == AwardKind.DISCRETION_FUND:
        return _("once")
    return _("no end is set") if award.kind == AwardKind.PERMITTED_WORK else _("it was not given")


def decision_rows(award: Any, rules: Rules, today: Any) -> list[Row]:
    rows = [
        Row(
            _("Decided by"),
            f"{award.decided_by.person.name}, {long_day_time(award.decided_at, today)}",
        )
    ]
    if award.authorised_by:
        who = f"{award.authorised_by.person.name}, {long_day_time(award.authorised_at, today)}"
        rows.append(Row(_("Second person"), who))
    if award.because:
        rows.append(Row(_("The rules advised"), f"{award.because} ({award.row})"))
    if award.why_other:
        reason = rules.pack.reasons("other_than_advised").get(award.why_other)
        rows.append(Row(_("Decided otherwise because"), reason.title if reason else award.why_other))
    if award.refused_code:
        refusal = rules.pack.reasons("award_refused").get(award.refused_code)
        rows.append(Row(_("Not given because"), refusal.title if refusal else award.refused_code))
    if award.stopped_code:
        stopped = rules.pack.reasons("award_stopped").get(award.stopped_code)
        rows.append(Row(_("Stopped because"), stopped.title if stopped else award.stopped_code))
    return rows


def instalments_table(award: Any, today: Any) -> Table:
    parts = [part for part in award.instalments.all() if not part.dropped_at]
    return Table(
        _("Instalments"),
        [
            Column(_("For the days")),
            Column(_("Due")),
            Column(_("How it stands")),
            Column(_("Sum"), numeric=True),
        ],
        [
            [
                f"{day(part.covers_from, today)} – {day(part.covers_until, today)}"
                if part.covers_from != part.covers_until
                else day(part.covers_from, today),
                day(part.due_on, today),
                part_tag(part, award, today),
                pounds(part.pence),
            ]
            for part in parts
        ],
        empty=_("Nothing is paid for this."),
    )


def held_words(award: Any) -> str:
    """That payments wait, and why; empty where none does."""
    held = [part for part in award.instalments.all() if part.held_at]
    if not held:
        return ""
    return _("%(sum)s waits: %(why)s.") % {
        "sum": pounds(sum(part.pence for part in held)),
        "why": held[0].get_held_because_display(),
    }


def released_list(award: Any) -> list[Any]:
    """The payments that a person had paid all the same."""
    return [part for part in award.instalments.all() if part.released_at]


def dropped_words(award: Any) -> str:
    """How many instalments fell away with the stop."""
    count = sum(1 for part in award.instalments.all() if part.dropped_at)
    return (
        ngettext(
            "%(n)d later instalment is not due any more.",
            "%(n)d later instalments are not due any more.",
            count,
        )
        % {"n": count}
        if count
        else ""
    )


def part_tag(part: Any, award: Any, today: Any) -> str:
    if part.batch_id:
        return tag(_("paid %(day)s") % {"day": day(part.paid_at, today)}, "good")
    if part.held_at:
        return tag(_("waits"), "held")
    return tag(_("due"), "waiting") if part.due_on <= today else tag(_("to come"), "info")


def evidence_table(award: Any, rules: Rules, today: Any) -> Table:
    titles = rules.pack.reasons("award_evidence")
    return Table(
        _("Seen for it"),
        [Column(_("What")), Column(_("When")), Column(_("By")), Column(_("About it"))],
        [
            [
                titles[one.kind].title if one.kind in titles else one.kind,
                day(one.seen_on, today),
                one.seen_by.person.name,
                one.words,
            ]
            for one in award.evidence.all()
        ],
        empty=_("Nothing yet."),
    )
