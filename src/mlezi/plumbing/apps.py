"""Registers the room with Django."""

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "mlezi.plumbing"
    label = "plumbing"
