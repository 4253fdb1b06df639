"""The topics in the languages of the District beside English, as the public reads them."""

from __future__ import annotations

from collections.abc import Mapping

# In the order of CODES: Spanish, Amharic, Chinese, French, Korean, Vietnamese.
CODES = ("es", "am", "zh", "fr", "ko", "vi")
NAMES: Mapping[str, tuple[str, ...]] = {
    "Bulk collection and pick-ups": (
        "Recogida de objetos grandes",
        "ትላልቅ ዕቃዎችን ማንሳት",
        "大件垃圾收集",
        "Collecte des encombrants",
        "대형 폐기물 수거",
        "Thu gom đồ cồng kềnh",
    ),
    "Permits, meters and information": (
        "Permisos, parquímetros e información",
        "ፈቃዶች፣ ቆጣሪዎችና መረጃ",
        "许可证、停车计时器和信息",
        "Permis, parcmètres et informations",
        "허가, 주차 미터기 및 안내",
        "Giấy phép, đồng hồ đậu xe và thông tin",
    ),
    "Illegal dumping": (
        "Vertidos ilegales de basura",
        "ሕገወጥ ቆሻሻ መጣል",
        "非法倾倒垃圾",
        "Dépôts sauvages",
        "불법 투기",
        "Đổ rác trái phép",
    ),
    "Trash, litter and dirty alleys": (
        "Basura y callejones sucios",
        "ቆሻሻና የቆሸሹ መተላለፊያዎች",
        "垃圾和肮脏的小巷",
        "Ordures, détritus et ruelles sales",
        "쓰레기와 더러운 골목",
        "Rác và ngõ hẻm bẩn",
    ),
    "Rats and other vermin": (
        "Ratas y otras plagas",
        "አይጦችና ሌሎች ተባዮች",
        "老鼠和其他害虫",
        "Rats et autres nuisibles",
        "쥐와 기타 해충",
        "Chuột và các loài gây hại khác",
    ),
    "Graffiti and posters": (
        "Grafitis y carteles",
        "የግድግዳ ጽሑፎችና ፖስተሮች",
        "涂鸦和海报",
        "Graffitis et affiches",
        "낙서와 포스터",
        "Hình vẽ bậy và áp phích",
    ),
    "Streetlights out": (
        "Alumbrado público apagado",
        "የጠፉ የመንገድ መብራቶች",
        "路灯不亮",
        "Éclairage public en panne",
        "꺼진 가로등",
        "Đèn đường bị tắt",
    ),
    "Signals, signs and markings": (
        "Semáforos, señales y marcas viales",
        "የትራፊክ መብራቶች፣ ምልክቶችና ቀለሞች",
        "交通信号、标志和标线",
        "Feux, panneaux et marquages",
        "신호등, 표지판 및 노면 표시",
        "Đèn tín hiệu, biển báo và vạch kẻ đường",
    ),
    "Potholes, roads and alleys": (
        "Baches, calles y callejones",
        "የመንገድ ጉድጓዶች፣ መንገዶችና መተላለፊያዎች",
        "坑洞、道路和小巷",
        "Nids-de-poule, rues et ruelles",
        "도로 파임, 도로와 골목",
        "Ổ gà, đường và ngõ hẻm",
    ),
    "Broken sidewalks": (
        "Aceras rotas",
        "የተሰበሩ የእግረኛ መንገዶች",
        "破损的人行道",
        "Trottoirs abîmés",
        "파손된 보도",
        "Vỉa hè hư hỏng",
    ),
    "Vacant and unsafe buildings": (
        "Edificios vacíos y peligrosos",
        "ባዶና አደገኛ ሕንፃዎች",
        "空置和危险的建筑",
        "Bâtiments vides ou dangereux",
        "빈 건물과 위험한 건물",
        "Nhà bỏ trống và không an toàn",
    ),
    "Abandoned vehicles": (
        "Vehículos abandonados",
        "የተተዉ ተሽከርካሪዎች",
        "废弃车辆",
        "Véhicules abandonnés",
        "방치 차량",
        "Xe bị bỏ lại",
    ),
    "Parking enforcement": (
        "Control de estacionamiento",
        "የመኪና ማቆሚያ ቁጥጥር",
        "停车执法",
        "Contrôle du stationnement",
        "주차 단속",
        "Kiểm soát đậu xe",
    ),
    "Broken parking meters": (
        "Parquímetros averiados",
        "የተበላሹ የመኪና ማቆሚያ ቆጣሪዎች",
        "损坏的停车计时器",
        "Parcmètres en panne",
        "고장 난 주차 미터기",
        "Đồng hồ đậu xe bị hỏng",
    ),
    "Trees": ("Árboles", "ዛፎች", "树木", "Arbres", "나무", "Cây xanh"),
    "Snow and ice": (
        "Nieve y hielo",
        "በረዶ",
        "冰雪",
        "Neige et verglas",
        "눈과 얼음",
        "Tuyết và băng",
    ),
    "Water, drains and flooding": (
        "Agua, desagües e inundaciones",
        "ውሃ፣ ፍሳሽና ጎርፍ",
        "供水、排水和积水",
        "Eau, égouts et inondations",
        "수도, 배수 및 침수",
        "Nước, cống thoát và ngập lụt",
    ),
    "Noise and nightlife": (
        "Ruido y vida nocturna",
        "ጫጫታና የምሽት እንቅስቃሴ",
        "噪音和夜生活",
        "Bruit et vie nocturne",
        "소음과 야간 영업",
        "Tiếng ồn và hoạt động về đêm",
    ),
    "Parks and public grounds": (
        "Parques y espacios públicos",
        "መናፈሻዎችና የሕዝብ ቦታዎች",
        "公园和公共场地",
        "Parcs et espaces publics",
        "공원과 공공장소",
        "Công viên và khu đất công cộng",
    ),
    "Other": ("Otros", "ሌላ", "其他", "Autres", "기타", "Khác"),
}


def topic_in(language: str, name: str) -> str:
    """A topic in one of these languages; as it is where the office named it otherwise."""
    names = NAMES.get(name)
    return names[CODES.index(language)] if names and language in CODES else name
