"""Registers the room with Django."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "mlezi.courses"
    label = "courses"
