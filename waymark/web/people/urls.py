"""Addresses of people and places."""

from django.urls import path

from waymark.web.people import local, places, views

app_name = "people"
urlpatterns = [
    path("", views.index, name="list"),
    path("add/", views.add, name="add"),
    path("places/", places.overview, name="places"),
    path("places/add/", places.add_office, name="add_office"),
    path("places/<str:code>/", places.office, name="office"),
    path("places/<str:code>/rooms/add/", places.add_room, name="add_room"),
    path("places/<str:code>/teams/add/", places.open_team, name="open_team"),
    path("teams/<str:code>/close/", places.close_team, name="close_team"),
    path("holidays/", places.holidays, name="holidays"),
    path("holidays/<str:day>/remove/", places.remove_holiday, name="remove_holiday"),
    path("values/", local.index, name="values"),
    path("values/<slug:slug>/<str:key>/", local.set_value, name="set_value"),
    path("values/<slug:slug>/<str:key>/<str:place>/<str:day>/end/", local.end_value, name="end_value"),
    path("<slug:ref>/", views.show, name="show"),
    path("<slug:ref>/posts/add/", views.give_post, name="give_post"),
    path("<slug:ref>/posts/<int:number>/end/", views.end_post, name="end_post"),
    path("<slug:ref>/absences/add/", views.absence, name="absence"),
    path("<slug:ref>/absences/<str:first_day>/end/", views.end_absence, name="end_absence"),
    path("<slug:ref>/leave/", views.leave, name="leave"),
    path("<slug:ref>/come-back/", views.come_back, name="come_back"),
    path("<slug:ref>/sign-in-link/", views.sign_in_link, name="sign_in_link"),
]
