"""Where the office's pages hang."""

from django.urls import path

from mlezi.office.views import entering, styleguide

app_name = "office"
urlpatterns = [
    path("enter/<str:uid>/<str:token>/", entering.page, name="enter"),
    path("styleguide/", styleguide.page, name="styleguide"),
]
