"""The pages of the office's own time: rotas, who is on call, the own shifts, and swaps."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.duty import crew, mine, on_call, rota, rotas, swaps

pages: list[URLPattern] = [
    path("rota/", rotas.rotas, name="rotas"),
    path("rota/new/", rotas.rota_new, name="rota_new"),
    path("rota/people/<id:user_id>/", crew.languages, name="rota_person"),
    path("rota/people/<id:user_id>/leave/", crew.leave, name="rota_leave"),
    path("rota/<id:rota_id>/", rota.rota, name="rota"),
    path("rota/<id:rota_id>/turns/<id:turn_id>/", rota.turn, name="rota_turn"),
    path("rota/<id:rota_id>/<str:verb>/", rota.make_move, name="rota_move"),
    path("my-shifts/", mine.mine, name="my_shifts"),
    path("my-shifts/wish/", mine.wish, name="my_wish"),
    path("my-shifts/wishes/<id:wish_id>/withdraw/", mine.withdraw, name="my_wish_withdraw"),
    path("my-shifts/<id:shift_id>/swap/", mine.ask, name="my_swap"),
    path("swaps/<id:swap_id>/", swaps.swap, name="swap"),
    path("swaps/<id:swap_id>/<str:verb>/", swaps.make_move, name="swap_move"),
    path("on-call/", on_call.on_call, name="on_call"),
    path("on-call/<id:shift_id>/", on_call.shift, name="on_call_shift"),
    path("on-call/<id:shift_id>/take/", on_call.take, name="on_call_take"),
]
