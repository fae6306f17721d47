"""Registers the room with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mlezi.reports"
    label = "reports"
