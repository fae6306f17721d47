"""Registers the room with Django."""

from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    name = "mlezi.blueprints"
    label = "blueprints"
