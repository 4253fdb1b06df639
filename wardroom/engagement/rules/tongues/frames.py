"""What stands around every public page, in seven languages: where to go, and whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FrameWords:
    """The words of the frame around a public page."""

    office: str
    skip: str
    pages: str
    languages: str
    report: str
    near: str
    news: str
    meetings: str
    visit: str
    jobs: str
    sign_in: str
    schematic: str
    invented: str
    urgent: str
    about: str
    files: str
    missing: str
    missing_lead: str
    in_english: str


FRAMES: Mapping[str, FrameWords] = {
    "en": FrameWords(
        office="Mayor's Office of Community Relations",
        skip="Skip to the main content",
        pages="Pages for residents",
        languages="Languages",
        report="Report a problem",
        near="Near you",
        news="News",
        meetings="Open meetings",
        visit="Ask for the Mayor",
        jobs="Jobs",
        sign_in="Office sign-in",
        schematic="Schematic demonstration.",
        invented="The boundaries, addresses, requests and people shown here are invented.",
        urgent="In an emergency, call 911. For a city service, call 311.",
        about="This office gets the city's agencies to fix what residents tell us about.",
        files="Data and feeds",
        missing="There is no such page",
        missing_lead=(
            "It may not exist, or you may not be allowed to see it."
            " For privacy, this page does not say which."
        ),
        in_english="",
    ),
    "es": FrameWords(
        office="Oficina de Relaciones Comunitarias de la Alcaldía",
        skip="Ir al contenido principal",
        pages="Páginas para residentes",
        languages="Idiomas",
        report="Reportar un problema",
        near="Cerca de usted",
        news="Noticias",
        meetings="Reuniones abiertas",
        visit="Pedir la visita de la Alcaldía",
        jobs="Empleos",
        sign_in="Acceso de la oficina",
        schematic="Demostración esquemática.",
        invented="Los límites, direcciones, solicitudes y personas que se ven aquí son inventados.",
        urgent="En una emergencia, llame al 911. Para un servicio de la ciudad, llame al 311.",
        about="Esta oficina logra que las agencias de la ciudad arreglen lo que usted nos cuenta.",
        files="Datos y canales",
        missing="Esta página no existe",
        missing_lead=(
            "Puede que no exista o que usted no tenga permiso para verla."
            " Por privacidad, no se dice cuál de las dos cosas."
        ),
        in_english="Esta página está solo en inglés.",
    ),
    "am": FrameWords(
        office="የከንቲባው የማህበረሰብ ግንኙነት ጽሕፈት ቤት",
        skip="ወደ ዋናው ይዘት ይለፉ",
        pages="ለነዋሪዎች የሚሆኑ ገጾች",
        languages="ቋንቋዎች",
        report="ችግር ያሳውቁ",
        near="በአቅራቢያዎ",
        news="ዜና",
        meetings="ክፍት ስብሰባዎች",
        visit="ከንቲባውን ይጋብዙ",
        jobs="የሥራ ቦታዎች",
        sign_in="የጽሕፈት ቤቱ መግቢያ",
        schematic="ለማሳያ ብቻ።",
        invented="እዚህ የሚታዩት ወሰኖች፣ አድራሻዎች፣ ጥያቄዎች እና ሰዎች እውነተኛ አይደሉም።",
        urgent="ለአስቸኳይ ጊዜ 911 ይደውሉ። ለከተማ አገልግሎት 311 ይደውሉ።",
        about="ይህ ጽሕፈት ቤት ነዋሪዎች የሚነግሩንን ችግር የከተማው መሥሪያ ቤቶች እንዲያስተካክሉ ይሠራል።",
        files="መረጃ እና ምግቦች",
        missing="እንዲህ ያለ ገጽ የለም",
        missing_lead=("ላይኖር ይችላል፣ ወይም እንዲያዩት ላይፈቀድልዎ ይችላል። ለግላዊነት ሲባል የትኛው እንደሆነ አይገለጽም።"),
        in_english="ይህ ገጽ በእንግሊዝኛ ብቻ ነው።",
    ),
    "zh": FrameWords(
        office="市长社区关系办公室",
        skip="跳到主要内容",
        pages="居民页面",
        languages="语言",
        report="报告问题",
        near="您的附近",
        news="消息",
        meetings="公开会议",
        visit="邀请市长",
        jobs="职位",
        sign_in="办公室登录",
        schematic="示意演示。",
        invented="此处显示的边界、地址、请求和人物均为虚构。",
        urgent="紧急情况请拨打 911。需要市政服务请拨打 311。",
        about="本办公室促使市政机构解决居民反映的问题。",
        files="数据与订阅源",
        missing="没有这个页面",
        missing_lead=("它可能不存在，也可能您无权查看。出于隐私，本页不说明是哪一种情况。"),
        in_english="本页仅有英文。",
    ),
    "fr": FrameWords(
        office="Bureau des relations communautaires de la mairie",
        skip="Aller au contenu principal",
        pages="Pages pour les habitants",
        languages="Langues",
        report="Signaler un problème",
        near="Près de chez vous",
        news="Nouvelles",
        meetings="Réunions publiques",
        visit="Inviter le maire",
        jobs="Emplois",
        sign_in="Accès du bureau",
        schematic="Démonstration schématique.",
        invented="Les limites, adresses, demandes et personnes montrées ici sont inventées.",
        urgent="En cas d'urgence, appelez le 911. Pour un service de la ville, appelez le 311.",
        about="Ce bureau obtient des agences de la ville qu'elles règlent ce que vous signalez.",
        files="Données et flux",
        missing="Cette page n'existe pas",
        missing_lead=(
            "Elle n'existe peut-être pas, ou vous n'avez pas le droit de la voir."
            " Par discrétion, cette page ne dit pas lequel des deux."
        ),
        in_english="Cette page est en anglais seulement.",
    ),
    "ko": FrameWords(
        office="시장실 지역사회 관계국",
        skip="본문으로 건너뛰기",
        pages="주민을 위한 페이지",
        languages="언어",
        report="문제 신고",
        near="우리 동네",
        news="소식",
        meetings="공개 회의",
        visit="시장 초청",
        jobs="채용",
        sign_in="직원 로그인",
        schematic="시연용 화면입니다.",
        invented="여기에 보이는 경계, 주소, 요청, 사람은 모두 지어낸 것입니다.",
        urgent="긴급 상황에는 911로 전화하십시오. 시 서비스는 311로 전화하십시오.",
        about="이 관계국은 주민이 알려 준 문제를 시 기관들이 고치도록 합니다.",
        files="데이터와 피드",
        missing="이런 페이지가 없습니다",
        missing_lead=(
            "페이지가 없거나, 볼 수 있는 권한이 없을 수 있습니다."
            " 개인 정보 보호를 위해 어느 쪽인지 밝히지 않습니다."
        ),
        in_english="이 페이지는 영어로만 제공됩니다.",
    ),
    "vi": FrameWords(
        office="Văn phòng Quan hệ Cộng đồng của Thị trưởng",
        skip="Đến nội dung chính",
        pages="Trang cho cư dân",
        languages="Ngôn ngữ",
        report="Báo một vấn đề",
        near="Gần quý vị",
        news="Tin tức",
        meetings="Cuộc họp công khai",
        visit="Mời Thị trưởng",
        jobs="Việc làm",
        sign_in="Văn phòng đăng nhập",
        schematic="Bản trình diễn.",
        invented="Ranh giới, địa chỉ, yêu cầu và người được nêu ở đây đều là hư cấu.",
        urgent="Khi khẩn cấp, xin gọi 911. Cần dịch vụ của thành phố, xin gọi 311.",
        about="Văn phòng này giúp các cơ quan thành phố khắc phục điều cư dân báo cho chúng tôi.",
        files="Dữ liệu và nguồn tin",
        missing="Không có trang này",
        missing_lead=(
            "Trang có thể không tồn tại, hoặc quý vị không được phép xem."
            " Vì sự riêng tư, trang này không nói rõ là trường hợp nào."
        ),
        in_english="Trang này chỉ có tiếng Anh.",
    ),
}
