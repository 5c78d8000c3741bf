"""Addresses of cases: who is responsible, who helps, and how they keep in touch."""

from django.urls import path

from waymark.web.casework import acts, case, lists, wishes

app_name = "casework"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("transfers/", lists.transfers, name="transfers"),
    path("transfers/<str:ref>/", acts.transfer, name="transfer"),
    path("transfers/<str:ref>/withdraw/", acts.withdraw, name="withdraw"),
    path("transfers/<str:ref>/back/", acts.bring_back, name="bring_back"),
    path("transfers/<str:ref>/longer/", acts.prolong, name="prolong"),
    path("enquiries/", lists.enquiries, name="enquiries"),
    path("enquiries/new/", acts.ask, name="ask"),
    path("enquiries/<str:ref>/", acts.enquiry, name="enquiry"),
    path("held-on/", lists.held_on, name="held_on"),
    path("missing/", lists.missing, name="missing"),
    path("figures/", lists.figures, name="figures"),
    path("meetings/<str:ref>/", acts.meeting, name="meeting"),
    path("meetings/<str:ref>/fell-through/", acts.fell_through, name="fell_through"),
    path("steps/<str:ref>/", acts.step, name="step"),
    path("claims/<str:ref>/", case.show, name="case"),
    path("claims/<str:ref>/take-on/", case.take_on, name="take_on"),
    path("claims/<str:ref>/name/", acts.name_manager, name="name"),
    path("claims/<str:ref>/hand-over/", acts.hand_over, name="hand_over"),
    path("claims/<str:ref>/meeting/", acts.plan_meeting, name="plan_meeting"),
    path("claims/<str:ref>/contact/", acts.log, name="log"),
    path("claims/<str:ref>/rhythm/", acts.rhythm, name="rhythm"),
    path("claims/<str:ref>/wish/", wishes.wish, name="wish"),
    path("claims/<str:ref>/hears/", acts.party, name="party"),
    path("claims/<str:ref>/ask/", acts.ask_about, name="ask_about"),
    path("claims/<str:ref>/keep/", acts.keep, name="keep"),
    path("claims/<str:ref>/close/", acts.close, name="close"),
]
