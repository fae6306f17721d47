"""Registers the room with Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "mlezi.surveys"
    label = "surveys"
