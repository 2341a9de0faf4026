import * as pulumi from "@pulumi/pulumi";
import { getImagesOutput, Image } from "pulumi-glance";

const debian = new Image("debian", {
  name: "debian-13",
  copyFrom: new pulumi.Config().require("imageUrl"), // the image service fetches it itself
  diskFormat: "qcow2",
  containerFormat: "bare",
  visibility: "private",
  minDisk: 3,
  tags: ["debian", "lts"],
  properties: { os_distro: "debian", os_version: "13", hw_disk_bus: "virtio" },
});

const blank = new Image("blank", {
  name: "blank-disk",
  localFile: "blank.raw", // uploaded
  diskFormat: "raw",
  containerFormat: "bare",
  visibility: "shared",
  tags: ["data"],
  properties: { hw_disk_bus: "scsi", hw_scsi_model: "virtio-scsi" },
});

// By id, so that the lookup waits for both images.
const bySize = getImagesOutput({ ids: [debian.id, blank.id], sort: "size:desc" });

export const debianId = debian.id;
export const blankId = blank.id;
export const largest = bySize.images.apply(([image]) => image?.name);
