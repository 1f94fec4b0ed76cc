"""What mail programs write around a reply, in the six languages: tables, and the expressions made of them.

Each expression is tried on one line of at most `MOST_OF_A_LINE` signs and repeats nothing within a
repetition, so that no text makes it slow.
"""

import re

MOST_OF_A_LINE = 300
"""A longer line is no attribution, no header and no footer."""

# "On Mon, 2 Mar 2026 at 10:00, Shop <shop@example.org> wrote:", by how it begins and by its verb.
_BEGINS = ("On", "Am", "Le", "El", "Il", "في", "بتاريخ", "يوم")
_WROTE = ("wrote", "yazdı", "schrieb", "a écrit", "écrit", "geschrieben", "escribió", "كتب", "كتبت", "كتابة")

# The headers that Outlook and others write above the mail that they quote.
_FROM = ("From", "Kimden", "Gönderen", "Von", "De", "Expéditeur", "Remitente", "من", "المرسل")
_SENT = (
    *(
        "Sent",
        "Date",
        "Gönderildi",
        "Gönderilme",
        "Gönderme Tarihi",
        "Gönderim Tarihi",
        "Tarih",
        "Gesendet",
        "Datum",
    ),
    *("Envoyé", "Envoyé le", "Enviado", "Enviado el", "Enviada el", "Fecha"),
    *("تم الإرسال", "تاريخ الإرسال", "أُرسلت", "أرسلت", "التاريخ", "بتاريخ"),
)
_TO = ("To", "Kime", "Alıcı", "An", "À", "Para", "إلى", "الى", "المستلم")
_SUBJECT = ("Subject", "Konu", "Betreff", "Objet", "Sujet", "Asunto", "الموضوع", "موضوع")
_OTHER = (
    *("Cc", "Bcc", "Bilgi", "Kopie", "Copie à", "Copia", "CC", "نسخة", "Reply-To", "Importance", "Önem"),
    *("Antwort an", "Répondre à", "Responder a", "Wichtigkeit", "Attachments", "Anlagen", "Ekler"),
)

_ORIGINAL = (
    *("Original Message", "Original message", "Original Email", "Forwarded message", "Forwarded Message"),
    *(
        "Özgün İleti",
        "Orijinal Mesaj",
        "Orijinal mesaj",
        "Orijinal ileti",
        "İletilmiş Mesaj",
        "İletilen ileti",
    ),
    *("Forwarded Mail", "Ursprüngliche Nachricht", "Original-Nachricht", "Originalnachricht"),
    *("Originale Nachricht", "Weitergeleitete Nachricht"),
    *("Message d'origine", "Message d’origine", "Message original", "Message transféré", "Courriel original"),
    *("Mensaje original", "Mensaje reenviado", "Mensaje Original"),
    *("الرسالة الأصلية", "الرسالة الأصليَّة", "رسالة أصلية", "رسالة مُعاد توجيهها", "رسالة معاد توجيهها"),
)
_FORWARDED = (
    *("Begin forwarded message", "İletilen ileti başlangıcı", "Anfang der weitergeleiteten Nachricht"),
    *("Début du message transféré", "Début du message réexpédié", "Inicio del mensaje reenviado"),
    "بداية الرسالة المحولة",
)

# "Sent from my iPhone" and its like: how the line begins, and what it names.
_SENT_FROM = (
    *(r"sent (?:from|with|via|using)\b", r"get outlook for\b", "please excuse my brevity"),
    *(r"gesendet (?:von|mit|über)\b", r"von meinem\b", r"diese (?:nachricht|e-?mail) wurde (?:von|mit)\b"),
    *(r"(?:holen|laden) sie\b", r"outlook für\b"),
    *(r"envoyé (?:de|depuis|avec|à partir de|par|via)\b", r"télécharge[rz]? outlook\b"),
    *(r"obtene[rz] outlook\b", r"obt[eé]n(?:er|ga)? outlook\b", r"descarga outlook\b"),
    r"enviado (?:desde|con|mediante|a través de)\b",
    r"(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|outlook|yahoo|proton)[^\s.]{0,12}"
    r"(?: [^\s.]{1,20}){0,6} gönderil(?:di|miştir)",
    r"(?:ios|android) için outlook\b",
    r"(?:أُ?رسلت|مرسلة?|تم الإرسال|تم إرسالها?|أُ?رسل) (?:من|بواسطة|عبر|باستخدام)\b",
    r"(?:احصل على|الحصول على) outlook\b",
)
_PRODUCTS = (
    *("iphone", "ipad", "ipod", r"ios\b", "android", "galaxy", "samsung", "huawei", "xiaomi", "oneplus"),
    *("pixel", "blackberry", "windows", "outlook", "yahoo", "proton", "tutanota", "k-?9", "thunderbird"),
    *("gmx", r"web\.de", "t-online", "freenet", "gmail", "aol", "orange", "mail app", "fairemail"),
    *("smartphone", r"handy\b", "tablet", "mobile device", "mobile phone", "brevity"),
)

