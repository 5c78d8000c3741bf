"""Addresses of referrals."""

from django.urls import path

from waymark.web.referrals import following, lists, making, sent_to_us, showing, way

app_name = "referrals"
urlpatterns = [
    path("referrals/", lists.index, name="list"),
    path("referrals/still/", lists.orphans, name="orphans"),
    path("referrals/sent-and-arrived/", lists.reconcile, name="reconcile"),
    path("referrals/sent-and-arrived/<str:on>/<slug:organisation>/", lists.of_day, name="of_day"),
    path("referrals/news/", lists.unread, name="unread"),
    path("referrals/news/<slug:ref>/read/", lists.read, name="read"),
    path("referrals/sent-to-us/", sent_to_us.index, name="sent_to_us"),
    path("referrals/sent-to-us/new/", sent_to_us.add, name="sent_to_us_new"),
    path("referrals/sent-to-us/<slug:ref>/", sent_to_us.show, name="sent_to_us_one"),
    path("referrals/task/<slug:ref>/", lists.of_task, name="of_task"),
    path("referrals/questions/<slug:ref>/", following.answer, name="answer"),
    path("customers/<slug:ref>/referrals/", lists.of_one, name="of_customer"),
    path("customers/<slug:ref>/referrals/new/", making.choose, name="choose"),
    path("customers/<slug:ref>/referrals/new/<slug:service>/", making.propose, name="propose"),
    path("referrals/<slug:ref>/", showing.show, name="show"),
    path("referrals/<slug:ref>/print/", showing.print_out, name="print"),
    path("referrals/<slug:ref>/fit/", making.fit, name="fit"),
    path("referrals/<slug:ref>/consent/", making.consent, name="consent"),
    path("referrals/<slug:ref>/consent/back/", following.withdraw, name="withdraw"),
    path("referrals/<slug:ref>/papers/<slug:kind>/", making.paper, name="paper"),
    path("referrals/<slug:ref>/considered/", making.other, name="other"),
    path("referrals/<slug:ref>/decline/", making.decline, name="decline"),
    path("referrals/<slug:ref>/slip/", making.slip, name="slip"),
    path("referrals/<slug:ref>/check/", making.check, name="check"),
    path("referrals/<slug:ref>/more/", following.send_more, name="send_more"),
    path("referrals/<slug:ref>/told/", following.told_us, name="told_us"),
    path("referrals/<slug:ref>/told/<slug:act>/", following.told_us_one, name="told_us_one"),
    path("referrals/<slug:ref>/ring/", following.ring, name="ring"),
    path("referrals/<slug:ref>/wait/", following.wait, name="wait"),
    path("referrals/<slug:ref>/ask/", following.chase, name="chase"),
    path("referrals/<slug:ref>/hear/", following.hear, name="hear"),
    path("referrals/<slug:ref>/end/", following.end, name="end"),
    path("referrals/<slug:ref>/take-back/", following.take_back, name="take_back"),
    path("referrals/<slug:ref>/meeting/", following.meeting, name="meeting"),
    path("referrals/<slug:ref>/next/", following.next_way, name="next"),
    path("referrals/<slug:ref>/arrived/", following.arrived, name="arrived"),
    path("referrals/<slug:ref>/not-taken/", following.not_taken, name="not_taken"),
    path("referrals/<slug:ref>/way/", way.offer, name="way"),
    path("referrals/<slug:ref>/way/<slug:offered>/", way.go_on, name="way_on"),
    path("referrals/<slug:ref>/link/", following.link, name="link"),
]
