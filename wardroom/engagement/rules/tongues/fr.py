"""News in French."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.words import JoinWords, MailWords, PageWords, Tongue
from wardroom.kernel.languages import spoken_in

FRENCH = Tongue(
    **spoken_in("fr"),
    only_english="en anglais seulement",
    around="un rayon de {far} mile autour de {where}",
    mine={
        "smd": "votre SMD, {code}",
        "anc": "votre ANC, {code}",
        "ward": "votre Quartier {code}",
    },
    named={"smd": "SMD {code}", "anc": "ANC {code}", "ward": "Quartier {code}"},
    city="toute la ville",
    mail=MailWords(
        confirm_subject="Merci de confirmer : nouvelles sur {area}",
        confirm=(
            "Quelqu'un, vous sans doute, nous a demandé d'envoyer à cette adresse des nouvelles"
            " sur {area}.\n\nPour les recevoir, ouvrez ce lien et confirmez. Il sert une seule"
            " fois, jusqu'au {day} :\n\n{link}\n\nSi ce n'était pas vous, ne faites rien. Vous ne"
            " recevrez rien.\n"
        ),
        welcome_subject="Vous recevez des nouvelles sur {area}",
        welcome=(
            "Merci. Vous recevez désormais des nouvelles sur {area}. Quand il n'y a rien de"
            " nouveau, nous n'écrivons pas.\n\nVoir, modifier ou arrêter à tout moment"
            " :\n\n{link}\n"
        ),
        digest_subject="Nouvelles sur {area}, {day}",
        changes={
            "one": "Il y a {n} changement depuis notre dernier message.",
            "other": "Il y a {n} changements depuis notre dernier message.",
        },
        headings={
            "text": "Ce que la ville dit de certains lieux",
            "plan": "Plans de travail",
            "check": "Ce que nous avons vu sur place",
            "event": "Réunions et événements",
            "promise": "Promesses confirmées",
            "kept": "Promesses tenues",
        },
        findings={
            "clean": "Nous sommes allés voir le {day} : le problème a disparu.",
            "partly": "Nous sommes allés voir le {day} : c'est mieux, mais le problème reste.",
            "not_fixed": "Nous sommes allés voir le {day} : rien n'a changé.",
            "worse": "Nous sommes allés voir le {day} : c'est pire qu'avant.",
        },
        plan="Un plan de travail a commencé le {day}. Agences qui y participent : {agencies}.",
        promise="{who} a promis :",
        promise_by="D'ici au {day}.",
        event="{when}, {where}.",
        why="Vous recevez ce message parce que vous l'avez demandé le {day}.",
        manage="Voir, modifier ou arrêter : {link}",
        moved_subject="Les limites ont changé : {old} devient {new}",
        changed_subject="Les limites ont changé : {old}",
        moved=(
            "De nouvelles limites sont en vigueur depuis le {day}. Votre adresse était dans"
            " {old} ; elle est maintenant dans {new}. Vous recevez désormais des nouvelles sur"
            " {new}."
        ),
        redrawn=(
            "De nouvelles limites sont en vigueur depuis le {day}. {old} a de nouveaux contours."
            " Vous continuez à recevoir des nouvelles sur {old}, dans son tracé actuel."
        ),
        gone=(
            "De nouvelles limites sont en vigueur depuis le {day}. {old} n'existe plus. Nous ne"
            " vous avons placé nulle part ailleurs : vous ne recevez plus de nouvelles tant que"
            " vous n'avez pas choisi une autre zone."
        ),
        gone_to="Ce qui était {old} se trouve maintenant dans : {new}.",
        lost=(
            "De nouvelles limites sont en vigueur depuis le {day}. Nous ne savons pas où se trouve"
            " votre adresse. Vous ne recevez rien tant que vous n'avez pas choisi une zone."
        ),
        moved_back=(
            "Nous vous avons écrit que les limites avaient changé. C'était une erreur de notre"
            " part. Vous recevez de nouveau des nouvelles sur {old}, comme avant."
        ),
        letter_foot="Vous recevez cette lettre parce que vous recevez des nouvelles sur {area}.",
    ),
    pages=PageWords(
        title="Nouvelles de votre quartier",
        lead=(
            "La ville vous écrit quand quelque chose change près de chez vous : ce qu'elle fait à"
            " un endroit, ce qui y a été vu et quelles promesses ont été tenues."
        ),
        email="Votre adresse e-mail",
        language="Langue",
        area="Quelle zone ?",
        areas={
            "around": "Autour d'une adresse",
            "mine_smd": "Le SMD d'une adresse",
            "mine_anc": "L'ANC d'une adresse",
            "mine_ward": "Le ward d'une adresse",
            "named": "Un SMD, une ANC ou un ward par son nom",
            "city": "Toute la ville",
        },
        where="Adresse",
        where_help="Seulement pour une zone par adresse, par exemple 1200 First Street NE.",
        far="À quelle distance, en miles",
        district="SMD, ANC ou ward",
        district_help="Seulement pour une zone par son nom, comme 5C07, ANC 5C ou Ward 5.",
        topics="Sujets",
        topics_help="N'en choisissez aucun pour tout recevoir.",
        frequency="À quelle fréquence ?",
        frequencies={
            "daily": "Chaque jour",
            "weekly": "Chaque semaine",
            "monthly": "Chaque mois",
        },
        consent=(
            "J'accepte que le Bureau des relations communautaires de la mairie conserve cette"
            " adresse et m'envoie par e-mail des informations sur les progrès. Je peux arrêter à"
            " tout moment en un clic."
        ),
        ask="Demander des nouvelles",
        sent_title="Regardez votre courrier",
        sent="Nous avons envoyé un lien à cette adresse. Rien ne commence avant votre accord.",
        confirm_title="Confirmez votre demande",
        confirm_button="Oui, envoyez-moi des nouvelles",
        confirmed="Confirmé. Vous recevez désormais des nouvelles.",
        manage_title="Ce que vous recevez de nous",
        manage_lead="Cette page appartient à {address}. Ne transmettez pas son lien.",
        nothing="Vous ne recevez rien de nous.",
        change="Enregistrer",
        changed="Enregistré.",
        stop_one="Arrêter ceci",
        stop_all="Tout arrêter",
        stop_question="Voulez-vous arrêter toutes les nouvelles à {address} ?",
        stopped_one="Arrêté.",
        stopped_all="Vous ne recevrez plus de nouvelles de nous. Il n'y a rien d'autre à faire.",
        choose_again="Les limites ont changé. Choisissez de nouveau une zone.",
        feeds="Ou suivez-les sans e-mail",
        not_saved="Ceci n'a pas été enregistré",
        fill_in="Remplissez ce champ.",
        bad_email="Ceci n'est pas une adresse e-mail.",
        unknown_place="Adresse inconnue. Écrivez-la avec son quadrant, ou nommez un district.",
        unknown_district="Aucun district ne porte ce nom. Écrivez 5C07, ANC 5C ou Ward 5.",
        all_topics="tous les sujets",
    ),
    join=JoinWords(
        title="Rejoindre {group}",
        who="Qui peut y entrer :",
        area="Secteur :",
        name="Votre nom",
        email="Adresse e-mail",
        phone="Numéro de téléphone",
        one_is_enough="L'un des deux suffit.",
        agreed="J'accepte",
        consent=(
            "Le Bureau des relations communautaires de la mairie peut m'écrire ou m'appeler au"
            " sujet de {group} : ses réunions, ses ordres du jour et ses comptes rendus. Je"
            " peux arrêter à tout moment par le lien de chaque message ou en le disant au"
            " bureau. Mon nom et mes coordonnées sont conservés par le bureau et ne sont pas"
            " montrés au public."
        ),
        ask="Demander à rejoindre",
        thanks="Le bureau a reçu votre demande. Quelqu'un vous contactera.",
        closed=(
            "{group} n'accepte personne par lien en ce moment. Appelez le 311 pour joindre le"
            " bureau."
        ),
        no_name="Écrivez votre nom.",
        bad_name="Écrivez seulement votre nom, en 120 caractères au plus.",
        no_way="Donnez une adresse e-mail ou un numéro de téléphone.",
        bad_phone=(
            "Ce n'est pas un numéro de téléphone. Écrivez-le avec l'indicatif, comme"
            " 202-555-0147."
        ),
        not_agreed="Dites que le bureau peut vous écrire ou vous appeler au sujet de ce groupe.",
        full="Trop de personnes attendent une réponse en ce moment. Appelez plutôt le bureau.",
        slow_down="Trop de demandes sont venues d'ici en une heure. Réessayez plus tard.",
    ),
)  # fmt: skip
