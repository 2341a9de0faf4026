package main

import (
	"github.com/pulumi-glance/pulumi-glance/sdk/go/glance"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		debian, err := glance.NewImage(ctx, "debian", &glance.ImageArgs{
			Name:            pulumi.String("debian-13"),
			CopyFrom:        pulumi.String(config.Require(ctx, "imageUrl")), // the image service fetches it itself
			DiskFormat:      pulumi.String("qcow2"),
			ContainerFormat: pulumi.String("bare"),
			Visibility:      glance.VisibilityPrivate,
			MinDisk:         pulumi.Int(3),
			Tags:            pulumi.ToStringArray([]string{"debian", "lts"}),
			Properties: pulumi.ToStringMap(map[string]string{
				"os_distro":   "debian",
				"os_version":  "13",
				"hw_disk_bus": "virtio",
			}),
		})
		if err != nil {
			return err
		}

		blank, err := glance.NewImage(ctx, "blank", &glance.ImageArgs{
			Name:            pulumi.String("blank-disk"),
			LocalFile:       pulumi.String("blank.raw"), // uploaded
			DiskFormat:      pulumi.String("raw"),
			ContainerFormat: pulumi.String("bare"),
			Visibility:      glance.VisibilityShared,
			Tags:            pulumi.ToStringArray([]string{"data"}),
			Properties: pulumi.ToStringMap(map[string]string{
				"hw_disk_bus":   "scsi",
				"hw_scsi_model": "virtio-scsi",
			}),
		})
		if err != nil {
			return err
		}

		// By id, so that the lookup waits for both images.
		bySize := glance.GetImagesOutput(ctx, glance.GetImagesOutputArgs{
			Ids:  pulumi.StringArray{debian.ID(), blank.ID()},
			Sort: pulumi.String("size:desc"),
		})

		ctx.Export("debianId", debian.ID())
		ctx.Export("blankId", blank.ID())
		ctx.Export("largest", bySize.Images().Index(pulumi.Int(0)).Name())
		return nil
	})
}
