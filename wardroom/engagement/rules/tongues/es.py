"""News in Spanish."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.words import JoinWords, MailWords, PageWords, Tongue
from wardroom.kernel.languages import spoken_in

SPANISH = Tongue(
    **spoken_in("es"),
    only_english="solo en inglés",
    around="un radio de {far} milla alrededor de {where}",
    mine={"smd": "su SMD, {code}", "anc": "su ANC, {code}", "ward": "su Distrito {code}"},
    named={"smd": "SMD {code}", "anc": "ANC {code}", "ward": "Distrito {code}"},
    city="toda la ciudad",
    mail=MailWords(
        confirm_subject="Confirme, por favor: noticias sobre {area}",
        confirm=(
            "Alguien, esperamos que usted, nos pidió enviar a esta dirección noticias sobre"
            " {area}.\n\nPara recibirlas, abra este enlace y confirme. Sirve una sola vez, hasta"
            " el {day}:\n\n{link}\n\nSi no fue usted, no haga nada. No recibirá nada.\n"
        ),
        welcome_subject="Usted recibe noticias sobre {area}",
        welcome=(
            "Gracias. Desde ahora recibirá noticias sobre {area}. Cuando no haya nada nuevo, no"
            " le escribiremos.\n\nVéalo, cámbielo o cancélelo aquí cuando quiera:\n\n{link}\n"
        ),
        digest_subject="Noticias sobre {area}, {day}",
        changes={
            "one": "Hay {n} cambio desde la última vez que le escribimos.",
            "other": "Hay {n} cambios desde la última vez que le escribimos.",
        },
        headings={
            "text": "Lo que dice la ciudad sobre lugares",
            "plan": "Planes de trabajo",
            "check": "Lo que vimos cuando fuimos a mirar",
            "event": "Reuniones y eventos",
            "promise": "Promesas confirmadas",
            "kept": "Promesas cumplidas",
        },
        findings={
            "clean": "Fuimos a mirar el {day}: el problema ya no está.",
            "partly": "Fuimos a mirar el {day}: está mejor, pero el problema sigue.",
            "not_fixed": "Fuimos a mirar el {day}: sigue igual que antes.",
            "worse": "Fuimos a mirar el {day}: está peor que antes.",
        },
        plan="Un plan de trabajo comenzó el {day}. Agencias que participan: {agencies}.",
        promise="{who} prometió:",
        promise_by="Para el {day}.",
        event="{when}, {where}.",
        why="Recibe este mensaje porque lo pidió el {day}.",
        manage="Véalo, cámbielo o cancélelo: {link}",
        moved_subject="Cambiaron los límites: {old} ahora es {new}",
        changed_subject="Cambiaron los límites: {old}",
        moved=(
            "Desde el {day} rigen nuevos límites. Su dirección estaba en {old}; ahora está en"
            " {new}. Desde ahora recibirá noticias sobre {new}."
        ),
        redrawn=(
            "Desde el {day} rigen nuevos límites. {old} tiene límites nuevos. Seguirá recibiendo"
            " noticias sobre {old}, tal como está trazado ahora."
        ),
        gone=(
            "Desde el {day} rigen nuevos límites. {old} ya no existe. No le hemos puesto en otra"
            " zona: no recibirá noticias hasta que elija una nueva."
        ),
        gone_to="Lo que era {old} ahora está en: {new}.",
        lost=(
            "Desde el {day} rigen nuevos límites. No podemos saber dónde queda su dirección. No"
            " recibirá noticias hasta que elija una zona."
        ),
        moved_back=(
            "Le escribimos que los límites habían cambiado. Fue un error nuestro. Vuelve a"
            " recibir noticias sobre {old}, como antes."
        ),
        letter_foot="Recibe esta carta porque recibe noticias sobre {area}.",
    ),
    pages=PageWords(
        title="Noticias de su vecindario",
        lead=(
            "La ciudad le escribe cuando algo cambia cerca de usted: lo que hace en un lugar, lo"
            " que se vio allí y qué promesas se cumplieron."
        ),
        email="Su correo electrónico",
        language="Idioma",
        area="¿Qué zona?",
        areas={
            "around": "Alrededor de una dirección",
            "mine_smd": "El SMD de una dirección",
            "mine_anc": "La ANC de una dirección",
            "mine_ward": "El distrito (ward) de una dirección",
            "named": "Un SMD, una ANC o un ward por su nombre",
            "city": "Toda la ciudad",
        },
        where="Dirección",
        where_help="Solo para una zona por dirección, como 1200 First Street NE.",
        far="A qué distancia, en millas",
        district="SMD, ANC o ward",
        district_help="Solo para una zona por su nombre, como 5C07, ANC 5C o Ward 5.",
        topics="Temas",
        topics_help="No elija ninguno para recibirlos todos.",
        frequency="¿Con qué frecuencia?",
        frequencies={"daily": "Cada día", "weekly": "Cada semana", "monthly": "Cada mes"},
        consent=(
            "Acepto que la Oficina de Relaciones Comunitarias de la Alcaldía guarde esta dirección"
            " y me envíe por correo electrónico información sobre avances. Puedo cancelarlo en"
            " cualquier momento con un solo clic."
        ),
        ask="Pedir noticias",
        sent_title="Revise su correo",
        sent="Enviamos un enlace a esta dirección. Nada comienza hasta que lo abra y confirme.",
        confirm_title="Confirme que quiere recibir esto",
        confirm_button="Sí, envíenme noticias",
        confirmed="Confirmado. Desde ahora recibirá noticias.",
        manage_title="Lo que recibe de nosotros",
        manage_lead="Esta página es de {address}. No comparta su enlace.",
        nothing="No recibe nada de nosotros.",
        change="Guardar",
        changed="Guardado.",
        stop_one="Cancelar esto",
        stop_all="Cancelar todo",
        stop_question="¿Quiere cancelar todas las noticias a {address}?",
        stopped_one="Cancelado.",
        stopped_all="Ya no recibirá noticias de nosotros. No tiene que hacer nada más.",
        choose_again="Los límites cambiaron. Elija una zona de nuevo.",
        feeds="O sígalo sin correo electrónico",
        not_saved="No se guardó",
        fill_in="Complete este campo.",
        bad_email="Esto no es una dirección de correo electrónico.",
        unknown_place="No conocemos esta dirección. Escriba su cuadrante o nombre un distrito.",
        unknown_district="No hay un distrito con ese nombre. Escríbalo así: 5C07, ANC 5C o Ward 5.",
        all_topics="todos los temas",
    ),
    join=JoinWords(
        title="Unirse a {group}",
        who="Quién puede unirse:",
        area="Zona:",
        name="Su nombre",
        email="Correo electrónico",
        phone="Número de teléfono",
        one_is_enough="Basta con uno de los dos.",
        agreed="Estoy de acuerdo",
        consent=(
            "La Oficina de Relaciones Comunitarias de la Alcaldía puede escribirme o llamarme"
            " sobre {group}: sus reuniones, órdenes del día y actas. Puedo cancelarlo en"
            " cualquier momento con el enlace de cada mensaje o avisando a la oficina. La"
            " oficina guarda mi nombre y mis datos de contacto, y no los muestra al público."
        ),
        ask="Pedir unirse",
        thanks="La oficina lo recibió. Alguien se comunicará con usted.",
        closed=(
            "{group} no acepta a nadie por enlace en este momento. Llame al 311 para"
            " comunicarse con la oficina."
        ),
        no_name="Escriba su nombre.",
        bad_name="Escriba solo su nombre, en 120 caracteres como máximo.",
        no_way="Dé un correo electrónico o un número de teléfono.",
        bad_phone=(
            "Esto no es un número de teléfono. Escríbalo con el código de área, como"
            " 202-555-0147."
        ),
        not_agreed="Indique que la oficina puede escribirle o llamarle sobre este grupo.",
        full="Ahora hay demasiadas personas que esperan respuesta. Llame a la oficina.",
        slow_down="Se enviaron demasiadas solicitudes desde aquí en una hora. Inténtelo más tarde.",
    ),
)  # fmt: skip
