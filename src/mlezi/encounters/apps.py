"""Registers the room with Django."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "mlezi.encounters"
    label = "encounters"

    def ready(self) -> None:
        from mlezi.encounters import lists  # noqa: PLC0415 - the rooms exist only now

        lists.register()
