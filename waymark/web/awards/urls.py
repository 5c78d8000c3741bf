"""Addresses of the money a customer can have, of an office's fund, and of payments."""

from django.urls import path

from waymark.web.awards import better_off, deciding, funds, lists, money, running

app_name = "awards"
urlpatterns = [
    path("", lists.chances, name="chances"),
    path("claims/<str:ref>/", money.money, name="money"),
    path("claims/<str:ref>/questions/", money.questions, name="questions"),
    path("claims/<str:ref>/offer/<str:kind>/", money.offer, name="offer"),
    path("claims/<str:ref>/decide/<str:kind>/", deciding.decide, name="decide"),
    path("claims/<str:ref>/better-off/", better_off.work_out, name="better_off"),
    path("awards/<str:ref>/", running.award, name="award"),
    path("awards/<str:ref>/agree/", deciding.agree, name="agree"),
    path("awards/<str:ref>/change/", running.change, name="change"),
    path("awards/<str:ref>/stop/", running.stop, name="stop"),
    path("awards/<str:ref>/seen/", running.seen, name="seen"),
    path("awards/<str:ref>/end/", running.talked, name="talked"),
    path("awards/<str:ref>/let-go/", running.let_go, name="let_go"),
    path("better-off/<str:ref>/", better_off.show, name="calculation"),
    path("better-off/<str:ref>/pdf/", better_off.pdf, name="calculation_pdf"),
    path("fund/", funds.own, name="own_fund"),
    path("fund/<str:code>/<int:year>/", funds.show, name="fund"),
    path("fund/<str:code>/<int:year>/change/", funds.change, name="change_fund"),
    path("payments/", lists.payments, name="payments"),
    path("payments/waiting/", lists.held, name="held"),
    path("payments/<str:day>/", lists.payment, name="payment"),
]
