"""Where the office's pages hang."""

from django.urls import path

from mlezi.office.views import styleguide

app_name = "office"
urlpatterns = [
    path("styleguide/", styleguide.page, name="styleguide"),
]
