"""Addresses of the checks."""

from django.urls import path

from waymark.web.checks import views

app_name = "checks"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("log/", views.log, name="log"),
    path("<str:ref>/", views.show, name="show"),
    path("<str:ref>/answer/", views.answer, name="answer"),
]
