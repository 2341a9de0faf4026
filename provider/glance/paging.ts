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
 * Yields each item once, holding one page and the ids given so far. Pages may be short where a server sifts after counting,
 * and not every server names the next page, so only a page that leads nowhere ends the list. When somebody deletes the
 * marker between two pages, the list begins anew, once.
 */
export async function* paginate<T>(pages: Pages<T>): AsyncGenerator<T, void, undefined> {
  const { idOf, start } = pages;
  const given = new Set<string>();
  let restarted = false;
  let marker = start;
  for (;;) {
    const page = await fetchPage(pages, marker, !restarted && marker !== start);
    if (page === "restart") {
      restarted = true;
      marker = start;
      continue;
    }
    for (const item of page.items) {
      const id = idOf(item);
      if (!given.has(id)) yield item;
      given.add(id);
    }
    const next = nextMarker(pages, page, marker);
    if (next === undefined) return;
    marker = next;
  }
}

async function fetchPage<T>(
  { fetch, isLostMarker }: Pages<T>,
  marker: string | undefined,
  mayRestart: boolean,
): Promise<Page<T> | "restart"> {
  try {
    return await fetch(marker);
  } catch (error) {
    if (mayRestart && isLostMarker(error)) return "restart";
    throw error;
  }
}

/** The server's own link is not followed: Glance drops repeated parameters from it. */
function nextMarker<T>({ idOf }: Pages<T>, { items, next }: Page<T>, marker: string | undefined): string | undefined {
  const last = items.at(-1);
  const following = last === undefined ? next : idOf(last);
  if (following !== marker) return following;
  if (next === undefined) return undefined;
  throw new GlanceError({
    code: "BAD_RESPONSE",
    message: `the service gives the page after ${marker} again and again`,
  });
}
