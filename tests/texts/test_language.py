"""One fact of language after another, in four languages, each beside what only looks like it."""

from __future__ import annotations

import pytest

from validator.standards.load import load
from validator.texts.speaker import Speaker

SERIES = load("global-indicator").by_name["series"]
SPEAKER = Speaker(SERIES, SERIES.by_name["remarks"])
PARTLY = {"victim_status": "partly_identified"}
UNKNOWN = {"victim_status": "unidentified"}
NOBODY = {**UNKNOWN, "offender_status": "unidentified"}
PAIR = {"offender_count": "2", "offender_gender": "both"}

FACTS = {
    "a number of a larger one is a part": [
        ("2 of the 5 victims identified.", {"victim_count": "5", **PARTLY}),
        ("Of the two victims one has been identified.", {"victim_count": "2", **PARTLY}),
        ("Seules 2 des 5 victimes ont été identifiées", {"victim_count": "5", **PARTLY}),
        ("Tres de las cinco víctimas identificadas", {"victim_count": "5", **PARTLY}),
        ("حددت هوية ثلاث من الضحايا الخمس", {"victim_count": "5", **PARTLY}),
        (
            "All 3 of the 3 victims identified.",
            {"victim_count": "3", "victim_status": "identified"},
        ),
        ("El 3 de mayo fue identificada la víctima.", {"victim_status": "identified"}),
    ],
    "a verb left out belongs to the others": [
        ("One victim identified, the other not yet.", PARTLY),
        ("La première victime est identifiée, l'autre pas encore.", PARTLY),
        ("La primera víctima está identificada, la otra todavía no.", PARTLY),
        (
            "Víctima identificada, agresor no.",
            {"victim_status": "identified", "offender_status": "unidentified"},
        ),
        ("All identified except one victim.", PARTLY),
        ("Victim identified, the form not sent.", {"victim_status": "identified"}),
    ],
    "none of them is none, and they are counted all the same": [
        ("None of the 3 victims identified.", {"victim_count": "3", **UNKNOWN}),
        ("Aucune des trois victimes n'est encore identifiée.", {"victim_count": "3", **UNKNOWN}),
        ("Ninguna de las 3 víctimas está identificada.", {"victim_count": "3", **UNKNOWN}),
        ("لم تحدد هوية أي من الضحايا الثلاث", {"victim_count": "3", **UNKNOWN}),
        ("Neither victim nor offender identified.", NOBODY),
        ("Ni la victime ni l'auteur ne sont identifiés.", NOBODY),
        ("Ni la víctima ni el autor están identificados", NOBODY),
        ("لم تحدد هوية الضحية ولا الجاني", NOBODY),
        ("None of the rows was changed.", {}),
    ],
    "an identity may stand far from what is said of it": [
        ("The identity of the victim is not known.", UNKNOWN),
        ("Identité de la victime : inconnue", UNKNOWN),
        ("La identidad de la víctima sigue siendo desconocida.", UNKNOWN),
        ("هوية الضحية ما زالت مجهولة", UNKNOWN),
        ("Identity of the caller not known", {}),
    ],
    "a heading counts what is listed under it": [
        ("Offenders: a man and a woman", PAIR),
        ("Auteurs : un homme et une femme", PAIR),
        ("Autores: un hombre y una mujer", PAIR),
        ("الجناة: رجل وامرأة", PAIR),
        ("Offenders: 2 males and 1 female", {"offender_count": "3", "offender_gender": "both"}),
        ("A man and a woman, both offenders.", {"offender_gender": "both"}),
    ],
    "a dash behind a heading is a colon": [
        ("No. of victims - 2", {"victim_count": "2"}),
        ("Pays confirmé – Mali", {"confirmed_country": "MLI"}),
        ("N.º de víctimas - 4", {"victim_count": "4"}),
        ("البلد المؤكد - المغرب", {"confirmed_country": "MAR"}),
        ("Report - 3 pages", {}),
    ],
    "letters and short words": [
        ("Vict.: 3F 1M", {"victim_count": "4", "victim_gender": "both"}),
        ("Sexe de l'auteur : M", {"offender_gender": "male"}),
        ("víct. fem., x2", {"victim_gender": "female"}),
        ("Offenders x2", {"offender_count": "2"}),
        ("Victims 2F 1X", {}),
        ("Form 3F, room 1M", {}),
    ],
    "what is so now is stated last": [
        ("Thought to be in Chile, now in Peru.", {"suspected_country": "PER"}),
        ("D'abord la Belgique, maintenant on pense au Mali.", {"suspected_country": "MLI"}),
        ("Se pensaba en Brasil; ahora se sospecha Chile.", {"suspected_country": "CHL"}),
        ("كان يظن أنها ليبيا، والآن المشتبه به مالطا", {"suspected_country": "MLT"}),
        ("Victim count 2 -> 3", {"victim_count": "3"}),
    ],
    "a suspect is a person, and suspicion beside a country is none": [
        ("The desk now suspects Latvia.", {"suspected_country": "LVA"}),
        ("Italy suspects Malta.", {"suspected_country": "MLT"}),
        ("Pays : Togo (suspect)", {"suspected_country": "TGO"}),
        ("الدولة: مصر (مشتبه بها)", {"suspected_country": "EGY"}),
        ("Suspected typo in Spain's row.", {}),
        ("Suspecté : erreur de frappe", {}),
    ],
    "a question states nothing": [
        ("Serait-ce le Portugal ? Pas de réponse.", {}),
        ("¿Será Uruguay?", {}),
        ("هل هما ضحيتان؟", {}),
    ],
    "files that were taken out are not counted": [
        ("6 repeated images dropped.", {}),
        ("3 images effacées, 2 vidéos corrompues", {}),
        ("Se quitaron 6 imágenes repetidas.", {}),
        ("حذفت صورتان مكررتان", {}),
    ],
    "a part that is named again is counted once": [
        ("Three girls incl. one toddler", {"victim_count": "3", "victim_gender": "female"}),
        ("Trois filles dont un nourrisson", {"victim_count": "3", "victim_gender": "female"}),
        ("Tres niñas, una de ellas lactante", {"victim_count": "3", "victim_gender": "female"}),
        ("ثلاث فتيات إحداهن رضيعة", {"victim_count": "3", "victim_gender": "female"}),
    ],
    "what was added or is so many for each is no total": [
        ("3 new victims added, total now 7", {"victim_count": "7"}),
        ("1 victime retirée du lot", {}),
        ("3 víctimas nuevas añadidas, total 7", {"victim_count": "7"}),
        ("أضيفت 3 ضحايا والمجموع الآن 7", {"victim_count": "7"}),
        ("Average of 3 victims per series", {}),
    ],
    "a number behind a person tells which": [
        ("Victims 1 and 2 unidentified.", {}),
        ("Victime n° 2 identifiée, n° 1 et 3 non.", PARTLY),
        ("Víctima n.º 3 identificada.", {}),
        ("الضحية رقم 3 مسجلة في الصف 2", {}),
    ],
    "who confirms, and what is to be confirmed, is not confirmed": [
        ("Italy confirms: 2 girls", {"victim_count": "2", "victim_gender": "female"}),
        ("Italia confirma: 2 niñas", {"victim_count": "2", "victim_gender": "female"}),
        ("Please confirm Malta.", {}),
        ("Prière de confirmer Malte.", {}),
        ("يرجى تأكيد مالطا", {}),
        ("Nepal confirmed 05/24.", {"confirmed_country": "NPL"}),
    ],
    "what stands alone behind a place or a number may take it back": [
        ("Suspected country: Spain, later ruled out.", {}),
        ("Suspected country: Spain - ruled out.", {}),
        ("Pays suspecté : Espagne, piste écartée.", {}),
        ("País sospechado: España, ya descartado.", {}),
        ("البلد المشتبه به: إسبانيا، مستبعد", {}),
        ("Number of victims: 3, by mistake", {}),
        ("Suspected country: Spain, Peru ruled out.", {"suspected_country": "ESP"}),
        ("Confirmed in Spain, form rejected", {"confirmed_country": "ESP"}),
    ],
    "a name that is also a word needs its word right beside it": [
        ("LET US KNOW IF CONFIRMED", {}),
        ("US SUSPECTED", {"suspected_country": "USA"}),
        ("Jersey shirt, suspected stain on the form", {}),
        ("La reunión está confirmada.", {}),
        ("La réunion est confirmée.", {}),
        ("La Réunion est confirmée.", {"confirmed_country": "REU"}),
        ("Turkey is suspected.", {"suspected_country": "TUR"}),
    ],
    "a kind of thing is not counted": [
        ("Two image folders.", {}),
        ("12 video tapes, 3 images", {"image_count": "3"}),
    ],
    "Arabic: certainty, number behind the noun, and two of a kind": [
        ("وقد حددت هوية الضحية", {"victim_status": "identified"}),
        ("أما الضحية فقد تم تحديد هويتها", {"victim_status": "identified"}),
        ("قد تكون الضحية في تركيا أو العراق", {"suspected_country": None}),
        ("الضحايا الأربع", {"victim_count": "4"}),
        ("مشتبه بهما ذكران", {"offender_count": "2", "offender_gender": "male"}),
        ("ضحيتان وجان واحد", {"victim_count": "2", "offender_count": "1"}),
    ],
}


@pytest.mark.parametrize(
    ("text", "stated"),
    [pytest.param(*note, id=f"{fact}-{n}") for fact in FACTS for n, note in enumerate(FACTS[fact])],
)
def test_a_fact_of_language(text: str, stated: dict[str, str | None]):
    assert {field: said.value for field, said in SPEAKER.says(text).items()} == stated


CONFIRMED = {
    "en": "Confirmed country: {}",
    "fr": "Pays confirmé : {}",
    "es": "País confirmado: {}",
    "ar": "البلد المؤكد: {}",
}
COUNTRIES = [
    code
    for code in SERIES.by_name["confirmed_country"].codelist.codes  # type: ignore[union-attr]  # it has one
    if code.retired is None
]


@pytest.mark.parametrize("language", CONFIRMED)
def test_every_country_is_known_by_each_of_its_names_and_no_other_for_it(language: str):
    wrong = {
        (code.code, name)
        for code in COUNTRIES
        for name in (code.label.by_language[language], *code.terms.get(language, ()))
        if SPEAKER.says(CONFIRMED[language].format(name))["confirmed_country"].value != code.code
    }
    assert wrong == set()
