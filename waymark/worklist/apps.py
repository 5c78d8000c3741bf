from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "waymark.worklist"
