"""The neighborhood in Spanish."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.near.words import (
    FigureWords,
    LookWords,
    MapWords,
    NearWords,
    PlaceWords,
    PromiseWords,
)

SPANISH = NearWords(
    title="Lo que la ciudad hace cerca de usted",
    lead=(
        "Lugares donde los problemas vuelven una y otra vez: quién hace qué, desde cuándo y hasta"
        " cuándo, y qué vimos al ir a mirar."
    ),
    find="Busque su vecindario",
    address="Su dirección",
    address_help="Por ejemplo, 1200 First Street NE. No la guardamos.",
    look="Mostrar",
    wards="Elija un distrito (ward)",
    inside="Dentro de {area}",
    around="Alrededor",
    city="toda la ciudad",
    events="Reuniones y eventos",
    when="Cuándo",
    where="Dónde",
    no_events="No hay nada anunciado para los próximos tres meses.",
    canceled="Cancelado",
    more_events="Dónde encontrar a la oficina",
    more_meetings="Todas las reuniones abiertas",
    news="Recibir noticias sobre {area} por correo electrónico",
    feed="Seguir {area} en un lector de noticias",
    boundaries="Límites vigentes desde el {day}.",
    places=PlaceWords(
        title="Lugares en los que trabaja la oficina",
        counts={"one": "{n} lugar", "other": "{n} lugares"},
        none="Aquí no hay ningún lugar sobre el que se haya publicado algo.",
        place="Lugar",
        text="Lo que dice la ciudad",
        approved="Aprobado para el público el {day}.",
        since="Se trabaja en él desde el {day}",
        watched="En observación desde el {day}",
        next_by="Próximo plazo: {day}",
        overdue="Vencido desde el {day}",
        all_here="Todo lo público sobre este lugar",
        lies_in="Este lugar está en",
        plan="El plan",
        plan_lead=(
            "Quién hace qué, desde cuándo y hasta cuándo."
            " La primera promesa queda junto al plazo actual."
        ),
        no_plan="Ningún paso del plan es público.",
        agency="Agencia",
        what="Qué",
        asked="Pedido el",
        first="Primera promesa",
        until="Hasta",
        stands="Cómo va",
        states={
            "requested": "Pedido; sin respuesta todavía",
            "accepted": "Prometido",
            "declined": "Rechazado",
            "countered": "Se ofreció otra fecha",
            "done": "Hecho, según la agencia",
        },
        also="También se pidió a: {agencies}.",
        seen="Lo que vimos",
        not_seen="Nadie ha ido a mirar todavía.",
        findings={
            "fixed": "Fuimos a ver el {day}: estaba hecho.",
            "partly": "Fuimos a ver el {day}: estaba hecho en parte.",
            "not_fixed": "Fuimos a ver el {day}: no estaba hecho.",
        },
        done_on="Hecho el {day}, según la agencia",
    ),
    promises=PromiseWords(
        title="Promesas",
        who="Quién",
        lead="Lo que se prometió en público aquí o para toda la ciudad.",
        none="Aquí no hay ninguna promesa publicada.",
        makers={
            "mayor": "La Alcaldía",
            "council": "El Concejo",
            "federal": "Una agencia federal",
            "congress": "El Congreso",
            "agency": "Una agencia del Distrito",
            "office": "Esta oficina",
        },
        by_day="A más tardar el {day}",
        no_day="No se indicó fecha",
        moved="primero, el {day}",
        kept="Cumplida el {day}",
    ),
    figures=FigureWords(
        title="Servicios de la ciudad en {area}",
        lead="Estas cifras cuentan lo que se informó al 311. No dicen dónde hay más problemas.",
        names={
            "on_time": "Hecho a tiempo",
            "time": "La mitad se cierra en",
            "open": "Abiertas ese día",
        },
        meanings={
            "on_time": (
                "De las solicitudes que vencían hasta este día, la parte que se resolvió a tiempo."
                " Las que siguen abiertas cuentan como tardías. No se cuentan duplicados,"
                " traslados ni pruebas."
            ),
            "time": (
                "El tiempo en que se cerró la mitad de las solicitudes, contando las abiertas por"
                " el tiempo que llevan esperando."
            ),
            "open": "Lo que está abierto este día, sin duplicados, traslados ni pruebas.",
        },
        percent="{n} %",
        days={"one": "{n} día", "other": "{n} días"},
        under_a_day="menos de un día",
        between="probablemente de {lower} a {upper}",
        of={"one": "de {n} solicitud", "other": "de {n} solicitudes"},
        hidden="No se muestra: son muy pocas para saberlo, o menos de cinco",
        definition="Definición {n}",
        as_of="Datos al {day}. Solicitudes desde el {since}.",
        none="Aquí todavía no se ha medido nada.",
    ),
    map=MapWords(
        label=(
            "Mapa de los lugares en los que trabaja la oficina: {area}. La lista de abajo"
            " dice lo mismo."
        ),
        place="Mapa de dónde está este lugar: {place}",
        instead="El mapa no funciona aquí. La lista dice lo mismo.",
        place_instead="El mapa no funciona aquí. Este lugar: {place}.",
        key="Qué muestra el mapa",
        worked="Un lugar en el que trabaja la oficina",
        watched="Un lugar que la oficina solo observa",
        edge="El límite de {area}",
        here="Este lugar",
        exact="Un punto muestra la cuadra, no una casa. Es exacto hasta unos 100 metros.",
        zoom_in="Acercar",
        zoom_out="Alejar",
        close="Cerrar",
    ),
    looks=LookWords(
        title="Lo que vimos, visita por visita",
        levels={
            "clean": "Ya no está",
            "partly": "Mejor",
            "not_fixed": "Igual",
            "worse": "Peor",
        },
        summary="Fuimos a ver {n} veces, desde el {first} hasta el {last}. {newest}",
        meaning=(
            "Cada punto es una vez que alguien de la oficina fue a ver. No se cuentan las"
            " visitas que no pudieron decir nada, y se muestran las 20 más recientes."
        ),
    ),
)
