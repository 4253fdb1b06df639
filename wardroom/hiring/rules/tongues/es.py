"""Applying in Spanish."""

from __future__ import annotations

from wardroom.hiring.rules.tongues.words import (
    FormWords,
    JobTongue,
    LetterWords,
    PostingPageWords,
    ReceiptWords,
)
from wardroom.kernel.languages import spoken_in

SPANISH = JobTongue(
    **spoken_in("es"),
    posting=PostingPageWords(
        title="Empleos en la oficina",
        lead=(
            "No necesita una cuenta para presentarse. Toma unos diez minutos, también desde un"
            " teléfono."
        ),
        none="No hay ningún puesto abierto en este momento.",
        until="Abierto hasta el final del {day}",
        until_filled="Abierto hasta que se cubra",
        opens="Se abre el {day}",
        over="Esta convocatoria terminó.",
        grade="Grado",
        salary="Salario",
        a_year="{amount} al año",
        office="Oficina",
        open="Apertura",
        close="Cierre",
        special="Convocatoria especial",
        about="Sobre la oficina",
        duties="Tareas",
        requirements="Requisitos",
        preference="Preferencia para residentes",
        security="Puesto sensible para la seguridad",
        residency="Residencia",
        apply="Presentarse para este puesto",
        not_taking="Esta convocatoria no recibe solicitudes ahora.",
    ),
    form=FormWords(
        start="Presentarse: {title}",
        start_lead=(
            "Le enviamos por correo un enlace a su solicitud. Lo que escriba se guarda: puede"
            " parar y seguir más tarde."
        ),
        name="Su nombre",
        email="Su correo electrónico",
        email_help="Ahí enviamos el enlace y el recibo.",
        language="Idioma",
        begin="Empezar",
        working="Un momento. Comprobamos que escribe una persona.",
        draft_lead=(
            "Todavía no se envió nada. Guardado por última vez: {when}. Busque el enlace en el"
            " correo a {email}."
        ),
        phone="Número de teléfono",
        lives_here="¿Vive ahora en la ciudad?",
        yes="Sí",
        no="No",
        resume="Currículum",
        attach="Adjunte su currículum",
        attach_help="PDF, DOC, DOCX, ODT, TXT o RTF, hasta 5 MB. Se guarda en cuanto usted guarde.",
        attached="Adjunto: {name}",
        take_off="Quitar este archivo",
        paste="O pegue aquí su currículum",
        questions="Preguntas",
        optional="Puede dejarlo vacío.",
        save="Guardar y seguir después",
        saved="Guardado. Puede cerrar esta página y volver con el enlace.",
        send="Enviar la solicitud",
        send_lead="Después de enviarla no puede cambiarla. Puede retirarla cuando quiera.",
        not_sent="Todavía no se envió",
        not_saved="Algo no se pudo guardar",
    ),
    receipt=ReceiptWords(
        sent="Su solicitud se envió",
        sent_lead="Guarde esta página o el recibo. Prueba qué envió usted y cuándo.",
        number="Número",
        when="Enviada",
        stands="En qué está",
        letters="Cartas para usted",
        parts_lead="Lo que envió, cada parte con su huella (SHA-256)",
        parts={
            "person": "Su nombre y cómo comunicarnos con usted",
            "resume_file": "Currículum, como archivo",
            "pasted": "Currículum, pegado",
            "answers": "Preguntas y sus respuestas",
            "whole": "La solicitud completa",
        },
        pdf="Recibo en PDF",
        withdraw="Retirar la solicitud",
        withdraw_help="No se puede deshacer.",
        withdrawn="Usted retiró esta solicitud.",
        closed="Este enlace no abre nada, o ya no abre nada.",
    ),
    letters=LetterWords(
        link_subject="Su solicitud: {title}",
        link=(
            "Usted empezó a presentarse para: {title}.\n\nEste es su propio enlace. Con él puede"
            " seguir, enviar la solicitud y ver después en qué está. No se lo dé a nadie.\n\n"
            "{link}\n\nSi usted no empezó esto, no haga nada.\n"
        ),
        receipt_subject="Tenemos su solicitud: {title}",
        receipt=(
            "Tenemos su solicitud para: {title}.\n\nNúmero: {number}\nEnviada: {when}\n\n"
            "La huella (SHA-256) de cada parte:\n{parts}\n\n"
            "Vea en qué está, guarde el recibo o retírela:\n\n{link}\n"
        ),
        stage_subject="Su solicitud: {title}",
        stages={
            "received": "Tenemos su solicitud.",
            "screening": "El panel está leyendo su solicitud.",
            "interview": "El panel quiere hablar con usted. La oficina se comunicará con usted.",
            "offer": (
                "La oficina le hace una oferta condicional. Vale cuando termine la revisión de"
                " idoneidad. La oficina se comunicará con usted."
            ),
            "suitability": (
                "Empezó la revisión de idoneidad. Quien la hace se comunicará con usted."
            ),
            "appointed": (
                "Fue nombrado para el puesto. La oficina le escribirá sobre su primer día."
            ),
            "not_selected": "No fue elegido para este puesto. Gracias por presentarse.",
            "offer_ended": "La oferta no sigue adelante. La oficina se comunicará con usted.",
            "withdrawn": "Usted retiró su solicitud. Ya nadie la lee.",
        },
        foot="Por favor, no responda a este mensaje.",
    ),
    wrong={
        "fill_in": "Complete esto.",
        "no_name": "Escriba su nombre.",
        "bad_email": "Esto no es un correo electrónico.",
        "no_answer": "Responda, por favor.",
        "no_resume": "Adjunte su currículum o péguelo.",
        "empty_file": "Este archivo está vacío.",
        "too_large": "Este archivo pesa más de 5 MB.",
        "bad_type": "Adjunte un archivo PDF, DOC, DOCX, ODT, TXT o RTF.",
        "not_as_named": (
            "Este archivo no es lo que dice su nombre. Guárdelo otra vez como PDF y adjúntelo."
        ),
        "macro": "Este archivo contiene un programa (una macro). Guárdelo como PDF y adjúntelo.",
        "scanner_away": (
            "Ahora no se puede revisar el archivo por virus. Intente otra vez en unos minutos."
        ),
        "scanner_found": "La revisión de virus encontró algo en este archivo. Adjunte otro.",
        "too_long": "Es demasiado largo. Acórtelo, por favor.",
        "not_taking": "Esta convocatoria no recibe solicitudes ahora. Lo que escribió se guarda.",
        "too_many": "Hoy empezó varias. Busque nuestro correo con el enlace.",
        "slow_down": "Demasiadas desde aquí en una hora. Intente más tarde.",
    },
)
