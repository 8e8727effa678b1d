"""Words that point to a common category, and how strongly: common vocabulary only.

Learnt from the older four fifths of the development reports (``../shared/data``), kept only where many
reports share a word, and rounded to five strengths: no resident's sentence can be read out of it. A
pack's category whose code is known gets these words besides its own. Words are plain forms (see
``nlp.phrases.plain_form``), so "mattresses" counts as "mattress".
"""

STRENGTHS: tuple[float, ...] = (0.3, 0.7, 1.2, 1.8, 2.6)
"""How much a word of each column of :data:`LEARNT` adds to a category's log odds."""

PRIORS: dict[str, float] = {
    "fly_tipping": 1.48,
    "street_cleaning": 0.19,
    "road_surface": 0.69,
    "bins": -0.15,
    "graffiti": 0.04,
    "abandoned_vehicle": -0.70,
    "parks": -0.20,
    "trees_vegetation": -0.21,
    "missed_collection": -1.27,
    "parking": -1.13,
    "dog_fouling": -1.13,
    "street_light": -0.93,
    "housing_estate": -1.35,
    "traffic_signs_signals": -0.44,
    "fly_posting": -0.48,
    "trade_waste": -1.61,
    "street_nameplate": -2.01,
    "public_toilet": -2.04,
    "pavement": -0.10,
    "drainage": -0.38,
    "roadworks": -0.50,
    "rights_of_way": -1.65,
    "bus_stop": -1.92,
    "other": -0.89,
    "noise": -1.60,
    "anti_social_behaviour": -1.60,
    "empty_property": -2.20,
    "dead_animal": -1.60,
    "water_leak": -1.60,
}
"""How common a category is, as log odds, where nothing is known of the authority's own mix."""

