from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "waymark.casework"

    def ready(self) -> None:
        """Hear what interviews announce. Named, since models are not there yet when this file is read."""
        import_module("waymark.casework.reactions").listen()
