"""Addresses of cases: who is responsible, who helps, and how they keep in touch."""

from django.urls import path

from waymark.web.casework import (
    case,
    contacts,
    enquiries,
    keeping,
    lists,
    meetings,
    news,
    planning,
    transfers,
    wishes,
)

app_name = "casework"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("transfers/", lists.transfers, name="transfers"),
    path("transfers/<str:ref>/", transfers.transfer, name="transfer"),
    path("transfers/<str:ref>/withdraw/", transfers.withdraw, name="withdraw"),
    path("transfers/<str:ref>/back/", transfers.bring_back, name="bring_back"),
    path("transfers/<str:ref>/longer/", transfers.prolong, name="prolong"),
    path("enquiries/", lists.enquiries, name="enquiries"),
    path("enquiries/new/", enquiries.ask, name="ask"),
    path("enquiries/<str:ref>/", enquiries.enquiry, name="enquiry"),
    path("held-on/", lists.held_on, name="held_on"),
    path("missing/", lists.missing, name="missing"),
    path("figures/", lists.figures, name="figures"),
    path("meetings/<str:ref>/", meetings.meeting, name="meeting"),
    path("meetings/<str:ref>/fell-through/", meetings.fell_through, name="fell_through"),
    path("meetings/<str:ref>/move/", planning.move_meeting, name="move_meeting"),
    path("meetings/<str:ref>/cancel/", planning.cancel_meeting, name="cancel_meeting"),
    path("news/", news.unread, name="news"),
    path("news/<str:ref>/read/", news.read, name="news_read"),
    path("news/by-word/<str:ref>/", news.by_word, name="told_by_word"),
    path("news/l/<str:secret>/", news.outside, name="outside"),
    path("steps/<str:ref>/", meetings.step, name="step"),
    path("claims/<str:ref>/", case.show, name="case"),
    path("claims/<str:ref>/take-on/", case.take_on, name="take_on"),
    path("claims/<str:ref>/name/", transfers.name_manager, name="name"),
    path("claims/<str:ref>/hand-over/", transfers.hand_over, name="hand_over"),
    path("claims/<str:ref>/meeting/", planning.plan_meeting, name="plan_meeting"),
    path("claims/<str:ref>/contact/", contacts.log, name="log"),
    path("claims/<str:ref>/rhythm/", contacts.rhythm, name="rhythm"),
    path("claims/<str:ref>/wish/", wishes.wish, name="wish"),
    path("claims/<str:ref>/hears/", contacts.party, name="party"),
    path("claims/<str:ref>/ask/", enquiries.ask_about, name="ask_about"),
    path("claims/<str:ref>/keep/", keeping.keep, name="keep"),
    path("claims/<str:ref>/close/", keeping.close, name="close"),
]
