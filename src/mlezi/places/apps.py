"""Registers the room with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "mlezi.places"
    label = "places"
