"""Where the pages about pairs hang, under a programme."""

from django.urls import include, path

from mlezi.pairing.views import listing, own
from mlezi.programmes.views import imports

PAGES = [
    path("", listing.listing, name="list"),
    path("new/", listing.pair, name="pair"),
    *imports.routes("pairings"),
    path("<uuid:uid>/end/", listing.end, name="end"),
    path("<uuid:uid>/", own.one, name="one"),
    path("<uuid:uid>/step/", own.move_on, name="move_on"),
    path("<uuid:uid>/farewell/", own.farewell, name="farewell"),
    path("<uuid:uid>/act/", own.act, name="act"),
    path("<uuid:uid>/act/<uuid:act>/", own.outcome, name="outcome"),
]
urlpatterns = [path("<slug:programme>/pairings/", include((PAGES, "pairing")))]
