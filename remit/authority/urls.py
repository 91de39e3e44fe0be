from __future__ import annotations

from django.urls import path

from remit.authority import views

app_name = "authority"
urlpatterns = [
    path("who/", views.who, name="who"),
    path("levels/", views.levels, name="levels"),
    path("network/<str:code>/scheme/", views.scheme, name="scheme"),
]
