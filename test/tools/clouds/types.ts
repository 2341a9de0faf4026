/** A user of a cloud under test, scoped to one project. */
export interface Credentials {
  username: string;
  password: string;
  projectName: string;
}

/** An API through which a cloud shows its images. The Compute API spoke XML, too, until Nova of 2014. */
export type Api = "v2" | "v1" | "platform9" | "compute" | "computeXml" | "alliance";

/** A running Keystone and image service that the suites talk to: glance-local or the real services. Same users everywhere. */
export interface CloudUnderTest {
  name: "local" | "glance-33" | "nova-34" | "glance-15";
  /** Why its image service does not run on this machine, for a person; its cases are skipped. Absent where it runs. */
  unavailable?: string;
  /** Keystone v3, e.g. `http://127.0.0.1:15000/v3`. */
  authUrl: string;
  /** Where images are made: an Image API without its version. With nova-34 that is the Glance behind it. */
  imageUrl: string;
  /** The newest Image API at `imageUrl`. */
  imageApi: "v2" | "v1";
  /** The APIs that this cloud is tested with, each as a URL without its version: `/v2.1/images` is below `compute`. */
  apis: Partial<Record<Api, string>>;
  region: string;
  /** Folder with one for each store, which has a file per image, named by its id. Absent where the image service is no Glance of today. */
  storesFolder?: string;
  /** Image API v2 in another region, which has images of its own. Only where `imageUrl` has `glance-download`. */
  other?: { region: string; imageUrl: string };
  /** Role admin in project `admin`. */
  admin: Credentials;
  /** Roles member and reader in project `demo`. */
  demo: Credentials;
  /** Roles member and reader in project `alt`. */
  alt: Credentials;
  /** Role reader only in project `demo`. */
  reader: Credentials;
}
