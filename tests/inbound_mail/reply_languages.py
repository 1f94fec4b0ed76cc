"""What mail programs write around a reply, in each language, and what the person writes in it."""

from typing import NamedTuple

SHOP = "Shop <complaints@answerable.example>"
SECRET = "Zm9vYmFyYmF6cXV4LXNlY3JldC10b2tl"
LINK = f"https://answerable.example/status/C-7K3M9-QX2HT-7?t={SECRET}"


class Language(NamedTuple):
    """`hello`, `one` and `two` are the person's words; `letter` is ours, which they quote; the rest is a
    program's.

    `labels` are those of Outlook's headers: whose mail, when, to whom, about what.
    """

    hello: str
    one: str
    two: str
    letter: tuple[str, str, str]
    gmail: str
    apple: str
    thunderbird: str
    roundcube: str
    yahoo: str
    labels: tuple[str, str, str, str]
    original: str
    from_iphone: str
    from_android: str
    from_samsung: str
    outlook_mobile: str
    yahoo_mobile: str
    proton: str
    antivirus: str
    away: str


LANGUAGES = {
    "en": Language(
        hello="Hello,",
        one="The lamp is still broken: it went out after 2 days.",
        two="Please send me a new one, and not by post.",
        letter=("Dear Ada,", "We have received your complaint.", "Which lamp is it?"),
        gmail=f"On Mon, Mar 2, 2026 at 10:00 AM {SHOP}\nwrote:",
        apple=f"On 2 Mar 2026, at 10:00, {SHOP} wrote:",
        thunderbird="On 3/2/26 10:00, Shop wrote:",
        roundcube="On 2026-03-02 10:00, Shop wrote:",
        yahoo=f"On Monday, 2 March 2026 at 10:00:00 GMT, {SHOP} wrote:",
        labels=("From", "Sent", "To", "Subject"),
        original="Original Message",
        from_iphone="Sent from my iPhone",
        from_android="Sent from my Android device with K-9 Mail. Please excuse my brevity.",
        from_samsung="Sent from my Galaxy",
        outlook_mobile="Get Outlook for iOS<https://aka.ms/o0ukef>",
        yahoo_mobile="Sent from Yahoo Mail for iPhone",
        proton="Sent with Proton Mail secure email.",
        antivirus="This email has been checked for viruses by Avast antivirus software.",
        away="Automatic reply: Your complaint",
    ),
    "tr": Language(
        hello="Merhaba,",
        one="Lamba hâlâ çalışmıyor: 2 gün sonra söndü.",
        two="Lütfen yenisini gönderin, ama postayla değil.",
        letter=("Sayın Ada,", "Şikâyetinizi aldık.", "Hangi lamba?"),
        gmail=f"{SHOP}, 2 Mar 2026 Pzt, 10:00\ntarihinde şunu yazdı:",
        apple=f"{SHOP} şunları yazdı (2 Mar 2026 10:00):",
        thunderbird="02.03.2026 10:00 tarihinde Shop yazdı:",
        roundcube="2026-03-02 10:00 tarihinde, Shop yazdı:",
        yahoo=f"2 Mart 2026 Pazartesi 10:00:00 GMT+3 tarihinde, {SHOP} şunu yazdı:",
        labels=("Kimden", "Gönderildi", "Kime", "Konu"),
        original="Özgün İleti",
        from_iphone="iPhone’umdan gönderildi",
        from_android="Android cihazımdan K-9 Mail ile gönderildi.",
        from_samsung="Samsung Galaxy akıllı telefonumdan gönderildi.",
        outlook_mobile="iOS için Outlook<https://aka.ms/o0ukef>'u edinin",
        yahoo_mobile="iPhone için Yahoo Postadan gönderildi",
        proton="Proton Mail güvenli e-posta ile gönderildi.",
        antivirus="Bu e-posta Avast antivirüs yazılımı tarafından kontrol edilmiştir.",
        away="Otomatik yanıt: Şikâyetiniz",
    ),
    "de": Language(
        hello="Guten Tag,",
        one="Die Lampe ist immer noch kaputt: Nach 2 Tagen ging sie aus.",
        two="Bitte schicken Sie mir eine neue, aber nicht mit der Post.",
        letter=("Guten Tag Ada,", "Ihre Beschwerde ist bei uns angekommen.", "Welche Lampe ist es?"),
        gmail="Am Mo., 2. März 2026 um 10:00 Uhr schrieb Shop <\ncomplaints@answerable.example>:",
        apple=f"Am 02.03.2026 um 10:00 schrieb {SHOP}:",
        thunderbird="Am 02.03.26 um 10:00 schrieb Shop:",
        roundcube="Am 02.03.2026 10:00, schrieb Shop:",
        yahoo=f"Am Montag, 2. März 2026 um 10:00:00 MEZ hat {SHOP} Folgendes geschrieben:",
        labels=("Von", "Gesendet", "An", "Betreff"),
        original="Ursprüngliche Nachricht",
        from_iphone="Von meinem iPhone gesendet",
        from_android="Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        from_samsung="Von meinem Samsung Galaxy Smartphone gesendet.",
        outlook_mobile="Holen Sie sich Outlook für iOS<https://aka.ms/o0ukef>",
        yahoo_mobile="Gesendet von Yahoo Mail auf dem iPhone",
        proton="Gesendet mit Proton Mail sichere E-Mail.",
        antivirus="Diese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.",
        away="Abwesenheitsnotiz: Ihre Beschwerde",
    ),
    "fr": Language(
        hello="Bonjour,",
        one="La lampe est toujours cassée : elle s’est éteinte après 2 jours.",
        two="Envoyez-m’en une autre, mais pas par la poste.",
        letter=("Bonjour Ada,", "Nous avons reçu votre réclamation.", "De quelle lampe s’agit-il ?"),
        gmail=f"Le lun. 2 mars 2026 à 10:00, {SHOP} a\nécrit :",
        apple=f"Le 2 mars 2026 à 10:00, {SHOP} a écrit :",
        thunderbird="Le 02/03/2026 à 10:00, Shop a écrit :",
        roundcube="Le 2026-03-02 10:00, Shop a écrit :",
        yahoo=f"Le lundi 2 mars 2026 à 10:00:00 UTC+1, {SHOP} a écrit :",
        labels=("De ", "Envoyé ", "À ", "Objet "),
        original="Message d'origine",
        from_iphone="Envoyé de mon iPhone",
        from_android="Envoyé de mon appareil Android avec K-9 Mail.",
        from_samsung="Envoyé depuis mon appareil Galaxy.",
        outlook_mobile="Télécharger Outlook pour iOS<https://aka.ms/o0ukef>",
        yahoo_mobile="Envoyé depuis Yahoo Mail pour iPhone",
        proton="Envoyé avec la messagerie sécurisée Proton Mail.",
        antivirus="L’absence de virus dans ce courrier a été vérifiée par le logiciel antivirus Avast.",
        away="Réponse automatique : Votre réclamation",
    ),
    "es": Language(
        hello="Hola:",
        one="La lámpara sigue rota: se apagó a los 2 días.",
        two="Envíenme otra, pero no por correo.",
        letter=("Estimada Ada:", "Hemos recibido su reclamación.", "¿Qué lámpara es?"),
        gmail="El lun, 2 mar 2026 a las 10:00, Shop (<complaints@answerable.example>)\nescribió:",
        apple=f"El 2 mar 2026, a las 10:00, {SHOP} escribió:",
        thunderbird="El 2/3/26 a las 10:00, Shop escribió:",
        roundcube="El 2026-03-02 10:00, Shop escribió:",
        yahoo=f"El lunes, 2 de marzo de 2026, 10:00:00 CET, {SHOP} escribió:",
        labels=("De", "Enviado el", "Para", "Asunto"),
        original="Mensaje original",
        from_iphone="Enviado desde mi iPhone",
        from_android="Enviado desde mi dispositivo Android con K-9 Mail.",
        from_samsung="Enviado desde mi Galaxy",
        outlook_mobile="Obtener Outlook para iOS<https://aka.ms/o0ukef>",
        yahoo_mobile="Enviado desde Yahoo Mail para iPhone",
        proton="Enviado con el correo electrónico seguro de Proton Mail.",
        antivirus="El software de antivirus Avast ha analizado este correo electrónico en busca de virus.",
        away="Respuesta automática: Su reclamación",
    ),
    "ar": Language(
        hello="مرحبًا،",
        one="المصباح ما زال معطلًا: انطفأ بعد يومين.",
        two="أرسلوا لي مصباحًا جديدًا، ولكن ليس بالبريد.",
        letter=("عزيزتي آدا،", "لقد وصلتنا شكواك.", "أي مصباح هو؟"),
        gmail="في الاثنين، 2 مارس 2026 في 10:00 ص تمت كتابة ما يلي بواسطة ‪Shop‬‏ <‪\n"
        "complaints@answerable.example‬‏>:",
        apple=f"في ٢ مارس ٢٠٢٦، الساعة ١٠:٠٠ ص، كتب/كتبت {SHOP}:",
        thunderbird="في 2/3/26 10:00، كتب Shop:",
        roundcube="في 2026-03-02 10:00، Shop كتب:",
        yahoo=f"في الاثنين، ٢ مارس ٢٠٢٦ ١٠:٠٠:٠٠ ص غرينتش+٣، كتب {SHOP}:",
        labels=("من", "تم الإرسال", "إلى", "الموضوع"),
        original="الرسالة الأصلية",
        from_iphone="أُرسلت من الـ iPhone",
        from_android="أرسلت من جهاز Android باستخدام K-9 Mail.",
        from_samsung="تم الإرسال من Galaxy",
        outlook_mobile="الحصول على Outlook لـ iOS<https://aka.ms/o0ukef>",
        yahoo_mobile="مرسلة من Yahoo Mail لجهاز iPhone",
        proton="أُرسلت باستخدام بريد Proton Mail الآمن.",
        antivirus="تم فحص هذا البريد الإلكتروني بحثًا عن الفيروسات بواسطة برنامج Avast.",
        away="رد تلقائي: شكواك",
    ),
}
