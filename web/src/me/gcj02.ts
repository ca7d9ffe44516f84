// Maps of the mainland show GCJ-02, which lies some hundred metres beside WGS-84; browsers and our own data speak WGS-84. A
// point that an app's shell hands over from its map is turned back here. The shift has no inverse in closed form: the point is
// sought whose shift leads there.
export interface Point {
  lat: number;
  lon: number;
}

const kAxis = 6378245;  // Krassowsky 1940, as the standard has it
const kFlat = 0.00669342162296594323;
const wave = (at: number, period: number) => Math.sin((at * Math.PI * 2) / period);

function shift({ lat, lon }: Point): Point {
  const x = lon - 105;
  const y = lat - 35;
  const short = (20 * wave(x, 1 / 3) + 20 * wave(x, 1)) * (2 / 3);
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + short + ((20 * wave(y, 2) + 40 * wave(y, 6)) * 2) / 3 + ((160 * wave(y, 24) + 320 * wave(y, 60)) * 2) / 3;
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + short + ((20 * wave(x, 2) + 40 * wave(x, 6)) * 2) / 3 + ((150 * wave(x, 24) + 300 * wave(x, 60)) * 2) / 3;
  const angle = (lat * Math.PI) / 180;
  const magic = 1 - kFlat * Math.sin(angle) ** 2;
  return {
    lat: (north * 180) / (((kAxis * (1 - kFlat)) / magic ** 1.5) * Math.PI),
    lon: (east * 180) / ((kAxis / Math.sqrt(magic)) * Math.cos(angle) * Math.PI),
  };
}

/** Where GCJ-02 is used at all: roughly the mainland. */
const used = ({ lat, lon }: Point) => lat > 0.8 && lat < 55.9 && lon > 72 && lon < 137.9;

export function toWgs84(gcj: Point): Point {
  if (!used(gcj)) return gcj;
  let at = gcj;
  for (let turn = 0; turn < 6; turn++) {
    const by = shift(at);
    at = { lat: gcj.lat - by.lat, lon: gcj.lon - by.lon };
  }
  return { lat: Number(at.lat.toFixed(6)), lon: Number(at.lon.toFixed(6)) };
}
