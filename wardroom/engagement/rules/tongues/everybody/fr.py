"""The lists and files for everybody in French."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.everybody.words import (
    CalendarWords,
    EverybodyWords,
    FeedWords,
    FileWords,
    ListWords,
    MeetingWords,
)

FRENCH = EverybodyWords(
    lists=ListWords(
        filters="Filtres",
        chosen="({n} en place)",
        narrow="Filtrer la liste",
        show="Afficher",
        clear="Effacer",
        pages="Pages de la liste",
        paged="{total} en tout · page {page} sur {pages}",
        before="Page précédente",
        after="Page suivante",
    ),
    meetings=MeetingWords(
        title="Réunions publiques",
        lead=(
            "Réunions de conseils et de comités ouvertes à tous : quand et où ils se réunissent, ce"
            " qui est à l'ordre du jour et ce qu'ils ont décidé."
        ),
        body="Conseil ou comité",
        all_bodies="Tous les conseils et comités",
        when="Quand",
        shown={
            "coming": "À venir",
            "past": "Passées",
            "all": "Toutes",
        },
        where="Où",
        stands="État",
        states={
            "planned": "Prévue",
            "held": "Tenue",
            "cancelled": "Annulée",
        },
        counts={
            "one": "{n} réunion",
            "other": "{n} réunions",
        },
        none="Aucun avis d'une telle réunion n'est publié.",
        minutes_out="Le procès-verbal est publié",
        of="Réunion de {body}",
        canceled="Cette réunion a été annulée.",
        moved="Cette réunion a été déplacée au {when}.",
        new_notice="Un nouvel avis suivra.",
        notice="Avis",
        rests_on="Fondement",
        starts="Début",
        ends="Fin",
        join="Pour participer",
        short_notice="Annoncée tardivement",
        published="Publié",
        version="version n° {n}",
        agenda="Ordre du jour",
        minutes="Procès-verbal",
        minutes_of="Version {n}, publiée le {when}",
        approved="Approuvé le {day}.",
        not_approved="Il n'a pas encore été approuvé.",
        as_pdf="Procès-verbal en PDF",
        no_minutes="Aucun n'est encore publié.",
        record="Enregistrement",
        recording="L'enregistrement se trouve ici :",
        kept="Il est conservé au moins jusqu'au {day} ({law}).",
        no_record="Il n'est pas encore publié.",
    ),
    calendar=CalendarWords(
        title="Calendrier public",
        lead="Où rencontrer le bureau dans les trois prochains mois.",
        invite="Inviter le maire à votre événement",
        meetings="Réunions publiques des conseils et comités",
        ward="Quartier (ward)",
        all_wards="Tous les quartiers",
        when="Quand",
        until="{when} à {end}",
        what="Quoi",
        where="Où",
        city="Toute la ville",
        canceled="Annulé",
        counts={
            "one": "{n} événement",
            "other": "{n} événements",
        },
        none="Rien n'est annoncé pour les trois prochains mois.",
        own_program="À lire dans votre propre agenda :",
    ),
    feeds=FeedWords(
        title="Suivre les nouvelles sans courriel",
        lead=(
            "Pour un lecteur de flux (Atom ou RSS) ou une carte (GeoJSON). On n'y trouve que ce qui"
            " a été écrit et approuvé pour le public."
        ),
        city="Toute la ville",
        kinds="Une sorte de nouvelles",
        of_kind={
            "commitments": "Engagements",
            "events": "Événements",
            "notices": "Avis de réunions publiques",
        },
        wards="Quartiers (wards)",
        topics="Sujets",
        others=(
            "Une ANC ou un SMD a les mêmes adresses : mettez anc/5C ou smd/5C07 à la place de"
            " ward/5."
        ),
        data="Données ouvertes : demandes, signalements et lieux sous forme de fichiers",
        news_of="Nouvelles : {area}",
        titles={
            "commitments": "Engagements pris en public",
            "events": "Événements publics",
            "notices": "Avis de réunions publiques",
        },
        headings={
            "text": "Texte pour le public",
            "plan": "Plan de travail",
            "check": "Ce que nous avons vu",
            "event": "Événement",
            "promise": "Promesse confirmée",
            "kept": "Promesse tenue",
        },
    ),
    files=FileWords(
        title="Données ouvertes",
        lead=(
            "Des fichiers pour tous, sans clé. Les lieux sont donnés par leur pâté de maisons et à"
            " 100 mètres près environ. Rien n'y dit qui a demandé quelque chose."
        ),
        titles={
            "requests": "Demandes de service",
            "reports": "Signalements au bureau",
            "locations": "Lieux à problèmes persistants",
        },
        abouts={
            "requests": (
                "Demandes au système 311 de la ville, telles que nous les avons lues la dernière"
                " fois. Elles appartiennent au système 311 ; une demande close y a été close, ce"
                " qui ne veut pas dire réglée."
            ),
            "reports": (
                "Ce qui a été signalé à ce bureau par sa page publique ou une application Open311."
                " Un signalement est clos quand le bureau a dit à ceux qui l'ont fait ce qu'il est"
                " devenu."
            ),
            "locations": (
                "Lieux où les problèmes revenaient sans cesse et dont le bureau s'occupe avec les"
                " agences. Seulement ceux dont le texte a été écrit et approuvé pour le public."
            ),
        },
        as_form="{title} en {form}",
        as_of="État au {when}",
        meaning="Ce que signifient les colonnes",
        columns_of="Colonnes du fichier : {title}",
        column="Colonne",
        kind="Nature",
        means="Ce qu'elle signifie",
        kinds={
            "string": "Texte",
            "integer": "Nombre entier",
            "number": "Nombre",
            "date": "Jour",
            "datetime": "Jour et heure (UTC)",
        },
        in_english="Les colonnes sont expliquées en anglais seulement.",
        programs="Pour les logiciels",
        package="Ce que sont les fichiers et les colonnes, en Data Package",
        open311="Demandes et signalements à mesure qu'ils arrivent, par Open311",
        news="Nouvelles, engagements, événements et avis en Atom et RSS",
        calendar="Événements publics sous forme de calendrier (iCalendar)",
        small=(
            "Les fichiers CSV commencent par la marque UTF-8. Un texte qu'un tableur exécuterait"
            " comme une formule y commence par une apostrophe ; les autres formats le gardent tel"
            " quel. Parquet est produit la nuit et peut se lire par parties. Pour un fichier qui"
            " n'a pas changé, la réponse est 304."
        ),
    ),
)
