from importlib import import_module

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "waymark.awards"

    def ready(self) -> None:
        """Hear what employment announces. Named, since models are not there yet when this file is read."""
        import_module("waymark.awards.reactions").listen()
