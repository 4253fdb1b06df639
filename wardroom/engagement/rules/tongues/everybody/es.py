"""The lists and files for everybody in Spanish."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.everybody.words import (
    CalendarWords,
    EverybodyWords,
    FeedWords,
    FileWords,
    ListWords,
    MeetingWords,
)

SPANISH = EverybodyWords(
    lists=ListWords(
        filters="Filtros",
        chosen="({n} en uso)",
        narrow="Filtrar la lista",
        show="Mostrar",
        clear="Quitar",
        pages="Páginas",
        paged="{total} en total · página {page} de {pages}",
        before="Página anterior",
        after="Página siguiente",
    ),
    meetings=MeetingWords(
        title="Reuniones abiertas",
        lead=(
            "Reuniones de juntas y comités abiertas a todo el mundo: cuándo y dónde se reúnen, qué"
            " hay en el orden del día y qué decidieron."
        ),
        body="Órgano",
        all_bodies="Todos los órganos",
        when="Cuándo",
        shown={
            "coming": "Próximas",
            "past": "Pasadas",
            "all": "Todas",
        },
        where="Dónde",
        stands="Estado",
        states={
            "planned": "Prevista",
            "held": "Celebrada",
            "cancelled": "Cancelada",
        },
        counts={
            "one": "{n} reunión",
            "other": "{n} reuniones",
        },
        none="No se ha publicado el aviso de ninguna reunión así.",
        minutes_out="El acta está publicada",
        of="Reunión de {body}",
        canceled="Esta reunión se canceló.",
        moved="Esta reunión se pasó al {when}.",
        new_notice="Se publicará un nuevo aviso.",
        notice="Aviso",
        rests_on="Se basa en",
        starts="Empieza",
        ends="Termina",
        join="Cómo participar",
        short_notice="Avisada con poca anticipación",
        published="Publicado",
        version="versión {n}",
        agenda="Orden del día",
        minutes="Acta",
        minutes_of="Versión {n}, publicada el {when}",
        approved="Aprobada el {day}.",
        not_approved="El órgano aún no la ha aprobado.",
        as_pdf="Acta en PDF",
        no_minutes="Todavía no se ha publicado ninguna.",
        record="Grabación",
        recording="La grabación está en:",
        kept="Se guarda al menos hasta el {day} ({law}).",
        no_record="Todavía no se ha publicado.",
    ),
    calendar=CalendarWords(
        title="Calendario público",
        lead="Dónde encontrar a la oficina en los próximos tres meses.",
        invite="Pedir la visita de la Alcaldía a su evento",
        meetings="Reuniones abiertas de órganos públicos",
        ward="Distrito (ward)",
        all_wards="Todos los distritos",
        when="Cuándo",
        until="{when}, hasta las {end}",
        what="Qué",
        where="Dónde",
        city="Toda la ciudad",
        canceled="Cancelado",
        counts={
            "one": "{n} evento",
            "other": "{n} eventos",
        },
        none="No hay nada anunciado para los próximos tres meses.",
        own_program="Léalo en su propio programa de calendario:",
    ),
    feeds=FeedWords(
        title="Seguir las noticias sin correo electrónico",
        lead=(
            "Para un lector de noticias (Atom o RSS) o un mapa (GeoJSON). Solo contiene lo que se"
            " escribió y se aprobó para el público."
        ),
        city="Toda la ciudad",
        kinds="Un tipo de noticias",
        of_kind={
            "commitments": "Compromisos",
            "events": "Eventos",
            "notices": "Avisos de reuniones abiertas",
        },
        wards="Distritos (wards)",
        topics="Temas",
        others=(
            "Una ANC o un SMD tiene las mismas direcciones: ponga anc/5C o smd/5C07 en lugar de"
            " ward/5."
        ),
        data="Datos abiertos: solicitudes, reportes y lugares en archivos",
        news_of="Noticias sobre {area}",
        titles={
            "commitments": "Compromisos hechos en público",
            "events": "Eventos públicos",
            "notices": "Avisos de reuniones abiertas",
        },
        headings={
            "text": "Texto para el público",
            "plan": "Plan de trabajo",
            "check": "Lo que vimos",
            "event": "Evento",
            "promise": "Promesa confirmada",
            "kept": "Promesa cumplida",
        },
    ),
    files=FileWords(
        title="Datos abiertos",
        lead=(
            "Archivos para todo el mundo, sin clave. Los lugares se indican por su cuadra y con una"
            " precisión de unos 100 metros. Nada en ellos dice quién pidió algo."
        ),
        titles={
            "requests": "Solicitudes de servicio",
            "reports": "Reportes a la oficina",
            "locations": "Lugares con problemas persistentes",
        },
        abouts={
            "requests": (
                "Solicitudes al sistema 311 de la ciudad, tal como las leímos la última vez. Son"
                " del sistema 311; una solicitud cerrada se cerró allí, lo que no es lo mismo que"
                " arreglada."
            ),
            "reports": (
                "Lo que la gente reportó a esta oficina por su página pública o por una aplicación"
                " de Open311. Un reporte se cierra cuando la oficina ha dicho a quienes lo hicieron"
                " qué pasó con él."
            ),
            "locations": (
                "Lugares donde los problemas volvían una y otra vez y en los que la oficina trabaja"
                " con las agencias. Solo los que tienen un texto escrito y aprobado para el"
                " público."
            ),
        },
        as_form="{title} en {form}",
        as_of="Datos del {when}",
        meaning="Qué significan las columnas",
        columns_of="Columnas del archivo: {title}",
        column="Columna",
        kind="Tipo",
        means="Qué significa",
        kinds={
            "string": "Texto",
            "integer": "Número entero",
            "number": "Número",
            "date": "Fecha",
            "datetime": "Fecha y hora (UTC)",
        },
        in_english="Las columnas se explican solo en inglés.",
        programs="Para programas",
        package="Qué son los archivos y las columnas, como Data Package",
        open311="Solicitudes y reportes a medida que llegan, por Open311",
        news="Noticias, compromisos, eventos y avisos en Atom y RSS",
        calendar="Eventos públicos como calendario (iCalendar)",
        small=(
            "Los archivos CSV empiezan con la marca de UTF-8. En ellos, un texto que una hoja de"
            " cálculo ejecutaría como fórmula empieza con un apóstrofo; los otros formatos lo"
            " llevan tal cual. Parquet se hace por la noche y se puede leer por partes. Si un"
            " archivo no ha cambiado, se responde con 304."
        ),
    ),
)
