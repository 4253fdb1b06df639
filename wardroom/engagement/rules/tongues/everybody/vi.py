"""The lists and files for everybody in Vietnamese."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.everybody.words import (
    CalendarWords,
    EverybodyWords,
    FeedWords,
    FileWords,
    ListWords,
    MeetingWords,
)

VIETNAMESE = EverybodyWords(
    lists=ListWords(
        filters="Bộ lọc",
        chosen="(đang dùng {n})",
        narrow="Lọc danh sách",
        show="Hiển thị",
        clear="Xóa lọc",
        pages="Các trang",
        paged="Tổng cộng {total} · trang {page} trên {pages}",
        before="Trang trước",
        after="Trang sau",
    ),
    meetings=MeetingWords(
        title="Cuộc họp công khai",
        lead=(
            "Cuộc họp của các hội đồng và ủy ban mở cho mọi người: họp khi nào, ở đâu, chương trình"
            " có gì và đã quyết định gì."
        ),
        body="Cơ quan",
        all_bodies="Tất cả cơ quan",
        when="Khi nào",
        shown={
            "coming": "Sắp tới",
            "past": "Đã qua",
            "all": "Tất cả",
        },
        where="Ở đâu",
        stands="Tình trạng",
        states={
            "planned": "Dự kiến",
            "held": "Đã họp",
            "cancelled": "Đã hủy",
        },
        counts={
            "other": "{n} cuộc họp",
        },
        none="Chưa có thông báo nào về cuộc họp như vậy.",
        minutes_out="Đã có biên bản",
        of="Cuộc họp của {body}",
        canceled="Cuộc họp này đã bị hủy.",
        moved="Cuộc họp này được dời sang {when}.",
        new_notice="Sẽ có thông báo mới.",
        notice="Thông báo",
        rests_on="Căn cứ",
        starts="Bắt đầu",
        ends="Kết thúc",
        join="Cách tham dự",
        short_notice="Thông báo gấp",
        published="Đăng ngày",
        version="bản {n}",
        agenda="Chương trình họp",
        minutes="Biên bản",
        minutes_of="Bản {n}, đăng {when}",
        approved="Được thông qua {day}.",
        not_approved="Cơ quan chưa thông qua.",
        as_pdf="Biên bản dạng PDF",
        no_minutes="Chưa đăng biên bản nào.",
        record="Bản ghi",
        recording="Bản ghi ở:",
        kept="Được giữ ít nhất đến {day} ({law}).",
        no_record="Chưa được đăng.",
    ),
    calendar=CalendarWords(
        title="Lịch công khai",
        lead="Nơi có thể gặp văn phòng trong ba tháng tới.",
        invite="Mời Thị trưởng đến sự kiện của quý vị",
        meetings="Cuộc họp công khai của các cơ quan",
        ward="Khu (ward)",
        all_wards="Tất cả các khu",
        when="Khi nào",
        until="{when} đến {end}",
        what="Việc gì",
        where="Ở đâu",
        city="Toàn thành phố",
        canceled="Đã hủy",
        counts={
            "other": "{n} sự kiện",
        },
        none="Chưa có gì được thông báo cho ba tháng tới.",
        own_program="Đọc trong chương trình lịch của quý vị:",
    ),
    feeds=FeedWords(
        title="Theo dõi tin tức không cần email",
        lead=(
            "Dành cho trình đọc tin (Atom hoặc RSS) hoặc bản đồ (GeoJSON). Chỉ gồm những gì được"
            " viết và duyệt cho công chúng."
        ),
        city="Toàn thành phố",
        kinds="Một loại tin",
        of_kind={
            "commitments": "Cam kết",
            "events": "Sự kiện",
            "notices": "Thông báo họp công khai",
        },
        wards="Các khu (ward)",
        topics="Chủ đề",
        others="ANC hay SMD có cùng kiểu địa chỉ: thay ward/5 bằng anc/5C hoặc smd/5C07.",
        data="Dữ liệu mở: yêu cầu, báo cáo và địa điểm dạng tệp",
        news_of="Tin về {area}",
        titles={
            "commitments": "Cam kết đã đưa ra công khai",
            "events": "Sự kiện công cộng",
            "notices": "Thông báo họp công khai",
        },
        headings={
            "text": "Lời cho công chúng",
            "plan": "Kế hoạch làm việc",
            "check": "Điều đã thấy",
            "event": "Sự kiện",
            "promise": "Lời hứa được xác nhận",
            "kept": "Lời hứa đã giữ",
        },
    ),
    files=FileWords(
        title="Dữ liệu mở",
        lead=(
            "Tệp cho mọi người, không cần khóa. Địa điểm được ghi theo dãy nhà và chính xác đến"
            " khoảng 100 mét. Không có gì trong đó cho biết ai đã yêu cầu."
        ),
        titles={
            "requests": "Yêu cầu dịch vụ",
            "reports": "Báo cáo gửi văn phòng",
            "locations": "Địa điểm có vấn đề kéo dài",
        },
        abouts={
            "requests": (
                "Các yêu cầu gửi đến hệ thống 311 của thành phố, như lần chúng tôi đọc gần nhất."
                " Chúng thuộc hệ thống 311; yêu cầu đã đóng là được đóng ở đó, không có nghĩa là đã"
                " sửa xong."
            ),
            "reports": (
                "Những gì người dân báo cho văn phòng qua trang công khai hoặc ứng dụng Open311."
                " Một báo cáo được đóng khi văn phòng đã cho người báo biết kết quả."
            ),
            "locations": (
                "Những nơi vấn đề cứ trở lại và văn phòng đang cùng các cơ quan giải quyết. Chỉ gồm"
                " nơi có lời được viết và duyệt cho công chúng."
            ),
        },
        as_form="{title} dạng {form}",
        as_of="Tính đến {when}",
        meaning="Ý nghĩa các cột",
        columns_of="Các cột của tệp: {title}",
        column="Cột",
        kind="Loại",
        means="Ý nghĩa",
        kinds={
            "string": "Chữ",
            "integer": "Số nguyên",
            "number": "Số",
            "date": "Ngày",
            "datetime": "Ngày và giờ (UTC)",
        },
        in_english="Các cột chỉ được giải thích bằng tiếng Anh.",
        programs="Dành cho chương trình",
        package="Mô tả tệp và cột, dạng Data Package",
        open311="Yêu cầu và báo cáo khi vừa đến, qua Open311",
        news="Tin tức, cam kết, sự kiện và thông báo dạng Atom và RSS",
        calendar="Sự kiện công cộng dạng lịch (iCalendar)",
        small=(
            "Tệp CSV bắt đầu bằng dấu UTF-8. Trong đó, chữ mà bảng tính sẽ chạy như công thức bắt"
            " đầu bằng dấu nháy đơn; các dạng khác giữ nguyên. Parquet được tạo ban đêm và có thể"
            " đọc từng phần. Tệp không thay đổi được trả lời bằng 304."
        ),
    ),
)
