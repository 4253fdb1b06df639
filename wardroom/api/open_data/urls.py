"""The addresses of the files that anybody may download."""

from __future__ import annotations

from django.urls import path

from wardroom.api.open_data import views

urlpatterns = [
    path("datapackage.json", views.data_package, name="open_data_package"),
    path("<slug:code>.<slug:form>", views.dataset_file, name="open_data_file"),
]
