"""Registers the room with Django."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "mlezi.instruments"
    label = "instruments"

    def ready(self) -> None:
        from mlezi.instruments import lists  # noqa: PLC0415 - the rooms exist only now

        lists.register()
