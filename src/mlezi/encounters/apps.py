"""Registers the room with Django."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "mlezi.encounters"
    label = "encounters"

    def ready(self) -> None:
        from mlezi.encounters import lists, queries  # noqa: PLC0415 - the rooms exist only now
        from mlezi.instruments.queries import reach  # noqa: PLC0415

        lists.register()
        reach.register("encounters", queries.uids_within)
