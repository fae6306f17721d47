"""Where the pages about asking and answering hang, under a programme."""

from django.urls import include, path

from mlezi.surveys.views import asking, instruments, tracking

PAGES = [
    path("", tracking.page, name="tracker"),
    path("people/", tracking.people, name="people"),
    path("due/", asking.due, name="due"),
    path("due/<str:verb>/", asking.send, name="send"),
    path("invitations/<uuid:invitation>/", asking.invitation, name="invitation"),
    path("invitations/<uuid:invitation>/<str:verb>/", asking.change, name="change"),
    path("standing/<uuid:standing>/", asking.decide, name="decide"),
    path("instruments/", instruments.listing, name="instruments"),
    path("instruments/<str:form_id>/", instruments.page, name="instrument"),
]
urlpatterns = [path("<slug:programme>/surveys/", include((PAGES, "surveys")))]
