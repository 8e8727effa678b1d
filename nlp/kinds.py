"""What sort of message it is: tables of patterns, tried in order; a report is what remains.

The tables only say what a message looks like. Whether a message that looks like a question or
small talk is a report after all depends on what it is about, which ``nlp.reader`` weighs in.
"""

import re
from dataclasses import dataclass

from casework.understanding import Kind
from nlp.spelling import words_of

LONGEST = 1000
"""Characters that are looked at: the kind shows early."""

PIECES: dict[str, str] = {
    "reference": r"[a-z]{1,4}[- ]?[2-9cfghjmpqrvwx]{3}[- ]?(?=[a-z]*\d"
    "|[2-9cfghjmpqrvwx]{3}\b)[2-9cfghjmpqrvwx]{3}",
    "hello": r"(?:(?:hi|hello|hey|hiya|helo|morning|afternoon|evening|good|dear|sir|madam|all|council"
    "|team|yo|please|pls"
    r"|sorry|excuse|me|there|mate|folks|and|but|just|so)\b[\s,.!-]*)*",
    "thanks": r"(?:thanks|thank you|thankyou|thank u|thx|thanx|thnx|tnx|cheers|much appreciated"
    "|many thanks|diolch)",
    "bin": r"(?:bins?|recycling|rubbish|refuse|garden waste|food waste|bin collection|collection)",
    "councillor": r"(?:councillors?|councilors?|counsellors?|cllrs?|mayor)",
    "staff": r"(?:officers?|staff|employees?|staff member|bin ?m[ae]n|dust ?m[ae]n|wardens?|workers?"
    "|operatives?|crew"
    r"|receptionist|call handler|street sweeper|caretaker|inspector|workman|workmen"
    r"|(?:council|your|lorry|bin|sweeper|van|truck|refuse) (?:drivers?|man|men|guys?|lads?|lady|woman"
    r"|person))",
    "misdeed": r"(?:rude|abusive|aggressive|swearing|swore|sworn|shouted|shouting|threatening|threatened"
    "|drunk"
    r"|unprofessional|dishonest|racist|sexist|unhelpful|lazy|asleep|insulting|insulted|nasty|disrespectful"
    r"|hung up|laughed at|spat|verbally abused|called me|gave me the finger|lied|liar|lying|corrupt\w*"
    r"|bull(?:y|ied|ying)"
    r"|ignor(?:es?|ed|ing)|useless|bribe[sd]?|never (?:replies|answers|responds|turns up|listens"
    r"|bothers)|misconduct"
    r"|(?:wont|doesnt|did not|didnt|hasnt) (?:repl|answer|respond|listen|help)\w*|smoking weed|harass\w*)",
    "mended": r"(?:fixed|collected|cleared|cleaned|done|moved|removed|sorted|repaired|resolved|emptied"
    "|mended|dealt with"
    r"|picked up|seen to|gone|taken away|replaced)",
    "it": r"(?:it|its|it is|this|this is|that|thats|they|theyre|they are|the problem|the issue|the mess"
    "|problem|all of it"
    r"|everything|everythings|and|but|well|hi|hello|sorry|oh|omg|look|guess what|same)",
}

