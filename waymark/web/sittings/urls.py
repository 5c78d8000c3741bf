"""Addresses of the interview workspace: before, during and after an appointment."""

from django.urls import path

from waymark.web.sittings import after, before, choosing, during, saving

app_name = "sittings"
urlpatterns = [
    path("of/<str:ref>/", before.of_interview, name="of_interview"),
    path("<str:ref>/", before.show, name="before"),
    path("<str:ref>/begin/", before.begin, name="begin"),
    path("<str:ref>/missed/", before.missed, name="missed"),
    path("<str:ref>/screen/", before.screen, name="screen"),
    path("<str:ref>/during/", during.show, name="during"),
    path("<str:ref>/read/", during.read, name="read"),
    path("<str:ref>/text/", saving.text, name="text"),
    path("<str:ref>/state/", saving.state, name="state"),
    path("<str:ref>/marks/<slug:what>/", saving.marks, name="marks"),
    path("<str:ref>/present/", saving.present, name="present"),
    path("<str:ref>/interest/", saving.interest, name="interest"),
    path("<str:ref>/after/", after.outcome, name="after"),
    path("<str:ref>/after/next/", after.following, name="next"),
    path("<str:ref>/after/time/", choosing.time, name="time"),
    path("<str:ref>/after/reason/", choosing.reason, name="reason"),
    path("<str:ref>/after/reason/<slug:reason>/", choosing.facts, name="facts"),
    path("<str:ref>/after/decision/", choosing.decision, name="decision"),
    path("<str:ref>/after/summary/", after.summary, name="summary"),
    path("<str:ref>/after/check/", after.check, name="check"),
]
