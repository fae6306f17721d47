"""Registers the room with Django."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "mlezi.goals"
    label = "goals"

    def ready(self) -> None:
        from mlezi.goals import lists  # noqa: PLC0415 - the rooms exist only now

        lists.register()
