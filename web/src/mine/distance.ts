// How far it is, reckoned here: nobody's position is sent anywhere.
export interface Point {
  lat: number;
  lon: number;
}
const kEarth_m = 6_371_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres along the earth. */
export function distance(a: Point, b: Point): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return 2 * kEarth_m * Math.asin(Math.min(1, Math.sqrt(h)));
}
