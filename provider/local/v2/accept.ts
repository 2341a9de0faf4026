const offers = ["text/html", "application/json"] as const;

/** In what form an error is told. */
export type ErrorFormat = (typeof offers)[number] | "text/plain";

interface Range {
  type: string;
  quality: number;
}

/**
 * The form that a client prefers for errors, as webob negotiates it: the better quality wins, HTML among equals, and plain text is for
 * those who accept neither.
 */
export function errorFormat(accept = ""): ErrorFormat {
  const ranges = accept.split(",").flatMap(parseRange);
  const qualities = offers.map((offer) => ({ offer, quality: qualityOf(offer, ranges) }));
  const acceptable = qualities.filter(({ quality }) => quality > 0);
  return acceptable.sort((a, b) => b.quality - a.quality)[0]?.offer ?? "text/plain";
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
