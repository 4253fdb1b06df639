"""News in Vietnamese."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.words import JoinWords, MailWords, PageWords, Tongue
from wardroom.kernel.languages import spoken_in

VIETNAMESE = Tongue(
    **spoken_in("vi"),
    only_english="chỉ có tiếng Anh",
    around="phạm vi {far} dặm quanh {where}",
    mine={
        "smd": "SMD của quý vị, {code}",
        "anc": "ANC của quý vị, {code}",
        "ward": "Khu {code} của quý vị",
    },
    named={"smd": "SMD {code}", "anc": "ANC {code}", "ward": "Khu {code}"},
    city="toàn thành phố",
    mail=MailWords(
        confirm_subject="Xin xác nhận: tin tức về {area}",
        confirm=(
            "Có người, mong là quý vị, đã yêu cầu chúng tôi gửi tin tức về {area} đến địa chỉ"
            " này.\n\nĐể nhận tin, xin mở liên kết này và xác nhận. Liên kết chỉ dùng được một"
            " lần, đến {day}:\n\n{link}\n\nNếu không phải quý vị, xin đừng làm gì. Quý vị sẽ"
            " không nhận được gì.\n"
        ),
        welcome_subject="Quý vị nhận tin tức về {area}",
        welcome=(
            "Xin cảm ơn. Từ nay quý vị sẽ nhận tin tức về {area}. Khi không có gì mới, chúng tôi"
            " sẽ không gửi thư.\n\nQuý vị có thể xem, thay đổi hoặc dừng bất cứ lúc nào tại"
            " đây:\n\n{link}\n"
        ),
        digest_subject="Tin tức về {area}, {day}",
        changes={"other": "Có {n} thay đổi kể từ lần gửi thư trước."},
        headings={
            "text": "Thành phố cho biết về các địa điểm",
            "plan": "Kế hoạch công việc",
            "check": "Những gì chúng tôi thấy tại chỗ",
            "event": "Cuộc họp và sự kiện",
            "promise": "Lời hứa đã xác nhận",
            "kept": "Lời hứa đã thực hiện",
        },
        findings={
            "clean": "Chúng tôi đã xem xét {day}: vấn đề không còn nữa.",
            "partly": "Chúng tôi đã xem xét {day}: đã tốt hơn, nhưng vấn đề vẫn còn.",
            "not_fixed": "Chúng tôi đã xem xét {day}: vẫn như cũ.",
            "worse": "Chúng tôi đã xem xét {day}: tệ hơn trước.",
        },
        plan="Một kế hoạch công việc đã bắt đầu {day}. Các cơ quan tham gia: {agencies}.",
        promise="{who} đã hứa:",
        promise_by="Hạn: {day}.",
        event="{when}, {where}.",
        why="Quý vị nhận thư này vì đã yêu cầu {day}.",
        manage="Xem, thay đổi hoặc dừng: {link}",
        moved_subject="Ranh giới đã thay đổi: {old} nay là {new}",
        changed_subject="Ranh giới đã thay đổi: {old}",
        moved=(
            "Ranh giới mới có hiệu lực từ {day}. Địa chỉ của quý vị trước đây thuộc {old}, nay"
            " thuộc {new}. Từ nay quý vị nhận tin tức về {new}."
        ),
        redrawn=(
            "Ranh giới mới có hiệu lực từ {day}. {old} có ranh giới mới. Quý vị tiếp tục nhận tin"
            " tức về {old}, theo ranh giới hiện nay."
        ),
        gone=(
            "Ranh giới mới có hiệu lực từ {day}. {old} không còn nữa. Chúng tôi không chuyển quý"
            " vị sang khu vực khác: quý vị sẽ không nhận tin cho đến khi chọn khu vực mới."
        ),
        gone_to="Khu vực {old} trước đây nay thuộc: {new}.",
        lost=(
            "Ranh giới mới có hiệu lực từ {day}. Chúng tôi không xác định được địa chỉ của quý vị"
            " thuộc khu nào. Quý vị sẽ không nhận tin cho đến khi chọn một khu vực."
        ),
        moved_back=(
            "Chúng tôi đã báo rằng ranh giới thay đổi. Đó là nhầm lẫn của chúng tôi. Quý vị lại"
            " nhận tin tức về {old} như trước."
        ),
        letter_foot="Quý vị nhận thư này vì đang nhận tin tức về {area}.",
    ),
    pages=PageWords(
        title="Tin tức khu phố của quý vị",
        lead=(
            "Thành phố gửi thư cho quý vị khi có thay đổi ở gần: việc đang làm tại một nơi, những"
            " gì đã thấy ở đó, và lời hứa nào đã được thực hiện."
        ),
        email="Địa chỉ email của quý vị",
        language="Ngôn ngữ",
        area="Khu vực nào?",
        areas={
            "around": "Quanh một địa chỉ",
            "mine_smd": "SMD của một địa chỉ",
            "mine_anc": "ANC của một địa chỉ",
            "mine_ward": "Ward của một địa chỉ",
            "named": "Một SMD, ANC hoặc Ward theo tên",
            "city": "Toàn thành phố",
        },
        where="Địa chỉ",
        where_help="Chỉ điền khi chọn khu vực theo địa chỉ, ví dụ 1200 First Street NE.",
        far="Khoảng cách, tính bằng dặm",
        district="SMD, ANC hoặc Ward",
        district_help="Chỉ điền khi chọn khu vực theo tên, ví dụ 5C07, ANC 5C hoặc Ward 5.",
        topics="Chủ đề",
        topics_help="Không chọn gì để nhận tất cả.",
        frequency="Bao lâu một lần?",
        frequencies={"daily": "Mỗi ngày", "weekly": "Mỗi tuần", "monthly": "Mỗi tháng"},
        consent=(
            "Tôi đồng ý để Văn phòng Quan hệ Cộng đồng của Thị trưởng lưu địa chỉ này và gửi cho"
            " tôi thông tin tiến độ qua email. Tôi có thể dừng bất cứ lúc nào chỉ bằng một lần"
            " nhấp."
        ),
        ask="Đăng ký nhận tin",
        sent_title="Xin kiểm tra hộp thư",
        sent="Chúng tôi đã gửi liên kết đến địa chỉ này. Chỉ bắt đầu khi quý vị xác nhận.",
        confirm_title="Xin xác nhận quý vị muốn nhận tin",
        confirm_button="Vâng, hãy gửi tin cho tôi",
        confirmed="Đã xác nhận. Từ nay quý vị sẽ nhận tin.",
        manage_title="Những gì quý vị nhận từ chúng tôi",
        manage_lead="Trang này thuộc về {address}. Xin đừng chuyển liên kết cho người khác.",
        nothing="Quý vị không nhận gì từ chúng tôi.",
        change="Lưu",
        changed="Đã lưu.",
        stop_one="Dừng mục này",
        stop_all="Dừng tất cả",
        stop_question="Quý vị có muốn dừng mọi tin tức gửi đến {address} không?",
        stopped_one="Đã dừng.",
        stopped_all="Quý vị sẽ không nhận tin từ chúng tôi nữa. Không cần làm gì thêm.",
        choose_again="Ranh giới đã thay đổi. Xin chọn lại khu vực.",
        feeds="Hoặc theo dõi không cần email",
        not_saved="Chưa được lưu",
        fill_in="Xin điền mục này.",
        bad_email="Đây không phải là địa chỉ email.",
        unknown_place="Không có địa chỉ này. Xin ghi cả góc phần tư (như NE) hoặc tên khu vực.",
        unknown_district="Không có khu vực tên này. Xin ghi như 5C07, ANC 5C hoặc Ward 5.",
        all_topics="mọi chủ đề",
    ),
    join=JoinWords(
        title="Tham gia {group}",
        who="Ai có thể tham gia:",
        area="Khu vực:",
        name="Tên của quý vị",
        email="Địa chỉ email",
        phone="Số điện thoại",
        one_is_enough="Chỉ cần một trong hai.",
        agreed="Tôi đồng ý",
        consent=(
            "Văn phòng Quan hệ Cộng đồng của Thị trưởng có thể viết thư hoặc gọi điện cho tôi"
            " về {group}: các cuộc họp, chương trình họp và biên bản. Tôi có thể dừng bất cứ"
            " lúc nào bằng liên kết trong mỗi tin nhắn, hoặc bằng cách báo cho văn phòng. Tên"
            " và cách liên lạc với tôi do văn phòng lưu giữ và không hiển thị cho công chúng."
        ),
        ask="Xin tham gia",
        thanks="Văn phòng đã nhận được. Sẽ có người liên lạc với quý vị.",
        closed=(
            "Hiện nay {group} không nhận người qua liên kết. Xin gọi 311 để liên lạc với văn"
            " phòng."
        ),
        no_name="Xin ghi tên của quý vị.",
        bad_name="Xin chỉ ghi tên, không quá 120 ký tự.",
        no_way="Xin cho biết địa chỉ email hoặc số điện thoại.",
        bad_phone="Đây không phải là số điện thoại. Xin ghi cả mã vùng, như 202-555-0147.",
        not_agreed="Xin cho biết văn phòng có thể viết thư hoặc gọi điện về nhóm này.",
        full="Hiện có quá nhiều người đang chờ trả lời. Xin gọi điện cho văn phòng.",
        slow_down="Có quá nhiều yêu cầu từ đây trong một giờ. Xin thử lại sau.",
    ),
)  # fmt: skip
