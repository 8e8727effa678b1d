"""Words with which danger is told in other languages; no native speaker has reviewed them.

For each language and danger, the beginnings of words and phrases, without accents (the fold of
``nlp.foreign``); ``~`` stands for up to five words between. Written in the language's own script and
as it is typed without it.
"""

from casework.understanding import Danger

D = Danger

DANGER_WORDS: dict[str, dict[Danger, str]] = {
    "cy": {
        D.SELF_HARM: (
            "lladd fy hun|ladd fy hun|lladd ei hun|ladd ei hun|hunanladd|ddim eisiau byw"
            "|ddim isio byw|diweddu fy mywyd|neidio oddi ar|neidio o ben|torri ei hun"
            "|torri fy hun|cymryd ~ tabledi|wedi cymryd gorddos|gorddos"
        ),
        D.FIRE: (
            "ar dan |mae tan yn|tan yn y|tan mewn|mwg yn|llawn mwg|mwg du|fflamau|llosgi|ffrwydr"
            "|yn mygu|tan gwyllt|tan mawr|tan wedi|yn llosgi"
        ),
        D.GAS: (
            "arogl nwy|ogla nwy|oglau nwy|gwynt nwy|clywed nwy|nwy yn gollwng|gollyngiad nwy|carbon monocsid"
        ),
        D.ELECTRICITY: (
            "gwifren drydan|gwifrau trydan|gwifrau byw|gwifren fyw|cebl trydan|gwreichion"
            "|sioc drydan|sioc trydan|gwifren ~ lawr"
        ),
        D.CHILD: (
            "plentyn ar goll|plentyn ~ ei hun|babi ~ ei hun|plant ~ eu hunain|curo plentyn"
            "|bwrw plentyn|taro plentyn|cam drin plentyn|cam drin plant|merch ar goll"
            "|bachgen ar goll|mab ar goll|dwyn plentyn"
        ),
        D.VIOLENCE: (
            "cyllell|gyllell|chyllell|gwn gan|dryll|trywan|ymosod|bygwth|ymladd|curo ~ dyn"
            "|lladd fi|fy lladd|bwyell|machete|treisio|torri i mewn nawr|bom "
        ),
        D.INJURY: (
            "ddim yn anadlu|anymwybodol|gwaedu|wedi cwympo ~ anadlu|wedi syrthio|methu anadlu"
            "|trawiad|poen yn ~ frest|tagu|wedi ei anafu|wedi brifo|damwain car|damwain|ambiwlans"
            "|wedi marw|boddi|strôc|yn ffitio"
        ),
        D.ADULT_AT_RISK: (
            "gwr yn fy nharo|gwr yn fy mwrw|yn fy mwrw|yn fy nharo|yn fy nghuro"
            "|trais yn y cartref|fy nghloi|gyda dementia|a dementia|hen ddyn ~ ar goll"
            "|mam ar goll|dad ar goll|hen wraig ~ crwydro|methu mynd allan|methu dod allan"
            "|helpwch|angen help ar frys"
        ),
        D.FLOOD: (
            "dwr yn dod mewn|dwr yn dod i mewn|llifogydd yn y ty|afon wedi dod|dwr yn y ty"
            "|dwr yn codi|styc ~ dwr|carthion yn dod|yn y dwr|syrthio i'r afon"
        ),
        D.COLLAPSE: (
            "wal wedi disgyn|wal wedi cwympo|to wedi cwympo|to wedi disgyn|nenfwd wedi"
            "|adeilad wedi cwympo|adeilad wedi disgyn|sgaffald|twll llyncu|wedi dymchwel"
            "|dan y rwbel|ar ben gweithiwr|tirlithriad"
        ),
    },
    "pl": {
        D.SELF_HARM: (
            "samobojstw|zabic sie|zabije sie|sie zabic|nie chce zyc|nie chce juz zyc|skoczyc z"
            "|chce skoczyc|skacze z|odebrac sobie|chce umrzec|powiesi|podciac|podcial|podciela"
            "|polknal ~ tablet|polknela ~ tablet|wzialem ~ tablet|wzielam ~ tablet|lyknal"
            "|przedawkowa|chce ze soba skonczyc|stoi na krawedzi|za barierk|na torach"
        ),
        D.FIRE: (
            "pali sie|pala sie|pozar|ogien|plonie|plona|w ogniu|podpalil|podpala|dym z|dym w"
            "|pelno dymu|dymi|wybuch|zadymion|dusimy sie dymem|dym na|dymu|zapalil|zapalila"
            "|stanal w plom|plomien|smierdzi spaleni"
        ),
        D.GAS: (
            "czuc gaz|czuje gaz|gaz sie ulatnia|ulatnia sie gaz|zapach gazu|smierdzi gazem"
            "|wyciek gazu|czad|czadu|czadem|tlenek wegla|gaz ulatn"
        ),
        D.ELECTRICITY: (
            "zerwany kabel|zerwane kable|zerwana linia|iskrzy|iskry|porazil|porazony|porazenie"
            "|pod napieciem|kabel ~ lezy|gole kable|gole przewody|przewod ~ zwisa|kabel ~ zwisa"
            "|kopie prad|kopnal ~ prad|prad kopnal"
        ),
        D.CHILD: (
            "dziecko zaginelo|zaginelo dziecko|dziecko samo|dzieci same|dziecko ~ samo w"
            "|dziecko ~ zamkniete|bije dziecko|bija dziecko|bije dzieci|bije syna|bije corke"
            "|corka nie wrocila|syn nie wrocil|zniknelo dziecko|porwal|porwano|molestuje"
            "|molestowa|tata mnie bije|ojciec mnie bije|ojczym|zgubilo sie dziecko|krzywdzi dziec"
            "|dziecko ~ placze|niemowl"
        ),
        D.VIOLENCE: (
            "z nozem|ma noz|nozem|noze|z maczet|maczeta|z bronia|pistolet|strzal|strzela"
            "|bron palna|dzgnal|dzgnel|pobil|bija ~ czlowiek|bija ~ mezczyzn|napadl|napad|atakuje"
            "|grozi mi|grozi ze|grozi ludziom|bomba |granat|gwalt|zgwalc|wlamuj|wlamal|siekier"
            "|kopia ~ lezac|bija sie"
        ),
        D.INJURY: (
            "nie oddycha|nieprzytomn|stracil przytomn|stracila przytomn|zemdl|krwawi|duzo krwi"
            "|krew leci|zawal|udar|dusi sie|sie dusi|potracil|potracon|wypadek|spadl z|spadla z"
            "|rana|ranny|ranna|karetk|pogotowi|atak padaczk|padaczk|drgawki|lezy na ulicy"
            "|lezy na chodnik|lezy na przystan|nie reaguje|nie rusza sie|rodzi|zlaman"
            "|bol w klatce|boli w klatce|martwy|trup|zwloki|topi sie"
        ),
        D.ADULT_AT_RISK: (
            "maz mnie bije|bije mnie|bije zone|on mnie bije|partner mnie|boje sie meza"
            "|zamknal mnie|zabral mi paszport|zabrali ~ paszport|starsza pani ~ zagub|demencj"
            "|alzheimer|babcia zagin|babcia wyszla|dziadek zagin|dziadek wyszedl|nie otwiera od"
            "|sasiadka nie otwiera|sasiad nie otwiera|zmuszaja mnie|handel ludzmi|nie wypuszcza"
            "|pomocy|ratunku|nie mozemy wyjsc|nie moge wyjsc|uwiezieni|uwieziona|ratujcie"
        ),
        D.FLOOD: (
            "zalewa|zalalo|zalane|woda wlewa|woda w domu|woda sie leje|woda wchodzi|powodz"
            "|woda podnosi|woda sie podnosi|szambo wybil|scieki w domu|topi sie|tonie|utonal"
            "|wpadl do rzeki|wpadlo do wody|wpadl do wody|w wodzie po|uwiezien"
        ),
        D.COLLAPSE: (
            "zawalil|zawalila|zawalilo|zawalaja|runal|runela|runelo|sufit spadl|sufit runal"
            "|sciana spadla|przygniot|pod gruz|gruzami|rusztowani|zapadla sie|zapadlisko"
            "|zapada sie|balkon spad|dach spad|osuwisko"
        ),
    },
    "ro": {
        D.SELF_HARM: (
            "vreau sa mor|nu mai vreau sa traiesc|sa ma omor|sa se omoare|ma omor|sinucid"
            "|sinucider|sa sara|sa se arunce|se arunca|luat toate pastil|luat ~ pastile"
            "|a inghitit pastil|imi iau viata|isi ia viata|sa-si ia viata|sa isi ia viata"
            "|se spanzur|spanzurat|taiat venele|taie venele|nu mai vrea sa traiasca|pe marginea"
        ),
        D.FIRE: (
            "arde |incendiu|foc in|foc la|a luat foc|au luat foc|focul|flacari|fum gros|iese fum"
            "|plin de fum|mult fum|explozie|a explodat|fum pe scara|fum in|foc pe|fum la|fum de"
            "|flacar"
        ),
        D.GAS: (
            "miros de gaz|miroase a gaz|miros puternic de gaz|scurgere de gaz|scurgeri de gaz"
            "|gaze in|gaz in|monoxid"
        ),
        D.ELECTRICITY: (
            "fir de curent|fire de curent|cablu electric|cabluri electrice|cablu ~ cazut"
            "|fir ~ cazut|scantei|curentat|electrocut|cabluri dezgolite|fire dezgolite|fire goale"
            "|sub tensiune|linie electrica"
        ),
        D.CHILD: (
            "copil disparut|copil pierdut|copilul ~ disparut|copilul ~ pierdut|disparut ~ copil"
            "|copil singur|copii singuri|copilul singur|copil ~ incuiat|copil ~ inchis|bate copil"
            "|isi bate copil|bat copil|fiica mea ~ disparut|fiul meu ~ disparut|nu a venit acasa"
            "|tata ma bate|mama ma bate|tatal ma bate|rapit|rapeste|bebelus|abuzeaza copil"
            "|ma atinge"
        ),
        D.VIOLENCE: (
            "cu cutit|cu un cutit|cutitul|cutit|maceta|maceta|cu pistol|pistol|cu arma|o arma"
            "|impuscat|impuscaturi|focuri de arma|injunghiat|amenint|ataca|atacat|se bat|il bat"
            "|o bat|bate ~ barbat|bomba |grenada|violat|violeaza|un viol|topor|jefuit|sparge usa"
            "|bata de baseball|hoti in"
        ),
        D.INJURY: (
            "nu respira|inconstient|fara cunostinta|lesinat|sangereaza|mult sange|plin de sange"
            "|curge sange|infarct|atac de cord|atac cerebral|avc|se ineaca|s-a inecat|sufoca"
            "|accident de|accident cu|accident grav|accident pe|un accident|lovit de masina"
            "|lovit ~ masina|calcat de|calcata de|a cazut de pe|a cazut de la|a cazut pe|ambulant"
            "|salvare|convulsii|epilep|naste|ranit|nu se trezeste|nu raspunde la|picior rupt|mort"
            "|cadavru|jos ~ nu misca|nu misca|doare pieptul"
        ),
        D.ADULT_AT_RISK: (
            "sotul ma bate|ma bate|sotul meu ma|ma loveste|bate sotia|isi bate sotia|o bate"
            "|ma tine inchis|m-a inchis|m-a incuiat|mi-a luat pasaport|mi-au luat pasaport"
            "|luat pasap|alzheimer|dementa |bunica ~ disparut|bunicul ~ disparut|mama ~ disparut"
            "|ratacit|nu o gasim|nu il gasim|nu raspunde la usa|nu deschide usa|ma obliga"
            "|ma forteaza|trafic de persoane|mi-e frica de sot|ajutor |ajutati|salvati"
            "|nu putem iesi|nu pot iesi|suntem blocati"
        ),
        D.FLOOD: (
            "intra apa|apa intra|apa in casa|inundat|inundatie|inundatii|apa creste|creste apa"
            "|apa vine|canalizarea ~ in casa|se ineaca|a cazut in rau|a cazut in apa"
            "|a cazut in canal|cazut in lac|luat de apa|luat apa|blocati ~ apa|prins in apa"
            "|viitura"
        ),
        D.COLLAPSE: (
            "a cazut tavan|a picat tavan|tavanul ~ cazut|tavanul|s-a prabusit|prabusit|s-a surpat"
            "|surpat|a cazut zidul|a cazut perete|a cazut schela|schela|sub daramaturi|daramaturi"
            "|sub moloz|a cazut acoperis|a cazut balcon|daramat|groapa ~ inghitit"
            "|alunecare de teren|a cazut un zid|a picat"
        ),
    },
    "pt": {
        D.SELF_HARM: (
            "suicidi|suicida|suicidar|matar-me|me matar|se matar|matar se|quero morrer"
            "|nao quero viver|quer morrer|querendo se jogar|se jogar|atirar-se|se atirar"
            "|atirar me|vai saltar|quer saltar|vou saltar|saltar da ponte|saltar do|pular da"
            "|tomei todos|tomou todos|tomou ~ comprimidos|tomei ~ comprimidos|tomou ~ remedios"
            "|tirar a propria vida|tirar a vida|enforcar|enforcou|cortou os pulsos"
            "|cortar os pulsos|acabar com a vida|acabar com tudo"
        ),
        D.FIRE: (
            "incendio|a arder|pegando fogo|pegou fogo|fogo n|fogo em|ha fogo|tem fogo|em chamas"
            "|chamas|muito fumo|muita fumaca|fumo a sair|fumo preto|fumaca|cheio de fumo"
            "|fumo nas escadas|queimando|explos|explodiu|ardendo|em fogo|a pegar fogo|ardeu"
            "|labareda"
        ),
        D.GAS: (
            "cheiro a gas|cheira a gas|cheiro de gas|cheiro forte a gas|fuga de gas"
            "|vazamento de gas|cheirando gas|monoxido|cheirar a gas"
        ),
        D.ELECTRICITY: (
            "cabo da luz|cabo electrico|cabo eletrico|fio electrico|fio eletrico|fios electricos"
            "|fios eletricos|cabos electricos|cabos eletricos|fios descarnados|fios soltos"
            "|fios desencapados|faiscas|faisca|choque electrico|choque eletrico|apanhei choque"
            "|levou um choque|electrocut|eletrocut|cabo de alta tensao|alta tensao|fio caido"
            "|fio de luz"
        ),
        D.CHILD: (
            "crianca perdida|crianca desaparec|crianca sozinha|criancas sozinhas|bebe sozinho"
            "|bebe fechado|crianca fechada|crianca ~ carro|bater no filho|bater na filha"
            "|bate no filho|bate na filha|bater na crianca|bate na crianca|batendo na crianca"
            "|batendo no filho|filho desaparec|filha desaparec|filho nao voltou|filha nao voltou"
            "|o meu pai bate|meu pai me bate|padrasto|raptou|raptar|levou a crianca"
            "|abusa da crianca|abuso de menor|crianca ~ gritar|menino a gritar|menino perdido"
            "|menina perdida|miudo ~ sozinho|miuda ~ sozinha"
        ),
        D.VIOLENCE: (
            "com uma faca|com faca|faca na|facada|esfaque|com uma arma|com arma|arma na|pistola"
            "|tiros|tiroteio|disparos|baleado|catana|machete|ameaca|a ameacar|ameacando|a atacar"
            "|atacou|agredir|agrediu|espancar|espancado|uma briga|briga n|a bater n|bomba "
            "|granada|violou|violada|estupr|violacao|assalto|assaltar|assaltado|arrombar|invadir"
            "|machado|perseguir|me seguindo|a seguir-me"
        ),
        D.INJURY: (
            "nao respira|inconsciente|desmaiou|desmaiad|nao acorda|a sangrar|sangrando"
            "|muito sangue|sangra|ataque cardiaco|enfarte|infarto|avc|engasg|sufocar|atropel"
            "|acidente|caiu da|caiu do|caiu das|ambulancia|convuls|epilept|ferido|ferida"
            "|nao se mexe|perna partida|partiu a|quebrou a perna|dor no peito|dores no peito"
            "|em trabalho de parto|o bebe esta a nascer|morto|cadaver|afogar|a afogar|overdose"
            "|caido no chao|caida no chao|deitado no chao"
        ),
        D.ADULT_AT_RISK: (
            "marido bate|meu marido me|o meu marido bate|bate-me|me bate|bate na mulher"
            "|bate na esposa|violencia domestica|trancou-me|me trancou|fechou-me"
            "|tirou-me o passaporte|tirou meu passaporte|ficou com o passaporte|demencia"
            "|alzheimer|idoso perdido|idosa perdida|idoso desaparec|idosa desaparec|avo desaparec"
            "|mae desaparec|pai desaparec|vizinha ~ nao abre|vizinho ~ nao abre"
            "|nao responde a porta|obrigam-me|me obrigam|escrav|nao me deixa sair|trafico|socorro"
            "|nao conseguimos sair|nao consigo sair|ajudem|estamos presos"
        ),
        D.FLOOD: (
            "agua a entrar|entrando agua|agua entrando|agua em casa|agua dentro de casa"
            "|casa inundad|inundacao|inundada|inundado|inundou|agua a subir|agua subindo"
            "|rio transbord|esgoto ~ casa|esgoto dentro|a afogar|se afogando|afogou|afogad"
            "|caiu ao rio|caiu no rio|caiu a agua|caiu na agua|arrastado pela|preso na agua"
            "|presos na agua|cheia levou|enchente"
        ),
        D.COLLAPSE: (
            "desabou|desab|desmoron|caiu o tecto|caiu o teto|o tecto caiu|o teto caiu"
            "|caiu um muro|o muro caiu|caiu a parede|a parede caiu|caiu o andaime|andaime"
            "|debaixo dos escombros|escombros|soterrad|ruiu|derrocada|deslizamento|cratera"
            "|caiu a varanda|caiu o predio|ficou debaixo|debaixo do muro"
        ),
    },
    "es": {
        D.SELF_HARM: (
            "suicidi|suicida|suicidar|matarme|me quiero matar|se quiere matar|se va a matar"
            "|quitarse la vida|quitarme la vida|quitar la vida|no quiero vivir|quiero morir"
            "|quiere morir|saltar del|saltar de|va a saltar|quiere saltar|tirarse d|se va a tirar"
            "|se quiere tirar|tirarme d|tome todas|se tomo ~ pastillas|tome ~ pastillas"
            "|me he tomado|se ha tomado|cortarse las venas|corto las venas|ahorca"
            "|acabar con mi vida|acabar con todo|borde del puente"
        ),
        D.FIRE: (
            "incendio|fuego|en llamas|llamas|se quema|se esta quemando|quemando|ardiendo|arde "
            "|mucho humo|humo negro|sale humo|saliendo humo|lleno de humo|humo en|explosion"
            "|exploto|explotado|prendio fuego|se prendio|incendi"
        ),
        D.GAS: (
            "huele a gas|huele ~ a gas|olor a gas|olor fuerte a gas|fuga de gas|escape de gas"
            "|monoxido|sale gas|pierde gas"
        ),
        D.ELECTRICITY: (
            "cable electrico|cables electricos|cable de luz|cable de la luz|cable caido"
            "|cables caidos|cable ~ suelo|cables sueltos|cables pelados|cable pelado|chispas"
            "|chispea|descarga electrica|electrocut|me dio corriente|le dio corriente"
            "|dio un calambre|alta tension"
        ),
        D.CHILD: (
            "nino perdido|nina perdida|nino desaparec|nina desaparec|nino solo|nina sola"
            "|ninos solos|bebe solo|bebe encerrado|nino encerrado|nino ~ coche|pega a su hijo"
            "|pega al nino|pega a los ninos|pegando a su hijo|pegando al nino|golpea a su hijo"
            "|mi hijo no ~ vuelto|mi hija no ~ vuelto|mi hijo desaparec|mi hija desaparec"
            "|no aparece mi|mi papa me pega|mi padre me pega|mi padrastro|secuestr"
            "|se llevo al nino|se llevo a la nina|abusa de|abuso de menor|me toca por"
            "|nino ~ llorando|nina ~ llorando"
        ),
        D.VIOLENCE: (
            "con un cuchillo|con cuchillo|cuchillo|navaja|machete|con una pistola|pistola"
            "|con un arma|con arma|arma de fuego|disparo|disparos|disparando|tiroteo|apunal"
            "|amenaza|amenazando|atacando|ataco|agredi|le estan pegando|pelea|peleando|golpeando"
            "|bomba |granada|violo|violaron|violacion|violando|robando|asalto|asaltando"
            "|entrando a robar|hacha|me sigue|me esta siguiendo|me persigue|matar a"
        ),
        D.INJURY: (
            "no respira|inconsciente|se desmayo|desmay|no despierta|no reacciona|sangra|sangrando"
            "|mucha sangre|ataque al corazon|infarto|derrame|ictus|se ahoga|atragant|asfixi"
            "|atropell|accidente|se cayo de|se cayo del|ambulancia|convuls|epileps|herid"
            "|no se mueve|pierna rota|se rompio la|dolor en el pecho|dolor de pecho|dando a luz"
            "|de parto|muert|cadaver|sobredosis|tirado en el suelo|tirada en el suelo"
            "|tirado en la calle"
        ),
        D.ADULT_AT_RISK: (
            "mi marido me pega|mi esposo me pega|me pega|mi marido me|mi esposo me"
            "|pega a su mujer|pega a su esposa|golpea a su|violencia domestica"
            "|violencia de genero|me tiene encerrad|me encerro|encerrada|me quito el pasaporte"
            "|me quitaron el pasaporte|demencia|alzheimer|anciano perdido|anciana perdida"
            "|abuela ~ perdi|abuelo ~ perdi|mi madre ~ desaparec|mi padre ~ desaparec"
            "|no abre la puerta|no contesta la puerta|me obligan|trata de personas"
            "|no me deja salir|no me dejan salir|tengo miedo de mi|socorro|auxilio"
            "|no podemos salir|no puedo salir|estamos atrapad|ayudenme|ayudenos"
        ),
        D.FLOOD: (
            "entra agua|entrando agua|agua en casa|agua dentro de|casa inundad|inundacion|inundad"
            "|inundando|agua sube|sube el agua|subiendo el agua|rio se desbord|desbord"
            "|aguas negras ~ casa|se ahoga|ahogando|ahogo|cayo al rio|cayo al agua|cayo al canal"
            "|atrapad ~ agua|corriente se|se lo lleva el agua|nos llega el agua"
        ),
        D.COLLAPSE: (
            "se derrumb|derrumb|se cayo el techo|se cayo el muro|se cayo la pared|cayo el techo"
            "|se ha caido el techo|se ha caido el muro|se ha caido la pared|se cayo un muro"
            "|cayo ~ andamio|andamio|escombros|se hundio|hundimiento|socavon ~ coche"
            "|atrapado debajo|aplast|colaps|desplom|se cayo el balcon|deslave"
        ),
    },
    "tr": {
        D.SELF_HARM: (
            "intihar|kendimi oldur|kendini oldur|olmek istiyor|yasamak istemiyor|haplari ictim"
            "|hap icti|haplari icti|butun hap|atlayacak|atlayacagim|kopruden atla|damdan atla"
            "|catidan atla|kendini asa|kendini asti|bileklerini kes|bileklerimi kes|canima kiy"
            "|canina kiy"
        ),
        D.FIRE: (
            "yangin|yaniyor|alev|ates aldi|ates cikti|tutustu|duman|patlama|patladi|atese ver"
            "|alevler|yandi|yaniy|dumanlar"
        ),
        D.GAS: (
            "gaz kokusu|gaz kokuyor|gaz kacagi|gaz sizin|gaz kaciyor|karbonmonoksit"
            "|karbon monoksit|dogalgaz ~ koku"
        ),
        D.ELECTRICITY: (
            "elektrik teli|elektrik kablosu|elektrik carpti|elektrik carp|kablo kop|tel kop"
            "|kivilcim|acikta kablo|acik kablo|ciplak kablo|kablolar acik|elektrik hatti"
            "|yuksek gerilim"
        ),
        D.CHILD: (
            "cocuk kayip|cocugum kayip|kayip cocuk|kizim kayip|oglum kayip|cocuk yalniz"
            "|cocuk tek basina|cocuk ~ tek basina|bebek ~ yalniz|cocuklar yalniz|cocuk arabada"
            "|bebek arabada|cocugunu dov|cocugu dov|cocuklarini dov|cocuga vur|oglunu dov"
            "|kizini dov|eve gelmedi|eve donmedi|babam beni dov|babam beni|uvey bab|kacirdi"
            "|kacirmaya|cocuga taciz|cocuk istismar|cocuk ~ agliyor"
        ),
        D.VIOLENCE: (
            "bicak|bicakla|silah|silahli|tabanca|ates ediyor|ates etti|silah sesi|palayla|satir"
            "|tehdit|saldiri|saldirdi|saldiriyor|kavga ed|dovuyorlar|dovuluyor|bomba |el bombasi"
            "|tecavuz|taciz|soygun|soyuyor|hirsiz|kapiyi kir|balta|beni oldur|oldurecek"
            "|takip ediyor|bogazini|vurdu|vuruldu"
        ),
        D.INJURY: (
            "nefes almiyor|nefes alamiyor|nefessiz|bilinci kapali|bilinci yok|bayildi|baygin"
            "|kaniyor|kan kaybed|cok kan|kalp krizi|inme inin|inme gec|felc gecir|boguluyor"
            "|araba carpti|araba vurdu|otobus carpti|kaza oldu|kaza var|trafik kaza"
            "|dustu ~ kalkamiyor|dustu ~ hareket|merdivenden dus|catidan dus|pencereden dus"
            "|damdan dus|ambulans|nobet|sara nobet|yarali|yaralandi|hareket etmiyor|uyanmiyor"
            "|bacagi kir|kolu kir|kirildi ~ bacag|gogsu agri|gogsum agri|gogus agri|doguruyor"
            "|dogum yap|oldu galiba|olu var|ceset|yerde yatiyor|hareketsiz"
        ),
        D.ADULT_AT_RISK: (
            "kocam beni|kocam dov|esim beni|esim dov|beni dovuyor|karisini dov|ev ici siddet"
            "|siddet goruyorum|kapiyi kilitledi|beni kilitledi|disari cikamiyorum|cikmama izin"
            "|pasaportumu aldi|pasaportumu|demans|alzheimer|bunama|yasli ~ kayip|annem kayip"
            "|babam kayip|annem kayboldu|babam kayboldu|dedem kayip|ninem kayip|kapiyi acmiyor"
            "|zorla evlend|zorla calis|kole gibi|para vermiyor ~ pasaport|kocamdan kork|imdat"
            "|yardim edin|kurtarin|cikamiyoruz|cikamiyorum|mahsur kal"
        ),
        D.FLOOD: (
            "su basti|su basiyor|evi su|eve su|evimize su|su giriyor|sel bas|sel gel|sel al"
            "|sel suyu|su yukseliyor|sular yukseliyor|kanalizasyon ~ ev|lagim ~ ev|bodrumu su"
            "|boguldu|boguluyor|nehre dus|suya dus|dereye dus|kanala dus|akintiya|mahsur"
        ),
        D.COLLAPSE: (
            "coktu|cokuyor|cokmus|yikildi|yikiliyor|yikilmis|duvar dus|tavan dus|tavan ~ indi"
            "|iskele |iskelesi|enkaz|altinda kaldi|altinda kalan|altinda isci|goçtu|gocuk|obruk"
            "|toprak kay|balkon dus|cati uctu"
        ),
    },
    "so": {
        D.SELF_HARM: (
            "is dil|isdil|is dilo|isdilo|inuu is dilo|inay is disho|is disho"
            "|ma rabo inaan noolaado|noolaado ma rabo|inaan dhinto|rabaa inaan dhinto"
            "|kaniini badan|kiniin badan|kaniiniyada oo dhan|buundada ka boodi|ka boodayo"
            "|inuu ka boodo|is deldel"
        ),
        D.FIRE: (
            "dab ayaa|dab baa|dabka|dabkii|dab qabsad|gubanay|gubanaya|gubatay|gubtay|ololay|olol"
            "|qiiq|qaac|holcay|qarax|dab ka"
        ),
        D.GAS: ("ur gaas|urta gaas|gaas ayaa|gaaska|gaas baa|gaas ur|carbon mono|gaasku"),
        D.ELECTRICITY: (
            "fiilo koronto|silig koronto|xadhig koronto|xarig koronto|korontada ayaa qabatay"
            "|koronto qabat|koronto ayaa|fiilooyin|xadhkaha korontada|siligga|dhimbil"
        ),
        D.CHILD: (
            "cunug lumay|ilmo lumay|ilmaha lumay|wiilkaygii ~ lumay|gabadhaydii ~ lumay"
            "|wiilkayga ~ waa la la|gabadhayda ~ waa la la|cunug keligi|ilmo keligi"
            "|carruur keligood|caruur keligood|ilmo ~ keligi|cunug ~ keligi|carruurta garaac"
            "|caruurta garaac|ilmaha garaac|cunugga garaac|wiilka garaac|gabadha garaac"
            "|ilmaha tumay|carruurta ku tumay|aabahay wuu i garaac|aabo wuu i garaac|la afduub"
            "|afduub|cunug ayaa ooyay|ilmo ayaa ooyay|kufsi cunug|guriga kuma soo noqon"
        ),
        D.VIOLENCE: (
            "mindi|toorey|toori|budh|baangad|qori|bastoolad|bistoolad|rasaas|xabad|la tooreeyay"
            "|la toogtay|toogt|weerar|hanjab|dagaal ayaa|dagaalam|la garaacayaa|garaacayaan"
            "|bam ayaa|qumbulad|kufsa|la kufs|dhac ayaa|tuug ayaa|i dilay|i dilaya|waa la dilayaa"
            "|dilayaan|gudin|faas"
        ),
        D.INJURY: (
            "neefsan|neefta|miyir beel|miyir daboolan|suuxay|suuxday|suuxsan|dhiig badan"
            "|dhiig ayaa|dhiigbax|dhiig bax|wadno qabad|wadne xanuun|wadnaha|faalig"
            "|gaari ayaa jiir|baabuur ayaa|gaari ayaa ~ jiir|jiiray|jiirtay|shil |ka soo dhacay"
            "|ka dhacay ~ jaran|dhacay oo|dhacday oo|ambalaas|suuxdin|qallal|dhaawac"
            "|ma dhaqaaqayo|ma soo kacayo|ma toosayo|lug jab|way dhalaysaa|foolanay|foolato|meyd"
            "|maydka|xabad xanuun|laabta ayaa|ceejis|ku margad|merged"
        ),
        D.ADULT_AT_RISK: (
            "ninkaygu wuu i|ninkaygu waa i|ninkayga ayaa i|ninkaygu ayaa i|i garaacayaa|i garaaco"
            "|i dilaa ninkay|xaaskiisa garaac|xaaska garaac|xaaskiisa ~ garaac|rabshada guriga"
            "|albaabka ~ iga xir|wuu i xiray|baasaboorka ~ qaat|baasaboorkayga|i caawiya"
            "|waan ka baqayaa ninkay|ilowshiyo|asaasaq|alzheimer|hooyaday ~ luntay"
            "|hooyaday way luntay|aabahay ~ lumay|ayeeyaday|awoowgay ~ lumay|albaabka ma furayso"
            "|albaabka ma furayo|guur qasab|qasab ah|la i qasb|i caawi|na caawi|gargaar"
            "|bixi karno|bixi karo|kama bixi"
        ),
        D.FLOOD: (
            "biyo ayaa guriga|biyaha ayaa guriga|biyo guriga soo gal|biyihii guriga|guriga biyo"
            "|daad|fatahaad|biyaha ayaa kor|biyuhu way soo|biyaha ~ soo kac|bulaacad ~ guriga"
            "|bulaacadda ~ guriga|webiga ku dhac|biyaha ku dhac|biyaha ~ dhacay|harqaday|qaraqmay"
            "|qarqad|hafaday|hafanaya"
        ),
        D.COLLAPSE: (
            "soo dumay|dumay|duntay|soo duntay|derbi ~ dhac|gidaar ~ dhac|gidaarka ~ dhac"
            "|gidaarkii ~ dhac|saqaf|saqaf ~ dhac|saqafka|guriga soo dum|dhisme ~ dum|burbur"
            "|dhulka ~ god|bulukeeti ~ dhac|hoos ku jira|ku hoos jira"
        ),
    },
    "bn": {
        D.SELF_HARM: (
            "আত্মহত্যা|মরে যেতে চা|মরতে চা|বাঁচতে চাই না|বাঁচতে চায় না|ঝাঁপ দি|ঝাঁপ দে|ফাঁসি"
            "|গলায় দড়ি|বিষ খে|ওষুধ খেয়ে ফেল|ঘুমের ওষুধ|হাত কেটে|শেষ করে দেব|attohotta"
            "|atmohotta|attohottya|suicide kor|more jete chai|morte chai|moray jaite"
            "|bachte chai na|bachte chay na|bachtam chai na|jhap di|jap di|lafh di|laf di|fashi"
            "|faashi|bish khai|bish khe|oshudh kheye|shob oshudh|ghumer oshudh|ghumer tablet"
        ),
        D.FIRE: (
            "আগুন|পুড়ে যা|পুড়ছে|জ্বলছে|ধোঁয়া|বিস্ফোরণ|agun|aagun|aghun|puira ja|pure ja"
            "|purtese|jolche|joltese|dhuya|dhoa|dhowa|dhoan|bisforon|bisphoron"
        ),
        D.GAS: (
            "গ্যাসের গন্ধ|গ্যাস লিক|গ্যাস বের|গ্যাসের|কার্বন মনো|gaser gondho|gas er gondho"
            "|gasher gondho|gas leak|gas ber|gas lick|gaser gon|gas gondo|gaser gondo"
        ),
        D.ELECTRICITY: (
            "বিদ্যুতের তার|বৈদ্যুতিক তার|কারেন্টের তার|তার ছিঁড়|তার ছিড়|বিদ্যুৎস্পৃষ্ট|শক খে"
            "|শক লে|স্ফুলিঙ্গ|খোলা তার|তার ঝুল|current er tar|currenter tar|karenter tar|tar chir"
            "|tar sira|tar sir|bidyut|biddut|shock khai|shok khai|shock khe|shok khe|shock lag"
            "|tar jhul|khola tar|sparkin|spark kor"
        ),
        D.CHILD: (
            "বাচ্চা হারি|বাচ্চা হারা|বাচ্চাকে মার|বাচ্চা একা|বাচ্চারা একা|ছেলে হারি|মেয়ে হারি"
            "|ছেলেকে পাওয়া|মেয়েকে পাওয়া|ছেলেকে খুঁজে|মেয়েকে খুঁজে|শিশু|বাচ্চাটা ~ একা"
            "|বাচ্চা ~ একা|ধরে নিয়ে গে|অপহরণ|বাবা ~ মারে|বাচ্চা ~ আটক|বাচ্চা কাঁদ|ছেলেটাকে মার"
            "|মেয়েটাকে মার|baccha hara|bacha hara|baccha haray|bachcha hara|baccha eka|bacha eka"
            "|baccha ekla|bacha ekla|bachchara eka|baccha ke mar|bacchare mar|bachare mar"
            "|bachchake mar|chele hara|meye hara|fua hara|furi hara|sele hara|chele ke paw"
            "|meyeke paw|meye bari ashe ni|chele bari ashe ni|meye ghore|dhore niya|dhoira niya"
            "|opohoron|kidnap kor|abba amake mar|baba amake mar|abbu amake mar|abba amare mar"
            "|sot baba|bacha kand|baccha kand|baccha kan"
        ),
        D.VIOLENCE: (
            "ছুরি|চাকু|বন্দুক|পিস্তল|গুলি|রামদা|কুপি|ছুরি মার|হামলা|মারামারি|হুমকি|ভয় দেখা"
            "|মেরে ফেল|বোমা|ধর্ষণ|ডাকাত|ছিনতাই|কুড়াল|পিটা|মারধর|churi|chhuri|suri niya|suri diya"
            "|chaku|saku|bonduk|bondook|pistol|guli kor|guli ch|guli mar|ramda|kupai|kopai|hamla"
            "|maramari|marramari|humki|bhoy dekha|bhoi dekha|mere fel|maira fel|boma|dhorshon"
            "|dakat|dhakat|chintai|sintai|kural|pitay|pitai|marpit"
        ),
        D.INJURY: (
            "শ্বাস নিতে পার|শ্বাস নিচ্ছে না|শ্বাস নে|নিঃশ্বাস|অজ্ঞান|জ্ঞান নেই|জ্ঞান হারি|রক্ত"
            "|হার্ট অ্যাটাক|স্ট্রোক|গাড়ি ধাক্কা|গাড়ির নিচে|দুর্ঘটনা|অ্যাক্সিডেন্ট|এক্সিডেন্ট"
            "|পড়ে গে|অ্যাম্বুলেন্স|খিঁচুনি|আহত|নড়ছে না|উঠছে না|পা ভেঙ্গে|পা ভেঙে|বুকে ব্যথা"
            "|গলায় আটক|মারা গে|লাশ|ব্যথা উঠেছে|সাড়া দিচ্ছে না|shash nite|shas nite|sash nite"
            "|shash ni|shash nei|dom nite|niswas|nishash|oggan|ogyan|behush|behosh|gyan nai"
            "|gyan nei|hush nai|rokto|rokt|roktto|heart attack|stroke kor|gari dhakka|garir nich"
            "|gari mar|accident hoi|accident kor|aksident|pore gese|pore gechen|poira gese"
            "|pori gese|pore geche|ambulance pat|ambulance dak|ambulance lag|khichuni|ahoto"
            "|norche na|norte|uthte parte|uthe na|pa bhang|pa vang|buke betha|buke byatha"
            "|buk betha|golay atk|mara gese|mara gece|lash pore|lash pora|shara dey na"
            "|shara den na|kotha bole na"
        ),
        D.ADULT_AT_RISK: (
            "স্বামী ~ মার|স্বামী আমাকে|আমাকে মারে|আমাকে মারছে|আমাকে মারধর|বউকে মার|স্ত্রীকে মার"
            "|আটকে রে|আটকে রা|ঘরে বন্ধ|দরজা বন্ধ করে|পাসপোর্ট নি|পাসপোর্ট কে|জোর করে বি"
            "|ডিমেনশিয়া|আলঝেইমার|মা হারি|আম্মা হারি|বৃদ্ধ|বুড়|দরজা খুলছে না|বাঁচান|নির্যাতন"
            "|shami ama|swami ama|shamy ama|sami ama|shami mare|jamai ama|jamai mare|amake mare"
            "|amake mart|amake marche|amare mare|amare mart|bou ke mar|boure mar|bouke mar"
            "|atkay rakh|atke rakh|atkaye rakh|bondho kore rakh|dorja bondho|dorja lock"
            "|passport niya|passport nie|jor kore biy|jor kori bi|alzheimer|amma haray|amma hara"
            "|ma haray|abba haray|buro manush|dorja khule na|dorja khole na|bachan|basan amare"
            "|nirjaton|jor kore rakh|বাঁচাও|সাহায্য করুন|বের হতে পার|bachao|banchao|bacao"
            "|ber hote par|bair hoite par|shahajjo kor"
        ),
        D.FLOOD: (
            "ঘরে পানি|ঘরে জল|বাসায় পানি|পানি ঢুক|জল ঢুক|পানি উঠ|পানি বাড়|বন্যা|ডুবে যা|ডুবে গে"
            "|ডুবে|নদীতে পড়|পানিতে পড়|খালে পড়|পানিতে আটক|ghore pani|bashay pani|basay pani"
            "|pani dhuk|pani duk|pani uth|pani barc|pani bart|bonna|bonya|dube ja|dube ge|duba ja"
            "|dubi ge|nodite por|nodit por|panite por|panit por|khale por|panite atk|ghor dub"
        ),
        D.COLLAPSE: (
            "ভেঙে পড়|ভেঙ্গে পড়|ধসে পড়|ধসে গে|ধস নাম|ছাদ পড়|ছাদ ভে|দেয়াল পড়|দেয়াল ভে"
            "|চাপা পড়|নিচে চাপা|ধ্বংসস্তূপ|মাচা ভে|bhenge por|vange por|venge por|bhengge por"
            "|bhanga por|dhoshe por|dhose por|dhoshe ge|chad por|chaad por|sad por|chad bhen"
            "|chad ven|deyal por|deyal bhen|deyal ven|dewal por|chapa por|sapa por|niche chapa"
            "|bhaira por|vanga por"
        ),
    },
    "ur": {
        D.SELF_HARM: (
            "خودکشی|خود کشی|مرنا چاہت|مر جانا چاہ|جینا نہیں چاہ|زندہ نہیں رہنا|چھلانگ|پھندا"
            "|پھانسی|گولیاں کھا|نیند کی گولیاں|زہر کھا|زہر پی|نس کاٹ|کلائی کاٹ|جان دے دوں"
            "|جان دینے|khudkushi|khud kushi|khudkashi|marna chaht|mar jana chaht|jeena nahi chaht"
            "|jeena nahin chaht|zinda nahi rehna|zinda nahin rehna|chalang|chhalang|chalaang"
            "|phanda|phansi|goliyan kha|golian kha|neend ki goli|zehr kha|zeher kha|zehar kha"
            "|zehr pi|kalai kaat|nas kaat|jaan de d"
        ),
        D.FIRE: (
            "آگ لگ|آگ ہے|آگ بھڑک|جل رہا|جل رہی|جل رہے|دھواں|شعلے|دھماکہ|دھماکا|aag lag|aag hai"
            "|aag lg|ag lag gayi|aag bhar|jal raha|jal rahi|jal rahe|jall raha|dhuan|dhuwan"
            "|dhuaan|dhua |dhuwaan|sholay|shole|dhamaka"
        ),
        D.GAS: (
            "گیس کی بو|گیس کی بہت|گیس لیک|گیس نکل|گیس کی بدبو|کاربن مونو|gas ki boo|gas ki bo "
            "|gas ki bohat|gas ki bu |gas leak|gas lik|gas nikal|gas ki smell|gas ki badbu"
            "|gas ki badboo|carbon mono"
        ),
        D.ELECTRICITY: (
            "بجلی کا تار|بجلی کی تار|بجلی کے تار|تار ٹوٹ|تار گر|کرنٹ لگ|کرنٹ ہے|کرنٹ آ|چنگاریاں"
            "|ننگے تار|ننگی تار|bijli ka taar|bijli ki taar|bijli ke taar|bijli ki tar"
            "|bijli ka tar|bijli ke tar|taar toot|taar gir|tar toot|tar gir|current lag"
            "|karant lag|karent lag|current aa|chingari|nange taar|nangi taar|nangi tar"
            "|taar latak"
        ),
        D.CHILD: (
            "بچہ گم|بچی گم|بچہ کھو|بچی کھو|بچہ لاپتہ|بچی لاپتہ|بچہ اکیلا|بچی اکیلی|بچے اکیلے"
            "|بچے کو مار|بچی کو مار|بچوں کو مار|بچے کو ~ مار|بچہ گاڑی میں|بیٹا گم|بیٹی گم"
            "|بیٹا گھر نہیں|بیٹی گھر نہیں|بیٹی نہیں مل|بیٹا نہیں مل|اغوا|ابو مجھے مار"
            "|باپ مجھے مار|سوتیل|زیادتی|بچہ رو|بچہ ~ رو رہا|bacha gum|bachi gum|bacha kho"
            "|bachi kho|bacha lapata|bachi lapata|bacha akela|bachi akeli|bache akele"
            "|bachay akele|bachay akelay|bache ko mar|bachay ko mar|bachi ko mar|bachon ko mar"
            "|bache ko ~ mar|bachay ko ~ mar|bacha gari m|bacha gaadi m|beta gum|beti gum"
            "|beta ghar nahi|beti ghar nahi|beti nahi mil|beta nahi mil|aghwa|agwa|abbu mujhe mar"
            "|abu mujhe mar|baap mujhe mar|sotel|sautel|bacha ro raha|bacha ~ ro raha"
        ),
        D.VIOLENCE: (
            "چاقو|چھری|چھرا|بندوق|پستول|گولی چل|گولیاں چل|فائرنگ|کلہاڑی|حملہ|لڑائی|دھمک|مار ڈال"
            "|جان سے مار|بم |گرینیڈ|زیادتی کی|ریپ|عصمت دری|ڈاکو|ڈکیت|لوٹ رہ|دروازہ توڑ|پیچھا کر"
            "|chaku|chaaku|chaqu|chhuri|churi |chhura|banduq|bandook|pistol|pistaul|goli chal"
            "|goliyan chal|firing ho|kulhari|hamla|larai|ladai|dhamki|dhamka|maar dal|mar dal"
            "|jaan se mar|jan se mar|bam hai|bam rakh|bomb hai|bomb rakh|rape ho|rape kar|daku"
            "|dakait|loot rah|darwaza tor|darwaza tod|peecha kar|picha kar"
        ),
        D.INJURY: (
            "سانس نہیں|سانس نہ|سانس بند|بے ہوش|بیہوش|ہوش نہیں|ہوش میں نہیں|خون بہہ|خون نکل"
            "|بہت خون|دل کا دورہ|ہارٹ اٹیک|فالج|گاڑی نے ~ مار|گاڑی نے ٹکر|ٹکر مار|حادثہ|ایکسیڈنٹ"
            "|ایمبولینس|گر گئ|گر گیا|چھت سے گر|سیڑھیوں سے گر|مرگی|دورہ پڑ|زخمی|ہل نہیں|اٹھ نہیں"
            "|ٹانگ ٹوٹ|سینے میں درد|گلے میں پھنس|دم گھٹ|لاش|مر گیا|بچہ پیدا|saans nahi|sans nahi"
            "|saans nahin|sans nahin|saans band|sans ni|saans ni|behosh|be hosh|hosh nahi"
            "|hosh mein nahi|hosh me nahi|khoon beh|khoon nikal|bohat khoon|bahut khoon|khon beh"
            "|dil ka dora|dil ka daura|heart attack|falij|faalij|gari ne ~ mar|gaari ne ~ mar"
            "|gaadi ne ~ mar|gari ne takkar|takkar mar|hadsa|haadsa|accident ho|ambulance bhe"
            "|ambulance bul|gir gay|gir ga|gir pare|chat se gir|seerhiyon se gir|mirgi|dora par"
            "|zakhmi|hil nahi|uth nahi|taang toot|tang toot|seene mein dard|seenay mein dard"
            "|seene me dard|galay mein phans|dam ghut|dum ghut|laash|mar gaya hai|bacha paida"
        ),
        D.ADULT_AT_RISK: (
            "شوہر ~ مار|شوہر مجھے|مجھے مارت|مجھے مار رہ|بیوی کو مار|گھریلو تشدد|تشدد|بند کر دیا"
            "|بند کر رکھ|قید|پاسپورٹ لے|پاسپورٹ چھین|زبردستی|ڈیمنشیا|الزائمر|بوڑھ|امی گم|ابو گم"
            "|دادی|نانی|دروازہ نہیں کھول|بچاؤ|ساس|باہر نہیں جانے|shohar ~ mar|shohar mujh"
            "|shauhar mujh|shauhar ~ mar|mujhe mart|mujhe maar|mujhe mar rah|biwi ko mar"
            "|bivi ko mar|tashadud|tashaddud|band kar diya|band kar rakh|band kr diya|qaid"
            "|kaid kar|passport le|passport cheen|passport chheen|zabardasti|alzheimer|ammi gum"
            "|abbu gum|dadi gum|nani gum|darwaza nahi khol|bachao|bachaao|bahar nahi jane"
            "|buzurg ~ gum|boorha ~ gum|susral ~ mar|مدد کرو|مدد کریں|باہر نہیں نکل|پھنس گئے"
            "|madad karo|madad karen|madad kare|bahar nahi nikal|nikal nahi sak|phans gay"
            "|phas gay"
        ),
        D.FLOOD: (
            "گھر میں پانی|پانی گھر|پانی اندر|پانی بھر|پانی چڑھ|سیلاب|ڈوب|دریا میں گر|نہر میں گر"
            "|پانی میں گر|پانی میں پھنس|گٹر کا پانی ~ گھر|ghar mein pani|ghar me pani"
            "|ghar mai pani|pani ghar|pani andar|paani andar|pani bhar|paani bhar|pani charh"
            "|pani chadh|pani barh|selaab|sailab|selab|doob|dub raha|dub gaya|darya mein gir"
            "|nehar mein gir|pani mein gir|paani mein gir|pani mein phans|gutter ~ ghar"
        ),
        D.COLLAPSE: (
            "چھت گر|دیوار گر|عمارت گر|گھر گر گیا|مکان گر|ملبے|ملبہ|دب گ|نیچے دب|زمین دھنس"
            "|سڑک دھنس|بالکونی گر|مچان گر|chat gir|chhat gir|deewar gir|diwar gir|dewar gir"
            "|imarat gir|makan gir|ghar gir gaya|malbe|malba|malbay|dab gay|dab ga|neeche dab"
            "|niche dab|zameen dhans|sarak dhans|balcony gir|machan gir"
        ),
    },
    "ar": {
        D.SELF_HARM: (
            "انتحار|ينتحر|انتحر|تنتحر|اقتل نفسي|يقتل نفسه|تقتل نفسها|بدي موت|بدي اموت"
            "|اريد ان اموت|اريد الموت|ما بدي عيش|ما بدي اعيش|لا اريد ان اعيش|يموت حاله|تموت حالها"
            "|اموت حالي|يرمي نفسه|ترمي نفسها|يرمي حاله|ترمي حالها|بينط|ينط من|يقفز من|شنق"
            "|قطع شرايين|ابتلع ~ حبوب|اخذ ~ حبوب|اخذت ~ حبوب|بلع حبوب|حبوب كتير|رسالة وداع"
            "|ynte7er|yentaher|intihar|nta7er|yente7er|yektol nafs|bede mout|biddi mout"
            "|baddi mout|bede moot|ma bede 3ish|ma badde 3ish|ma bidde 3ish|ymawwet 7al|ynot men"
            "|ynett mn|ynot mn|7boub ktir|hboub ktir|akhad 7boub|akhadet 7boub|yshno2"
        ),
        D.FIRE: (
            "حريق|حريقة|يحترق|تحترق|عم يحترق|نار|النار|لهب|دخان|انفجار|انفجر|احترق|ولعت|شب حريق"
            "|7aree2|7ari2|haree2|7aree|hariq|7ariq|3am ye7tere2|3am ye7tare2|ye7tere2|nar bel"
            "|nar bil|fi nar|fe nar|dokhan|de5an|da5an|dekhan|dukhan|do5an|enfejar|infijar|wil3et"
            "|we13et"
        ),
        D.GAS: (
            "ريحة غاز|رائحة غاز|رايحة غاز|تسرب غاز|تسريب غاز|ريحه غاز|الغاز عم|غاز قوي|اول اكسيد"
            "|ri7et ghaz|re7et ghaz|ri7et gaz|re7et gaz|ri7it gaz|rihet gaz|rihet ghaz"
            "|tasarob ghaz|tasrib ghaz|tasreeb|ghaz 2awe|re7a ghaz|ri7a ghaz"
        ),
        D.ELECTRICITY: (
            "سلك كهرب|اسلاك كهرب|اسلاك مكشوف|سلك مكشوف|سلك مقطوع|كابل كهرب|صعق|كهربته|كهربني"
            "|كهربتو|شرار|تكهرب|سلك واقع|silk kahrab|selk kahrab|aslak kahrab|kahraba wa2"
            "|kahraba maksh|kahrabet|tkahrab|sharar|so3e2|sa3e2"
        ),
        D.CHILD: (
            "طفل ضايع|طفل ضائع|طفلة ضايعة|طفلة ضائعة|ولد ضايع|ضاع ابني|ضاعت بنتي|ابني ضاع"
            "|بنتي ضاعت|ابني ما رجع|بنتي ما رجعت|ولد لحاله|طفل لحاله|طفل وحده|اطفال لحالهم"
            "|اولاد لحالهم|اطفال وحدهم|طفل ~ لحاله|طفل ~ وحده|يضرب ابنه|يضرب بنته|يضرب اولاده"
            "|يضرب الولد|يضرب الطفل|بيضرب ابنه|بيضرب اولاده|بيضرب الولد|عم يضرب الولد"
            "|عم يضرب ابنه|ابوي يضربني|ابي يضربني|بابا يضربني|بيي بيضربني|خطف|تحرش|طفل محبوس"
            "|طفل بالسيارة|طفل ~ السيارة|رضيع|طفل يبكي|ولد عم يبكي|زوج امي|walad day3|tefel day3"
            "|tifl day3|bent day3|ebne da3|ibni da3|bente da3et|binti da3|ebne ma reje3"
            "|bente ma rej3et|walad la7al|tefel la7al|wlad la7al|byedrob ebno|yedrob ebno"
            "|byodrob ebno|3am yedrob el walad|3am yodrob el walad|yedrob wlado|byedrob wlado"
            "|baba yedrobne|baba byedrob|khataf|5ataf|5atf|ta7arosh|te7arosh|baby la7al"
            "|tefel bel sayara"
        ),
        D.VIOLENCE: (
            "سكين|سكينة|سلاح|مسدس|بندقية|رصاص|اطلاق نار|عم يطخ|طعن|طعنه|هجوم|هاجم|يهدد|عم يهدد"
            "|بيهدد|يهددني|قتل|يقتلني|بدو يقتل|ضرب ~ رجال|مشاجرة|خناقة|عم يتقاتلو|قنبلة|اغتصب"
            "|اغتصاب|سرقة مسلحة|حرامي|يكسر الباب|عم يكسر|فاس|ساطور|لاحقني|يلاحقني|عصابة|sekeen"
            "|sekkin|sikkin|sekine|sekkine|sakin |sakkin|sla7|sila7|msaddas|mosadas|fard |r9as"
            "|rsas|rasas|6a3an|ta3an|yhadded|y hadded|yehadded|byhadded|hajam|2atal|ye2tol|yo2tol"
            "|bado y2tel|khna2a|5na2a|3am yet2atal|2onbole|qonbola|onbole|eghtasab|ightisab"
            "|7arame|harami|yeksor el bab|satour|la7e2ne|yla7e2ne"
        ),
        D.INJURY: (
            "ما يتنفس|ما عم يتنفس|لا يتنفس|ما بيتنفس|مو قادر يتنفس|مش قادر يتنفس|مغمى|اغمى"
            "|فقد الوعي|فقدت الوعي|غايب عن الوعي|نزيف|ينزف|تنزف|دم كتير|دم كثير|جلطة|سكتة"
            "|ازمة قلبية|ذبحة|يختنق|عم يختنق|شرق|دهس|دهست|صدم|صدمته|حادث|وقع من|وقع ~ ما|وقعت من"
            "|وقع وما|اسعاف|الاسعاف|تشنج|صرع|مصاب|جريح|ما يتحرك|ما عم يتحرك|لا يتحرك|ما بتصحى"
            "|ما عم يصحى|انكسرت رجل|انكسرت ايد|كسر رجل|الم بالصدر|وجع بصدر|عم تولد|ولادة|ميت|جثة"
            "|غرق|ma yetnafas|ma 3am yetnaf|ma bitnaf|ma byetnaf|la yatanaf|mesh 2ader yetnaf"
            "|maghme|aghma|ghayeb 3an|nazeef|yenzef|3am yenzof|dam ktir|dam kteer|jalta|sakta"
            "|sekta|azme 2albiy|ye5tene2|yekhtene2|3am ye5tene2|daha|da3as|sadam|7adeth|hadeth"
            "|7ades|we2e3 men|wa2a3 men|we2e3 w ma|wa2a3 w ma|es3af|is3af|tashannoj|mosab|jari7"
            "|ma yet7arak|ma 3am yet7ar|enkasaret|waja3 b sad|3am tewlad|mayyet|jothe|jutha"
            "|ghere2"
        ),
        D.ADULT_AT_RISK: (
            "زوجي ~ يضرب|زوجي يضرب|زوجي حابس|زوجي بيضرب|جوزي بيضرب|جوزي يضرب|جوزي حابس|يضربني"
            "|بيضربني|عم يضربني|يضرب زوجته|بيضرب مرته|يضرب مرته|عم يضرب مرته|عنف منزلي|عنف اسري"
            "|حابسني|حبسني|محبوسة|مسكر علي|قفل علي|اخذ جواز|اخد جواز|اخذوا جواز|زهايمر|الزهايمر"
            "|خرف|امي ضاعت|ابوي ضاع|جدتي ضاعت|جدي ضاع|ختيار ضايع|ختيارة ضايعة|ما تفتح الباب"
            "|ما يفتح الباب|ما عم تفتح|ما عم يفتح|غصب|اجبرني|يجبروني|خايفة من زوجي|خايفة من جوزي"
            "|zawji ~ yedrob|zawje|jawze byedrob|jozi byedrob|jawzi|jozi |goze |byedrobne"
            "|bidrobne|yedrobne|byodrobne|3am yedrobne|3am yodrobne|yedrob marto|byedrob marto"
            "|7abesne|7abasne|habesni|2afal 3alay|akhad jawaz|akhadou jawaz|a5ad jawaz|alzheimer"
            "|zahaymer|emme da3et|teta da3et|jeddo da3|ma tefta7 el bab|ma yefta7 el bab|ghasb"
            "|الحقو|الحقونا|ساعدو|النجدة|انقذو|ما فينا نطلع|ما نقدر نطلع|عالقين|محصورين|el7a2"
            "|al7a2|sa3dou|sa3dona|ma fina netla3|ma fina notla3|el najde"
        ),
        D.FLOOD: (
            "المي فاتت|مي فاتت|المي عم تفوت|الماء دخل|المياه دخلت|الماي دخل|فيضان|طوفان"
            "|المي بالبيت|الماء في البيت|مياه في البيت|البيت غرق|غرق البيت|المي عم تعلى"
            "|الماء يرتفع|مجاري ~ البيت|غرقان|عم يغرق|يغرق|غرق|وقع بالنهر|وقع بالماء|وقع بالمي"
            "|وقع في النهر|وقع في الماء|سيل|محاصرين|may fatet|mayy fatet|el may 3am tfout"
            "|el may bel bet|may bel beit|may bel bet|fayadan|fayadhan|tawafan|el bet ghere2"
            "|3am yeghra2|yeghra2|gher2an|we2e3 bel nahr|we2e3 bel may|wa2a3 bel nahr"
            "|wa2a3 bel may|el may 3am te3la|m7asarin"
        ),
        D.COLLAPSE: (
            "انهار|انهيار|تنهار|السقف وقع|وقع السقف|سقط السقف|السقف سقط|الحيط وقع|وقع الحيط"
            "|الحائط وقع|سقط الجدار|الجدار سقط|الجدار وقع|وقع الجدار|وقع البلكون|البناية وقعت"
            "|المبنى سقط|الركام|تحت الانقاض|انقاض|تحت الردم|السقالة|سقالة|هبوط ارضي|خسف|انخسف"
            "|انزلاق|enhar|inhar|el sa2ef we2e3|sa2ef we2e3|we2e3 el sa2|el 7et we2e3|7et we2e3"
            "|we2e3 el 7et|el 7eit we2e3|7ayt we2e3|el balkon we2e3|balkon we2e3|el binaye we2"
            "|rkam|rokam|te7t el rad|ta7t el rad|ta7t el an2ad|sa2ale|sa2ala|5asaf|khasaf"
        ),
    },
}
"""Language, danger, and what is said."""
