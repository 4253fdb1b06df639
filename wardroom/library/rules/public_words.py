"""What the public reads about topics, and is asked, in the languages beside English."""

from __future__ import annotations

from collections.abc import Mapping

# In this order: Spanish, Amharic, Chinese, French, Korean, Vietnamese.
CODES = ("es", "am", "zh", "fr", "ko", "vi")
SAID: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "Streets and sidewalks": (
        "Calles y aceras", "መንገዶችና የእግረኛ መንገዶች", "街道和人行道", "Rues et trottoirs", "도로와 보도",
        "Đường phố và vỉa hè",
    ),
    "Trash and rats": (
        "Basura y ratas", "ቆሻሻና አይጦች", "垃圾和老鼠", "Ordures et rats", "쓰레기와 쥐",
        "Rác và chuột",
    ),
    "Buildings and noise": (
        "Edificios y ruido", "ሕንፃዎችና ጫጫታ", "建筑和噪音", "Bâtiments et bruit", "건물과 소음",
        "Nhà cửa và tiếng ồn",
    ),
    "Trees, parks and water": (
        "Árboles, parques y agua", "ዛፎች፣ መናፈሻዎችና ውሃ", "树木、公园和水", "Arbres, parcs et eau",
        "나무, 공원 및 물", "Cây xanh, công viên và nước",
    ),
    "Yes": ("Sí", "አዎ", "是", "Oui", "예", "Có"),
    "No": ("No", "አይ", "否", "Non", "아니요", "Không"),
    "I am not sure": (
        "No estoy seguro", "እርግጠኛ አይደለሁም", "我不确定", "Je ne sais pas", "잘 모르겠습니다",
        "Tôi không chắc",
    ),
    "Is a wire down, or do you smell gas? Keep away and call 911 first.": (
        "¿Hay un cable caído o huele a gas? Aléjese y llame primero al 911.",
        "የወደቀ ሽቦ አለ ወይስ ጋዝ ይሸታል? ርቀው ይቁሙና መጀመሪያ 911 ይደውሉ።",
        "有电线掉落或闻到煤气味吗？请远离，并先拨打 911。",
        "Un câble est tombé ou ça sent le gaz ? Éloignez-vous et appelez d’abord le 911.",
        "전선이 떨어졌거나 가스 냄새가 나나요? 멀리 떨어져 먼저 911에 전화하십시오.",
        "Có dây điện rơi hoặc mùi khí ga? Hãy tránh xa và gọi 911 trước.",
    ),
    "Can somebody get hurt?": (
        "¿Puede alguien hacerse daño?", "ሰው ሊጎዳ ይችላል?", "会有人受伤吗？",
        "Quelqu’un peut-il se blesser ?", "누군가 다칠 수 있나요?",
        "Có thể có người bị thương không?",
    ),
    "Where exactly is it?": (
        "¿Dónde está exactamente?", "በትክክል የት ነው?", "具体在哪里？", "Où est-ce exactement ?",
        "정확히 어디에 있나요?", "Chính xác ở đâu?",
    ),
    "On the street": (
        "En la calle", "በመንገዱ ላይ", "在街道上", "Dans la rue", "도로 위", "Trên đường",
    ),
    "On the sidewalk": (
        "En la acera", "በእግረኛ መንገድ ላይ", "在人行道上", "Sur le trottoir", "보도 위", "Trên vỉa hè",
    ),
    "In an alley": (
        "En un callejón", "በመተላለፊያ ውስጥ", "在小巷里", "Dans une ruelle", "골목 안", "Trong ngõ",
    ),
    "In a park": (
        "En un parque", "በመናፈሻ ውስጥ", "在公园里", "Dans un parc", "공원 안", "Trong công viên",
    ),
    "On private ground": (
        "En terreno privado", "በግል ይዞታ ላይ", "在私人土地上", "Sur un terrain privé", "사유지",
        "Trên đất tư nhân",
    ),
    "Somewhere else": ("En otro lugar", "ሌላ ቦታ", "其他地方", "Ailleurs", "다른 곳", "Ở nơi khác"),
    "How long has it been so?": (
        "¿Desde hace cuánto tiempo?", "ከመቼ ጀምሮ ነው?", "这种情况有多久了？",
        "Depuis combien de temps ?", "얼마나 오래되었나요?", "Tình trạng này đã bao lâu rồi?",
    ),
    "Since today": (
        "Desde hoy", "ከዛሬ ጀምሮ", "从今天开始", "Depuis aujourd’hui", "오늘부터", "Từ hôm nay",
    ),
    "A few days": ("Unos días", "ጥቂት ቀናት", "几天", "Quelques jours", "며칠", "Vài ngày"),
    "A few weeks": ("Unas semanas", "ጥቂት ሳምንታት", "几周", "Quelques semaines", "몇 주", "Vài tuần"),
    "Longer": ("Más tiempo", "ከዚያ በላይ", "更久", "Plus longtemps", "더 오래", "Lâu hơn"),
    "How much is it?": (
        "¿Cuánto es?", "ምን ያህል ነው?", "有多少？", "Combien y en a-t-il ?", "양이 얼마나 되나요?",
        "Có bao nhiêu?",
    ),
    "A bag or two": (
        "Una o dos bolsas", "አንድ ወይም ሁለት ከረጢት", "一两袋", "Un ou deux sacs", "한두 봉지",
        "Một hai bao",
    ),
    "As much as fits into a car": (
        "Lo que cabe en un auto", "መኪና የሚይዘውን ያህል", "能装满一辆轿车", "De quoi remplir une voiture",
        "승용차 한 대 분량", "Vừa một xe hơi",
    ),
    "As much as fits into a truck": (
        "Lo que cabe en un camión", "የጭነት መኪና የሚይዘውን ያህል", "能装满一辆卡车",
        "De quoi remplir un camion", "트럭 한 대 분량", "Vừa một xe tải",
    ),
    "More than that": (
        "Más que eso", "ከዚያ በላይ", "比那更多", "Plus que cela", "그보다 많음", "Nhiều hơn nữa",
    ),
    "Furniture, tires, building waste or bags that somebody left where they do not belong.": (
        "Muebles, llantas, escombros o bolsas que alguien dejó donde no deben estar.",
        "ሰው በማይገባ ቦታ የተወው የቤት ዕቃ፣ ጎማ፣ የግንባታ ፍርስራሽ ወይም ከረጢት።",
        "有人丢弃在不该丢的地方的家具、轮胎、建筑垃圾或袋子。",
        "Meubles, pneus, gravats ou sacs laissés là où ils ne devraient pas être.",
        "누군가 아무 데나 버린 가구, 타이어, 건축 폐기물 또는 봉지.",
        "Đồ đạc, lốp xe, vật liệu xây dựng hoặc bao rác bị bỏ không đúng chỗ.",
    ),
    "What was dumped?": (
        "¿Qué tiraron?", "ምን ተጣለ?", "丢弃了什么？", "Qu’a-t-on jeté ?", "무엇이 버려졌나요?",
        "Thứ gì bị đổ?",
    ),
    "Household trash": (
        "Basura doméstica", "የቤት ቆሻሻ", "生活垃圾", "Ordures ménagères", "생활 쓰레기",
        "Rác sinh hoạt",
    ),
    "Furniture or mattresses": (
        "Muebles o colchones", "የቤት ዕቃ ወይም ፍራሽ", "家具或床垫", "Meubles ou matelas",
        "가구나 매트리스", "Đồ đạc hoặc nệm",
    ),
    "Building material": (
        "Material de construcción", "የግንባታ ዕቃ", "建筑材料", "Matériaux de construction",
        "건축 자재", "Vật liệu xây dựng",
    ),
    "Tires": ("Llantas", "ጎማዎች", "轮胎", "Pneus", "타이어", "Lốp xe"),
    "Paint, oil or chemicals": (
        "Pintura, aceite o químicos", "ቀለም፣ ዘይት ወይም ኬሚካል", "油漆、油或化学品",
        "Peinture, huile ou produits chimiques", "페인트, 기름 또는 화학 물질",
        "Sơn, dầu hoặc hóa chất",
    ),
    "Something else": ("Otra cosa", "ሌላ ነገር", "其他", "Autre chose", "그 밖의 것", "Thứ khác"),
    "Trash that was not picked up, full litter cans, dirty alleys and streets.": (
        "Basura que no se recogió, cestos llenos, callejones y calles sucios.",
        "ያልተነሳ ቆሻሻ፣ የሞሉ የቆሻሻ መጣያዎች፣ የቆሸሹ መተላለፊያዎችና መንገዶች።",
        "没有收走的垃圾、装满的垃圾桶、肮脏的小巷和街道。",
        "Ordures non ramassées, poubelles pleines, ruelles et rues sales.",
        "수거되지 않은 쓰레기, 가득 찬 쓰레기통, 더러운 골목과 거리.",
        "Rác không được thu gom, thùng rác đầy, ngõ và đường phố bẩn.",
    ),
    "Rats, their burrows, or other vermin outside.": (
        "Ratas, sus madrigueras u otras plagas en el exterior.",
        "አይጦች፣ ጉድጓዶቻቸው ወይም ሌሎች ተባዮች ከቤት ውጭ።", "室外的老鼠、鼠洞或其他害虫。",
        "Rats, leurs terriers ou autres nuisibles à l’extérieur.",
        "실외의 쥐, 쥐구멍 또는 기타 해충.",
        "Chuột, hang chuột hoặc các loài gây hại khác ở ngoài trời.",
    ),
    "What did you see?": (
        "¿Qué vio?", "ምን አዩ?", "您看到了什么？", "Qu’avez-vous vu ?", "무엇을 보셨나요?",
        "Quý vị thấy gì?",
    ),
    "Live rats": (
        "Ratas vivas", "በሕይወት ያሉ አይጦች", "活老鼠", "Des rats vivants", "살아 있는 쥐", "Chuột sống",
    ),
    "Burrows": ("Madrigueras", "የአይጥ ጉድጓዶች", "鼠洞", "Des terriers", "쥐구멍", "Hang chuột"),
    "Droppings": ("Excrementos", "የአይጥ ፋንድያ", "鼠粪", "Des crottes", "쥐똥", "Phân chuột"),
    "Gnawed bins or doors": (
        "Botes o puertas roídos", "የተቆረጠሙ መጣያዎች ወይም በሮች", "被咬坏的垃圾桶或门",
        "Des poubelles ou des portes rongées", "갉아 먹은 통이나 문", "Thùng rác hoặc cửa bị gặm",
    ),
    "Graffiti, or posters where they do not belong.": (
        "Grafitis, o carteles donde no deben estar.", "የግድግዳ ጽሑፎች ወይም በማይገባ ቦታ ያሉ ፖስተሮች።",
        "涂鸦，或贴在不该贴的地方的海报。",
        "Graffitis, ou affiches là où elles ne devraient pas être.",
        "낙서 또는 붙이면 안 되는 곳의 포스터.", "Hình vẽ bậy, hoặc áp phích dán không đúng chỗ.",
    ),
    "Does it threaten or insult somebody? Write what it says.": (
        "¿Amenaza o insulta a alguien? Escriba lo que dice.", "ሰውን ያስፈራራል ወይም ይሰድባል? የሚለውን ይጻፉ።",
        "它是否威胁或侮辱他人？请写下内容。",
        "Menace-t-il ou insulte-t-il quelqu’un ? Écrivez ce qu’il dit.",
        "누군가를 위협하거나 모욕하나요? 내용을 적어 주십시오.",
        "Có đe dọa hoặc xúc phạm ai không? Hãy viết nội dung.",
    ),
    "Streetlights that are out, blink, or burn by day.": (
        "Luces de la calle apagadas, que parpadean o encendidas de día.",
        "የጠፉ፣ ብልጭ ድርግም የሚሉ ወይም ቀን የሚበሩ የመንገድ መብራቶች።", "不亮、闪烁或白天亮着的路灯。",
        "Éclairage public éteint, qui clignote ou allumé le jour.",
        "꺼졌거나 깜박이거나 낮에 켜져 있는 가로등.",
        "Đèn đường bị tắt, nhấp nháy hoặc sáng ban ngày.",
    ),
    "How many lights is it about?": (
        "¿Cuántas luces son?", "ስንት መብራቶች ናቸው?", "涉及多少盏灯？",
        "De combien de lampes s’agit-il ?", "가로등 몇 개인가요?", "Có bao nhiêu đèn?",
    ),
    "Number on the pole, if you can read it": (
        "Número del poste, si lo puede leer", "በምሰሶው ላይ ያለ ቁጥር፣ ማንበብ ከቻሉ",
        "灯杆上的编号（如果看得清）", "Numéro sur le poteau, si vous pouvez le lire",
        "기둥에 적힌 번호(읽을 수 있으면)", "Số trên cột, nếu quý vị đọc được",
    ),
    "Traffic signals, street signs, crosswalks and road markings.": (
        "Semáforos, señales, cruces peatonales y marcas viales.",
        "የትራፊክ መብራቶች፣ ምልክቶች፣ የእግረኛ ማቋረጫዎችና የመንገድ ቀለሞች።", "交通信号灯、路牌、人行横道和路面标线。",
        "Feux, panneaux, passages piétons et marquages au sol.",
        "신호등, 표지판, 횡단보도 및 노면 표시.",
        "Đèn tín hiệu, biển báo, lối qua đường và vạch kẻ đường.",
    ),
    "What is wrong?": (
        "¿Qué problema hay?", "ችግሩ ምንድን ነው?", "出了什么问题？", "Quel est le problème ?",
        "무엇이 문제인가요?", "Có vấn đề gì?",
    ),
    "It is dark": ("Está apagado", "ጠፍቷል", "不亮", "Il est éteint", "꺼져 있음", "Bị tắt"),
    "It does not change": (
        "No cambia", "አይቀየርም", "不变换", "Il ne change pas", "바뀌지 않음", "Không đổi",
    ),
    "It is missing": ("Falta", "የለም", "缺失", "Il manque", "없어짐", "Bị mất"),
    "It is damaged": ("Está dañado", "ተበላሽቷል", "损坏", "Il est abîmé", "파손됨", "Bị hỏng"),
    "It is faded": ("Está borroso", "ደብዝዟል", "褪色", "Il est effacé", "색이 바램", "Bị mờ"),
    "Potholes and broken surfaces of streets and alleys.": (
        "Baches y pavimento roto en calles y callejones.", "የመንገድ ጉድጓዶችና የተበላሹ የመንገድና የመተላለፊያ ገጾች።",
        "坑洞以及破损的街道和小巷路面。", "Nids-de-poule et chaussées abîmées des rues et ruelles.",
        "도로와 골목의 파인 곳과 파손된 노면.", "Ổ gà và mặt đường, mặt ngõ bị hỏng.",
    ),
    "How large is it?": (
        "¿Qué tamaño tiene?", "ምን ያህል ትልቅ ነው?", "有多大？", "De quelle taille est-ce ?",
        "얼마나 큰가요?", "Lớn bao nhiêu?",
    ),
    "As large as a plate": (
        "Como un plato", "እንደ ሳህን", "像盘子那么大", "Comme une assiette", "접시만 함",
        "Bằng cái đĩa",
    ),
    "As large as a tire": (
        "Como una llanta", "እንደ ጎማ", "像轮胎那么大", "Comme un pneu", "타이어만 함", "Bằng lốp xe",
    ),
    "Larger": ("Más grande", "ከዚያ የሚበልጥ", "更大", "Plus grand", "더 큼", "Lớn hơn"),
    "Broken, raised or blocked sidewalks.": (
        "Aceras rotas, levantadas u obstruidas.", "የተሰበሩ፣ የተነሱ ወይም የተዘጉ የእግረኛ መንገዶች።",
        "破损、隆起或被堵塞的人行道。", "Trottoirs cassés, soulevés ou bloqués.",
        "깨졌거나 솟았거나 막힌 보도.", "Vỉa hè bị vỡ, gồ lên hoặc bị chắn.",
    ),
    "Can a wheelchair or a stroller get past?": (
        "¿Puede pasar una silla de ruedas o un cochecito?", "ተሽከርካሪ ወንበር ወይም የሕፃን ጋሪ ማለፍ ይችላል?",
        "轮椅或婴儿车能通过吗？", "Un fauteuil roulant ou une poussette peut-il passer ?",
        "휠체어나 유모차가 지나갈 수 있나요?", "Xe lăn hoặc xe đẩy em bé có qua được không?",
    ),
    "Empty buildings that are open, unsafe, or a nuisance.": (
        "Edificios vacíos que están abiertos, son peligrosos o molestan.",
        "ክፍት የሆኑ፣ አደገኛ ወይም የሚያስቸግሩ ባዶ ሕንፃዎች።", "敞开、不安全或扰民的空置建筑。",
        "Bâtiments vides ouverts, dangereux ou gênants.",
        "열려 있거나 위험하거나 폐를 끼치는 빈 건물.",
        "Nhà bỏ trống bị mở, không an toàn hoặc gây phiền.",
    ),
    "Can people get in?": (
        "¿Se puede entrar?", "ሰዎች መግባት ይችላሉ?", "人能进去吗？", "Peut-on y entrer ?",
        "사람이 들어갈 수 있나요?", "Người ta có vào được không?",
    ),
    "Cars, bicycles or scooters that were left and do not move.": (
        "Autos, bicicletas o patinetas abandonados que no se mueven.",
        "ተትተው የማይንቀሳቀሱ መኪናዎች፣ ብስክሌቶች ወይም ስኩተሮች።", "被遗弃不动的汽车、自行车或滑板车。",
        "Voitures, vélos ou trottinettes abandonnés qui ne bougent plus.",
        "버려져 움직이지 않는 자동차, 자전거 또는 스쿠터.",
        "Xe hơi, xe đạp hoặc xe scooter bị bỏ lại, không di chuyển.",
    ),
    "Tag number and state, if there is one": (
        "Número de placa y estado, si la hay", "የሰሌዳ ቁጥርና ስቴት፣ ካለ", "车牌号和州（如有）",
        "Numéro de plaque et État, s’il y en a une", "번호판 번호와 주(있으면)",
        "Số xe và tiểu bang, nếu có",
    ),
    "When did you first see it there?": (
        "¿Cuándo lo vio allí por primera vez?", "መጀመሪያ መቼ አዩት?", "您第一次在那里看到它是什么时候？",
        "Quand l’avez-vous vu là pour la première fois ?", "그곳에서 언제 처음 보셨나요?",
        "Quý vị thấy nó ở đó lần đầu khi nào?",
    ),
    "Street trees that fell, died, or are about to drop something.": (
        "Árboles de la calle caídos, muertos o de los que puede caer algo.",
        "የወደቁ፣ የሞቱ ወይም የሆነ ነገር ሊጥሉ ያሉ የመንገድ ዛፎች።", "倒下、枯死或即将掉落东西的行道树。",
        "Arbres de rue tombés, morts ou dont quelque chose va tomber.",
        "쓰러졌거나 죽었거나 무언가 떨어질 듯한 가로수.",
        "Cây đường phố bị đổ, chết hoặc sắp rơi cành.",
    ),
    "What is wrong with the tree?": (
        "¿Qué le pasa al árbol?", "ዛፉ ምን ሆነ?", "树怎么了？", "Qu’a l’arbre ?",
        "나무에 어떤 문제가 있나요?", "Cây bị sao?",
    ),
    "It fell": ("Se cayó", "ወድቋል", "倒了", "Il est tombé", "쓰러짐", "Bị đổ"),
    "A branch is broken": (
        "Hay una rama rota", "ቅርንጫፍ ተሰብሯል", "树枝断了", "Une branche est cassée", "가지가 부러짐",
        "Cành bị gãy",
    ),
    "It looks dead": (
        "Parece muerto", "የሞተ ይመስላል", "看起来枯死了", "Il semble mort", "죽은 것 같음",
        "Trông như đã chết",
    ),
    "Its roots lift the ground": (
        "Sus raíces levantan el suelo", "ሥሮቹ መሬቱን አንስተዋል", "树根顶起了地面",
        "Ses racines soulèvent le sol", "뿌리가 땅을 들어 올림", "Rễ làm gồ mặt đất",
    ),
    "Standing water, blocked drains, leaks and running hydrants.": (
        "Agua estancada, desagües tapados, fugas e hidrantes abiertos.",
        "የተጠራቀመ ውሃ፣ የተዘጉ ፍሳሾች፣ የሚያፈስ ውሃና ክፍት የእሳት አደጋ ቧንቧዎች።",
        "积水、堵塞的排水口、漏水和流水的消防栓。",
        "Eau stagnante, égouts bouchés, fuites et bornes d’incendie ouvertes.",
        "고인 물, 막힌 배수구, 누수 및 물이 흐르는 소화전.",
        "Nước đọng, cống bị nghẹt, rò rỉ và trụ nước chảy.",
    ),
    "What do you see?": (
        "¿Qué ve?", "ምን ይታያል?", "您看到什么？", "Que voyez-vous ?", "무엇이 보이나요?",
        "Quý vị thấy gì?",
    ),
    "Water that stands": (
        "Agua estancada", "የተጠራቀመ ውሃ", "积水", "De l’eau stagnante", "고인 물", "Nước đọng",
    ),
    "A blocked drain": (
        "Un desagüe tapado", "የተዘጋ ፍሳሽ", "堵塞的排水口", "Un égout bouché", "막힌 배수구",
        "Cống bị nghẹt",
    ),
    "Water that comes out of the ground": (
        "Agua que sale del suelo", "ከመሬት የሚወጣ ውሃ", "从地下冒出的水", "De l’eau qui sort du sol",
        "땅에서 솟는 물", "Nước trào từ dưới đất",
    ),
    "A running hydrant": (
        "Un hidrante abierto", "የሚፈስ የእሳት አደጋ ቧንቧ", "流水的消防栓",
        "Une borne d’incendie qui coule", "물이 흐르는 소화전", "Trụ nước đang chảy",
    ),
    "Parks, playgrounds and other public grounds that need care.": (
        "Parques, áreas de juego y otros espacios públicos que necesitan cuidado.",
        "እንክብካቤ የሚያስፈልጋቸው መናፈሻዎች፣ የመጫወቻ ሜዳዎችና ሌሎች የሕዝብ ቦታዎች።",
        "需要维护的公园、游乐场和其他公共场地。",
        "Parcs, aires de jeux et autres espaces publics à entretenir.",
        "관리가 필요한 공원, 놀이터 및 기타 공공장소.",
        "Công viên, sân chơi và các khu đất công khác cần chăm sóc.",
    ),
    "Snow and ice on streets and sidewalks that nobody cleared.": (
        "Nieve y hielo en calles y aceras que nadie quitó.",
        "በመንገዶችና በእግረኛ መንገዶች ላይ ማንም ያልጠረገው በረዶ።", "街道和人行道上无人清理的冰雪。",
        "Neige et verglas non dégagés sur les rues et trottoirs.",
        "아무도 치우지 않은 도로와 보도의 눈과 얼음.",
        "Tuyết và băng trên đường và vỉa hè chưa được dọn.",
    ),
    "Noise that comes back: music, building work at night, machines.": (
        "Ruido que se repite: música, obras de noche, máquinas.",
        "የሚደጋገም ጫጫታ፦ ሙዚቃ፣ የሌሊት ግንባታ፣ ማሽኖች።", "反复出现的噪音：音乐、夜间施工、机器。",
        "Bruit qui revient : musique, travaux de nuit, machines.",
        "반복되는 소음: 음악, 야간 공사, 기계.",
        "Tiếng ồn lặp lại: nhạc, thi công ban đêm, máy móc.",
    ),
    "What makes the noise?": (
        "¿Qué produce el ruido?", "ጫጫታውን የሚያሰማው ምንድን ነው?", "噪音来自什么？",
        "D’où vient le bruit ?", "무엇이 소음을 내나요?", "Cái gì gây ồn?",
    ),
    "Music or a party": (
        "Música o una fiesta", "ሙዚቃ ወይም ድግስ", "音乐或聚会", "De la musique ou une fête",
        "음악이나 파티", "Nhạc hoặc tiệc",
    ),
    "Building work": ("Obras", "ግንባታ", "施工", "Des travaux", "공사", "Thi công"),
    "Machines": ("Máquinas", "ማሽኖች", "机器", "Des machines", "기계", "Máy móc"),
    "On which days, and at what time?": (
        "¿Qué días y a qué hora?", "በየትኞቹ ቀናትና በስንት ሰዓት?", "哪些天，什么时间？",
        "Quels jours et à quelle heure ?", "어느 요일, 몇 시인가요?",
        "Vào những ngày nào, lúc mấy giờ?",
    ),
    "Something else in the neighborhood that needs the city.": (
        "Otra cosa en el vecindario que necesita a la ciudad.", "በሰፈሩ ውስጥ ከተማውን የሚፈልግ ሌላ ነገር።",
        "社区里其他需要市政府处理的事情。",
        "Autre chose dans le quartier qui demande l’aide de la ville.",
        "동네에서 시의 도움이 필요한 다른 일.", "Việc khác trong khu phố cần thành phố giúp.",
    ),
}  # fmt: skip
