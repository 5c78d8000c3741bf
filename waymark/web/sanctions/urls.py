"""Addresses of the cases of not attending."""

from django.urls import path

from waymark.web.sanctions import acts, cases, deciding, figures, payment, righting

app_name = "sanctions"
urlpatterns = [
    path("cases/", cases.index, name="list"),
    path("cases/times/", figures.times, name="times"),
    path("cases/put-right/", righting.index, name="drafts"),
    path("cases/put-right/<str:ref>/", righting.draft, name="draft"),
    path("cases/open/<str:ref>/", cases.open_case, name="open"),
    path("cases/of/<str:ref>/", cases.of_claim, name="of_claim"),
    path("cases/of/<str:ref>/payment/", cases.money_of_claim, name="money_of_claim"),
    path("cases/<str:ref>/", cases.show, name="case"),
    path("cases/<str:ref>/attempt/", acts.attempt, name="attempt"),
    path("cases/<str:ref>/reason/", acts.reason, name="reason"),
    path("cases/<str:ref>/judge/", acts.judge, name="judge"),
    path("cases/<str:ref>/questions/", acts.questions, name="questions"),
    path("cases/<str:ref>/visit/", acts.visit, name="visit"),
    path("cases/<str:ref>/visited/", acts.visited, name="visited"),
    path("cases/<str:ref>/close/", acts.close, name="close"),
    path("cases/<str:ref>/refer/", acts.refer, name="refer"),
    path("bundles/<str:ref>/", deciding.bundle, name="bundle"),
    path("bundles/<str:ref>/pdf/", deciding.pdf, name="pdf"),
    path("reductions/<str:ref>/", payment.show, name="sanction"),
    path("reductions/<str:ref>/effect/", payment.effect, name="effect"),
    path("reductions/<str:ref>/lift/", payment.lift, name="lift"),
    path("reductions/<str:ref>/set-aside/", payment.set_aside, name="set_aside"),
    path("reductions/<str:ref>/called/", payment.called, name="called"),
    path("reductions/<str:ref>/challenge/", payment.challenge, name="challenge"),
    path("challenges/<str:ref>/", payment.decide_challenge, name="decide_challenge"),
]
