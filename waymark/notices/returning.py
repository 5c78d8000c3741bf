"""Letters that come back: they have told nobody anything, and may be sent again to the right address (P:L1229)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices import access, keys, rendering
from waymark.notices.enums import Channel, NoticeState
from waymark.notices.models import Notice
from waymark.notices.rules import Way
from waymark.notices.verbs import about, lock
from waymark.notices.ways import full_name, hour_for, is_stopped, postal_address, way_for
from waymark.organisations.models import Post
from waymark.portal.enums import KeyKind
from waymark.portal.rules import MASK
from waymark.programme.pack import Reason
from waymark.programme.queries import holding
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def note_return(
    notice: Notice, reason: str, *, on: date, words: str = "", by: Post | None, now: datetime
) -> tuple[Notice, Reason]:
    """A letter came back: it has told nobody anything. Says the row of reasons/letter_returned.csv as well.

    Refused for what has not gone, for a text, a second time, and without words where the reason asks for them.
    """
    notice = lock(notice)
    insist(access.may_mend(notice, by))
    found = _reason_of_return(notice, reason, words, day_of(now))
    insist(_may_come_back(notice, on, day_of(now)))
    notice.came_back_on, notice.came_back_reason = on, found.code
    why = ": ".join(part for part in (found.title, words.strip()) if part)
    notice.came_back_words, notice.came_back_by = why[:300], by
    notice.save(update_fields=["came_back_on", "came_back_reason", "came_back_words", "came_back_by"])
    note_event(Happened.NOTICE_CAME_BACK, by=by, now=now, why=why, on=on.isoformat(), **about(notice))
    return notice, found


@transaction.atomic
def send_again(notice: Notice, *, by: Post, now: datetime) -> Notice:
    """A new letter with the words of one that came back, to the address of today. Refused while that is in doubt."""
    notice = lock(notice)
    insist(access.may_mend(notice, by))
    if notice.came_back_on is None:
        raise Refused("not_came_back", "This letter has not come back.", "")
    if notice.again_id is not None:
        raise Refused("sent_again", "This letter has been sent again already.", "See the newer one.")
    claim, customer = notice.claim, notice.claim.customer
    way = way_for(customer, notice.channels.split(","))
    ref, stopped = new_ref("N"), is_stopped(customer)
    content = _anew(notice, ref, way, now)
    fresh = Notice.objects.create(
        ref=ref,
        claim=claim,
        kind=notice.kind,
        variant=notice.variant,
        pack_id=notice.pack_id,
        language=notice.language,
        large_print=notice.large_print,
        channels=notice.channels,
        channel=way.channel,
        address=way.address,
        subject=notice.subject,
        content=content,
        html=rendering.page_of(content, way.channel),
        state=NoticeState.HELD if stopped else NoticeState.WAITING,
        queued_by=by,
        queued_at=now,
        try_at=hour_for(customer, now) if way.channel == Channel.TEXT else now,
        not_after=notice.not_after,
    )
    notice.again = fresh
    notice.save(update_fields=["again"])
    note_event(Happened.NOTICE_SENT_AGAIN, by=by, now=now, before=notice.ref, **about(fresh))
    return fresh


def _anew(notice: Notice, ref: str, way: Way, now: datetime) -> rendering.Content:
    """The same words as a letter of today; a code to the customer's own page is a new one, a link is made anew."""
    customer = notice.claim.customer
    content = rendering.addressed(notice.content, name=full_name(customer), address=postal_address(customer))
    content = {**content, "ref": ref, "on": timezone.localdate(now).isoformat()}
    key = content.pop("key", None)
    if key is None:
        return content
    if key["kind"] == KeyKind.LINK:
        raise Refused("a_link", "This letter has a link in it that is used up.", "Send a new link instead.")
    rules = holding(notice.claim.programme, day_of(now))
    fresh = keys.key_for(notice.claim, {"portal_code": MASK}, way.channel, rules=rules, now=now)
    if fresh is None:
        raise Refused(
            "no_code", "This letter has a code in it, and none may go to this customer now.", "Write anew."
        )
    return keys.with_key(content, fresh)


def _reason_of_return(notice: Notice, code: str, words: str, on: date) -> Reason:
    found = holding(notice.claim.programme, on).reasons("letter_returned").get(code)
    if found is None or notice.channel not in found.words("way"):
        raise Refused("no_such_reason", "That is none of the reasons.", "Choose one from the list.")
    if found.yes("needs_words") and not words.strip():
        raise Refused("no_words", "It is not said why it came back.", "Write it in a few words.")
    return found


def _may_come_back(notice: Notice, on: date, today: date) -> Refused | None:
    if notice.state != NoticeState.SENT or notice.sent_at is None:
        return Refused(
            "not_sent", f"This letter is “{notice.get_state_display()}”: it cannot have come back.", ""
        )
    if notice.channel == Channel.TEXT:
        return Refused("a_text", "A text does not come back.", "Note under safe contact that texts fail.")
    if notice.came_back_on is not None:
        return Refused("came_back_already", "That this letter came back is kept already.", "")
    if on > today or on < timezone.localdate(notice.sent_at):
        return Refused("wrong_day", "It came back after it went, and not later than today.", "Check the day.")
    return None
