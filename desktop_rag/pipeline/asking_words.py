"""Words that say how a question is put, not what it is about, in seven languages.

Negations are none of them: “not” and “without” change a clause.
"""

_WRITTEN = {
    "en": "a an the this that these those there here it its i me my we our you your he him his"
    " she her they them their of in on at to for from by with as about into over under again"
    " is are was were be been being am do does did doing have has had having can could will"
    " would shall should may might must what which who whom whose when where why how and or"
    " but if so than then just also very too",
    "de": "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesem"
    " diesen jener jene es er sie ich mich mir wir uns unser ihr sein man sich in im an am"
    " auf aus bei beim mit nach von vom zu zum zur für über unter vor um als ist sind war"
    " waren bin wird werden wurde wurden worden hat haben hatte hatten kann können konnte"
    " darf dürfen soll sollen muss müssen will wollen möchte was wer wen wem wessen wann wo"
    " woher wohin warum wieso weshalb wie wieviel welche welcher welches welchen welchem und"
    " oder aber wenn ob so denn auch da dort hier",
    "fr": "le la les l un une des du de d ce cet cette ces il elle ils elles on je j me m nous"
    " vous se s y en au aux dans par pour sur avec chez est sont était étaient être été suis"
    " a ai ont avait avoir peut peuvent pouvait doit doivent faut fait faire qui que qu quoi"
    " quel quelle quels quelles quand où pourquoi comment combien et ou mais si donc aussi à"
    " t là est-ce",
    "es": "el la los las lo un una unos unas este esta estos estas ese esa eso aquel del al de en"
    " a por para con sobre entre desde hasta es son era eran ser sido está están estar hay"
    " ha han había haber puede pueden podía debe deben tiene tienen qué que quién quien"
    " quiénes cuál cuáles cuándo cuando dónde donde cómo como cuánto cuánta cuántos cuántas"
    " y o pero si se su sus yo me nos usted ustedes también ya",
    "it": "il lo la i gli le l un uno una questo questa questi queste quello quella del dello"
    " della dei degli delle dell al allo alla ai agli alle dal dalla dai nel nella nei nelle"
    " sul sulla di a da in con su per tra fra è sono era erano essere stato ha hanno aveva"
    " avere può possono deve devono si che chi cosa quale quali quando dove perché come"
    " quanto quanta quanti quante e o ma se anche ci io mi noi voi lei lui suo sua",
    "nl": "de het een dit dat deze die er hier daar ik mij wij we ons u jij je hij zij ze hem"
    " haar hun zijn van in op aan bij met naar uit voor over onder door om tot als is was"
    " waren ben wordt worden werd heeft hebben had hadden kan kunnen kon mag mogen moet"
    " moeten zal zullen wil wat wie waar wanneer waarom hoe hoeveel welke welk en of maar"
    " indien ook dan te",
    "pt": "o a os as um uma uns umas este esta estes estas esse essa isso aquele do da dos das no"
    " na nos nas ao à aos às de em por para com sobre entre desde até pelo pela é são era"
    " eram ser sido está estão estar há tem têm tinha pode podem deve devem que quê quem"
    " qual quais quando onde porque como quanto quanta quantos quantas e ou mas se eu me"
    " você vocês seu sua também já",
}
ASKING_WORDS = {code: frozenset(words.split()) for code, words in _WRITTEN.items()}
