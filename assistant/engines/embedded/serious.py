"""Signs in English that a message tells of harassment, violence, self-harm or a crime.

A sign that is missed turns somebody's distress into coaching material; one that is seen wrongly costs a click. So the
signs are wide: they ask for a person as the one it is done to, and leave out what such words mean at work every day
(killing it, hitting a target, stealing an idea). Harsh words, blame, exhaustion and unfair treatment are no such
matters here: they are what feedback is for. ``benchmarks/sensitive`` measures what is found and what is not.
"""

from __future__ import annotations

import re

_SELF = r"(?:myself|himself|herself|themselves|themself|yourself)"
_OWN = r"(?:my|his|her|their|our|your|the|a|an|one of (?:my|the|our))"
_HUMAN = (
    r"(?:colleagues?|co-?workers?|team ?mates?|drivers?|wife|husband|girlfriend|boyfriend|partner|child|children"
    r"|kids?|sons?"
    r"|daughters?|apprentices?|trainees?|interns?|students?|lads?|lass|girls?|boys?|m[ae]n|wom[ae]n|guys?|blokes?"
    r"|customers?|clients?|patients?|guests?|residents?|foreman|boss|manager|supervisor|nurses?|workers?|cleaners?"
    r"|temps?"
    r"|guards?|waitress(?:es)?|waiters?|assistants?|secretary|people|person|staff)"
)
_PERSON = rf"(?:me|him|us|them|her|you|some(?:body|one)|any(?:body|one)|{_OWN} (?:\w+ )?{_HUMAN}|{_HUMAN})\b"
_SAYS = (
    r"(?:said|says|saying|told|tells|threaten\w*|swore|swears|warned|messages?|texted|wrote|shouted|yelled|screamed)"
)
_BODY = r"(?:legs?|arms?|necks?|noses?|bones|faces?|teeth|fingers|head|jaw|skull)"
_INTIMATE = (
    r"(?:bum|bottom|butt|arse|ass|breasts?|boobs?|tits|thighs?|legs?|knees?|waist|hips?|hair|neck|chest|crotch|back"
    r"|cheeks?"
    r"|skirt|blouse|shirt|bra|dress|body)"
)
_GROUP = (
    r"(?:gays?|lesbians?|trans|queers?|jews?|muslims?|arabs?|blacks?|africans?|asians?|turks?|poles|roma|gypsies"
    r"|foreigners?"
    r"|immigrants?|refugees?|disabled|old ones|pensioners)"
)
_WHO_ONE_IS = (
    r"(?:skin|race|religion|faith|black|brown|muslim|jewish|hindu|sikh|gay|lesbian|bisexual|trans|pregnan\w+"
    r"|disab\w+|autis\w+"
    r"|deaf|blind|headscarf|hijab|turban|sexuality|gender|nationality|ethnicity|origin|foreign\w*|a woman|too old"
    r"|prays?)"
)


def _any(*signs: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{sign})" for sign in signs))


