"""Asking for records in Chinese."""

from __future__ import annotations

from wardroom.kernel.languages import spoken_in
from wardroom.records.rules.tongues.words import (
    AskWords,
    LetterWords,
    RecordsTongue,
    StandsWords,
)

CHINESE = RecordsTongue(
    **spoken_in("zh"),
    ask=AskWords(
        title="申请公共档案",
        lead="任何人都可以申请本办公室的档案,无需账户,也无需说明用途。",
        clock="法律规定我们在 15 个工作日内答复。如果需要再延长最多十天,我们会书面说明原因。",
        name="您的姓名",
        email="您的电子邮箱",
        email_help="答复会寄到这里。其他人看不到。",
        language="语言",
        words="您需要哪些档案?",
        words_help="请写明主题、地点和时间,例如:自五月以来关于 1300 街区后巷的全部档案。",
        send="提交申请",
        working="请稍候。我们正在确认填写者是真人。",
        not_sent="尚未提交",
    ),
    stands=StandsWords(
        title="档案申请 {number}",
        received="收到日期",
        due="答复期限",
        asked="您申请的内容",
        open="我们正在处理。",
        longer="需要更长时间,至 {day}:{reason}",
        late="答复期限已过。按法律,这视为拒绝,您可以申诉。我们仍应给您答复。",
        making="已答复。文件正在制作,几分钟内会出现在这里。",
        outcomes={
            "granted": "已答复:您将得到全部档案。",
            "part": "已答复:您将得到部分档案。清单说明哪些没有公开以及原因。",
            "denied": "已答复:档案不予公开。清单说明原因。",
            "none": "已答复:我们查找过,没有找到这样的档案。",
        },
        withdrawn="此申请已撤回。",
        appealed="您已申诉。决定期限为 {day}。",
        upheld="经您申诉,答复维持不变:{reason}",
        appeal="如果您不同意答复,可以书面向市长申诉,市长在十个工作日内决定。您也可以向法院起诉。",
        answer="答复",
        fetch="取得档案(ZIP 文件)",
        fingerprint="文件指纹",
        closed="此链接无效或已失效。",
    ),
    letters=LetterWords(
        receipt_subject="您的档案申请 {number}",
        receipt="我们收到了您的档案申请,编号为 {number}。答复期限为 {day}。\n\n随时查看进度:{link}",
        longer_subject="您的档案申请 {number} 需要更长时间",
        longer=(
            "您的档案申请需要超过 15 个工作日。原因:{reason}\n\n"
            "新的答复期限为 {day}。查看进度:{link}"
        ),
        answer_subject="您的档案申请 {number} 已答复",
        answer="{outcome}\n\n文件以及如何申诉:{link}",
        foot="请不要回复此邮件。",
    ),
    wrong={
        "fill_in": "请填写此项。",
        "bad_email": "这不是电子邮箱地址。",
        "no_words": "请写明您需要哪些档案。",
        "no_name": "请写您的姓名。",
        "too_long": "内容太长,请缩短。",
        "slow_down": "一小时内从这里提交过多。请稍后再试。",
    },
)
