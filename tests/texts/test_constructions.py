"""The common ways to state each coded field: one construction a row, in four languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from validator.standards.load import load
from validator.texts.speaker import Speaker

SERIES = load("global-indicator").by_name["series"]
SPEAKER = Speaker(SERIES, SERIES.by_name["remarks"])
LANGUAGES = ("en", "fr", "es", "ar")

Row = tuple[str, str | None, str, str, str, str]
"""A field, its value (None: a finding without a suggestion), and the four renderings."""

COUNTS: list[Row] = [
    ("victim_count", "4", "4 victims.", "4 victimes.", "4 víctimas.", "4 ضحايا"),
    (
        "victim_count", "3",
        "There are three victims in the series.",
        "Il y a trois victimes dans la série.",
        "Hay tres víctimas en la serie.",
        "هناك ثلاث ضحايا في السلسلة",
    ),
    (
        "victim_count", "1",
        "A single victim.", "Une seule victime.", "Una sola víctima.", "ضحية واحدة",
    ),
    (
        "victim_count", "1",
        "There is only one victim.",
        "Il n'y a qu'une seule victime.",
        "No hay más que una víctima.",
        "لا توجد سوى ضحية واحدة",
    ),
    (
        "victim_count", "1",
        "Just one victim visible.",
        "Une victime seulement.",
        "Una víctima solamente.",
        "ضحية واحدة فقط",
    ),
    ("victim_count", "3", "Victims: 3", "Victimes : 3", "Víctimas: 3", "الضحايا: 3"),
    (
        "victim_count", "3",
        "Number of victims: three",
        "Nombre de victimes : trois",
        "Número de víctimas: tres",
        "عدد الضحايا: ثلاث",
    ),
    (
        "victim_count", "3",
        "Number of victims in the series: 3.",
        "Nombre de victimes dans la série : 3.",
        "Número de víctimas en la serie: 3.",
        "عدد الضحايا في السلسلة: 3",
    ),
    (
        "victim_count", "6",
        "The number of victims after the merge is 6.",
        "Le nombre de victimes après la fusion est de 6.",
        "El número de víctimas tras la fusión es de 6.",
        "عدد الضحايا بعد الدمج هو 6",
    ),
    (
        "victim_count", "6",
        "The victims are six in number.",
        "Les victimes sont au nombre de six.",
        "Las víctimas son seis.",
        "الضحايا عددهم ستة",
    ),
    (
        "victim_count", "5",
        "Victims: 5 in total.",
        "Victimes : 5 au total.",
        "Víctimas: 5 en total.",
        "الضحايا: 5 في المجموع",
    ),
    (
        "victim_count", "5",
        "Five victims were counted.",
        "Cinq victimes ont été dénombrées.",
        "Se contaron cinco víctimas.",
        "تم إحصاء خمس ضحايا",
    ),
    (
        "victim_count", "4",
        "The series shows four different children.",
        "La série montre quatre enfants différents.",
        "La serie muestra a cuatro menores distintos.",
        "تظهر في السلسلة أربعة أطفال مختلفين",
    ),
    (
        "victim_count", "4",
        "Victims (4)", "Victimes (4)", "Víctimas (4)", "الضحايا (4)",
    ),
    (
        "victim_count", "5",
        "Victims of the series: 5, count redone.",
        "Victimes de la série : 5, décompte refait.",
        "Víctimas de la serie: 5, cifra revisada.",
        "ضحايا السلسلة: 5، بعد المراجعة",
    ),
    (
        "victim_count", "2",
        "Two victims, a boy and a girl.",
        "Deux victimes, un garçon et une fille.",
        "Dos víctimas, un niño y una niña.",
        "ضحيتان: ولد وبنت",
    ),
    (
        "victim_count", "2",
        "The victims are two sisters.",
        "Les victimes sont deux sœurs.",
        "Las víctimas son dos hermanas.",
        "الضحيتان شقيقتان",
    ),
    (
        "victim_count", "3",
        "The victim count is now 3 (was 2).",
        "Le nombre de victimes est désormais de 3 (au lieu de 2).",
        "El número de víctimas es ahora 3 (antes 2).",
        "عدد الضحايا أصبح الآن 3 (كان 2)",
    ),
    (
        "victim_count", "3",
        "Three victims have been counted by both coders.",
        "Trois victimes comptées par les deux codeurs.",
        "Tres víctimas, según los dos codificadores.",
        "ثلاث ضحايا بحسب المرمزين",
    ),
    (
        "victim_count", None,
        "No fewer than four children.",
        "Pas moins de quatre enfants.",
        "No menos de cuatro menores.",
        "ما لا يقل عن أربعة أطفال",
    ),
    (
        "victim_count", None,
        "At least 3 victims.",
        "Au moins 3 victimes.",
        "Al menos 3 víctimas.",
        "3 ضحايا على الأقل",
    ),
    (
        "victim_count", None,
        "Two or three victims.",
        "Deux ou trois victimes.",
        "Dos o tres víctimas.",
        "ضحيتان أو ثلاث ضحايا",
    ),
    (
        "offender_count", "2",
        "Number of offenders: 2. Source: summary, page 4.",
        "Nombre d'auteurs : 2. Source : note de synthèse, page 4.",
        "Número de autores: 2. Fuente: resumen, página 4.",
        "عدد الجناة: 2. المصدر: الملخص، صفحة 4",
    ),
    (
        "offender_count", "3",
        "Three offenders appear.",
        "Trois auteurs apparaissent.",
        "Aparecen tres agresores.",
        "يظهر ثلاثة جناة",
    ),
    (
        "offender_count", "1",
        "There is one offender only.",
        "Il y a un seul auteur.",
        "Hay un único autor.",
        "الجاني واحد فقط",
    ),
    (
        "offender_count", "2",
        "Both offenders are visible; two suspects in all.",
        "Deux suspects en tout.",
        "Dos sospechosos en total.",
        "مشتبه بهما اثنان في المجموع",
    ),
    (
        "offender_count", "2",
        "The suspects are two men.",
        "Les suspects sont deux hommes.",
        "Los sospechosos son dos hombres.",
        "المشتبه بهما رجلان",
    ),
    (
        "offender_count", "4",
        "Suspects: four.", "Suspects : quatre.", "Sospechosos: cuatro.", "المشتبه بهم: أربعة",
    ),
    (
        "image_count", "402",
        "The series consists of 402 images and 15 videos, received on three disks.",
        "La série se compose de 402 images et de 15 vidéos, reçues sur trois disques.",
        "La serie consta de 402 imágenes y 15 vídeos, recibidos en tres discos.",
        "تتألف السلسلة من 402 صورة و15 فيديو، وردت على ثلاثة أقراص",
    ),
    (
        "image_count", "1250",
        "1,250 images in total.",
        "1 250 images au total.",
        "1.250 imágenes en total.",
        "المجموع 1,250 صورة",
    ),
    (
        "image_count", "14",
        "No new images; 14 images in total.",
        "Pas de nouvelles images ; 14 images en tout.",
        "No hay imágenes nuevas; 14 imágenes en total.",
        "لا صور جديدة؛ 14 صورة في المجموع",
    ),
    (
        "image_count", "37",
        "37 pictures counted on 3 May.",
        "37 clichés comptés le 3 mai.",
        "37 fotografías contadas el 3 de mayo.",
        "أحصيت 37 صورة فوتوغرافية في 3 مايو",
    ),
    (
        "image_count", "37",
        "Image count 37, checked twice.",
        "Nombre d'images 37, vérifié deux fois.",
        "Número de imágenes 37, comprobado dos veces.",
        "عدد الصور 37، وجرى التحقق منه مرتين",
    ),
    (
        "image_count", "88",
        "The total number of still images in this series is 88.",
        "Le nombre total d'images fixes de cette série est de 88.",
        "El número total de imágenes fijas de esta serie es 88.",
        "العدد الإجمالي للصور الثابتة في هذه السلسلة هو 88",
    ),
    (
        "image_count", "12",
        "Files: 12 images, 3 videos.",
        "Fichiers : 12 images, 3 vidéos.",
        "Archivos: 12 imágenes, 3 vídeos.",
        "الملفات: 12 صورة، 3 فيديوهات",
    ),
    (
        "video_count", "17",
        "17 videos, recounted on 2 May.",
        "Vidéos au nombre de 17, décompte refait le 2 mai.",
        "Los vídeos son 17, recuento del 2 de mayo.",
        "الفيديوهات عددها 17، أعيد العد في 2 مايو",
    ),
    (
        "video_count", "22",
        "Videos in the series: 22, figure revised.",
        "Vidéos de la série : 22, chiffre revu.",
        "Vídeos de la serie: 22, cifra revisada.",
        "فيديوهات السلسلة: 22، رقم منقح",
    ),
    (
        "video_count", "6",
        "Six recordings and no images.",
        "Six enregistrements vidéo et aucune image.",
        "Seis grabaciones y ninguna imagen.",
        "ستة تسجيلات مصورة ولا صور",
    ),
    (
        "video_count", "1",
        "There is also one video.",
        "Il y a aussi une seule vidéo.",
        "Hay además un solo vídeo.",
        "يوجد أيضا مقطع فيديو واحد",
    ),
    (
        "video_count", "9",
        "The series contains 9 short clips.",
        "La série contient 9 courts clips.",
        "La serie contiene 9 clips cortos.",
        "تحتوي السلسلة على 9 مقاطع قصيرة",
    ),
]  # fmt: skip

GENDERS: list[Row] = [
    (
        "victim_gender", "female",
        "The victim is a girl.",
        "La victime est une fille.",
        "La víctima es una niña.",
        "الضحية فتاة",
    ),
    (
        "victim_gender", "male",
        "Male victim.", "Victime masculine.", "Víctima masculina.", "ضحية ذكر",
    ),
    (
        "victim_gender", "male",
        "Victim: boy", "Victime : garçon", "Víctima: varón", "الضحية: صبي",
    ),
    (
        "victim_gender", "female",
        "Sex of the victim: female",
        "Sexe de la victime : féminin",
        "Sexo de la víctima: femenino",
        "جنس الضحية: أنثى",
    ),
    (
        "victim_gender", "female",
        "Victim's gender is female.",
        "La victime est de sexe féminin.",
        "La víctima es de sexo femenino.",
        "الضحية من الإناث",
    ),
    (
        "victim_gender", "female",
        "All victims are girls.",
        "Toutes les victimes sont des filles.",
        "Todas las víctimas son niñas.",
        "جميع الضحايا فتيات",
    ),
    (
        "victim_gender", "both",
        "The victims are boys and girls.",
        "Les victimes sont des garçons et des filles.",
        "Las víctimas son niños y niñas.",
        "الضحايا أولاد وبنات",
    ),
    (
        "victim_gender", "both",
        "One victim is a boy and the other a girl.",
        "Une victime est un garçon et l'autre une fille.",
        "Una víctima es un niño y la otra una niña.",
        "إحدى الضحيتين ولد والأخرى بنت",
    ),
    (
        "victim_gender", "both",
        "The victims are a brother and a sister.",
        "Les victimes sont un frère et une sœur.",
        "Las víctimas son un hermano y una hermana.",
        "الضحيتان أخ وأخت",
    ),
    (
        "victim_gender", "both",
        "Victims of both sexes.",
        "Victimes des deux sexes.",
        "Víctimas de ambos sexos.",
        "ضحايا من كلا الجنسين",
    ),
    (
        "offender_gender", "female",
        "Offender is a black woman according to form B.",
        "L'auteur est une femme noire selon la fiche B.",
        "El agresor es una mujer negra según la ficha B.",
        "الجاني امرأة سوداء بحسب الاستمارة الثانية",
    ),
    (
        "offender_gender", "male",
        "Male offender, Asian.",
        "Auteur de sexe masculin, asiatique.",
        "Autor varón, asiático.",
        "الجاني ذكر آسيوي",
    ),
    (
        "offender_gender", "male",
        "OFFENDER MALE, HISPANIC. FORM 2 OF 2.",
        "AUTEUR MASCULIN, HISPANIQUE. FICHE 2 SUR 2.",
        "AUTOR VARON, HISPANO. FORMULARIO 2 DE 2.",
        "الجاني ذكر، لاتيني. الاستمارة 2 من 2",
    ),
    (
        "offender_gender", "male",
        "The suspect is an adult man.",
        "Le suspect est un homme adulte.",
        "El sospechoso es un hombre adulto.",
        "المشتبه به رجل بالغ",
    ),
    (
        "offender_gender", "male",
        "An adult male is the offender.",
        "Un homme adulte est l'auteur.",
        "Un hombre adulto es el autor.",
        "رجل بالغ هو الجاني",
    ),
    (
        "offender_gender", "both",
        "The suspects are one man and one woman.",
        "Les suspects sont un homme et une femme.",
        "Los sospechosos son un hombre y una mujer.",
        "المشتبه بهما رجل وامرأة",
    ),
    (
        "offender_gender", "female",
        "Suspect's sex: F", "Sexe du suspect : F", "Sexo del sospechoso: F",
        "جنس المشتبه به: أنثى",
    ),
]  # fmt: skip

KINDS: list[Row] = [
    (
        "victim_age_group", "prepubescent",
        "The victim is prepubescent.",
        "La victime est prépubère.",
        "La víctima es prepúber.",
        "الضحية دون سن البلوغ",
    ),
    (
        "victim_age_group", "very_young",
        "Victims of a very young age, as per form B.",
        "Victimes en très bas âge, selon la fiche B.",
        "Víctimas de muy corta edad, conforme a la ficha B.",
        "الضحايا في سن صغيرة جدا بحسب الاستمارة",
    ),
    (
        "victim_age_group", "very_young",
        "The victim is an infant.",
        "La victime est un nourrisson.",
        "La víctima es un lactante.",
        "الضحية رضيع",
    ),
    (
        "victim_age_group", "pubescent",
        "Stage: pubescent victim.",
        "Stade de développement de la victime : pubère.",
        "Estadio de desarrollo de la víctima: púber.",
        "مرحلة نمو الضحية: سن البلوغ",
    ),
    (
        "victim_age_group", "pubescent",
        "Both girls are in puberty.",
        "Les deux filles sont en âge de puberté.",
        "Las dos niñas están en la pubertad.",
        "الفتاتان في مرحلة البلوغ",
    ),
    (
        "victim_age_group", "multiple",
        "One victim is an infant, the other is pubescent.",
        "Une victime est un nourrisson, l'autre est pubère.",
        "Una víctima es lactante, la otra es púber.",
        "إحدى الضحيتين رضيعة والأخرى في سن البلوغ",
    ),
    (
        "victim_age_group", "multiple",
        "The victims belong to different age groups.",
        "Les victimes sont de tranches d'âge différentes.",
        "Las víctimas son de distintas edades.",
        "الضحايا من فئات عمرية مختلفة",
    ),
    (
        "victim_ethnicity", "asian",
        "The boy is Asian according to the national form, box 7.",
        "Le garçon est asiatique selon la fiche nationale, case 7.",
        "El niño es asiático según la ficha nacional, casilla 7.",
        "الصبي آسيوي بحسب الاستمارة الوطنية، الخانة 7",
    ),
    (
        "victim_ethnicity", "black",
        "Two black girls.", "Deux filles noires.", "Dos niñas negras.", "فتاتان سوداوان",
    ),
    (
        "victim_ethnicity", "white",
        "Victim, white, appears in all images.",
        "Victime, blanche, visible sur toutes les images.",
        "Víctima, blanca, aparece en todas las imágenes.",
        "الضحية، بيضاء، تظهر في جميع الصور",
    ),
    (
        "victim_ethnicity", "hispanic_latino",
        "Ethnicity of the victim: Hispanic",
        "Origine ethnique de la victime : hispanique",
        "Etnia de la víctima: hispana",
        "الأصل العرقي للضحية: لاتيني",
    ),
    (
        "victim_ethnicity", "asian",
        "Victim of Asian origin.",
        "Victime d'origine asiatique.",
        "Víctima de origen asiático.",
        "ضحية من أصل آسيوي",
    ),
    (
        "victim_ethnicity", "multiple",
        "One victim is white, the other black.",
        "Une victime est blanche, l'autre noire.",
        "Una víctima es blanca y la otra negra.",
        "إحدى الضحيتين بيضاء والأخرى سوداء",
    ),
    (
        "offender_ethnicity", "white",
        "The offender is a white man.",
        "L'auteur, un homme blanc.",
        "El agresor, un hombre blanco.",
        "الجاني رجل أبيض",
    ),
    (
        "offender_ethnicity", "black",
        "Ethnicity of the suspect is black.",
        "L'origine ethnique du suspect est noire.",
        "La etnia del sospechoso es negra.",
        "الأصل العرقي للمشتبه به: أسود",
    ),
]  # fmt: skip

STATUSES: list[Row] = [
    (
        "victim_status", "unidentified",
        "Victim remains unidentified.",
        "La victime demeure non identifiée.",
        "La víctima sigue sin identificar.",
        "الضحية لا تزال مجهولة الهوية",
    ),
    (
        "victim_status", "unidentified",
        "The victim has not been identified to date.",
        "La victime n'a pas été identifiée à ce jour.",
        "La víctima no ha sido identificada hasta la fecha.",
        "لم يتم التعرف على الضحية حتى الآن",
    ),
    (
        "victim_status", "unidentified",
        "We do not know the identity of the victim.",
        "On ne connaît pas l'identité de la victime.",
        "Se desconoce la identidad de la víctima.",
        "لا نعرف هوية الضحية",
    ),
    (
        "victim_status", "unidentified",
        "The victim could not be identified.",
        "La victime n'a pu être identifiée.",
        "No se ha podido identificar a la víctima.",
        "تعذر تحديد هوية الضحية",
    ),
    (
        "victim_status", "identified",
        "The victim has been located and identified.",
        "La victime a été localisée et identifiée.",
        "La víctima ha sido localizada e identificada.",
        "عثر على الضحية وحددت هويتها",
    ),
    (
        "victim_status", "identified",
        "Victim's identity has been established.",
        "L'identité de la victime a été établie.",
        "Se ha establecido la identidad de la víctima.",
        "تم إثبات هوية الضحية",
    ),
    (
        "victim_status", "identified",
        "We have identified the victim.",
        "On a identifié la victime.",
        "Se identificó a la víctima.",
        "تعرفنا على الضحية",
    ),
    (
        "victim_status", "identified",
        "The victim was successfully identified.",
        "La victime a pu être identifiée.",
        "Se ha podido identificar a la víctima.",
        "اكتمل تحديد هوية الضحية",
    ),
    (
        "victim_status", "identified",
        "Victims ID'd in March.",
        "Victimes toutes identifiées en mars.",
        "Todas las víctimas identificadas en marzo.",
        "حددت هوية جميع الضحايا في مارس",
    ),
    (
        "victim_status", "partly_identified",
        "Only some of the victims have been identified.",
        "Seules certaines victimes ont été identifiées.",
        "Solo algunas víctimas han sido identificadas.",
        "تم تحديد هوية بعض الضحايا فقط",
    ),
    (
        "victim_status", "partly_identified",
        "One victim identified, two still unidentified.",
        "Une victime identifiée, deux encore non identifiées.",
        "Una víctima identificada, dos aún sin identificar.",
        "ضحية محددة الهوية واثنتان مجهولتا الهوية",
    ),
    (
        "offender_status", "identified",
        "Offender identified and arrested.",
        "Auteur identifié et interpellé.",
        "Autor identificado y detenido.",
        "تم تحديد هوية الجاني وتوقيفه",
    ),
    (
        "offender_status", "unidentified",
        "The offender's identity is still unknown.",
        "L'identité de l'auteur reste inconnue.",
        "La identidad del autor aún se desconoce.",
        "هوية الجاني لا تزال مجهولة",
    ),
    (
        "offender_status", "unidentified",
        "Offender status: unidentified",
        "Statut de l'auteur : non identifié",
        "Estado del autor: no identificado",
        "حالة الجاني: غير محدد الهوية",
    ),
]  # fmt: skip

PLACES: list[Row] = [
    (
        "suspected_country", "ESP",
        "Suspected country: Spain",
        "Pays soupçonné : Espagne",
        "País sospechado: España",
        "البلد المشتبه فيه: إسبانيا",
    ),
    (
        "suspected_country", "ESP",
        "Location: Spain (suspected)",
        "Lieu : Espagne (présumé)",
        "Lugar: España (presunto)",
        "المكان: إسبانيا (مشتبه فيه)",
    ),
    (
        "suspected_country", "ZMB",
        "Victim believed to be in Zambia, per the reply that the office had.",
        "La victime se trouverait en Zambie, d'après la réponse reçue.",
        "Se cree que la víctima está en Zambia, según la respuesta recibida.",
        "يعتقد أن الضحية في زامبيا بحسب الرد الوارد",
    ),
    (
        "suspected_country", "PER",
        "Likely located in Peru.",
        "Localisation probable : le Pérou.",
        "Ubicación probable: Perú.",
        "الموقع المرجح: بيرو",
    ),
    (
        "suspected_country", "PER",
        "Everything points to Peru.",
        "Tout semble indiquer le Pérou.",
        "Todo indica que es Perú.",
        "كل شيء يشير إلى بيرو",
    ),
    (
        "suspected_country", "FIN",
        "Was Denmark, the suspected country is now Finland.",
        "Le pays soupçonné était le Danemark, c'est maintenant la Finlande.",
        "Era Dinamarca; el país sospechado es ahora Finlandia.",
        "كانت الدنمارك، والبلد المشتبه فيه الآن فنلندا",
    ),
    (
        "suspected_country", "TUN",
        "The suspected country is no longer Morocco but Tunisia.",
        "Le pays présumé n'est plus le Maroc mais la Tunisie.",
        "El país presunto ya no es Marruecos sino Túnez.",
        "البلد المفترض لم يعد المغرب بل تونس",
    ),
    (
        "suspected_country", "KEN",
        "The series was probably produced in Kenya.",
        "La série a probablement été produite au Kenya.",
        "La serie se produjo probablemente en Kenia.",
        "يرجح أن السلسلة أنتجت في كينيا",
    ),
    (
        "suspected_country", "KEN",
        "We think the country is Kenya.",
        "Nous pensons que le pays est le Kenya.",
        "Pensamos que el país es Kenia.",
        "نعتقد أن البلد كينيا",
    ),
    (
        "suspected_country", None,
        "Suspected: Chile or Peru.",
        "Soupçonné : Chili ou Pérou.",
        "Se sospecha Chile o Perú.",
        "يشتبه في تشيلي أو بيرو",
    ),
    (
        "confirmed_country", "MLI",
        "Confirmed country: Mali",
        "Pays confirmé : Mali",
        "País confirmado: Malí",
        "البلد المؤكد: مالي",
    ),
    (
        "confirmed_country", "MLT",
        "Country (confirmed): Malta",
        "Pays (confirmé) : Malte",
        "País (confirmado): Malta",
        "البلد (مؤكد): مالطا",
    ),
    (
        "confirmed_country", "MLT",
        "It has been confirmed that the victim lives in Malta.",
        "Il est confirmé que la victime vit à Malte.",
        "Se ha confirmado que la víctima vive en Malta.",
        "تأكد أن الضحية تعيش في مالطا",
    ),
    (
        "confirmed_country", "GRC",
        "The victim was identified in Greece.",
        "La victime a été identifiée en Grèce.",
        "La víctima fue identificada en Grecia.",
        "تم تحديد هوية الضحية في اليونان",
    ),
    (
        "confirmed_country", "GRC",
        "Greece is now confirmed.",
        "La Grèce est désormais confirmée.",
        "Grecia queda confirmada.",
        "تم تأكيد اليونان",
    ),
]  # fmt: skip

ROWS = [*COUNTS, *GENDERS, *KINDS, *STATUSES, *PLACES]


def each() -> Iterator[object]:
    for number, (field, value, *texts) in enumerate(ROWS):
        for language, text in zip(LANGUAGES, texts, strict=True):
            yield pytest.param(field, value, text, id=f"{field}-{number}-{language}")


@pytest.mark.parametrize(("field", "value", "text"), each())
def test_a_construction_is_read(field: str, value: str | None, text: str):
    stated = SPEAKER.says(text)
    assert field in stated
    assert stated[field].value == value
