"""Asking for records in Korean."""

from __future__ import annotations

from wardroom.kernel.languages import spoken_in
from wardroom.records.rules.tongues.words import (
    AskWords,
    LetterWords,
    RecordsTongue,
    StandsWords,
)

KOREAN = RecordsTongue(
    **spoken_in("ko"),
    ask=AskWords(
        title="공공 기록 청구",
        lead="누구나 계정 없이, 목적을 밝히지 않고 이 사무실의 기록을 청구할 수 있습니다.",
        clock=(
            "법에 따라 15영업일 안에 답변합니다. 최대 10영업일이 더 필요하면 그 "
            "이유를 서면으로 알려 드립니다."
        ),
        name="이름",
        email="이메일 주소",
        email_help="이 주소로 답변을 보냅니다. 다른 사람은 볼 수 없습니다.",
        language="언어",
        words="어떤 기록을 원하십니까?",
        words_help=(
            "주제, 장소, 시기를 적어 주십시오. 예: 5월 이후 1300번지 뒤 골목에 관한 모든 기록."
        ),
        send="청구 보내기",
        working="잠시만 기다려 주십시오. 사람이 작성하는지 확인하고 있습니다.",
        not_sent="아직 보내지 않았습니다",
    ),
    stands=StandsWords(
        title="기록 청구 {number}",
        received="접수일",
        due="답변 기한",
        asked="청구하신 내용",
        open="처리하고 있습니다.",
        longer="{day}까지 시간이 더 걸립니다: {reason}",
        late=(
            "답변 기한이 지났습니다. 법에 따라 이는 거부로 간주되며 이의를 신청하실 "
            "수 있습니다. 답변은 여전히 드려야 합니다."
        ),
        making="답변이 결정되었습니다. 문서를 만들고 있으며 몇 분 안에 여기에 나타납니다.",
        outcomes={
            "granted": "답변: 모두 받으십니다.",
            "part": "답변: 일부를 받으십니다. 무엇을 왜 공개하지 않았는지 목록에 있습니다.",
            "denied": "답변: 기록을 공개하지 않습니다. 이유는 목록에 있습니다.",
            "none": "답변: 찾아보았으나 그런 기록이 없었습니다.",
        },
        withdrawn="이 청구는 철회되었습니다.",
        appealed="이의를 신청하셨습니다. 결정 기한은 {day}입니다.",
        upheld="이의 신청 후에도 답변이 유지됩니다: {reason}",
        appeal=(
            "답변에 동의하지 않으시면 시장에게 서면으로 이의를 신청할 수 있으며,"
            " 시장은 10영업일 안에 결정합니다. 법원에 갈 수도"
            " 있습니다."
        ),
        answer="답변",
        fetch="기록 받기 (ZIP 파일)",
        fingerprint="파일 지문",
        closed="이 링크로 열 수 있는 것이 없거나 더 이상 없습니다.",
    ),
    letters=LetterWords(
        receipt_subject="기록 청구 {number}",
        receipt=(
            "기록 청구를 접수했습니다. 번호는 {number}입니다. 답변 기한은 {day}입니다.\n\n"
            "진행 상황은 언제든지 여기에서"
            " 확인하십시오: {link}"
        ),
        longer_subject="기록 청구 {number}에 시간이 더 걸립니다",
        longer=(
            "기록 청구에 15영업일보다 시간이 더 걸립니다. 이유: {reason}\n\n"
            "새 답변 기한은 {day}입니다. 진행 상황:"
            " {link}"
        ),
        answer_subject="기록 청구 {number}에 대한 답변",
        answer="{outcome}\n\n문서와 이의 신청 방법: {link}",
        foot="이 메일에 답장하지 마십시오.",
    ),
    wrong={
        "fill_in": "이 항목을 작성하십시오.",
        "bad_email": "이메일 주소가 아닙니다.",
        "no_words": "어떤 기록을 원하시는지 적어 주십시오.",
        "no_name": "이름을 적어 주십시오.",
        "too_long": "너무 깁니다. 줄여 주십시오.",
        "slow_down": "한 시간 안에 여기서 너무 많이 보냈습니다. 나중에 다시 해 보십시오.",
    },
)
