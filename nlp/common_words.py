"""Words put down by hand: categories without labelled reports, everyday slang, excluded matters.

They complement :mod:`nlp.words` under the same codes. ``*`` stands for any ending.
"""

HAND_STRENGTH = 2.6
"""How much a word of :data:`COMMON` adds to a category's log odds."""

HAND_STRENGTH_ALONE = 4.5
"""The same for the categories of which no reports were seen, so that nothing else speaks for them."""

COMMON: dict[str, str] = {
    "fly_tipping": "fly tip*, flytip*, fly dump*, fridge freezer, washing machine, armchair, settee,"
    " couch, dumping ground,"
    " dumped rubbish, bin bags dumped, builders rubble, shopping trolley, cooker, microwave, tumble"
    " dryer, bathtub, old telly",
    "street_cleaning": "litter*, street sweep*, road sweeper, broken glass, smashed glass, leaves"
    " everywhere, vomit, sick on,"
    " needles, syringes, chewing gum, takeaway boxes, cigarette butts, fag ends, human waste, urine",
    "road_surface": "pothole*, pot hole, pot whole, potholl, crater, road surface, tarmac breaking,"
    " speed bump, road is"
    " crumbling, hole in the road, holes in the road, road falling apart",
    "bins": "litter bin, overflowing bin, public bin, dog bin, bin is full, bin overflowing, bins"
    " overflowing, recycling bank,"
    " street bin, bin is broken",
    "graffiti": "graffiti*, grafitti, grafiti, graffitti, spray paint*, spray-paint*, tagged, tagging,"
    " tags on, swastika",
    "abandoned_vehicle": "abandoned car, abandoned van, abandoned vehicle, burnt out car, burned out"
    " car, untaxed, sorn, no tax,"
    " flat tyres, abandoned motorbike, abandoned moped, abandoned scooter, abandoned caravan",
    "parks": "playground, play area, swings, slide is, roundabout in the playground, park bench, play"
    " equipment, splash pool,"
    " grass in the park, football pitch, goalposts, park gate, skate park",
    "trees_vegetation": "overhanging, hedge*, bramble*, brambles, branch, branches, tree roots, tree has"
    " fallen, fallen tree,"
    " nettles, overgrown, japanese knotweed, grass cutting, grass verge, ivy",
    "missed_collection": "missed bin, missed collection, missed bins, not collected, not been collected,"
    " hasnt been collected,"
    " havent been collected, bins not emptied, bin not emptied, not been emptied, hasnt been emptied,"
    " didnt collect,"
    " werent emptied, wasnt emptied, werent collected, wasnt collected, binmen, bin men, bin lorry,"
    " didnt empty, did not collect, binmen didnt, bin men didnt, forgot our bin, bin men missed,"
    " assisted collection",
    "parking": "illegally parked, parked illegally, double yellow*, blocking my drive*, blocked my"
    " drive*, parked across,"
    " parked over, parked on the pavement, pavement parking, residents bay, disabled bay, zig zag*,"
    " traffic warden, dropped kerb",
    "dog_fouling": "dog poo, dog mess, dog muck, dog shit, dog crap, dog dirt, dog foul*, dogs mess, dog"
    " faeces, dog turd*,"
    " poo bags, dog poop, dogshit",
    "street_light": "street light, streetlight*, lamp post, lamppost, lampost, street lamp, lights are"
    " out, light is out, light"
    " flickering, flickering light, street lighting, light on all day, column number",
    "housing_estate": "communal, lift is broken, lift broken, lift not working, stairwell, entry door,"
    " intercom, bin chute,"
    " bin store, caretaker, housing officer, tower block, block entrance, door entry",
    "traffic_signs_signals": "traffic light*, pelican crossing, zebra crossing, road sign, stop sign,"
    " give way, bollard*, green"
    " man, road marking*, white lines, speed limit sign, belisha, pedestrian crossing, no entry",
    "fly_posting": "fly poster*, flyposter*, fly posting, flyposting, posters on, stickers on, poster"
    " stuck, illegal poster*,"
    " estate agent board*, for sale board*",
    "trade_waste": "trade waste, commercial waste, business waste, shop waste, restaurant waste,"
    " commercial bin*, takeaway bins",
    "street_nameplate": "street name, street nameplate, name plate, nameplate, road name sign, street"
    " name sign",
    "public_toilet": "public toilet*, public loo*, public lavator*, the loos, public convenience*",
    "pavement": "paving slab*, paving stone*, loose slab, cracked slab, broken slab, pavement is uneven,"
    " uneven pavement, broken"
    " pavement, cracked pavement, kerb stone, kerbstone, wonky slab, trip hazard",
    "drainage": "blocked drain*, drain blocked, drain is blocked, gully, gullies, gulley, manhole,"
    " puddle, standing water, road"
    " floods, flooded road, drain smells, soakaway",
    "roadworks": "roadworks, road works, temporary traffic lights, traffic cones, road closure,"
    " diversion sign, dug up the"
    " road, barriers left, contractors left, workmen left",
    "rights_of_way": "public footpath, bridleway, bridle path, right of way, stile, kissing gate,"
    " footbridge, towpath",
    "bus_stop": "bus stop, bus shelter, bus timetable, real time display, bus stop sign",
    "noise": "noise, noisy, loud music, too loud, music blaring, blaring, barking, drilling at night,"
    " party next door, house"
    " party, cant sleep, keeping us awake, alarm going off, burglar alarm, car alarm, bass, decibel*,"
    " diy at night, racket,"
    " cockerel, generator noise",
    "anti_social_behaviour": "anti social, antisocial, anti-social, asb, drug dealing, drug dealers,"
    " dealing drugs, smoking"
    " weed, smoking drugs, selling drugs, gang of, gangs, intimidating, street drinkers, street"
    " drinking, drinking in the street,"
    " drunks, drunk people, harassing, harassment, vandals, vandalising, throwing eggs, throwing stones,"
    " off road bikes, quad"
    " bikes, racing, boy racers, balloons and canisters, nitrous oxide, laughing gas, begging, beggars,"
    " urinating, loitering,"
    " abuse at people, squaring up",
    "empty_property": "empty house, empty property, empty home, derelict, abandoned house, boarded up,"
    " squatters, squat, nobody"
    " lives there, unoccupied, empty for years, empty shop, empty building, vacant house, disused building",
    "dead_animal": "dead fox, dead cat, dead dog, dead badger, dead bird, dead pigeon, dead rat, dead"
    " animal, dead deer, dead"
    " squirrel, dead swan, dead hedgehog, dead seagull, roadkill, carcass, cat run over, fox run over,"
    " animal carcass",
    "water_leak": "water leak, leaking water, burst pipe, burst water main, water main, water leaking,"
    " water bubbling up, water"
    " coming out of the pavement, water coming up, leaking stopcock, leaking pipe",
    "other": "",
}
"""Per code the words and phrases, parted by commas."""

