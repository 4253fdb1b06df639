"""Reporting and following in Korean."""

from __future__ import annotations

from wardroom.casework.rules.tongues.words import (
    DangerWords,
    FollowWords,
    FormWords,
    LetterWords,
    Told,
)
from wardroom.kernel.languages import spoken_in

KOREAN = Told(
    **spoken_in("ko"),
    ward="제{code}선거구",
    only_english="영어로만 제공",
    danger=DangerWords(
        always=(
            "위험에 처한 사람이 있습니까? 지금 911에 전화하십시오. 이 페이지는 수시로"
            " 확인되지 않습니다."
        ),
        small=(
            "수거 누락이나 도로 파임 한 곳은 311이 더 빠릅니다. 311에 전화하십시오. 이 페이지는"
            " 계속되거나 되풀이되는 문제를 위한 것입니다."
        ),
        say={
            "gas": "가스 냄새가 납니까? 건물에서 나간 뒤 911과 Washington Gas에 전화하십시오.",
            "wires": (
                "전선이 떨어졌습니까? 가까이 가지 마십시오. 911에 전화한 뒤 Pepco에"
                " 알리십시오."
            ),
            "life": "생명이 위험한 상황으로 보입니다. 계속하기 전에 911에 전화하십시오.",
            "cold": (
                "추위에 떨고 있는 사람이 있습니까? 쉼터 전화 202-399-7093에 연락하십시오. 받지"
                " 않으면 911에 전화하십시오."
            ),
        },
        words={
            "gas": ("가스 누출", "가스 냄새", "가스가 새"),
            "wires": (
                "전선이 떨어",
                "전선이 끊",
                "불꽃",
                "전선 + 늘어",
                "전선 + 처져",
                "전선 + 떨어",
                "전선 + 끊",
                "전선 + 매달",
                "전깃줄 + 늘어",
                "전깃줄 + 처져",
                "전깃줄 + 떨어",
                "전깃줄 + 끊",
            ),
            "life": (
                "불이 났",
                "화재",
                "총격",
                "총소리",
                "칼에 찔",
                "의식이 없",
                "숨을 쉬지",
                "갇혔",
                "무너",
            ),
            "cold": ("난방이 안", "얼어", "저체온"),
        },
        ground="이곳은 {owner}의 땅입니다. 시는 그곳의 작업을 지시할 수 없습니다.",
        ground_phone="그곳에 전화하실 수 있습니다: {phone}.",
        still_send="그래도 신고를 보내실 수 있습니다. 저희가 전달합니다.",
        others="말씀하신 것은 다른 기관의 소관일 수 있습니다. 다음으로 전화하실 수 있습니다:",
        others_outside="특별구 밖의 장소는 다음으로 전화하실 수 있습니다:",
    ),
    form=FormWords(
        title="문제 신고",
        lead="꺼진 가로등, 쓰레기, 쥐, 부서진 보도: 시장실에 알려 주십시오. 계정은 필요 없습니다.",
        step="{of}단계 중 {n}단계",
        go_on="다음",
        back="뒤로",
        photo="사진 찍기",
        photos="사진",
        photos_help=(
            "최대 세 장입니다. 얼굴이나 번호판 없이 문제를 찍어 주십시오. 비워 두셔도"
            " 됩니다."
        ),
        photos_kept="다음 사진은 이미 첨부되어 있습니다:",
        photos_drop="이 사진 빼기",
        photos_again="사진이 보관되지 않았습니다. 보내기 전에 다시 골라 주십시오.",
        photo_placed="사진에서 장소를 가져왔습니다. 확인해 주십시오.",
        where="어디입니까?",
        place="주소 또는 교차로",
        place_help="구역 표시와 함께 적어 주십시오. 예: 1200 First Street NE",
        here="지금 있는 곳 사용",
        on_map="지도에서 선택",
        map_label="장소를 고르는 지도: 누르거나 화살표 키로 움직인 뒤 Enter 키를 누르십시오",
        map_instead="여기에서는 지도를 쓸 수 없습니다. 주소를 적어 주십시오.",
        meant="이 장소: {place}",
        place_sure="주소가 맞고 특별구 안에 있습니다. 적은 그대로 받아 주십시오.",
        what="무엇이 문제입니까?",
        said="편한 말로 적어 주십시오",
        said_help="어떤 언어도 좋습니다. 다른 사람의 이름은 적지 마십시오.",
        topic="어떤 종류의 문제입니까?",
        topic_help="직접 고르십시오. 맞는 것이 없으면 “잘 모르겠습니다”를 고르십시오.",
        unsure="잘 모르겠습니다",
        guess="적으신 말로 보면: {topic}, 확실한 정도 {percent}%",
        guess_basis="{day}에 지난 신고 {n}건에서 배운 추측입니다. 결정은 직접 하십시오.",
        questions="몇 가지 질문",
        near="이미 신고된 것입니까?",
        near_help="가까이에 있는 같은 종류의 신고입니다. 그중 하나라면 목소리를 보태 주십시오.",
        near_row="{topic}, {place}, {day}부터",
        near_away="약 {n}미터 거리",
        voices={"other": "{n}명이 신고했습니다"},
        me_too="저도 이것을 봤습니다",
        another="아니요, 다른 것입니다",
        contact="어떻게 연락드리면 됩니까?",
        contact_help=(
            "비워 두셔도 됩니다. 시장실 밖의 누구도 볼 수 없습니다. 이메일을 적으시면 신고 링크와"
            " 결과를 보내 드립니다."
        ),
        name="성함",
        email="이메일 주소",
        phone="전화번호",
        consent="이 신고에 대해 시장실이 저에게 글이나 전화로 연락해도 됩니다.",
        yes="예",
        no="아니요",
        check="질문과 가까운 신고 찾아보기",
        send="신고 보내기",
        working="잠시만 기다려 주십시오. 기기가 자동 프로그램을 막는 작은 계산을 하고 있습니다.",
        optional="(선택)",
        not_sent="아직 보내지 않았습니다",
        wrong={
            "fill_in": "이 칸을 채워 주십시오.",
            "choose": "답을 하나 고르십시오.",
            "place_missing": "어디인지 알려 주십시오.",
            "place_unknown": (
                "이 주소를 찾을 수 없습니다. 구역 표시와 함께 적거나 지도에서 고르십시오."
            ),
            "place_outside": "이곳은 특별구 밖입니다. 저희가 할 수 있는 일이 없습니다.",
            "said_missing": "무엇이 문제인지 몇 마디로 알려 주십시오.",
            "too_long": "너무 깁니다. 줄여 주십시오.",
            "bad_answer": "질문에 맞지 않는 답입니다.",
            "bad_email": "이메일 주소가 아닙니다.",
            "bad_phone": "전화번호가 아닙니다. 지역 번호와 함께 적어 주십시오.",
            "bad_name": "이름만 120자 이내로 적어 주십시오.",
            "not_agreed": "연락에 동의하시거나 이 칸들을 비워 두십시오.",
            "scanner_away": (
                "지금은 파일의 바이러스를 검사할 수 없습니다. 몇 분 뒤 다시 해 보십시오."
            ),
            "scanner_found": "바이러스 검사에서 문제가 발견되었습니다. 다른 파일을 첨부하십시오.",
            "bad_file": "받을 수 없는 파일입니다. JPEG, PNG, WebP 사진을 보내 주십시오.",
            "phone_file": (
                "이런 종류의 사진은 여기서 읽을 수 없습니다. JPEG를 고르거나 휴대폰을 ‘높은"
                " 호환성’으로 설정해 주십시오."
            ),
            "large_file": "20 MB보다 큰 사진이 있습니다.",
            "many_files": "사진은 세 장까지 보내실 수 있습니다.",
            "slow_down": (
                "한 시간 안에 이곳에서 너무 많은 신고가 왔습니다. 나중에 다시 하거나 311에"
                " 전화하십시오."
            ),
            "gone": "더 이상 고를 수 없습니다. 페이지를 다시 보아 주십시오.",
        },
    ),
    follow=FollowWords(
        thanks="감사합니다. 신고를 받았습니다.",
        title="귀하의 신고 {number}",
        number="번호",
        kind="문제의 종류",
        place="장소",
        reported="신고한 날",
        your_words="알려 주신 내용",
        who="담당자",
        role="시장실의 {ward} 담당 연락관",
        role_no_ward="시장실입니다. 이곳이 어느 선거구인지 아직 모르며, 먼저 알아봅니다.",
        next="늦어도 {day}까지 살펴봅니다.",
        keep_link="이 페이지의 주소를 보관하십시오. 신고로 돌아오는 길입니다.",
        mailed="적어 주신 이메일로도 보내 드립니다.",
        joined="다른 분들도 신고했습니다. 귀하의 목소리를 보탰습니다.",
        private="이 페이지는 귀하만의 것입니다. 주소를 다른 사람에게 주지 마십시오.",
        status="진행 상황",
        received="신고를 받았고 담당자가 있습니다.",
        asked={"other": "{n}개 기관에 작업을 요청했습니다."},
        promised="한 기관이 {day}까지 하겠다고 약속했습니다.",
        returned="문제가 다시 생겨서 다시 살피고 있습니다.",
        closed="{day}에 마쳤습니다: {outcome}.",
        outcomes={
            "fixed": "해결됨",
            "partly_fixed": "일부 해결됨",
            "not_fixed": "해결되지 않음",
            "referred": "이제 다른 기관이 맡았으며, 그 결과는 저희가 정할 수 없음",
            "no_action": "할 일이 없었음",
            "duplicate": "다른 신고와 같음",
        },
        what_was_said="시장실이 알려 드린 말",
        history="지금까지 오간 말",
        facts="저희가 아는 것",
        fact_lines={
            "done": ("한 기관이 {day}에 끝났다고 했습니다.", "끝났다고 한 기관이 아직 없습니다."),
            "seen": ("{day}에 가서 보았습니다.", "아직 가서 보지 않았습니다."),
            "told": ("{day}에 결과를 알려 드렸습니다.", "아직 결과를 알려 드리지 않았습니다."),
            "back": ("{day}에 다시 생겼습니다.", "저희가 알기로 다시 생기지 않았습니다."),
        },
        asks="시장실이 여쭙니다",
        answer="귀하의 답",
        send_answer="답 보내기",
        answered="{day}에 답하셨습니다:",
        answer_kept="감사합니다. 시장실이 답을 받았습니다.",
        still="아직 그대로입니까?",
        still_help="마친 뒤에라도 다시 보시면 언제든지 알려 주십시오.",
        still_words="지금 무엇이 보입니까?",
        still_send="아직 그대로입니다",
        still_noted="적어 두었습니다. 담당자가 봅니다.",
        still_opened="감사합니다. 다시 열었으며 되풀이된 것으로 셉니다.",
        rating="해결되었습니까?",
        rating_help="귀하의 답은 집계되며 시장실이 읽습니다.",
        ratings={"yes": "예, 해결되었습니다", "partly": "일부만", "no": "해결되지 않았습니다"},
        rating_words="덧붙이실 말씀이 있습니까?",
        rating_send="보내기",
        rating_kept="감사합니다. 시장실이 답을 받았습니다.",
        nothing_opens="이 링크로는 아무것도 열리지 않습니다. 링크를 다시 받으실 수 있습니다.",
        wait="이곳에서 너무 많이 시도했습니다. 잠시 뒤 다시 해 주십시오.",
        mine_title="내 링크 다시 받기",
        mine_lead="신고할 때 쓴 이메일 주소를 적어 주십시오. 링크를 그곳으로 보냅니다.",
        mine_send="내 링크 보내기",
        mine_sent=(
            "이 주소로 된 신고가 있으면 링크를 보내는 중입니다. 몇 분 뒤 메일을 확인해"
            " 주십시오."
        ),
        another_report="다른 문제 신고",
    ),
    letter=LetterWords(
        receipt_subject="신고 {number}을(를) 받았습니다",
        receipt=(
            "알려 주셔서 감사합니다.\n\n"
            "번호: {number}\n장소: {place}\n담당자: {who}\n{next}\n\n"
            "여기에서 진행을 보고, 아직 그대로라고 알리거나, 내용을 덧붙이실 수"
            " 있습니다:\n\n{link}\n"
        ),
        next="늦어도 {day}까지 살펴봅니다.",
        told_subject="신고 {number}의 결과",
        told=(
            "{text}\n\n귀하의 신고 {number}에 관한 것입니다: {what}.\n\n"
            "맞지 않거나 다시 생기면 여기에서 알려 주십시오. 해결되었는지도 알려 주실 수"
            " 있습니다:\n\n{link}\n"
        ),
        question_subject="신고 {number}에 대한 질문",
        question=(
            "귀하의 신고 {number} 담당자가 여쭙니다:\n\n{text}\n\n여기에서 답해"
            " 주십시오:\n\n{link}\n"
        ),
        links_subject="귀하의 신고 링크",
        links=(
            "누군가(귀하이기를 바랍니다) 이 주소의 신고 링크를 요청했습니다:\n\n{links}\n\n"
            "본인이 아니라면 아무것도 하지 않으셔도 됩니다. 다른 사람은 받지 않았습니다.\n"
        ),
        foot="이 메시지에 답하시면 사람이 읽습니다.",
    ),
)  # fmt: skip
