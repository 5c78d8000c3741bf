"""Addresses of the worklist."""

from django.urls import path

from waymark.web.worklist import views

app_name = "worklist"
urlpatterns = [
    path("", views.index, name="list"),
    path("offered/", views.offered, name="offered"),
    path("<str:ref>/", views.task, name="task"),
    path("<str:ref>/take/", views.take, name="take"),
    path("<str:ref>/hand-back/", views.hand_back, name="hand_back"),
    path("<str:ref>/give/", views.give, name="give"),
    path("<str:ref>/move/", views.move, name="move"),
]
