"""Addresses of what managers do and see."""

from django.urls import path

from waymark.web.managers import changes, figures, moving, views

app_name = "managers"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("gaps/", views.gaps, name="gaps"),
    path("absences/<slug:ref>/<str:first>/<str:last>/", moving.rebook, name="rebook"),
    path("people/<slug:ref>/hand-over/", moving.hand_over, name="hand_over"),
    path("tasks/<slug:ref>/move/", moving.move_for_task, name="move_for_task"),
    path("interviews/<slug:ref>/beside/", moving.overbook, name="overbook"),
    path("continuity/", figures.continuity, name="continuity"),
    path("missed/", figures.missed, name="missed"),
    path("changes/", changes.to_settle, name="changes"),
]
