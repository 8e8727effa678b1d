"""Words with which the commonest problems are told in other languages; no native speaker has reviewed them.

For each language and category, as in ``nlp.foreign_danger_words``: the beginnings of words and phrases,
without accents; ``~`` stands for up to five words between.
"""

PROBLEM_WORDS: dict[str, dict[str, str]] = {
    "cy": {
        "fly_tipping": (
            "tipio anghyfreithlon|wedi dympio|wedi gadael soffa|matras ar|fatras|soffa"
            "|hen oergell|sbwriel wedi ei daflu"
        ),
        "missed_collection": (
            "casglu'r bin|casglu bin|casglu'r sbwriel|heb gasglu|ddim casglu|heb eu casglu"
            "|casglu ailgylchu|bin heb"
        ),
        "road_surface": "twll mawr|twll yn y ffordd|tyllau yn y ffordd|twll ~ ffordd|tyllau",
        "street_light": "golau stryd|goleuadau stryd|lamp stryd|golau ~ ddim yn gweithio|lamp ddim",
        "graffiti": "graffiti ar|paent ar y wal|sgriblo",
        "abandoned_vehicle": "car wedi ei adael|car wedi'i adael|car heb ei symud|hen gar|car ~ misoedd",
        "dog_fouling": "baw ci|baw cwn|cachu ci",
        "noise": "miwsig yn uchel|cerddoriaeth uchel|chwara miwsig|chwarae miwsig|swn|swnllyd|cadw swn",
        "parking": "parcio ar y pafin|wedi parcio|parcio ar|blocio'r dreif",
        "drainage": "draen|dren wedi|gwter|dwr yn sefyll",
    },
    "pl": {
        "fly_tipping": (
            "wyrzucil|wyrzucone|porzucone smieci|porzucony materac|materac|stara kanapa"
            "|stare meble|kanap|lodowk|podrzuc|worki ze smieciami|sterta smieci|dzikie wysypisko"
        ),
        "missed_collection": (
            "nie odebra|nie zabra|nieodebran|smieci nie|kosz nie oprozn|nie oproznion|smieciark|nie wywie"
        ),
        "road_surface": (
            "dziura w jezd|dziura w drodze|dziura w ulic|dziury w|dziura w asfal|wielka dziura|dziura na"
        ),
        "street_light": "lampa nie|latarnia|latarni|latarnie|lampa uliczn|nie swieci|ciemno na ulic",
        "graffiti": "bazgro|pomazan|pomalowal ~ sprayem|sprayem|napisy na",
        "abandoned_vehicle": (
            "auto bez tablic|samochod bez tablic|porzucon samoch|porzucone auto|porzucony samoch"
            "|wrak|auto stoi od|stoi ~ auto|samochod stoi od"
        ),
        "dog_fouling": (
            "psie kup|psia kup|kupy psie|odchody|psie odch|pies zalatw|kupa na chodn|kupy na chodn"
        ),
        "noise": (
            "halas|halasuj|glosna muzyk|glosno muzyk|puszcza muzyk|muzyke do|imprez|szczeka cal"
            "|wiercenie w nocy"
        ),
        "parking": "parkuj|zaparkowan|zastawia|zastawion|blokuje wjazd|na chodniku stoi auto|parkowani",
        "drainage": "studzienk|kratka ~ zatkan|zatkana kratk|zapchan|kaluz|odplyw",
    },
    "ro": {
        "fly_tipping": (
            "au aruncat|a aruncat|gunoi aruncat|gunoaie arunc|saltea|canapea|mobila veche"
            "|mobila arunc|frigider|saci de gunoi|gunoi lasat|moloz aruncat"
        ),
        "missed_collection": (
            "nu au ridicat|nu a ridicat|nu s-a ridicat|nu au luat gunoi"
            "|nu a venit masina de gunoi|gunoiul nu|nu s-a luat gunoi|nu au golit|tomberon ~ plin"
            "|nu ne-au luat"
        ),
        "road_surface": "groapa|gropi|asfalt ~ stric|asfalt spart|drum stric",
        "street_light": (
            "felinar|lumina ~ strad|becul ~ strad|stalp ~ lumin|lampa ~ strad|iluminat"
            "|nu merge lumina|nu functioneaza lumina|bec ars|strada ~ intuneric"
        ),
        "graffiti": "mazgal|vopsit pe|vopsea pe|scris pe perete|scris pe zid",
        "abandoned_vehicle": "masina abandon|masina fara num|fara numere|masina ~ de luni|masina lasata",
        "dog_fouling": "caca de caine|rahat de caine|excremente|mizerie de caine|fecale",
        "noise": "galagie|muzica tare|muzica la maxim|zgomot|petreceri|muzica ~ noapt|latra",
        "parking": (
            "parcat|parcate|parcheaza|parcheza|parcare ~ trotuar|blocheaza intrarea"
            "|blocata intrarea|imi blocheaza"
        ),
        "drainage": "canal infund|canalul e infund|infundat|balteste|gura de canal|rigola|balta",
    },
    "pt": {
        "fly_tipping": (
            "despejaram|deitaram lixo|lixo na rua|lixo abandonado|colchao|sofa velho|sofa na"
            "|sofa abandonado|moveis velhos|moveis abandon|frigorific|sacos de lixo|entulho"
            "|largaram|jogaram lixo|jogaram um"
        ),
        "missed_collection": (
            "nao recolheram|nao levaram|nao passaram|nao recolhido|recolha|lixo nao foi"
            "|nao esvaziaram|contentor ~ cheio|nao buscaram|nao apanharam"
        ),
        "road_surface": "buraco|buracos na estrada|asfalto|estrada ~ estragad",
        "street_light": (
            "candeeiro|iluminacao|poste de luz|lampada da rua|luz da rua|poste ~ apagad"
            "|rua ~ as escuras|poste sem luz"
        ),
        "graffiti": (
            "grafitis|grafite|pichac|picharam|pintaram a parede|pintaram o muro|rabisc"
            "|escreveram na parede|escreveram no muro"
        ),
        "abandoned_vehicle": (
            "carro abandonado|carro sem matricula|carro sem placa|carro ~ ha meses"
            "|viatura abandon|carro parado ha|sem matricula|veiculo abandon"
        ),
        "dog_fouling": (
            "coco de cao|cocos de cao|coco de cachorro|dejectos|dejetos|fezes|caca de cao|merda de cao"
        ),
        "noise": "barulh|ruido|musica alta|musica muito alta|festas ate|festa ate|ladrar|latindo",
        "parking": (
            "estacionad|estacionam|carros em cima|carro em cima|estacionar|bloqueiam"
            "|bloqueia a garagem|carros no passeio"
        ),
        "drainage": "sarjeta|bueiro|entupid|esgoto entup|poca d|uma poca|ralo da rua",
    },
    "es": {
        "fly_tipping": (
            "colchon|un sofa|el sofa|sofa viejo|sofa tirado|muebles viejos|muebles tirados"
            "|tiraron|tiraron basura|dejaron basura|basura tirada|bolsas de basura"
            "|escombro tirado|nevera|refrigerador|vertedero"
        ),
        "missed_collection": (
            "no se llevaron|no recogieron|no han recogido|no recogen|no pasaron|no paso el camion"
            "|no vaciaron|basura sin recoger|contenedor ~ lleno|reciclaje no"
        ),
        "road_surface": (
            "bache|baches|hoyo en la|hoyo grande|agujero en la|agujero en el|hueco en la"
            "|socavon en la|asfalto"
        ),
        "street_light": (
            "farola|farolas|luz de la calle|alumbrado|poste de luz|calle ~ oscuras|luz ~ fundida"
            "|foco de la calle|lampara de la calle"
        ),
        "graffiti": (
            "graffitis|grafitis|grafiti en|pintada|pintaron la pared|pintaron el muro|rayaron"
            "|pintarraj|garabat|spray en"
        ),
        "abandoned_vehicle": (
            "coche abandon|carro abandon|coche sin matricula|sin matricula|sin placas"
            "|auto abandon|coche ~ lleva meses|lleva meses aparcado|vehiculo abandon"
            "|coche ~ semanas"
        ),
        "dog_fouling": "caca de perro|cacas de perro|popo de perro|excremento|mierda de perro|heces",
        "noise": (
            "ruido|musica alta|musica muy alta|musica a todo|fiestas hasta|fiesta hasta|ladra"
            "|ladrando|gritos de fiesta"
        ),
        "parking": (
            "aparcan|aparcado|aparcados|aparca|estacionan|estacionado|estacionados|bloquea"
            "|bloquean mi|delante de mi entrada|doble fila|coches en la acera"
        ),
        "drainage": "alcantarilla|desague|sumidero|atascad|tapada con hojas|charco|drenaje",
    },
    "tr": {
        "fly_tipping": (
            "cop atmis|cop dokmus|cop doktu|eski kanepe|kanepe|yatak|dosek|buzdolabi|eski esya"
            "|moloz|kacak cop|cop posetleri|birakmislar|atmislar|koltuk atil|esya at"
        ),
        "missed_collection": (
            "copumuzu almadi|copu almadi|copleri almadi|cop alinmadi|copler alinmadi"
            "|copu toplamadi|copleri toplamadi|cop toplanmadi|copler toplanmadi"
            "|geri donusum ~ alinm|cop kutusu bosalt|bosaltilmadi|cop kamyonu gel"
        ),
        "road_surface": "cukur|yolda delik|asfalt|yol bozuk",
        "street_light": (
            "sokak lamba|sokak lambasi|lamba yanmiyor|isik yanmiyor|sokak isigi|sokak karanlik"
            "|aydinlatma|lamba bozuk"
        ),
        "graffiti": "sprey|duvara yazi|duvarina ~ yazi|duvar yazi|grafiti|duvari boya|karalam",
        "abandoned_vehicle": (
            "plakasiz|terk edilmis araba|terkedilmis|araba ~ aylardir|arac ~ aylardir|hurda ara"
            "|araba ~ haftalardir|sahipsiz ara"
        ),
        "dog_fouling": "kopek pisligi|kopek kakasi|kopek disk|kopek boku|kopek ~ pisl",
        "noise": "gurultu|yuksek ses|muzik aciyor|sesli muzik|parti yap|kopek havl|bagiris",
        "parking": (
            "park ediyor|park etmis|kaldirima park|park edil|garaj ~ kapat|araba park"
            "|girisimi kapat|cift sira|hatali park"
        ),
        "drainage": "mazgal|logar|rogar|gider tik|tikali|tikanmis|kanal tik|su birikintisi|su birik",
    },
    "so": {
        "fly_tipping": (
            "qashin ku tuur|qashin lagu tuur|fadhi duug|furaash|joodari|kursi duug|qashin ~ tuur"
            "|tuuray|alaab duug|firinji|qaboojiye"
        ),
        "missed_collection": (
            "qashinkii nalaga|qashinka nalaga|lama qaadin|ma qaadin|nalagama qaad|qashinka ma"
            "|qashinkii ma|qashinka lama|qashinkii lama|weelka qashinka|ma aysan qaad"
        ),
        "road_surface": "god weyn|godad|god ayaa|god ~ waddada|god ~ jidka|waddada ~ jajab",
        "street_light": (
            "nalka waddada|nalka jidka|laydhka|layrka|nalka ~ ma shaq|nalku ~ ma shaq"
            "|iftiinka waddada|nalalka|laambad"
        ),
        "graffiti": "rinji|gidaarka ~ qor|derbiga ~ qor|sawir ~ gidaar",
        "abandoned_vehicle": (
            "gaari la iska|gaari laga tag|gaari aan taarg|gaari ~ bilo|baabuur laga tag"
            "|baabuur ~ bilo|gaari duug|taariko la|tarko la"
        ),
        "dog_fouling": "saxarada ey|saxaro ey|xaar ey|xaarka ey|eyga ~ saxar|ey saxar|saxarada eyg",
        "noise": "buuq|qaylo|muusig|muusik|sawaxan|dhawaaq dheer|heeso",
        "parking": (
            "baarkin|gaariga dhig|gawaarida ~ dhig|baabuurta ~ dhig|gaari ~ albaabka|laga dhig"
            "|dul dhig|gawaari ~ taag|baabuur ~ taagan"
        ),
        "drainage": "bulaacad|biyo fadhi|biyihii ~ fadhi|biyo ~ fadhi|dheecaan|tuubada xir|biyo maree",
    },
    "bn": {
        "fly_tipping": (
            "ময়লা ফেল|আবর্জনা ফেল|পুরনো সোফা|সোফা ফেল|তোষক|ম্যাট্রেস|পুরনো আসবাব|ফ্রিজ ফেল"
            "|ব্যাগ ফেল|আবর্জনা|moyla fel|moila fel|aborjona|purono sofa|sofa fel|toshok"
            "|mattress fel|purono furniture|fridge fel|moyla rakh|bag fel|rubbish fel"
        ),
        "missed_collection": (
            "বিন নেয়নি|বিন নেয় নি|বিন নিয়ে যায়নি|ময়লা নেয়নি|ময়লা নেয় নি|বিন খালি"
            "|ময়লা নিয়ে যায়|bin nei nai|bin ney ni|bin neyni|bin ney nai|bin niya jay"
            "|bin nie jay|bin nay ni|bin khali|moyla ney|moila ney|moyla niya|bin neoa"
            "|recycling ney|bin ta ney"
        ),
        "road_surface": ("রাস্তায় গর্ত|গর্ত|রাস্তা ভাঙা|রাস্তা ভাঙ্গা|gorto|rastay boro|rasta bhang|rasta vang|gor to"),
        "street_light": (
            "রাস্তার বাতি|রাস্তার লাইট|লাইট জ্বলে না|বাতি জ্বলে না|বাতি নষ্ট|লাইট নষ্ট"
            "|rastar bati|rastar light|rastar lait|street light nosto|light jole na|bati jole na"
            "|light jolena|light nosto|bati nosto|ondhokar rasta|light kaj kore na"
        ),
        "graffiti": (
            "দেয়ালে রং|দেয়ালে ~ লেখা|দেয়ালে লেখা|দেয়ালে আঁক|গ্রাফিতি|deyale rong"
            "|deyale ~ lekh|deyale lekh|dewale lekh|deyal e lekh|spray kore lekh"
        ),
        "abandoned_vehicle": (
            "গাড়ি ~ পড়ে আছে|নম্বর প্লেট ছাড়া|গাড়ি ~ ফেলে|পরিত্যক্ত গাড়ি|gari ~ pore ase"
            "|gari ~ pore ache|gari ~ fele|number plate chara|nombor plate chara"
            "|gari ~ mash dhore|gari ~ mas dhore|poritokto gari"
        ),
        "dog_fouling": (
            "কুকুরের পায়খানা|কুকুরের মল|কুকুরের গু|কুকুরের ময়লা|kukurer paykhana"
            "|kukurer paikhana|kukurer gu|kukurer mol|kukurer moyla|kuttar gu|kuttar paikhana"
        ),
        "noise": (
            "শব্দ|গান বাজ|জোরে গান|আওয়াজ|হইচই|চিৎকার চেঁচামেচি|jore gan|gan baj|shobdo|awaz|awaj"
            "|hoichoi|loud gan|party kor|shara rat gan|gaan baj"
        ),
        "parking": (
            "গাড়ি পার্ক|পার্কিং|গাড়ি রাখে|গাড়ি রেখে|gari park|gari rakh|parking kor"
            "|foot path e gari|footpath e gari|gari rekhe|gari raikha|driveway te gari"
        ),
        "drainage": (
            "ড্রেন|নালা|পানি জমে|জল জমে|ড্রেন বন্ধ|drain bondho|dren bondho|nala bondho|pani jome"
            "|pani jom|drain block hoi|drain jam hoi"
        ),
    },
    "ur": {
        "fly_tipping": (
            "کچرا پھینک|کوڑا پھینک|کچرے کے تھیلے|پرانا فرنیچر|صوفہ|گدا|فریج|کوڑا کرکٹ|پھینک دی"
            "|kachra phenk|koora phenk|kura phenk|kachre ke|kachray ke|purana furniture"
            "|purana sofa|sofa phenk|gadda phenk|fridge phenk|koora karkat|phenk diya|phenk gay"
            "|phaink"
        ),
        "missed_collection": (
            "بن نہیں اٹھا|بن نہیں لے|کچرا نہیں اٹھا|کوڑا نہیں اٹھا|بن خالی نہیں|کچرا نہیں لے"
            "|نہیں اٹھایا|bin nahi utha|bin nahin utha|bin nahi le|bin ~ nahi uth|bin ni utha"
            "|kachra nahi utha|koora nahi utha|kachra nahin utha|bin khali nahi|recycling nahi"
            "|kachra nahi le|nahi uthaya"
        ),
        "road_surface": (
            "گڑھا|گڑھے|سڑک ٹوٹ|سڑک خراب|garha|gadha hai sarak|gharha|garhay|garhe|gadda hai sarak"
            "|sarak toot|sarak kharab|sarak mein|sarak par gadh|khadda|khada hai"
        ),
        "street_light": (
            "سٹریٹ لائٹ|اسٹریٹ لائٹ|گلی کی لائٹ|گلی کی بتی|سڑک کی لائٹ|لائٹ خراب|بتی خراب"
            "|بتی نہیں جل|لائٹ نہیں جل|اندھیرا|street light kh|street light nahi"
            "|street light band|street ki light|gali ki light|gali ki bat|sarak ki light"
            "|light kharab|light kaafi|batti kharab|light nahi jal|batti nahi jal|andhera"
            "|light band hai"
        ),
        "graffiti": (
            "سپرے|دیوار پر لکھ|دیوار پر ~ لکھ|دیوار پر پینٹ|گرافٹی|spray se|deewar par likh"
            "|diwar par likh|deewar pe likh|deewar par ~ likh|deewar pe ~ likh|diwar pe likh"
            "|diwar pe ~ likh|deewar par paint"
        ),
        "abandoned_vehicle": (
            "گاڑی ~ کھڑی ہے|لاوارث گاڑی|نمبر پلیٹ کے بغیر|بغیر نمبر پلیٹ|گاڑی ~ مہینوں"
            "|گاڑی ~ مہینے|lawaris gari|lawaris gaadi|bina number plate|number plate ke baghair"
            "|baghair number plate|bagair number|gari ~ mahino|gaari ~ mahino|gari ~ maheen"
            "|gari ~ mahine|gari ~ hafton|gaadi ~ mahino|khari hai gari"
        ),
        "dog_fouling": (
            "کتے کی گندگی|کتے کا پاخانہ|کتوں کی گندگی|کتے کی پوٹی|kutte ki gandagi"
            "|kuttay ki gandagi|kutte ka pakhana|kuttay ka|kutton ki gandagi|kutte ki potty"
            "|kuttay ki potty|kutte ki gand"
        ),
        "noise": (
            "شور|اونچی آواز|موسیقی|گانے|تیز میوزک|shor |shor sharab|shoor|unchi awaz|oonchi awaz"
            "|tez music|tez awaz|music chal|music baj|gaane|gaanay|mausiqi|loud music"
        ),
        "parking": (
            "پارک کر|پارکنگ|گاڑیاں کھڑی|گاڑی کھڑی کر|فٹ پاتھ پر گاڑ|راستہ بند|park kar|park kr"
            "|parking kar|parking ki|gariyan khari|gaariyan khari|gari khari kar|gaari khari kar"
            "|footpath par gar|footpath pe gar|raasta band|rasta block|driveway ke aage"
            "|gari khari karte"
        ),
        "drainage": (
            "نالی بند|نالا بند|گٹر|پانی کھڑا|پانی جمع|ڈرین|nali band|naali band|nala band"
            "|gutter band|gutter bha|gutter ka|gattar|pani khara|paani khara|pani jama|drain band"
        ),
    },
    "ar": {
        "fly_tipping": (
            "رمى|رموا|رمي زبالة|رمي نفايات|زبالة ورا|فرشة|كنبة|صوفا|براد قديم|ثلاجة|اثاث قديم"
            "|كياس زبالة|اكياس زبالة|نفايات|رامين|كب زبالة|rama |ramou|ramo zbel|zbele wara"
            "|farshe|kanabe|kanabeh|barrad 2adim|kyes zbele|akyes zbele|nefayet|ramyin|kab zbele"
            "|zebele"
        ),
        "missed_collection": (
            "ما اخذوا الزبالة|ما اخدوا الزبالة|ما شالوا|لم تجمع|لم يتم جمع|ما لموا|ما جمعوا"
            "|ما فضوا|الزبالة ما انشالت|لم ياخذوا|ما اجو ياخدو|ما اجا الزبال|ma akhado el zbel"
            "|ma akhadou el zbel|ma a5ado|ma shalo|ma shelo|ma lammo|ma lamo el zb|ma faddo"
            "|ma 2akhado|ma nshal|ma ejo yekhdo"
        ),
        "road_surface": (
            "حفرة|حفر بالشارع|حفر في|جورة|طريق مكسر|7ofra|hofra|7ufra|jora bel|joura"
            "|tari2 mkassar|7efra|7ofar"
        ),
        "street_light": (
            "لمبة الشارع|ضو الشارع|ضوء الشارع|انارة|عمود النور|عمود الانارة|مصباح الشارع"
            "|الشارع عتمة|الشارع مظلم|lambet el share3|daw el share3|dow el share3|3amoud el"
            "|inara|el share3 3etme|lamba bel share3|noor el share3|lambit el share3"
        ),
        "graffiti": (
            "كتابة على الحيط|كتبوا على|كاتبين على|رسم على الحيط|رسموا على|غرافيتي|جرافيتي|سبراي"
            "|دهان على الحيط|بخاخ|ketabe 3al 7et|katabo 3al|ketbin 3al|rasamo 3al|grafiti"
            "|spray 3al|ketebe 3al"
        ),
        "abandoned_vehicle": (
            "سيارة مهجورة|سيارة متروكة|سيارة بدون نمرة|سيارة بلا نمرة|بدون لوحات|بلا لوحات"
            "|سيارة ~ شهر|سيارة ~ اشهر|سيارة خربانة|sayyara bala nemra|sayara bala nemra"
            "|sayyara bedoun nemra|sayyara mahjoura|sayara mahjoura|sayyara matrouk|bala nemra"
            "|bedoun nemra|sayyara ~ shah|sayara ~ shah|sayyara 5arbane"
        ),
        "dog_fouling": (
            "براز الكلاب|براز كلاب|خرا كلاب|وسخ الكلاب|وسخ كلاب|فضلات الكلاب|قذارة كلب|براز كلب"
            "|khara kleb|5ara kleb|wasakh el kleb|wasa5 el kleb|braz kleb|5ara klab|fadalat kleb"
        ),
        "noise": (
            "ضجة|صوت عالي|موسيقى عالية|ازعاج|ضوضاء|موسيقى بالليل|صوت الموسيقى|حفلة كل|dajje|dajeh"
            "|dajja|sot 3ali|sawt 3ali|mousi2a 3alye|music 3ali|mosi2a|ez3aj|iz3aj|7afle kel"
            "|daje kel"
        ),
        "parking": (
            "سيارات واقفة|واقفين عالرصيف|صافف|صافين|يصفوا|موقفين|تسكر الكراج|مسكر المدخل"
            "|ركن السيار|سيارة واقفة قدام|سيارات على الرصيف|sayyarat wa2fe|sayyarat wa2fin|saffin"
            "|saffe|saff siyarto|ysaffo|yseffo|msakker el madkhal|msakkar el garage|parkin 3al"
            "|sayyarat 3al rasif"
        ),
        "drainage": (
            "بلوعة|البلوعة|مجاري مسدود|مجرور|المي متجمع|مي متجمعة|مياه متجمعة|تصريف|balou3a"
            "|ballou3a|bala3a|majrour|majarir|el may mjamm|may mjam|may majmou3"
        ),
    },
}
"""Language, category, and what is said."""
