"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

from remit.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", include("remit.site.sign_in_urls")),
    path("", include("remit.network.urls")),
]
