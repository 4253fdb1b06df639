"""Asking for records in Spanish."""

from __future__ import annotations

from wardroom.kernel.languages import spoken_in
from wardroom.records.rules.tongues.words import (
    AskWords,
    LetterWords,
    RecordsTongue,
    StandsWords,
)

SPANISH = RecordsTongue(
    **spoken_in("es"),
    ask=AskWords(
        title="Pedir documentos públicos",
        lead=(
            "Cualquier persona puede pedir documentos de esta oficina, sin una"
            " cuenta y sin decir para qué."
        ),
        clock=(
            "La ley nos da 15 días hábiles para responder. Si hacen falta hasta"
            " diez más, le decimos por escrito por qué."
        ),
        name="Su nombre",
        email="Su correo electrónico",
        email_help="Ahí enviamos la respuesta. Nadie más lo ve.",
        language="Idioma",
        words="¿Qué documentos quiere?",
        words_help=(
            "Diga el tema, el lugar y el tiempo, por ejemplo: todo sobre el"
            " callejón detrás de la cuadra 1300, desde mayo."
        ),
        send="Enviar la petición",
        working="Un momento. Comprobamos que escribe una persona.",
        not_sent="Todavía no se envió",
    ),
    stands=StandsWords(
        title="Petición de documentos {number}",
        received="Recibida",
        due="Respuesta debida",
        asked="Lo que pidió",
        open="Estamos trabajando en ella.",
        longer="Toma más tiempo, hasta el {day}: {reason}",
        late=(
            "El día de la respuesta ya pasó. Según la ley esto cuenta como una"
            " negativa, y usted puede apelar. Todavía le debemos la respuesta."
        ),
        making=(
            "Ya está respondida. Los papeles se están preparando y estarán aquí en unos minutos."
        ),
        outcomes={
            "granted": "Respondida: recibe todo.",
            "part": ("Respondida: recibe una parte. La lista dice qué no se entregó y por qué."),
            "denied": ("Respondida: los documentos no se entregan. La lista dice por qué."),
            "none": "Respondida: buscamos y no encontramos tales documentos.",
        },
        withdrawn="Esta petición se retiró.",
        appealed="Usted apeló. La decisión se debe el {day}.",
        upheld="Después de su apelación la respuesta se mantiene: {reason}",
        appeal=(
            "Si no está de acuerdo con la respuesta, puede apelar por escrito"
            " ante la Alcaldía, que decide en diez días hábiles. También puede ir"
            " a un tribunal."
        ),
        answer="La respuesta",
        fetch="Obtener los documentos (archivo ZIP)",
        fingerprint="Huella del archivo",
        closed="Este enlace no abre nada, o ya no abre nada.",
    ),
    letters=LetterWords(
        receipt_subject="Su petición de documentos {number}",
        receipt=(
            "Recibimos su petición de documentos. Su número es {number}. La"
            " respuesta se debe el {day}.\n\nCómo va, en cualquier momento: {link}"
        ),
        longer_subject="Su petición de documentos {number} toma más tiempo",
        longer=(
            "Su petición de documentos toma más de 15 días hábiles. La razón:"
            " {reason}\n\nLa respuesta se debe ahora el {day}. Cómo va: {link}"
        ),
        answer_subject="Su petición de documentos {number} está respondida",
        answer="{outcome}\n\nLos papeles, y cómo apelar: {link}",
        foot="Por favor, no responda a este mensaje.",
    ),
    wrong={
        "fill_in": "Complete esto.",
        "bad_email": "Esto no es un correo electrónico.",
        "no_words": "Diga qué documentos quiere.",
        "no_name": "Escriba su nombre.",
        "too_long": "Esto es demasiado largo. Acórtelo, por favor.",
        "slow_down": "Se envió demasiado desde aquí en una hora. Inténtelo más tarde.",
    },
)
