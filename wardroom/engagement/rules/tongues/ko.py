"""News in Korean."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.words import JoinWords, MailWords, PageWords, Tongue
from wardroom.kernel.languages import spoken_in

KOREAN = Tongue(
    **spoken_in("ko"),
    only_english="영어로만 제공",
    around="{where} 주변 {far}마일",
    mine={
        "smd": "귀하의 SMD {code}",
        "anc": "귀하의 ANC {code}",
        "ward": "귀하의 제{code}선거구",
    },
    named={"smd": "SMD {code}", "anc": "ANC {code}", "ward": "제{code}선거구"},
    city="시 전체",
    mail=MailWords(
        confirm_subject="확인해 주십시오: {area} 소식",
        confirm=(
            "누군가(귀하이기를 바랍니다) 이 주소로 {area} 소식을 보내 달라고 요청했습니다.\n\n"
            "받으시려면 아래 링크를 열고 확인해 주십시오. 링크는 {day}까지 한 번만 사용할 수"
            " 있습니다:\n\n{link}\n\n"
            "본인이 아니라면 아무것도 하지 않으셔도 됩니다. 아무 소식도 받지 않게 됩니다.\n"
        ),
        welcome_subject="{area} 소식을 받으십니다",
        welcome=(
            "감사합니다. 이제부터 {area} 소식을 받으십니다. 새로운 소식이 없으면 보내지"
            " 않습니다.\n\n언제든지 여기에서 확인, 변경 또는 중지하실 수 있습니다:\n\n{link}\n"
        ),
        digest_subject="{area} 소식, {day}",
        changes={"other": "지난번 편지 이후 변경 사항이 {n}건 있습니다."},
        headings={
            "text": "장소에 대한 시의 안내",
            "plan": "작업 계획",
            "check": "현장에서 확인한 내용",
            "event": "회의와 행사",
            "promise": "확인된 약속",
            "kept": "지켜진 약속",
        },
        findings={
            "clean": "{day}에 확인했습니다: 문제가 사라졌습니다.",
            "partly": "{day}에 확인했습니다: 나아졌지만 문제가 남아 있습니다.",
            "not_fixed": "{day}에 확인했습니다: 이전과 같습니다.",
            "worse": "{day}에 확인했습니다: 이전보다 나빠졌습니다.",
        },
        plan="{day}에 작업 계획이 시작되었습니다. 참여 기관: {agencies}.",
        promise="{who}의 약속:",
        promise_by="기한: {day}.",
        event="{when}, {where}.",
        why="{day}에 요청하셨기 때문에 이 편지를 보내 드립니다.",
        manage="확인, 변경 또는 중지: {link}",
        moved_subject="경계가 바뀌었습니다: {old}, 이제 {new}",
        changed_subject="경계가 바뀌었습니다: {old}",
        moved=(
            "{day}부터 새 경계가 적용됩니다. 귀하의 주소는 {old}에 있었으나 이제 {new}에"
            " 있습니다. 이제부터 {new} 소식을 받으십니다."
        ),
        redrawn=(
            "{day}부터 새 경계가 적용됩니다. {old}의 경계가 새로 그려졌습니다. 현재 경계에 따른"
            " {old} 소식을 계속 받으십니다."
        ),
        gone=(
            "{day}부터 새 경계가 적용됩니다. {old} 구역은 더 이상 없습니다. 귀하를 다른 구역으로"
            " 옮기지 않았습니다. 새 구역을 선택하실 때까지 소식을 보내지 않습니다."
        ),
        gone_to="이전의 {old} 구역은 이제 다음 구역에 속합니다: {new}.",
        lost=(
            "{day}부터 새 경계가 적용됩니다. 귀하의 주소가 어디에 속하는지 알 수 없습니다. 구역을"
            " 선택하실 때까지 소식을 보내지 않습니다."
        ),
        moved_back=(
            "경계가 바뀌었다고 알려 드렸으나 저희의 실수였습니다. 이전과 같이 {old} 소식을 다시"
            " 받으십니다."
        ),
        letter_foot="{area} 소식을 받고 계시기 때문에 이 편지를 보내 드립니다.",
    ),
    pages=PageWords(
        title="우리 동네 소식",
        lead=(
            "가까운 곳에 변화가 있을 때 시가 알려 드립니다: 어떤 장소에서 무엇을 하는지, 무엇을"
            " 확인했는지, 어떤 약속이 지켜졌는지."
        ),
        email="이메일 주소",
        language="언어",
        area="어느 구역입니까?",
        areas={
            "around": "주소 주변",
            "mine_smd": "주소가 속한 SMD",
            "mine_anc": "주소가 속한 ANC",
            "mine_ward": "주소가 속한 Ward",
            "named": "이름으로 고른 SMD, ANC 또는 Ward",
            "city": "시 전체",
        },
        where="주소",
        where_help="주소로 구역을 정할 때만 적으십시오. 예: 1200 First Street NE.",
        far="주변 거리(마일)",
        district="SMD, ANC 또는 Ward",
        district_help="이름으로 구역을 정할 때만 적으십시오. 예: 5C07, ANC 5C, Ward 5.",
        topics="주제",
        topics_help="선택하지 않으면 모두 받습니다.",
        frequency="얼마나 자주 받으시겠습니까?",
        frequencies={"daily": "매일", "weekly": "매주", "monthly": "매월"},
        consent=(
            "시장실 지역사회 관계국이 이 주소를 보관하고 진행 상황을 이메일로 보내는 데"
            " 동의합니다. 언제든지 한 번의 클릭으로 중지할 수 있습니다."
        ),
        ask="소식 신청",
        sent_title="이메일을 확인하십시오",
        sent="이 주소로 링크를 보냈습니다. 열어서 확인하실 때까지 시작되지 않습니다.",
        confirm_title="받기를 원하시는지 확인해 주십시오",
        confirm_button="예, 소식을 보내 주십시오",
        confirmed="확인되었습니다. 이제부터 소식을 받으십니다.",
        manage_title="저희에게서 받으시는 소식",
        manage_lead="이 페이지는 {address}의 것입니다. 링크를 다른 사람에게 주지 마십시오.",
        nothing="저희에게서 받으시는 소식이 없습니다.",
        change="저장",
        changed="저장되었습니다.",
        stop_one="이것을 중지",
        stop_all="모두 중지",
        stop_question="{address}(으)로 보내는 모든 소식을 중지하시겠습니까?",
        stopped_one="중지되었습니다.",
        stopped_all="더 이상 소식을 받지 않으십니다. 다른 조치는 필요하지 않습니다.",
        choose_again="경계가 바뀌었습니다. 구역을 다시 선택하십시오.",
        feeds="또는 이메일 없이 보기",
        not_saved="저장되지 않았습니다",
        fill_in="이 항목을 작성하십시오.",
        bad_email="이메일 주소가 아닙니다.",
        unknown_place="알 수 없는 주소입니다. 사분면(예: NE)을 함께 적거나 구역 이름을 적으십시오.",
        unknown_district="이런 이름의 구역이 없습니다. 5C07, ANC 5C 또는 Ward 5처럼 적으십시오.",
        all_topics="모든 주제",
    ),
    join=JoinWords(
        title="{group} 가입",
        who="가입할 수 있는 사람:",
        area="구역:",
        name="이름",
        email="이메일",
        phone="전화번호",
        one_is_enough="둘 중 하나만 적으셔도 됩니다.",
        agreed="동의합니다",
        consent=(
            "시장실 지역사회 관계국은 {group}의 모임, 안건, 회의록에 관해 저에게"
            " 편지를 보내거나 전화할 수 있습니다. 저는 각 메시지의 링크로, 또는 관계국에"
            " 알려 언제든지 중지할 수 있습니다. 제 이름과 연락처는 관계국이 보관하며"
            " 일반에 공개되지 않습니다."
        ),
        ask="가입 신청",
        thanks="관계국이 신청을 받았습니다. 담당자가 연락드리겠습니다.",
        closed=(
            "{group}은(는) 지금 링크로 회원을 받지 않습니다. 관계국에 연락하시려면"
            " 311로 전화하십시오."
        ),
        no_name="이름을 적으십시오.",
        bad_name="이름만 120자 이내로 적으십시오.",
        no_way="이메일 주소나 전화번호를 적으십시오.",
        bad_phone="전화번호가 아닙니다. 202-555-0147처럼 지역 번호와 함께 적으십시오.",
        not_agreed="관계국이 이 모임에 관해 편지를 보내거나 전화해도 된다고 표시하십시오.",
        full="지금 답변을 기다리는 분이 너무 많습니다. 관계국에 전화해 주십시오.",
        slow_down="한 시간 안에 이곳에서 보낸 신청이 너무 많습니다. 나중에 다시 시도하십시오.",
    ),
)
