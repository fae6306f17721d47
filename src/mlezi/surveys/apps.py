"""Registers the room with Django, and tells the door which forms must not know who filled them in."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "mlezi.surveys"
    label = "surveys"

    def ready(self) -> None:
        from mlezi.instruments import anonymity  # noqa: PLC0415 - models exist only now
        from mlezi.surveys import declared  # noqa: PLC0415

        anonymity.fill(declared.names_nobody)
