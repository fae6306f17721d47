"""Registers the room with Django."""

from django.apps import AppConfig


class OpenrosaConfig(AppConfig):
    name = "mlezi.openrosa"
    label = "openrosa"
