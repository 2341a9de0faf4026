using System.Collections.Generic;
using Pulumi;
using Glance = Pulumi.Glance;

return await Deployment.RunAsync(() =>
{
    var debian = new Glance.Image("debian", new()
    {
        Name = "debian-13",
        CopyFrom = new Config().Require("imageUrl"), // the image service fetches it itself
        DiskFormat = "qcow2",
        ContainerFormat = "bare",
        Visibility = Glance.Visibility.Private,
        MinDisk = 3,
        Tags = new[] { "debian", "lts" },
        Properties =
        {
            { "os_distro", "debian" },
            { "os_version", "13" },
            { "hw_disk_bus", "virtio" },
        },
    });

    var blank = new Glance.Image("blank", new()
    {
        Name = "blank-disk",
        LocalFile = "blank.raw", // uploaded
        DiskFormat = "raw",
        ContainerFormat = "bare",
        Visibility = Glance.Visibility.Shared,
        Tags = new[] { "data" },
        Properties =
        {
            { "hw_disk_bus", "scsi" },
            { "hw_scsi_model", "virtio-scsi" },
        },
    });

    // By id, so that the lookup waits for both images.
    var bySize = Glance.GetImages.Invoke(new()
    {
        Ids = new[] { debian.Id, blank.Id },
        Sort = "size:desc",
    });

    return new Dictionary<string, object?>
    {
        ["debianId"] = debian.Id,
        ["blankId"] = blank.Id,
        ["largest"] = bySize.Apply(found => found.Images[0].Name),
    };
});
