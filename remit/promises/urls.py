"""Addresses of promises."""

from __future__ import annotations

from django.urls import path

from remit.promises import views

app_name = "promises"

urlpatterns = [
    path("promises/", views.mine, name="mine"),
    path("promises/<uuid:promise_id>/", views.show, name="show"),
    path("promises/<uuid:promise_id>/<str:name>/", views.step, name="step"),
]
