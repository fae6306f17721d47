"""Registers the room with Django."""

from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    name = "mlezi.competencies"
    label = "competencies"
