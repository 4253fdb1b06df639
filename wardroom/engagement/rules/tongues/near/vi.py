"""The neighborhood in Vietnamese."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.near.words import (
    FigureWords,
    LookWords,
    MapWords,
    NearWords,
    PlaceWords,
    PromiseWords,
)

VIETNAMESE = NearWords(
    title="Thành phố đang làm gì gần quý vị",
    lead=(
        "Những nơi mà vấn đề cứ lặp lại: ai làm gì, từ khi nào và đến khi nào, và chúng tôi thấy"
        " gì khi đến xem."
    ),
    find="Tìm khu phố của quý vị",
    address="Địa chỉ của quý vị",
    address_help="Ví dụ 1200 First Street NE. Chúng tôi không lưu địa chỉ này.",
    look="Xem",
    wards="Chọn một Ward",
    inside="Trong {area}",
    around="Xung quanh",
    city="toàn thành phố",
    events="Cuộc họp và sự kiện",
    when="Khi nào",
    where="Ở đâu",
    no_events="Chưa có thông báo nào cho ba tháng tới.",
    canceled="Đã hủy",
    more_events="Nơi có thể gặp văn phòng",
    more_meetings="Mọi cuộc họp công khai",
    news="Nhận tin về {area} qua email",
    feed="Theo dõi {area} bằng trình đọc tin",
    boundaries="Ranh giới có hiệu lực từ {day}.",
    places=PlaceWords(
        title="Những nơi văn phòng đang xử lý",
        counts={"other": "{n} nơi"},
        none="Ở đây chưa có nơi nào được công bố.",
        place="Nơi",
        text="Thành phố cho biết",
        approved="Được duyệt để công bố {day}.",
        since="Đang xử lý từ {day}",
        watched="Đang theo dõi từ {day}",
        next_by="Hạn tiếp theo: {day}",
        overdue="Quá hạn từ {day}",
        all_here="Mọi điều công khai về nơi này",
        lies_in="Nơi này nằm trong",
        plan="Kế hoạch",
        plan_lead=(
            "Ai làm gì, từ khi nào và đến khi nào. Lời hứa đầu tiên được giữ bên cạnh hạn hiện nay."
        ),
        no_plan="Chưa có bước nào của kế hoạch được công bố.",
        agency="Cơ quan",
        what="Việc",
        asked="Yêu cầu ngày",
        first="Lời hứa đầu tiên",
        until="Hạn",
        stands="Tình trạng",
        states={
            "requested": "Đã yêu cầu; chưa có trả lời",
            "accepted": "Đã hứa",
            "declined": "Từ chối",
            "countered": "Đề nghị ngày khác",
            "done": "Cơ quan nói đã làm xong",
        },
        also="Cũng đã yêu cầu: {agencies}.",
        seen="Chúng tôi đã thấy",
        not_seen="Chưa có ai đến xem.",
        findings={
            "fixed": "Chúng tôi đến xem {day}: đã làm xong.",
            "partly": "Chúng tôi đến xem {day}: mới làm xong một phần.",
            "not_fixed": "Chúng tôi đến xem {day}: chưa làm.",
        },
        done_on="Cơ quan nói đã làm xong {day}",
    ),
    promises=PromiseWords(
        title="Lời hứa",
        who="Ai",
        lead="Những điều đã được hứa công khai ở đây hoặc cho toàn thành phố.",
        none="Ở đây chưa có lời hứa nào được công bố.",
        makers={
            "mayor": "Thị trưởng",
            "council": "Hội đồng",
            "federal": "Một cơ quan liên bang",
            "congress": "Quốc hội",
            "agency": "Một cơ quan của Đặc khu",
            "office": "Văn phòng này",
        },
        by_day="Hạn: {day}",
        no_day="Không nêu ngày",
        moved="lúc đầu: {day}",
        kept="Đã giữ lời {day}",
    ),
    figures=FigureWords(
        title="Dịch vụ của thành phố trong {area}",
        lead="Các con số này đếm những gì được báo cho 311. Chúng không cho biết nơi nào tệ nhất.",
        names={
            "on_time": "Làm đúng hạn",
            "time": "Một nửa được đóng trong",
            "open": "Còn mở vào ngày đó",
        },
        meanings={
            "on_time": (
                "Trong các yêu cầu đến hạn trước ngày này, phần được giải quyết đúng hạn. Yêu cầu"
                " còn mở được tính là trễ. Không tính yêu cầu trùng, chuyển đi và thử nghiệm."
            ),
            "time": (
                "Thời gian mà một nửa số yêu cầu được đóng, tính cả yêu cầu còn mở theo thời gian"
                " đã chờ."
            ),
            "open": "Những gì còn mở vào ngày này, không kể yêu cầu trùng, chuyển đi, thử nghiệm.",
        },
        percent="{n}%",
        days={"other": "{n} ngày"},
        under_a_day="chưa đến một ngày",
        between="có lẽ từ {lower} đến {upper}",
        of={"other": "trên {n} yêu cầu"},
        hidden="Không hiển thị: quá ít để biết, hoặc ít hơn năm",
        definition="Định nghĩa {n}",
        as_of="Dữ liệu đến {day}. Yêu cầu từ {since}.",
        none="Ở đây chưa đo gì.",
    ),
    map=MapWords(
        label=(
            "Bản đồ những nơi văn phòng đang xử lý: {area}. Danh sách bên dưới nói điều tương tự."
        ),
        place="Bản đồ cho biết nơi này ở đâu: {place}",
        instead="Bản đồ không chạy ở đây. Danh sách nói điều tương tự.",
        place_instead="Bản đồ không chạy ở đây. Nơi này: {place}.",
        key="Bản đồ cho thấy gì",
        worked="Nơi văn phòng đang xử lý",
        watched="Nơi văn phòng chỉ theo dõi",
        edge="Ranh giới của {area}",
        here="Nơi này",
        exact="Một chấm chỉ dãy nhà, không phải một căn nhà. Chấm đúng trong khoảng 100 mét.",
        zoom_in="Phóng to",
        zoom_out="Thu nhỏ",
        close="Đóng",
    ),
    looks=LookWords(
        title="Những gì chúng tôi thấy, từng lần đến xem",
        levels={
            "clean": "Đã hết",
            "partly": "Tốt hơn",
            "not_fixed": "Vẫn vậy",
            "worse": "Tệ hơn",
        },
        summary="Chúng tôi đến xem {n} lần, từ {first} đến {last}. {newest}",
        meaning=(
            "Mỗi chấm là một lần người của văn phòng đến xem. Những lần không biết được gì"
            " không được tính, và chỉ vẽ 20 lần gần nhất."
        ),
    ),
)
