"""Addresses. `/health` is for the launcher and for whoever watches over the service."""

from django.urls import include, path

urlpatterns = [
    path("", include("waymark.web.urls")),
]
handler400 = "waymark.web.views.bad_request"
handler403 = "waymark.web.views.forbidden"
handler404 = "waymark.web.views.not_found"
handler500 = "waymark.web.views.server_error"
