"""Addresses of the customer's record, below the record itself (`customers:record`)."""

from django.urls import path

from waymark.web.record import decisions, helping, views

app_name = "record"
urlpatterns = [
    path("customers/<str:ref>/interviews/", views.interviews, name="interviews"),
    path("customers/<str:ref>/help/", helping.help_and_work, name="help"),
    path("customers/<str:ref>/people-and-contact/", views.people, name="people"),
    path("customers/<str:ref>/looked/", views.looked, name="looked"),
    path("customers/<str:ref>/contact/new/", views.contact, name="contact"),
    path("customers/<str:ref>/promises/new/", views.promise, name="promise"),
    path("promises/<str:ref>/", views.keep_promise, name="keep_promise"),
    path("decisions/<str:ref>/", decisions.decision, name="decision"),
    path("decisions/<str:ref>/replay/", decisions.replay, name="replay"),
]
