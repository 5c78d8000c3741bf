"""Addresses of guidance and programmes."""

from django.urls import path

from waymark.web.guidance import views

app_name = "guidance"
urlpatterns = [
    path("guidance/", views.search, name="search"),
    path("guidance/<slug:slug>/<slug:code>/", views.item, name="item"),
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path("programmes/<slug:slug>/tables/<slug:name>/", views.table, name="table"),
]
