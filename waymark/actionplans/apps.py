from importlib import import_module

from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    name = "waymark.actionplans"

    def ready(self) -> None:
        """Hear what work announces. Named, since models are not there yet when this file is read."""
        import_module("waymark.actionplans.reactions").listen()
