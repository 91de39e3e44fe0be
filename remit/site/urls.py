"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

from remit.site import sign_in_views, views
from remit.site.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("status/", views.status, name="status"),
    path("sign-in/", include("remit.site.sign_in_urls")),
    path("acting-in/", sign_in_views.acting_in, name="acting_in"),
    path("", include("remit.authority.urls")),
    path("network/<str:party_code>/units/<str:code>/", views.unit, name="unit"),
    path("network/<str:code>/record/", views.record, name="record"),
    path("", include("remit.network.urls")),
    path("", include("remit.promises.urls")),
    path("", include("remit.decisions.urls")),
    path("api/", api.urls),
]

handler400 = "remit.site.refusals.not_understood"
handler403 = "remit.site.refusals.not_allowed"
handler404 = "remit.site.refusals.not_found"
handler500 = "remit.site.refusals.our_fault"
