"""Replies as mail programs write them, in our own words: what stands around "9 done" and must change nothing.

Each shape holds OWN where its author wrote, and below it OTHERS: words that somebody else wrote, or that nobody sees.
"""

from dataclasses import dataclass

OWN = "@@own@@"
#: what would end an ownership if it were taken for a command
OTHERS = "6 not mine"
MARK = "##--## Reply above this line"


@dataclass(frozen=True)
class Shape:
    """A program, in its language, and the text or page that it writes."""

    name: str
    body: str
    is_html: bool = False


#: language, introduction of a quote, From, Sent, To, Subject, "original message", sent from a telephone
LANGUAGES = {
    "en": (
        "On Mon, 12 Nov 2012 at 08:00, Board <b@example.org> wrote:",
        ("From", "Sent", "To", "Subject"),
        "Original Message",
        "Sent from my iPhone",
    ),
    "fr": (
        "Le lun. 12 nov. 2012 à 08:00, Board <b@example.org> a écrit :",
        ("De", "Envoyé", "À", "Objet"),
        "Message d'origine",
        "Envoyé de mon iPhone",
    ),
    "es": (
        "El lun, 12 nov 2012 a las 8:00, Board (<b@example.org>) escribió:",
        ("De", "Enviado", "Para", "Asunto"),
        "Mensaje original",
        "Enviado desde mi iPhone",
    ),
    "ru": (
        "пн, 12 нояб. 2012 г. в 08:00, Board <b@example.org>:",
        ("От", "Отправлено", "Кому", "Тема"),
        "Исходное сообщение",
        "Отправлено с iPhone",
    ),
    "ar": (
        "\u202bفي الاثنين، 12 نوفمبر 2012 كتب Board <b@example.org>:\u202c",
        ("من", "تم الإرسال", "إلى", "الموضوع"),
        "الرسالة الأصلية",
        "أُرسلت من الـ iPhone",
    ),
    "zh": (
        "Board <b@example.org> 于2012年11月12日周一 08:00写道：",
        ("发件人", "发送时间", "收件人", "主题"),
        "原始邮件",
        "发自我的 iPhone",
    ),
    "de": (
        "Am Mo., 12. Nov. 2012 um 08:00 Uhr schrieb Board <b@example.org>:",
        ("Von", "Gesendet", "An", "Betreff"),
        "Ursprüngliche Nachricht",
        "Von meinem iPhone gesendet",
    ),
}


def _headers(names: tuple[str, str, str, str], start: str = "", end: str = "\n", colon: str = ":") -> str:
    values = ("Board <b@example.org>", "2012-11-12 08:00", "Ana <ana@example.org>", "2 overdue")
    return "".join(f"{start}{name}{colon} {value}{end}" for name, value in zip(names, values, strict=True))


def _plain(language: str) -> list[Shape]:
    introduction, headers, original, telephone = LANGUAGES[language]
    bold = _headers(tuple(f"*{name}:*" for name in headers), colon="")  # type: ignore[arg-type]
    return [
        Shape(f"gmail text {language}", f"{OWN}\n\n{introduction}\n\n> {OTHERS}\n>\n> more\n"),
        Shape(f"apple text {language}", f"{OWN}\n\n{telephone}\n\n> {introduction}\n>\n> {OTHERS}\n"),
        Shape(f"outlook text {language}", f"{OWN}\n\n{_headers(headers)}\n{OTHERS}\n"),
        Shape(f"outlook for android text {language}", f"{OWN}\n\n{'_' * 32}\n{_headers(headers)}\n{OTHERS}\n"),
        Shape(f"old outlook text {language}", f"{OWN}\n\n-----{original}-----\n{_headers(headers)}\n{OTHERS}\n"),
        Shape(f"outlook text in bold {language}", f"{OWN}\n\n{bold}\n{OTHERS}\n"),
    ]


def _pages(language: str) -> list[Shape]:
    introduction, headers, original, telephone = LANGUAGES[language]
    shown = introduction.replace("<", "&lt;").replace(">", "&gt;")
    ruled = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
    lines = _headers(headers, "<b>", "<br>", "</b>:").replace("<b@example.org>", "b@example.org")
    pages = {
        "gmail": f'<div dir="ltr">{OWN}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{shown}<br>'
        f"</div><blockquote>{OTHERS}</blockquote></div>",
        "outlook": f'<div class=WordSection1><p class=MsoNormal>{OWN}</p><div><div style="{ruled}"><p>{lines}</p></div>'
        f"</div><p>{OTHERS}</p></div>",
        "outlook on the web": f'<div style="font-size:12pt">{OWN}</div><div id="appendonsend"></div>'
        f'<hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg">{lines}</div><div>{OTHERS}</div>',
        "outlook for a telephone": f'<div>{OWN}</div><div id="ms-outlook-mobile-signature">{telephone}</div><hr>'
        f"<div>{lines}</div><p>{OTHERS}</p>",
        "thunderbird": f'<p>{OWN}</p><div class="moz-cite-prefix">{shown}<br></div><blockquote type="cite">{OTHERS}'
        "</blockquote>",
        "samsung": f'<div>{OWN}</div><div id="composer_signature">{telephone}</div><div>-------- {original} --------'
        f"</div><div>{lines}</div><div>{OTHERS}</div>",
    }
    return [Shape(f"{name} {language}", page, is_html=True) for name, page in pages.items()]


