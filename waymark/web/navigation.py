"""The service navigation: label and page, in order. Each role sees those it may open."""

from django.utils.translation import gettext_lazy as _

PLACES = [
    (_("Today"), "today"),
    (_("All tasks"), "worklist:list"),
    (_("Calls"), "first_contact:queue"),
    (_("Customers"), "customers:search"),
    (_("Messages"), "inbound:list"),
    (_("Re-contacts"), "recontact:list"),
    (_("Not attending"), "sanctions:list"),
    (_("Diaries"), "diaries:week"),
    (_("Managing"), "managers:overview"),
    (_("Checks"), "checks:queue"),
    (_("Guidance"), "guidance:search"),
    (_("Programmes"), "guidance:programmes"),
    (_("Changes of rules"), "programmes:list"),
    (_("People"), "people:list"),
    (_("Letters"), "notices:outbox"),
]
