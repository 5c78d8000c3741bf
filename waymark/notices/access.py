"""Who may hold back or try again what is waiting to go out."""

from waymark.kernel.refusal import Refused
from waymark.notices.models import Mail, Notice
from waymark.organisations.models import Post


def may_mend(notice: Notice, by: Post | None) -> Refused | None:
    """Staff of the claim's district, and Waymark's own daily run."""
    if by is None or by.team.office.district_id == notice.claim.office.district_id:
        return None
    return Refused(
        "notice_of_elsewhere",
        f"This letter belongs to {notice.claim.office.name}, in another district.",
        "Ask a team leader there.",
    )


def may_mend_mail(mail: Mail, by: Post) -> Refused | None:
    """Staff of the district of the office that looks after it."""
    if by.team.office.district_id == mail.office.district_id:
        return None
    return Refused(
        "mail_of_elsewhere",
        f"This e-mail belongs to {mail.office.name}, in another district.",
        "Ask a team leader there.",
    )
