"""Registers the room with Django."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "mlezi.encounters"
    label = "encounters"
