"""What is noted about the directory. What touches a customer stands on their timeline too."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waymark.directory.enums import ChangeKind, LiaisonKind, NeedOrigin, Source, Useful
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def _url(told: Told) -> str:
    if told.get("service"):
        return reverse("directory:entry", args=[told.get("service")])
    if told.get("organisation"):
        return reverse("directory:organisation", args=[told.get("organisation")])
    return ""


def _name(told: Told) -> str:
    return told.get("service_name") or told.get("organisation_name")


def _plain(sentence: object) -> Presenter:
    def tell(told: Told) -> Sentence:
        return Sentence(because(told.say(str(sentence), name=_name(told)), told.why), url=_url(told))

    return tell


def news_noted(told: Told) -> Sentence:
    words = {"name": _name(told), "topic": told.word("topic", ChangeKind)}
    said = told.say(_("%(who)s noted news of %(name)s (%(topic)s)."), **words)
    return Sentence(said, more=told.why, url=_url(told))


def experience_noted(told: Told) -> Sentence:
    words = {"name": _name(told), "source": told.word("source", Source)}
    said = told.say(_("%(who)s wrote what they know of %(name)s (%(source)s)."), **words)
    return Sentence(said, more=told.why, url=_url(told))


def liaison_noted(told: Told) -> Sentence:
    words = {"name": _name(told), "how": told.word("how", LiaisonKind)}
    said = told.say(_("%(who)s noted a meeting with %(name)s (%(how)s)."), **words)
    return Sentence(said, more=told.why, url=_url(told))


def view_noted(told: Told) -> Sentence:
    """On the customer's own timeline; on the entry nobody reads whose view it was."""
    words = {"name": _name(told), "useful": told.word("useful", Useful)}
    said = told.say(_("The customer found %(name)s %(useful)s."), **words)
    return Sentence(said, words=told.why, url=_url(told))


def unmet_noted(told: Told) -> Sentence:
    words = {"need": told.get("need"), "origin": told.word("origin", NeedOrigin)}
    said = told.say(_("%(who)s noted that help is missing: %(need)s (%(origin)s)."), **words)
    return Sentence(said, more=told.why, main=True)


def imported(told: Told) -> Sentence:
    said = _("A file of services came in: %(added)s added, %(changed)s changed, %(rejected)s refused.")
    counts = {name: str(told.event.details.get(name, 0)) for name in ("added", "changed", "rejected")}
    return Sentence(told.say(said, **counts))


def owners_asked(told: Told) -> Sentence:
    n = told.number("owners")
    said = ngettext(
        "%(n)d person was told by e-mail which entries of the directory nobody has confirmed for too long.",
        "%(n)d people were told by e-mail which entries of the directory nobody has confirmed for too long.",
        n,
    )
    return Sentence(said % {"n": n})


PRESENTERS: Mapping[str, Presenter] = {
    Happened.SERVICE_ADDED: _plain(gettext_lazy("%(who)s added %(name)s to the directory")),
    Happened.SERVICE_AMENDED: _plain(gettext_lazy("%(who)s changed the entry of %(name)s")),
    Happened.SERVICE_CONFIRMED: _plain(gettext_lazy("%(who)s confirmed the entry of %(name)s")),
    Happened.SERVICE_WITHDRAWN: _plain(gettext_lazy("%(who)s withdrew %(name)s from the directory")),
    Happened.SERVICE_BROUGHT_BACK: _plain(gettext_lazy("%(who)s brought %(name)s back into the directory")),
    Happened.SERVICE_GIVEN: _plain(gettext_lazy("%(who)s said who keeps the entry of %(name)s true")),
    Happened.OWNERS_ASKED_TO_CONFIRM: owners_asked,
    Happened.SERVICES_IMPORTED: imported,
    Happened.ORGANISATION_ADDED: _plain(gettext_lazy("%(who)s added %(name)s to the directory")),
    Happened.ORGANISATION_AMENDED: _plain(gettext_lazy("%(who)s changed what is known of %(name)s")),
    Happened.LOCATION_ADDED: _plain(gettext_lazy("%(who)s added a place of %(name)s")),
    Happened.LOCATION_AMENDED: _plain(gettext_lazy("%(who)s changed a place of %(name)s")),
    Happened.SERVICE_CONTACT_ADDED: _plain(gettext_lazy("%(who)s added somebody to ring at %(name)s")),
    Happened.SERVICE_CONTACT_ENDED: _plain(
        gettext_lazy("%(who)s noted that somebody at %(name)s is not to be rung any more")
    ),
    Happened.SERVICE_NEWS_NOTED: news_noted,
    Happened.EXPERIENCE_NOTED: experience_noted,
    Happened.LIAISON_NOTED: liaison_noted,
    Happened.KNOWLEDGE_SAID: _plain(gettext_lazy("%(who)s said how well they know %(name)s")),
    Happened.CUSTOMER_VIEW_NOTED: view_noted,
    Happened.UNMET_NEED_NOTED: unmet_noted,
}
