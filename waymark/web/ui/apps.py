from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "waymark.web.ui"
    label = "ui"