# "This email has been checked for viruses by Avast": how the line begins, and who checked.
_CHECKED = (
    *(
        "this (?:e-?mail|message) (?:has been|was) (?:checked|scanned)",
        "virus[- ]free",
        "checked (?:by|for viruses)",
        "scanned by",
    ),
    *("diese (?:e-?mail|nachricht) wurde", "virenfrei", "viren?geprüft"),
    *("ce(?:t e-?mail| courriel| message)", "(?:garanti )?sans virus", "l['’]absence de virus"),
    *("este (?:correo|mensaje|e-?mail)", "el software", "libre de virus"),
    *("bu (?:e-?posta|ileti|mesaj)", "virüssüz", "virüs (?:bulunmuyor|içermez)"),
    *("تم (?:فحص|التحقق)", "هذا البريد", "هذه الرسالة", "خال[يٍ]? من الفيروسات"),
)
_CHECKERS = (
    *("avast", r"avg\b", "avira", "norton", "kaspersky", r"eset\b", "bitdefender", "mcafee", "sophos"),
    *("mailscanner", "barracuda", "symantec"),
)

_MARKS = r"[\s*_\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{0,9}"
"""What may stand before words without being one: signs of bold text, and of the direction of text."""


def _any(*words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _header(*labels: str) -> re.Pattern[str]:
    return re.compile(rf"^{_MARKS}(?:{_any(*labels)}){_MARKS}\s?:(?!//)")


_BEGINS_WITH = re.compile(rf"^{_MARKS}(?:(?:{_any(*_BEGINS)})\b|\d)")
WROTE = re.compile(rf"(?:{_any(*_WROTE)})", re.IGNORECASE)
ENDS = re.compile(r"[:：][\s*_\u200e\u200f\u202a-\u202e\u2066-\u2069]{0,9}$")
DATE = re.compile(r"\d{1,4}\D{1,20}\d{1,4}|[٠-٩]{1,4}\D{1,20}[٠-٩]{1,4}")
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")

MAY_BEGIN = re.compile(rf"^{_MARKS}(?:[>_=\d-]|(?:{_any(*_BEGINS)})\b)|[@:：]")
"""Any line that a quotation may begin with, and many others: most lines need no closer look."""

FROM, SENT, TO, SUBJECT = _header(*_FROM), _header(*_SENT), _header(*_TO), _header(*_SUBJECT)
ANY_HEADER = _header(*_FROM, *_SENT, *_TO, *_SUBJECT, *_OTHER)

ORIGINAL = re.compile(
    rf"^{_MARKS}(?:-{{2,20}}\s?(?:{_any(*_ORIGINAL)})\s?-{{2,20}}|(?:{_any(*_FORWARDED)})\s?:)"
)
RULE = re.compile(r"^\s{0,3}(?:_{5,200}|-{3,200}|={5,200})$")
SIGNATURE = re.compile(r"^--$")


def _footer(begins: tuple[str, ...], names: tuple[str, ...], between: str) -> re.Pattern[str]:
    """How a footer begins, with one of these names after at most so many signs."""
    return re.compile(rf"^{_MARKS}(?={between}(?:{'|'.join(names)}))(?:{'|'.join(begins)})", re.IGNORECASE)


_ADDRESS_OF_CHECKER = rf"^{_MARKS}<?(?:https?://)?(?:www\.)?(?:{'|'.join(_CHECKERS)})\.com\S{{0,200}}$"
_FOOTERS = (
    _footer(_SENT_FROM, _PRODUCTS, "[^,;!?]{0,50}"),
    _footer(_CHECKED, _CHECKERS, ".{0,200}"),
    re.compile(_ADDRESS_OF_CHECKER, re.IGNORECASE),
)


def begins_attribution(line: str) -> bool:
    """Whether an attribution may begin with the line: by its first word or a date, or by who wrote."""
    return bool(_BEGINS_WITH.match(line) or (ADDRESS.search(line) and DATE.search(line)))


def is_footer(line: str) -> bool:
    """Whether a program wrote the line below what a person wrote."""
    return len(line) <= MOST_OF_A_LINE and any(footer.match(line) for footer in _FOOTERS)
