"""Applying in Vietnamese."""

from __future__ import annotations

from wardroom.hiring.rules.tongues.words import (
    FormWords,
    JobTongue,
    LetterWords,
    PostingPageWords,
    ReceiptWords,
)
from wardroom.kernel.languages import spoken_in

VIETNAMESE = JobTongue(
    **spoken_in("vi"),
    posting=PostingPageWords(
        title="Việc làm tại văn phòng",
        lead=(
            "Quý vị không cần tài khoản để nộp đơn. Mất khoảng mười phút, dùng điện thoại cũng"
            " được."
        ),
        none="Hiện không có việc nào đang tuyển.",
        until="Nhận đơn đến hết {day}",
        until_filled="Nhận đơn cho đến khi tuyển được người",
        opens="Mở vào {day}",
        over="Đợt tuyển này đã kết thúc.",
        grade="Bậc",
        salary="Lương",
        a_year="{amount} một năm",
        office="Văn phòng",
        open="Mở",
        close="Đóng",
        special="Tuyển dụng đặc biệt",
        about="Về văn phòng",
        duties="Nhiệm vụ",
        requirements="Yêu cầu",
        preference="Ưu tiên cho cư dân",
        security="Vị trí nhạy cảm về an ninh",
        residency="Cư trú",
        apply="Nộp đơn cho việc này",
        not_taking="Đợt tuyển này hiện không nhận đơn.",
    ),
    form=FormWords(
        start="Nộp đơn: {title}",
        start_lead=(
            "Chúng tôi gửi cho quý vị liên kết đến đơn của mình. Những gì quý vị điền được giữ lại,"
            " nên quý vị có thể dừng và tiếp tục sau."
        ),
        name="Tên của quý vị",
        email="Địa chỉ e-mail của quý vị",
        email_help="Chúng tôi gửi liên kết và biên nhận đến đó.",
        language="Ngôn ngữ",
        begin="Bắt đầu",
        working="Xin chờ một chút. Chúng tôi đang kiểm tra rằng người viết là người thật.",
        draft_lead=(
            "Chưa gửi gì cả. Lưu lần cuối: {when}. Xin tìm liên kết trong thư gửi đến {email}."
        ),
        phone="Số điện thoại",
        lives_here="Hiện nay quý vị có sống trong thành phố không?",
        yes="Có",
        no="Không",
        resume="Sơ yếu lý lịch",
        attach="Đính kèm sơ yếu lý lịch",
        attach_help=(
            "PDF, DOC, DOCX, ODT, TXT hoặc RTF, tối đa 5 MB. Tệp được giữ ngay khi quý vị lưu."
        ),
        attached="Đã đính kèm: {name}",
        take_off="Bỏ tệp này",
        paste="Hoặc dán sơ yếu lý lịch vào đây",
        questions="Câu hỏi",
        optional="Quý vị có thể để trống.",
        save="Lưu và tiếp tục sau",
        saved="Đã lưu. Quý vị có thể đóng trang này và trở lại bằng liên kết.",
        send="Gửi đơn",
        send_lead="Sau khi gửi, quý vị không thể sửa. Quý vị có thể rút đơn bất cứ lúc nào.",
        not_sent="Chưa gửi",
        not_saved="Có phần chưa lưu được",
    ),
    receipt=ReceiptWords(
        sent="Đơn của quý vị đã được gửi",
        sent_lead="Hãy giữ trang này hoặc biên nhận. Nó chứng minh quý vị đã gửi gì và khi nào.",
        number="Số",
        when="Đã gửi",
        stands="Tình trạng",
        letters="Thư gửi quý vị",
        parts_lead="Những gì quý vị đã gửi, mỗi phần kèm dấu vân (SHA-256)",
        parts={
            "person": "Tên và cách liên lạc với quý vị",
            "resume_file": "Sơ yếu lý lịch, dạng tệp",
            "pasted": "Sơ yếu lý lịch, dán vào",
            "answers": "Câu hỏi và câu trả lời của quý vị",
            "whole": "Toàn bộ đơn",
        },
        pdf="Biên nhận dạng PDF",
        withdraw="Rút đơn",
        withdraw_help="Việc này không thể hoàn lại.",
        withdrawn="Quý vị đã rút đơn này.",
        closed="Liên kết này không mở được gì, hoặc không còn mở được nữa.",
    ),
    letters=LetterWords(
        link_subject="Đơn của quý vị: {title}",
        link=(
            "Quý vị đã bắt đầu nộp đơn cho: {title}.\n\nĐây là liên kết riêng của quý vị. Với nó,"
            " quý vị tiếp tục, gửi đơn và sau này xem tình trạng. Xin đừng đưa cho ai.\n\n{link}"
            "\n\nNếu quý vị không bắt đầu việc này, xin đừng làm gì.\n"
        ),
        receipt_subject="Chúng tôi đã nhận đơn của quý vị: {title}",
        receipt=(
            "Chúng tôi đã nhận đơn của quý vị cho: {title}.\n\nSố: {number}\nĐã gửi: {when}\n\n"
            "Dấu vân (SHA-256) của từng phần:\n{parts}\n\n"
            "Xem tình trạng, lưu biên nhận hoặc rút đơn:\n\n{link}\n"
        ),
        stage_subject="Đơn của quý vị: {title}",
        stages={
            "received": "Chúng tôi đã nhận đơn của quý vị.",
            "screening": "Hội đồng đang đọc đơn của quý vị.",
            "interview": "Hội đồng muốn nói chuyện với quý vị. Văn phòng sẽ liên lạc với quý vị.",
            "offer": (
                "Văn phòng đưa ra lời mời làm việc có điều kiện. Lời mời có hiệu lực khi việc xét"
                " sự phù hợp đã xong. Văn phòng sẽ liên lạc với quý vị."
            ),
            "suitability": (
                "Việc xét sự phù hợp đã bắt đầu. Người phụ trách sẽ liên lạc với quý vị."
            ),
            "appointed": (
                "Quý vị đã được bổ nhiệm. Văn phòng sẽ liên lạc về ngày làm việc đầu tiên."
            ),
            "not_selected": "Quý vị không được chọn cho việc này. Cảm ơn quý vị đã nộp đơn.",
            "offer_ended": "Lời mời không tiếp tục. Văn phòng sẽ liên lạc với quý vị.",
            "withdrawn": "Quý vị đã rút đơn. Không còn ai đọc đơn nữa.",
        },
        foot="Xin đừng trả lời thư này.",
    ),
    wrong={
        "fill_in": "Xin điền vào đây.",
        "no_name": "Xin viết tên của quý vị.",
        "bad_email": "Đây không phải là địa chỉ e-mail.",
        "no_answer": "Xin trả lời câu này.",
        "no_resume": "Xin đính kèm hoặc dán sơ yếu lý lịch.",
        "empty_file": "Tệp này trống.",
        "too_large": "Tệp này lớn hơn 5 MB.",
        "bad_type": "Xin đính kèm tệp PDF, DOC, DOCX, ODT, TXT hoặc RTF.",
        "not_as_named": "Tệp này không đúng với tên của nó. Hãy lưu lại thành PDF rồi đính kèm.",
        "macro": "Tệp này chứa một chương trình (macro). Hãy lưu thành PDF rồi đính kèm.",
        "scanner_away": "Hiện không thể kiểm tra vi-rút trong tệp. Xin thử lại sau vài phút.",
        "scanner_found": (
            "Việc kiểm tra vi-rút tìm thấy vấn đề trong tệp này. Xin đính kèm tệp khác."
        ),
        "too_long": "Phần này quá dài. Xin rút ngắn.",
        "not_taking": "Đợt tuyển này hiện không nhận đơn. Những gì quý vị viết được giữ lại.",
        "too_many": "Hôm nay quý vị đã bắt đầu nhiều đơn. Xin tìm thư của chúng tôi có liên kết.",
        "slow_down": "Quá nhiều đơn từ đây trong một giờ. Xin thử lại sau.",
    },
)
