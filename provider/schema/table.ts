/** An interface in a source file; the path is relative to the repository's root. */
export interface Interface {
  file: string;
  name: string;
}

export interface ResourceEntry {
  description: string;
  inputs: Interface;
  /** The resource's properties in state, its inputs among them. */
  state: Interface;
  /** Inputs that `.get()` takes beside the id. */
  get: readonly string[];
}

export interface FunctionEntry {
  description: string;
  inputs: Interface;
  outputs: Interface;
}

/** What the package offers, and the interfaces that describe it. */
export interface Table {
  config: Interface;
  /** By name: `Image` is `glance:index:Image`. */
  resources: Readonly<Record<string, ResourceEntry>>;
  functions: Readonly<Record<string, FunctionEntry>>;
  /** Names in the SDKs for interfaces whose own would be mistaken for something else. */
  typeNames: Readonly<Record<string, string>>;
}

/** The interfaces of a folder of provider/resources. */
const typesOf =
  (folder: string) =>
  (name: string): Interface => ({ file: `provider/resources/${folder}/types.ts`, name });

const inImage = typesOf("image");
const inImageMember = typesOf("imageMember");
const inImageMemberStatus = typesOf("imageMemberStatus");
const inImageProperties = typesOf("imageProperties");
const inMetadefNamespace = typesOf("metadefNamespace");
const inGetImages = typesOf("getImages");
const inGetImageTasks = typesOf("getImageTasks");
const inGetImportMethods = typesOf("getImportMethods");
const inGetStores = typesOf("getStores");
const inGetUsage = typesOf("getUsage");

export const table: Table = {
  config: { file: "provider/resources/config/types.ts", name: "ProviderConfig" },
  resources: {
    Image: {
      description:
        "An image of an OpenStack cloud: its metadata, and the bytes of a local file or a URL. Creating it waits until it is active.",
      inputs: inImage("ImageInputs"),
      state: inImage("ImageState"),
      get: ["cloud", "region", "api"],
    },
    ImageMember: {
      description:
        "A project that an image is shared with, declared by the image's owner. The image's visibility must be `shared` and is never changed. Declare the members of an image here or in the `members` of the `Image`, never both: those remove all others.",
      inputs: inImageMember("ImageMemberInputs"),
      state: inImageMember("ImageMemberState"),
      get: ["cloud", "region", "api"],
    },
    ImageMemberStatus: {
      description:
        "The answer of a project to an image that another project shared with it; the credentials are those of the project that answers. Deleting it makes the answer `pending` again.",
      inputs: inImageMemberStatus("ImageMemberStatusInputs"),
      state: inImageMemberStatus("ImageMemberStatusState"),
      get: ["cloud", "region", "api"],
    },
    ImageProperties: {
      description:
        "Some of the custom properties of an image that exists already; all others are left alone. A property that the image has already is taken over. Deleting the resource removes its properties from the image, whoever set them first.",
      inputs: inImageProperties("ImagePropertiesInputs"),
      state: inImageProperties("ImagePropertiesInputs"),
      get: ["cloud", "region", "api"],
    },
    MetadefNamespace: {
      description:
        "A namespace of metadata definitions with its objects, properties, tags and resource types. By default only administrators may write them.",
      inputs: inMetadefNamespace("MetadefNamespaceInputs"),
      state: inMetadefNamespace("MetadefNamespaceState"),
      get: ["cloud", "region", "api"],
    },
  },
  functions: {
    getImage: {
      description:
        "The one image for which every given filter holds. Fails where there is none, and lists the candidates where there are several.",
      inputs: inGetImages("GetImageInputs"),
      outputs: inGetImages("GetImageOutputs"),
    },
    getImages: {
      description: "The images for which every given filter holds; an empty list where there is none.",
      inputs: inGetImages("GetImagesInputs"),
      outputs: inGetImages("GetImagesOutputs"),
    },
    getImageTasks: {
      description:
        "The imports into an image, newest first, with what the image service says of them: why an import failed, for example. Fails where the image API has no tasks or does not show them.",
      inputs: inGetImageTasks("GetImageTasksInputs"),
      outputs: inGetImageTasks("GetImageTasksOutputs"),
    },
    getImportMethods: {
      description:
        "The ways in which the image service imports images. `copyFrom` of an `Image` needs `web-download` among them.",
      inputs: inGetImportMethods("GetImportMethodsInputs"),
      outputs: inGetImportMethods("GetImportMethodsOutputs"),
    },
    getStores: {
      description: "The stores in which the image service keeps the bytes of images.",
      inputs: inGetStores("GetStoresInputs"),
      outputs: inGetStores("GetStoresOutputs"),
    },
    getUsage: {
      description: "What the project of the credentials uses of its image quotas.",
      inputs: inGetUsage("GetUsageInputs"),
      outputs: inGetUsage("GetUsageOutputs"),
    },
  },
  typeNames: { GetImageOutputs: "GetImagesImage" },
};

/** Every interface that the table names. */
export function interfacesOf({ config, resources, functions }: Table): Interface[] {
  return [
    config,
    ...Object.values(resources).flatMap(({ inputs, state }) => [inputs, state]),
    ...Object.values(functions).flatMap(({ inputs, outputs }) => [inputs, outputs]),
  ];
}
