"""Reporting and following in French."""

from __future__ import annotations

from wardroom.casework.rules.tongues.words import (
    DangerWords,
    FollowWords,
    FormWords,
    LetterWords,
    Told,
)
from wardroom.kernel.languages import spoken_in

FRENCH = Told(
    **spoken_in("fr"),
    ward="le Quartier {code}",
    only_english="en anglais seulement",
    danger=DangerWords(
        always=(
            "Quelqu'un est en danger ? Appelez le 911 tout de suite. Personne ne lit cette page à"
            " la minute."
        ),
        small=(
            "Pour un ramassage oublié ou un seul nid-de-poule, le 311 est plus rapide : appelez"
            " le 311. Cette page est faite pour les problèmes qui durent ou qui reviennent."
        ),
        say={
            "gas": "Une odeur de gaz ? Sortez, puis appelez le 911 et Washington Gas.",
            "wires": "Un câble est tombé ? Ne vous approchez pas. Appelez le 911, puis Pepco.",
            "life": "Cela semble mettre une vie en danger. Appelez le 911 avant de continuer.",
            "cold": (
                "Quelqu'un est dehors dans le froid ? Appelez la ligne des refuges,"
                " 202-399-7093. Sans réponse, appelez le 911."
            ),
        },
        words={
            "gas": ("fuite de gaz", "odeur de gaz", "sent le gaz"),
            "wires": (
                "câble tombé", "câble au sol", "étincelles", "câble + tomb", "câble + pend ",
                "câble + pendent", "câble + par terre", "fil électrique + tomb",
                "fil électrique + pend ", "fils électriques + pendent", "fils électriques + tomb",
                "ligne électrique + tomb", "ligne électrique + pend ",
            ),
            "life": (
                "incendie", "en feu", "coups de feu", "poignard", "overdose", "inconscient",
                "ne respire pas", "coincé", "effondr",
            ),
            "cold": ("pas de chauffage", "hypothermie", "meurt de froid"),
        },
        ground="Ce terrain est à {owner}. La ville ne peut pas y ordonner de travaux.",
        ground_phone="Vous pouvez les appeler : {phone}.",
        still_send="Vous pouvez quand même envoyer votre signalement. Nous le transmettons.",
        others=(
            "Ce que vous signalez dépend peut-être d’autres services. Vous pouvez les appeler :"
        ),
        others_outside="Pour les lieux hors du District, vous pouvez appeler :",
    ),
    form=FormWords(
        title="Signaler un problème",
        lead=(
            "Une lampe éteinte, des ordures, des rats, un trottoir abîmé : dites-le au bureau de"
            " la Maire. Vous n'avez pas besoin de compte."
        ),
        step="Étape {n} sur {of}",
        go_on="Suivant",
        back="Retour",
        photo="Prendre une photo",
        photos="Vos photos",
        photos_help=(
            "Trois au plus. Montrez le problème, sans visage ni plaque d'immatriculation. Vous"
            " pouvez laisser ce champ vide."
        ),
        photos_kept="Ces photos sont déjà jointes :",
        photos_drop="La retirer",
        photos_again="Vos photos n'ont pas été gardées. Choisissez-les à nouveau avant d'envoyer.",
        photo_placed="Nous avons pris le lieu de votre photo. Merci de le vérifier.",
        where="Où est-ce ?",
        place="Adresse ou coin de rue",
        place_help="Avec son quadrant, par exemple 1200 First Street NE.",
        here="Prendre le lieu où je suis",
        on_map="Le choisir sur la carte",
        map_label="Carte pour choisir le lieu : touchez, ou bougez avec les flèches, puis Entrée",
        map_instead="La carte ne marche pas ici. Écrivez plutôt l'adresse.",
        meant="Ce lieu : {place}",
        place_sure="L'adresse est juste et se trouve dans le District. Prenez-la telle quelle.",
        what="Que se passe-t-il ?",
        said="Dites-le avec vos mots",
        said_help="Dans n'importe quelle langue. N'écrivez pas le nom d'autres personnes.",
        topic="Quel genre de problème est-ce ?",
        topic_help="C'est vous qui décidez. Si rien ne convient, dites que vous n'êtes pas sûr.",
        unsure="Je ne suis pas sûr",
        guess="D'après vos mots : {topic}, sûr à {percent} %",
        guess_basis=(
            "Une supposition, apprise de {n} signalements le {day}. Elle ne décide rien : c'est"
            " vous qui choisissez."
        ),
        questions="Quelques questions",
        near="Quelqu'un l'a-t-il déjà signalé ?",
        near_help="Ils sont tout près et du même genre. Si c'est l'un d'eux, ajoutez votre voix.",
        near_row="{topic}, {place}, depuis le {day}",
        near_away="à environ {n} mètres",
        voices={"one": "{n} personne l'a signalé", "other": "{n} personnes l'ont signalé"},
        me_too="Je vois celui-ci aussi",
        another="Non, le mien est un autre",
        contact="Comment pouvons-nous vous joindre ?",
        contact_help=(
            "Vous pouvez laisser ces champs vides. Personne hors du bureau ne les voit. Avec une"
            " adresse e-mail, nous vous envoyons le lien vers votre signalement et ce qu'il"
            " devient."
        ),
        name="Votre nom",
        email="Adresse e-mail",
        phone="Numéro de téléphone",
        consent="Le bureau peut m'écrire ou m'appeler au sujet de ce signalement.",
        yes="Oui",
        no="Non",
        check="Chercher les questions et les signalements tout près",
        send="Envoyer le signalement",
        working="Un instant : votre appareil fait un petit calcul qui arrête les machines.",
        optional="(facultatif)",
        not_sent="Ce n'est pas encore envoyé",
        wrong={
            "fill_in": "Remplissez ce champ.",
            "choose": "Choisissez une des réponses.",
            "place_missing": "Dites où c'est.",
            "place_unknown": (
                "Nous ne trouvons pas cette adresse. Écrivez-la avec son quadrant, ou choisissez"
                " le lieu sur la carte."
            ),
            "place_outside": "Ce lieu est hors du District. Nous ne pouvons rien y faire.",
            "said_missing": "Dites en quelques mots ce qui se passe.",
            "too_long": "C'est trop long. Merci de raccourcir.",
            "bad_answer": "Cette réponse ne va pas avec la question.",
            "bad_email": "Ce n'est pas une adresse e-mail.",
            "bad_phone": "Ce n'est pas un numéro de téléphone. Écrivez-le avec l'indicatif.",
            "bad_name": "Écrivez votre nom seul, en 120 lettres au plus.",
            "not_agreed": "Dites que nous pouvons écrire ou appeler, ou laissez ces champs vides.",
            "scanner_away": (
                "Le contrôle des virus ne répond pas en ce moment. Réessayez dans quelques minutes."
            ),
            "scanner_found": (
                "Le contrôle des virus a trouvé quelque chose dans ce fichier. Joignez-en un autre."
            ),
            "bad_file": "Nous ne pouvons pas prendre ce fichier. Envoyez JPEG, PNG ou WebP.",
            "phone_file": (
                "Ce type de photo ne peut pas être lu ici. Choisissez JPEG, ou réglez le téléphone"
                " sur « Le plus compatible »."
            ),
            "large_file": "Une photo dépasse 20 Mo.",
            "many_files": "Envoyez trois photos au plus.",
            "slow_down": (
                "Trop de signalements sont venus d'ici en une heure. Essayez plus tard, ou"
                " appelez le 311."
            ),
            "gone": "On ne peut plus choisir cela. Regardez la page à nouveau.",
        },
    ),
    follow=FollowWords(
        thanks="Merci. Nous avons votre signalement.",
        title="Votre signalement {number}",
        number="Numéro",
        kind="Genre de problème",
        place="Lieu",
        reported="Signalé le",
        your_words="Ce que vous nous avez dit",
        who="Qui s'en occupe",
        role="Le chargé de liaison du bureau de la Maire pour {ward}",
        role_no_ward=(
            "Le bureau de la Maire. Nous ne savons pas encore de quel quartier électoral il"
            " s'agit ; nous le cherchons d'abord."
        ),
        next="Nous regardons au plus tard le {day}.",
        keep_link="Gardez l'adresse de cette page : elle vous ramène à votre signalement.",
        mailed="Nous l'envoyons aussi à l'adresse e-mail que vous avez donnée.",
        joined="D'autres l'ont signalé aussi. Votre voix est ajoutée aux leurs.",
        private="Cette page est à vous seul. Ne donnez pas son adresse.",
        status="Où cela en est",
        received="Nous l'avons, et quelqu'un s'en occupe.",
        asked={
            "one": "Nous avons demandé à {n} service d'y travailler.",
            "other": "Nous avons demandé à {n} services d'y travailler.",
        },
        promised="Un service l'a promis pour le {day}.",
        returned="C'est revenu, donc nous y travaillons de nouveau.",
        closed="Nous l'avons clos le {day} : {outcome}.",
        outcomes={
            "fixed": "réparé",
            "partly_fixed": "réparé en partie",
            "not_fixed": "pas réparé",
            "referred": "d'autres l'ont maintenant ; ce qu'ils font ne dépend pas de nous",
            "no_action": "il n'y avait rien à faire",
            "duplicate": "c'est le même qu'un autre signalement",
        },
        what_was_said="Ce que le bureau vous a dit",
        history="Ce qui a été dit jusqu'ici",
        facts="Ce que nous savons",
        fact_lines={
            "done": (
                "Un service a dit le {day} que c'est fait.",
                "Aucun service n'a dit que c'est fait.",
            ),
            "seen": ("Nous sommes allés voir le {day}.", "Nous ne sommes pas allés voir."),
            "told": (
                "Nous vous avons dit le {day} ce qu'il est devenu.",
                "Nous ne vous avons pas encore dit la fin.",
            ),
            "back": ("C'est revenu le {day}.", "Ce n'est pas revenu, à notre connaissance."),
        },
        asks="Le bureau vous demande",
        answer="Votre réponse",
        send_answer="Envoyer la réponse",
        answered="Vous avez répondu le {day} :",
        answer_kept="Merci. Le bureau a votre réponse.",
        still="Est-ce toujours là ?",
        still_help="Dites-le chaque fois que vous le voyez, même après que nous l'avons clos.",
        still_words="Que voyez-vous maintenant ?",
        still_send="C'est toujours là",
        still_noted="C'est noté. La personne qui s'en occupe le voit.",
        still_opened="Merci. Nous l'avons rouvert, et cela compte comme un retour.",
        rating="Est-ce résolu ?",
        rating_help="Votre réponse est comptée, et le bureau la lit.",
        ratings={
            "yes": "Oui, c'est résolu",
            "partly": "En partie",
            "no": "Non, ce n'est pas résolu",
        },
        rating_words="Voulez-vous ajouter quelque chose ?",
        rating_send="Envoyer",
        rating_kept="Merci. Le bureau a votre réponse.",
        nothing_opens="Ce lien n'ouvre rien. Vous pouvez demander vos liens à nouveau.",
        wait="Trop d'essais sont venus d'ici. Attendez un peu, puis essayez à nouveau.",
        mine_title="Renvoyez-moi mes liens",
        mine_lead="Donnez l'adresse e-mail de votre signalement. Les liens y sont envoyés.",
        mine_send="Envoyer mes liens",
        mine_sent=(
            "S'il y a des signalements de cette adresse, leurs liens sont en route. Regardez"
            " votre courrier dans quelques minutes."
        ),
        another_report="Signaler autre chose",
    ),
    letter=LetterWords(
        receipt_subject="Nous avons votre signalement {number}",
        receipt=(
            "Merci de nous l'avoir dit.\n\n"
            "Numéro : {number}\nLieu : {place}\nQui s'en occupe : {who}\n{next}\n\n"
            "Suivez-le ici, dites-nous qu'il est toujours là, ou ajoutez quelque chose :\n\n"
            "{link}\n"
        ),
        next="Nous regardons au plus tard le {day}.",
        told_subject="Ce que devient votre signalement {number}",
        told=(
            "{text}\n\nIl s'agit de votre signalement {number} : {what}.\n\n"
            "Si ce n'est pas juste, ou si cela revient, dites-le ici. Vous pouvez aussi dire si"
            " c'est résolu :\n\n{link}\n"
        ),
        question_subject="Une question sur votre signalement {number}",
        question=(
            "La personne qui s'occupe de votre signalement {number} vous demande :\n\n{text}\n\n"
            "Répondez ici :\n\n{link}\n"
        ),
        links_subject="Les liens vers vos signalements",
        links=(
            "Quelqu'un, vous sans doute, a demandé les liens vers les signalements de cette"
            " adresse :\n\n{links}\n\nSi ce n'était pas vous, ne faites rien. Personne d'autre ne"
            " les a reçus.\n"
        ),
        foot="Une personne lit votre réponse à ce message.",
    ),
)  # fmt: skip
