"""Registers the room with Django."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "mlezi.studies"
    label = "studies"
