"""Addresses of work, and of the time after a benefit."""

from django.urls import path

from waymark.web.employment import after, support, views

app_name = "employment"
urlpatterns = [
    path("after-a-benefit/", after.index, name="transitions"),
    path("jobs/<str:ref>/start/", views.start, name="start"),
    path("jobs/<str:ref>/change/", views.change, name="change"),
    path("jobs/<str:ref>/evidence/", views.evidence, name="evidence"),
    path("jobs/<str:ref>/support/", support.offer, name="offer"),
    path("jobs/<str:ref>/ended/", views.leave, name="leave"),
    path("jobs/<str:ref>/after/", views.after, name="after"),
    path("jobs/<str:ref>/weeks/<str:weeks>/", support.sustained, name="sustained"),
    path("calls/<str:ref>/", support.call, name="call"),
    path("<str:ref>/", views.work, name="work"),
    path("<str:ref>/job/", views.add, name="add"),
    path("<str:ref>/call/", support.of_claim_call, name="due_call"),
    path("<str:ref>/wishes/", views.wishes, name="wishes"),
    path("<str:ref>/disclosure/", support.disclosure, name="disclosure"),
    path("<str:ref>/after/", after.show, name="transition"),
    path("<str:ref>/after/begin/", after.begin, name="begin_transition"),
    path("<str:ref>/after/agree/", after.agree, name="agree_transition"),
    path("<str:ref>/after/appeal/", after.appeal, name="appeal"),
    path("<str:ref>/after/touch/", after.touch, name="touch"),
]
