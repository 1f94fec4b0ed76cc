"""What somebody remembers finds the case: eleven questions in three languages, and in scripts of others."""

from uuid import uuid4

import pytest

from complaints.adapters.dynamodb.table import create_table
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.lists.search import DynamoSearch
from complaints.casework.correspondence.messages import Add, Message, Note
from complaints.casework.process.investigation import Find
from complaints.casework.process.receipt import Receive
from complaints.handling.service import Submission
from complaints.values.field_types import Cause
from complaints.values.people import COMPLAINANT
from functions.desk.queue import search
from functions.workers.search_index import index_case
from tests.builders import ADA, assess, context, decide_to, receive
from tests.contracts.writes import casework
from tests.fakes import FixedKeys

CASES: dict[str, Receive] = {
    "en": receive(
        name="Siobhán O’Connor-Brontë",
        email="siobhan.brontee@post.example",
        phone="+44 20 7946 0018",
        subject="The dishwasher leaks",
        description="Photographs of the flooded kitchen are attached. The fitter never came back.",
        product="AquaClean WX-2000",
        order_number="AC-4711",
    ),
    "tr": receive(
        language="tr",
        name="Işıl Çağlayan",
        email="isil@posta.example",
        phone="0532 123 45 67",
        subject="Çamaşır makinesi su kaçırıyor",
        description="Kargocunuz kutuyu yağmurda bırakmış. Müşterihizmetleri beni kırk dakika bekletti.",
        product="Pamuk 5300i",
        order_number="2026/81532",
    ),
    "de": receive(
        language="de",
        name="Jörg Müller",
        email="j.mueller@brief.example",
        phone="030/9018 2000",
        subject="Kühlschrankdichtung fehlt",
        description="Die Rechnungsnummer auf dem Lieferschein stimmt nicht, und die Gerätetür ist zerkratzt.",
        product="Frostwächter 77",
        order_number="DE 990017",
    ),
    "ar": receive(
        language="ar",
        name="أحمد الخطيب",
        subject="الثلاجة لا تُبَرِّد",
        description="اتصلتُ بالشركة ثلاث مرات ولم يأتِ الفنيّ. رقم الطلب ٧٧٤١٢",
    ),
    "zh": receive(name="王小明", subject="洗衣机漏水", description="安装人员没有在约定的日期上门。"),
    "ja": receive(name="佐藤 花子", subject="冷蔵庫の故障", description="ﾄﾞｱが閉まらず、修理の連絡がない。"),
    "other": receive(
        name="Ngozi Okafor",
        phone="+44 20 7946 0019",
        subject="Wrong cups, leaking",
        description="Two of six cups leak. The order came late, nobody rang me.",
        order_number="AC-4712",
    ),
}  # fmt: skip

SAID_LATER: dict[str, tuple[str, str, str, str, str]] = {
    "en": (
        "I have now been charged a cancellation fee.",
        "A courier will collect it on Thursday.",
        "The hose was crimped at the warehouse in Sheffield.",
        "We should have tightened the valve.",
        "His neighbour Mrs Featherstone holds the key.",
    ),
    "tr": (
        "Şimdi de iptal ücreti kesildi.",
        "Kurye perşembe günü alacak.",
        "Hortum Gebze deposunda ezilmiş.",
        "Vanayı sıkmamız gerekirdi.",
        "Anahtar komşusu Nurhayat Hanım’da.",
    ),
    "de": (
        "Jetzt wurde mir auch noch eine Stornogebühr abgebucht.",
        "Ein Kurier holt das Gerät am Donnerstag ab.",
        "Der Schlauch wurde im Lager Wuppertal gequetscht.",
        "Wir hätten das Ventil nachziehen müssen.",
        "Den Schlüssel hat die Nachbarin, Frau Federstein.",
    ),
}
"""The complainant's message, ours, the finding, the reasons of the decision, a note."""

QUESTIONS: dict[str, tuple[str, ...]] = {
    "en": (
        "somebody rang about order 4711",
        "020 7946 0018",
        "oconnor BRONTE",
        "SIOBHAN.BRONTEE@post.example",
        "photo kitchen",
        "washer",
        "wx2000",
        "cancellation fee courier",
        "sheffield",
        "valve tightened",
        "mrs featherst",
    ),
    "tr": (
        "biri 81532 numaralı sipariş için aradı",
        "+90 (532) 1234567",
        "ISIL CAGLAYAN",
        "isil@posta.example",
        "kargo yağmur",
        "hizmetleri",
        "pamuk 5300",
        "iptal kurye",
        "gebze depo",
        "vana",
        "komşu nurhayat",
    ),
    "de": (
        "jemand hat wegen Bestellung 990017 angerufen",
        "+49 30 90182000",
        "mueller joerg",
        "J.Mueller@brief.example",
        "rechnung lieferschein",
        "dichtung",
        "frostwaechter 77",
        "stornogebühr kurier",
        "lager wuppertal",
        "ventil nachziehen",
        "nachbarin federst",
    ),
}

IN_OTHER_SCRIPTS = [
    ("ar", "ثلاجة"),
    ("ar", "احمد خطيب"),
    ("ar", "الشركه"),
    ("ar", "77412"),
    ("zh", "洗衣机"),
    ("zh", "小明 漏水"),
    ("zh", "没有上门"),
    ("ja", "冷蔵庫"),
    ("ja", "ドア 修理"),
    ("ja", "佐藤花子"),
]


@pytest.fixture(scope="module")
def references(engine_endpoint: str) -> dict[str, str]:
    """The cases in the index, by their names here."""
    create_table(f"test-{uuid4().hex}")
    return {name: a_case(name, command) for name, command in CASES.items()}


def a_case(name: str, command: Receive) -> str:
    """A case that is received, talked about, looked into and decided, as the stream's function indexes it."""
    cases = DynamoCases()
    service = casework(cases)
    case = service.receive(command, context(COMPLAINANT), Submission(site="demo", key=name, body=name)).case
    reference = case.complaint.reference
    if found := SAID_LATER.get(name):
        message, answer, finding, reasons, note = found
        for by, step in (
            (COMPLAINANT, Add(text=message)),
            (ADA, Message(text=answer)),
            (ADA, Note(text=note)),
            (ADA, assess()),
            (ADA, Find(finding=finding, root_cause=Cause.PROCEDURE_NOT_FOLLOWED)),
            (ADA, decide_to(reasons=reasons)),
        ):
            case = service.carry_out(case, step, context(by))
    index_case(cases.entries, DynamoSearch(FixedKeys()), reference)
    return reference


def found(question: str) -> list[str]:
    page = search.find(DynamoSearch(FixedKeys()), question, ("demo",), {}, None, 50).page
    return [listed.row.reference for listed in page.items]


@pytest.mark.parametrize(
    ("name", "question"),
    [(name, each) for name, several in QUESTIONS.items() for each in several] + IN_OTHER_SCRIPTS,
)
def test_what_somebody_remembers_finds_the_case_and_no_other(
    references: dict[str, str], name: str, question: str
) -> None:
    assert found(question) == [references[name]]


@pytest.mark.parametrize("name", CASES)
def test_a_part_of_a_reference_finds_its_case(references: dict[str, str], name: str) -> None:
    reference = references[name]
    for part in (reference[2:7], reference[8:13].lower(), reference.replace("-", "")[4:9]):
        assert references[name] in found(part)


def test_three_languages_have_eleven_questions_each() -> None:
    assert {len(several) for several in QUESTIONS.values()} == {11}
