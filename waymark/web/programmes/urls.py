"""Addresses of versions of programmes: read, compared, proposed, published."""

from django.urls import path

from waymark.web.programmes import publishing, touched, views

app_name = "programmes"
urlpatterns = [
    path("", views.listed, name="list"),
    path("propose/", publishing.propose, name="propose"),
    path("<slug:slug>/", views.versions, name="versions"),
    path("<slug:slug>/<int:number>/", views.version, name="version"),
    path("<slug:slug>/<int:number>/tables/<slug:name>/", views.table, name="table"),
    path("<slug:slug>/<int:number>/differences/", views.differences, name="differences"),
    path("<slug:slug>/<int:number>/touched/", touched.touched, name="touched"),
    path("<slug:slug>/<int:number>/touched/claims/", touched.claims, name="touched_claims"),
    path("<slug:slug>/<int:number>/touched/decisions/", touched.decisions, name="touched_decisions"),
    path("<slug:slug>/<int:number>/publish/", publishing.publish, name="publish"),
    path("<slug:slug>/<int:number>/withdraw/", publishing.withdraw, name="withdraw"),
]
