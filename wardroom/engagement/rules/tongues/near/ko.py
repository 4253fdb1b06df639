"""The neighborhood in Korean."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.near.words import (
    FigureWords,
    LookWords,
    MapWords,
    NearWords,
    PlaceWords,
    PromiseWords,
)

KOREAN = NearWords(
    title="우리 동네에서 시가 하는 일",
    lead=(
        "문제가 자꾸 되풀이되는 곳에서 누가 무엇을 언제부터 언제까지 하는지, 그리고 저희가 가서"
        " 본 것을 알려 드립니다."
    ),
    find="우리 동네 찾기",
    address="주소",
    address_help="예: 1200 First Street NE. 저희는 주소를 보관하지 않습니다.",
    look="보기",
    wards="Ward를 고르십시오",
    inside="{area} 안",
    around="주변",
    city="시 전체",
    events="회의와 행사",
    when="언제",
    where="어디서",
    no_events="앞으로 석 달 동안 알려진 것이 없습니다.",
    canceled="취소됨",
    more_events="관계국을 만날 수 있는 곳",
    more_meetings="모든 공개 회의",
    news="{area} 소식을 이메일로 받기",
    feed="피드 리더로 {area} 소식 보기",
    boundaries="경계는 {day}부터 시행 중입니다.",
    places=PlaceWords(
        title="관계국이 다루고 있는 곳",
        counts={"other": "{n}곳"},
        none="이곳에는 공개된 장소가 없습니다.",
        place="장소",
        text="시의 설명",
        approved="{day}에 공개가 승인되었습니다.",
        since="{day}부터 다루고 있음",
        watched="{day}부터 지켜보고 있음",
        next_by="다음 기한: {day}",
        overdue="{day}부터 기한이 지났습니다",
        all_here="이 장소에 관한 모든 공개 내용",
        lies_in="이 장소가 속한 구역",
        plan="계획",
        plan_lead=(
            "누가 무엇을 언제부터 언제까지 하는지 적었습니다."
            " 처음 한 약속은 지금의 기한 옆에 남아 있습니다."
        ),
        no_plan="공개된 단계가 없습니다.",
        agency="기관",
        what="할 일",
        asked="요청한 날",
        first="처음 약속",
        until="기한",
        stands="현재 상태",
        states={
            "requested": "요청함, 아직 답이 없음",
            "accepted": "약속함",
            "declined": "거절함",
            "countered": "다른 날짜를 제안함",
            "done": "기관이 마쳤다고 함",
        },
        also="다음 기관에도 요청했습니다: {agencies}.",
        seen="저희가 본 것",
        not_seen="아직 아무도 가서 보지 않았습니다.",
        findings={
            "fixed": "{day}에 가서 보니 되어 있었습니다.",
            "partly": "{day}에 가서 보니 일부만 되어 있었습니다.",
            "not_fixed": "{day}에 가서 보니 되어 있지 않았습니다.",
        },
        done_on="기관은 {day}에 마쳤다고 함",
    ),
    promises=PromiseWords(
        title="약속",
        who="누가",
        lead="이곳이나 시 전체를 위해 공개적으로 한 약속입니다.",
        none="이곳에는 공개된 약속이 없습니다.",
        makers={
            "mayor": "시장",
            "council": "시의회",
            "federal": "연방 기관",
            "congress": "연방 의회",
            "agency": "시 기관",
            "office": "관계국",
        },
        by_day="{day}까지",
        no_day="날짜를 정하지 않음",
        moved="처음에는 {day}",
        kept="{day}에 지킴",
    ),
    figures=FigureWords(
        title="{area}의 시 서비스",
        lead="이 숫자는 311에 신고된 것을 센 것입니다. 어디가 가장 나쁜지를 말해 주지는 않습니다.",
        names={
            "on_time": "제때 처리됨",
            "time": "절반이 종결되기까지",
            "open": "그날 열려 있는 요청",
        },
        meanings={
            "on_time": (
                "이날까지 기한이 된 요청 가운데 그때까지 해결된 비율입니다. 아직 열려 있는"
                " 요청은 늦은 것으로 셉니다. 중복, 이관, 시험 요청은 뺍니다."
            ),
            "time": "요청의 절반이 종결된 때까지의 시간이며, 열려 있는 요청은 기다린 만큼 셉니다.",
            "open": "이날 열려 있는 요청이며, 중복, 이관, 시험 요청은 뺍니다.",
        },
        percent="{n}%",
        days={"other": "{n}일"},
        under_a_day="하루 미만",
        between="대략 {lower}에서 {upper}",
        of={"other": "요청 {n}건 가운데"},
        hidden="표시하지 않음: 너무 적어 알 수 없거나 다섯 건 미만",
        definition="정의 {n}",
        as_of="{day} 기준 자료. {since}부터의 요청.",
        none="이곳은 아직 측정하지 않았습니다.",
    ),
    map=MapWords(
        label="관계국이 다루고 있는 곳의 지도: {area}. 아래 목록의 내용과 같습니다.",
        place="이 장소의 위치를 보여 주는 지도: {place}",
        instead="여기에서는 지도를 쓸 수 없습니다. 목록의 내용과 같습니다.",
        place_instead="여기에서는 지도를 쓸 수 없습니다. 이 장소: {place}.",
        key="지도에 나오는 것",
        worked="관계국이 다루고 있는 곳",
        watched="관계국이 지켜보기만 하는 곳",
        edge="{area}의 경계",
        here="이 장소",
        exact="점은 집이 아니라 구역(블록)을 가리킵니다. 약 100미터까지 맞습니다.",
        zoom_in="확대",
        zoom_out="축소",
        close="닫기",
    ),
    looks=LookWords(
        title="가서 볼 때마다 본 것",
        levels={
            "clean": "사라짐",
            "partly": "나아짐",
            "not_fixed": "그대로",
            "worse": "나빠짐",
        },
        summary="{first}부터 {last}까지 {n}번 가서 보았습니다. {newest}",
        meaning=(
            "점 하나는 관계국 직원이 한 번 가서 본 것입니다."
            " 알 수 없었던 방문은 빠지며, 최근 20번만 나옵니다."
        ),
    ),
)
