"""The lists and files for everybody in Korean."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.everybody.words import (
    CalendarWords,
    EverybodyWords,
    FeedWords,
    FileWords,
    ListWords,
    MeetingWords,
)

KOREAN = EverybodyWords(
    lists=ListWords(
        filters="필터",
        chosen="({n}개 적용)",
        narrow="목록 걸러 보기",
        show="보기",
        clear="지우기",
        pages="페이지",
        paged="모두 {total}건 · {pages}페이지 중 {page}페이지",
        before="이전 페이지",
        after="다음 페이지",
    ),
    meetings=MeetingWords(
        title="공개 회의",
        lead=(
            "누구나 참석할 수 있는 위원회 회의입니다. 언제 어디서 모이는지, 안건은 무엇인지, 무엇을"
            " 결정했는지 볼 수 있습니다."
        ),
        body="기구",
        all_bodies="모든 기구",
        when="일시",
        shown={
            "coming": "예정",
            "past": "지난 회의",
            "all": "전체",
        },
        where="장소",
        stands="상태",
        states={
            "planned": "예정됨",
            "held": "열림",
            "cancelled": "취소됨",
        },
        counts={
            "other": "회의 {n}건",
        },
        none="이런 회의의 공고가 없습니다.",
        minutes_out="회의록이 공개됨",
        of="{body} 회의",
        canceled="이 회의는 취소되었습니다.",
        moved="이 회의는 {when}(으)로 옮겨졌습니다.",
        new_notice="새 공고가 나옵니다.",
        notice="공고",
        rests_on="근거",
        starts="시작",
        ends="끝",
        join="참여 방법",
        short_notice="급히 공고한 이유",
        published="공개",
        version="{n}판",
        agenda="안건",
        minutes="회의록",
        minutes_of="{n}판, {when} 공개",
        approved="{day} 승인됨.",
        not_approved="아직 기구의 승인을 받지 않았습니다.",
        as_pdf="회의록 PDF",
        no_minutes="아직 공개된 회의록이 없습니다.",
        record="녹화 기록",
        recording="녹화 기록 위치:",
        kept="적어도 {day}까지 보관합니다({law}).",
        no_record="아직 공개되지 않았습니다.",
    ),
    calendar=CalendarWords(
        title="공개 일정",
        lead="앞으로 석 달 동안 관계국을 만날 수 있는 곳입니다.",
        invite="행사에 시장 초청하기",
        meetings="공공 기구의 공개 회의",
        ward="선거구(ward)",
        all_wards="모든 선거구",
        when="일시",
        until="{when} ~ {end}",
        what="내용",
        where="장소",
        city="시 전체",
        canceled="취소됨",
        counts={
            "other": "행사 {n}건",
        },
        none="앞으로 석 달 동안 예고된 행사가 없습니다.",
        own_program="쓰시는 달력 프로그램에서 보기:",
    ),
    feeds=FeedWords(
        title="이메일 없이 소식 받아 보기",
        lead=(
            "피드 리더(Atom 또는 RSS)나 지도(GeoJSON)용입니다. 시민을 위해 쓰고 승인한 것만 들어"
            " 있습니다."
        ),
        city="시 전체",
        kinds="한 종류의 소식",
        of_kind={
            "commitments": "약속",
            "events": "행사",
            "notices": "공개 회의 공고",
        },
        wards="선거구(ward)",
        topics="주제",
        others="ANC나 SMD도 주소가 같습니다. ward/5 자리에 anc/5C 또는 smd/5C07을 넣으십시오.",
        data="공공 데이터: 요청, 신고, 장소 파일",
        news_of="{area} 소식",
        titles={
            "commitments": "공개적으로 한 약속",
            "events": "공개 행사",
            "notices": "공개 회의 공고",
        },
        headings={
            "text": "시민을 위한 글",
            "plan": "작업 계획",
            "check": "확인한 상태",
            "event": "행사",
            "promise": "확인된 약속",
            "kept": "지킨 약속",
        },
    ),
    files=FileWords(
        title="공공 데이터",
        lead=(
            "누구나 키 없이 쓸 수 있는 파일입니다. 장소는 블록 단위로, 약 100미터까지만 적습니다."
            " 누가 요청했는지는 어디에도 나오지 않습니다."
        ),
        titles={
            "requests": "서비스 요청",
            "reports": "관계국에 들어온 신고",
            "locations": "문제가 계속되는 장소",
        },
        abouts={
            "requests": (
                "저희가 마지막으로 읽은 시 311 시스템의 요청입니다. 요청은 311 시스템의 것이며,"
                " 거기서 종결되었다고 해서 고쳐졌다는 뜻은 아닙니다."
            ),
            "reports": (
                "시민이 공개 페이지나 Open311 앱으로 관계국에 신고한 것입니다. 관계국이 신고한"
                " 사람에게 결과를 알리면 신고가 종결됩니다."
            ),
            "locations": (
                "문제가 거듭 생겨 관계국이 여러 기관과 함께 다루는 장소입니다. 시민을 위해 쓰고"
                " 승인한 글이 있는 장소만 들어 있습니다."
            ),
        },
        as_form="{title} ({form} 파일)",
        as_of="{when} 기준",
        meaning="각 열의 뜻",
        columns_of="파일의 열: {title}",
        column="열",
        kind="종류",
        means="뜻",
        kinds={
            "string": "글",
            "integer": "정수",
            "number": "숫자",
            "date": "날짜",
            "datetime": "날짜와 시각(UTC)",
        },
        in_english="열 설명은 영어로만 제공됩니다.",
        programs="프로그램용",
        package="파일과 열의 설명(Data Package)",
        open311="들어오는 요청과 신고(Open311)",
        news="소식, 약속, 행사, 공고(Atom과 RSS)",
        calendar="공개 행사 달력(iCalendar)",
        small=(
            "CSV 파일은 UTF-8 표시로 시작합니다. 스프레드시트가 수식으로 실행할 글은 그 파일에서"
            " 작은따옴표로 시작하며, 다른 형식에는 그대로 들어 있습니다. Parquet 파일은 밤마다"
            " 만들어지고 부분별로 읽을 수 있습니다. 바뀌지 않은 파일에는 304로 응답합니다."
        ),
    ),
)
