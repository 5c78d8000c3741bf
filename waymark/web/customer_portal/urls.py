"""Addresses of the customer's own pages. No address names a customer."""

from django.urls import path

from waymark.web.customer_portal import (
    changing,
    contacts,
    door,
    help,
    home,
    money,
    needs,
    not_there,
    plan,
    reading,
    telling,
)

app_name = "my"
urlpatterns = [
    path("", home.home, name="home"),
    path("open/", door.door, name="door"),
    path("c/<str:secret>/", door.with_code, name="code"),
    path("l/<str:secret>/", door.with_link, name="link"),
    path("leave/", door.leave, name="leave"),
    path("closed/", door.left, name="left"),
    path("size/", door.size, name="size"),
    path("language/", door.language, name="language"),
    path("why/", home.why, name="why"),
    path("time/", changing.change_time, name="time"),
    path("cannot-come/", changing.cannot_come, name="cannot_come"),
    path("ask/", telling.ask, name="ask"),
    path("messages/", telling.index, name="messages"),
    path("messages/<str:ref>/", telling.message, name="message"),
    path("hours/", needs.hours, name="hours"),
    path("needs/", needs.needs, name="needs"),
    path("reach-me/", needs.reach, name="reach"),
    path("letters/", reading.letters, name="letters"),
    path("letters/<str:ref>/", reading.letter, name="letter"),
    path("letters/<str:ref>/pdf/", reading.letter_pdf, name="letter_pdf"),
    path("agreed/", reading.agreed, name="agreed"),
    path("agreed/<str:ref>/wrong/", reading.wrong, name="wrong"),
    path("money/", money.money, name="money"),
    path("money/<str:ref>/pdf/", money.money_pdf, name="money_pdf"),
    path("help/", help.services, name="services"),
    path("help/<slug:ref>/", help.service, name="service"),
    path("plan/", plan.plan, name="plan"),
    path("plan/agree/", plan.agree, name="plan_agree"),
    path("plan/wrong/", plan.wrong, name="plan_wrong"),
    path("plan/steps/<str:ref>/", plan.did, name="plan_did"),
    path("who-helps/", contacts.helpers, name="helpers"),
    path("not-there/", not_there.case, name="not_there"),
]
