import { z } from "zod";

/** A text of characters that Glance keeps: it refuses those of four bytes (glance/common/utils.py, `no_4byte_params`). */
export const narrow = (what: string) =>
  z.string({ error: `${what} must be a string` }).refine((value) => !/[\u{10000}-\u{10ffff}]/u.test(value), {
    error: `${what} must not contain emoji or other characters beyond U+FFFF: Glance cannot store them`,
  });

/** The same of a length that names and tags may have. */
export const storable = (what: string) => narrow(what).max(255, { error: `${what} must have at most 255 characters` });
