from __future__ import annotations

from django.urls import path

from remit.network import views

app_name = "network"
urlpatterns = [
    path("network/", views.index, name="index"),
    path("network/people/<uuid:person_id>/", views.person, name="person"),
    path("network/<str:code>/", views.party, name="party"),
]
