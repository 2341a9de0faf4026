/** Properties that only the server sets begin with this. */
const reservedPrefix = "os_glance";

/** Properties that the server keeps for itself and does not show. */
const hidden = ["os_glance_stage_host", "os_glance_hash_op_host"];

const reserved = ["location", "deleted", "deleted_at"];

/** Attributes that the view computes. */
export const computed = ["direct_url", "self", "file", "schema", "stores"];

/** Attributes that nobody may change. */
const readOnly = [
  "created_at",
  "updated_at",
  "status",
  "checksum",
  "size",
  "virtual_size",
  "direct_url",
  "self",
  "file",
  "schema",
  "id",
  "os_hash_algo",
  "os_hash_value",
];

export const isReserved = (name: string): boolean => name.startsWith(reservedPrefix);
export const isForbidden = (name: string): boolean => reserved.includes(name) || isReserved(name);
export const isReadOnly = (name: string): boolean => readOnly.includes(name);
export const isHidden = (name: string): boolean => hidden.includes(name);
