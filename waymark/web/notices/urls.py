"""Addresses of letters."""

from django.urls import path

from waymark.web.notices import mails, reading_aloud, reminders, returned, views

app_name = "notices"
urlpatterns = [
    path("customers/<str:ref>/letters/", views.of_customer, name="of_customer"),
    path("claims/<str:ref>/reminders/", reminders.reminders, name="reminders"),
    path("claims/<str:ref>/reminders/resume/", reminders.resume, name="resume"),
    path("letters/", views.outbox, name="outbox"),
    path("letters/printed/", views.printed, name="printed"),
    path("letters/mails/<str:ref>/retry/", mails.retry, name="retry_mail"),
    path("letters/mails/<str:ref>/withdraw/", mails.withdraw, name="withdraw_mail"),
    path("letters/<str:ref>/", views.show, name="show"),
    path("letters/<str:ref>/letter.pdf", views.pdf, name="pdf"),
    path("letters/<str:ref>/retry/", views.retry, name="retry"),
    path("letters/<str:ref>/came-back/", returned.came_back, name="came_back"),
    path("letters/<str:ref>/again/", returned.send_again, name="send_again"),
    path("letters/<str:ref>/read-aloud/", reading_aloud.read_aloud, name="read_aloud"),
    path("customers/<str:ref>/address-is-right/", returned.address_is_right, name="address_is_right"),
    path("customers/<str:ref>/email-is-right/", returned.email_is_right, name="email_is_right"),
    path("letters/<str:ref>/withdraw/", views.withdraw, name="withdraw"),
]
