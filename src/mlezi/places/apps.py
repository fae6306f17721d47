"""Registers the room with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "mlezi.places"
    label = "places"

    def ready(self) -> None:
        from mlezi.places.importing import part  # noqa: PLC0415 - models exist only now

        part.register()
