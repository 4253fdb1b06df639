"""Reporting and following in Vietnamese."""

from __future__ import annotations

from wardroom.casework.rules.tongues.words import (
    DangerWords,
    FollowWords,
    FormWords,
    LetterWords,
    Told,
)
from wardroom.kernel.languages import spoken_in

VIETNAMESE = Told(
    **spoken_in("vi"),
    ward="Khu {code}",
    only_english="chỉ có tiếng Anh",
    danger=DangerWords(
        always="Có người gặp nguy hiểm? Hãy gọi 911 ngay. Trang này không có người xem từng phút.",
        small=(
            "Nếu chỉ là một lần không thu gom rác hoặc một ổ gà, gọi 311 sẽ nhanh hơn. Trang này"
            " dành cho những vấn đề kéo dài hoặc lặp lại."
        ),
        say={
            "gas": "Có mùi khí đốt? Hãy ra khỏi nhà, rồi gọi 911 và Washington Gas.",
            "wires": "Dây điện rơi? Đừng đến gần. Hãy gọi 911, sau đó gọi Pepco.",
            "life": "Việc này có vẻ nguy hiểm đến tính mạng. Hãy gọi 911 trước khi tiếp tục.",
            "cold": (
                "Có người ở ngoài trời lạnh? Hãy gọi đường dây nhà tạm trú, 202-399-7093. Nếu"
                " không ai trả lời, hãy gọi 911."
            ),
        },
        words={
            "gas": ("rò rỉ khí", "rò rỉ ga", "mùi ga", "mùi khí đốt"),
            "wires": (
                "dây điện rơi", "dây điện đứt", "tia lửa", "dây điện + rơi", "dây điện + đứt",
                "dây điện + lủng lẳng", "dây điện + thõng", "dây điện + sà xuống",
                "cáp điện + rơi", "cáp điện + đứt",
            ),
            "life": (
                "cháy nhà", "hỏa hoạn", "tiếng súng", "bắn súng", "bị đâm", "quá liều",
                "bất tỉnh", "không thở", "mắc kẹt", "sập",
            ),
            "cold": ("không có sưởi", "chết cóng", "hạ thân nhiệt"),
        },
        ground="Khu đất này thuộc về {owner}. Thành phố không thể ra lệnh làm việc ở đó.",
        ground_phone="Quý vị có thể gọi cho họ: {phone}.",
        still_send="Quý vị vẫn có thể gửi báo cáo. Chúng tôi sẽ chuyển đi.",
        others="Việc quý vị kể có thể thuộc về cơ quan khác. Quý vị có thể gọi cho họ:",
        others_outside="Đối với các nơi ngoài Đặc khu, quý vị có thể gọi:",
    ),
    form=FormWords(
        title="Báo một vấn đề",
        lead=(
            "Đèn hỏng, rác, chuột, vỉa hè vỡ: xin cho văn phòng Thị trưởng biết. Quý vị không cần"
            " tài khoản."
        ),
        step="Bước {n} trên {of}",
        go_on="Tiếp theo",
        back="Quay lại",
        photo="Chụp ảnh",
        photos="Hình ảnh",
        photos_help=(
            "Tối đa ba tấm. Xin chụp vấn đề, không chụp mặt người hay biển số xe. Có thể bỏ"
            " qua."
        ),
        photos_kept="Những ảnh này đã được đính kèm:",
        photos_drop="Bỏ ảnh này",
        photos_again="Ảnh của quý vị không được giữ lại. Xin chọn lại trước khi gửi.",
        photo_placed="Chúng tôi lấy địa điểm từ ảnh của quý vị. Xin kiểm tra lại.",
        where="Ở đâu?",
        place="Địa chỉ hoặc góc đường",
        place_help="Kèm theo khu phương hướng, ví dụ 1200 First Street NE.",
        here="Dùng nơi tôi đang đứng",
        on_map="Chọn trên bản đồ",
        map_label="Bản đồ để chọn địa điểm: chạm vào, hoặc dùng phím mũi tên rồi nhấn Enter",
        map_instead="Bản đồ không chạy ở đây. Xin viết địa chỉ.",
        meant="Địa điểm này: {place}",
        place_sure="Địa chỉ đúng và nằm trong Đặc khu. Xin nhận như tôi đã viết.",
        what="Có chuyện gì?",
        said="Xin kể bằng lời của quý vị",
        said_help="Bằng bất cứ ngôn ngữ nào. Xin đừng viết tên người khác.",
        topic="Đây là loại vấn đề gì?",
        topic_help="Quý vị quyết định. Nếu không có loại nào đúng, hãy chọn “Tôi không chắc”.",
        unsure="Tôi không chắc",
        guess="Theo lời quý vị: {topic}, chắc {percent}%",
        guess_basis=(
            "Đây là phỏng đoán, học từ {n} báo cáo trước vào {day}. Nó không quyết định gì: quý vị"
            " chọn."
        ),
        questions="Vài câu hỏi",
        near="Đã có ai báo chưa?",
        near_help=(
            "Những báo cáo này ở gần và cùng loại. Nếu là một trong số đó, hãy thêm tiếng"
            " nói."
        ),
        near_row="{topic}, {place}, từ {day}",
        near_away="cách khoảng {n} mét",
        voices={"other": "{n} người đã báo"},
        me_too="Tôi cũng thấy chỗ này",
        another="Không, của tôi là chỗ khác",
        contact="Chúng tôi liên lạc với quý vị bằng cách nào?",
        contact_help=(
            "Có thể bỏ qua. Không ai ngoài văn phòng thấy. Nếu có địa chỉ email, chúng tôi gửi cho"
            " quý vị liên kết đến báo cáo và kết quả."
        ),
        name="Tên của quý vị",
        email="Địa chỉ email",
        phone="Số điện thoại",
        consent="Văn phòng có thể viết hoặc gọi cho tôi về báo cáo này.",
        yes="Có",
        no="Không",
        check="Tìm câu hỏi và báo cáo ở gần",
        send="Gửi báo cáo",
        working=(
            "Xin chờ một chút: máy của quý vị làm một phép tính nhỏ để chặn chương trình tự"
            " động."
        ),
        optional="(không bắt buộc)",
        not_sent="Chưa gửi được",
        wrong={
            "fill_in": "Xin điền vào đây.",
            "choose": "Xin chọn một câu trả lời.",
            "place_missing": "Xin cho biết ở đâu.",
            "place_unknown": (
                "Chúng tôi không tìm thấy địa chỉ này. Xin viết kèm khu phương hướng, hoặc chọn"
                " trên bản đồ."
            ),
            "place_outside": "Nơi này ở ngoài Đặc khu. Chúng tôi không làm gì được ở đó.",
            "said_missing": "Xin cho biết có chuyện gì bằng vài lời.",
            "too_long": "Dài quá. Xin viết ngắn lại.",
            "bad_answer": "Câu trả lời này không hợp với câu hỏi.",
            "bad_email": "Đây không phải là địa chỉ email.",
            "bad_phone": "Đây không phải là số điện thoại. Xin viết kèm mã vùng.",
            "bad_name": "Xin chỉ viết tên, không quá 120 chữ.",
            "not_agreed": "Xin đồng ý cho chúng tôi viết hoặc gọi, hoặc để trống các ô này.",
            "scanner_away": "Hiện không thể kiểm tra vi-rút trong tệp. Xin thử lại sau vài phút.",
            "scanner_found": (
                "Việc kiểm tra vi-rút tìm thấy vấn đề trong tệp này. Xin đính kèm tệp khác."
            ),
            "bad_file": "Chúng tôi không nhận được tệp này. Xin gửi ảnh JPEG, PNG hoặc WebP.",
            "phone_file": (
                "Không đọc được loại ảnh này ở đây. Xin chọn JPEG, hoặc đặt điện thoại thành “Tương"
                " thích nhất”."
            ),
            "large_file": "Có ảnh lớn hơn 20 MB.",
            "many_files": "Xin gửi tối đa ba ảnh.",
            "slow_down": (
                "Có quá nhiều báo cáo từ đây trong một giờ. Xin thử lại sau, hoặc gọi 311."
            ),
            "gone": "Không còn chọn được mục này. Xin xem lại trang.",
        },
    ),
    follow=FollowWords(
        thanks="Xin cảm ơn. Chúng tôi đã nhận báo cáo của quý vị.",
        title="Báo cáo {number} của quý vị",
        number="Số",
        kind="Loại vấn đề",
        place="Địa điểm",
        reported="Ngày báo",
        your_words="Điều quý vị cho biết",
        who="Ai phụ trách",
        role="Người liên lạc của văn phòng Thị trưởng cho {ward}",
        role_no_ward=(
            "Văn phòng Thị trưởng. Chúng tôi chưa biết nơi này thuộc khu nào, và sẽ tìm hiểu"
            " trước."
        ),
        next="Chúng tôi xem xét chậm nhất vào {day}.",
        keep_link="Xin giữ địa chỉ của trang này. Đó là đường trở lại báo cáo của quý vị.",
        mailed="Chúng tôi cũng gửi đến địa chỉ email quý vị đã cho.",
        joined="Người khác cũng đã báo. Tiếng nói của quý vị được thêm vào.",
        private="Trang này chỉ dành cho quý vị. Xin đừng đưa địa chỉ cho người khác.",
        status="Tình hình hiện nay",
        received="Chúng tôi đã nhận và có người phụ trách.",
        asked={"other": "Đã yêu cầu {n} cơ quan làm việc này."},
        promised="Một cơ quan hứa xong trước {day}.",
        returned="Vấn đề trở lại, nên chúng tôi đang làm tiếp.",
        closed="Chúng tôi kết thúc vào {day}: {outcome}.",
        outcomes={
            "fixed": "đã sửa xong",
            "partly_fixed": "đã sửa một phần",
            "not_fixed": "chưa sửa được",
            "referred": "nơi khác đang giữ việc này; họ làm gì không do chúng tôi quyết định",
            "no_action": "không cần làm gì",
            "duplicate": "trùng với một báo cáo khác",
        },
        what_was_said="Điều văn phòng cho quý vị biết",
        history="Những điều đã trao đổi",
        facts="Điều chúng tôi biết",
        fact_lines={
            "done": (
                "Một cơ quan nói vào {day} rằng đã xong.",
                "Chưa có cơ quan nào nói là đã xong.",
            ),
            "seen": ("Chúng tôi đã đến xem vào {day}.", "Chúng tôi chưa đến xem."),
            "told": (
                "Chúng tôi cho quý vị biết kết quả vào {day}.",
                "Chúng tôi chưa cho quý vị biết kết quả.",
            ),
            "back": ("Vấn đề trở lại vào {day}.", "Theo chúng tôi biết, vấn đề chưa trở lại."),
        },
        asks="Văn phòng hỏi quý vị",
        answer="Câu trả lời của quý vị",
        send_answer="Gửi câu trả lời",
        answered="Quý vị đã trả lời vào {day}:",
        answer_kept="Xin cảm ơn. Văn phòng đã nhận câu trả lời.",
        still="Vấn đề còn đó không?",
        still_help="Xin cho biết mỗi khi quý vị thấy lại, kể cả sau khi chúng tôi kết thúc.",
        still_words="Bây giờ quý vị thấy gì?",
        still_send="Vẫn còn đó",
        still_noted="Đã ghi lại. Người phụ trách thấy điều này.",
        still_opened="Xin cảm ơn. Chúng tôi đã mở lại, và tính là một lần tái diễn.",
        rating="Vấn đề đã được giải quyết chưa?",
        rating_help="Câu trả lời của quý vị được đếm, và văn phòng đọc nó.",
        ratings={"yes": "Rồi, đã giải quyết", "partly": "Một phần", "no": "Chưa"},
        rating_words="Quý vị có muốn thêm gì không?",
        rating_send="Gửi",
        rating_kept="Xin cảm ơn. Văn phòng đã nhận câu trả lời.",
        nothing_opens="Liên kết này không mở được gì. Quý vị có thể xin gửi lại liên kết.",
        wait="Có quá nhiều lần thử từ đây. Xin chờ một lúc rồi thử lại.",
        mine_title="Gửi lại liên kết cho tôi",
        mine_lead="Xin cho địa chỉ email quý vị đã dùng khi báo. Liên kết được gửi đến đó.",
        mine_send="Gửi liên kết của tôi",
        mine_sent=(
            "Nếu có báo cáo của địa chỉ này, liên kết đang được gửi. Xin xem hộp thư trong vài phút"
            " nữa."
        ),
        another_report="Báo một vấn đề khác",
    ),
    letter=LetterWords(
        receipt_subject="Chúng tôi đã nhận báo cáo {number}",
        receipt=(
            "Cảm ơn quý vị đã cho biết.\n\n"
            "Số: {number}\nĐịa điểm: {place}\nAi phụ trách: {who}\n{next}\n\n"
            "Xin theo dõi ở đây, cho biết vấn đề vẫn còn, hoặc thêm điều gì:\n\n{link}\n"
        ),
        next="Chúng tôi xem xét chậm nhất vào {day}.",
        told_subject="Kết quả báo cáo {number} của quý vị",
        told=(
            "{text}\n\nĐây là về báo cáo {number} của quý vị: {what}.\n\n"
            "Nếu không đúng, hoặc vấn đề trở lại, xin cho biết ở đây. Quý vị cũng có thể cho biết"
            " vấn đề đã được giải quyết chưa:\n\n{link}\n"
        ),
        question_subject="Một câu hỏi về báo cáo {number} của quý vị",
        question=(
            "Người phụ trách báo cáo {number} của quý vị hỏi:\n\n{text}\n\n"
            "Xin trả lời ở đây:\n\n{link}\n"
        ),
        links_subject="Liên kết đến các báo cáo của quý vị",
        links=(
            "Có người, mong là quý vị, đã xin liên kết đến các báo cáo của địa chỉ này:\n\n"
            "{links}\n\nNếu không phải quý vị, xin đừng làm gì. Không ai khác nhận được.\n"
        ),
        foot="Có người đọc thư trả lời của quý vị.",
    ),
)  # fmt: skip
