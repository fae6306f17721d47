"""Where the pages about facility figures hang, under a programme."""

from django.urls import include, path

from mlezi.evaluation import views
from mlezi.programmes.views import imports

PAGES = [path("", views.listing, name="list"), *imports.routes("outcomes")]
urlpatterns = [path("<slug:programme>/outcomes/", include((PAGES, "outcomes")))]
