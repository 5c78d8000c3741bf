"""Addresses of the re-contact."""

from django.urls import path

from waymark.web.recontact import views

app_name = "recontact"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:ref>/", views.sheet, name="sheet"),
    path("<str:ref>/attempt/", views.attempt, name="attempt"),
    path("<str:ref>/write/", views.write, name="write"),
    path("<str:ref>/changed/", views.changed, name="changed"),
    path("<str:ref>/decide/", views.decide, name="decide"),
    path("<str:ref>/by-letter/", views.by_letter, name="by_letter"),
]
