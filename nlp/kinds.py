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
    r"|(?:wont|doesnt|did not|didnt|hasnt) (?:repl|answer|respond|listen|help)\w*|smoking weed|harass\w*"
    r"|discriminat\w*|refused to (?:help|speak|listen)|never (?:calls?|rings?|phones?) (?:me )?back"
    r"|horrible|cheeky"
    r"|incompetent|took (?:a )?(?:backhander|bung)s?|takes? (?:backhander|bung|bribe)s?|smirked|made fun of)",
    "mended": r"(?:fixed|collected|cleared|cleaned|done|moved|removed|sorted|repaired|resolved|emptied"
    "|mended|dealt with"
    r"|picked up|seen to|gone|taken away|replaced)",
    "it": r"(?:it|its|it is|this|this is|that|thats|they|theyre|they are|the problem|the issue|the mess"
    "|problem|all of it"
    r"|everything|everythings|and|but|well|hi|hello|sorry|oh|omg|look|guess what|same)",
}

_ROWS: tuple[tuple[Kind, bool, tuple[str, ...]], ...] = (
    (
        Kind.CHAT,
        True,
        (
            r"^{hello}{thanks}\b(?:(?!\b(?:but|still|also|however|another|now|except|although|only"
            r"|again|yet|will you"
            r"|can you|could you|please|there is|theres|not|isnt|hasnt)\b).){0,80}\b(?:for|that was|all)\b"
            r"(?:(?!\b(?:but|still|also|however|another|now|except|although|only|again|yet|can you"
            r"|could you|please"
            r"|there is|theres|not|isnt|hasnt)\b).){0,80}$",
            r"^\W*(?:well done|great job|good job|top job|brilliant (?:job|service|work)|nice (?:one|work))\b"
            r"(?:(?!\b(?:but|still|also|however|another|now|please|again)\b).){0,80}$",
        ),
    ),
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
            r"\bwe buy any\b|\bbest prices\b.{0,20}\bcall\b|\bno experience (?:needed|required)\b"
            r"|\bfree advice\b"
            r"|\bget rid of debts?\b|\bclaim (?:your )?ppi\b|\bbuy followers\b|\bbank details\b"
            r"|\bcheap meds\b"
            r"|\bno prescription\b|\bselected for an? prize\b|\b(?:parcel|package) is held\b|\bcard number\b"
            r"|\breply yes to get\b|\bsingles in your area\b|\bget .{0,20}\btoday only\b|\b\d+% off\b",
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
            r"\bhas (?:my|our|the|that|this) (?:\w+ ){1,3}been (?:{mended}|looked at|passed on)(?: yet"
            r"| already)?\W*$",
            r"\bwhen (?:will|is|are) (?:some|any|no)?(?:one|body|you|they)(?: going to"
            r"| gonna)? (?:be )?(?:come|coming|out"
            r"|here|round)\b|\bis (?:anyone|anybody|someone|somebody) (?:dealing|looking|working|going|on)\b",
            r"\bhow (?:much longer|long (?:till|until|before|is it going to|now))\b"
            r"|\bwhere are we (?:with|at|up to)\b",
            r"\bis (?:my|the|our) (?:report|case|complaint|request) (?:\w+ )?(?:closed|open|done"
            r"|finished|still open"
            r"|being)\b|\b(?:check|news|update|happening) (?:on |with )?{reference}\b",
            r"\bwho(?:s| is| has)? (?:got|has|have|dealing with) my (?:report|case|complaint)\b"
            r"|\bhave (?:you|they) (?:sent|passed|forwarded) (?:on )?(?:my|it|the)\b"
            r"|\bhas it been passed on\b",
            r"\b(?:havent|have not|not|never) heard (?:anything|back|owt|from you)\b",
            r"\b(?:i|we) (?:reported|told you|sent|messaged)\b.{0,60}\bwhat(?:s| is| has) (?:going on"
            r"|happening"
            r"|happened)\b",
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
            r"\b{councillor}\b.{0,50}\b(?:declared? an interest|conflict of interest|behave[ds]?"
            r"|behaviour|conduct"
            r"|expenses|backhanders|does nothing|did nothing|useless|idiots?)\b"
            r"|\bleader of the council\b.{0,40}"
            r"\b(?:complain\w*|{misdeed})\b|\bcomplain\w*\b.{0,40}\bleader of the council\b",
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
            r"\bcomplaint (?:about|against|regarding|re|of) (?:the |your |a |some )?(?:council )?{staff}\b",
            r"\b(?:complaint|complain) (?:\w+ ){0,3}(?:conduct|behaviour|attitude|manner"
            r"|rudeness) (?:of|from|by)\b",
            r"\b{misdeed} (?:against )?(?:by|from) (?:an? |the |your |one of (?:the|your) )?(?:council "
            r"|housing )?"
            r"(?:{staff}|call centre|reception|contractors?)\b",
            r"\b(?:call cent(?:re|er)|contact cent(?:re|er)|help ?line|switchboard|reception"
            r"|contractors?|librarian)\b"
            r".{0,50}\b{misdeed}\b|\b(?:your|council) (?:driver|van|lorry"
            r"|crew)s?\b.{0,50}\bgave me the finger\b",
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
            r"^\W*(?:{it} )*(?:(?:its |this is )?(?:the )?(?:second|third|fourth|fifth|sixth|tenth|umpteenth"
            r"|2nd|3rd|4th|5th) time) (?:ive|i have|i|ive had to|weve|we)\b",
            r"^\W*(?:{it} )*(?:they|you|your (?:lot|men|lads|people|team|crew)|someone|somebody"
            r"|the men) (?:have |did )?"
            r"(?:only |just )?(?:came|come|took|cleared|filled|fixed|collected|emptied|cleaned|moved"
            r"|mended|patched"
            r"|did)\b.{0,40}\b(?:but|only|half|some of|left|again|already)\b",
            r"^\W*(?:nothings?|nothing has|nowts?) (?:been )?(?:happened|done|changed) since\b"
            r"|\bnothing (?:has been |was )?done about it\W*$",
            r"\b(?:you|they|it) (?:have |has )?(?:closed|close|say|says|said|marked"
            r"|shows?)\b.{0,40}\b(?:closed|fixed"
            r"|not done|isnt|its not|still|not)\b",
            r"^\W*(?:{it} )*(?:still|stil) (?:waiting|not sorted|nothing|nobody|no one)\b"
            r"|^\W*not (?:been )?(?:{mended})"
            r"(?: yet| properly)?\b|^\W*same (?:problem|thing|issue|mess|story) (?:again|as)\b",
            r"^\W*the (?:\w+ ){1,2}(?:(?:that )?(?:i|we) (?:reported|told you about|mentioned)"
            r"|you (?:fixed|mended"
            r"|cleared|filled|repaired))\b.{0,40}\b(?:bigger|worse|back|again|still|gone|off|now)\b",
            r"^\W*the (?:rubbish|mess|graffiti|dumping|problem|hole|noise|rats|smell|water|leak"
            r"|dog mess) (?:is|are|has"
            r"|have|s) (?:come )?back\b",
            r"^\W*(?:its|it has|it is) (?:now )?been (?:\w+ )?(?:days?|weeks?|months?"
            r"|years?)\b.{0,30}\b(?:still|not"
            r"|nothing|nobody)\b",
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
            r"\b(?:can|could) (?:we|you) (?:please )?(?:get|have|put|install|add|build"
            r"|plant)(?: in)? (?:an? |some |more "
            r"|another |extra )(?:\w+ ){0,2}(?:crossings?|bench(?:es)?|bins?|trees?|speed (?:humps?"
            r"|bumps?|cameras?)"
            r"|lights?|lighting|skate ?park|fountains?|bike racks?|cycle (?:racks?|lanes?)|seats?"
            r"|planters?|shelters?"
            r"|toilets?|pitch|playground|mirror|parking bays?|dropped kerb)\b",
            r"\b(?:it )?(?:would|wld|might|wouldnt it) (?:be )?(?:really |so |very )?(?:good|great|nice"
            r"|better|lovely"
            r"|useful|helpful|help|brilliant) (?:if|to|for)\b|\bitd (?:be|help)\b|^\W*(?:an? "
            r"|my )?(?:idea|thought)\s?:",
            r"\bwhy not (?:have|put|make|build|plant|turn|use|open|add|let)\b|\b(?:would|could"
            r"|will) (?:you|they"
            r"|the council) consider\b|^\W*(?:more|extra) (?:\w+ ){1,3}(?:in|on|at|for|by|round"
            r"|near) .{2,40}\bplease\b",
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
