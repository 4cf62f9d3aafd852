"""The small words by which languages that share an alphabet are told apart."""

# Frequent in contracts and findings as in any prose. A word that several languages have counts
# less the more they are; of those that differ in few words (Danish and Norwegian, Czech and
# Slovak), the lists lean on the words that differ.
_WRITTEN = {
    "en": "the of and to in is that for it with as be on by this are or at from which not have"
    " has was were will shall any such an may its been their his her he she they other than"
    " if no",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch"
    " es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über"
    " einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann"
    " dieser diese wenn seit unter beim gegen ohne keine kein beide sowie jedoch zwischen"
    " während wegen bzw gemäß vom ab",
    "fr": "le la les de des du et à en un une est que qui dans pour par sur au aux ne pas ce il"
    " elle se son sa ses avec ou plus être cette ces été sont ont leur mais nous vous d'un"
    " qu'il d'une puis chez aucun aucune si y lors d' depuis jours sous entre après",
    "es": "de la que el en y los se del las un por con no una su para es al lo como más o pero"
    " sus le ha este entre cuando muy sin sobre ser también hasta hay donde han desde esta"
    " está fue otra ante ellos contra esto porque aquel cual",
    "it": "di che il la e in un per è del con non una si da della le dei al come nel alla sono"
    " gli i delle ha lo dal più anche o dalla degli nella ai ma se questo cui essere quando"
    " dalle stato sul sulla tra loro può suo sua",
    "pt": "de que e o a do da em um para com não uma os no se na por mais as dos como mas ao ele"
    " das à seu sua ou quando muito nos já também pelo pela até isso ela entre depois sem"
    " mesmo aos seus foi ser está são pode num qualquer",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als bij dan uit"
    " maar of door over naar wordt werd heeft worden deze kan nog wel geen tot meer na zal"
    " hij die hebben welke indien",
    "sv": "och att det i en som är av för på den med till inte har de om ett var men sig så från"
    " vi kan när ska eller han hon man efter vid skall under mot ingen detta mellan där sin"
    " vara hade inom sedan",
    "da": "og at det i en som er af for på den med til ikke har de om et var men sig så fra vi"
    " kan når skal eller han hun man efter ved blev blevet være der ingen dette mellem hvis"
    " deres sin hvor mod uden også havde",
    "no": "og at det i en som er av for på den med til ikke har de om et var men seg så fra vi"
    " kan når skal eller han hun man etter ved ble blitt være der ingen dette mellom hvis"
    " deres sin hvor mot uten også hadde",
    "fi": "ja on ei se että joka hän oli tai jos myös kun niin mutta ovat sen tämä mukaan voi"
    " sekä kuin ole jonka mitä siitä sitä tämän ovatko joita jotka olla vain sitten kanssa"
    " jälkeen ennen vuoksi eivät jota siihen näiden kuluessa ilman alle yli",
    "pl": "w i na z do się nie że o jest to za przez od po dla jak lub oraz są przy może być jego"
    " jej który która które tym ten ta ze u ale tylko czy co gdy jeżeli został tego ich był",
    "cs": "a v se na je že o s z do to i za pro by k od po jako ve které který která nebo při"
    " jsou podle tak jeho jejich být až také není však bylo byl byla jí což ze pokud ani",
    "sk": "a v sa na je že o s z do to i za pre by k od po ako vo ktoré ktorý ktorá alebo pri sú"
    " podľa tak jeho ich byť až tiež nie však bolo bol bola čo zo ak ani",
    "ro": "de și în a la nu cu o un pe este din care ca pentru mai să sau au fost prin se ce după"
    " sunt dacă cel cea cât până acest această dintre ale lui unei unui va fi",
    "hu": "a az és hogy nem egy is ha de van meg vagy ezt volt mint csak ez el amely amelyek azt"
    " kell által fel még minden akkor sem be ki pedig után között lehet valamint illetve"
    " szerint",
    "tr": "ve bir bu için ile da de olan olarak daha sonra gibi kadar her çok en ancak değil ne"
    " veya ki tarafından göre bulunan olduğu olduğunu ise mi onun sadece üzere eden edilen"
    " hiçbir üç iki önce zaman içinde nedeniyle durum olup",
    "id": "yang dan di dengan untuk dari ini itu pada dalam tidak adalah akan oleh ke sebagai"
    " atau dapat telah juga karena lebih ada mereka harus tersebut jika setelah antara"
    " secara maka selama perlu setiap waktu bahwa bagi",
    "vi": "và của là có được cho không các một với trong khi người này những đã để từ đến theo về"
    " như bên thì phải trên nếu vì vào sau tại hoặc do bằng",
    "ca": "de la i el que en a per els les amb un una del és no es al com més o dels aquest"
    " aquesta ha són pel però si sobre quan seva ser fins cap entre també d'un hi seu molt"
    " han ni",
    "la": "et in est non ad cum ut sed quod qui ex si ab esse per quam sunt enim autem atque de"
    " quae hoc eius etiam nec sit pro",
    "ru": "и в не на что с по как от за к это из у для его но также или так же если при до то бы"
    " был была быть есть о об а все их только может которые который должен чем этом",
    "uk": "і в не на що з до як за від це із у для його але також або так же якщо при та є був"
    " була бути про а всі їх тільки може які який повинен через цього",
    "bg": "и в не на че с по като от за към това из у е но също или така ако при до са се да беше"
    " бъде има о а всички техните само може които който трябва чрез",
}
FUNCTION_WORDS = {code: frozenset(words.split()) for code, words in _WRITTEN.items()}
