"""Addresses of what customers tell us, and of the keys to their own page."""

from django.urls import path

from waymark.web.inbound import keys, views

app_name = "inbound"
urlpatterns = [
    path("messages/", views.index, name="list"),
    path("messages/<str:ref>/", views.message, name="message"),
    path("messages/<str:ref>/read/", views.read, name="read"),
    path("customers/<str:ref>/messages/new/", views.log, name="log"),
    path("customers/<str:ref>/page/", keys.index, name="keys"),
    path("customers/<str:ref>/page/send/", keys.send, name="send_link"),
    path("customers/<str:ref>/page/show/", keys.show, name="show_link"),
    path("customers/<str:ref>/page/end/", keys.end, name="end_key"),
]
