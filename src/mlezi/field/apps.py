"""Registers the room with Django."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "mlezi.field"
    label = "field"
