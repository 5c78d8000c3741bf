"""Addresses of the first contact."""

from django.urls import path

from waymark.web.first_contact import calls, deciding, questions, talking

app_name = "first_contact"
urlpatterns = [
    path("calls/", calls.queue, name="queue"),
    path("calls/next/", calls.take_next, name="next"),
    path("calls/new/", calls.incoming, name="incoming"),
    path("calls/questions/", questions.questions, name="questions"),
    path("calls/questions/<str:ref>/", questions.question, name="question"),
    path("customers/<str:claim>/call/", calls.start, name="start"),
    path("customers/<str:claim>/attempt/", calls.attempt, name="attempt"),
    path("calls/<str:ref>/", talking.talk, name="talk"),
    path("calls/<str:ref>/go/", talking.go, name="go"),
    path("calls/<str:ref>/skip/", talking.skip, name="skip"),
    path("calls/<str:ref>/notes/", talking.notes, name="notes"),
    path("calls/<str:ref>/say/", talking.say, name="say"),
    path("calls/<str:ref>/support/", talking.support, name="support"),
    path("calls/<str:ref>/offer/", talking.offer, name="offer"),
    path("calls/<str:ref>/view/", talking.view, name="view"),
    path("calls/<str:ref>/hold/", talking.hold, name="hold"),
    path("calls/<str:ref>/break-off/", talking.break_off, name="break_off"),
    path("calls/<str:ref>/resume/", talking.resume, name="resume"),
    path("calls/<str:ref>/ask/", talking.ask, name="ask"),
    path("calls/<str:ref>/answers/", talking.answers, name="answers"),
    path("calls/<str:ref>/decide/", deciding.decide, name="decide"),
    path("calls/<str:ref>/check/", deciding.check, name="check"),
    path("calls/<str:ref>/done/", deciding.done, name="done"),
]
