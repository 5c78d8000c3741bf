"""Addresses of the directory."""

from django.urls import path

from waymark.web.directory import entries, knowing, organisations, overviews, searching, showing

app_name = "directory"
urlpatterns = [
    path("", searching.search, name="search"),
    path("compare/", searching.compare, name="compare"),
    path("sheet/", searching.sheet, name="sheet"),
    path("new/", entries.new, name="new"),
    path("to-confirm/", overviews.to_confirm, name="to_confirm"),
    path("knowledge/", overviews.knowledge, name="knowledge"),
    path("coverage/", overviews.coverage, name="coverage"),
    path("unmet/", overviews.unmet, name="unmet"),
    path("unmet/new/", knowing.note_unmet, name="note_unmet"),
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/<str:ref>/", organisations.organisation, name="organisation"),
    path("organisations/<str:ref>/edit/", organisations.edit, name="edit_organisation"),
    path("organisations/<str:ref>/handout/", organisations.handout, name="handout"),
    path("organisations/<str:ref>/place/", organisations.add_place, name="place"),
    path("organisations/<str:ref>/contact/", organisations.add_contact, name="contact"),
    path("organisations/<str:ref>/meeting/", organisations.liaison, name="liaison"),
    path("places/<str:ref>/", organisations.edit_place, name="edit_place"),
    path("contacts/<str:ref>/end/", organisations.end_contact, name="end_contact"),
    path("<str:ref>/", showing.entry, name="entry"),
    path("<str:ref>/edit/<str:part>/", entries.edit, name="edit"),
    path("<str:ref>/where/", entries.where, name="where"),
    path("<str:ref>/confirm/", entries.confirm, name="confirm"),
    path("<str:ref>/withdraw/", entries.withdraw, name="withdraw"),
    path("<str:ref>/bring-back/", entries.bring_back, name="bring_back"),
    path("<str:ref>/owner/", entries.give, name="give"),
    path("<str:ref>/news/", knowing.change, name="change"),
    path("<str:ref>/experience/", knowing.experience, name="experience"),
    path("<str:ref>/know/", knowing.know, name="know"),
    path("<str:ref>/view/", knowing.view, name="view"),
]
