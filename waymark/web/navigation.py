"""The service navigation: label and page, in order. Each role sees those it may open."""

from django.utils.translation import gettext_lazy as _

PLACES = [
    (_("Today"), "today"),
    (_("All tasks"), "worklist:list"),
    (_("Calls"), "first_contact:queue"),
    (_("Customers"), "customers:search"),
    (_("My customers"), "casework:mine"),
    (_("Messages"), "inbound:list"),
    (_("Referrals to us"), "provider:home"),
    (_("Referrals"), "referrals:list"),
    (_("After a benefit"), "employment:transitions"),
    (_("Re-contacts"), "recontact:list"),
    (_("Not attending"), "sanctions:list"),
    (_("Money"), "awards:chances"),
    (_("Diaries"), "diaries:week"),
    (_("Directory"), "directory:search"),
    (_("Managing"), "managers:overview"),
    (_("Checks"), "checks:queue"),
    (_("Guidance"), "guidance:search"),
    (_("Programmes"), "guidance:programmes"),
    (_("Changes of rules"), "programmes:list"),
    (_("People"), "people:list"),
    (_("Letters"), "notices:outbox"),
]
