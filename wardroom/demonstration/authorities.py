"""Whom neighbors call about what is not the city's; the numbers are invented, as all are here."""

from __future__ import annotations

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.demonstration.loader import Plan
from wardroom.library.actions import keep_authority
from wardroom.library.models import OtherAuthority
from wardroom.library.rules.authorities import Authority

PARTS = ("name", "about", "hours", "words")
ALWAYS = {
    "es": "A toda hora",
    "am": "በማንኛውም ሰዓት",
    "zh": "全天候",
    "fr": "À toute heure",
    "ko": "24시간",
    "vi": "Bất cứ giờ nào",
}
BY_DAY = {
    "es": "De lunes a viernes, de 8 a 17",
    "am": "ከሰኞ እስከ ዓርብ፣ ከጠዋቱ 2 ሰዓት እስከ ቀኑ 11 ሰዓት",
    "zh": "周一至周五，8:00 至 17:00",
    "fr": "Du lundi au vendredi, de 8 h à 17 h",
    "ko": "월요일부터 금요일, 8시부터 17시",
    "vi": "Thứ Hai đến thứ Sáu, 8 giờ đến 17 giờ",
}


def _said(hours: dict[str, str], **by_language: tuple[str, str, str]) -> dict[str, dict[str, str]]:
    """By language: a name, what is theirs, and the words that mean it."""
    return {
        code: dict(zip(PARTS, (name, about, hours[code], words), strict=True))
        for code, (name, about, words) in by_language.items()
    }


