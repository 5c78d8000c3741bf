"""Addresses of the series: the call before it, how the customer would like to be seen, what is compulsory, what follows."""

from django.urls import path

from waymark.web.series import afterwards, calling, minding, missing, standing, wishes

app_name = "series"
urlpatterns = [
    path("interviews/<str:ref>/call/", calling.pre_call, name="pre_call"),
    path("interviews/<str:ref>/call/attempt/", calling.attempt, name="pre_call_attempt"),
    path("interviews/<str:ref>/missed/", missing.missed, name="missed"),
    path("interviews/<str:ref>/missed/take-back/", missing.take_back, name="take_back"),
    path("claims/<str:ref>/preferences/", wishes.preferences, name="preferences"),
    path("claims/<str:ref>/hours/", minding.hours, name="hours"),
    path("claims/<str:ref>/against/", minding.against, name="against"),
    path("claims/<str:ref>/help/", wishes.help_to_come, name="help"),
    path("claims/<str:ref>/help/<slug:asked>/", wishes.arrange, name="arrange"),
    path("claims/<str:ref>/compulsory/", standing.requirement, name="requirement"),
    path("claims/<str:ref>/screening/", standing.screening, name="screening"),
    path("claims/<str:ref>/talk/", standing.voluntary, name="voluntary"),
    path("claims/<str:ref>/review/", afterwards.review, name="review"),
    path("claims/<str:ref>/in-touch/", afterwards.follow_up, name="follow_up"),
    path("claims/<str:ref>/take-over/", afterwards.take_over, name="take_over"),
    path("claims/<str:ref>/debrief/", afterwards.debrief, name="debrief"),
    path("interests/<str:ref>/", afterwards.interest, name="interest"),
    path("corrections/<str:ref>/", afterwards.correction, name="correction"),
]
