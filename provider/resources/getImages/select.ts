import type { ImageQuery } from "../../glance/api";
import { missingFilters } from "../../glance/capabilities";
import type { GlanceImage } from "../../glance/image";
import { pageSize } from "../../glance/listing";
import { refuse } from "../lookupArguments";
import type { ResourceContext } from "../resource";
import { checkFilters } from "./check";
import { sortOf } from "./sort";
import type { GetImageInputs } from "./types";

/** The images for which every filter holds, one after the other; no more than a page of them is in memory. */
export async function* selectImages(filters: GetImageInputs, context: ResourceContext): AsyncGenerator<GlanceImage> {
  refuse("filter", checkFilters(filters));
  const { cloud, region, api, nameRegex, maxResults, mostRecent: _ofMany, sortKey, sortDir, ...rest } = given(filters);
  const sort = rest.sort ?? sortOf(sortKey, sortDir);
  const query: ImageQuery = { ...rest, ...(sort !== undefined && { sort }) };
  const where = { cloud, region, api };
  const known = context.capabilities(where);
  if (known) refuse("filter", missingFilters(known, query));
  const { images } = await context.connect(where);
  refuse("filter", missingFilters(images.capabilities, query));
  const pattern = nameRegex === undefined ? undefined : new RegExp(nameRegex);
  const limit = query.limit ?? (pattern ? pageSize : Math.min(maxResults ?? pageSize, pageSize));
  let found = 0;
  for await (const image of images.list({ ...query, limit }, { signal: context.signal })) {
    if (pattern && !pattern.test(image.name ?? "")) continue;
    yield image;
    found += 1;
    if (found === maxResults) return;
  }
}

/** What is null was not given. */
function given(filters: GetImageInputs): GetImageInputs {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null));
}
