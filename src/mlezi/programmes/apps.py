"""Registers the room with Django."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "mlezi.programmes"
    label = "programmes"
