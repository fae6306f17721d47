"""Registers the room with Django."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "mlezi.office"
    label = "office"