LEARNT: dict[str, tuple[str, ...]] = {
    "fly_tipping": (
        "black, chest, clothe, crap, cupboard, debris, domestic, door, drawer, dump, filled, gas, large, "
        "near, opposite, packaging, pavement, pile, remove, river, rubble, sack, small, spot, suitcase, "
        "terrace, trolly, verge, week, wooden, abandoned on, bag of, black bag, blocking pavement, corner "
        "of, dumped in, dumped mattress, dumped outside, flytipping on, for month, furniture and, mattress "
        "and, mattress on, on street, pavement outside, pile of, rubbish on, shopping trolley, tipping on, "
        "white good",
        "abandoned, bag, bin, board, box, cabinet, cardboard, cctv, discarded, freezer, household, left, "
        "old, outside, pallet, seat, shopping, tip, toy, tyre, wardrobe, bin bag, car park, dumped on, fly "
        "tip, fly tipped, fridge freezer, has dumped, near number, on pavement, please clear, please remove",
        "bed, builder, carpet, chair, dumping, fly, item, matress, rubbish, tipped, tipping, waste, wood, "
        "fly tipping",
        "dumped, flytip, fridge, furniture, junk, mattress, sofa, trolley, flytipped item",
        "flytipped, flytipping",
    ),
    "street_cleaning": (
        "area, bird, bus, collection, covered, creating, dangerous, especially, filthy, flooding, gutter, "
        "hazard, leaf, leak, mess, need, not, outside, overflowing, overgrown, path, pick, pigeon, plastic, "
        "ref, shop, slab, spilled, time, trip, waste, wet, a month, and pavement, covered in, dead fox, for "
        "collection, leave and, need sweeping, of litter, outside the, reported this, the drain, the "
        "estate, trip hazard, volunteer litter",
        "alley, cycle, dirt, drain, food, footpath, fox, paint, road, street, sweep, sweeper, volunteer, a "
        "mess, be cleaned, cycle path, in alley, litter bin, rubbish on",
        "bag, bin, bottle, build, clean, cleaned, cleaner, cleaning, dead, dirty, glass, leave, pavement, "
        "rubbish, slip, slippery, broken glass, street cleaning",
        "litter, paving, sweeping, swept, weed",
        "",
    ),
    "road_surface": (
        "bump, car, centre, crater, damaged, deeper, drive, entire, fix, getting, hill, inch, junction, "
        "lane, length, massive, middle, multiple, near, noise, northbound, numerous, patch, previous, "
        "rattling, resurfacing, roundabout, side, slip, sunken, traffic, turning, tyre, unavoidable, worse, "
        "a pothole, deep pothole, left hand, manhole cover, need resurfacing, please fix, pothole and, "
        "pothole has, the left, the problem, to avoid",
        "avoid, carriageway, cyclist, damage, drain, failed, fixed, fixing, heading, large, loose, outside, "
        "repair, repaired, road, sinkhole, state, sunk, trench, vehicle, wide, and need, huge pothole, "
        "multiple pothole, of pothole, of road, pothole at, pothole in, pothole outside, road problem, road "
        "surface, the road, time a",
        "breaking, deep, manhole, pot, surface, tarmac, in road, large pothole, pot hole, pothole on",
        "cover, hole",
        "pothole",
    ),
    "bins": (
        "back, blown, box, broken, building, clearing, collected, constant, debris, emptied, fly, ive, "
        "leave, leaving, month, near, need, not, obstructing, people, property, public, recycling, "
        "significant, smell, street, week, wheelie, bin at, bin need, bin on, fly tipping, health hazard, "
        "left in, need emptying, not collected, on pavement, road and, rubbish dumped, rubbish on",
        "abandoned, collect, collection, dumped, dumping, food, garden, left, outside, overflowing, "
        "pavement, refuse, split, strewn, verge, waste, abandoned bin, broken glass, dumped rubbish, garden "
        "waste, green bin, left on, on street, recycling bin, the pavement, waste in",
        "bag, item, lid, litter, bin is, dumped on",
        "bin, rubbish",
        "",
    ),
    "graffiti": (
        "box, clean, new, sign, sprayed, street, white, graffiti tag, removing please, road sign",
        "remove, removing, tagging, mini roundabout, need removing, of graffiti, on bus, on wall, painted "
        "on, tag on",
        "cross, grafitti, offensive, paint, tag, wall",
        "flag, painted",
        "graffiti, graffiti on",
    ),
    "abandoned_vehicle": (
        "blocking, number, out, outside, play, remove, tax, week, year, blocking the, burnt out, not moved, "
        "number plate, outside no",
        "crashed, flat, left, month, parking, abandoned car, abandoned caravan, flat tyre, no mot, on "
        "double, play park, road for",
        "bike, burnt, moped, motorcycle, moved, parked, plate, reg, smashed, stolen, abandoned vehicle, car "
        "has",
        "car, caravan, dumped, mot, trailer, van, vehicle",
        "abandoned, lime, scooter",
    ),
    "parks": (
        "area, branch, etc, footpath, ground, growing, missing, neighbouring, photo, pond, repair, "
        "replacing, space, walk, in park, is broken, lot of, the ground",
        "broken, collecting, damage, damaged, dog, equipment, fallen, field, garden, gathering, green, not, "
        "path, playing, tree, weed, the path, the river",
        "bench, cut, fence, grass, need, overgrown, play, playground, river",
        "park",
        "",
    ),
    "trees_vegetation": (
        "back, bush, care, children, clear, completely, council, cutting, damaged, danger, family, fence, "
        "giving, government, growth, junction, land, lane, large, living, long, look, need, out, outside, "
        "passing, path, pavement, possible, problem, property, road, traffic, use, way, year, a tree, the "
        "school, tree blocking, tree branch, tree in, tree that",
        "blocking, cut, damage, dead, fall, field, hedge, impassable, mud, not, pathway, planted, root, "
        "view, damaged problem, dead tree, fallen tree, grass verge, is damaged, the tree, tree has, tree "
        "on, tree outside",
        "ash, branch, driving, fallen, footpath, grass, growing, grown, hanging, overhanging, vegetation, "
        "verge, tree need",
        "overgrown, visibility, tree is",
        "tree",
    ),
    "missed_collection": (
        "bag, house, rubbish, week, bin have, black bin, food waste",
        "collect, food, not, bin collection, bin not",
        "collected, emptied, overflowing, recycling, waste",
        "collection",
        "bin, missed",
    ),
    "parking": (
        "day, double, invisible, line, no, obstruction, people, reg, road, school, traffic, car parked, "
        "double yellow, park on, pavement parking, vehicle parked, yellow line",
        "access, blocking, causing, illegally, park, pavement, van, yellow, car park, parked in, parked on, "
        "this car",
        "car, driveway, vehicle, parking on",
        "parked",
        "parking",
    ),
    "dog_fouling": (
        "clean, owner, street, mess on, please clean",
        "disgusting, pavement, dog fouling, dog poo, of dog, on pavement",
        "fouling",
        "mess, poo, dog mess",
        "dog",
    ),
    "street_light": (
        "close, not, off, outside, pitch, road, car park, is out, no street, shelter at",
        "dark, lamppost, vegetation, at bus, light out, out for, permanently on, the light",
        "obscured, out, permanently, street, working, not working",
        "column, street light",
        "lamp, light, lighting, streetlight",
    ),
    "housing_estate": (
        "ago, area, bin, children, clean, council, dangerous, emptied, garage, health, need, out, people, "
        "regular, reported, round, sewage, rubbish and, the corner",
        "constantly, leak, month, not, off, property, rubbish, week, the bin",
        "fence, flat",
        "block",
        "",
    ),
    "traffic_signs_signals": (
        "box, causing, customer, cyclist, dangerous, detecting, elm, entry, issue, junction, knocked, "
        "limit, lorry, loud, mini, mph, need, non, not, out, outside, paint, painted, park, pointing, road, "
        "sensor, slightly, vandalised, warning, wrong, be removed, car and, detecting vehicle, leaning "
        "slightly, no longer, not detecting, road marking, sensor is, sign has, sign is, to cross, traffic "
        "light, vehicle problem",
        "change, cycle, damaged, degree, facing, filter, green, leaning, marked, missing, parking, "
        "pedestrian, post, problem, roundabout, school, signage, speed, timing, turn, vehicle, working, "
        "yellow, light out, not working, sign leaning, the speed, this sign",
        "button, crossing, faded, line, red, traffic, no entry",
        "light, marking",
        "bollard, sign",
    ),
    "fly_posting": (
        "estate, furniture, junction, pavement, public, reservation, road, side, traffic, week, estate agent",
        "opposite, sign, street",
        "advertising, agent, attached, railing, attached to, flyposting on",
        "banner, flag, fly, poster",
        "flyposter, flyposting, posting",
    ),
    "trade_waste": (
        "drain, dumped, garage, left, neighbour, number, oil, pavement, road, the pavement",
        "building, street",
        "builder, material, skip, trade, trade waste",
        "waste",
        "",
    ),
    "street_nameplate": (
        "broken, missing, sign for, sign is, the wrong",
        "damaged",
        "road sign",
        "street, street sign",
        "sign",
    ),
    "public_toilet": (
        "",
        "toilet",
        "",
        "",
        "",
    ),
    "pavement": (
        "access, avenue, away, big, bin, blocked, broken, builder, cable, car, close, collapsed, crack, "
        "damage, fix, fixed, front, hazard, inch, issue, junction, large, leading, loose, lorry, mobility, "
        "month, obstructed, obstruction, overgrown, pathway, pedestrian, problem, property, pushchair, "
        "section, tripped, utility, walking, weed, wheelchair, year, corner of, large pothole, pot hole, "
        "the tarmac, to fix",
        "barrier, cover, cracked, curb, cycle, damaged, dangerous, deep, driveway, drop, etc, fallen, "
        "parked, paving, poor, pot, protruding, raised, repaired, road, site, stone, unstable, vehicle, "
        "wall, warden, water, danger to, deep pothole, pavement blocked, pothole in, the grass",
        "footpath, footway, hole, outside, path, pothole, surface, tarmac, uneven, in pavement, pavement "
        "is, pothole on",
        "bollard, kerb, knocked, pavement, slab, trip",
        "",
    ),
    "drainage": (
        "car, cycle, ditch, draining, highway, issue, lane, outside, problem, reported, running, standing, "
        "time, blocked problem, drain is, is blocked, large puddle, of road, the road, this drain",
        "cover, gulley, manhole, out, pipe, rain, road, silt, drain outside, flooding on",
        "burst, drainage, flood, puddle, blocked drain, drain blocked",
        "blocked, flooding, gully, leak",
        "drain, flooded, water",
    ),
    "roadworks": (
        "avenue, car, cover, crossing, following, junction, leaving, moving, not, open, pedestrian, "
        "reported, surface, time, vehicle, verge, barrier left, be collected, cone left, left on, road "
        "closed, road closure, road sign, week ago",
        "abandoned, bollard, closure, new, no, numerous, pavement, poor, road, sandbag, signage, tarmac, "
        "temp, sign left, temporary light",
        "closed, left, repair, roadwork, stuck, temporary, traffic, unpermitted, work, roadwork problem, "
        "unpermitted roadwork",
        "barrier, cone, contractor, sign",
        "",
    ),
    "rights_of_way": (
        "access, church, footbridge, map, no, obstruction, prow, right, walking, bridge is, public "
        "footpath, right of, surface is, the gate, the path",
        "blocked, dangerous, end, horse, marker, missing, pathway, post, problem, public, stile, surface, "
        "way, is damaged, of way",
        "bridge, bridleway, damaged, fence, field, ground, path, sign",
        "gate",
        "footpath",
    ),
    "bus_stop": (
        "broken, glass, no, not, the bus",
        "graffiti, bus shelter, bus stop",
        "",
        "bus, shelter, stop",
        "",
    ),
    "other": (
        "",
        "",
        "",
        "",
        "",
    ),
}
"""Per category five columns of words, from faint to strong."""
