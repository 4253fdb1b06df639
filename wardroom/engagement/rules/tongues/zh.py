"""News in Simplified Chinese."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.words import JoinWords, MailWords, PageWords, Tongue
from wardroom.kernel.languages import spoken_in

CHINESE = Tongue(
    **spoken_in("zh"),
    only_english="仅有英文",
    around="{where} 周围 {far} 英里",
    mine={
        "smd": "您所在的 SMD {code}",
        "anc": "您所在的 ANC {code}",
        "ward": "您所在的第 {code} 选区",
    },
    named={"smd": "SMD {code}", "anc": "ANC {code}", "ward": "第 {code} 选区"},
    city="全市",
    mail=MailWords(
        confirm_subject="请确认：关于{area}的消息",
        confirm=(
            "有人（希望是您本人）请我们把关于{area}的消息发送到这个地址。\n\n"
            "如果您想收到，请打开下面的链接并确认。链接只能使用一次，有效期至{day}：\n\n{link}\n\n"
            "如果不是您本人，请不必理会。您不会收到任何消息。\n"
        ),
        welcome_subject="您将收到关于{area}的消息",
        welcome=(
            "谢谢您。从现在起，您将收到关于{area}的消息。没有新消息时，我们不会打扰您。\n\n"
            "您可以随时在这里查看、更改或停止：\n\n{link}\n"
        ),
        digest_subject="关于{area}的消息，{day}",
        changes={"other": "自上次来信以来有 {n} 项变化。"},
        headings={
            "text": "市政府关于各处的说明",
            "plan": "工作计划",
            "check": "我们实地查看的情况",
            "event": "会议和活动",
            "promise": "已确认的承诺",
            "kept": "已兑现的承诺",
        },
        findings={
            "clean": "我们于{day}查看：问题已经消除。",
            "partly": "我们于{day}查看：有所好转，但问题仍在。",
            "not_fixed": "我们于{day}查看：和以前一样。",
            "worse": "我们于{day}查看：比以前更糟。",
        },
        plan="一项工作计划已于{day}开始。参与的机构：{agencies}。",
        promise="{who} 承诺：",
        promise_by="期限：{day}。",
        event="{when}，{where}。",
        why="您收到此信，是因为您于{day}提出了要求。",
        manage="查看、更改或停止：{link}",
        moved_subject="边界已变更：{old} 现为 {new}",
        changed_subject="边界已变更：{old}",
        moved=(
            "新的边界自{day}起生效。您的地址原属 {old}，现属 {new}。"
            "从现在起，您将收到关于 {new} 的消息。"
        ),
        redrawn=(
            "新的边界自{day}起生效。{old} 的边界已重新划定。"
            "您将继续收到关于 {old}（按现在的边界）的消息。"
        ),
        gone=(
            "新的边界自{day}起生效。{old} 已不存在。我们没有把您改到别的区域："
            "在您选择新的区域之前，您不会收到消息。"
        ),
        gone_to="原来的 {old} 现在属于：{new}。",
        lost="新的边界自{day}起生效。我们无法确定您的地址属于哪里。在您选择区域之前，您不会收到消息。",
        moved_back="我们曾写信告诉您边界已变更，那是我们的错误。您将照旧收到关于 {old} 的消息。",
        letter_foot="您收到此信，是因为您订阅了关于{area}的消息。",
    ),
    pages=PageWords(
        title="您社区的消息",
        lead="当您附近有变化时，市政府会写信告诉您：在某处做了什么、看到了什么、兑现了哪些承诺。",
        email="您的电子邮件地址",
        language="语言",
        area="哪个区域？",
        areas={
            "around": "某个地址周围",
            "mine_smd": "某个地址所在的 SMD",
            "mine_anc": "某个地址所在的 ANC",
            "mine_ward": "某个地址所在的 Ward",
            "named": "按名称选择 SMD、ANC 或 Ward",
            "city": "全市",
        },
        where="地址",
        where_help="仅在按地址选择区域时填写，例如 1200 First Street NE。",
        far="周围多远（英里）",
        district="SMD、ANC 或 Ward",
        district_help="仅在按名称选择区域时填写，例如 5C07、ANC 5C 或 Ward 5。",
        topics="主题",
        topics_help="不选则全部接收。",
        frequency="多久一次？",
        frequencies={"daily": "每天", "weekly": "每周", "monthly": "每月"},
        consent=(
            "我同意市长社区关系办公室保存此地址，并通过电子邮件向我发送进展信息。"
            "我可以随时一键停止。"
        ),
        ask="订阅消息",
        sent_title="请查看您的邮箱",
        sent="我们已向此地址发送了一个链接。在您打开并确认之前，不会开始发送。",
        confirm_title="请确认您想收到这些消息",
        confirm_button="是的，请给我发送消息",
        confirmed="已确认。从现在起您将收到消息。",
        manage_title="您从我们这里收到的内容",
        manage_lead="此页面属于 {address}。请不要转发其链接。",
        nothing="您没有从我们这里收到任何消息。",
        change="保存",
        changed="已保存。",
        stop_one="停止此项",
        stop_all="全部停止",
        stop_question="您要停止发送到 {address} 的所有消息吗？",
        stopped_one="已停止。",
        stopped_all="您不会再收到我们的消息。无需再做任何事。",
        choose_again="边界已变更。请重新选择区域。",
        feeds="或者不用电子邮件关注",
        not_saved="未保存",
        fill_in="请填写此项。",
        bad_email="这不是电子邮件地址。",
        unknown_place="我们不认识这个地址。请写上象限（如 NE），或填写区域名称。",
        unknown_district="没有这个名称的区域。请写成 5C07、ANC 5C 或 Ward 5。",
        all_topics="所有主题",
    ),
    join=JoinWords(
        title="加入 {group}",
        who="谁可以加入：",
        area="区域：",
        name="您的姓名",
        email="电子邮件地址",
        phone="电话号码",
        one_is_enough="两者填一项即可。",
        agreed="我同意",
        consent=(
            "市长社区关系办公室可以就 {group} 的会议、议程和会议记录给我写信或打电话。"
            "我可以随时通过每封信中的链接停止，或告知办公室停止。"
            "我的姓名和联系方式由办公室保存，不向公众显示。"
        ),
        ask="申请加入",
        thanks="办公室已收到。会有人与您联系。",
        closed="{group} 目前不通过链接接受新成员。请拨打 311 联系办公室。",
        no_name="请写上您的姓名。",
        bad_name="请只写您的姓名，不超过 120 个字符。",
        no_way="请填写电子邮件地址或电话号码。",
        bad_phone="这不是电话号码。请连同区号填写，例如 202-555-0147。",
        not_agreed="请表明办公室可以就此小组给您写信或打电话。",
        full="目前等待答复的人太多。请改为致电办公室。",
        slow_down="一小时内从这里提交的申请太多。请稍后再试。",
    ),
)
