// Web Mercator: WGS-84 points on a square from 0 to 1, as map tiles cut it. At zoom z it is 256 × 2^z pixels wide.
export interface Point {
  lat: number;
  lon: number;
}
export interface Spot {
  x: number;
  y: number;
}

export const kTile = 256;

export function toSpot({ lat, lon }: Point): Spot {
  const sin = Math.sin((lat * Math.PI) / 180);
  return { x: (lon + 180) / 360, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) };
}

/** To six places, some ten centimetres. */
export function toPoint({ x, y }: Spot): Point {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  return { lat: Number(lat.toFixed(6)), lon: Number((x * 360 - 180).toFixed(6)) };
}

export const pixels = (zoom: number) => kTile * 2 ** zoom;
const kEquator_m = 40_075_017;
export const metresOfPixel = (lat: number, zoom: number) => (kEquator_m * Math.cos((lat * Math.PI) / 180)) / pixels(zoom);
