"""Asking for records in French."""

from __future__ import annotations

from wardroom.kernel.languages import spoken_in
from wardroom.records.rules.tongues.words import (
    AskWords,
    LetterWords,
    RecordsTongue,
    StandsWords,
)

FRENCH = RecordsTongue(
    **spoken_in("fr"),
    ask=AskWords(
        title="Demander des documents publics",
        lead=(
            "Toute personne peut demander des documents de ce bureau, sans compte"
            " et sans dire pourquoi."
        ),
        clock=(
            "La loi nous donne 15 jours ouvrables pour répondre. S'il en faut"
            " jusqu'à dix de plus, nous vous disons pourquoi par écrit."
        ),
        name="Votre nom",
        email="Votre adresse e-mail",
        email_help="Nous y envoyons la réponse. Personne d'autre ne la voit.",
        language="Langue",
        words="Quels documents voulez-vous ?",
        words_help=(
            "Dites le sujet, le lieu et la période, par exemple : tout sur la"
            " ruelle derrière le bloc 1300, depuis mai."
        ),
        send="Envoyer la demande",
        working="Un instant. Nous vérifions qu'une personne écrit.",
        not_sent="Pas encore envoyé",
    ),
    stands=StandsWords(
        title="Demande de documents {number}",
        received="Reçue",
        due="Réponse due",
        asked="Ce que vous avez demandé",
        open="Nous y travaillons.",
        longer="Cela prend plus de temps, jusqu'au {day} : {reason}",
        late=(
            "Le jour de la réponse est passé. Selon la loi, cela vaut refus et"
            " vous pouvez faire appel. Nous vous devons toujours la réponse."
        ),
        making=(
            "La réponse est donnée. Les papiers sont en préparation et seront ici"
            " dans quelques minutes."
        ),
        outcomes={
            "granted": "Répondu : vous recevez tout.",
            "part": (
                "Répondu : vous en recevez une partie. La liste dit ce qui est retenu et pourquoi."
            ),
            "denied": "Répondu : les documents sont retenus. La liste dit pourquoi.",
            "none": ("Répondu : nous avons cherché et n'avons trouvé aucun document de ce genre."),
        },
        withdrawn="Cette demande a été retirée.",
        appealed="Vous avez fait appel. La décision est due le {day}.",
        upheld="Après votre appel, la réponse est maintenue : {reason}",
        appeal=(
            "Si vous n'êtes pas d'accord avec la réponse, vous pouvez faire appel"
            " par écrit auprès de la mairie, qui décide sous dix jours ouvrables."
            " Vous pouvez aussi aller en justice."
        ),
        answer="La réponse",
        fetch="Obtenir les documents (fichier ZIP)",
        fingerprint="Empreinte du fichier",
        closed="Ce lien n'ouvre rien, ou n'ouvre plus rien.",
    ),
    letters=LetterWords(
        receipt_subject="Votre demande de documents {number}",
        receipt=(
            "Nous avons reçu votre demande de documents. Son numéro est {number}."
            " La réponse est due le {day}.\n\nOù elle en est, à tout moment :"
            " {link}"
        ),
        longer_subject="Votre demande de documents {number} prend plus de temps",
        longer=(
            "Votre demande de documents prend plus de 15 jours ouvrables. La"
            " raison : {reason}\n\nLa réponse est maintenant due le {day}. Où elle"
            " en est : {link}"
        ),
        answer_subject="Votre demande de documents {number} a sa réponse",
        answer="{outcome}\n\nLes papiers, et comment faire appel : {link}",
        foot="Merci de ne pas répondre à ce message.",
    ),
    wrong={
        "fill_in": "Remplissez ce champ.",
        "bad_email": "Ce n'est pas une adresse e-mail.",
        "no_words": "Dites quels documents vous voulez.",
        "no_name": "Écrivez votre nom.",
        "too_long": "C'est trop long. Merci de raccourcir.",
        "slow_down": "Trop d'envois d'ici en une heure. Réessayez plus tard.",
    },
)
