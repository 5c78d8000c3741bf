"""Addresses of the pages of services: by account, by secure link, by the code of a slip."""

from django.urls import path

from waymark.web.provider_portal import account, changes, doors, people

app_name = "provider"
urlpatterns = [
    path("", account.home, name="home"),
    path("referrals/<slug:ref>/", account.show, name="show"),
    path("referrals/<slug:ref>/<slug:act>/", account.act, name="act"),
    path("news/", account.news, name="news"),
    path("changes/", changes.by_account, name="changes"),
    path("people/", people.ask_us, name="ask_us"),
    path("l/<str:secret>/", doors.door, name="door"),
    path("here/", doors.here, name="here"),
    path("here/people/", people.here_ask_us, name="here_ask_us"),
    path("here/changes/", changes.here, name="here_changes"),
    path("here/<slug:act>/", doors.here_act, name="here_act"),
    path("leave/", doors.leave, name="leave"),
    path("closed/", doors.over, name="over"),
    path("arrived/", doors.arrived, name="arrived"),
]
