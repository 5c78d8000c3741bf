from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "waymark.referrals"

    def ready(self) -> None:
        """Hear what interviews announce. Named, since models are not there yet when this file is read."""
        import_module("waymark.referrals.reactions").listen()
