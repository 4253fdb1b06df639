"""The neighborhood in French."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.near.words import (
    FigureWords,
    LookWords,
    MapWords,
    NearWords,
    PlaceWords,
    PromiseWords,
)

FRENCH = NearWords(
    title="Ce que la ville fait près de chez vous",
    lead=(
        "Les lieux où les problèmes reviennent sans cesse : qui fait quoi, depuis quand et"
        " jusqu'à quand, et ce que nous avons vu sur place."
    ),
    find="Trouvez votre quartier",
    address="Votre adresse",
    address_help="Par exemple 1200 First Street NE. Nous ne la conservons pas.",
    look="Afficher",
    wards="Choisissez un ward",
    inside="Dans {area}",
    around="Autour",
    city="toute la ville",
    events="Réunions et événements",
    when="Quand",
    where="Où",
    no_events="Rien n'est annoncé pour les trois prochains mois.",
    canceled="Annulé",
    more_events="Où rencontrer le bureau",
    more_meetings="Toutes les réunions publiques",
    news="Recevoir par e-mail des nouvelles sur {area}",
    feed="Suivre {area} dans un lecteur de flux",
    boundaries="Limites en vigueur depuis le {day}.",
    places=PlaceWords(
        title="Les lieux dont le bureau s'occupe",
        counts={"one": "{n} lieu", "other": "{n} lieux"},
        none="Il n'y a ici aucun lieu dont le public puisse lire quelque chose.",
        place="Lieu",
        text="Ce que dit la ville",
        approved="Approuvé pour le public le {day}.",
        since="En cours depuis le {day}",
        watched="Sous surveillance depuis le {day}",
        next_by="Prochaine échéance : {day}",
        overdue="En retard depuis le {day}",
        all_here="Tout ce qui est public sur ce lieu",
        lies_in="Ce lieu se trouve dans",
        plan="Le plan",
        plan_lead=(
            "Qui fait quoi, depuis quand et jusqu'à quand."
            " La première promesse reste à côté de l'échéance actuelle."
        ),
        no_plan="Aucune étape du plan n'est publique.",
        agency="Agence",
        what="Quoi",
        asked="Demandé le",
        first="Première promesse",
        until="Jusqu'au",
        stands="État",
        states={
            "requested": "Demandé ; pas encore de réponse",
            "accepted": "Promis",
            "declined": "Refusé",
            "countered": "Autre date proposée",
            "done": "Fait, dit l'agence",
        },
        also="Demandé aussi à : {agencies}.",
        seen="Ce que nous avons vu",
        not_seen="Personne n'est encore allé voir.",
        findings={
            "fixed": "Nous sommes allés voir le {day} : c'était fait.",
            "partly": "Nous sommes allés voir le {day} : c'était fait en partie.",
            "not_fixed": "Nous sommes allés voir le {day} : ce n'était pas fait.",
        },
        done_on="Fait le {day}, dit l'agence",
    ),
    promises=PromiseWords(
        title="Promesses",
        who="Qui",
        lead="Ce qui a été promis en public ici ou pour toute la ville.",
        none="Il n'y a ici aucune promesse publiée.",
        makers={
            "mayor": "Le maire",
            "council": "Le Conseil",
            "federal": "Une agence fédérale",
            "congress": "Le Congrès",
            "agency": "Une agence du District",
            "office": "Ce bureau",
        },
        by_day="D'ici au {day}",
        no_day="Aucune date n'a été donnée",
        moved="d'abord le {day}",
        kept="Tenue le {day}",
    ),
    figures=FigureWords(
        title="Services de la ville dans {area}",
        lead=(
            "Ces chiffres comptent ce qui a été signalé au 311."
            " Ils ne disent pas où les problèmes sont les pires."
        ),
        names={
            "on_time": "Fait à temps",
            "time": "La moitié est close en",
            "open": "Ouvertes ce jour-là",
        },
        meanings={
            "on_time": (
                "Parmi les demandes qui devaient être réglées avant ce jour, la part qui l'a été à"
                " temps. Celles qui restent ouvertes comptent comme en retard. Doublons,"
                " transferts et essais ne sont pas comptés."
            ),
            "time": (
                "Le temps au bout duquel la moitié des demandes était close ; celles qui restent"
                " ouvertes comptent pour le temps de leur attente."
            ),
            "open": "Ce qui est ouvert ce jour-là, sans doublons, transferts ni essais.",
        },
        percent="{n} %",
        days={"one": "{n} jour", "other": "{n} jours"},
        under_a_day="moins d'un jour",
        between="probablement de {lower} à {upper}",
        of={"one": "sur {n} demande", "other": "sur {n} demandes"},
        hidden="Non montré : trop peu pour le dire, ou moins de cinq",
        definition="Définition {n}",
        as_of="Données au {day}. Demandes depuis le {since}.",
        none="Rien n'a encore été mesuré ici.",
    ),
    map=MapWords(
        label=(
            "Carte des lieux dont le bureau s'occupe : {area}. La liste ci-dessous dit la"
            " même chose."
        ),
        place="Carte de l'endroit où se trouve ce lieu : {place}",
        instead="La carte ne marche pas ici. La liste dit la même chose.",
        place_instead="La carte ne marche pas ici. Ce lieu : {place}.",
        key="Ce que montre la carte",
        worked="Un lieu dont le bureau s'occupe",
        watched="Un lieu que le bureau surveille seulement",
        edge="La limite de : {area}",
        here="Ce lieu",
        exact=(
            "Un point montre le pâté de maisons, pas une maison. Il est juste à environ 100 mètres."
        ),
        zoom_in="Agrandir",
        zoom_out="Réduire",
        close="Fermer",
    ),
    looks=LookWords(
        title="Ce que nous avons vu, visite par visite",
        levels={
            "clean": "Disparu",
            "partly": "Mieux",
            "not_fixed": "Pareil",
            "worse": "Pire",
        },
        summary="Nous sommes allés voir {n} fois, du {first} au {last}. {newest}",
        meaning=(
            "Chaque point est une fois où quelqu'un du bureau est allé voir. Les visites qui"
            " n'ont rien pu dire ne sont pas comptées, et seules les 20 dernières sont"
            " montrées."
        ),
    ),
)
