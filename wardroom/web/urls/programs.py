"""The pages of what other programs do here: their keys and webhooks."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.keys import describing, hooks
from wardroom.web.keys import views as keys

pages: list[URLPattern] = [
    path("api/v1/", describing.api_page, name="api_page"),
    path("open311/", describing.open311_page, name="open311_page"),
    path("data/keys/", keys.key_list, name="api_keys"),
    path("data/keys/new/", keys.key_new, name="api_key_new"),
    path("data/keys/<id:key_id>/end/", keys.key_end, name="api_key_end"),
    path("data/hooks/", hooks.hook_list, name="hooks"),
    path("data/hooks/new/", hooks.hook_new, name="hook_new"),
    path("data/hooks/<id:hook_id>/", hooks.hook, name="hook"),
    path("data/hooks/<id:hook_id>/<str:verb>/", hooks.hook_move, name="hook_move"),
]
