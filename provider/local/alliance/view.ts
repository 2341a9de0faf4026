import { failedStores } from "../imports/progress";
import type { Image } from "../store/image";
import { isReserved } from "../v2/names";
import { seconds } from "../v2/view";

/** An image as all calls show it (Alliance Glance API, Get a specific image). The files that it names belong to the Image API v2. */
export const imageView = (image: Image): Record<string, unknown> => ({
  ...Object.fromEntries([...image.properties].filter(([name]) => !isReserved(name))),
  id: image.id,
  name: image.name,
  status: statusOf(image),
  visibility: image.visibility,
  protected: image.protected,
  owner: image.owner,
  tags: image.tags,
  container_format: image.containerFormat,
  disk_format: image.diskFormat,
  min_ram: image.minRam,
  min_disk: image.minDisk,
  size: image.size,
  virtual_size: image.virtualSize,
  checksum: image.checksum,
  created_at: seconds(image.createdAt),
  updated_at: seconds(image.updatedAt),
  file: `/v2/images/${image.id}/file`,
  schema: "/v2/schemas/image",
});

const copying = ["saving", "uploading", "importing"];

/** An image is queued until its copy is there, and killed when it cannot be made. */
function statusOf(image: Image): string {
  if (image.status === "queued" && failedStores(image).length > 0) return "killed";
  return copying.includes(image.status) ? "queued" : image.status;
}
