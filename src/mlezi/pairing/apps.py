"""Registers the room with Django."""

from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "mlezi.pairing"
    label = "pairing"

    def ready(self) -> None:
        from mlezi.pairing import queries  # noqa: PLC0415 - models exist only now
        from mlezi.programmes import scopes  # noqa: PLC0415

        scopes.register("pairing", queries.learners_of)
