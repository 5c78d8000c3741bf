"""Where a letter is on its way, in words and as rows of lists."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.notices.enums import Channel, NoticeState
from waymark.notices.queries import Delivery, delivery
from waymark.web.ui.components import Column, Table, Tone
from waymark.web.ui.markup import lines_html
from waymark.web.ui.templatetags.ui import day, day_time, tag

TONES: dict[str, Tone] = {
    NoticeState.WAITING: "waiting",
    NoticeState.HELD: "held",
    NoticeState.SENT: "good",
    NoticeState.FAILED: "late",
    NoticeState.WITHDRAWN: "quiet",
}


VARIANTS = {"gentle": gettext_lazy("gentle"), "no_call": gettext_lazy("nobody could be rung before")}


def state_tag(state: str) -> SafeString:
    return tag(NoticeState(state).label, TONES[state])


def tag_of(notice: Any) -> SafeString:
    """The state of a letter; of one that came back, that."""
    return tag(_("came back"), "late") if notice.came_back_on else state_tag(notice.state)


def became_of(notice: Any, today: date) -> str:
    """What became of a letter, with its being read out and its coming back where it was or did."""
    said = delivery_words(delivery(notice), today)
    if notice.read_aloud_on is not None:
        said = _("%(said)s Read to the customer on %(day)s.") % {
            "said": said,
            "day": day(notice.read_aloud_on, today),
        }
    if notice.came_back_on is None:
        return said
    because = f": {notice.came_back_words}" if notice.came_back_words else ""
    back = _("It came back on %(day)s%(because)s.") % {
        "day": day(notice.came_back_on, today),
        "because": because,
    }
    return f"{said} {back}"


def kind_words(notice: Any) -> str:
    """The kind of letter, with its variant where it has one."""
    kind = str(notice.get_kind_display())
    return f"{kind} ({VARIANTS.get(notice.variant, notice.variant)})" if notice.variant else kind


def delivery_words(known: Delivery, today: date) -> str:
    """One sentence or two: what became of the letter. It stands beside the state."""
    way = {"way": Channel(known.channel).label, "at": day_time(known.at, today), "address": known.address}
    match known.state:
        case NoticeState.SENT if known.channel == Channel.POST:
            return _("Sent on %(at)s as a letter by post to %(address)s.") % way
        case NoticeState.SENT if known.channel == Channel.TEXT:
            return _("Sent on %(at)s as a text to %(address)s.") % way
        case NoticeState.SENT:
            return _("Sent on %(at)s by e-mail to %(address)s.") % way
        case NoticeState.WAITING if known.tries:
            return _("%(error)s It is tried again on %(at)s.") % {**way, "error": _sentence(known.error)}
        case NoticeState.WAITING:
            return _("Waiting to go out (%(way)s).") % way
        case NoticeState.HELD:
            return _("Contact with this customer is stopped. The letter goes when the stop is lifted.")
        case NoticeState.FAILED:
            return _sentence(known.error)
        case _:
            return _("It was kept from going.")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def table_of_customer(notices: Iterable[Any], today: date, *, read_out: bool) -> Table:
    """The letters of one customer, each opening. read_out: they cannot read them, and somebody does."""
    return Table(
        caption=_("Letters"),
        caption_hidden=True,
        columns=[
            Column(_("Letter")),
            Column(_("Written")),
            Column(_("State")),
            Column(_("What became of it")),
        ],
        rows=[
            [
                _link(n.ref, n.subject),
                day_time(n.queued_at, today),
                tag_of(n),
                lines_html([became_of(n, today), _read_link(n) if read_out else ""]),
            ]
            for n in notices
        ],
        empty=_("Nothing has been written to this customer yet."),
    )


def table_of_printed(notices: Iterable[Any], day: str, open_them: bool) -> Table:
    """Letters laid for the printer on a day."""
    return Table(
        caption=_("Letters laid for the printer on %(day)s") % {"day": day},
        columns=[
            Column(_("File")),
            Column(_("Letter")),
            Column(_("Office")),
            Column(_("Laid at")),
            Column(_("Print")),
            Column(_("Post")),
        ],
        rows=[
            [
                _link(n.ref, f"{n.ref}.pdf") if open_them else f"{n.ref}.pdf",
                n.get_kind_display(),
                n.claim.office.name,
                day_time(n.sent_at).rpartition(", ")[2],
                _("large") if n.large_print else _("usual"),
                tag_of(n) if n.came_back_on else _back_link(n.ref),
            ]
            for n in notices
        ],
        empty=_("No letter was laid for the printer on this day."),
    )


def _link(ref: str, words: str) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', reverse("notices:show", args=[ref]), words)


def _read_link(notice: Any) -> str:
    """The way to reading a letter out, where nobody has yet."""
    gone = notice.state == NoticeState.SENT and notice.channel != Channel.TEXT
    if not gone or notice.read_aloud_on is not None or notice.came_back_on is not None:
        return ""
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
        reverse("notices:read_aloud", args=[notice.ref]),
        _("Read it to them"),
        notice.subject,
    )


def _back_link(ref: str) -> SafeString:
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
        reverse("notices:came_back", args=[ref]),
        _("It came back"),
        ref,
    )
