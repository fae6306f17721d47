"""Where the pages about pairs hang, under a programme."""

from django.urls import include, path

from mlezi.pairing import views
from mlezi.programmes.views import imports

PAGES = [
    path("", views.listing, name="list"),
    path("new/", views.pair, name="pair"),
    *imports.routes("pairings"),
    path("<uuid:uid>/end/", views.end, name="end"),
]
urlpatterns = [path("<slug:programme>/pairings/", include((PAGES, "pairing")))]
