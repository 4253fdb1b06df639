"""Applying in Korean."""

from __future__ import annotations

from wardroom.hiring.rules.tongues.words import (
    FormWords,
    JobTongue,
    LetterWords,
    PostingPageWords,
    ReceiptWords,
)
from wardroom.kernel.languages import spoken_in

KOREAN = JobTongue(
    **spoken_in("ko"),
    posting=PostingPageWords(
        title="사무실 채용",
        lead="지원하는 데 계정이 필요 없습니다. 약 10분이면 되며 휴대전화로도 할 수 있습니다.",
        none="현재 모집 중인 자리가 없습니다.",
        until="{day} 끝까지 모집",
        until_filled="채용될 때까지 모집",
        opens="{day}에 시작",
        over="이 채용 공고는 끝났습니다.",
        grade="등급",
        salary="급여",
        a_year="연 {amount}",
        office="사무실",
        open="시작",
        close="마감",
        special="특별 모집",
        about="사무실 소개",
        duties="업무",
        requirements="자격 요건",
        preference="주민 우대",
        security="보안상 민감한 자리",
        residency="거주 요건",
        apply="이 자리에 지원하기",
        not_taking="이 채용 공고는 지금 지원을 받지 않습니다.",
    ),
    form=FormWords(
        start="지원: {title}",
        start_lead=(
            "지원서 링크를 이메일로 보내 드립니다. 작성한 내용은 보관되므로 멈췄다가 나중에 계속할"
            " 수 있습니다."
        ),
        name="이름",
        email="이메일 주소",
        email_help="이 주소로 링크와 접수증을 보냅니다.",
        language="언어",
        begin="시작",
        working="잠시만 기다려 주십시오. 사람이 작성하는지 확인하고 있습니다.",
        draft_lead=(
            "아직 보내지 않았습니다. 마지막 저장: {when}."
            " {email}(으)로 보낸 메일에서 링크를 찾으십시오."
        ),
        phone="전화번호",
        lives_here="지금 시내에 살고 있습니까?",
        yes="예",
        no="아니요",
        resume="이력서",
        attach="이력서 첨부",
        attach_help="PDF, DOC, DOCX, ODT, TXT, RTF, 최대 5 MB. 저장하는 즉시 보관됩니다.",
        attached="첨부됨: {name}",
        take_off="이 파일 빼기",
        paste="또는 여기에 이력서를 붙여 넣기",
        questions="질문",
        optional="비워 두어도 됩니다.",
        save="저장하고 나중에 계속하기",
        saved="저장되었습니다. 이 페이지를 닫고 링크로 다시 오실 수 있습니다.",
        send="지원서 보내기",
        send_lead="보낸 뒤에는 고칠 수 없습니다. 언제든지 취소할 수 있습니다.",
        not_sent="아직 보내지 않았습니다",
        not_saved="저장하지 못한 것이 있습니다",
    ),
    receipt=ReceiptWords(
        sent="지원서를 보냈습니다",
        sent_lead="이 페이지나 접수증을 보관하십시오. 무엇을 언제 보냈는지 증명합니다.",
        number="번호",
        when="보낸 시각",
        stands="진행 상황",
        letters="보내 드린 편지",
        parts_lead="보낸 내용과 각 부분의 지문(SHA-256)",
        parts={
            "person": "이름과 연락처",
            "resume_file": "이력서 파일",
            "pasted": "붙여 넣은 이력서",
            "answers": "질문과 답변",
            "whole": "지원서 전체",
        },
        pdf="접수증 PDF",
        withdraw="지원 취소",
        withdraw_help="되돌릴 수 없습니다.",
        withdrawn="이 지원을 취소하셨습니다.",
        closed="이 링크로 열 수 있는 것이 없거나 더 이상 없습니다.",
    ),
    letters=LetterWords(
        link_subject="지원서: {title}",
        link=(
            "다음 자리에 지원을 시작하셨습니다: {title}.\n\n본인만의 링크입니다. 이 링크로 계속"
            " 작성하고, 지원서를 보내고, 나중에 진행 상황을 볼 수 있습니다. 아무에게도 주지"
            " 마십시오.\n\n{link}\n\n본인이 시작하지 않았다면 아무것도 하지 않으셔도 됩니다.\n"
        ),
        receipt_subject="지원서를 받았습니다: {title}",
        receipt=(
            "다음 자리에 대한 지원서를 받았습니다: {title}.\n\n번호: {number}\n"
            "보낸 시각: {when}\n\n"
            "각 부분의 지문(SHA-256):\n{parts}\n\n"
            "진행 상황 보기, 접수증 저장, 지원 취소:\n\n{link}\n"
        ),
        stage_subject="지원서: {title}",
        stages={
            "received": "지원서를 받았습니다.",
            "screening": "심사단이 지원서를 읽고 있습니다.",
            "interview": "심사단이 이야기를 나누고 싶어 합니다. 사무실에서 연락드리겠습니다.",
            "offer": (
                "사무실이 조건부 채용을 제안합니다. 적합성 심사가 끝나면 효력이 있습니다."
                " 사무실에서 연락드리겠습니다."
            ),
            "suitability": "적합성 심사가 시작되었습니다. 심사하는 곳에서 연락드립니다.",
            "appointed": "임용되셨습니다. 첫 출근일에 대해 사무실에서 연락드리겠습니다.",
            "not_selected": "이 자리에 선발되지 않으셨습니다. 지원해 주셔서 감사합니다.",
            "offer_ended": "채용 제안이 진행되지 않습니다. 사무실에서 연락드리겠습니다.",
            "withdrawn": "지원을 취소하셨습니다. 이제 아무도 읽지 않습니다.",
        },
        foot="이 메일에 답장하지 마십시오.",
    ),
    wrong={
        "fill_in": "이 항목을 작성하십시오.",
        "no_name": "이름을 쓰십시오.",
        "bad_email": "이메일 주소가 아닙니다.",
        "no_answer": "답해 주십시오.",
        "no_resume": "이력서를 첨부하거나 붙여 넣으십시오.",
        "empty_file": "빈 파일입니다.",
        "too_large": "파일이 5 MB보다 큽니다.",
        "bad_type": "PDF, DOC, DOCX, ODT, TXT, RTF 파일을 첨부하십시오.",
        "not_as_named": "이 파일의 내용이 파일 이름과 다릅니다. PDF로 다시 저장해서 첨부하십시오.",
        "macro": "이 파일에는 프로그램(매크로)이 들어 있습니다. PDF로 저장해서 첨부하십시오.",
        "scanner_away": "지금은 파일의 바이러스를 검사할 수 없습니다. 몇 분 뒤 다시 해 보십시오.",
        "scanner_found": "바이러스 검사에서 문제가 발견되었습니다. 다른 파일을 첨부하십시오.",
        "too_long": "너무 깁니다. 줄여 주십시오.",
        "not_taking": "이 채용 공고는 지금 지원을 받지 않습니다. 작성하신 내용은 보관됩니다.",
        "too_many": "오늘 여러 번 시작하셨습니다. 링크가 있는 저희 메일을 찾아보십시오.",
        "slow_down": "한 시간 안에 여기서 너무 많이 보냈습니다. 나중에 다시 해 보십시오.",
    },
)
