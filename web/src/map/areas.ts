// The city's areas: outlines in WGS-84 and names (data/README.md). Small enough to be asked in the page where a point lies.
import outlines from '@/wall/areas.json';
import names from '@/wall/area_names.json';
import { toSpot, type Point, type Spot } from './mercator';

type Ring = [number, number][];
export interface Area {
  code: string;
  name: string;
  rings: Ring[];
  spots: Spot[][];
  middle: Spot;
}

export const areas: Area[] = Object.entries(outlines as unknown as Record<string, Ring[]>).map(([code, rings]) => {
  const spots = rings.map((ring) => ring.map(([lon, lat]) => toSpot({ lat, lon })));
  const main = spots.reduce((a, b) => (b.length > a.length ? b : a));
  const sum = main.reduce(({ x, y }, spot) => ({ x: x + spot.x, y: y + spot.y }), { x: 0, y: 0 });
  return { code, name: (names as Record<string, string>)[code] ?? code, rings, spots, middle: { x: sum.x / main.length, y: sum.y / main.length } };
});

const all = areas.flatMap(({ spots }) => spots.flat());
export const bounds = {
  west: Math.min(...all.map(({ x }) => x)),
  east: Math.max(...all.map(({ x }) => x)),
  north: Math.min(...all.map(({ y }) => y)),
  south: Math.max(...all.map(({ y }) => y)),
};

/** Even-odd: how often a line to the east crosses the outline. */
const holds = (ring: Ring, { lat, lon }: Point) => {
  let inside = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n++) {
    const [x1, y1] = ring[n]!;
    const [x2, y2] = ring[before]!;
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
};
export const areaAt = (point: Point) => areas.find(({ rings }) => rings.some((ring) => holds(ring, point)));
