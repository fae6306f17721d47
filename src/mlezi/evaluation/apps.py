"""Registers the room with Django."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "mlezi.evaluation"
    label = "evaluation"
