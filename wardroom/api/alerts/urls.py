"""The address that takes alerts in."""

from __future__ import annotations

from django.urls import path

from wardroom.api.alerts import views

urlpatterns = [path("alerts", views.alerts, name="api_alerts")]
