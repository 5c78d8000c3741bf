from django.urls import path

from waymark.web.customers import about, adding, claims, merging
from waymark.web.record import views as record

app_name = "customers"
urlpatterns = [
    path("search/", adding.search, name="search"),
    path("new/", adding.new, name="new"),
    path("claims/<str:ref>/benefit/", claims.benefit, name="benefit"),
    path("claims/<str:ref>/end/", claims.end, name="end_claim"),
    path("<str:ref>/", record.show, name="record"),
    path("<str:ref>/claims/new/", claims.new, name="new_claim"),
    path("<str:ref>/identity/", about.identity, name="identity"),
    path("<str:ref>/merge/", merging.merge, name="merge"),
    path("<str:ref>/contact/", about.contact, name="contact"),
    path("<str:ref>/needs/", about.needs, name="needs"),
    path("<str:ref>/people/", about.people, name="people"),
    path("<str:ref>/people/<str:person>/end/", about.end_person, name="end_person"),
    path("<str:ref>/notes/", about.notes, name="notes"),
    path("<str:ref>/stop/", about.stop, name="stop"),
]