OTHER_PAGES = {
    "apple mail": f'<body>{OWN}<br><div><blockquote type="cite"><div>On 12 Nov 2012, Board wrote:</div>{OTHERS}'
    "</blockquote></div></body>",
    "yahoo": f'<div>{OWN}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>{OTHERS}</div></div>',
    "proton": f'<div>{OWN}</div><div class="protonmail_quote">On Monday<br>{OTHERS}</div>',
    "hidden at once": f'<div style="DISPLAY : none">{OTHERS}</div><p>{OWN}</p>',
    "hidden below": f'<p>{OWN}</p><p style="color:red;display:none !important">{OTHERS}</p>',
    "hidden in a hidden element": f"<p>{OWN}</p><div hidden><p>x</p><p>{OTHERS}</p></div>",
    "too small to see": f'<p>{OWN}</p><span style="font-size:0px"><br>{OTHERS}</span>',
    "invisible": f'<p>{OWN}</p><div style="visibility:hidden">{OTHERS}</div>',
    "hidden from outlook": f'<p>{OWN}</p><div style="mso-hide:all">{OTHERS}</div>',
    "hidden by a style sheet": f"<style>p {{margin:0}} .x, #y {{ color:red; display:none }}</style><p>{OWN}</p>"
    f'<div class="a x">{OTHERS}</div><div id="y">{OTHERS}</div>',
    "hidden with a comment": f'<p>{OWN}</p><div style="display:/**/none">{OTHERS}</div>',
    "hidden with an escape": f'<p>{OWN}</p><div style="display:n\\6fne">{OTHERS}</div>',
    "one pixel high": f'<p>{OWN}</p><div style="font-size:1px">{OTHERS}</div>',
    "without height": f'<p>{OWN}</p><div style="height:0;overflow:hidden">{OTHERS}</div>',
    "off the page": f'<p>{OWN}</p><div style="position:absolute;left:-9999px">{OTHERS}</div>',
    "struck out": f"<p>{OWN}</p><del>{OTHERS}</del>",
    "in a frame": f"<p>{OWN}</p><iframe>{OTHERS}</iframe>",
    "in ordinary styles": f'<div style="border-width:0;min-height:0;line-height:0.9;font-size:0.9em">{OWN}</div>'
    f"<hr>{OTHERS}",
    "a long style": f"<style>{'p { margin: 0 } ' * 2_000}</style><p>{OWN}</p><style>\n{OTHERS}\n</style>",
    "a script": f"<p>{OWN}</p><script>\n{OTHERS}\n</script>",
    "a comment": f"<p>{OWN}</p><!--\n{OTHERS}\n-->",
    "a comment of word": f"<p>{OWN}</p><!--[if gte mso 9]><p>\n{OTHERS}\n</p><![endif]-->",
    "words that are broken by the page": f"<p>{OWN.replace(' ', chr(10))}</p><hr>{OTHERS}",
}
OTHER_TEXTS = {
    "the mark": f"{OWN}\n\n{MARK}\n{OTHERS}\n",
    "a signature": f"{OWN}\n-- \nAna Silva\n{OTHERS}\n",
    "groupwise": f"{OWN}\n\n>>> Board <b@example.org> 12.11.12 8.00 >>>\n>>> {OTHERS}\n",
    "lotus notes": f"{OWN}\n\n\nFrom:   Board <b@example.org>\nTo:   Ana\nDate:   12.11.2012 08:00\n\n{OTHERS}\n",
    "windows line ends": f"{OWN}\r\n\r\nFrom: Board\r\nSent: Monday\r\nTo: Ana\r\n\r\n{OTHERS}\r\n",
}
SHAPES = (
    [shape for language in LANGUAGES for shape in (*_plain(language), *_pages(language))]
    + [Shape(name, page, is_html=True) for name, page in OTHER_PAGES.items()]
    + [Shape(name, text) for name, text in OTHER_TEXTS.items()]
)
