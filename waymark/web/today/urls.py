"""The address of Today."""

from django.urls import path

from waymark.web.today import views

# Without a namespace: the page is called `today` wherever it is named.
urlpatterns = [path("", views.today, name="today")]
