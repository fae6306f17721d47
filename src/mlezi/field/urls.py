"""The phone app's own address, and what it fetches beside the forms of `openrosa`."""

from django.urls import include, path

from mlezi.field.views import app, pull

app_files = [
    path("", app.page, name="page"),
    path("worker.js", app.worker, name="worker"),
    path("app.webmanifest", app.manifest, name="manifest"),
    path("words/<str:language>.json", app.words, name="words"),
]
below = [
    path("news", pull.news, name="news"),
    path("day", pull.day, name="day"),
    path("guidance", pull.guidance, name="guidance"),
    path("guidance/<path:name>", pull.material, name="material"),
]
urlpatterns = [
    path("field/", include((app_files, "field"))),
    path("phone/key/<str:token>/app/", include((below, "field_key"))),
]
