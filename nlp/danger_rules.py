"""The danger rules as a table, gravest kind first.

Each row: the danger, the words that call for a look, a pattern over one folded sentence (see
``nlp.danger.fold``: lower case, no punctuation or apostrophes, "theres" told as "there is"), and
what in the same sentence speaks against it. Named pieces in ``{}`` are filled from :data:`PIECES`.
"""

import re
from dataclasses import dataclass

from casework.understanding import Danger

PIECES: dict[str, str] = {
    "victim": r"(?:(?:an?|the|my|our|his|her|old|elderly|young|some|that|this|poor) (?:\w+ )?(?:man"
    "|woman|lady|girl|boy|lad|kid|child|baby"
    r"|neighbour|wife|husband|mum|dad|nan|gran|grandad|friend|mate|son|daughter|brother|sister|bloke"
    r"|guy|person|cyclist|biker|pedestrian"
    r"|pensioner|partner|girlfriend|boyfriend|gent|gentleman|worker|driver|motorcyclist|teenager)"
    r"|someone|somebody|cyclist|pedestrian|kid|child|toddler)",
    "gap": r"(?:\w+ ){0,3}",
    "wide": r"(?:\w+ ){0,7}",
    "be": r"(?:is|are|was|were|am|has been|have been|been|being|got|gets|getting|get|just|now)",
    "someone": r"(?:someone|person|people|man|men|woman|women|lady|ladies|bloke|guy|boy|boys|girl|girls"
    r"|kids?|child|children|lad|lads|teenagers?|teens?|youths?|pedestrian|cyclist|rider|driver"
    r"|pensioner|mum|mother|dad|father|nan|nans|gran|grandma|grandad|friend|neighbours?|wife|husband"
    r"|son|daughter|brother|sister|baby|toddler|he|she|they|him|her|them|me|us|i|we|biker)",
    "young": r"(?:kids?|child|children|childs|baby|babies|toddlers?|infant|little (?:boy|girl)|small boy"
    r"|young (?:boys?|girls?)|boys?|girls?|son|daughter)",
    "frail": r"(?:elderly|pensioner|old (?:man|mans|lady|ladys|woman|womans|boy|neighbour|couple)|dementia"
    r"|alzheimers?|vulnerable|disabled|confused|grandad|granddad|nan|nans|gran|grandma|autistic"
    r"|carers?|learning disabilit\w+)",
    "frail_person": r"(?:(?:elderly|vulnerable|disabled|confused) "
    r"(?:man|mans|woman|womans|lady|person|persons|adult|neighbour|gentleman)|old (?:man|mans|lady|woman)"
    r"|pensioner)",
    "weapon": r"(?:knife|knives|machetes?|gun|guns|sword|axe|crossbow|blade|baseball bat|bats|weapons?|acid"
    r"|pistol|rifle|firearm|hammer)",
    "home": r"(?:houses?|homes?|flats?|living rooms?|kitchen|bedrooms?|bathroom|basement|cellar|hallway"
    r"|property|properties|bungalow|cottage|front room|lounge|front door|house doors?|our door|my door"
    r"|the door|toilet into)",
    "own_home": r"(?:(?:my|our|their|her|his|peoples|the|neighbours|in) )?(?:whole |ground floor "
    "|basement )?"
    r"(?:houses?|homes?|flats?|living rooms?|kitchen|bedrooms?|basement(?: flat)?|cellar|front room"
    r"|lounge|bungalow|cottage)",
    "building": r"(?:wall|building|house|roof|balcony|scaffolding|bridge|chimney(?: stack)?|ceiling|crane"
    r"|shop front|shopfront|facade|steps|stairs|retaining wall|tower|terrace|structure|canopy|garage)",
    "lamp": r"(?:lamp ?posts?|lamp column|street lights?|street lamps?|light pole|light column|light post"
    r"|traffic lights?|bollard|junction box|electric box|electricity box|feeder pillar|substation"
    r"|sub station|pylon|telegraph pole|bus stop|lighting column)",
}

PAST = (
    r"\b(?:last (?:night|week|month|year|summer|winter|\w+day)|(?:days?|weeks?|months?|years?) ago"
    r"|yesterday"
    r"|in the past|previously|burnt out|used to|nearly|almost)\b"
)
MIGHT = (
    r"\b(?:risk|hazard|hazardous|could|potential|potentially|will|would|might|may|if|before|until"
    r"|accident)\b"
)


_NOW = re.compile(
    r"\b(?:right now|happening now|help (?:me|us|him|her|now)|call 999|hurry|this minute|quick|quickly)\b"
)
"""With these nothing speaks against a danger."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: ``triggers`` is the gate, ``pattern`` the rule, ``unless`` what speaks against it."""

    danger: Danger
    triggers: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None

    def holds(self, folded: str) -> bool:
        """True if the folded sentence tells of this danger."""
        if self.pattern.search(folded) is None:
            return False
        return self.unless is None or _NOW.search(folded) is not None or self.unless.search(folded) is None


def _fill(pattern: str) -> str:
    for name, piece in PIECES.items():
        pattern = pattern.replace("{" + name + "}", piece)
    return pattern


def _rule(danger: Danger, triggers: str, pattern: str, unless: str = "") -> Rule:
    return Rule(
        danger,
        frozenset(triggers.split()),
        re.compile(rf"\b(?:{_fill(pattern)})\b"),
        re.compile(_fill(unless)) if unless else None,
    )


_NOT_A_BLAZE = (
    r"(?! (?:stations?|hydrants?|engines?|trucks?|exits?|escapes?|doors?|hazards?|hazzards?|risks?|place"
    r"|places|extinguishers?|pits?|brigade|alarms?|safety|works?|wood|crew|service|damage|surround|guard"
    r"|lane"
    r"|assembly|points?|access|regulations?|rated|ban|retardant|sign|gates?|path|box|bucket|drill|stairs"
    r"|ball|house|men|man|fighters?|officer|rescue|plug|valve|equipment|inspection|marks?|debris|remains"
    r"|blanket|loading|damaged|evening|attended|hose|cover|lit|sticks?|wall|panel|screen|heater|ring"
    r"|lighters?))"
)

