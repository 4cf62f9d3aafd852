"""Text layers that say something else than the page shows, and writing that must not be doubted."""

import random
import string
from pathlib import Path

import pypdfium2
import pytest

from desktop_rag.adapters.garbage import is_garbage

ENGLISH = (
    "The tenant shall keep the premises in good repair and shall give the landlord sixty days' "
    "written notice before the end of the term. The deposit is returned within thirty days, less "
    "what is needed to repair damage beyond ordinary wear. Neither party may assign this lease "
    "without the written consent of the other, which shall not be unreasonably withheld."
)
# The first article of the Universal Declaration of Human Rights.
WRITING = {
    "German": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit "
    "Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.",
    "French": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont "
    "doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité.",
    "Polish": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są "
    "oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.",
    "Finnish": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. "
    "Heille on annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden "
    "hengessä.",
    "Hungarian": "Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Az "
    "emberek, ésszel és lelkiismerettel bírván, egymással szemben testvéri szellemben kell hogy "
    "viseltessenek.",
    "Turkish": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana "
    "sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.",
    "Czech": "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni "
    "rozumem a svědomím a mají spolu jednat v duchu bratrství.",
    "Croatian": "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu i pravima. Ona su "
    "obdarena razumom i sviješću i trebaju jedna prema drugima postupati u duhu bratstva.",
    "Welsh": "Genir pawb yn rhydd ac yn gydradd â'i gilydd mewn urddas a hawliau. Fe'u "
    "cynysgaeddir â rheswm a chydwybod, a dylai pawb ymddwyn y naill at y llall mewn ysbryd "
    "cymodlon.",
    "Vietnamese": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. "
    "Mọi con người đều được tạo hoá ban cho lý trí và lương tâm và cần phải đối xử với nhau trong "
    "tình bằng hữu.",
    "Swahili": "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na "
    "dhamiri, hivyo yapasa watendeane kindugu.",
    "Indonesian": "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama. "
    "Mereka dikaruniai akal dan hati nurani dan hendaknya bergaul satu sama lain dalam semangat "
    "persaudaraan.",
    "Icelandic": "Hver maður er borinn frjáls og jafn öðrum að virðingu og réttindum. Menn eru "
    "gæddir vitsmunum og samvisku, og ber þeim að breyta bróðurlega hverjum við annan.",
    "Latvian": "Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās. Viņi ir "
    "apveltīti ar saprātu un sirdsapziņu, un viņiem jāizturas citam pret citu brālības garā.",
    "Russian": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
    "разумом и совестью и должны поступать в отношении друг друга в духе братства.",
    "Greek": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. "
    "Είναι προικισμένοι με λογική και συνείδηση.",
    "Arabic": "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميرًا وعليهم أن "
    "يعامل بعضهم بعضًا بروح الإخاء.",
    "Hebrew": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון.",
    "Hindi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "Thai": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "Chinese": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，"
    "并应以兄弟关系的精神相对待。",
    "Japanese": "すべての人間は、生まれながらにして自由であり、"
    "かつ、尊厳と権利とについて平等である。",
    "Korean": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
}
OTHER = {
    "a table of numbers": "\n".join(f"{n} {n * 3.7:.2f} {n * 11} (%) -{n}.5" for n in range(60)),
    "a table of contents": "\n".join(f"{n}. Scope {'. ' * 60}{n}" for n in range(1, 30)),
    "leaders without gaps": "\n".join(f"Point {n} {'.' * 80} {n}" for n in range(1, 30)),
    "chemistry": "CH3-CH2-OH + O2 -> CO2 + H2O; NaCl, KMnO4, H2SO4, C6H12O6, Fe(CN)6^4-, pH 7.4 "
    * 9,
    "code": 'if (x[i] != NULL && *p++ == "%s") { return &(a->b[0]); } /* ... */ #define X(y) y\n'
    * 9,
    "mathematics": "∀ε>0 ∃δ>0: |x−a|<δ ⇒ |f(x)−f(a)|<ε, ∑ᵢ xᵢ² ≤ ∫₀¹ g(t) dt, α ∈ ℝⁿ, β ≠ γ " * 9,
    "capitals": ENGLISH.upper(),
    "hexadecimal": " ".join(f"{n * 7919 % 65536:04x}" for n in range(400)),
    "accents of their own": "e\u0301te\u0301 " * 60,
    "a word with a Greek letter": "the α-helix and β-sheet of μ-opioid receptors in the γ-band "
    * 9,
    "a form": "Name: ____________ Date: __/__/____  [ ] Yes  [ ] No  Signature: ______________\n"
    * 9,
    "too little to tell": "§ 7 ¶",
}


@pytest.mark.parametrize("language", WRITING)
def test_no_language_is_garbage(language: str) -> None:
    for times in (1, 3, 12):
        assert not is_garbage((WRITING[language] + "\n") * times)


@pytest.mark.parametrize("kind", OTHER)
def test_what_is_no_prose_is_not_garbage_for_it(kind: str) -> None:
    assert not is_garbage(OTHER[kind])


def shifted(by: int) -> str:
    return "".join(chr(ord(sign) - by) if " " < sign <= "~" else sign for sign in ENGLISH)


def substituted(seed: int) -> str:
    order = list(string.ascii_lowercase)
    random.Random(seed).shuffle(order)
    small = "".join(order)
    table = str.maketrans(string.ascii_letters, small + small.upper())
    return ENGLISH.translate(table)


GARBAGE = {
    "private use": "".join(chr(0xE000 + ord(sign)) if sign != " " else " " for sign in ENGLISH),
    "replacement": "The \ufffd\ufffd\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd is",
    "control": "\x13\x14\x13\x19\x15\x14\x14\r\n9$7&RGH",
    "half private use": "".join(
        chr(0xF000 + ord(sign)) if place % 3 == 0 else sign for place, sign in enumerate(ENGLISH)
    ),
    "glyph numbers": " ".join(f"(cid:{ord(sign)})" for sign in ENGLISH),
    "glyph names": "".join(f"/g{ord(sign)}" for sign in ENGLISH),
    "numbers of glyphs for letters": shifted(29),
    "capitals for small letters": shifted(31),
    "soup": "".join("!#$%&*+/<=>?@^~|"[ord(sign) % 16] for sign in ENGLISH),
    "Cyrillic taken for Latin": WRITING["Russian"].encode("cp1251").decode("latin-1"),
    "letters of all scripts": "".join(
        "aжעبकก"[place % 6] if sign.isalpha() else sign for place, sign in enumerate(ENGLISH)
    ),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_text_of_wrong_fonts_is_garbage(kind: str) -> None:
    assert is_garbage(GARBAGE[kind])


def test_most_exchanged_alphabets_are_found() -> None:
    found = [is_garbage(substituted(seed)) for seed in range(200)]
    assert sum(found) >= 150


def test_no_page_of_the_samples_is_garbage(samples: Path) -> None:
    for file in sorted(samples.glob("*.pdf")):
        for page in pypdfium2.PdfDocument(file):
            assert not is_garbage(page.get_textpage().get_text_range())
