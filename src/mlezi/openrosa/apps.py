"""Registers the room with Django."""

from django.apps import AppConfig

from mlezi.plumbing.refusals import BY_DOOR


class OpenrosaConfig(AppConfig):
    name = "mlezi.openrosa"
    label = "openrosa"

    def ready(self) -> None:
        from mlezi.openrosa.answers import refused  # noqa: PLC0415 - models are not there before

        BY_DOOR["/phone/"] = refused
