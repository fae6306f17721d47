"""Where the pages about trust hang, under a programme."""

from django.urls import path

from mlezi.encounters.views import sampling, trust

app_name = "encounters"
urlpatterns = [
    path("<slug:programme>/trust/", trust.page, name="trust"),
    path("<slug:programme>/trust/sample/", sampling.page, name="sample"),
    path("<slug:programme>/trust/sample/draw/", sampling.draw, name="sample_draw"),
    path("<slug:programme>/trust/sample/<int:check>/", sampling.answer, name="sample_answer"),
]
