"""The lists and files for everybody in Amharic."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.everybody.words import (
    CalendarWords,
    EverybodyWords,
    FeedWords,
    FileWords,
    ListWords,
    MeetingWords,
)

AMHARIC = EverybodyWords(
    lists=ListWords(
        filters="ማጣሪያዎች",
        chosen="({n} ተመርጧል)",
        narrow="ዝርዝሩን ያጣሩ",
        show="አሳይ",
        clear="አጽዳ",
        pages="ገጾች",
        paged="በጠቅላላ {total} · ገጽ {page} ከ{pages}",
        before="ያለፈው ገጽ",
        after="ቀጣዩ ገጽ",
    ),
    meetings=MeetingWords(
        title="ክፍት ስብሰባዎች",
        lead="ለሁሉም ክፍት የሆኑ የቦርዶችና የኮሚቴዎች ስብሰባዎች፦ መቼና የት እንደሚሰበሰቡ፣ አጀንዳው ምን እንደሆነ እና ምን እንደወሰኑ።",
        body="አካል",
        all_bodies="ሁሉም አካላት",
        when="መቼ",
        shown={
            "coming": "የሚመጡ",
            "past": "ያለፉ",
            "all": "ሁሉም",
        },
        where="የት",
        stands="ሁኔታ",
        states={
            "planned": "የታቀደ",
            "held": "የተካሄደ",
            "cancelled": "የተሰረዘ",
        },
        counts={
            "one": "{n} ስብሰባ",
            "other": "{n} ስብሰባዎች",
        },
        none="እንዲህ ያለ ስብሰባ ማስታወቂያ አልወጣም።",
        minutes_out="ቃለ ጉባኤው ወጥቷል",
        of="የ{body} ስብሰባ",
        canceled="ይህ ስብሰባ ተሰርዟል።",
        moved="ይህ ስብሰባ ወደ {when} ተዛውሯል።",
        new_notice="አዲስ ማስታወቂያ ይወጣል።",
        notice="ማስታወቂያ",
        rests_on="መሠረቱ",
        starts="የሚጀምረው",
        ends="የሚያበቃው",
        join="ለመሳተፍ",
        short_notice="በአጭር ጊዜ የተነገረበት ምክንያት",
        published="የወጣው",
        version="እትም {n}",
        agenda="አጀንዳ",
        minutes="ቃለ ጉባኤ",
        minutes_of="እትም {n}፣ የወጣው {when}",
        approved="{day} ጸድቋል።",
        not_approved="አካሉ ገና አላጸደቀውም።",
        as_pdf="ቃለ ጉባኤው በPDF",
        no_minutes="ገና አልወጣም።",
        record="ቅጂ",
        recording="ቅጂው የሚገኘው፦",
        kept="ቢያንስ እስከ {day} ይቀመጣል ({law})።",
        no_record="ገና አልወጣም።",
    ),
    calendar=CalendarWords(
        title="የሕዝብ የቀን መቁጠሪያ",
        lead="በሚቀጥሉት ሦስት ወራት ጽሕፈት ቤቱን የት ማግኘት እንደሚቻል።",
        invite="ከንቲባውን ወደ ዝግጅትዎ ይጋብዙ",
        meetings="የሕዝብ አካላት ክፍት ስብሰባዎች",
        ward="ዋርድ",
        all_wards="ሁሉም ዋርዶች",
        when="መቼ",
        until="{when} እስከ {end}",
        what="ምን",
        where="የት",
        city="ከተማው በሙሉ",
        canceled="ተሰርዟል",
        counts={
            "one": "{n} ዝግጅት",
            "other": "{n} ዝግጅቶች",
        },
        none="ለሚቀጥሉት ሦስት ወራት የተነገረ ነገር የለም።",
        own_program="በራስዎ የቀን መቁጠሪያ ፕሮግራም ያንብቡት፦",
    ),
    feeds=FeedWords(
        title="ዜናውን ያለ ኢሜይል ይከታተሉ",
        lead="ለዜና አንባቢ (Atom ወይም RSS) ወይም ለካርታ (GeoJSON)። በውስጡ ያለው ለሕዝብ የተጻፈና የጸደቀ ብቻ ነው።",
        city="ከተማው በሙሉ",
        kinds="አንድ ዓይነት ዜና",
        of_kind={
            "commitments": "ቃል ኪዳኖች",
            "events": "ዝግጅቶች",
            "notices": "የክፍት ስብሰባ ማስታወቂያዎች",
        },
        wards="ዋርዶች",
        topics="ርዕሶች",
        others="ANC ወይም SMD ተመሳሳይ አድራሻ አለው፦ በward/5 ቦታ anc/5C ወይም smd/5C07 ያስገቡ።",
        data="ክፍት መረጃ፦ ጥያቄዎች፣ ሪፖርቶችና ቦታዎች በፋይል",
        news_of="ስለ {area} ዜና",
        titles={
            "commitments": "በይፋ የተገቡ ቃል ኪዳኖች",
            "events": "የሕዝብ ዝግጅቶች",
            "notices": "የክፍት ስብሰባ ማስታወቂያዎች",
        },
        headings={
            "text": "ለሕዝብ የተጻፈ",
            "plan": "የሥራ ዕቅድ",
            "check": "የታየው ሁኔታ",
            "event": "ዝግጅት",
            "promise": "የተረጋገጠ ቃል",
            "kept": "የተፈጸመ ቃል",
        },
    ),
    files=FileWords(
        title="ክፍት መረጃ",
        lead=(
            "ለሁሉም ያለ ቁልፍ የሚሆኑ ፋይሎች። ቦታዎች በብሎካቸውና እስከ 100 ሜትር ገደማ ብቻ ይገለጻሉ። ማን እንደጠየቀ የሚናገር ነገር የለም።"
        ),
        titles={
            "requests": "የአገልግሎት ጥያቄዎች",
            "reports": "ለጽሕፈት ቤቱ የቀረቡ ሪፖርቶች",
            "locations": "ችግር የሚደጋገምባቸው ቦታዎች",
        },
        abouts={
            "requests": (
                "መጨረሻ እንዳነበብናቸው የከተማው 311 ሥርዓት ጥያቄዎች። ባለቤታቸው የ311 ሥርዓት ነው፤ የተዘጋ ጥያቄ እዚያ ተዘግቷል፣ ይህ"
                " ግን ተስተካክሏል ማለት አይደለም።"
            ),
            "reports": (
                "ሰዎች በሕዝብ ገጹ ወይም በOpen311 መተግበሪያ ለዚህ ጽሕፈት ቤት ያሳወቁት። ጽሕፈት ቤቱ ውጤቱን ላሳወቁት ሰዎች ከተናገረ"
                " በኋላ ሪፖርቱ ይዘጋል።"
            ),
            "locations": (
                "ችግር የተደጋገመባቸውና ጽሕፈት ቤቱ ከመሥሪያ ቤቶች ጋር የሚሠራባቸው ቦታዎች። ለሕዝብ የተጻፈና የጸደቀ ጽሑፍ ያላቸው ብቻ።"
            ),
        },
        as_form="{title} በ{form}",
        as_of="እስከ {when} ድረስ",
        meaning="ዓምዶቹ ምን ማለት እንደሆኑ",
        columns_of="የፋይሉ ዓምዶች፦ {title}",
        column="ዓምድ",
        kind="ዓይነት",
        means="ትርጉሙ",
        kinds={
            "string": "ጽሑፍ",
            "integer": "ሙሉ ቁጥር",
            "number": "ቁጥር",
            "date": "ቀን",
            "datetime": "ቀንና ሰዓት (UTC)",
        },
        in_english="ዓምዶቹ የተብራሩት በእንግሊዝኛ ብቻ ነው።",
        programs="ለፕሮግራሞች",
        package="ፋይሎቹና ዓምዶቹ ምን እንደሆኑ፣ እንደ Data Package",
        open311="ጥያቄዎችና ሪፖርቶች እንደገቡ፣ በOpen311",
        news="ዜና፣ ቃል ኪዳኖች፣ ዝግጅቶችና ማስታወቂያዎች በAtom እና RSS",
        calendar="የሕዝብ ዝግጅቶች እንደ ቀን መቁጠሪያ (iCalendar)",
        small=(
            "የCSV ፋይሎች በUTF-8 ምልክት ይጀምራሉ። የሠንጠረዥ ፕሮግራም እንደ ቀመር የሚያስኬደው ጽሑፍ በእነሱ ውስጥ በጭረት ምልክት"
            " ይጀምራል፤ ሌሎቹ ቅርጸቶች እንዳለ ይይዙታል። Parquet በሌሊት ይዘጋጃል፣ በከፊልም ሊነበብ ይችላል። ያልተለወጠ ፋይል በ304"
            " ይመለሳል።"
        ),
    ),
)
