"""Addresses of decisions."""

from __future__ import annotations

from django.urls import path

from remit.decisions import views

app_name = "decisions"

urlpatterns = [
    path("decisions/", views.register, name="register"),
    path("decisions/new/", views.new, name="new"),
    path("decisions/<uuid:decision_id>/", views.show, name="show"),
    path("decisions/<uuid:decision_id>/amend/", views.amend, name="amend"),
    path("decisions/<uuid:decision_id>/<str:name>/", views.step, name="step"),
]
