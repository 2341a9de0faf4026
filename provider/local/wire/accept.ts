interface Range {
  type: string;
  quality: number;
}

/** The media type that a client prefers: the better quality wins, the earlier offer among equals; none where it accepts none. */
export function negotiate<T extends string>(accept: string, offers: readonly T[]): T | undefined {
  const ranges = accept.split(",").flatMap(parseRange);
  const qualities = offers.map((offer) => ({ offer, quality: qualityOf(offer, ranges) }));
  const acceptable = qualities.filter(({ quality }) => quality > 0);
  return acceptable.sort((a, b) => b.quality - a.quality)[0]?.offer;
}

function parseRange(text: string): Range[] {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return type === "" ? [] : [{ type, quality: Number(quality) || 0 }];
}

/** The most specific range that covers the offer decides. */
function qualityOf(offer: string, ranges: readonly Range[]): number {
  const [family] = offer.split("/");
  for (const covering of [offer, `${family}/*`, "*/*"]) {
    const range = ranges.find(({ type }) => type === covering);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