LISTED = (
    Authority(
        code="power_company",
        name="The power company",
        about="Power poles and wires, and power that is out.",
        phone="202-555-0105",
        hours="At all hours",
        words=(
            "power pole, utility pole, power line, electric line, electric wire, power cable, "
            "overhead wire, hanging cable, power outage, no power, transformer"
        ),
        owner_code="UTILITY",
        translations=_said(
            ALWAYS,
            es=(
                "La compañía eléctrica",
                "Postes y cables de electricidad, y cortes de luz.",
                "cable de luz, cable eléctrico, cable de electricidad, cable de alta tensión, "
                "cable de corriente, línea eléctrica, tendido eléctrico, "
                "poste eléctrico, poste de electricidad, apagón, corte de luz, se fue la luz, "
                "transformador",
            ),
            am=(
                "የኤሌክትሪክ ኩባንያ",
                "የኤሌክትሪክ ምሰሶዎችና ሽቦዎች፣ እና የመብራት መቋረጥ።",
                "የኤሌክትሪክ ምሰሶ, የኤሌክትሪክ ሽቦ, የመብራት ሽቦ, የኤሌክትሪክ መስመር, መብራት ጠፋ",
            ),
            zh=("电力公司", "电线杆、电线和停电。", "电线, 电缆, 高压线, 电线杆, 停电, 变压器"),
            fr=(
                "La compagnie d’électricité",
                "Poteaux et câbles électriques, et pannes de courant.",
                "câble électrique, ligne électrique, fil électrique, ligne à haute tension, "
                "poteau électrique, panne de courant, coupure de courant, transformateur",
            ),
            ko=(
                "전력 회사",
                "전봇대와 전선, 그리고 정전.",
                "전선, 전깃줄, 고압선, 전봇대, 정전, 변압기",
            ),
            vi=(
                "Công ty điện lực",
                "Cột điện và dây điện, và khi mất điện.",
                "dây điện, cáp điện, cột điện, trụ điện, mất điện, cúp điện, máy biến áp",
            ),
        ),
    ),
    Authority(
        code="transit",
        name="The transit authority",
        about="Stations, trains, buses and bus shelters.",
        phone="202-555-0104",
        hours="At all hours",
        words="metro station, subway, bus stop, bus shelter, escalator, metrobus",
        owner_code="TRANSIT",
        translations=_said(
            ALWAYS,
            es=(
                "La autoridad de transporte",
                "Estaciones, trenes, autobuses y paradas.",
                "estación de metro, estación del metro, parada de autobús, parada del autobús, "
                "parada de bus, parada del bus, marquesina, escalera mecánica",
            ),
            am=(
                "የትራንዚት ባለሥልጣን",
                "ጣቢያዎች፣ ባቡሮች፣ አውቶቡሶችና የአውቶቡስ መጠለያዎች።",
                "የሜትሮ ጣቢያ, የባቡር ጣቢያ, የአውቶቡስ ማቆሚያ, የአውቶብስ ማቆሚያ",
            ),
            zh=(
                "公共交通管理局",
                "车站、列车、公交车和候车亭。",
                "地铁, 公交站, 公交车站, 巴士站, 候车亭, 自动扶梯",
            ),
            fr=(
                "La régie des transports",
                "Stations, trains, bus et abribus.",
                "station de métro, station du métro, arrêt de bus, arrêt du bus, abribus, "
                "escalator, escalier roulant",
            ),
            ko=(
                "교통국",
                "역, 열차, 버스와 버스 정류장.",
                "지하철, 버스 정류장, 버스정류장, 에스컬레이터",
            ),
            vi=(
                "Cơ quan giao thông công cộng",
                "Nhà ga, tàu, xe buýt và trạm chờ.",
                "ga tàu điện, tàu điện ngầm, trạm xe buýt, bến xe buýt, thang cuốn",
            ),
        ),
    ),
    Authority(
        code="park_service",
        name="The National Park Service",
        about="Federal circles, squares, monuments and parks.",
        phone="202-555-0101",
        hours="Monday to Friday, 8 a.m. to 5 p.m.",
        words="national park, national mall, monument, memorial, federal land, park police",
        owner_code="NPS",
        translations=_said(
            BY_DAY,
            es=(
                "El Servicio de Parques Nacionales",
                "Rotondas, plazas, monumentos y parques federales.",
                "parque nacional, parque federal, monumento, terreno federal",
            ),
            am=(
                "የብሔራዊ ፓርኮች አገልግሎት",
                "የፌዴራል አደባባዮች፣ ሐውልቶችና ፓርኮች።",
                "ብሔራዊ ፓርክ, ሐውልት, የፌዴራል መሬት",
            ),
            zh=(
                "国家公园管理局",
                "联邦的环岛、广场、纪念碑和公园。",
                "国家公园, 国家广场, 纪念碑, 联邦土地",
            ),
            fr=(
                "Le Service des parcs nationaux",
                "Ronds-points, places, monuments et parcs fédéraux.",
                "parc national, parc fédéral, monument, terrain fédéral",
            ),
            ko=(
                "국립공원관리청",
                "연방 소유의 원형 교차로, 광장, 기념물과 공원.",
                "국립공원, 기념비, 연방 토지",
            ),
            vi=(
                "Cục Công viên Quốc gia",
                "Vòng xoay, quảng trường, đài tưởng niệm và công viên của liên bang.",
                "công viên quốc gia, đài tưởng niệm, đất liên bang",
            ),
        ),
    ),
    Authority(
        code="highways",
        name="The highway administration",
        about="Interstates, their ramps and signs, and roads of the neighboring states.",
        phone="202-555-0106",
        hours="At all hours",
        words=(
            "interstate, beltway, highway sign, highway ramp, exit ramp, state road, I-295, I-395, "
            "I-495, I-695"
        ),
        translations=_said(
            ALWAYS,
            es=(
                "La administración de autopistas",
                "Autopistas interestatales, con sus rampas y señales, y caminos de otros estados.",
                "autopista, autovía, carretera estatal, interestatal, rampa de salida",
            ),
            am=(
                "የአውራ ጎዳናዎች አስተዳደር",
                "አውራ ጎዳናዎች፣ መውጫዎቻቸውና ምልክቶቻቸው፣ እና የአጎራባች ስቴቶች መንገዶች።",
                "አውራ ጎዳና, ፈጣን መንገድ",
            ),
            zh=(
                "公路管理局",
                "州际公路及其匝道和标志，以及邻州的道路。",
                "州际公路, 高速公路, 州道",
            ),
            fr=(
                "L’administration des autoroutes",
                "Autoroutes, leurs bretelles et panneaux, et routes des États voisins.",
                "autoroute, bretelle, route d’État",
            ),
            ko=(
                "도로청",
                "주간 고속도로와 그 진입로 및 표지판, 인접 주의 도로.",
                "고속도로, 주간 도로, 주도로",
            ),
            vi=(
                "Cơ quan quản lý xa lộ",
                "Xa lộ liên bang, lối ra vào và biển báo, và đường của các tiểu bang lân cận.",
                "xa lộ, cao tốc, đường tiểu bang",
            ),
        ),
    ),
    Authority(
        code="maryland_neighbors",
        name="Neighboring counties in Maryland",
        about="Streets, trash and houses on the Maryland side of the line.",
        phone="301-555-0107",
        hours="Monday to Friday, 8 a.m. to 5 p.m.",
        words="Silver Spring, Takoma Park, Bethesda, Chevy Chase MD, Hyattsville, Mount Rainier MD",
        outside=True,
        translations=_said(
            BY_DAY,
            es=(
                "Condados vecinos de Maryland",
                "Calles, basura y casas del lado de Maryland.",
                "condado de montgomery, condado de prince george",
            ),
            am=("የሜሪላንድ አጎራባች ካውንቲዎች", "በሜሪላንድ በኩል ያሉ መንገዶች፣ ቆሻሻና ቤቶች።", "ሲልቨር ስፕሪንግ, ሜሪላንድ"),
            zh=("马里兰州的邻县", "马里兰州一侧的街道、垃圾和房屋。", "银泉, 贝塞斯达, 马里兰"),
            fr=(
                "Comtés voisins du Maryland",
                "Rues, ordures et maisons du côté du Maryland.",
                "comté de montgomery, comté de prince george",
            ),
            ko=(
                "메릴랜드의 인접 카운티",
                "메릴랜드 쪽의 거리, 쓰레기와 집.",
                "실버스프링, 베데스다, 메릴랜드",
            ),
            vi=(
                "Các quận lân cận ở Maryland",
                "Đường phố, rác và nhà ở bên phía Maryland.",
                "quận montgomery, quận prince george",
            ),
        ),
    ),
    Authority(
        code="virginia_neighbors",
        name="Neighboring cities in Virginia",
        about="Streets, trash and houses on the Virginia side of the river.",
        phone="703-555-0108",
        hours="Monday to Friday, 8 a.m. to 5 p.m.",
        words="Arlington VA, Arlington Virginia, Alexandria VA, Alexandria Virginia, Crystal City",
        outside=True,
        translations=_said(
            BY_DAY,
            es=(
                "Ciudades vecinas de Virginia",
                "Calles, basura y casas del lado de Virginia.",
                "arlington en virginia, alexandria en virginia",
            ),
            am=("የቨርጂኒያ አጎራባች ከተሞች", "በቨርጂኒያ በኩል ያሉ መንገዶች፣ ቆሻሻና ቤቶች።", "አርሊንግተን, አሌክሳንድሪያ"),
            zh=("弗吉尼亚州的邻市", "弗吉尼亚州一侧的街道、垃圾和房屋。", "阿灵顿, 亚历山德里亚"),
            fr=(
                "Villes voisines de Virginie",
                "Rues, ordures et maisons du côté de la Virginie.",
                "arlington en virginie, alexandria en virginie",
            ),
            ko=("버지니아의 인접 도시", "버지니아 쪽의 거리, 쓰레기와 집.", "알링턴, 알렉산드리아"),
            vi=(
                "Các thành phố lân cận ở Virginia",
                "Đường phố, rác và nhà ở bên phía Virginia.",
                "arlington ở virginia, alexandria ở virginia",
            ),
        ),
    ),
)


def show_authorities(plan: Plan) -> int:
    """Six authorities that are not the city's; how many residents are told of."""
    if not OtherAuthority.objects.exists():
        for kept in LISTED:
            stamp = Stamp(actor=SYSTEM, at=plan.now, window=Window.WORKER)
            keep_authority(None, kept=kept, new=True, stamp=stamp)
    return OtherAuthority.objects.count()