_ROWS: tuple[tuple[Danger, str, str, str], ...] = (
    # self harm: first, because its words overlap with others'
    (
        Danger.SELF_HARM,
        "kill killing die dying dead suicidal suicide kms life living live alive hang hanging jump jumping "
        "end pills tablets overdose overdosed cutting cut harm harming better railings jumper anymore",
        r"(?:kill(?:ing)?|hang(?:ing)?|harm(?:ing)?|hurt(?:ing)?|cut(?:ting)?) "
        r"(?:my ?self|him ?self|her ?self|them ?sel(?:f|ves))(?! (?:on|off))"
        r"|i (?:really |just )?(?:want to|wish to|am going to|could|will) (?:die|end my life|end it all"
        r"|be dead)"
        r"|wish i (?:was|were) dead|want to (?:just )?die|(?:end|take|taking|ending|took) (?:it all"
        r"|my (?:own )?life"
        r"|(?:his|her|their) own (?:life|lives))|suicidal|kms"
        r"|(?:attempt\w*|commit\w*|thinking (?:about|of)|talking (?:about|of)|considering"
        r"|threaten\w*) suicide"
        r"|suicide attempt|dont want to (?:live|be alive|be here)|no point (?:in )?(?:living|going on)"
        r"|better off (?:dead|without me)|self harm(?:ing|ed)?|just want it (?:all )?to (?:end|stop)"
        r"|(?:threatening|trying|about|going|wants?|will|threatens) (?:to )?jump (?:off|from|in front)"
        r"|{someone} {gap}about to jump|jumper on|wrong side of the {gap}(?:railings?|barrier|fence)"
        r"|(?:(?:i|she|he) (?:have |has |just |am |is )?|^)(?:taken|took|swallowed|take|taking)"
        r" (?:{gap})(?:overdose|pills|tablets)|cutting (?:herself|himself|myself)",
        r"suicide (?:bridge|squad|prevention)|cut my ?self (?:on|off)|jump off the (?:pavement|kerb|path)",
    ),
    (
        Danger.FIRE,
        "fire fires alight ablaze flames burning smoke smouldering exploded explosion blaze",
        r"(?<!set )on fire|(?:is|are|bins?|building|house|cars?) alight|ablaze|catching fire"
        r"|(?:are|is|keep|keeps|just) (?:setting|lighting) {gap}(?:fires?|alight)"
        r"|flames? {gap}(?:coming|from|shooting|out|everywhere|visible|spreading)|(?:there is|there are"
        r"|see|big) flames"
        r"|(?:thick|black|lots of|loads of|heavy|full of) (?:black )?smoke(?! (?:detector|alarm))"
        r"|smoke {gap}(?:pouring|billowing|filling|coming (?:out|from|through|up))"
        r"|(?:there is|is there|there) (?:a )?(?:big |huge |small |massive |bad )?(?:\w+ )?fire"
        rf"{_NOT_A_BLAZE}(?! (?:last|every))"
        r"|(?:big|huge|massive|house|car|bin|shed|flat|kitchen|chip pan|forest|grass|skip|van|building"
        r"|bins) fire"
        rf"{_NOT_A_BLAZE}|^fire(?: fire)?$|^fire (?:in|at|behind|by|outside|near|spreading|next)"
        rf"|fire{_NOT_A_BLAZE} {{gap}}(?:spreading|out of control|call the fire brigade)"
        r"|(?:something|shed|bins?|house|hall|flat|hedge|grass|car|van|moped|garage|skip|roof|building"
        r"|tree) "
        r"(?:is |are |has been |still )?(?:still )?burning(?! (?:issue|question))|(?:has |just )exploded",
        rf"{PAST}|\b(?:smoke detectors?|firework display|fire hazard|fire risk|bonfire|every (?:week"
        rf"|weekend|night)"
        r"|cigarettes?|weed|cannabis|damage from|after a|was a|exhaust|vape)\b"
        r"|^(?:an? |the )?(?:burnt|burned)\b|remains?|ash|attended|hasnt|brigade came|set (?:\w+"
        r" ){1,5}on fire",
    ),
    (
        Danger.FIRE,
        "fire fires alight",
        r"(?:set|sets|setting|lit|lighting|put|been set|was set) {gap}(?:alight|on fire)"
        r"|set (?:a )?fires? to|caught (?:on )?(?:fire|alight)",
        rf"{PAST}|\b(?:replac\w*|remains|abandoned|burnt|burned|damag\w*|remov\w*|melted|appears?|arson"
        rf"|hasnt|could|clear\w*|charred"
        r"|(?:needs?|been) (?:taken|taking)|leaving|subsequently|recently|surrounded|for attention"
        r"|on \w+day|that was|has been set on fire and"
        r"|during the night|bins? (?:was|were) set)\b",
    ),
    (
        Danger.GAS,
        "gas monoxide co",
        r"(?:smells?|smelling|smelled|smelt|stinks?|whiff|stench|reeks?|odou?r|reek) {gap}gas"
        r"|gas (?:smell|odou?r|fumes)"
        r"|gas (?:is |has been |was )?(?:leak\w*|escap\w+|hissing)|leak\w* (?:of )?gas(?! (?:bottle"
        r"|canister|cooker))"
        r"|gas (?:main|pipe)s? {gap}(?:burst|hit|broken|broke|damaged|cracked|leak\w*|fractured|severed"
        r"|hissing)"
        r"|(?:burst|cracked|broken|leaking|fractured|severed|damaged|cut(?: through| into)?|hit|hitting"
        r"|struck)"
        r" (?:a |the |our )?gas (?:main|pipe)"
        r"|gas {gap}coming (?:out|up|from|through)|carbon monoxide|co (?:alarm|detector)",
        r"\b(?:laughing|nitrous|tear) gas\b|gas (?:board|works|company|engineers?) (?:dug|left|have)"
        rf"|carbon monoxide (?:alarms? )?(?:dumped|boxes|leaflets?|poster)|{PAST}|fixed (?:the |a )gas",
    ),
    (
        Danger.ELECTRICITY,
        "wires wire wiring cable cables sparking sparks electrocuted shock power electric electrical"
        " electricity "
        "pylon spark electrics",
        r"(?:live|bare|exposed|loose live|uncovered) (?:\w+ )?(?:\w+ )?(?:wires?|wiring|cables?|electrics)"
        r"|(?:wires?|wiring|cables?|electrics) {gap}(?:exposed|showing|visible|bare|live|sparking"
        r"|accessible)"
        r"|{lamp} {wide}(?:wires?|cables?|wiring|electrics) {gap}(?:hanging|dangling|sticking|showing"
        r"|exposed|out|everywhere)"
        r"|(?:wires?|cables?|wiring) {gap}(?:hanging|dangling|sticking) {gap}{lamp}"
        r"|(?:electric(?:al|ity)?|power|pylon|mains|overhead) (?:cables?|wires?|lines?) {gap}"
        r"(?:down|hanging|fallen|snapped|lying|dangling|broken|across|on the (?:ground|floor|road))"
        r"|power (?:lines?|cables?) (?:is |are )?(?:down|on the ground)"
        r"|electrocuted|(?:electric|got a|get a|got an electric|gave me a|static) shock {gap}"
        r"(?:from|off|by)|electric shock"
        r"|(?:{lamp}|wires?|cables?|electric\w*|light|box) {gap}(?:is |are )?(?:sparking|sparks)"
        r"|sparks {gap}(?:coming|flying|from|out)|(?:buzzing and )?sparking",
        rf"\b(?:telephone|phone|bt|openreach|broadband|fibre|internet|virgin|telecoms?|virgin media"
        rf"|speaker|cctv"
        rf"|charging|charger|bags?|dumped|fly ?tipped) (?:\w+ )?(?:wires?|cables?|cabling|line)\b"
        rf"|cables? dumped|{PAST}"
        r"|ev charg\w+|overgrown|barbed|chicken wire|wire fence|wire mesh|(?:fence|fencing) wire|mesh",
    ),
    (
        Danger.CHILD,
        "child children childs kid kids baby babies toddler toddlers infant boy boys girl girls son"
        " daughter 12 "
        "dad uncle stepdad mum 10 11 13 14 15 9 8 lost",
        r"{young} {gap}(?:left|locked) {gap}(?:alone|in (?:a |the )?(?:hot )?(?:car|van|flat|house)"
        r"|on (?:its|it is|his|her|their)"
        r" own|by themsel\w+|all night)|{young} {gap}alone (?:in|at|near|on|outside|by)"
        r"|{young} (?:locked|left) in (?:a|the) (?:car|van|flat|house)"
        r"|{young} {gap}on (?:his|her|its|it is) own(?! (?:bike|scooter))"
        r"|{young} wandering|lost (?:\w+ )?(?:child|boy|girl|kid|toddler)|lost my (?:\w+ )?(?:girl|boy"
        r"|son|daughter|child|baby|kid|toddler)"
        r"|(?:child|kids?|children|baby|boy|girl|son|daughter|toddler) {gap}(?:is |has gone |gone |went "
        r"|still )missing"
        r"|missing (?:child|kid|boy|girl|toddler|baby)(?! (?:seat|gate|swing|s))|(?:son|daughter|child"
        r"|kid|girl|boy) {gap}(?:hasnt|has not|not|never|didnt) (?:come|came) home"
        r"|{young} {gap}(?:being abused|abused|neglected|starving|being hit|being beaten"
        r"|molested|groomed|beaten)"
        r"|(?:hitting|beating|abusing|hurting|hits|beats|abuses|shaking|molesting|grooming"
        r"|shouting at and hitting) "
        r"(?:his |her |the |their |my |an? |young )?(?:\w+ )?{young}"
        r"|(?:child|kid|baby|girl|boy|children) {gap}(?:screaming|crying) {gap}(?:every night|for hours"
        r"|next door|alone|for help|in pain)"
        r"|(?:grab|snatch|abduct|take|kidnap|lure|follow)(?:ed|ing)? (?:an? |the |my )?(?:\w+ )?(?:child"
        r"|kid|girl|boy|son|daughter) {gap}(?:in ?to|van|car|away|$)"
        r"|tried to (?:grab|take|snatch|abduct) (?:an? |my )?(?:\w+ )?(?:child|kid|girl|boy|baby)"
        r"|asking (?:kids|children|girls|boys) to get"
        r"|found an? (?:\w+ )?(?:baby|toddler|child|small boy|little girl|little boy|small girl"
        r"|kid)(?! (?:seat|toys?|clothes))"
        r"|(?:uncle|dad|stepdad|step dad|mum|man|teacher) (?:touches|touched|hits|is hurting|hurts|beats"
        r"|is hitting) me"
        r"|i am (?:a child|an? kid|[6-9]|1[0-7])(?: years old| yrs)?(?: old)? and|(?:dont"
        r"|not) feel safe at home",
        rf"{PAST}|\b(?:pram|toys?|seat|clothes|play(?:ing)? (?:on|in) their own|if|could|nappies"
        rf"|shoes)\b.*\b(?:left|dumped)\b"
        r"|\b(?:sign|swing|gate|playground equipment|playing) (?:is )?missing|missing (?:sign|swing)"
        r"|dumped",
    ),
    (
        Danger.VIOLENCE,
        "stabbed stabbing stab knife knives knifepoint machete machetes gun guns gunshots gunshot shot"
        " shots shooting "
        "shooter beating beaten fight fighting attack attacked attacking hitting hits hit threatening"
        " threatened "
        "threaten kill killed killing mugged robbed assaulted assault raped rape bomb weapon weapons"
        " sword axe acid "
        "blade bats punched punching punch following followed screaming break breaking chasing robbing "
        "burgled intruder hammer strangling strangled kicking kidnapped pistol firearm crossbow domestic "
        "exposed exposing indecent indecently hostage",
        r"{be} {gap}stabbed|stab(?:bed|bing)? (?:\w+ )?{someone}|(?:got|been) stabbed|(?:a"
        r"|there is a) stabbing"
        r"|(?:with|w|waving|has|got|carrying|wielding|brandishing|flashing|pulled|holding|swinging) "
        r"(?:an? |a big )?{weapon}(?! (?:and|bin))|{weapon} (?:fight|attack)|(?:at )?knifepoint|at gunpoint"
        r"|gun ?shots?|gun shots|shots (?:fired|heard)|heard (?:\w+ )?shots|{be} (?:been )?shot(?!"
        r" (?:blast|glass|in the foot|of|to|away))"
        r"|drive by shooting|(?:there is|was) a shooting|{someone} {gap}shooting at"
        r"|(?:kid|man|boy|someone) {gap}gun around"
        r"|beat(?:ing|en)? {gap}{someone}(?: up)?|{someone} (?:is |are )?beating (?:me|him|her|his"
        r"|someone|up)"
        r"|(?:big|massive|huge|gang|street|knife|having a|a) (?:\w+ )?fight(?:ing)?(?: (?:going|with"
        r"|outside|in|between))"
        r"|{someone} (?:is |are )?fighting|(?:gang|men|man|someone|boys|youths|lads"
        r"|people) {gap}(?:attack(?:ing|ed)|assault\w+)"
        r" (?:an? )?{someone}|attacking {someone}|{be} {gap}(?:attacked|assaulted|mugged|robbed|raped"
        r"|strangled|kidnapped)"
        r"(?! by (?:rats|dogs?|seagulls?|birds|foxes|tree|nettles|brambles))"
        r"|(?:got|getting|been|being|was|just|were) (?:\w+ )?(?:mugged|robbed|raped)"
        r"|(?:is|keeps|kept|was) (?:hitting|punching|kicking|strangling|beating|threatening) "
        r"(?:an? |his |her |my |the )?(?:wife|girlfriend|partner|mum|mother|woman|me|her|him|husband"
        r"|girl|boyfriend)"
        r"|(?:husband|boyfriend|partner|wife|girlfriend|ex|dad|he|she) (?:hits|beats|punches|is hitting"
        r"|hurts) me"
        r"|threaten(?:ing|ed|s|ing me)? (?:to )?(?:kill|stab|shoot|rape|me|attack|hurt)"
        r"|going to (?:kill|stab|shoot|rape|murder) (?:him|her|me|us|them|someone)|punched (?:me|him|her"
        r"|a|my)"
        r"|(?:break|breaking|broken|get|getting) in ?to my (?:house|flat|home) (?:right )?(?:now|as)"
        r"|breaking in now"
        r"|trying to break in ?to (?:my|the|a|our) (?:house|flat|home|neighbours)"
        r"|(?:i am |am |being )(?:being )?followed(?! and)|following me|(?:threw|thrown|throwing)"
        r" acid|acid attack"
        r"|(?:a|there is) bomb(?! shelter)|bomb (?:in|at|threat|scare)|looks like a bomb"
        r"|{someone} {gap}screaming (?:for )?help|screaming for help|domestic (?:violence|abuse|going on)"
        r"|exposed himself|indecent(?:ly)? expos\w+|intruder",
        rf"{MIGHT}|{PAST}|battle|bomb (?:shelter|site|hole|crater|disposal)|bath bomb|bomb has|bombsite"
        rf"|dropped a bomb|plates"
        r"|(?:went|gone|been|hit) {gap}bomb|fighting (?:a losing|fit|for|with the council|against)"
        r"|(?:seagulls?|rats?|foxes|dogs?) "
        r"|every (?:night|day|weekend)|graffiti|vandal\w*|long shot|photo|picture|reported"
        r"|one day|as i caught|attracting|big shot|heart attack|(?:saw|screen) shot|screenshot|asbo"
        r"|nail gun|overgrown|hedge|plants?"
        r"|weeds|shrubs?|litter",
    ),
    (
        Danger.INJURY,
        "knocked hit collapsed unconscious bleeding breathing hurt injured seizure heart stroke trapped "
        "overdosed overdose broken choking ambulance passed drowning drowned river canal lake pond "
        "body run moving blood fallen fell wake fitting 999 ice up",
        r"{someone} {gap}(?:knocked (?:down|over|off)|hit by (?:an? |the )?(?:\w+ )?(?:car|bus|van|lorry"
        r"|train|tram|bike|taxi|truck))"
        r"|(?:fell|fallen) {wide}(?:cant|cannot|unable to|not able to) (?:get up|move|stand|walk)"
        r"|cant move my"
        r"|{someone} (?:has |have |had |just |has just )?(?:collapsed|passed out)(?! (?:wall|fence|drain))"
        r"|{someone} {gap}(?:collapsed|passed out) (?:in|on|at|outside)"
        r"|unconscious|unresponsive|lying on the (?:ground|floor|pavement|road) (?:not|and)"
        r"|{someone} {gap}not moving"
        r"|bleeding|blood everywhere|(?:not|isnt|stopped|cant|struggling) (?:\w+ )?breath(?:e|ing)"
        r"|{someone} (?:is |are |was |been |has been |is badly |badly |seriously |got |gets "
        r"|getting )+(?:hurt|injured)"
        r"|(?:somebody|someone|people) (?:hurt|injured)|(?:badly|seriously) (?:hurt|injured)"
        r"|having a (?:seizure|fit|stroke|heart attack)|(?:had|has had|having) a (?:heart attack|stroke"
        r"|seizure)"
        r"|{someone} {gap}trapped|trapped (?:under|in|inside)|overdosed|overdose"
        r"|broken (?:her|his|my|their|an?) (?:hip|leg|arm|ankle|wrist|neck|back|skull)|is choking"
        r"|(?:need|call|send|get|want) (?:an |for an |me an )?ambulance|(?:wont|not|cant) wake (?:up|him"
        r"|her)"
        r"|{someone} {gap}(?:fallen|fell|fall|is) (?:in|into|in to|through|thru) (?:the )?(?:river|canal"
        r"|lake|pond|water|ice|sea)"
        r"|drowning|drowned|body (?:in|on|under|by|at) the (?:river|canal|lake|water|pond|bushes|road"
        r"|woods|park)|dead body"
        r"|(?:got|been|just|was|is) (?:got |been |just )*run over|motorbike crash rider",
        rf"{PAST}|\b(?:could|might|may|would|will|if|before|until|risk|waiting|potential)\b"
        r"|\b(?:pothole|pot hole|tyres?|bumper|drain|bollard|sign|post|fence|railings?|lamp\w*"
        r"|dead (?:fox|cat|bird)"
        r"|hedgehog|cars? (?:was|were|been|are|get) (?:\w+ )?hit|litter|debris"
        r"|manhole|matter of time|luckily|because|try to get|get badly|going to (?:get|be)|avoid"
        r"|avoiding|feels?|flood|families"
        r"|having to get"
        r"|they are knocked|(?:they|trees?|bushes) collapsed|on \d+(?:st|nd|rd|th))\b",
    ),
    (
        Danger.ADULT_AT_RISK,
        "elderly old pensioner dementia alzheimers vulnerable disabled confused autistic carer carers"
        " nan gran "
        "grandad grandma sleeper homeless slave neighbour curtains woman man people sleeping",
        r"(?:not been|hasnt been|havent been|hasn t been|not) (?:seen|heard)(?: (?:of|from))? (?:for"
        r"|since|in|all) {gap}"
        r"(?:days?|weeks?|\w+day|ages|while)|(?:havent|have not|not) seen {wide}(?:neighbour|old|elderly"
        r"|lady|man|pensioner) {wide}"
        r"(?:days?|week|weeks|while|ages|since)|(?:no answer from|not answering) {wide}(?:neighbour|door"
        r"|elderly|worried)"
        r"|{frail} {wide}(?:wandering|lost|gone missing|missing|disoriented|doesnt know where|nightie"
        r"|walking (?:down|in|along) (?:the )?road|freezing"
        r"|is scared|exploited|abused|neglected|squalor|left with no)|missing {frail_person}"
        r"|confused {frail_person}|lost and confused"
        r"|(?:hitting|hurting|abusing|stealing from|robbing|bullying|beating|exploiting|neglecting"
        r"|taking money (?:off|from)) "
        r"(?:an? |the |my |her |his |our )?{frail}|carer {wide}(?:stealing|hitting|hurting|abusing"
        r"|shouting at)|abused by (?:his|her|their|my|a) carer"
        r"|(?:rough sleeper|homeless (?:man|woman|person|guy|lad)|sleeping outside|sleeping rough"
        r"|{someone} sleeping) {wide}"
        r"(?:freezing|not responding|unresponsive|very ill|looks ill|dying|might die|in the snow"
        r"|hypothermi\w+)"
        r"|(?:moved in ?to|taken over|cuckoo\w*) {wide}{frail}|cuckooing|kept as (?:an? )?slave"
        r"|modern slavery"
        r"|held against (?:their|his|her|my) will|kept locked|locked up in|(?:bullied out)"
        r"|(?:trafficked|being exploited)|{frail_person} {gap}(?:being )?(?:hit|beaten|abused|bullied"
        r"|exploited|starved)",
        r"\b(?:parking|bay|badge|sign|toilet|bins? (?:not|hasnt|havent)|dog|cat)\b"
        r"|pavement blocked|street cleaner|sweeper|lorry|occasions",
    ),
    (
        Danger.FLOOD,
        "water flooded flooding floods flood sewage underwater toilet river brook burst",
        r"(?:water|sewage) {wide}(?:in ?to|in|entering|through|inside|at|under|getting in|up through) "
        r"(?:my|our|the|their|peoples|her|his|neighbours|your|a|ground floor|resident\w*)? ?(?:\w+ )?{home}"
        r"|(?:water|sewage) (?:is |now |is now |are )?(?:coming|pouring|rushing|getting|going|flowing"
        r"|leaking|entering) "
        r"(?:in|in ?to|through|under|down|entering)? ?(?:the |my |our |their )?(?:\w+ )?(?:{home}"
        r"|ceiling|light fitting|homes|houses)"
        r"|{own_home} {gap}(?:is |are |has |have |being |being |is being |keeps? "
        r"|been )+(?:\w+ )?(?:flood(?:ed|ing)|under ?water|filling)"
        r"|{own_home} (?:flood(?:ed|ing)|under ?water)|flood(?:ed|ing) (?:in|into|my|our|their"
        r"|peoples) (?:my |our |the )?"
        r"(?:house|houses|home|homes|flat|flats|basement|cellar|living room|kitchen|property|properties)"
        r"|flooded (?:house|home|flat|basement)"
        r"|flooded out(?! (?:of|on))|trapped by {gap}(?:water|flood)"
        r"|flood water {wide}(?:people|door|house|homes|trapped)"
        r"|burst (?:its|it is|the) banks {wide}(?:houses?|homes?|gardens?)"
        r"|{someone} {gap}stuck in {gap}flood|stuck in (?:the )?flood"
        r"|(?:over|burst) {wide}(?:nearly |almost )?in (?:the |our |my )(?:house|home)"
        r"|whole estate {wide}flood\w+|water {gap}(?:coming|pouring|leaking|through) {gap}(?:ceiling"
        r"|light fitting)",
        rf"{PAST}|\b(?:risk|could|might|may|if|would|potential|prevent|connection|third time"
        rf"|when it rains|every time|whenever"
        r"|in the past|heavy rain\w*|danger of"
        r"|previous|previously|last (?:year|month|winter|night|week)|ago|opposite|outside (?:the|my|our"
        r"|number|no)|bin store|(?:bowling|golf) club"
        r"|flood ?lights?|toilet (?:block|is blocked)|pavement|carriageway|front of|past|gully|gullies)\b",
    ),
    (
        Danger.COLLAPSE,
        "collapse collapsed collapsing falling fall fallen fell wall sink hole chimney bricks masonry"
        " roof balcony "
        "scaffolding cladding glass tree crashing crane down way",
        r"{building} {gap}(?:is |are |has |have |just |about to |going to |partly |partially "
        r"|completely |could |might |will )+(?:\w+ )?"
        r"(?:collaps(?:e|ed|ing)|fall(?:en|ing)?(?! (?:leaves|apart slowly))|fell|come down|given way"
        r"|giving way)"
        r"|{building} (?:partly |partially )?(?:collaps(?:e|ed|ing)|fell down|fallen (?:down|off|over"
        r"|on\w*)|about to (?:collapse|fall|go|come))"
        r"|(?:collapsed|collapsing|falling) (?:building|house|chimney|scaffolding|balcony|bridge|roof)"
        r"|(?:part of|bits of) the (?:roof|building|wall|ceiling) (?:has |have |is )?(?:come|coming"
        r"|fallen|falling)(?: down| off)?"
        r"|sink hole {gap}(?:opened|opening|big enough|swallow\w+|in the road big)|hole opened up"
        r"|tree (?:has |just )?(?:fell|fallen|come down|crashed) (?:on|onto|on to|into|across) "
        r"(?:an? |the |my |our |their |someones )?(?:\w+ )?(?:house|home|car|roof|van|school|person"
        r"|people|man|woman|building|flat|flats)"
        r"|tree {gap}(?:about to|going to|is going to) (?:fall|come down|go|collapse)"
        r"|(?:bricks?|masonry|roof tiles|tiles|slates|cladding|glass|render|concrete|stonework"
        r"|stones) {gap}(?:is |are )?"
        r"(?:falling|crashing|coming|dropping) (?:down|off|from|onto|on to|out)"
        r"|wall {wide}leaning {wide}(?:any minute|any second|about to|dangerously over)|(?:fall|collapse"
        r"|come down) (?:any|at any) (?:minute|second|moment)",
        rf"{PAST}|\b(?:if|nothing to do|falling apart|storm|road is collaps\w+|collapse by|drain cover"
        rf"|manhole|gull(?:y|ies)|gutter|risk of|graffiti|leaves|dry stone"
        rf"|fence panels?|poster|branch(?:es)? fallen)\b",
    ),
    # what the rows above do not say in so many words
    (
        Danger.SELF_HARM,
        "jump jumping jumped jumps ending suicidal overdose myself harm noose ledge wrists hang hanged"
        " alive living",
        r"(?:bridge|roof|ledge|rooftop|car park|multi ?storey|cliff|parapet|balcony|railway|tracks"
        r"|window) {wide}(?:to jump|jumping|jump off|throw)"
        r"|(?:going|want|wants|wanting|trying|threatening|about|threatens|ready) to jump(?! (?:over|up"
        r"|on|the|through|in|out))"
        r"|ending (?:my|his|her|their|it all)|(?:slit|slash\w*) (?:my|his|her|their) wrists?|cut my"
        r" wrists?|a noose"
        r"|on the ledge"
        r"|(?:hurt|harm|kill) (?:my ?self|him ?self|her ?self)|(?:tired of|sick of|dont deserve"
        r"|no reason|cant keep) (?:to )?(?:living|live|being alive)(?! (?:in|with|here|next|like|at"
        r"|on|near|among))"
        r"|throw (?:my ?self|him ?self|her ?self)|dont want to (?:wake up|be around|carry on|exist)",
        r"\b(?:skate|bmx|bikes?|kids jump\w*|boys jump\w*|suicide bridge)\b",
    ),
    (
        Danger.FIRE,
        "flames blaze blew blown burning smoke fire inferno bonfire torched burns",
        r"in flames|(?:a|big|huge|massive|there is) blaze|(?:(?:has|just|have) blown|blew)"
        r" up(?! (?:my|the|whole) (?:tyre|balloon))"
        r"|(?:it is|still|is now|is) burning(?: (?:now|badly|inside|out|fast))?$|inferno|(?:has|have"
        r"|just|been|being|is|are) torched|burning down"
        r"|house fire|smoke (?:is |are )?(?:everywhere|from|in|inside)"
        r"|(?:started|starting|lit|lighting|setting|set|light) (?:a |an |some )?(?:big )?fires?(?: in|$"
        r"| by| on| near| at| under| next)|(?:bonfire|fire) (?:is )?(?:out of control|getting (?:bigger"
        r"|closer|near))"
        r"|smell(?:s)? (?:of )?burning (?:in|from|plastic|electr\w*)",
        rf"{PAST}|{MIGHT}|\b(?:every (?:week|weekend|night|day)|cigarettes?|weed|cannabis|exhaust"
        rf"|barbecue|bbq|factory|chimney|wood burner|log burner"
        r"|always|often|regular\w*|constantly|keeps?|neighbours?|garden waste|damage\w*|scorch\w*"
        r"|remains|leaves|rubbish burning|burning rubbish|fireworks?)\b",
    ),
    (
        Danger.GAS,
        "gas fumes",
        r"(?:hit|hits|damaged|broke|ruptured|snapped|dug through|gone through|punctured"
        r"|struck) {gap}gas(?: (?:main|pipe|line|supply))"
        r"|gas (?:is )?(?:pouring|blowing|hissing|rushing|whistling)|(?:hissing|whistling) {gap}gas"
        r"|gas explosion|overcome by fumes|feel sick {gap}gas"
        r"|gas everywhere|can (?:still )?smell {gap}gas",
        rf"\b(?:laughing|nitrous|tear|exhaust|canisters?|bottles?)\b|{PAST}",
    ),
    (
        Danger.ELECTRICITY,
        "wires wire cables cable shock electric shocked zapped electricity sparks sparking electrics pylon",
        r"(?:live |loose |electric |electrical |power )?(?:wires|wire|cables|cable|electrics) (?:is "
        r"|are |were |has |have |all |just )*(?:hanging|dangling|on show|sticking out|coming out"
        r"|poking out|hung|showing|touching|on the floor)"
        r"|{lamp} {wide}(?:shock|electrics|live)|(?:an electric|electric|got a|got"
        r"|getting) shock|zapped|(?:wires|cable|cables) {gap}(?:down|fell|fallen|snapped|came down"
        r"|come down) (?:on|in|across|over)"
        r"|(?:wires|cables|electrics) {gap}(?:kids|children) (?:can|could)",
        rf"\b(?:telephone|phone|bt|openreach|broadband|fibre|internet|telecoms?|cctv|charging|charger|ev"
        rf"|speaker|tv|christmas|lights? (?:wire|cable)s?|fence|fencing"
        rf"|barbed|bags?|dumped|tipped|old|overgrown|trees?|branches|shock ?absorbers?|in shock|culture"
        rf"|dangling from a tree|vodafone|cable tie[sd]?|hedge|virgin|shocking|disgust\w*)\b|{PAST}",
    ),
    (
        Danger.VIOLENCE,
        "beat beaten beating breaking kill murder murdered fight fighting burglar burglars burgling"
        " knife gun machete stab chasing raping grabbed threatening "
        "strangle attack attacking sword shoot bomb hostage robbery smashing domestic",
        r"{someone} {gap}(?:beaten|beat) up|beat(?:en|ing)? {gap}up|(?:is|are|someone|somebody|people"
        r"|men|man|lads|they) (?:\w+ )?breaking in(?:to (?:a |the |my |our |next |someones "
        r"|neighbours )+|$)(?!the council)"
        r"|(?:will|gonna|going to|wants to|trying to|threatened to|threatens to|says he will|is) (?:kill"
        r"|murder|stab|shoot|strangle) (?:me|us|him|her|them|my|his|someone|people)"
        r"|(?:burglars?|intruders?|robbers?) (?:\w+ )?(?:in|are|is|at|trying|inside|next)"
        r"|(?:being )?(?:held )?hostage|armed (?:robbery|men|man|gang|robbers)"
        r"|(?:man|woman|men|lads|boys|girls|people|kids|youths|neighbours|they|couple|teenagers"
        r"|gang) {gap}fighting|chas(?:ing|ed) {gap}(?:with|me|someone|a (?:boy|girl|lad|man|woman|kid))"
        r"|(?:grabbed|groped|strangled|followed) (?:me|a (?:girl|woman|kid))|threatening {gap}(?:people"
        r"|me|us|staff|my|her|him|passers)|{weapon} (?:attack|on him|on her|in his hand|out)"
        r"|domestic (?:next|upstairs|downstairs|above)|(?:really )?violent(?:ly)? (?:to|towards|argument"
        r"|man|fight)|{someone} {gap}(?:being|getting) (?:attacked|mugged|robbed|stabbed|raped"
        r"|threatened|assaulted)",
        rf"{PAST}|\b(?:every (?:night|day|weekend|time)|seagulls?|rats?|foxes|foxs?|dogs?|battle|pothole"
        rf"|potholes|one day|tree|trees|signs?|bins?|bags|graffiti|losing|bit of|could|might|if"
        r"|drivers?|cyclists?|before|traffic|cars|road|speeding|breaking into (?:bits|pieces)|vandal\w*"
        r"|vans?|garden|sheds?|bushes|out of control)\b",
    ),
    (
        Danger.INJURY,
        "fall fallen fell lying labour chest bleeding concussed crushed head hurt injured broke broken"
        " cant crash crashed knocked fainted fit blood "
        "ambulance paramedics paramedic defib cpr breathe pulse heart stuck stung drowning impaled birth",
        r"(?:fall|fallen|fell|tripped|slipped) {wide}(?:cant|cannot|unable to|couldnt) (?:get up|stand"
        r"|move|walk|get back up)|{someone} {gap}(?:lying|laying|laid|passed out|slumped) {gap}(?:in|on"
        r"|by) (?:the )?"
        r"(?:road|ground|floor|pavement|street|grass|path|doorway|stairs|middle)(?! (?:sleep|drunk))"
        r"|chest pains?|in labour|giving birth|having a baby"
        r"|(?:hit|banged|cracked|split|smashed) (?:his|her|their) head|(?:been |got |is )(?:crushed"
        r"|concussed|impaled)|has fainted|having an? (?:fit|asthma attack|allergic reaction|epileptic)"
        r"|no pulse|doing cpr|(?:cant|not able to|struggling to) breathe|(?:get|need|send|call|phone"
        r"|want) (?:\w+ )?(?:paramedics?|an? ambulance)|pouring with blood|covered in blood"
        r"|losing (?:a lot of )?blood"
        r"|{someone} {gap}(?:hit|run over|knocked (?:down|off|over)|mown down) by|(?:car|bus|van|lorry"
        r"|motorbike|bike) (?:has |just |has just )?(?:hit|knocked down|run over|ran over|crashed into) "
        r"(?:an? |my |the )?(?:\w+ )?(?:kid|child|boy|girl|man|woman|lady|person|pedestrian|cyclist"
        r"|someone|people)|bad (?:car )?(?:crash|accident) (?:at|on|in|just|outside|with)",
        rf"{PAST}|\b(?:could|might|may|would|if|before|until|risk|waiting|potential|someone will"
        rf"|will (?:be|get)|pothole|potholes|pot|slabs?|rubbish|mattress|sofa|bags|tree"
        r"|sign|bollard|fence|litter|going to|bike|drunk|sleeping|pavement (?:is|was)|uneven|kerb|branch"
        r"|flood|so far|times|several|many|number of|due to|because|matter of time|luckily|because"
        r"|try to get|leaves|damaged)\b",
    ),
    (
        Danger.CHILD,
        "child children kid kids baby toddler boy girl girls boys lad daughter son schoolgirls"
        " schoolgirl pupils pupil",
        r"{young} (?:is |are |who is |thats |looks |seems )?(?:all )?lost(?! (?:property|football|ball))"
        r"|follow(?:ing|ed|s) {gap}(?:school|young|schoolgirls?|girls?|children|kids|boys)"
        r"|{young} {gap}(?:left|abandoned|dumped) {gap}(?:outside|doorstep|alone|unattended|by (?:itself"
        r"|himself|herself|themselves))|(?:stranger|man|bloke|guy) {gap}(?:talking to|approaching"
        r"|offering sweets|filming|photographing"
        r"|taking (?:photos|pictures) of|touching|grabbing) {gap}(?:kids|children|child|girls?|boys?"
        r"|pupils)|{young} {gap}(?:crying|screaming|sobbing) {gap}(?:alone|lost|hit|help|for (?:mum"
        r"|mummy|his|her|its))"
        r"|{young} {gap}(?:climbing|hanging|sitting) {gap}(?:window|ledge|railway|track|roof)|(?:hits"
        r"|hit|beats|hurts|abuses|starves|shakes|smacking|slapping|punching|kicking|neglecting|neglects) "
        r"(?:his|her|their|the|a|an|that) (?:\w+ )?(?:kids?|children|child|baby|son|daughter|little \w+"
        r"|toddler|step\w+)|{young} {gap}(?:bruises|bruised|burns) {gap}(?:all over|face|arms|body|covered)"
        r"|{young} {wide}starving|child abuse|child neglect|sexual(?:ly)? abus\w+|{young}"
        r" {gap}(?:kidnapped|abducted|snatched"
        r"|stolen from|taken by)",
        rf"{PAST}|\b(?:if|could|will hit|would|sign|signs|toys?|clothes|seat|pram|buggy|shoes?|bikes?"
        rf"|scooters?|dumped"
        rf"|hits (?:his|her) (?:head|foot|knee)|head|knee|ball)\b",
    ),
    (
        Danger.ADULT_AT_RISK,
        "elderly old pensioner dementia alzheimers vulnerable disabled nan gran grandad grandma mum"
        " neighbour homeless sleeper lady carer carers blind confused "
        "neighbours oap beggar",
        r"{frail} {wide}(?:hurt|hit|beaten|robbed|conned|scammed|starved|abused|neglected|attacked"
        r"|threatened|bullied|exploited|tricked|trapped) (?:by|out of|in)"
        r"|(?:old|elderly) (?:neighbour|neighbours) {wide}(?:not|hasnt|havent|isnt|wont|no) (?:been "
        r"|answer\w* |open\w* |seen |any )|(?:no sign of|cant get hold of|worried about) {gap}"
        r"(?:elderly|old|neighbour|nan|grandad)|{frail} {wide}(?:night ?clothes|pyjamas|nightgown"
        r"|dressing gown|slippers|bare ?foot|in distress|lost|no heating|no food|starving|not eating"
        r"|cant cope)"
        r"|(?:homeless|rough sleeper|beggar) {wide}(?:freez\w+|froze|hypotherm\w+|dying|not moving"
        r"|unwell|very ill|poorly|blue|dead)|{frail_person} {wide}(?:lives? in filth|no water|screaming"
        r"|crying for help|calling for help)"
        r"|(?:someone|neighbour|man|woman) (?:locked|kept|trapped) {gap}(?:in|against)",
        rf"{PAST}|\b(?:bins?|parking|pavement|slabs?|bay|badge|sign|street ?lights?|lamp|dog|cat|rubbish"
        rf"|crossing|walk(?:ing)? past|bus stop|drain|trips?|tripped|fall over|potholes?)\b",
    ),
    (
        Danger.FLOOD,
        "water river brook stream sea sewage flood flooding flooded floods poo sewer basement cellar",
        r"(?:water|river|brook|stream|sea|flood|sewage|poo|it is|drain|toilet|sewer) {wide}(?:into"
        r"|inside|in|through|up to|at|entering|under) (?:the |our |my |peoples |peoples|their |some "
        r"|ground floor |all the )*"
        r"(?:houses|homes|house|home|flat|flats|living room|kitchen|front door|doorstep|front room"
        r"|lounge|hallway|shops|care home|ground floor|basement|cellar|bedroom|bathroom|shower)"
        r"|(?:my|our|the|his|her) (?:\w+ )?(?:house|home|flat|basement|cellar|kitchen|bathroom"
        r"|ground floor|living room|bungalow|ceiling) {gap}(?:flood\w*|under water|underwater"
        r"|full of (?:water|sewage)|filling up)"
        r"|water {gap}(?:rising|coming in|getting in|pouring in|gushing in|nearly in|rushing in)|(?:we"
        r"|they|neighbours|people) {gap}(?:being |been |are |getting )flooded|(?:stuck|stranded"
        r"|trapped) {gap}flood\w*",
        rf"{PAST}|\b(?:risk|if|would|potential|prevent|every time|whenever|when it rains|heavy rain\w*"
        rf"|worried|concerned|danger of|could|might|may|opposite|outside|bins?|running|runs|tap|taps"
        r"|drive|driveway|front of|garden|road (?:is|floods)|lake|near|since|long time|previous\w*"
        r"|connection|meter|past|cups?|bottles?|park|cause[sd]?|causing|due to|leading|path|footpath"
        r"|the road|years?|months?|weeks?)\b",
    ),
    (
        Danger.COLLAPSE,
        "scaffold scaffolding collapsed collapse collapsing chimney crumbling falling fell fallen tree"
        " wall roof bricks tiles slates building masonry hole sinkhole bridge ceiling crane cracked",
        r"scaffold\w* {gap}(?:down|fallen|fell|falling|collaps\w+|loose|leaning|about to|coming)"
        r"|road {gap}collapsed {wide}(?:massive|huge|big|giant|enormous|deep) (?:hole|void|crater)"
        r"|(?:massive|huge|giant|big) (?:hole|sink ?hole|void) {gap}(?:opened|opening|appeared"
        r"|swallow\w+) {gap}(?:road|street|garden|car|pavement)?"
        r"|(?:chimney|wall|roof|building|bridge|ceiling|balcony|crane|gable end|parapet|canopy|porch"
        r"|steps|stairs|facade) {gap}(?:looks? like|about|going|ready|will) {gap}(?:fall|collapse"
        r"|come down|give way|topple|cave in|go any)"
        r"|(?:bits|parts|chunks|lumps|pieces|bricks|tiles|slates|part|half|some"
        r"|lots) (?:of )?(?:\w+ ){{0,3}}(?:building|roof|wall|chimney|balcony|tower|ceiling|bridge"
        r"|masonry|church|house|facade)? ?(?:are |is |have |has |keep )?"
        r"(?:falling|fallen|fell|coming|came|come|dropping|crashing) (?:off|down|onto|on to|on the)"
        r"|(?:tree|trees|branch|big branch|bough) {gap}(?:fell|fallen|come down|came down|crashed|down"
        r"|landed|gone) {gap}"
        r"(?:on|onto|on to|through|into) (?:an? |my |our |the |someones? |someone |neighbours "
        r"|peoples? )*(?:\w+ )?(?:car|cars|house|roof|home|person|man|woman|people|kids?|power lines?"
        r"|van)|(?:floor|roof|ceiling|wall) (?:has )?caved in"
        r"|(?:wall|roof|ceiling|chimney|balcony|porch) (?:just |has |has just )?(?:fell|fallen|come"
        r"|came) (?:down|in|over|off|on)",
        rf"{PAST}|\b(?:drain cover|manhole|gutter|risk of|graffiti|leaves|dry stone|fence|fencing|poster"
        rf"|road surface|pothole|if|storm|falling apart|plaster|paint|tape|falling into disrepair|stuff"
        rf"|stones|tarmac"
        r"|leaf|litter|rubbish|kerb|old|garden wall|park wall|stone wall)\b",
    ),
    # wide nets: who, and what happens to them, a few words apart
    (
        Danger.SELF_HARM,
        "sat sitting standing stood climbing climbed hanging end cope carry edge ledge railings",
        r"(?:sat|sitting|standing|stood|climbing|climbed|hanging) {gap}(?:the |a )?(?:edge|ledge"
        r"|railings|parapet|outside of the (?:bridge|railings)) {wide}(?:roof|bridge|car park"
        r"|building|flyover|river|train|station|cliff|tower)"
        r"|(?:sat|sitting|standing|stood) on the (?:edge|ledge)|(?:want|need|ready|going|trying) to"
        r" end (?:it|this|my|things|everything|all)(?: all| life| now| tonight)?$"
        r"|(?:i|she|he|really|just) cant (?:go on|carry on|cope|take it)(?: like this)?(?: any ?more|"
        r" any longer)?$",
        "",
    ),
    (
        Danger.FIRE,
        "smoke fire fires",
        r"smoke {wide}(?:doors?|windows?|roof|flat|house|building|stairs|stairwell|hall|hallway"
        r"|corridor|lift|ceiling|loft|shop|school)"
        r"|(?:kids|boys|lads|youths|teenagers|someone|people|they|children|gang) {gap}(?:lighting"
        r"|starting|setting|lit|started) {gap}fires?",
        rf"{PAST}|{MIGHT}|\b(?:smoke (?:alarms?|detectors?|vents?|shop)|cigarettes?|weed|cannabis"
        rf"|smell|smells|bonfires?|burner|every|always|vape|smoking|keeps?|barbecue|bbq|regularly"
        rf"|often|remains)\b",
    ),
    (
        Danger.GAS,
        "gas",
        r"gas (?:pipe|main|line|meter) {gap}(?:snapped|split|bust|broke|broken|open|cut|hit|smashed"
        r"|damaged|leak\w*|hole)",
        rf"{PAST}|\b(?:canisters?|bottles?|board|cover|boxes|works|patch|reinstate\w*|trench|potholes?)\b",
    ),
    (
        Danger.VIOLENCE,
        "kicking punching hitting stamping beating dragging dragged strangling grabbing attacking"
        " stabbing slapping kicked punched stamped "
        "hurting grabbed forced hurting kick break breaking smash smashing threatened attacked"
        " hitting bashing"
        " robbed robbing",
        r"(?:kicking|punching|hitting|hurting|stamping on|beating|dragging|strangling|grabbing|attacking"
        r"|stabbing|slapping|bashing|robbing|threatening) {victim}"
        r"|{victim} (?:\w+ )?(?:being|getting|been|was|got|is) (?:\w+ )?(?:dragged|kicked|punched"
        r"|stamped on|grabbed|forced|beaten|attacked|robbed|threatened|bashed)"
        r"|(?:break|breaking|kick|kicking|smash|smashing|bash|bashing|batter\w*) {gap}(?:my|our)"
        r" (?:\w+ )?(?:door|windows?)(?: down| in)?",
        rf"{PAST}|{MIGHT}|\b(?:every (?:night|day|weekend|time)|seagulls?|rats?|foxes|dogs?|branch\w*"
        rf"|trees?|roots?|balls?|football|council|parking|drivers?|speeding|bins?|cars|scooters?|bikes"
        rf"|vandal\w*|kids kick)\b",
    ),
    (
        Danger.INJURY,
        "hit struck knocked run broke fractured dislocated fallen fell falls unresponsive waking"
        " wake choked crushed electrocuted burned burnt stung",
        r"{victim} (?:has |have |had )?(?:just |been |is |was |got |getting )+(?:\w+ )?(?:hit|struck"
        r"|knocked (?:down|off|over)|run over|crushed|mown down)"
        r"|(?:broke|broken|fractured|dislocated) (?:her|his|their|my) (?:hip|leg|arm|ankle|wrist|neck"
        r"|back|skull|pelvis)"
        r"|{victim} (?:has |have |just |has just |is )+fall(?:en|ing) (?:off|from|down|into|through"
        r"|in|out)|{victim} fell (?:off|from|out of|down the) (?:a |the )?(?:\w+ )?(?:roof|ladder"
        r"|scaffold\w*|window|stairs|balcony|wall|bridge|platform)"
        r"|(?:not|isnt|wont) (?:waking|wake|responding)(?: up)?$|not responding|unresponsive",
        rf"{PAST}|\b(?:could|might|may|would|if|before|until|risk|waiting|potential|someone will"
        rf"|pothole|potholes|pot|slabs?|sign|bollard|pavement|uneven|kerb|so far|times|several|many"
        rf"|due to|because|footpath|path"
        r"|when|caught|button|sensor|sensors|lights?|email|emails|council|council is|complaint|report"
        r"|reported|trip hazard|tripped|mud|steps|holes?|tarmac|bikes? over|going to|nearly been"
        r"|trees? are)\b",
    ),
    (
        Danger.ADULT_AT_RISK,
        "asleep sleeping lying collapsed freezing snow frost",
        r"(?:man|woman|someone|person|lady|guy|bloke|homeless|sleeper) {gap}(?:asleep|sleeping|lying"
        r"|collapsed|sat|outside) {gap}(?:snow|freezing|frost|ice|minus|sub zero)",
        PAST,
    ),
    (
        Danger.FLOOD,
        "ceiling water river sewage stream brook",
        r"ceiling {gap}(?:pouring|gushing|flooding|leaking badly|bulging)|(?:water|river|sewage"
        r"|stream|brook|flood) {wide}(?:through|up through|out of|up) (?:the |my |our )?(?:\w+"
        r" )?(?:floor|floorboards|ceiling|toilet|sink|shower|bath|plughole|walls|letterbox)",
        rf"{PAST}|\b(?:public toilets?|toilet block|park|pavement|car park|station|underpass|subway"
        rf"|bus|shelter|bridge|could|might|may|if|risk|market)\b",
    ),
    (
        Danger.COLLAPSE,
        "sink sinkhole falling fallen collapsed caving caved fell crumbled collapsing down",
        r"sink hole {wide}(?:cars? (?:is |has |fell|fallen|in)|van (?:is|has|fell)|someone|swallow\w*"
        r"|fell in|fallen in)|(?:car|van|bus|lorry|man|woman|someone) {gap}(?:in|into|down) {gap}sink hole"
        r"|{building} {gap}(?:falling|fallen|caving|caved|fell|crashed|collapsed|crumbled|come down"
        r"|came down) (?:in|into|onto|on to|down on|on)(?: |$)",
        rf"{PAST}|\b(?:graffiti|leaves|leaf|branch\w*|dry stone|fence|fencing|poster|if|plaster|paint"
        rf"|tape|tiles? missing|rubbish|litter|mud|stones?|old|parts?|drain|pothole|manhole|sign|my"
        rf" (?:foot|leg)|disrepair|storm)\b",
    ),
)

RULES: tuple[Rule, ...] = tuple(_rule(*row) for row in _ROWS)
"""All rules, gravest kind first."""
