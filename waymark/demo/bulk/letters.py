"""A letter that went to the printer: really written for the first so many customers."""

from datetime import datetime, timedelta
from typing import Any

from waymark.customers.models import Claim
from waymark.demo.bulk.maker import Maker, Sample
from waymark.kernel.refs import new_ref
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.organisations.models import Post


def send_letter(
    maker: Maker, claim: Claim, kind: NoticeKind, words: dict[str, Any], by: Post, moment: datetime
) -> None:
    """A letter that went to the printer the same day."""
    if maker.whole_letters > 0 or kind not in maker.samples:
        maker.whole_letters -= 1
        seen = notices.preview(claim, kind, words=words, rules=maker.rules[claim.office_id], now=moment)
        maker.samples[kind] = Sample(seen.filled.subject, seen.content, str(seen.html), seen.pdf())
    sample = maker.samples[kind]
    maker.rows.add(
        Notice(
            ref=new_ref("N"),
            claim=claim,
            kind=kind,
            pack_id=maker.rules[claim.office_id].version.pk,
            channel="post",
            address=f"{claim.customer.address}, {claim.customer.postcode}",
            subject=sample.subject,
            content=sample.content,
            html=sample.html,
            pdf=sample.pdf,
            state="sent",
            queued_by=by,
            queued_at=moment,
            try_at=moment,
            tries=1,
            sent_at=min(moment + timedelta(minutes=30), maker.now),
        )
    )
