"""Registers the room with Django."""

from django.apps import AppConfig


class NarrativesConfig(AppConfig):
    name = "mlezi.narratives"
    label = "narratives"
