"""Addresses of the pages about one interview."""

from django.urls import path

from waymark.web.interviews import views

app_name = "interviews"
urlpatterns = [
    path("<str:ref>/book/", views.book, name="book"),
    path("<str:ref>/defer/", views.defer, name="defer"),
    path("<str:ref>/defer/<slug:reason>/", views.circumstances, name="circumstances"),
    path("<str:ref>/decide/", views.decide, name="decide"),
    path("<str:ref>/bring-forward/", views.bring_forward, name="bring_forward"),
    path("<str:ref>/waiver/", views.review_waiver, name="review_waiver"),
]
