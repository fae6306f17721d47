"""Signing in; what is not here is the accounts' library's."""

from django.urls import path

from mlezi.people import views

urlpatterns = [path("account/oidc/<slug:provider_id>/login/", views.organisation, name="openid_connect_login")]