_SELF_HARM = _any(
    rf"(?:kill|hurt|harm|cut|burn|starv|hang|shoot|poison)(?:s|ed|t|ting|ing|e|es)? {_SELF}",
    r"suicid\w*|self-?harm\w*|overdos\w*",
    r"(?:take|takes|took|taken|taking|ended?|ending|lose|lost) (?:my|his|her|their) (?:own )?(?:life|lives)\b",
    r"end(?:ing|ed)? it all\b",
    r"(?:don't|do not|doesn't|did not|didn't|no longer|never|not) (?:really )?(?:want|wish|wanted) to (?:live|be"
    r" alive|exist"
    r"|wake up|be in (?:this|the) world)\b",
    r"(?:want|wants|wanted|wish|wishes|wished|rather|going|better) (?:to |i |he |she |they |off |be |was |were |had"
    r" ){0,3}"
    r"(?:die|died|dead)\b(?! (?:for|of|to|tired|laughing|set|line|certain|sure))",
    r"(?:better|easier|happier)(?: off)? (?:without me|if i (?:was|were|wasn't|weren't|am|were no longer) )",
    r"(?:nobody|no one|no-one|who) would (?:even )?(?:miss|notice|care about) me\b|would (?:anyone|anybody) miss"
    r" me\b",
    r"(?:never|not) wake up(?: again)?\b|rather not be (?:here|alive|around)\b|not be here any ?more\b",
    r"no way out\b|no (?:reason|point|sense|will) (?:to|in|for) (?:live|living|go on living)\b|(?:worth|tired of"
    r"|sick of) living\b"
    r"|can(?:'t|not| not) go on living\b|(?:end|leave) this (?:life|world)\b",
    r"too many (?:pills|tablets)\b|jump(?:ed|ing)? (?:off|from|in front of) (?:a|the) (?:bridge|roof|balcony|window"
    r"|train|tower)\b",
    r"(?:stand|stood|standing|sit|sat) (?:on|at) (?:a|the) (?:bridge|roof|ledge|railway|platform edge)\b",
    r"(?:farewell|goodbye|suicide) (?:letters?|notes?)\b",
)
_VIOLENCE = _any(
    rf"(?:slap|slapp|punch|headbutt|strangl|chok|throttl|spat|spit|whip)(?:s|ed|es|ing|ting|ping|e)? (?:at |on"
    rf" )?{_PERSON}",
    rf"kick(?:s|ed|ing)? {_PERSON}(?! (?:off|out|up))|(?:kicked|punched|slapped|hit|beaten|attacked|pushed|bitten)"
    rf" by (?:my|our|the|a|him|her)\b",
    rf"hit(?:s|ting)? {_PERSON}(?! (?:hard|up|badly|like|that|when|with (?:the|a) (?:news|bill|question|list"
    rf"|deadline)))",
    rf"(?!beats me\b ?(?:[.,;!?]|$))beat(?:s|en|ing)? (?:up\b|{_PERSON}(?! (?:to|at|in|by|on)\b))",
    rf"(?:push|shov)(?:e|es|s|ed|ing)? {_PERSON} (?:against|into (?:a|the) (?:wall|shelf|door|corner|rack|table"
    rf"|locker)|down|over|around"
    rf"|to the (?:floor|ground|wall)|so (?:hard|that))",
    rf"(?:grab|seiz|held|hold|dragg?|pull)(?:s|es|ed|bed|bing|ging|ing)? {_PERSON} (?:by|into|across|out of (?:the"
    rf"|my|his))\b",
    rf"(?:grab|twist|bent|broke|pull)(?:s|ed|bed|bing|ing)? (?:my|his|her|their|{_OWN} {_HUMAN}'s) (?:arm|wrist"
    rf"|throat|hair|ear|finger|collar"
    rf"|shirt|neck)\b|by (?:the|my|his|her|their) (?:collar|throat|neck|hair|scruff|ears?|wrist)\b",
    rf"(?:threw|throws?|throwing|hurl(?:s|ed)?|flung) (?:\w+ ){{1,3}}(?:at|after|towards?) (?!you\b)(?:{_PERSON}|my"
    rf"|his|her)",
    r"bruis(?:e|es|ed)\b|black eyes?\b|bleeding (?!edge)|(?:bloody|broken|split|bleeding) (?:nose|lips?|rib|ribs|jaw"
    r"|arm|wrist|tooth)\b",
    rf"(?:lock|shut|trapp)(?:s|ed)? {_PERSON} (?:in|into|inside)\b",
    r"(?:physical|physically) (?:attack|abus|violen|hurt|assault|threat)\w*|violen(?:t|ce)\b|assault\w*|battered\b",
    rf"attack(?:s|ed|ing)? (?:{_PERSON}) (?:with|in the|from behind|physically)|murder\w*|stab(?:s|bed|bing)?"
    rf" {_PERSON}(?! in the back)",
    r"(?:knife|knives|gun|pistol|hammer|blade|crowbar|screwdriver|axe|bat|scissors) (?:to|at|against|on|in) (?:my"
    r"|his|her|our|someone|somebody"
    r"|me|him|us|them)\b|(?:pull|pulled|held|drew|wav\w+|point\w*) (?:a|the|his|her) (?:knife|gun|pistol|blade)\b",
    rf"{_SAYS}\b.{{0,40}}\b(?:kill|hurt|beat|smash|shoot|stab|strangle|punch|slap|drown|bury|burn)(?:ing)? (?:up"
    rf" )?(?:{_PERSON}|my|our)",
    rf"(?:break|breaks|broke|smash|smashed|crush|kick in|bash in) (?:my|his|her|your|our|their|somebody's|someone's)"
    rf" {_BODY}\b",
    r"death threats?\b|threatening (?:messages?|calls?|letters?|texts?)|watch (?:my|his|her|your|our) back\b(?! for)",
    r"knows? where (?:i|we|he|she|you|they|my|our|her|his)\b.{0,25}\b(?:lives?|school|home|sleep|house)\b|get what"
    r" (?:i|you) deserve",
    r"(?:going|afraid|scared|able|about|likely) (?:\w+ ){0,4}(?:hit|hurt|kill|attack|beat|punch|slap) (?:some|me|us"
    r"|him|her|them|one|any|you)",
    r"domestic (?:violence|abuse)|(?:hits?|beats?) (?:his|her|their) (?:wife|husband|partner|kids|children"
    r"|girlfriend|boyfriend)\b",
)
_SEXUAL = _any(
    r"sexual\w*|sexist\w*|sexism\b|sex\b|rap(?:e|ed|ist|ing)\b|grop(?:e|ed|es|ing)\b|molest\w*|fondl\w*|porn\w*"
    r"|pa?edophil\w*|metoo",
    r"(?<!it )(?<!that )(?<!this )touch(?:es|ed|ing)? (?:me|her|him|us|them|women|girls|my|the (?:girls|women"
    r"|trainees|apprentices|interns))\b"
    r"(?! (?:that|when|how|deeply|very|base|to see|to hear))",
    rf"hands? (?:on|up|down|under|over|between|around|inside|off) (?:my|her|his|their|the \w+'?s?) (?:\w+"
    rf" )?{_INTIMATE}\b(?! for)|hands off the (?:girls|boys|women|lads|trainees|apprentices|interns)",
    rf"(?:grabs?|grabbed|grabbing|pinch\w*|slap\w*|squeez\w*|strok\w*|caress\w*|feels? up) (?:my|her|his|their"
    rf"|(?:the|a) \w+'?s?) {_INTIMATE}\b",
    rf"(?:strok|caress|hugg?)(?:es|ed|ing|s) {_PERSON} (?:against|from behind|too|although|though|without|and"
    rf" (?:would|does) not let)",
    rf"(?<!could )(?:kiss|kissed|kisses|kissing) (?:{_PERSON}|my|her|his)|tried to kiss",
    r"(?:leg|body|hips?|crotch|hand) is against (?:mine|me)\b|(?:rubs?|rubbed|presse[sd]) (?:\w+ )?against me\b",
    r"breasts?\b|boobs?\b|genitals?\b|penis\b|naked\b|nudes?\b|undress\w*|without (?:his|her|their|any) clothes"
    r"|underwear\b|lingerie\b|virgin\b"
    r"|(?:short|shorter|tight|tighter) (?:skirts?|dress(?:es)?)\b|dick pics?\b",
    r"(?:with|to) (?:me|her|him|us|them) in bed\b|in bed with\b|sleep(?:s|ing)? with (?:me|him|her|them|us|one)\b"
    r"|slept with\b"
    r"|(?:a|one|the) night with (?:me|him|her|one)\b|(?:came|come|comes|got|went|go) (?:in)?to (?:my|her|his)"
    r" (?:hotel )?room\b|room key\b",
    r"(?:watch|film|photograph|peep|spy|spie)\w* .{0,25}\b(?:changing|showers?|toilets?|undress\w*|locker rooms?)\b"
    r"|cameras? (?:in|into|at) .{0,15}\b(?:toilets?|changing|showers?|ladies|bedroom)\b",
)
_HARASSMENT = _any(
    r"harass\w*|bull(?:y|ies|ied|ying)\b|mobb(?:ed|ing)\b|discriminat\w*|racis\w*|homophob\w*|transphob\w*"
    r"|anti-?semit\w*|islamophob\w*",
    r"n-word\b|slurs?\b|swastikas?\b|nazis?\b|gassed\b|hitler\b|terrorists?\b|cripples?\b|retard(?:s|ed)?\b|monkey"
    r" (?:noises?|sounds?)",
    rf"abus(?:e|es|ed|ing) (?:{_PERSON})|abusive\b|(?:verbal|emotional|child|drug|sexual)(?:ly)? abus\w*|abused by\b",
    r"back to where (?:i|he|she|they|you|we) (?:came|come|belong)\b|(?:people|someone|somebody|folks?) of (?:my|his"
    r"|her|their|our|your) colou?r\b",
    rf"because (?:of )?(?:\w+ ){{0,3}}{_WHO_ONE_IS}\b",
    rf"{_GROUP} (?:\w+ ){{0,2}}(?:sick|disgust\w*|should|stink|animals|vermin|parasites|out|do not belong|don't"
    rf" belong|hate|lazy|filth\w*)\b"
    rf"|(?:hates?|disgusted by|despises?|against|jokes about|insults?) (?:all )?(?:the )?{_GROUP}\b",
    r"(?:mock\w*|laugh\w* at|jokes? about|imitat\w*|pull\w*|rip\w*) (?:at )?(?:my|his|her|their) (?:headscarf|hijab"
    r"|turban|faith|religion|prayers?"
    r"|stutter|disability|crutches|wheelchair|skin|hearing aid|body|weight)\b|hid(?:e|es|den)? (?:my|his|her|their)"
    r" (?:crutches|wheelchair|cane)\b",
    r"(?:job|contract|shifts?|promot\w*|hired?|fired?|back|dismiss\w*) .{0,30}\b(?:not|being|am|was|is|got|get"
    r"|because) pregnant\b",
    r"(?:spit|spits|spat) (?:when|at|on|in|after)\b|came out (?:as )?(?:gay|lesbian|trans|bi)\b",
    r"stalk(?:s|ed|ing|er)\b|follow(?:s|ed|ing)? (?:me|her|him|us) (?:home|to (?:my|the|her|his) (?:car|house|flat"
    r"|door|toilet)|at night|through)",
    r"(?:wait|waits|waited|waiting|stands|stood|sits|sat|parks|parked|lurk\w*) (?:\w+ ){0,4}(?:at|outside|before|in"
    r" front of|by) (?:my|her|his"
    r"|our) (?:door|house|flat|home|window)\b|outside (?:my|her) (?:door|house|flat|home|window)\b",
    r"trackers? (?:under|(?:on|in) (?:my|her|his) (?:car|phone|bag|bike|coat))\b|private messages\b|(?:got|gets"
    r"|hack\w*|broke) in ?to (?:my|her|his|our) (?:phone|account|flat|house|locker)\b",
)
_HARMLESS_LOOT = (
    r"(?:(?:my|our|his|her|their|the|all the|other people's|people's|my colleague's|everyone's) )?(?:\w+ )?(?:ideas?"
    r"|shows?|credit|thunder|time|"
    r"limelight|spotlight|glory|work|evenings?|weekends?|hours?|lunch|sleep|march|hearts?|joy|ears?|minutes?|look"
    r"|moment)\b"
)
_CRIME = _any(
    rf"(?:steal|steals|stealing|stole|stolen)\b(?! {_HARMLESS_LOOT})|thef?ts?\b|burgl(?:e|ed|ing)\b|armed robbery\b"
    rf"|shoplift\w*",
    r"embezzl\w*|frauds?\b|fraudulent\w*|brib\w*|kickbacks?\b|launder(?:s|ed|ing)? .{0,10}money|money[- ]launder\w*"
    r"|corruption\b|blackmail\w*"
    r"|extort\w*|tax evasion|evad\w+ (?:\w+ )?tax\w*|cook(?:s|ed|ing)? the books|insider trading|black market"
    r"|traffick\w*|smuggl\w*",
    r"(?:forg(?:e|es|ed|ing)|fak(?:e|es|ed|ing)|falsif\w+|backdat\w+|tamper\w* with|manipulat\w+) (?:\w+"
    r" ){0,3}(?:signatures?|documents?|papers?"
    r"|invoices?|certificates?|records?|results?|numbers|figures|books|receipts?|time ?sheets?|reports?|tests?|logs?"
    r"|data)\b|falsif\w+|forger(?:y|ies)"
    r"|(?:signatures?|invoices?|certificates?|papers|receipts?) (?:\w+ ){0,5}(?:are|is|were|was) (?:all )?(?:fakes?"
    r"|forged|faked|false)\b",
    r"(?:sign|book|bill|claim|invoice|charg)(?:s|es|ed|ing)? .{0,30}\b(?:nobody|no one|never|did not|didn't|were not"
    r"|was not) (?:\w+ )?(?:work\w*|there"
    r"|happen\w*|exist\w*|done|did)\b",
    r"pocket(?:s|ed|ing)? (?:\w+ ){0,3}(?:money|cash|deposits?|tips)\b|(?:takes|took|taking) (?:\w+ ){1,6}and"
    r" (?:sells|sold|selling) (?:it|them)\b",
    r"envelopes? (?:with|of|full of|stuffed with) (?:cash|money)|(?:cash|money) in (?:an? |the )?envelopes?|(?:paid"
    r"|pays|cash|money) under the table\b",
    r"(?:drug|dope|coke) (?:deal\w*|dealer)|(?:deal|deals|dealing|sell|sells|selling|sold) (?:in )?(?:drugs|cocaine"
    r"|heroin|weed|meth|pills)\b|cocaine\b|heroin\b",
    r"drunk (?:at the wheel|driv\w+|behind)|(?:driv|drove|wheel|forklift|machine|truck|lorry|crane"
    r"|bus).{0,20}\bdrunk\b|drunk.{0,25}\b(?:driv|drove|wheel|forklift|crane)\w*",
    r"(?:shred|destroy|burn|delet|hid|remov)(?:s|ed|e|es|ing|ded|den)? (?:\w+ ){0,2}(?:files?|documents?|evidence"
    r"|papers|records|e-?mails) (?:\w+ ){0,3}(?:before|so that|from)"
    r" (?:\w+ ){0,2}(?:police|inspect\w*|audit\w*|court|regulator)",
    r"(?:lie|lied|lying) (?:to the (?:police|inspect\w*|audit\w*|court|insurance|authorit\w*)|about the (?:accident"
    r"|injury))|hush(?:ed (?:it |this |that )?|es it |ing it | it )up\b|cover-?up\b"
    r"|cover(?:s|ed|ing) (?:it|this|that|them) up\b",
    r"(?:pour|dump|drain|tip|flush)(?:s|ed|ing|ping|ped)? .{0,30}\b(?:down the drain|in(?:to)? the (?:river|sewer"
    r"|sea|woods|forest|canal|lake|drain))\b",
    r"(?:keeps?|kept|took|takes|taken) (?:away )?(?:their|our|my|his|her|the workers') passports?\b|without (?:any"
    r" )?papers\b|forced labou?r|illegal(?:ly)?\b(?! much)"
    r"|against the law\b|(?:a|the) (?:criminal|crime) (?:act|offence|scene)|committed a crime|arson\w*|set fire to\b",
)
_SIGNS = (_SELF_HARM, _VIOLENCE, _SEXUAL, _HARASSMENT, _CRIME)
_BLOW_TO_A_NAME = re.compile(
    r"\b(?:slapped|slaps|punched|punches|kicked|kicks|hit|beats?|beaten|raped|groped|stabbed|strangled|choked"
    r"|headbutted|spat at|kissed"
    r"|touched|touches|bullies|bullied|harasses) (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I\b)[A-Z][\w'-]+(?!"
    r" (?:record|target))"
)


def tells_of_serious_matter(text: str) -> bool:
    """Whether a message may tell of harassment, violence, self-harm or a crime."""
    plain = " ".join(text.replace("\u2019", "'").split())
    lower = plain.lower()
    return any(sign.search(lower) for sign in _SIGNS) or _BLOW_TO_A_NAME.search(plain) is not None
