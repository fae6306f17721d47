"""Every address, room by room. Rooms own their own; this file only says where they hang."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("mlezi.openrosa.urls")),
]
