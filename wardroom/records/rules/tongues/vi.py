"""Asking for records in Vietnamese."""

from __future__ import annotations

from wardroom.kernel.languages import spoken_in
from wardroom.records.rules.tongues.words import (
    AskWords,
    LetterWords,
    RecordsTongue,
    StandsWords,
)

VIETNAMESE = RecordsTongue(
    **spoken_in("vi"),
    ask=AskWords(
        title="Xin hồ sơ công",
        lead=(
            "Ai cũng có thể xin hồ sơ của văn phòng này, không cần tài khoản và"
            " không cần nói để làm gì."
        ),
        clock=(
            "Luật cho chúng tôi 15 ngày làm việc để trả lời. Nếu cần thêm tối đa"
            " mười ngày, chúng tôi cho quý vị biết lý do bằng văn bản."
        ),
        name="Tên của quý vị",
        email="Địa chỉ e-mail của quý vị",
        email_help="Chúng tôi gửi câu trả lời đến đó. Không ai khác nhìn thấy.",
        language="Ngôn ngữ",
        words="Quý vị muốn hồ sơ nào?",
        words_help=(
            "Xin nói chủ đề, địa điểm và thời gian, ví dụ: mọi thứ về con hẻm sau"
            " dãy nhà 1300, từ tháng Năm."
        ),
        send="Gửi yêu cầu",
        working=("Xin chờ một chút. Chúng tôi đang kiểm tra rằng người viết là người thật."),
        not_sent="Chưa gửi",
    ),
    stands=StandsWords(
        title="Yêu cầu hồ sơ số {number}",
        received="Đã nhận",
        due="Hạn trả lời",
        asked="Điều quý vị đã xin",
        open="Chúng tôi đang làm.",
        longer="Cần thêm thời gian, đến {day}: {reason}",
        late=(
            "Ngày trả lời đã qua. Theo luật, điều này được coi là từ chối và quý"
            " vị có thể khiếu nại. Chúng tôi vẫn nợ quý vị câu trả lời."
        ),
        making=("Đã trả lời. Giấy tờ đang được chuẩn bị và sẽ có ở đây trong vài phút."),
        outcomes={
            "granted": "Đã trả lời: quý vị nhận được tất cả.",
            "part": (
                "Đã trả lời: quý vị nhận được một phần. Danh sách nói phần nào bị"
                " giữ lại và vì sao."
            ),
            "denied": "Đã trả lời: hồ sơ bị giữ lại. Danh sách nói vì sao.",
            "none": "Đã trả lời: chúng tôi đã tìm và không thấy hồ sơ như vậy.",
        },
        withdrawn="Yêu cầu này đã được rút lại.",
        appealed="Quý vị đã khiếu nại. Hạn quyết định là {day}.",
        upheld="Sau khiếu nại của quý vị, câu trả lời được giữ nguyên: {reason}",
        appeal=(
            "Nếu không đồng ý với câu trả lời, quý vị có thể khiếu nại bằng văn"
            " bản lên Thị trưởng; Thị trưởng quyết định trong mười ngày làm việc."
            " Quý vị cũng có thể ra tòa."
        ),
        answer="Câu trả lời",
        fetch="Lấy hồ sơ (tệp ZIP)",
        fingerprint="Dấu vân của tệp",
        closed="Liên kết này không mở được gì, hoặc không còn mở được nữa.",
    ),
    letters=LetterWords(
        receipt_subject="Yêu cầu hồ sơ số {number} của quý vị",
        receipt=(
            "Chúng tôi đã nhận yêu cầu hồ sơ của quý vị. Số của yêu cầu là"
            " {number}. Hạn trả lời là {day}.\n\nXem tình trạng bất cứ lúc nào:"
            " {link}"
        ),
        longer_subject="Yêu cầu hồ sơ số {number} của quý vị cần thêm thời gian",
        longer=(
            "Yêu cầu hồ sơ của quý vị cần hơn 15 ngày làm việc. Lý do:"
            " {reason}\n\nHạn trả lời bây giờ là {day}. Xem tình trạng: {link}"
        ),
        answer_subject="Yêu cầu hồ sơ số {number} của quý vị đã được trả lời",
        answer="{outcome}\n\nGiấy tờ, và cách khiếu nại: {link}",
        foot="Xin đừng trả lời thư này.",
    ),
    wrong={
        "fill_in": "Xin điền vào đây.",
        "bad_email": "Đây không phải là địa chỉ e-mail.",
        "no_words": "Xin nói quý vị muốn hồ sơ nào.",
        "no_name": "Xin viết tên của quý vị.",
        "too_long": "Phần này quá dài. Xin rút ngắn.",
        "slow_down": "Quá nhiều yêu cầu từ đây trong một giờ. Xin thử lại sau.",
    },
)
