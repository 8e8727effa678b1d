"""A made-up OpenStreetMap extract around latitude 53.0145, longitude 0.5055."""

from pathlib import Path

import osmium

NODES = {
    1: (53.0120, 0.5050),
    2: (53.0150, 0.5050),
    3: (53.0180, 0.5050),
    4: (53.0140, 0.5060),
    5: (53.0140, 0.5070),
    6: (53.0150, 0.5070),
    7: (53.0150, 0.5060),
}
TAGGED = {
    10: ((53.0141, 0.5051), {"amenity": "pub", "name": "The Black Bull", "alt_name": "Bull;The Bull Inn"}),
    11: ((53.0142, 0.5052), {"addr:housenumber": "4;6", "addr:street": "High Street"}),
    12: ((53.0145, 0.5055), {"place": "village", "name": "Tarn"}),
    13: ((53.0146, 0.5055), {"shop": "vacant", "name": "Old Shop"}),
    14: ((53.0147, 0.5055), {"highway": "bus_stop", "name": "High Street"}),
}
WAYS = {
    20: ((1, 2), {"highway": "primary", "name": "High Street", "ref": "A99"}),
    21: ((2, 3), {"highway": "primary", "name": "High Street", "ref": "A99"}),
    22: ((4, 5, 6, 7, 4), {"leisure": "park", "name": "Tarn Park"}),
    23: ((1, 99), {"highway": "residential", "name": "Lost Lane"}),
    24: ((1, 2), {"highway": "footway"}),
}


def write(path: Path) -> Path:
    """The extract in the format that the file's name says."""
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (lat, lon) in NODES.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat)))
        for number, ((lat, lon), tags) in TAGGED.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat), tags=tags))
        for number, (nodes, tags) in WAYS.items():
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags))
    return path
