import pulumi
import pulumi_glance as glance

debian = glance.Image(
    "debian",
    name="debian-13",
    copy_from=pulumi.Config().require("imageUrl"),  # the image service fetches it itself
    disk_format="qcow2",
    container_format="bare",
    visibility=glance.Visibility.PRIVATE,
    min_disk=3,
    tags=["debian", "lts"],
    properties={"os_distro": "debian", "os_version": "13", "hw_disk_bus": "virtio"},
)

blank = glance.Image(
    "blank",
    name="blank-disk",
    local_file="blank.raw",  # uploaded
    disk_format="raw",
    container_format="bare",
    visibility=glance.Visibility.SHARED,
    tags=["data"],
    properties={"hw_disk_bus": "scsi", "hw_scsi_model": "virtio-scsi"},
)

# By id, so that the lookup waits for both images.
by_size = glance.get_images_output(ids=[debian.id, blank.id], sort="size:desc")

pulumi.export("debianId", debian.id)
pulumi.export("blankId", blank.id)
pulumi.export("largest", by_size.images[0].name)
