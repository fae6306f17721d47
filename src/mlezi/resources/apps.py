"""Registers the room with Django."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "mlezi.resources"
    label = "resources"
