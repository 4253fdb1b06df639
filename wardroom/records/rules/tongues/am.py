"""Asking for records in Amharic."""

from __future__ import annotations

from wardroom.kernel.languages import spoken_in
from wardroom.records.rules.tongues.words import (
    AskWords,
    LetterWords,
    RecordsTongue,
    StandsWords,
)

AMHARIC = RecordsTongue(
    **spoken_in("am"),
    ask=AskWords(
        title="የመንግሥት መዝገቦችን መጠየቅ",
        lead="ማንኛውም ሰው ያለ መለያና ለምን እንደሆነ ሳይናገር የዚህን ቢሮ መዝገቦች መጠየቅ ይችላል።",
        clock=("ሕጉ መልስ ለመስጠት 15 የሥራ ቀናት ይሰጠናል። እስከ አሥር ተጨማሪ ቀናት ካስፈለገ ምክንያቱን በጽሑፍ እንነግርዎታለን።"),
        name="ስምዎ",
        email="የኢሜይል አድራሻዎ",
        email_help="መልሱን ወደዚያ እንልካለን። ሌላ ማንም አያየውም።",
        language="ቋንቋ",
        words="የትኞቹን መዝገቦች ይፈልጋሉ?",
        words_help=("ጉዳዩን፣ ቦታውንና ጊዜውን ይግለጹ፤ ለምሳሌ፦ ከሜይ ጀምሮ ከ1300 ብሎክ ጀርባ ስላለው መንገድ ሁሉንም ነገር።"),
        send="ጥያቄውን ይላኩ",
        working="አንድ ጊዜ ይጠብቁ። የሚጽፈው ሰው መሆኑን እያረጋገጥን ነው።",
        not_sent="እስካሁን አልተላከም",
    ),
    stands=StandsWords(
        title="የመዝገብ ጥያቄ {number}",
        received="የደረሰበት ቀን",
        due="መልስ የሚሰጥበት ቀን",
        asked="የጠየቁት",
        open="እየሠራንበት ነው።",
        longer="እስከ {day} ድረስ ተጨማሪ ጊዜ ይወስዳል፦ {reason}",
        late=("የመልሱ ቀን አልፏል። በሕጉ መሠረት ይህ እንደ እምቢታ ይቆጠራል፣ ይግባኝ ማለት ይችላሉ። መልሱን አሁንም መስጠት አለብን።"),
        making="መልስ ተሰጥቷል። ወረቀቶቹ እየተዘጋጁ ነው፤ በጥቂት ደቂቃዎች ውስጥ እዚህ ይገኛሉ።",
        outcomes={
            "granted": "መልስ ተሰጥቷል፦ ሁሉንም ያገኛሉ።",
            "part": "መልስ ተሰጥቷል፦ ከፊሉን ያገኛሉ። ያልተሰጠው ምን እንደሆነና ለምን እንደሆነ ዝርዝሩ ይናገራል።",
            "denied": "መልስ ተሰጥቷል፦ መዝገቦቹ አይሰጡም። ምክንያቱን ዝርዝሩ ይናገራል።",
            "none": "መልስ ተሰጥቷል፦ ፈልገን እንዲህ ያለ መዝገብ አላገኘንም።",
        },
        withdrawn="ይህ ጥያቄ ተመልሷል።",
        appealed="ይግባኝ ብለዋል። ውሳኔው እስከ {day} ይሰጣል።",
        upheld="ከይግባኝዎ በኋላ መልሱ ይጸናል፦ {reason}",
        appeal=(
            "በመልሱ ካልተስማሙ ለከንቲባው በጽሑፍ ይግባኝ ማለት ይችላሉ፤ ከንቲባው በአሥር የሥራ ቀናት ውስጥ ይወስናሉ።"
            " ወደ ፍርድ ቤትም መሄድ ይችላሉ።"
        ),
        answer="መልሱ",
        fetch="መዝገቦቹን ያግኙ (ZIP ፋይል)",
        fingerprint="የፋይሉ አሻራ",
        closed="ይህ ሊንክ ምንም አይከፍትም፣ ወይም ከእንግዲህ አይከፍትም።",
    ),
    letters=LetterWords(
        receipt_subject="የመዝገብ ጥያቄዎ {number}",
        receipt=(
            "የመዝገብ ጥያቄዎ ደርሶናል። ቁጥሩ {number} ነው። መልሱ እስከ {day} ይሰጣል።\n\nየት እንደደረሰ በማንኛውም ጊዜ፦ {link}"
        ),
        longer_subject="የመዝገብ ጥያቄዎ {number} ተጨማሪ ጊዜ ይወስዳል",
        longer=(
            "የመዝገብ ጥያቄዎ ከ15 የሥራ ቀናት በላይ ይወስዳል። ምክንያቱ፦ {reason}\n\nመልሱ አሁን እስከ {day}"
            " ይሰጣል። የት እንደደረሰ፦ {link}"
        ),
        answer_subject="የመዝገብ ጥያቄዎ {number} መልስ አግኝቷል",
        answer="{outcome}\n\nወረቀቶቹና ይግባኝ የሚሉበት መንገድ፦ {link}",
        foot="እባክዎ ለዚህ መልእክት መልስ አይጻፉ።",
    ),
    wrong={
        "fill_in": "ይህን ይሙሉ።",
        "bad_email": "ይህ የኢሜይል አድራሻ አይደለም።",
        "no_words": "የትኞቹን መዝገቦች እንደሚፈልጉ ይናገሩ።",
        "no_name": "ስምዎን ይጻፉ።",
        "too_long": "ይህ በጣም ረጅም ነው። እባክዎ ያሳጥሩት።",
        "slow_down": "ከዚህ በአንድ ሰዓት ውስጥ በጣም ብዙ ተልኳል። በኋላ እንደገና ይሞክሩ።",
    },
)
