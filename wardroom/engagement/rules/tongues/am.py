"""News in Amharic."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.words import JoinWords, MailWords, PageWords, Tongue
from wardroom.kernel.languages import spoken_in

AMHARIC = Tongue(
    **spoken_in("am"),
    only_english="በእንግሊዝኛ ብቻ",
    around="ከ{where} ዙሪያ {far} ማይል",
    mine={"smd": "የእርስዎ SMD {code}", "anc": "የእርስዎ ANC {code}", "ward": "የእርስዎ ዋርድ {code}"},
    named={"smd": "SMD {code}", "anc": "ANC {code}", "ward": "ዋርድ {code}"},
    city="ከተማው በሙሉ",
    mail=MailWords(
        confirm_subject="እባክዎ ያረጋግጡ፦ ስለ {area} ዜና",
        confirm=(
            "አንድ ሰው (እርስዎ እንደሆኑ ተስፋ እናደርጋለን) ስለ {area} ዜና ወደዚህ አድራሻ እንድንልክ ጠይቆናል።\n\n"
            "ለማግኘት ይህን አገናኝ ከፍተው ያረጋግጡ። እስከ {day} ድረስ አንድ ጊዜ ብቻ ይሠራል፦\n\n{link}\n\n"
            "እርስዎ ካልሆኑ ምንም አያድርጉ። ምንም አይደርስዎትም።\n"
        ),
        welcome_subject="ስለ {area} ዜና ይደርስዎታል",
        welcome=(
            "እናመሰግናለን። ከአሁን ጀምሮ ስለ {area} ዜና ይደርስዎታል። አዲስ ነገር በማይኖርበት ጊዜ አንጽፍም።\n\n"
            "በማንኛውም ጊዜ እዚህ ማየት፣ መቀየር ወይም ማቆም ይችላሉ፦\n\n{link}\n"
        ),
        digest_subject="ስለ {area} ዜና፣ {day}",
        changes={
            "one": "ለመጨረሻ ጊዜ ከጻፍንልዎ በኋላ {n} ለውጥ አለ።",
            "other": "ለመጨረሻ ጊዜ ከጻፍንልዎ በኋላ {n} ለውጦች አሉ።",
        },
        headings={
            "text": "ከተማው ስለ ቦታዎች የሚለው",
            "plan": "የሥራ ዕቅዶች",
            "check": "ሄደን ስናይ ያገኘነው",
            "event": "ስብሰባዎች እና ዝግጅቶች",
            "promise": "የተረጋገጡ ቃል ኪዳኖች",
            "kept": "የተፈጸሙ ቃል ኪዳኖች",
        },
        findings={
            "clean": "በ{day} አይተናል፦ ችግሩ ጠፍቷል።",
            "partly": "በ{day} አይተናል፦ ተሻሽሏል፣ ነገር ግን ችግሩ አልጠፋም።",
            "not_fixed": "በ{day} አይተናል፦ እንደነበረው ነው።",
            "worse": "በ{day} አይተናል፦ ከበፊቱ ብሷል።",
        },
        plan="የሥራ ዕቅድ በ{day} ተጀምሯል። የሚሳተፉ መሥሪያ ቤቶች፦ {agencies}።",
        promise="{who} ቃል የገቡት፦",
        promise_by="እስከ {day}።",
        event="{when}፣ {where}።",
        why="ይህ የደረሰዎት በ{day} ስለጠየቁ ነው።",
        manage="ለማየት፣ ለመቀየር ወይም ለማቆም፦ {link}",
        moved_subject="ወሰኖች ተቀይረዋል፦ {old} አሁን {new} ነው",
        changed_subject="ወሰኖች ተቀይረዋል፦ {old}",
        moved=(
            "አዲስ ወሰኖች ከ{day} ጀምሮ ይሠራሉ። አድራሻዎ በ{old} ውስጥ ነበር፤ አሁን በ{new} ውስጥ ነው።"
            " ከአሁን ጀምሮ ስለ {new} ዜና ይደርስዎታል።"
        ),
        redrawn=(
            "አዲስ ወሰኖች ከ{day} ጀምሮ ይሠራሉ። {old} አዲስ ወሰን አለው። አሁን ባለው ወሰን መሠረት ስለ {old}"
            " ዜና መቀበልዎን ይቀጥላሉ።"
        ),
        gone=(
            "አዲስ ወሰኖች ከ{day} ጀምሮ ይሠራሉ። {old} ከእንግዲህ የለም። ወደ ሌላ አካባቢ አላዛወርንዎትም፦ አዲስ"
            " አካባቢ እስኪመርጡ ድረስ ዜና አይደርስዎትም።"
        ),
        gone_to="{old} የነበረው አሁን የሚገኘው በእነዚህ ውስጥ ነው፦ {new}።",
        lost=(
            "አዲስ ወሰኖች ከ{day} ጀምሮ ይሠራሉ። አድራሻዎ የት እንደሚገኝ ማወቅ አልቻልንም። አካባቢ እስኪመርጡ"
            " ድረስ ዜና አይደርስዎትም።"
        ),
        moved_back=(
            "ወሰኖች እንደተቀየሩ ጽፈንልዎ ነበር። የእኛ ስህተት ነበር። እንደ በፊቱ ስለ {old} ዜና ይደርስዎታል።"
        ),
        letter_foot="ይህ ደብዳቤ የደረሰዎት ስለ {area} ዜና ስለሚቀበሉ ነው።",
    ),
    pages=PageWords(
        title="የአካባቢዎ ዜና",
        lead=(
            "በአቅራቢያዎ አንድ ነገር ሲቀየር ከተማው ይጽፍልዎታል፦ በአንድ ቦታ የሚሠራውን፣ እዚያ የታየውን እና የትኞቹ"
            " ቃል ኪዳኖች እንደተፈጸሙ።"
        ),
        email="የኢሜይል አድራሻዎ",
        language="ቋንቋ",
        area="የትኛው አካባቢ?",
        areas={
            "around": "በአንድ አድራሻ ዙሪያ",
            "mine_smd": "አድራሻው ያለበት SMD",
            "mine_anc": "አድራሻው ያለበት ANC",
            "mine_ward": "አድራሻው ያለበት Ward",
            "named": "SMD፣ ANC ወይም Ward በስሙ",
            "city": "ከተማው በሙሉ",
        },
        where="አድራሻ",
        where_help="አካባቢን በአድራሻ ለመምረጥ ብቻ፣ ለምሳሌ 1200 First Street NE።",
        far="በዙሪያው ምን ያህል ርቀት፣ በማይል",
        district="SMD፣ ANC ወይም Ward",
        district_help="አካባቢን በስም ለመምረጥ ብቻ፣ ለምሳሌ 5C07፣ ANC 5C ወይም Ward 5።",
        topics="ርዕሶች",
        topics_help="ሁሉንም ለማግኘት ምንም አይምረጡ።",
        frequency="በየስንት ጊዜ?",
        frequencies={"daily": "በየቀኑ", "weekly": "በየሳምንቱ", "monthly": "በየወሩ"},
        consent=(
            "የከንቲባው የማህበረሰብ ግንኙነት ጽሕፈት ቤት ይህን አድራሻ እንዲያስቀምጥ እና የሥራ ሂደት መረጃ በኢሜይል"
            " እንዲልክልኝ እስማማለሁ። በማንኛውም ጊዜ በአንድ ጠቅታ ማቆም እችላለሁ።"
        ),
        ask="ዜና ይጠይቁ",
        sent_title="ኢሜይልዎን ይመልከቱ",
        sent="ወደዚህ አድራሻ አገናኝ ልከናል። ከፍተው እስኪያረጋግጡ ድረስ ምንም አይጀምርም።",
        confirm_title="ይህን እንደሚፈልጉ ያረጋግጡ",
        confirm_button="አዎ፣ ዜና ይላኩልኝ",
        confirmed="ተረጋግጧል። ከአሁን ጀምሮ ዜና ይደርስዎታል።",
        manage_title="ከእኛ የሚደርስዎ",
        manage_lead="ይህ ገጽ የ{address} ነው። አገናኙን ለሌላ አይስጡ።",
        nothing="ከእኛ ምንም አይደርስዎትም።",
        change="አስቀምጥ",
        changed="ተቀምጧል።",
        stop_one="ይህን አቁም",
        stop_all="ሁሉንም አቁም",
        stop_question="ወደ {address} የሚላከውን ዜና ሁሉ ማቆም ይፈልጋሉ?",
        stopped_one="ቆሟል።",
        stopped_all="ከእንግዲህ ከእኛ ዜና አይደርስዎትም። ሌላ ምንም ማድረግ አያስፈልግም።",
        choose_again="ወሰኖች ተቀይረዋል። አካባቢ እንደገና ይምረጡ።",
        feeds="ወይም ያለ ኢሜይል ይከታተሉ",
        not_saved="አልተቀመጠም",
        fill_in="ይህን ይሙሉ።",
        bad_email="ይህ የኢሜይል አድራሻ አይደለም።",
        unknown_place="ይህን አድራሻ አናውቀውም። ከአቅጣጫው (እንደ NE) ጋር ይጻፉት ወይም የአካባቢ ስም ይጻፉ።",
        unknown_district="በዚህ ስም አካባቢ የለም። እንደ 5C07፣ ANC 5C ወይም Ward 5 ይጻፉ።",
        all_topics="ሁሉም ርዕሶች",
    ),
    join=JoinWords(
        title="{group}ን ይቀላቀሉ",
        who="ማን መቀላቀል ይችላል፦",
        area="አካባቢ፦",
        name="ስምዎ",
        email="የኢሜይል አድራሻ",
        phone="ስልክ ቁጥር",
        one_is_enough="ከሁለቱ አንዱ ይበቃል።",
        agreed="እስማማለሁ",
        consent=(
            "የከንቲባው የማህበረሰብ ግንኙነት ጽሕፈት ቤት ስለ {group} ስብሰባዎች፣ አጀንዳዎች እና ቃለ ጉባኤዎች ሊጽፍልኝ ወይም"
            " ሊደውልልኝ ይችላል። በእያንዳንዱ መልእክት ባለው አገናኝ ወይም ለጽሕፈት ቤቱ በመንገር በማንኛውም ጊዜ ማቆም እችላለሁ። ስሜን"
            " እና መገኛዬን ጽሕፈት ቤቱ ያስቀምጣል፤ ለሕዝብ አይታዩም።"
        ),
        ask="ለመቀላቀል ይጠይቁ",
        thanks="ጽሕፈት ቤቱ ጥያቄዎን ተቀብሏል። አንድ ሰው ያነጋግርዎታል።",
        closed=(
            "{group} በአሁኑ ጊዜ በአገናኝ ማንንም አይቀበልም። ጽሕፈት ቤቱን ለማግኘት ወደ 311 ይደውሉ።"
        ),
        no_name="ስምዎን ይጻፉ።",
        bad_name="ስምዎን ብቻ ከ120 ፊደላት ባልበለጠ ይጻፉ።",
        no_way="የኢሜይል አድራሻ ወይም ስልክ ቁጥር ይስጡ።",
        bad_phone=(
            "ይህ ስልክ ቁጥር አይደለም። ከአካባቢ ኮዱ ጋር ይጻፉት፣ ለምሳሌ 202-555-0147።"
        ),
        not_agreed=(
            "ጽሕፈት ቤቱ ስለዚህ ቡድን ሊጽፍልዎ ወይም ሊደውልልዎ እንደሚችል ይግለጹ።"
        ),
        full=(
            "በአሁኑ ጊዜ መልስ የሚጠብቁ በጣም ብዙ ናቸው። በምትኩ ወደ ጽሕፈት ቤቱ ይደውሉ።"
        ),
        slow_down=(
            "በአንድ ሰዓት ውስጥ ከዚህ በጣም ብዙ ጥያቄ ተልኳል። ቆይተው እንደገና ይሞክሩ።"
        ),
    ),
)  # fmt: skip
