"""Where the pages about outcomes of people hang, under a programme."""

from django.urls import include, path

from mlezi.outcomes import views
from mlezi.programmes.views import imports

OUTCOMES = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    *imports.routes("person_outcomes"),
]
EMPLOYMENT = [path("", views.employment, name="list"), *imports.routes("employment")]
urlpatterns = [
    path("<slug:programme>/person-outcomes/", include((OUTCOMES, "person_outcomes"))),
    path("<slug:programme>/employment/", include((EMPLOYMENT, "employment"))),
]
