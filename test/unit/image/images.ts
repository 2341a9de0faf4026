import { Readable } from "node:stream";
import type { ImageApi, ImageQuery, ImageTask, NewImage } from "../../../provider/glance/api";
import { blankImage, type GlanceImage } from "../../../provider/glance/image";
import { v2Capabilities } from "../../../provider/glance/v2/capabilities";
import { GlanceError } from "../../../provider/http/errors";

/** An image as Glance answers a bare create. */
export function someImage(over: Partial<GlanceImage> = {}): GlanceImage {
  return {
    ...blankImage(""),
    id: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    name: "debian",
    status: "queued",
    visibility: "shared",
    protected: false,
    hidden: false,
    owner: "p1",
    diskFormat: "raw",
    containerFormat: "bare",
    minDisk: 0,
    minRam: 0,
    size: null,
    virtualSize: null,
    checksum: null,
    osHashAlgo: null,
    osHashValue: null,
    createdAt: "2026-01-31T12:00:00Z",
    updatedAt: "2026-01-31T12:00:00Z",
    tags: [],
    properties: {},
    stores: [],
    directUrl: undefined,
    file: "/v2/images/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0/file",
    import: { task: undefined, importingTo: [], failedStores: [] },
    unknown: {},
    ...over,
  };
}

/** An image service in memory for the lifecycle's own decisions; `calls` tells in which order it was used. */
export class ScriptedImages implements ImageApi {
  readonly endpoint = "http://images.test";
  capabilities = v2Capabilities;
  readonly members = undefined;
  readonly namespaces = undefined;
  readonly calls: string[] = [];
  readonly images = new Map<string, GlanceImage>();
  imports: string[] = ["web-download"];
  taskList: ImageTask[] | undefined = [];
  /** What an upload or import makes of the image; throws to fail. */
  onBytes: (image: GlanceImage) => Partial<GlanceImage> = () => ({ status: "active", size: 3, checksum: "md5" });
  failing = new Map<string, GlanceError>();

  private step(call: string): void {
    this.calls.push(call);
    const failure = this.failing.get(call);
    if (failure) throw failure;
  }

  async create({ id, properties, ...fields }: NewImage): Promise<GlanceImage> {
    this.step("create");
    const { tags, ...rest } = fields;
    const image = someImage({
      ...(rest as Partial<GlanceImage>),
      ...(id !== undefined && { id }),
      tags: [...(tags ?? [])],
      properties: { ...properties },
    });
    this.images.set(image.id, image);
    return image;
  }
  async get(id: string): Promise<GlanceImage | undefined> {
    this.step("get");
    return this.images.get(id);
  }
  async *list({ properties, hidden = false }: ImageQuery): AsyncIterable<GlanceImage> {
    this.step("list");
    const wanted = Object.entries(properties ?? {});
    for (const image of this.images.values()) {
      if (image.hidden === hidden && wanted.every(([name, value]) => image.properties[name] === value)) yield image;
    }
  }
  async update(current: GlanceImage, { properties = {}, ...fields }: Parameters<ImageApi["update"]>[1]) {
    const merged = { ...current.properties };
    for (const [name, value] of Object.entries(properties)) {
      if (value === null) delete merged[name];
      else merged[name] = value;
    }
    const next = { ...current, ...(fields as Partial<GlanceImage>), properties: merged };
    if (JSON.stringify(next) === JSON.stringify(current)) return current;
    this.step("update");
    this.images.set(current.id, next);
    return next;
  }
  private bytes(id: string): void {
    const image = this.images.get(id);
    if (image) this.images.set(id, { ...image, ...this.onBytes(image) });
  }
  async upload(id: string): Promise<void> {
    this.step("upload");
    this.bytes(id);
  }
  async stage(): Promise<void> {
    this.step("stage");
  }
  async download(): Promise<Readable> {
    return Readable.from([]);
  }
  async import(...[id]: Parameters<ImageApi["import"]>): Promise<{ requestId: string }> {
    this.step("import");
    this.bytes(id);
    return { requestId: "req-1" };
  }
  async delete(id: string): Promise<boolean> {
    this.step("delete");
    return this.images.delete(id);
  }
  async deleteFromStore(id: string, store: string): Promise<boolean> {
    this.step(`delete from ${store}`);
    const image = this.images.get(id) as GlanceImage;
    this.images.set(id, { ...image, stores: image.stores.filter((one) => one !== store) });
    return image.stores.includes(store);
  }
  async deactivate(id: string): Promise<void> {
    this.step("deactivate");
    this.images.set(id, { ...(this.images.get(id) as GlanceImage), status: "deactivated" });
  }
  async reactivate(id: string): Promise<void> {
    this.step("reactivate");
    this.images.set(id, { ...(this.images.get(id) as GlanceImage), status: "active" });
  }
  async tasks(): Promise<ImageTask[] | undefined> {
    this.step("tasks");
    return this.taskList;
  }
  async formats() {
    return { disk: ["raw", "qcow2"], container: ["bare"] };
  }
  async stores() {
    return [];
  }
  async importMethods(): Promise<string[]> {
    return this.imports;
  }
  async quotas() {
    return [];
  }
}

export function answer(status: number, reason = "no"): GlanceError {
  return new GlanceError({ code: "HTTP_STATUS", message: `the server answered ${status}: ${reason}`, status, reason });
}
