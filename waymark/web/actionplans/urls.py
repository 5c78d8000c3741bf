"""Addresses of plans and of distance travelled."""

from django.urls import path

from waymark.web.actionplans import steps, travelled, views

app_name = "actionplans"
urlpatterns = [
    path("<str:ref>/", views.plan, name="plan"),
    path("<str:ref>/versions/", views.versions, name="versions"),
    path("<str:ref>/paper/", views.paper, name="paper"),
    path("<str:ref>/aim/", views.aim, name="aim"),
    path("<str:ref>/goal/", views.goal, name="goal"),
    path("goals/<str:ref>/", views.close_goal, name="close_goal"),
    path("<str:ref>/hard/", views.barriers, name="barriers"),
    path("<str:ref>/agree/", views.agree, name="agree"),
    path("<str:ref>/review/", views.review, name="review"),
    path("<str:ref>/step/", steps.add, name="add_step"),
    path("steps/<str:ref>/", steps.stand, name="step"),
    path("tasks/<str:task>/", steps.of_task, name="of_task"),
    path("<str:ref>/wishes/<str:wish>/", views.take_wish, name="take_wish"),
    path("<str:ref>/promises/<str:task>/", views.take_promise, name="take_promise"),
    path("<str:ref>/distance/", travelled.show, name="distance"),
    path("<str:ref>/signs/", travelled.see, name="see_signs"),
]
