import { text, type ValueSchema } from "./types";

export const uuidPattern = "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$";

const containerFormats = ["ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed"];
const diskFormats = ["ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop"];
const statuses = [
  "queued",
  "saving",
  "active",
  "killed",
  "deleted",
  "uploading",
  "importing",
  "pending_delete",
  "deactivated",
];

const nullable = ["null", "string"];

const validationData: ValueSchema = {
  description:
    "Values to be used to populate the corresponding image properties. If the image status is not 'queued', values must exactly match those already contained in the image properties.",
  type: "object",
  writeOnly: true,
  additionalProperties: false,
  properties: {
    checksum: { type: "string", minLength: 32, maxLength: 32 },
    os_hash_algo: { type: "string", maxLength: 64 },
    os_hash_value: { type: "string", maxLength: 128 },
  },
  required: ["os_hash_algo", "os_hash_value"],
};

/** The attributes of an image, in the order in which Glance checks them (glance/api/v2/images.py, get_base_properties). */
export const imageProperties: Record<string, ValueSchema> = {
  id: { type: "string", description: "An identifier for the image", pattern: uuidPattern },
  name: { type: nullable, description: "Descriptive name for the image", maxLength: 255 },
  status: { type: "string", readOnly: true, description: "Status of the image", enum: statuses },
  visibility: {
    type: "string",
    description: "Scope of image accessibility",
    enum: ["community", "public", "private", "shared"],
  },
  protected: { type: "boolean", description: "If true, image will not be deletable." },
  os_hidden: { type: "boolean", description: "If true, image will not appear in default image list response." },
  checksum: { type: nullable, readOnly: true, description: "md5 hash of image contents.", maxLength: 32 },
  os_hash_algo: {
    type: nullable,
    readOnly: true,
    description: "Algorithm to calculate the os_hash_value",
    maxLength: 64,
  },
  os_hash_value: {
    type: nullable,
    readOnly: true,
    description: "Hexdigest of the image contents using the algorithm specified by the os_hash_algo",
    maxLength: 128,
  },
  owner: { type: nullable, description: "Owner of the image", maxLength: 255 },
  size: { type: ["null", "integer"], readOnly: true, description: "Size of image file in bytes" },
  virtual_size: { type: ["null", "integer"], readOnly: true, description: "Virtual size of image in bytes" },
  container_format: { type: nullable, description: "Format of the container", enum: [null, ...containerFormats] },
  disk_format: { type: nullable, description: "Format of the disk", enum: [null, ...diskFormats] },
  created_at: text("Date and time of image registration", { readOnly: true }),
  updated_at: text("Date and time of the last image modification", { readOnly: true }),
  tags: {
    type: "array",
    description: "List of strings related to the image",
    items: { type: "string", maxLength: 255 },
  },
  direct_url: text("URL to access the image file kept in external store", { readOnly: true }),
  min_ram: { type: "integer", description: "Amount of ram (in MB) required to boot image." },
  min_disk: { type: "integer", description: "Amount of disk space (in GB) required to boot image." },
  self: text("An image self url", { readOnly: true }),
  file: text("An image file url", { readOnly: true }),
  stores: text(
    "Store in which image data resides.  Only present when the operator has enabled multiple stores.  May be a comma-separated list of store identifiers.",
    { readOnly: true },
  ),
  schema: text("An image schema url", { readOnly: true }),
  locations: {
    type: "array",
    items: {
      type: "object",
      properties: {
        url: { type: "string", maxLength: 255 },
        metadata: { type: "object" },
        validation_data: validationData,
      },
      required: ["url", "metadata"],
    },
    description: "A set of URLs to access the image file kept in external store",
  },
};
