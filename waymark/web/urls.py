"""Every address of the screens."""

from django.http import Http404
from django.urls import include, path
from django.views.defaults import page_not_found

from waymark.web import signin_views, views
from waymark.web.diaries.views import calendar_feed
from waymark.web.ui.views import gallery

# Nobody signs up, and an address is changed by an administrator: it is what a person signs in with.
CLOSED = {"exception": Http404()}

urlpatterns = [
    path("", signin_views.home, name="home"),
    path("demo/", signin_views.choose_role, name="choose_role"),
    path("account/", signin_views.account, name="account"),
    path("accounts/signup/", page_not_found, CLOSED),
    path("accounts/email/", page_not_found, CLOSED),
    path("people/", include("waymark.web.people.urls")),
    path("health", views.health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("act-as/", views.act_as, name="act_as"),
    path("gallery/", gallery, name="gallery"),
    path("", include("waymark.web.notices.urls")),
    path("", include("waymark.web.inbound.urls")),
    path("my/", include("waymark.web.customer_portal.urls")),
    path("today/", include("waymark.web.today.urls")),
    path("worklist/", include("waymark.web.worklist.urls")),
    path("", include("waymark.web.record.urls")),
    path("customers/", include("waymark.web.customers.urls")),
    path("diaries/", include("waymark.web.diaries.urls")),
    path("managers/", include("waymark.web.managers.urls")),
    path("rules/", include("waymark.web.programmes.urls")),
    path("checks/", include("waymark.web.checks.urls")),
    path("casework/", include("waymark.web.casework.urls")),
    path("directory/", include("waymark.web.directory.urls")),
    path("open-referral/", include("waymark.web.api.urls")),
    path("", include("waymark.web.referrals.urls")),
    path("provider/", include("waymark.web.provider_portal.urls")),
    path("recontact/", include("waymark.web.recontact.urls")),
    path("interviews/", include("waymark.web.interviews.urls")),
    path("sittings/", include("waymark.web.sittings.urls")),
    path("series/", include("waymark.web.series.urls")),
    path("plans/", include("waymark.web.actionplans.urls")),
    path("work/", include("waymark.web.employment.urls")),
    path("money/", include("waymark.web.awards.urls")),
    path("", include("waymark.web.sanctions.urls")),
    path("", include("waymark.web.guidance.urls")),
    path("", include("waymark.web.first_contact.urls")),
    path("calendar/<str:address>.ics", calendar_feed, name="calendar_feed"),
]
