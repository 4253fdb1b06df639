"""The lists and files for everybody in Chinese."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.everybody.words import (
    CalendarWords,
    EverybodyWords,
    FeedWords,
    FileWords,
    ListWords,
    MeetingWords,
)

CHINESE = EverybodyWords(
    lists=ListWords(
        filters="筛选",
        chosen="（已设 {n} 项）",
        narrow="筛选列表",
        show="显示",
        clear="清除",
        pages="页码",
        paged="共 {total} 条 · 第 {page} 页，共 {pages} 页",
        before="上一页",
        after="下一页",
    ),
    meetings=MeetingWords(
        title="公开会议",
        lead="向所有人开放的委员会会议：何时何地开会，议程有什么，作出了什么决定。",
        body="机构",
        all_bodies="所有机构",
        when="时间",
        shown={
            "coming": "即将举行",
            "past": "已过去",
            "all": "全部",
        },
        where="地点",
        stands="状态",
        states={
            "planned": "已计划",
            "held": "已举行",
            "cancelled": "已取消",
        },
        counts={
            "other": "{n} 场会议",
        },
        none="没有发布这样的会议通知。",
        minutes_out="会议记录已发布",
        of="{body}的会议",
        canceled="此会议已取消。",
        moved="此会议改到{when}。",
        new_notice="将发布新的通知。",
        notice="通知",
        rests_on="依据",
        starts="开始",
        ends="结束",
        join="参加方式",
        short_notice="临时通知的原因",
        published="发布时间",
        version="第 {n} 版",
        agenda="议程",
        minutes="会议记录",
        minutes_of="第 {n} 版，{when}发布",
        approved="{day}通过。",
        not_approved="机构尚未通过。",
        as_pdf="会议记录（PDF）",
        no_minutes="尚未发布。",
        record="录音录像",
        recording="录音录像在：",
        kept="至少保存到{day}（{law}）。",
        no_record="尚未发布。",
    ),
    calendar=CalendarWords(
        title="公开日程",
        lead="未来三个月可以在哪里见到本办公室。",
        invite="邀请市长参加您的活动",
        meetings="公共机构的公开会议",
        ward="选区（ward）",
        all_wards="所有选区",
        when="时间",
        until="{when} 至 {end}",
        what="内容",
        where="地点",
        city="全市",
        canceled="已取消",
        counts={
            "other": "{n} 项活动",
        },
        none="未来三个月没有已公布的活动。",
        own_program="在您自己的日历程序中查看：",
    ),
    feeds=FeedWords(
        title="不用电子邮件也能关注消息",
        lead="适用于订阅阅读器（Atom 或 RSS）或地图（GeoJSON）。其中只有为公众撰写并批准的内容。",
        city="全市",
        kinds="一类消息",
        of_kind={
            "commitments": "承诺",
            "events": "活动",
            "notices": "公开会议通知",
        },
        wards="选区（ward）",
        topics="主题",
        others="ANC 或 SMD 的地址相同：把 ward/5 换成 anc/5C 或 smd/5C07。",
        data="开放数据：请求、报告和地点的文件",
        news_of="关于{area}的消息",
        titles={
            "commitments": "公开作出的承诺",
            "events": "公开活动",
            "notices": "公开会议通知",
        },
        headings={
            "text": "给公众的文字",
            "plan": "工作计划",
            "check": "所见情况",
            "event": "活动",
            "promise": "已确认的承诺",
            "kept": "已兑现的承诺",
        },
    ),
    files=FileWords(
        title="开放数据",
        lead=(
            "供所有人使用的文件，不需要密钥。地点只写到街段，精确到约 100"
            " 米。其中不会说明是谁提出的请求。"
        ),
        titles={
            "requests": "服务请求",
            "reports": "向办公室的报告",
            "locations": "问题反复出现的地点",
        },
        abouts={
            "requests": (
                "我们最近一次读取的市政 311 系统请求。它们属于 311"
                " 系统；已关闭的请求是在那里关闭的，不等于已经修好。"
            ),
            "reports": (
                "人们通过本办公室的公开页面或 Open311"
                " 应用报告的事情。办公室把结果告诉报告人之后，报告即关闭。"
            ),
            "locations": (
                "问题反复出现、办公室正与各机构一起处理的地点。只包括有为公众撰写并批准的文字的地点"
                "。"
            ),
        },
        as_form="{title}（{form}）",
        as_of="截至{when}",
        meaning="各列的含义",
        columns_of="文件的列：{title}",
        column="列",
        kind="类型",
        means="含义",
        kinds={
            "string": "文本",
            "integer": "整数",
            "number": "数字",
            "date": "日期",
            "datetime": "日期和时间（UTC）",
        },
        in_english="各列仅有英文说明。",
        programs="供程序使用",
        package="文件和列的说明（Data Package）",
        open311="通过 Open311 获取新到的请求和报告",
        news="消息、承诺、活动和通知（Atom 和 RSS）",
        calendar="公开活动日历（iCalendar）",
        small=(
            "CSV 文件以 UTF-8"
            " 标记开头。电子表格会当作公式运行的文字，在其中以撇号开头；其他格式保持原样。Parquet"
            " 文件每晚生成，可以分段读取。文件没有变化时以 304 回应。"
        ),
    ),
)
