"""What is noted about a customer's work, and about the time after a benefit."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def _url(told: Told) -> str:
    return (
        reverse("employment:work", args=[told.event.claim_ref])
        if getattr(told.event, "claim_ref", "")
        else ""
    )


def _way_on(told: Told) -> str:
    ref = getattr(told.event, "claim_ref", "")
    return reverse("employment:transition", args=[ref]) if ref else ""


def _job(told: Told) -> dict[str, str]:
    return {
        "employer": told.get("employer") or _("an employer"),
        "kind": told.get("job_kind") or _("work"),
        "hours": told.get("hours") or "–",
        "starts": told.day("starts"),
    }


def wishes_set(told: Told) -> Sentence:
    return Sentence(
        told.say(_("%(who)s wrote down what work should be like.")), words=told.why, url=_url(told)
    )


def job_agreed(told: Told) -> Sentence:
    said = _("A job is to begin on %(starts)s with %(employer)s (%(kind)s, %(hours)s hours a week).")
    return Sentence(told.say(said, **_job(told)), url=_url(told), main=True)


def job_started(told: Told) -> Sentence:
    said = _("The customer is in work with %(employer)s since %(starts)s (%(kind)s, %(hours)s hours a week).")
    written = told.event.details.get("written")
    more = _("A letter says what can be had beside it.") if written else ""
    return Sentence(told.say(said, **_job(told)), more=more, url=_url(told), main=True)


def job_not_taken(told: Told) -> Sentence:
    said = told.say(_("The job with %(employer)s was not begun after all"), **_job(told))
    return Sentence(because(said, told.why), url=_url(told))


def job_changed(told: Told) -> Sentence:
    said = _("Hours or pay with %(employer)s changed: %(hours)s hours a week since %(since)s.")
    return Sentence(told.say(said, since=told.day("since"), **_job(told)), more=told.why, url=_url(told))


def evidence_seen(told: Told) -> Sentence:
    said = _("%(who)s saw evidence of the job with %(employer)s: %(evidence)s.")
    evidence = told.get("evidence") or _("not named")
    return Sentence(told.say(said, evidence=evidence, **_job(told)), more=told.why, url=_url(told))


def in_work_offered(told: Told) -> Sentence:
    said = _("%(who)s offered support beside the job with %(employer)s. The customer said: %(answer)s.")
    forms = "; ".join(told.event.details.get("forms") or [])
    answer = told.get("answer") or _("not kept")
    return Sentence(told.say(said, answer=answer, **_job(told)), more=forms, words=told.why, url=_url(told))


def in_work_called(told: Told) -> Sentence:
    if not told.get("going"):
        said = told.say(_("%(who)s rang about the job with %(employer)s; nobody answered."), **_job(told))
        return Sentence(said, more=told.why, url=_url(told))
    said = told.say(
        _("%(who)s rang: with %(employer)s it goes %(going)s."), going=told.get("going"), **_job(told)
    )
    problems = ", ".join(told.event.details.get("problems") or [])
    more = told.say(_("Hard is: %(problems)s."), problems=problems) if problems else ""
    return Sentence(said, more=more, words=told.why, url=_url(told))


def sustained(told: Told) -> Sentence:
    said = told.say(_("%(weeks)s weeks of work, and it goes on."), weeks=told.get("weeks") or "–")
    return Sentence(said, words=told.why, url=_url(told), main=True)


def job_left(told: Told) -> Sentence:
    said = told.say(
        _("The job with %(employer)s ended on %(on)s: %(reason)s."),
        on=told.day("on"),
        reason=told.get("reason") or _("no reason kept"),
        **_job(told),
    )
    next_step = told.get("next_step")
    more = (
        told.say(_("Next: %(next)s, by %(day)s."), next=next_step, day=told.get("next_on"))
        if next_step
        else ""
    )
    return Sentence(said, more=more, words=told.why, url=_url(told), main=True)


def after_job_called(told: Told) -> Sentence:
    said = _("%(who)s talked with the customer after the job with %(employer)s.")
    return Sentence(told.say(said, **_job(told)), words=told.why, url=_url(told))


def disclosure_talked(told: Told) -> Sentence:
    said = _("%(who)s talked with the customer about telling an employer of their health. They: %(decided)s.")
    decided = told.get("decided") or _("decision not kept")
    return Sentence(told.say(said, decided=decided), more=told.why, url=_url(told))


def transition_begun(told: Told) -> Sentence:
    said = told.say(
        _("A plan for the time after the benefit was begun: %(reason)s."), reason=told.get("reason") or "–"
    )
    more = (
        told.say(_("An appeal is possible until %(day)s."), day=told.day("appeal_by"))
        if told.get("appeal_by")
        else ""
    )
    return Sentence(said, more=more, url=_way_on(told), main=True)


def transition_agreed(told: Told) -> Sentence:
    said = _(
        "It was agreed what goes on after the benefit. The customer rings %(person)s; we are in touch on %(day)s."
    )
    help_lines = "; ".join(told.event.details.get("help") or [])
    return Sentence(
        told.say(said, person=told.get("person") or _("us"), day=told.get("contact_on") or "–"),
        more=help_lines,
        url=_way_on(told),
        main=True,
    )


def appeal_noted(told: Told) -> Sentence:
    said = _("The appeal: %(appeal)s. We are in touch again on %(day)s.")
    return Sentence(
        told.say(said, appeal=told.get("appeal") or _("not known"), day=told.get("contact_on") or "–"),
        words=told.why,
        url=_way_on(told),
        main=True,
    )


def transition_contacted(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s was in touch after the benefit ended; the next time is on %(day)s."),
        day=told.get("contact_on") or "–",
    )
    return Sentence(said, words=told.why, url=_way_on(told))


def transition_closed(told: Told) -> Sentence:
    return Sentence(
        because(_("The plan for the time after the benefit was closed"), told.why), url=_way_on(told)
    )


PRESENTERS: Mapping[str, Presenter] = {
    Happened.JOB_WISHES_SET: wishes_set,
    Happened.JOB_AGREED: job_agreed,
    Happened.JOB_STARTED: job_started,
    Happened.JOB_NOT_TAKEN: job_not_taken,
    Happened.JOB_CHANGED: job_changed,
    Happened.JOB_EVIDENCE_SEEN: evidence_seen,
    Happened.IN_WORK_OFFERED: in_work_offered,
    Happened.IN_WORK_CALLED: in_work_called,
    Happened.WORK_SUSTAINED: sustained,
    Happened.JOB_LEFT: job_left,
    Happened.AFTER_JOB_CALLED: after_job_called,
    Happened.DISCLOSURE_TALKED: disclosure_talked,
    Happened.TRANSITION_BEGUN: transition_begun,
    Happened.TRANSITION_AGREED: transition_agreed,
    Happened.APPEAL_NOTED: appeal_noted,
    Happened.TRANSITION_CONTACTED: transition_contacted,
    Happened.TRANSITION_CLOSED: transition_closed,
}
