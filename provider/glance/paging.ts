import { GlanceError } from "../http/errors";

export interface Page<T> {
  items: T[];
  /** The marker of the next page where the server names one. */
  next: string | undefined;
}

/** A list that is read page by page, each page beginning after the item that `marker` names. */
export interface Pages<T> {
  fetch(marker: string | undefined): Promise<Page<T>>;
  idOf(item: T): string;
  /** Where to begin. Default: at the first item. */
  start?: string | undefined;
  /** True for the error of a marker that does not exist any more. */
  isLostMarker(error: unknown): boolean;
}

/**
 * Yields each item once, holding one page, the ids of the one before and the markers of all. Pages may be short where a
 * server sifts after counting, and not every server names the next page, so only a page that leads nowhere ends the
 * list. When somebody deletes the marker between two pages, an earlier item of the page before takes its place, or that
 * page's own marker. Throws BAD_RESPONSE where pages lead in a circle.
 */
export async function* paginate<T>(pages: Pages<T>): AsyncGenerator<T, void, undefined> {
  const { idOf, start } = pages;
  const markers = new Set([start]);
  let before: Before = { ids: [], marker: start };
  let marker = start;
  for (;;) {
    const page = await fetchPage(pages, marker, before);
    const given = new Set(before.ids);
    for (const item of page.items) {
      const id = idOf(item);
      if (!given.has(id)) yield item;
      given.add(id);
    }
    const next = nextMarker(pages, page, marker);
    if (next === undefined) return;
    if (markers.has(next)) throw circle(next);
    markers.add(next);
    if (page.items.length > 0) before = { ids: page.items.map(idOf), marker };
    marker = next;
  }
}

/** The page before, and the marker after which it began. */
interface Before {
  ids: readonly string[];
  marker: string | undefined;
}

async function fetchPage<T>(
  { fetch, isLostMarker }: Pages<T>,
  marker: string | undefined,
  before: Before,
): Promise<Page<T>> {
  let failure: unknown;
  for (const place of new Set([marker, ...standIns(before.ids), before.marker])) {
    try {
      return await fetch(place);
    } catch (error) {
      if (place === undefined || !isLostMarker(error)) throw error;
      failure ??= error;
    }
  }
  throw failure;
}

/** Items before the last one, ever further back. */
function standIns(ids: readonly string[]): string[] {
  const found: string[] = [];
  for (let back = 2; back <= ids.length; back *= 2) found.push(ids[ids.length - back] as string);
  return found;
}

/** The server's own link is not followed: Glance drops repeated parameters from it. */
function nextMarker<T>({ idOf }: Pages<T>, { items, next }: Page<T>, marker: string | undefined): string | undefined {
  const last = items.at(-1);
  const following = last === undefined ? next : idOf(last);
  // The whole list at once, from a server that knows no pages.
  return following === marker && next === undefined ? undefined : following;
}

function circle(marker: string): GlanceError {
  return new GlanceError({
    code: "BAD_RESPONSE",
    message: `the service gives the page after ${marker} again and again`,
  });
}
