"""Applying in French."""

from __future__ import annotations

from wardroom.hiring.rules.tongues.words import (
    FormWords,
    JobTongue,
    LetterWords,
    PostingPageWords,
    ReceiptWords,
)
from wardroom.kernel.languages import spoken_in

FRENCH = JobTongue(
    **spoken_in("fr"),
    posting=PostingPageWords(
        title="Emplois au bureau",
        lead=(
            "Aucun compte n'est nécessaire pour postuler. Comptez dix minutes, aussi sur un"
            " téléphone."
        ),
        none="Aucun poste n'est ouvert en ce moment.",
        until="Ouvert jusqu'à la fin du {day}",
        until_filled="Ouvert jusqu'à ce que le poste soit pourvu",
        opens="Ouvre le {day}",
        over="Cette offre est terminée.",
        grade="Échelon",
        salary="Salaire",
        a_year="{amount} par an",
        office="Bureau",
        open="Ouverture",
        close="Clôture",
        special="Recrutement particulier",
        about="À propos du bureau",
        duties="Tâches",
        requirements="Ce qui est demandé",
        preference="Préférence pour les résidents",
        security="Poste sensible pour la sécurité",
        residency="Résidence",
        apply="Postuler à cet emploi",
        not_taking="Cette offre ne reçoit pas de candidatures en ce moment.",
    ),
    form=FormWords(
        start="Postuler : {title}",
        start_lead=(
            "Nous vous envoyons un lien vers votre candidature. Ce que vous écrivez est conservé :"
            " vous pouvez vous arrêter et continuer plus tard."
        ),
        name="Votre nom",
        email="Votre adresse e-mail",
        email_help="Nous y envoyons le lien et le reçu.",
        language="Langue",
        begin="Commencer",
        working="Un instant. Nous vérifions qu'une personne écrit.",
        draft_lead=(
            "Rien n'est encore envoyé. Dernier enregistrement : {when}. Cherchez le lien dans"
            " l'e-mail à {email}."
        ),
        phone="Numéro de téléphone",
        lives_here="Habitez-vous dans la ville en ce moment ?",
        yes="Oui",
        no="Non",
        resume="CV",
        attach="Joignez votre CV",
        attach_help=(
            "PDF, DOC, DOCX, ODT, TXT ou RTF, 5 Mo au plus. Il est conservé dès que vous"
            " enregistrez."
        ),
        attached="Joint : {name}",
        take_off="Retirer ce fichier",
        paste="Ou collez votre CV ici",
        questions="Questions posées",
        optional="Vous pouvez laisser ce champ vide.",
        save="Enregistrer et continuer plus tard",
        saved="Enregistré. Vous pouvez fermer cette page et revenir par le lien.",
        send="Envoyer la candidature",
        send_lead=(
            "Après l'envoi, vous ne pouvez plus la modifier. Vous pouvez la retirer à tout moment."
        ),
        not_sent="Pas encore envoyée",
        not_saved="Quelque chose n'a pas pu être enregistré",
    ),
    receipt=ReceiptWords(
        sent="Votre candidature a été envoyée",
        sent_lead="Gardez cette page ou le reçu. Il prouve ce que vous avez envoyé, et quand.",
        number="Numéro",
        when="Envoyée",
        stands="Où elle en est",
        letters="Lettres pour vous",
        parts_lead="Ce que vous avez envoyé, chaque partie avec son empreinte (SHA-256)",
        parts={
            "person": "Votre nom et comment vous joindre",
            "resume_file": "CV, en fichier",
            "pasted": "CV, collé",
            "answers": "Les questions et vos réponses",
            "whole": "La candidature entière",
        },
        pdf="Reçu en PDF",
        withdraw="Retirer la candidature",
        withdraw_help="On ne peut pas revenir en arrière.",
        withdrawn="Vous avez retiré cette candidature.",
        closed="Ce lien n'ouvre rien, ou n'ouvre plus rien.",
    ),
    letters=LetterWords(
        link_subject="Votre candidature : {title}",
        link=(
            "Vous avez commencé à postuler pour : {title}.\n\nVoici votre propre lien. Il vous"
            " permet de continuer, d'envoyer la candidature et de voir plus tard où elle en est."
            " Ne le donnez à personne.\n\n{link}\n\nSi ce n'était pas vous, ne faites rien.\n"
        ),
        receipt_subject="Nous avons votre candidature : {title}",
        receipt=(
            "Nous avons votre candidature pour : {title}.\n\nNuméro : {number}\n"
            "Envoyée : {when}\n\nL'empreinte (SHA-256) de chaque partie :\n{parts}\n\n"
            "Voyez où elle en est, gardez le reçu ou retirez-la :\n\n{link}\n"
        ),
        stage_subject="Votre candidature : {title}",
        stages={
            "received": "Nous avons votre candidature.",
            "screening": "Le jury lit votre candidature.",
            "interview": "Le jury aimerait vous parler. Le bureau vous contactera.",
            "offer": (
                "Le bureau vous fait une offre sous condition. Elle vaut une fois que l'examen"
                " d'aptitude est terminé. Le bureau vous contactera."
            ),
            "suitability": (
                "L'examen d'aptitude a commencé. La personne qui s'en charge vous contactera."
            ),
            "appointed": (
                "Vous êtes nommé à ce poste. Le bureau vous contactera pour votre premier jour."
            ),
            "not_selected": ("Vous n'avez pas été retenu pour ce poste. Merci d'avoir postulé."),
            "offer_ended": "L'offre n'aboutit pas. Le bureau vous contactera.",
            "withdrawn": "Vous avez retiré votre candidature. Plus personne ne la lit.",
        },
        foot="Merci de ne pas répondre à ce message.",
    ),
    wrong={
        "fill_in": "Remplissez ce champ.",
        "no_name": "Écrivez votre nom.",
        "bad_email": "Ce n'est pas une adresse e-mail.",
        "no_answer": "Merci de répondre.",
        "no_resume": "Joignez votre CV ou collez-le.",
        "empty_file": "Ce fichier est vide.",
        "too_large": "Ce fichier dépasse 5 Mo.",
        "bad_type": "Joignez un fichier PDF, DOC, DOCX, ODT, TXT ou RTF.",
        "not_as_named": (
            "Ce fichier n'est pas ce que dit son nom. Enregistrez-le de nouveau en PDF et"
            " joignez-le."
        ),
        "macro": (
            "Ce fichier contient un logiciel (une macro). Enregistrez-le en PDF et joignez-le."
        ),
        "scanner_away": (
            "Le contrôle des virus ne répond pas en ce moment. Réessayez dans quelques minutes."
        ),
        "scanner_found": (
            "Le contrôle des virus a trouvé quelque chose dans ce fichier. Joignez-en un autre."
        ),
        "too_long": "C'est trop long. Merci de raccourcir.",
        "not_taking": (
            "Cette offre ne reçoit pas de candidatures en ce moment. Ce que vous avez écrit est"
            " conservé."
        ),
        "too_many": (
            "Vous en avez commencé plusieurs aujourd'hui. Cherchez notre e-mail et son lien."
        ),
        "slow_down": "Trop d'envois d'ici en une heure. Réessayez plus tard.",
    },
)
