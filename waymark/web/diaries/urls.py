"""Addresses of the diaries."""

from django.urls import path

from waymark.web.diaries import views

app_name = "diaries"
urlpatterns = [
    path("", views.week, name="week"),
    path("day/<str:day>/", views.day, name="day"),
    path("find/", views.find, name="find"),
    path("calendar/", views.calendar, name="calendar"),
    path("people/<str:ref>/", views.person, name="person"),
    path("people/<str:ref>/hours/", views.hours, name="hours"),
    path("people/<str:ref>/hours/end/", views.end_hours, name="end_hours"),
    path("people/<str:ref>/blocks/", views.blocks, name="blocks"),
    path("people/<str:ref>/blocks/free/", views.unblock, name="unblock"),
    path("appointments/<str:ref>/", views.appointment, name="appointment"),
    path("appointments/<str:ref>/move/", views.move, name="move"),
    path("appointments/<str:ref>/cancel/", views.cancel, name="cancel"),
]
