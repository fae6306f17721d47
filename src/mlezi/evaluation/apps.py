"""Registers the room with Django."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "mlezi.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        from mlezi.evaluation import importing  # noqa: PLC0415 - models exist only now

        importing.register()