_ROWS: tuple[tuple[Kind, bool, tuple[str, ...]], ...] = (
    (
        Kind.OPT_OUT,
        True,
        (
            r"^\W*(?:please |pls )?(?:stop|stopall|stop all|stop it|stop now|unsubscribe|unsub"
            r"|opt ?-?out|quit|remove me)"
            r"(?: please| pls| now)?\W*$",
            r"\b(?:stop|quit|dont|do not|no more|cease) (?:sending|texting|messaging|txting|contacting"
            r"|bothering|emailing"
            r"|send|text|message|contact) (?:me|us|these|this|texts|messages|to me|to this|any)\b",
            r"\b(?:unsubscribe|opt me out|opt out of|remove my number|remove me from|take me off (?:your"
            r"|this|the) list)\b",
            r"\b(?:stop (?:the|these|all|your)|no more) (?:texts?|messages?|msgs?|spam|notifications)\b",
            r"\bi (?:dont|do not) want (?:any more|these|your|to get|to receive|any) (?:texts?|messages?"
            r"|msgs?|updates)\b",
        ),
    ),
    (
        Kind.SPAM,
        False,
        (
            r"\b(?:youve won|you have won|you won|been selected (?:to|for)|claim your|free entry"
            r"|cash prize|prize draw)\b",
            r"\bguaranteed (?:cash|prize|award|returns?)\b|\bwon an? ?[£$€]|\bcongratulations you"
            r"|\bwin (?:an? )?[£$€]",
            r"\b(?:limited (?:time )?offer|click (?:here|this|the link|below) to|bit\.ly|tinyurl|t\.me/)",
            r"\b(?:bitcoin|crypto(?:currency)?|forex|ethereum|nfts?|airdrop)\b|\b(?:payday|instant|quick"
            r"|business) loans?\b",
            r"\bloans? (?:offer|approved|of up|available|at low)|\b(?:make|earn) (?:easy |fast |quick "
            r"|big )?money\b",
            r"\bearn (?:up to )?[£$€]|\bwork from home and earn|\b(?:online )?casino\b|\bfree spins\b"
            r"|\bviagra\b|\bhot singles\b",
            r"\bbonus (?:code|points|caller)|\badult chat\b|\bsex ?chat\b|\bringtones?\b|\bpolyphonic\b"
            r"|\btxt \w+ to \d{4,6}",
            r"\btext \w+ to \d{4,6}|\bcall (?:now )?09\d{6,}|\b150p|\bp(?:er)? ?msg\b|\bseo services\b"
            r"|\bfirst page of google\b",
            r"\bweb ?site traffic\b|\bbacklinks\b|\binvestment opportunit|\bdouble your (?:money"
            r"|investment)|\bprize guaranteed",
            r"\byour (?:bank account|account|parcel|package|card) (?:has been|is|was) (?:suspended|held"
            r"|on hold|locked|limited)",
            r"\btelegram channel\b|\bearn daily\b|\blose weight\b|\bweight loss\b|\binheritance fund\b"
            r"|\bgift ?card\b.{0,30}\bfree\b",
            r"\bfree (?:iphone|ipad|gift ?card|trial|msg|phone)\b|\burgent\b.{0,60}\b(?:prize|won|award"
            r"|account statement)\b",
        ),
    ),
    (
        Kind.STATUS,
        False,
        (
            r"\b(?:any|is there any|is there) (?:news|updates?|progress|word|developments?)\b(?! sign)",
            r"\b(?:status|progress|update|news) (?:of|on|for|about|re|with) (?:my|this|our|the|a)? ?"
            r"(?:\w+ ){0,2}(?:report|case|complaint|request|reference|ref|{reference})\b",
            r"\bwhat(?:s| is| has|ever)? ?(?:happening|happened|going on|the status|the latest|the story)"
            r" (?:with|to|about|of|on) (?:my|our|the|that|this) (?:\w+ ){0,2}(?:report|complaint|case"
            r"|request|ticket|one i|i reported)",
            r"\bwhat(?:s| is| has) (?:happening|happened|going on) (?:with|to|about) {reference}",
            r"\bwhere (?:is|are|has|have) (?:my|our) (?:\w+ )?(?:reports?|case|complaint|request)\b",
            r"\b(?:check|checking|track|chase|chasing|chased)(?: up)?(?: on)? (?:my|a|our"
            r"|the) (?:\w+ )?(?:report|case|complaint|request)\b",
            r"\bhave (?:you|they) (?:{mended}|looked at|dealt with|received|got|seen) (?:it|my|that"
            r"|this)(?: \w+)? ?(?:yet|report|message|complaint)\b",
            r"\bhave (?:you|they) {mended} (?:it|that|this)\W*$|\bhas anything been done\b"
            r"|\bhas any ?(?:one|body) (?:been|looked|come)\b",
            r"\bwhen (?:will|is|are) (?:it|you|this|that|they|my (?:report|problem|one))(?: going to"
            r"| gonna)? ?(?:be |get )?"
            r"(?:{mended}|fix|sort|repair|clear|collect|coming|come|fixing)\b",
            r"\bhas (?:it|my (?:report|complaint|message)|this|that) been (?:{mended}|looked at|received"
            r"|seen|passed|read)\b",
            r"\bdid you (?:get|receive|see|read) my (?:\w+ )?(?:report|message|photo|text|complaint)\b"
            r"|\bhow(?:s| is) my (?:report|case)\b",
            r"\bwaiting (?:to hear|for (?:a |an )?(?:reply|update|response|answer))\b.{0,30}\b(?:report"
            r"|case|complaint)\b",
            r"^\W*(?:(?:status|update|ref|reference|report|track|check|news)\W*)?(?:{reference})\W*$"
            r"|^\W*(?:status|update|updates|progress)\W*$",
        ),
    ),
    (
        Kind.COMPLAINT_COUNCILLOR,
        False,
        (
            r"\b(?:complain\w*|complaint|report|unhappy|disgusted"
            r"|{misdeed})\b.{0,50}\b{councillor}\b(?! (?:will|can|could|please))",
            r"\b{councillor}\b.{0,50}\b{misdeed}\b",
            r"\b{councillor}\b.{0,40}\b(?:should resign|must resign|broke the (?:code|rules)"
            r"|is a disgrace|for sale)\b",
        ),
    ),
    (
        Kind.COMPLAINT_STAFF,
        False,
        (
            r"\b(?:complain|complaint|report)(?:ing)? (?:about |against )?(?:an? |one of |the |your |my "
            r"|that |this )*(?:\w+ ){0,2}"
            r"{staff}\b(?! (?:have|has|hav|not|didnt|havent|hasnt|leaving|left|missed))",
            r"\b{staff}\b.{0,50}\b{misdeed}\b",
            r"\b(?:rude|abusive|racist|sexist|unprofessional|aggressive|nasty) (?:council )?{staff}\b",
            r"\b(?:man|woman|lady|person|guy) (?:on the (?:phone|desk)|at the (?:council|tip|office"
            r"|counter)|who answered)\b.{0,40}\b{misdeed}\b",
        ),
    ),
    (
        Kind.FOLLOWUP,
        False,
        (
            r"^\W*(?:{it} )*(?:is |has |are |was |were |s )?(?:still|stil) (?:there|here|not|no|broken"
            r"|the same|hasnt|havent|waiting"
            r"|a problem|happening|dumped|out|blocked|isnt|nothing|like this|sitting|lying|going on"
            r"|leaking|full|needs)\b",
            r"^\W*(?:{it} )*(?:has |have |is |was )?(?:not been|hasnt been|havent been|has not been"
            r"|have not been|wasnt|never been|isnt)"
            r" (?:\w+ )?{mended}\b",
            r"^\W*(?:{it} )*(?:has |have |is |are )?(?:come back|came back|back again|got worse"
            r"|gotten worse|getting worse|worse now"
            r"|even worse|happened again|happening again|all gone now|gone now|fixed now"
            r"|been fixed badly)\b",
            r"^\W*(?:nothing|nowt) (?:has |have |is |s )?(?:been |being )?(?:{mended}|changed|happened"
            r"|happening|happens)\b",
            r"^\W*(?:{it} )*(?:nobody|no one|noone|no-one) (?:has |have |s )?(?:ever )?(?:come|came|been"
            r"|turned up|showed up|fixed|done|did|collected)\b",
            r"\b(?:i|we|ive|weve) (?:have )?(?:already )?(?:reported|told you about|complained about"
            r"|texted you about|messaged about)"
            r" (?:this|it|that)\b.{0,40}\b(?:ago|before|last|already|twice|times|nothing|still|again)\b",
            r"\b(?:you|they) (?:said|told me|promised|say|marked|closed)\b.{0,60}\b(?:{mended}|fix it"
            r"|closed|complete\w*|tomorrow|(?:mon|tues|wednes|thurs|fri)day)\b",
            r"\b(?:about|re|regarding|reference|ref|report) {reference}\b"
            r"|^\W*{reference}\b.{{0,40}}\b(?:still|not|again|fixed|gone|back|worse)\b",
            r"^(?:\w+ ){{1,4}}still (?:there|here|not (?:been )?{mended}|hasnt been {mended}"
            r"|havent been {mended})\W*$",
        ),
    ),
    (
        Kind.SUGGESTION,
        False,
        (
            r"\b(?:can i|could i|id like to|i would like to|may i|i want to|wish to"
            r"|we) (?:make an? )?(?:suggest|suggestion|propose)\b",
            r"\bi suggest\b|^\W*(?:a |just a |my )?suggestion\b|\bmy suggestion\b|\bi have an? (?:idea"
            r"|suggestion)\b",
            r"\b(?:it would|itd|would) be (?:really |so |very )?(?:good|great|nice|better|lovely|useful"
            r"|helpful|brilliant|a good idea|handy)"
            r" (?:if (?:you|we|there|the council)|to have|to put|to see more|to plant)\b",
            r"\bwhy (?:dont|not|doesnt|cant) (?:you|we|the council|they) (?:put|have|build|plant|make"
            r"|install|open|add|introduce|create|start)\b",
            r"\b(?:there should be|you should (?:have|build|put|plant|install|add|open|introduce)"
            r"|we should have|how about (?:putting|having|adding|planting|an?)"
            r"|have you (?:ever )?(?:thought|considered)(?: about| of)?|what about (?:putting|having"
            r"|adding|planting))\b",
            r"\b(?:the council|council|you|please|could you|can you|can we|could we) (?:should |could "
            r"|please |consider )+"
            r"(?:consider|installing|introducing|planting|building|install|introduce|plant|build)\b",
            r"\b(?:we|this \w+|the \w+|our \w+) (?:really )?needs? (?:more|some more|an extra"
            r"|another) (?:\w+ )?(?:trees|bench|benches|bins|bin|crossings?"
            r"|flowers|seats|bike racks|speed (?:bumps|cameras?)|bus stops?|lights|toilets|playgrounds?"
            r"|parking)\b",
        ),
    ),
    (
        Kind.QUESTION,
        False,
        (
            r"^{hello}(?:when(?:s| is| are| do| does)|what(?:s| is| are)? (?:the (?!matter)|my |day|time"
            r"|number|do|does|can|kind|sort)"
            r"|where (?:can|do|is the|are the|should|is my)|how (?:do|can|much|long|many|often|to)"
            r"|who (?:do|is|can|should|are|deals)"
            r"|which (?:day|bins?|week|days|colou?r))\b",
            r"^{hello}(?:can|may|could) (?:i|we) (?:put|get|apply|book|order|pay|recycle|take|park"
            r"|ask|speak|bring|use|find|talk)\b",
            r"^{hello}(?:can|could) you (?:please )?(?:tell|let|explain|advise|help)\b|^{hello}(?:i"
            r"|we) (?:want|need|would like|wanted) to know\b",
            r"^{hello}(?:do|does) (?:you|i|we|the council|my) (?:need|have|take|collect|know|accept"
            r"|offer|pay|provide|cost|still)\b",
            r"^{hello}(?:is|are) (?:the|there|you|this|it) (?:\w+ )?(?:tip|centre|office|library|charge"
            r"|pool|council|market|open|robot|bot"
            r"|real|person|human|free|closed|available)\b|^{hello}am i (?:allowed|able|entitled)\b"
            r"|^{hello}(?:who|what) are you\b",
            r"\b(?:when is|whens|when are|what day is|which day is|what time is|what day do) (?:my |the "
            r"|our |you )?(?:\w+ )?(?:collect )?{bin}\b",
            r"\bwhat are your opening\b|\bopening (?:times|hours)\?|\bwhat (?:day|time) (?:is|do|does"
            r"|are)\b",
        ),
    ),
    (
        Kind.CHAT,
        False,
        (
            r"^\W*(?:(?:a|again|afternoon|ah|all|alright|am|and|are|awesome|aye|bless|bot|brilliant|bye"
            r"|cheers|cool|council|dear|diolch"
            r"|doing|done|evening|everyone|everything|fast|fine|for|good|goodbye|got|great|guys|haha+"
            r"|happy|hehe+|hello|help|helo|hey|hi"
            r"|hiya|hmm+|how|i|is|it|its|job|k|kind|kk|later|laters|lol|lots|love|lovely|ma|madam|many"
            r"|mate|me|morning|much|my|nah|nice|night|no"
            r"|nope|now|np|of|oh|ok|okay|okey|omg|one|perfect|pleasure|quick|really|reply|right|same|see"
            r"|service|sir|so|sorry|super|sup|sure|ta"
            r"|team|test|testing|thank|thanks|thankyou|thanx|that|thats|the|then|there|this|thx|tnx|to"
            r"|too|tx|ty|u|very|was|wassup|well|whats"
            r"|welcome|wonderful|work|worries|wow|x+|xmas|christmas|year|new|merry|yeah|yep|yes|yo|you"
            r"|your|youre|anyone|fixing|sorting|today)"
            r"(?:[\W_]+|$))+$",
            r"^\W*{thanks}\b.{{0,70}}$|^\W*(?:tell me a joke|wrong number|my mistake|anyone there"
            r"|is anyone there|how do you do)\b.{{0,20}}$",
            r"\b(?:i love you|love u|miss you|how are you|how r u|wat u doin|what you doing"
            r"|happy birthday)\b",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class KindRule:
    """One row: ``sure`` rows hold whatever else is in the message, others yield to what it is about."""

    kind: Kind
    sure: bool
    pattern: re.Pattern[str]


def _rule(kind: Kind, sure: bool, patterns: tuple[str, ...]) -> KindRule:
    written = "|".join(patterns).replace("{{", "{").replace("}}", "}")
    for _ in range(2):
        for name, piece in PIECES.items():
            written = written.replace("{" + name + "}", piece)
    return KindRule(kind, sure, re.compile(written))


RULES: tuple[KindRule, ...] = tuple(_rule(*row) for row in _ROWS)
"""In order: the first row that matches is the kind that the message looks like."""

CIVIC_WORDS = words_of(
    """rubbish road street lane avenue close junction pavement near outside opposite corner front behind
    broken remove removed council dangerous danger large pothole waste hole damaged blocked
    blocking fix fixed repair
    clear clean collect collected dumped please footpath path bridge park resident residents neighbour
    neighbours property number hedge smell smells rats mess left need needs dirty leak leaking overgrown
    safety hazard estate flats alley pics picture photo attached url rd terrace grove crescent gardens estate
    broke windows window building gate shop wall neighbour vandalised stolen thrown permit permits nuisance
    dead empty speeding flooding stuck rats pigeons wasps"""
)
"""Words with which even a message that says little is told like a report."""

_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """The beginning of a message in lower case, on one line, without apostrophes."""
    return _SPACES.sub(" ", text[:LONGEST].lower().translate(_APOSTROPHES)).strip()


def looks_like(text: str) -> KindRule | None:
    """The first row that the message matches, or None for what can only be a report."""
    folded = plain(text)
    return next((rule for rule in RULES if rule.pattern.search(folded)), None)


def kind_of(text: str) -> Kind:
    """The kind of message by its wording alone (a report if no row matches).

    ``nlp.reader.Reader.read`` gives the better answer, because it weighs what the message is about.
    """
    rule = looks_like(text)
    return Kind.REPORT if rule is None else rule.kind


def sounds_civic(text: str) -> bool:
    """True if a message that tells nothing clear still speaks of places or mending."""
    return not CIVIC_WORDS.isdisjoint(re.findall(r"[a-z]+", plain(text)))
