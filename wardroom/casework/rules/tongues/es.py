"""Reporting and following in Spanish."""

from __future__ import annotations

from wardroom.casework.rules.tongues.words import (
    DangerWords,
    FollowWords,
    FormWords,
    LetterWords,
    Told,
)
from wardroom.kernel.languages import spoken_in

SPANISH = Told(
    **spoken_in("es"),
    ward="el Distrito {code}",
    only_english="solo en inglés",
    danger=DangerWords(
        always="¿Hay alguien en peligro? Llame al 911 ahora. Nadie lee esta página al minuto.",
        small=(
            "Para una recogida que no se hizo o un solo bache, el 311 es más rápido: llame al"
            " 311. Esta página es para problemas que siguen o que vuelven."
        ),
        say={
            "gas": "¿Huele a gas? Salga del edificio y luego llame al 911 y a Washington Gas.",
            "wires": "¿Hay un cable caído? No se acerque. Llame al 911 y después a Pepco.",
            "life": "Esto parece un peligro para la vida. Llame al 911 antes de seguir.",
            "cold": (
                "¿Hay alguien en la calle con este frío? Llame a la línea de refugios,"
                " 202-399-7093. Si no contestan, llame al 911."
            ),
        },
        words={
            "gas": ("fuga de gas", "olor a gas", "huele a gas"),
            "wires": (
                "cable caído", "cables caídos", "cable suelto", "chispas", "cable + cuelg",
                "cable + colga", "cable + caíd", "cable + cayó", "cable + se cae",
                "cable + suelt", "cable + en el suelo", "línea eléctrica + cuelg",
                "línea eléctrica + caíd", "tendido + caíd", "poste de luz + caíd",
                "poste de luz + cayó",
            ),
            "life": (
                "incendio", "disparo", "disparos", "apuñal", "sobredosis", "inconsciente",
                "no respira", "atrapad", "derrumb",
            ),
            "cold": ("sin calefacción", "congelando", "hipotermia"),
        },
        ground="Este terreno es de {owner}. La ciudad no puede ordenar trabajos allí.",
        ground_phone="Puede llamarles: {phone}.",
        still_send="De todos modos puede enviar su reporte. Nosotros lo pasamos.",
        others="Lo que cuenta puede depender de otros. Puede llamarles:",
        others_outside="Para lugares fuera del Distrito puede llamar a:",
    ),
    form=FormWords(
        title="Reportar un problema",
        lead=(
            "Una luz apagada, basura, ratas, una acera rota: cuéntelo a la oficina de la"
            " Alcaldía. No necesita una cuenta."
        ),
        step="Paso {n} de {of}",
        go_on="Siguiente",
        back="Atrás",
        photo="Tomar una foto",
        photos="Fotos",
        photos_help=(
            "Hasta tres. Muestre el problema, sin caras ni placas de autos. Puede dejarlo vacío."
        ),
        photos_kept="Estas fotos ya están adjuntas:",
        photos_drop="Quitarla",
        photos_again="Sus fotos no se guardaron. Elíjalas otra vez antes de enviar.",
        photo_placed="Tomamos el lugar de su foto. Por favor, revíselo.",
        where="¿Dónde está?",
        place="Dirección o esquina",
        place_help="Con su cuadrante, por ejemplo 1200 First Street NE.",
        here="Usar el lugar donde estoy",
        on_map="Elegirlo en el mapa",
        map_label="Mapa para elegir el lugar: toque, o muévase con las flechas y pulse Enter",
        map_instead="El mapa no funciona aquí. Escriba la dirección.",
        meant="Este lugar: {place}",
        place_sure="La dirección es correcta y está en el Distrito. Tómenla como la escribí.",
        what="¿Qué pasa?",
        said="Cuéntelo con sus palabras",
        said_help="En cualquier idioma. Por favor, no escriba nombres de otras personas.",
        topic="¿Qué tipo de problema es?",
        topic_help="Usted decide. Si nada corresponde, diga que no está seguro.",
        unsure="No estoy seguro",
        guess="Por sus palabras: {topic}, {percent}% de seguridad",
        guess_basis=(
            "Una suposición, aprendida de {n} reportes anteriores el {day}. No decide nada: usted"
            " elige."
        ),
        questions="Algunas preguntas",
        near="¿Ya lo reportó alguien?",
        near_help="Están cerca y son del mismo tipo. Si es uno de ellos, sume su voz.",
        near_row="{topic}, {place}, desde el {day}",
        near_away="a unos {n} metros",
        voices={"one": "{n} persona lo reportó", "other": "{n} personas lo reportaron"},
        me_too="También veo este",
        another="No, el mío es otro",
        contact="¿Cómo podemos comunicarnos con usted?",
        contact_help=(
            "Puede dejarlo vacío. Nadie fuera de la oficina lo ve. Si da un correo electrónico,"
            " le enviamos el enlace a su reporte y lo que pase con él."
        ),
        name="Su nombre",
        email="Correo electrónico",
        phone="Número de teléfono",
        consent="La oficina puede escribirme o llamarme sobre este reporte.",
        yes="Sí",
        no="No, gracias",
        check="Buscar preguntas y reportes cercanos",
        send="Enviar el reporte",
        working="Un momento: su aparato hace un pequeño cálculo que frena a las máquinas.",
        optional="(opcional)",
        not_sent="Todavía no se envió",
        wrong={
            "fill_in": "Complete este campo.",
            "choose": "Elija una de las respuestas.",
            "place_missing": "Diga dónde está.",
            "place_unknown": (
                "No encontramos esta dirección. Escríbala con su cuadrante o elíjala en el mapa."
            ),
            "place_outside": "Este lugar está fuera del Distrito. Allí no podemos hacer nada.",
            "said_missing": "Cuéntenos en pocas palabras qué pasa.",
            "too_long": "Es demasiado largo. Por favor, acórtelo.",
            "bad_answer": "Esta respuesta no corresponde a la pregunta.",
            "bad_email": "Esto no es un correo electrónico.",
            "bad_phone": "Esto no es un número de teléfono. Escríbalo con el código de área.",
            "bad_name": "Escriba solo su nombre, con 120 letras como máximo.",
            "not_agreed": "Diga que podemos escribir o llamar, o deje estos campos vacíos.",
            "scanner_away": (
                "Ahora no se puede revisar el archivo por virus. Intente otra vez en unos minutos."
            ),
            "scanner_found": "La revisión de virus encontró algo en este archivo. Adjunte otro.",
            "bad_file": "No podemos recibir este archivo. Envíe JPEG, PNG o WebP.",
            "phone_file": (
                "Aquí no se puede leer este tipo de foto. Elija JPEG o ponga el teléfono en “Más"
                " compatible”."
            ),
            "large_file": "Una foto pesa más de 20 MB.",
            "many_files": "Envíe tres fotos como máximo.",
            "slow_down": (
                "Llegaron demasiados reportes desde aquí en una hora. Intente más tarde o llame"
                " al 311."
            ),
            "gone": "Esto ya no se puede elegir. Mire la página otra vez.",
        },
    ),
    follow=FollowWords(
        thanks="Gracias. Tenemos su reporte.",
        title="Su reporte {number}",
        number="Número",
        kind="Tipo de problema",
        place="Lugar",
        reported="Reportado el",
        your_words="Lo que nos contó",
        who="Quién se ocupa",
        role="El enlace de la oficina de la Alcaldía para {ward}",
        role_no_ward=(
            "La oficina de la Alcaldía. Todavía no sabemos a qué distrito pertenece este lugar;"
            " primero lo averiguamos."
        ),
        next="Lo revisamos a más tardar el {day}.",
        keep_link="Guarde la dirección de esta página. Es su camino de vuelta a su reporte.",
        mailed="También la enviamos al correo electrónico que nos dio.",
        joined="Otras personas también lo reportaron. Sumamos su voz a las de ellas.",
        private="Esta página es solo suya. No comparta su dirección.",
        status="Cómo va",
        received="Lo tenemos y alguien se ocupa.",
        asked={
            "one": "Pedimos a {n} agencia que trabaje en ello.",
            "other": "Pedimos a {n} agencias que trabajen en ello.",
        },
        promised="Una agencia lo prometió para el {day}.",
        returned="El problema volvió, así que estamos otra vez en ello.",
        closed="Lo cerramos el {day}: {outcome}.",
        outcomes={
            "fixed": "arreglado",
            "partly_fixed": "arreglado en parte",
            "not_fixed": "no se arregló",
            "referred": "ahora lo tienen otros; lo que hagan no depende de nosotros",
            "no_action": "no hacía falta hacer nada",
            "duplicate": "es lo mismo que otro reporte",
        },
        what_was_said="Lo que le dijo la oficina",
        history="Lo que se dijo hasta ahora",
        facts="Lo que sabemos",
        fact_lines={
            "done": (
                "Una agencia dijo el {day} que está hecho.",
                "Ninguna agencia ha dicho que esté hecho.",
            ),
            "seen": ("Fuimos a mirar el {day}.", "No hemos ido a mirar."),
            "told": (
                "El {day} le dijimos qué pasó con su reporte.",
                "Todavía no le hemos dicho el resultado.",
            ),
            "back": ("El problema volvió el {day}.", "No ha vuelto, que sepamos."),
        },
        asks="La oficina le pregunta",
        answer="Su respuesta",
        send_answer="Enviar la respuesta",
        answered="Usted respondió el {day}:",
        answer_kept="Gracias. La oficina tiene su respuesta.",
        still="¿Sigue ahí?",
        still_help="Díganos cada vez que lo vea, también después de que lo cerremos.",
        still_words="¿Qué ve ahora?",
        still_send="Sigue ahí",
        still_noted="Anotado. Quien se ocupa lo ve.",
        still_opened="Gracias. Lo abrimos otra vez y cuenta como un regreso.",
        rating="¿Se resolvió?",
        rating_help="Su respuesta se cuenta, y la oficina la lee.",
        ratings={"yes": "Sí, se resolvió", "partly": "En parte", "no": "No se resolvió"},
        rating_words="¿Quiere agregar algo?",
        rating_send="Enviar",
        rating_kept="Gracias. La oficina tiene su respuesta.",
        nothing_opens="Este enlace no abre nada. Puede pedir sus enlaces otra vez.",
        wait="Hubo demasiados intentos desde aquí. Espere un rato y vuelva a intentarlo.",
        mine_title="Envíenme mis enlaces otra vez",
        mine_lead="Dé el correo electrónico con el que hizo el reporte. Los enlaces llegan allí.",
        mine_send="Enviar mis enlaces",
        mine_sent=(
            "Si hay reportes de este correo, sus enlaces ya van en camino. Mire su correo en unos"
            " minutos."
        ),
        another_report="Reportar otra cosa",
    ),
    letter=LetterWords(
        receipt_subject="Tenemos su reporte {number}",
        receipt=(
            "Gracias por avisarnos.\n\n"
            "Número: {number}\nLugar: {place}\nQuién se ocupa: {who}\n{next}\n\n"
            "Sígalo aquí, díganos que sigue ahí o agregue algo:\n\n{link}\n"
        ),
        next="Lo revisamos a más tardar el {day}.",
        told_subject="Qué pasó con su reporte {number}",
        told=(
            "{text}\n\nSe trata de su reporte {number}: {what}.\n\n"
            "Si no es así, o si el problema vuelve, dígalo aquí. También puede decirnos si se"
            " resolvió:\n\n{link}\n"
        ),
        question_subject="Una pregunta sobre su reporte {number}",
        question=(
            "Quien se ocupa de su reporte {number} le pregunta:\n\n{text}\n\n"
            "Responda aquí:\n\n{link}\n"
        ),
        links_subject="Los enlaces a sus reportes",
        links=(
            "Alguien, esperamos que usted, pidió los enlaces a los reportes de este correo:\n\n"
            "{links}\n\nSi no fue usted, no haga nada. Nadie más los recibió.\n"
        ),
        foot="Una persona lee su respuesta a este mensaje.",
    ),
)  # fmt: skip