EXCLUDED: dict[str, str] = {
    "planning": "planning application, planning permission, planning consent, planning department,"
    " planning objection,"
    " planning appeal, building regulations, object to the extension, loft conversion, listed building"
    " consent",
    "licensing": "alcohol licence, premises licence, taxi licence, licence application, licensing"
    " application, licensing"
    " committee, street trading licence, late night licence, temporary event notice",
    "council_tax": "council tax, counciltax, tax band, council tax reduction, single person discount",
    "business_rates": "business rates, business rate, rateable value, small business relief, rates relief",
    "housing_benefit": "housing benefit, universal credit, benefit claim",
    "electoral": "register to vote, polling card, postal vote, electoral roll, electoral register",
}
"""Words of matters with their own route, taken where a pack has an excluded matter of that code."""

BROADER: dict[str, str] = {
    "pavement": "road_surface",
    "drainage": "road_surface",
    "roadworks": "road_surface",
    "street_nameplate": "traffic_signs_signals",
    "missed_collection": "bins",
    "bins": "street_cleaning",
    "trade_waste": "fly_tipping",
    "dog_fouling": "street_cleaning",
    "dead_animal": "street_cleaning",
    "fly_posting": "graffiti",
    "water_leak": "drainage",
    "abandoned_vehicle": "parking",
    "noise": "anti_social_behaviour",
}
"""Where a category's evidence goes in a pack that does not have it; what has no place goes to ``other``."""

OTHER = "other"
"""The category of what fits nowhere else."""
